"""F22: files of every earlier version open; killed at any statement they are the old or the new version."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.fault_checks import losses_after_kill, snapshot
from tests.helpers.fault_county import start_small_county
from tests.helpers.fault_driver import WorkerServer, worker_server
from tests.helpers.fault_ledger import Ledger
from tests.helpers.fault_old_files import NEWEST_VERSION, turn_into_version, version_in_backup

IS_LONG = os.environ.get("FANGSHAN_DESK_FAULTS") == "long"
OLD_VERSIONS = range(1, NEWEST_VERSION)
# Statements from the last one backwards: the steps come last, the triggers last of all.
SHORT_POINTS = 24

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL and fork belong to POSIX"),
]


class OldCounty:
    """The same county in every old version, and what it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._today = start_small_county(folder / "today")
        self.rows = snapshot(self._today).rows

    def copy(self, version: int) -> Path:
        """A fresh copy in that version."""
        first = self._folder / f"version-{version}"
        if not first.exists():
            turn_into_version(Path(shutil.copytree(self._today, first)), version)
        shutil.rmtree(self._folder / "copy", ignore_errors=True)
        return Path(shutil.copytree(first, self._folder / "copy"))

    def ledger(self) -> Ledger:
        """What every file must hold after the upgrade."""
        return Ledger(dict(self.rows))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> OldCounty:
    return OldCounty(tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerServer]:
    with worker_server() as server:
        yield server


def _statements(server: WorkerServer, folder: Path) -> int:
    ended = server.run(folder, piece="open_until", options={"statement": 0})
    ledger = Ledger({})
    ledger.take(ended.said)
    counted: dict[str, Any] = dict(ledger.facts)
    return int(counted["statements"])


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_file_of_an_earlier_version_opens_with_all_its_rows_after_a_backup(
    version: int, county: OldCounty, tmp_path: Path
) -> None:
    folder = county.copy(version)
    [] = list((folder / "backups").iterdir())
    kept = tmp_path / "kept.fsbak"
    snapshot(folder)
    [backup] = (folder / "backups").glob("before-migration-*.fsbak")
    shutil.copy(backup, kept)
    assert losses_after_kill(folder, county.ledger()) == []
    assert version_in_backup(kept, tmp_path / "restored") == version


@pytest.mark.parametrize("version", OLD_VERSIONS if IS_LONG else [1])
def test_an_upgrade_killed_at_any_statement_is_finished_at_the_next_start(
    version: int, county: OldCounty, workers: WorkerServer
) -> None:
    count = _statements(workers, county.copy(version))
    step = 1 if IS_LONG else max(1, count // SHORT_POINTS)
    for statement in range(count, 0, -step):
        folder = county.copy(version)
        ended = workers.run(folder, piece="open_until", options={"statement": statement})
        assert ended.was_killed
        assert losses_after_kill(folder, county.ledger()) == [], f"killed at statement {statement}"


def test_an_upgrade_without_transactions_would_be_noticed(county: OldCounty) -> None:
    with worker_server(defect="migrate-in-pieces") as server:
        count = _statements(server, county.copy(1))
        for statement in range(1, count):
            folder = county.copy(1)
            server.run(folder, piece="open_until", options={"statement": statement})
            if losses_after_kill(folder, county.ledger()):
                return
    pytest.fail("a half-made version passed for a whole one")
