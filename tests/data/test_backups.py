"""Backups are complete, verified and restored only to a new place."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from fangshan_desk.data.backups import (
    BackupCancelledError,
    BackupDamagedError,
    BackupSource,
    RestoreTargetExistsError,
    back_up,
    superseded_backups,
    unpack_backup,
    verify_database,
)
from fangshan_desk.domain.records.register import Enterprise
from tests.helpers.clocks import SPRING_MORNING
from tests.helpers.desk_files import FILE_KEY, TemporaryDesk, temporary_desk


def _source(desk: TemporaryDesk, folder: Path) -> BackupSource:
    (folder / "desk.key").write_bytes(b"wrapped")
    (folder / "attachments").mkdir(exist_ok=True)
    (folder / "attachments" / "ab.bin").write_bytes(b"photo")
    return BackupSource(desk.file.database, FILE_KEY, folder / "desk.key", folder / "attachments")


def _made(tmp_path: Path) -> tuple[Path, int]:
    with temporary_desk(tmp_path) as desk:
        desk.keep(*(Enterprise(id=desk.new_id(), name=f"方山县{number}号商行") for number in range(50)))
        target = back_up(_source(desk, tmp_path), tmp_path / "b" / "day.fsbak", made_at=SPRING_MORNING)
        return target, desk.file.journal.head.sequence


def test_a_restored_backup_opens_with_every_row_and_file(tmp_path: Path) -> None:
    target, sequence = _made(tmp_path)
    restored = tmp_path / "restored"
    unpack_backup(target, restored)
    assert verify_database(restored / "desk.db", FILE_KEY) == sequence
    assert (restored / "attachments" / "ab.bin").read_bytes() == b"photo"
    assert (restored / "desk.key").read_bytes() == b"wrapped"
    with temporary_desk(restored) as desk:
        assert len(desk.find(Enterprise)) == 50


def test_a_backup_holds_no_plain_text(tmp_path: Path) -> None:
    target, _ = _made(tmp_path)
    assert "号商行".encode() not in target.read_bytes()


@pytest.mark.parametrize("kept", [0, 100, 5000, -11000])
def test_a_cut_backup_is_refused_and_leaves_nothing(tmp_path: Path, kept: int) -> None:
    target, _ = _made(tmp_path)
    target.write_bytes(target.read_bytes()[:kept])
    folder = tmp_path / "restored"
    try:
        unpack_backup(target, folder)
    except BackupDamagedError:
        assert not folder.exists()
        return
    with pytest.raises(BackupDamagedError):
        verify_database(folder / "desk.db", FILE_KEY)


def test_restoring_never_writes_over_a_workspace(tmp_path: Path) -> None:
    target, _ = _made(tmp_path)
    with pytest.raises(RestoreTargetExistsError):
        unpack_backup(target, tmp_path)


def test_a_cancelled_backup_leaves_no_file(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        source = _source(desk, tmp_path)
        with pytest.raises(BackupCancelledError):
            back_up(source, tmp_path / "b" / "day.fsbak", made_at=SPRING_MORNING, cancelled=lambda: True)
    assert list((tmp_path / "b").iterdir()) == []


def test_old_backups_are_thinned_to_days_weeks_and_months(tmp_path: Path) -> None:
    today = date(2026, 11, 23)
    made = {tmp_path / str(age): today - timedelta(days=age) for age in range(365)}
    kept = set(made) - set(superseded_backups(made, today))
    ages = sorted(int(path.name) for path in kept)
    assert ages[:8] == list(range(8))
    assert 8 + 8 + 10 <= len(ages) <= 8 + 10 + 12
