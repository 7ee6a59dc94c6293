"""F1: SIGKILL at any moment of real work; what was acknowledged is there, and nothing else."""

import os
import random
import shutil
import sys
from collections.abc import Iterator

import pytest

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
