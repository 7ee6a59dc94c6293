"""Rounds of work, kill and looking, shared by the tests of the product and of the planted defects."""

import random
from pathlib import Path

from tests.helpers.fault_checks import losses_after_kill, snapshot
from tests.helpers.fault_driver import WorkerServer
from tests.helpers.fault_ledger import Ledger

LONGEST_SECONDS = {"answers": 0.25, "letters": 0.4, "attachments": 0.3, "backups": 0.5}


def random_moment(chance: random.Random, *, longest: float) -> float:
    """When to kill: one in five while the program starts or recovers."""
    return chance.uniform(0.0, 0.03) if chance.random() < 0.2 else chance.uniform(0.02, longest)


def kill_again_and_again(
    server: WorkerServer, folder: Path, *, scenario: str, chance: random.Random, kills: int
) -> tuple[Ledger, list[str]]:
    """Kill, look, go on; stops at the first loss."""
    ledger = snapshot(folder)
    done = 0
    while done < kills:
        moment = random_moment(chance, longest=LONGEST_SECONDS[scenario])
        ended = server.run(folder, scenario=scenario, seed=chance.randrange(2**32), seconds=moment)
        assert ended.was_killed
        ledger.take(ended.said)
        done += 1
        if not ledger.is_ready and chance.random() < 0.5:
            # Killed while it started: kill the next one on top of that.
            continue
        losses = losses_after_kill(folder, ledger)
        if losses:
            return ledger, losses
    return ledger, losses_after_kill(folder, ledger)
