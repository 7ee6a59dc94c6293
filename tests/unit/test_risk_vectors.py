"""The twenty reference vectors of the risk model."""

from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.grading import grade
from fangshan_desk.support.reference_files import read_yaml
from tests.helpers.rules import shipped_risk_model

VECTORS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("risk_vectors.yaml")).content["vectors"]


def test_all_twenty_vectors_are_here() -> None:
    assert [vector["id"] for vector in VECTORS] == [f"R{n:02}" for n in range(1, 21)]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_grade_is_the_expected_one(vector: dict[str, Any]) -> None:
    case = RiskCase.from_mapping(vector["input"])
    assert grade(case, shipped_risk_model()).expected_keys() == vector["expected"]
