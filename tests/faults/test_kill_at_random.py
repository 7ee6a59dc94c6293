"""F1: SIGKILL at any moment of real work; what was acknowledged is there, and nothing else."""

import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.fault_checks import losses_after_kill, snapshot
from tests.helpers.fault_county import CountyCopies
from tests.helpers.fault_driver import WorkerServer, worker_server
from tests.helpers.fault_rounds import LONGEST_SECONDS, kill_again_and_again

IS_LONG = os.environ.get("FANGSHAN_DESK_FAULTS") == "long"
KILLS = 60 if IS_LONG else 12
# A young file is opened faster and holds less to compare: begin anew every so often.
KILLS_PER_FILE = 15

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL and fork belong to POSIX"),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> CountyCopies:
    return CountyCopies(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerServer]:
    with worker_server() as server:
        yield server


@pytest.mark.parametrize("scenario", sorted(LONGEST_SECONDS))
def test_what_was_saved_is_there_after_every_kill_and_nothing_else_is(
    scenario: str, county: CountyCopies, workers: WorkerServer
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    saved = 0
    for number in range(-(-KILLS // KILLS_PER_FILE)):
        kills = min(KILLS_PER_FILE, KILLS - number * KILLS_PER_FILE)
        folder = county.copy(f"{scenario}-{number}")
        ledger, losses = kill_again_and_again(workers, folder, scenario=scenario, chance=chance, kills=kills)
        assert losses == [], f"seed {seed}"
        saved += ledger.saved
        shutil.rmtree(folder)
    sys.stdout.write(f"{scenario}: {KILLS} kills, {saved} acknowledged, 0 lost, seed {seed}\n")
    assert saved > 0


def test_a_photo_that_was_saved_is_there_and_no_process_stays_behind(
    county: CountyCopies, workers: WorkerServer
) -> None:
    folder = county.copy("photos")
    picture = Path(__file__).parents[2] / "resources" / "sample" / "evidence_1.png"
    ledger = snapshot(folder)
    children = []
    for number in range(12 if IS_LONG else 3):
        ended = workers.run(
            folder, piece="take_pictures", options={"picture": str(picture)}, seconds=1.0 + number * 0.17
        )
        assert ended.was_killed
        ledger.take(ended.said)
        children += [value for name, value in ledger.facts if name == "child"]
        assert losses_after_kill(folder, ledger) == []
    assert ledger.saved > 0
    assert children
    _wait_for_end(children)


def _wait_for_end(processes: list[int]) -> None:
    for _ in range(100):
        if not any(map(_lives, processes)):
            return
        time.sleep(0.05)
    pytest.fail("a process that looks at pictures outlived its program")


def _lives(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    # Dead, only not collected yet by the system.
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")
