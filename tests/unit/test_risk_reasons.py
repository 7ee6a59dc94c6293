"""Every point of a grade is explained in a sentence."""

import re
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.grading import Reason, grade, potential_reason
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.risk.parameters import FLOORS
from fangshan_desk.support.reference_files import read_yaml
from fangshan_desk.support.text import chinese_texts
from tests.helpers.rules import shipped_risk_model

TEXT = chinese_texts()
VECTORS = {
    vector["id"]: vector["input"]
    for vector in read_yaml(Path(__file__).with_name("risk_vectors.yaml")).content["vectors"]
}
CODE_WORD = re.compile(r"[a-z]{2,}")


def _reasons(raw: dict[str, Any]) -> tuple[Reason, ...]:
    return grade(RiskCase.from_mapping(raw), shipped_risk_model()).reasons


def _sentences(raw: dict[str, Any], note: str = "") -> list[str]:
    return [TEXT(reason.key, **reason.with_note(note)) for reason in _reasons(raw)]


def test_floors_come_first_then_points_descending_then_missing_sources() -> None:
    reasons = _reasons(VECTORS["R11"])
    assert [(reason.key, reason.points, reason.source) for reason in reasons] == [
        ("risk-reason-F3", 0, "visit"),
        ("risk-reason-Y1", 0, "wage"),
        ("risk-reason-A-overdue", 20, "wage"),
        ("risk-reason-B", 12, "visit"),
        ("risk-reason-D", 1, "negotiation"),
        ("risk-missing-loan", 0, "loan"),
        ("risk-missing-logistics", 0, "logistics"),
    ]


def test_equal_points_keep_the_order_of_the_components() -> None:
    reasons = _reasons(VECTORS["R07"])
    assert [reason.key for reason in reasons[2:5]] == ["risk-reason-C1", "risk-reason-C2", "risk-reason-C3"]


def test_a_component_without_points_is_no_reason() -> None:
    assert _reasons(VECTORS["R01"]) == ()


def test_the_sentence_of_the_model_is_printed_word_for_word() -> None:
    note = TEXT("risk-source-note", period="2023年7月", provider="税务局", provided="8月5日")
    raw = {**VECTORS["R01"], "social_insurance": {"owed_months": 2}}
    assert _sentences(raw, note) == ["社会保险费欠缴2个月（数据期2023年7月，税务局8月5日提供），计5分"]


def test_the_parts_of_a_sentence_are_joined() -> None:
    assert "欠税2个月、销售额同比下降55%，计6分" in _sentences(VECTORS["R05"])
    assert "工资拖欠45天，涉及8人、26000元，计28分" in _sentences(VECTORS["R05"])
    assert "现场检查未整改问题2项（其中逾期1项），计15分" in _sentences(VECTORS["R05"])
    assert "现场检查未整改问题3项，计12分" in _sentences(VECTORS["R11"])
    assert "未建工会、未订集体合同，计1分" in _sentences(VECTORS["R04"])


def test_unknown_workers_and_amount_are_called_unknown() -> None:
    raw = {**VECTORS["R01"], "wage": {"overdue_days": 5}, "headcount": None}
    assert "工资拖欠5天，涉及人数不明、金额不明，计20分" in _sentences(raw)
    assert [reason.key for reason in _reasons(raw)[-2:]] == [
        "risk-missing-headcount",
        "risk-missing-unpaid_workers",
    ]


def test_the_winter_stop_is_explained() -> None:
    raw = {
        **VECTORS["R01"],
        "logistics": {"stopped": True},
        "categories": ["construction_general"],
        "as_of": "2023-12-01",
    }
    assert _sentences(raw) == ["建筑施工冬季停工期内，货运量和用电量不计分"]


def test_missing_data_that_could_bring_a_worse_level_is_said() -> None:
    assessment = grade(RiskCase.from_mapping(VECTORS["R12"]), shipped_risk_model())
    reason = potential_reason(assessment)
    assert reason is not None
    assert TEXT(reason.key, **reason.values) == "资料补齐后可能升为橙"
    assert assessment.missing == ("wage", "visit", "loan", "logistics", "negotiation")


def test_with_all_data_nothing_is_said_about_rising() -> None:
    assessment = grade(RiskCase.from_mapping(VECTORS["R04"]), shipped_risk_model())
    assert not assessment.may_rise
    assert potential_reason(assessment) is None


HEAVY: list[dict[str, Any]] = [
    {
        "wage": {"overdue_days": days, "unpaid_workers": 20, "unpaid_amount": 123456.5},
        "findings": [{"severity": 5, "overdue": True}],
        "tax": {"abnormal": True, "arrears_months": 2, "zero_filing_months": 4, "sales_yoy": -0.555},
        "social_insurance": {"owed_months": 4, "unregistered": True, "insured_change_6m": -0.6},
        "loan": {"overdue_days": 95, "classification": classification, "frozen": True},
        "logistics": {"stopped": True, "power_yoy": -0.9},
        "negotiation": {"contract_status": "expired", "offer_status": offer},
        "signals": signals,
    }
    for days, classification, offer, signals in [
        (75, "可疑", "refused", {"flight": True, "stoppage_persons": 12, "child_labour": True}),
        (45, "loss", "unanswered_over_20", {"payment_order_expired": True, "layoff_planned": 30}),
        (5, "special_mention", "deadlock", {"restructuring": True, "collective_demand_persons": 3}),
        (
            0,
            "substandard",
            "refused",
            {
                "refused_rectification": True,
                "production_stopped_days": 40,
                "layoff_planned": 30,
                "layoff_procedure_done": True,
            },
        ),
    ]
]


@pytest.mark.parametrize("raw", [*VECTORS.values(), *HEAVY])
def test_every_reason_is_plain_chinese(raw: dict[str, Any]) -> None:
    assert [sentence for sentence in _sentences(raw) if CODE_WORD.search(sentence)] == []


def test_the_heavy_cases_try_every_floor() -> None:
    keys = {reason.key for raw in HEAVY for reason in _reasons(raw)}
    assert {f"risk-reason-{code}" for code in FLOORS} <= keys


def test_each_known_component_with_points_is_explained_once() -> None:
    for raw in VECTORS.values():
        assessment = grade(RiskCase.from_mapping(raw), shipped_risk_model())
        assert sum(reason.points for reason in assessment.reasons) == assessment.score


def test_the_levels_and_actions_have_words() -> None:
    actions = shipped_risk_model().actions
    keys = [key for action in actions.values() for key in (*action.informed_keys, *action.measure_keys)]
    assert all(TEXT.has(key) for key in (*keys, *(level.label_key for level in RiskLevel)))


def test_the_refusals_of_publishing_are_sentences() -> None:
    for level in ("unrated", "red"):
        assert TEXT("risk-override-no-change", level=level)
    assert "领导" in TEXT("risk-override-not-permitted", direction="down")
