"""A grade in sentences: points with their source, missing data in words and never as a number."""

from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.grading import grade
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.usecases.explaining_grades import explain_assessment, potential_sentence
from tests.helpers.office import risk_model

ORIGINS = {
    "social_insurance": {
        "kind": "shared",
        "period_end": "2023-07-31",
        "received_on": "2023-08-05",
        "provider": "税务局",
    },
    "wage": {"kind": "visit", "day": "2023-08-25"},
}


def test_floors_come_first_then_points_with_their_source_then_what_is_missing() -> None:
    raw = {"headcount": 80, "wage": {"overdue_days": 12}, "social_insurance": {"owed_months": 2}}
    assessment = grade(RiskCase.from_mapping(raw), risk_model())
    lines = explain_assessment(assessment, ORIGINS, chinese_texts())
    assert lines[0].is_floor
    assert (lines[1].points, lines[1].is_floor) == (16, False)
    assert "8月25日走访" in lines[1].sentence
    assert "数据期2023年7月，税务局8月5日提供" in lines[2].sentence
    missing = [line for line in lines if line.is_missing]
    assert {line.source for line in missing} >= {"tax", "loan", "logistics", "visit", "negotiation"}
    assert all(line.points == 0 for line in missing)
    assert potential_sentence(assessment, chinese_texts()) == "资料补齐后可能升为橙"


def test_with_everything_at_hand_nothing_can_rise() -> None:
    names = ("wage", "tax", "social_insurance", "loan", "logistics", "negotiation")
    raw = {"headcount": 80, "findings": [], **{name: {} for name in names}}
    assessment = grade(RiskCase.from_mapping(raw), risk_model())
    assert potential_sentence(assessment, chinese_texts()) == ""
