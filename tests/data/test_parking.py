"""What a newer program has written: kept, merged and passed on, and moved into its column at the upgrade."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fangshan_desk.data import incoming, row_states, row_writing
from fangshan_desk.data.outgoing import OutgoingReader
from fangshan_desk.domain.changesets import DELETE, RowChange, Stored, Version
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.storable import is_storable
from tests.helpers.leaves import HEADCOUNT, NOTE, RISK, UNKNOWN_COLUMN, edit, ids, names, new
from tests.helpers.replicas import FileReplica, Ghost, device_id, packed


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FileReplica]:
    """A laptop with its file, which knows the keys of two others."""
    with FileReplica(device_id(1), folder=tmp_path / "one") as made:
        made.meet(Ghost(2), Ghost(3))
        yield made


@pytest.fixture
def ghost() -> Ghost:
    """The laptop with the newer program."""
    return Ghost(2)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (NOTE, "a\0b"),
        (NOTE, "长" * 2001),
        (NOTE, 5),
        (RISK, "purple"),
        (HEADCOUNT, "十二"),
        (HEADCOUNT, -1),
        (12, "2026-13-40"),
        (10, "not json"),
        (10, "[" * 5000 + "]" * 5000),
        (UNKNOWN_COLUMN, "来自新程序"),
    ],
)
def test_a_value_this_program_cannot_read_is_parked_and_merged_all_the_same(
    desk: FileReplica, ghost: Ghost, column: int, value: Stored
) -> None:
    """opengisch/qfieldcloud, test_delta.py: test_push_apply_delta_file_with_null_char, …_invalid_json_schema;
    actualbudget/actual, adversarial.test.ts: unknown columns and value formats.
    """
    desk.receive([ghost.seal(new(1, "甲", note="原"))])
    desk.receive([ghost.seal(edit(1, column, value))])
    assert desk.rows("SELECT cno, value FROM sync_parked") == [(column, value)]
    with desk.transaction() as uow:
        [record] = uow.find(Enterprise)
    assert (record.name, record.note) == ("甲", "原")
    assert packed(desk.lacking({}))[1] == packed(OutgoingReader(desk.file.database).lacking({}))[1]
    version = ghost.version
    readable: dict[int, Stored] = {10: "[]", 12: "2026-01-02", RISK: "red", HEADCOUNT: 3}
    plain = readable.get(column, "普通")
    desk.receive([ghost.seal(edit(1, column, plain, version))])
    still_parked = [(column, plain)] if column == UNKNOWN_COLUMN else []
    assert desk.rows("SELECT cno, value FROM sync_parked") == still_parked


def test_two_values_for_an_unknown_column_stand_beside_each_other(desk: FileReplica, ghost: Ghost) -> None:
    other = Ghost(3)
    desk.receive([ghost.seal(new(1)), ghost.seal(edit(1, UNKNOWN_COLUMN, "一"))])
    desk.receive([other.seal(edit(1, UNKNOWN_COLUMN, "二"))])
    [(parked,)] = desk.rows("SELECT value FROM sync_parked")
    [(beside,)] = desk.rows("SELECT value FROM sync_conflict")
    assert {parked, beside} == {"一", "二"}


def test_an_edit_of_an_unknown_column_survives_a_delete(desk: FileReplica, ghost: Ghost) -> None:
    desk.receive([ghost.seal(new(1, "甲")), ghost.seal(edit(1, UNKNOWN_COLUMN, "新"))])
    delete = Ghost(3).seal(RowChange(DELETE, 10, ids[1]))
    desk.receive([delete])
    assert names(desk) == ["甲"]


def _is_storable_without_notes(table: int, column: int, value: Stored) -> bool:
    return column != NOTE and is_storable(table, column, value)


def test_parked_values_move_into_their_column_at_the_upgrade(
    tmp_path: Path, ghost: Ghost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """actualbudget/actual, adversarial.test.ts: replay is idempotent and survives older late messages."""
    with monkeypatch.context() as older:
        older.setattr(row_writing, "is_storable", _is_storable_without_notes)
        with FileReplica(device_id(1), folder=tmp_path) as desk:
            desk.meet(ghost)
            desk.receive(
                [
                    ghost.seal(new(1, "甲")),
                    ghost.seal(edit(1, NOTE, "早")),
                    ghost.seal(new(2, "乙", note="二")),
                ]
            )
            desk.receive([ghost.seal(edit(1, NOTE, "晚", ghost_version(ghost, 2)))])
            assert desk.rows("SELECT name, note FROM enterprise ORDER BY id") == [("甲", None), ("乙", None)]
    for _ in range(2):
        with FileReplica(device_id(1), folder=tmp_path) as desk:
            assert desk.rows("SELECT name, note FROM enterprise ORDER BY id") == [("甲", "晚"), ("乙", "二")]
            assert desk.rows("SELECT * FROM sync_parked") == []
            assert desk.rows("SELECT * FROM sync_capture") == []


def ghost_version(ghost: Ghost, sequence: int) -> Version:
    """The version of an earlier entry: its clock stands still, so it counts."""
    return Version(ghost.head.hlc - (ghost.head.sequence - sequence), ghost.device)


def test_a_table_this_program_does_not_know_waits_for_the_upgrade(
    tmp_path: Path, ghost: Ghost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        few = {number: entity for number, entity in BY_NUMBER.items() if number != 10}
        for module in (row_states, row_writing, incoming):
            older.setattr(module, "BY_NUMBER", few)
        older.setattr(row_writing, "is_storable", lambda *_: False)
        with FileReplica(device_id(1), folder=tmp_path) as desk:
            desk.meet(ghost)
            kept, gone = ghost.seal(new(1, "甲")), ghost.seal(new(2, "乙"))
            desk.receive([kept, gone, ghost.seal(edit(1, NOTE, "改"))])
            desk.receive([ghost.seal(RowChange(DELETE, 10, ids[2]))])
            assert names(desk) == []
    with FileReplica(device_id(1), folder=tmp_path) as desk:
        assert desk.rows("SELECT name, note FROM enterprise") == [("甲", "改")]
        assert desk.rows("SELECT row_id FROM sync_grave") == [(ids[2],)]
        assert desk.rows("SELECT * FROM sync_parked") == []
        desk.receive([Ghost(2).seal(new(1, "甲"))])
        assert names(desk) == ["甲"]
