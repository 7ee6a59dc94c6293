"""SIGKILL while a workspace is being made, and while its passphrase is being changed (F23)."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fangshan_desk.app.keys import opened_key
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.paths import Workspace
from tests.helpers.fault_checks import losses_after_kill, snapshot
from tests.helpers.fault_county import start_small_county
from tests.helpers.fault_driver import WorkerServer, worker_server
from tests.helpers.fault_ledger import Ledger
from tests.helpers.fault_work import passphrase

IS_LONG = os.environ.get("FANGSHAN_DESK_FAULTS") == "long"
STARTS = 60 if IS_LONG else 10
CHANGES = 60 if IS_LONG else 6
# A worker starts within milliseconds; a whole first start takes about this long.
START_SECONDS, CHANGE_SECONDS = 0.2, 1.5

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL and fork belong to POSIX"),
]


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerServer]:
    with worker_server() as server:
        yield server


def test_a_first_start_killed_at_any_time_is_made_again_or_stands(
    workers: WorkerServer, tmp_path: Path
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    folder = tmp_path / "desk"
    for _ in range(STARTS):
        ended = workers.run(folder, piece="first_start", seconds=chance.uniform(0, START_SECONDS))
        ledger = Ledger({})
        ledger.take(ended.said)
        assert Workspace(folder).is_started() or not ledger.facts, f"seed {seed}"
        if Workspace(folder).is_started():
            assert losses_after_kill(folder, snapshot(folder)) == [], f"seed {seed}"
            shutil.rmtree(folder)
    if not Workspace(folder).is_started():
        workers.run(folder, piece="first_start")
    assert losses_after_kill(folder, snapshot(folder)) == [], f"seed {seed}"


def _opening_numbers(folder: Path, numbers: range) -> list[int]:
    """Which of these passphrases open the key file as it stands."""
    opening = []
    for number in numbers:
        copy = folder.with_name("looked-at")
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        try:
            opened_key(Workspace(copy), passphrase(number)).wipe()
        except EnvironmentFailure:
            continue
        opening.append(number)
    return opening


def _change_until_killed(server: WorkerServer, folder: Path, *, chance: random.Random, kills: int) -> str:
    number = 0
    for _ in range(kills):
        (folder / "number").write_text(str(number))
        ended = server.run(folder, scenario="passphrases", seconds=chance.uniform(0.1, CHANGE_SECONDS))
        ledger = Ledger({})
        ledger.take(ended.said)
        changed = [value for name, value in ledger.facts if name == "changed"]
        least = max(changed, default=number)
        opening = _opening_numbers(folder, range(least, least + 2))
        if not opening:
            return f"changed to {least}, but neither it nor the next opens the workspace"
        number = opening[-1]
    return ""


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A county behind a passphrase."""
    return start_small_county(tmp_path / "locked", passphrase(0))


def test_a_change_of_passphrase_killed_at_any_time_leaves_the_old_or_the_new_one(
    workers: WorkerServer, locked: Path
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    assert _change_until_killed(workers, locked, chance=chance, kills=CHANGES) == "", f"seed {seed}"


def test_a_key_file_written_in_place_would_be_noticed(locked: Path) -> None:
    with worker_server(defect="write-key-in-place") as server:
        assert _change_until_killed(server, locked, chance=random.Random(3), kills=60)
