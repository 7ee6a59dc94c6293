"""Opening the file: what is damaged, newer or cut short is refused in words and left as it was."""

from pathlib import Path

import pytest

from fangshan_desk.data.capture import trigger_statements, triggers_are_whole
from fangshan_desk.data.checking import check_file
from fangshan_desk.data.desk_file import LostTailError, NewerFileError
from fangshan_desk.data.engine import (
    DatabaseDamagedError,
    DatabaseError,
    DatabaseMissingError,
    connect,
    open_existing,
)
from fangshan_desk.data.migrations import migrations
from fangshan_desk.data.schema import create_statements
from fangshan_desk.domain.records.register import Enterprise
from tests.helpers.desk_files import FILE_KEY, TemporaryDesk, temporary_desk


def _fill(folder: Path) -> None:
    with temporary_desk(folder) as desk:
        desk.keep(*_enterprises(desk, 5))


def _enterprises(desk: TemporaryDesk, count: int) -> list[Enterprise]:
    return [Enterprise(id=desk.new_id(), name=f"方山县{number}号商行") for number in range(count)]


def test_todays_migrations_make_exactly_todays_tables(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        rows = desk.file.database.raw_writer.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
        ).fetchall()
    made = {" ".join(row[0].split()) for row in rows}
    declared = {" ".join(statement.split()) for statement in create_statements()}
    assert declared <= made


def test_no_plain_text_of_a_record_stands_in_any_file(tmp_path: Path) -> None:
    _fill(tmp_path)
    content = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "号商行".encode() not in content
    assert "号商行".encode("utf-16-le") not in content


def test_a_file_from_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    _fill(tmp_path)
    with temporary_desk(tmp_path) as desk:
        desk.file.database.raw_writer.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) "
            "VALUES ('fangshan-desk', 'm9999_from_the_future', '')"
        )
    before = (tmp_path / "desk.db").read_bytes()
    with pytest.raises(NewerFileError, match="m9999"), temporary_desk(tmp_path):
        pass
    assert (tmp_path / "desk.db").read_bytes() == before


def test_a_missing_or_emptied_file_is_never_made_anew(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissingError):
        open_existing(tmp_path / "desk.db", FILE_KEY)
    (tmp_path / "desk.db").touch()
    with pytest.raises(DatabaseDamagedError):
        open_existing(tmp_path / "desk.db", FILE_KEY)
    assert (tmp_path / "desk.db").stat().st_size == 0


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_flipped_bit_is_noticed(tmp_path: Path, place: float) -> None:
    _fill(tmp_path)
    file = tmp_path / "desk.db"
    content = bytearray(file.read_bytes())
    content[int(len(content) * place)] ^= 1
    file.write_bytes(content)
    assert not _is_sound(tmp_path)


def _is_sound(folder: Path) -> bool:
    try:
        with temporary_desk(folder) as desk:
            return all(finding.is_sound for finding in check_file(desk.file.database))
    except (DatabaseDamagedError, DatabaseError):
        return False


def test_an_undamaged_file_passes_the_check(tmp_path: Path) -> None:
    _fill(tmp_path)
    assert _is_sound(tmp_path)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    _fill(tmp_path)
    with pytest.raises(DatabaseDamagedError):
        connect(tmp_path / "desk.db", bytes(32))


def test_commits_that_vanished_from_the_file_are_noticed(tmp_path: Path) -> None:
    _fill(tmp_path)
    old = (tmp_path / "desk.db").read_bytes()
    with temporary_desk(tmp_path) as desk:
        desk.keep(*_enterprises(desk, 1))
    (tmp_path / "desk.db").write_bytes(old)
    with pytest.raises(LostTailError), temporary_desk(tmp_path):
        pass


def test_a_dropped_trigger_is_put_back_at_the_next_start(tmp_path: Path) -> None:
    _fill(tmp_path)
    with temporary_desk(tmp_path) as desk:
        desk.file.database.raw_writer.execute("DROP TRIGGER capture_enterprise_1")
        assert not triggers_are_whole(desk.file.database.raw_writer)
    with temporary_desk(tmp_path) as desk:
        assert triggers_are_whole(desk.file.database.raw_writer)


def test_a_trigger_stands_on_every_synced_column() -> None:
    names = trigger_statements()
    assert "capture_enterprise_insert" in names
    assert {f"capture_enterprise_{column.number}" for column in Enterprise.entity.columns} <= set(names)


def test_another_file_cannot_be_attached(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk, pytest.raises(DatabaseError):
        desk.file.database.raw_writer.execute(f"ATTACH '{tmp_path}/plain.db' AS plain KEY ''")


def test_every_migration_has_a_number_of_its_own() -> None:
    numbers = [step.name[:5] for step in migrations()._migrations]
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers)
