"""The kill tests catch what they are there for: each planted defect must show as a loss."""

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.helpers.fault_county import CountyCopies
from tests.helpers.fault_driver import worker_server
from tests.helpers.fault_rounds import kill_again_and_again

# Far more than it takes: each is usually found within five.
MOST_KILLS = 80

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL and fork belong to POSIX"),
]


@pytest.mark.parametrize(
    ("defect", "scenario", "symptom"),
    [
        ("acknowledge-before-commit", "answers", "promised"),
        ("seal-apart", "answers", "not sealed in its own transaction"),
        ("row-before-file", "attachments", "AttachmentMissingError"),
        ("name-backup-early", "backups", "cannot be read"),
    ],
)
def test_a_planted_defect_is_noticed(defect: str, scenario: str, symptom: str, tmp_path: Path) -> None:
    folder = CountyCopies(tmp_path).copy("county")
    with worker_server(defect=defect) as server:
        _, losses = kill_again_and_again(
            server, folder, scenario=scenario, chance=random.Random(7), kills=MOST_KILLS
        )
    assert any(symptom in loss for loss in losses), losses
    shutil.rmtree(folder)
