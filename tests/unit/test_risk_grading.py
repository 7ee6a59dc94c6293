"""Points, floors and levels of the risk grade at their boundaries."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.domain.raw_fields import InvalidInputError
from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.grading import RiskAssessment, grade
from fangshan_desk.domain.risk.levels import RiskLevel, worst
from fangshan_desk.domain.risk.parameters import FLOORS
from tests.helpers.rules import shipped_risk_model

GOOD: dict[str, Any] = {
    "headcount": 100,
    "wage": {},
    "findings": [],
    "tax": {},
    "social_insurance": {},
    "loan": {},
    "logistics": {},
    "negotiation": {"union": True, "contract_status": "valid", "offer_status": "none"},
}
NO_UNION = {"union": False, "contract_status": "none", "offer_status": "none"}


def _grade(**changes: Any) -> RiskAssessment:
    return grade(RiskCase.from_mapping({**GOOD, **changes}), shipped_risk_model())


def _points(name: str, **changes: Any) -> int | None:
    return _grade(**changes).components[name]


@pytest.mark.parametrize(
    ("wage", "points"),
    [
        ({"overdue_days": 1}, 16),
        ({"overdue_days": 30}, 16),
        ({"overdue_days": 31}, 28),
        ({"overdue_days": 60}, 28),
        ({"overdue_days": 61}, 34),
        ({"overdue_days": 1, "unpaid_workers": 9, "unpaid_amount": 1}, 16),
        ({"overdue_days": 1, "unpaid_workers": 10, "unpaid_amount": 1}, 18),
        ({"overdue_days": 1, "unpaid_workers": 50, "unpaid_amount": 1}, 20),
        ({"overdue_days": 1, "unpaid_workers": 10, "unpaid_amount": 29999.99}, 18),
        ({"overdue_days": 1, "unpaid_workers": 10, "unpaid_amount": 30000}, 20),
        ({"overdue_days": 1, "unpaid_workers": 9, "unpaid_amount": 900000}, 16),
        ({"overdue_days": 1, "max_months_one_worker": 3, "max_amount_one_worker": 5000}, 18),
        ({"overdue_days": 1, "max_months_one_worker": 2, "max_amount_one_worker": 5000}, 16),
        ({"overdue_days": 1, "max_months_one_worker": 3, "max_amount_one_worker": 4999}, 16),
        ({"overdue_days": 90, "unpaid_workers": 50, "unpaid_amount": 30000}, 40),
        ({"arrears_in_12_months": True, "deferred_by_agreement": True}, 6),
        ({"deferred_by_agreement": True}, 4),
        ({"overdue_days": 1, "arrears_in_12_months": True}, 16),
    ],
)
def test_component_a_counts_wage_arrears(wage: dict[str, Any], points: int) -> None:
    assert _points("A", wage=wage) == points


@pytest.mark.parametrize("headcount", [None, 0])
def test_an_unknown_headcount_counts_as_everybody(headcount: int | None) -> None:
    assert _points("A", headcount=headcount, wage={"overdue_days": 1, "unpaid_workers": 1}) == 20


@pytest.mark.parametrize(
    ("findings", "points"),
    [
        ([{"severity": n} for n in (1, 2, 3, 4, 5)], 18),
        ([{"severity": 4, "overdue": True}], 10),
        ([{"severity": 5, "overdue": True}, {"severity": 4}, {"severity": 2}], 25),
        ([{"severity": 5, "code": "WAGE-01"}, {"severity": 3, "code": "WAGE-02"}], 0),
        ([{"severity": 4, "code": "SOCI-02"}, {"severity": 4, "code": "SOCI-01"}], 5),
        ([{"severity": 4, "kind": "guidance"}, {"severity": 5, "kind": "signal"}], 0),
    ],
)
def test_component_b_counts_open_findings(findings: list[dict[str, Any]], points: int) -> None:
    assert _points("B", findings=findings) == points


@pytest.mark.parametrize(
    ("tax", "points"),
    [
        ({"abnormal": True}, 8),
        ({"arrears_months": 1}, 3),
        ({"arrears_months": 2}, 5),
        ({"arrears_months": 9}, 7),
        ({"zero_filing_months": 2}, 0),
        ({"zero_filing_months": 3}, 4),
        ({"sales_yoy": -0.29}, 0),
        ({"sales_yoy": -0.3}, 2),
        ({"sales_yoy": -0.5}, 4),
        ({"sales_yoy": -0.8}, 6),
        ({"sales_yoy": 0.9}, 0),
        ({"sales_yoy": None}, 0),
        ({"arrears_months": 1, "sales_yoy": -0.3}, 3),
        ({"arrears_months": 1, "sales_yoy": -0.5}, 5),
        ({"arrears_months": 3, "sales_yoy": -0.9}, 8),
        ({"abnormal": True, "arrears_months": 3, "sales_yoy": -0.9}, 8),
    ],
)
def test_component_c1_reads_taxes(tax: dict[str, Any], points: int) -> None:
    assert _points("C1", tax=tax) == points


def test_a_new_enterprise_may_file_zero() -> None:
    assert _points("C1", tax={"zero_filing_months": 6}, new_enterprise=True) == 0


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"owed_months": 1}, 3),
        ({"owed_months": 2}, 5),
        ({"owed_months": 3}, 7),
        ({"unregistered": True}, 6),
        ({"insured_change_6m": -0.19}, 0),
        ({"insured_change_6m": -0.2}, 2),
        ({"insured_change_6m": -0.5}, 4),
        ({"owed_months": 3, "insured_change_6m": -0.2}, 8),
        ({"unregistered": True, "insured_change_6m": -0.5}, 6),
    ],
)
def test_component_c2_reads_contributions(facts: dict[str, Any], points: int) -> None:
    assert _points("C2", social_insurance=facts) == points


@pytest.mark.parametrize(
    ("loan", "points"),
    [
        ({"overdue_days": 1}, 3),
        ({"overdue_days": 30}, 3),
        ({"overdue_days": 31}, 5),
        ({"overdue_days": 90}, 5),
        ({"overdue_days": 91}, 8),
        ({"classification": "正常"}, 0),
        ({"classification": "关注"}, 3),
        ({"classification": "次级"}, 8),
        ({"classification": "doubtful"}, 8),
        ({"frozen": True}, 6),
        ({"frozen": True, "overdue_days": 31, "classification": "special_mention"}, 6),
    ],
)
def test_component_c3_reads_loans(loan: dict[str, Any], points: int) -> None:
    assert _points("C3", loan=loan) == points


@pytest.mark.parametrize(
    ("logistics", "points"),
    [
        ({"stopped": True}, 6),
        ({"volume_yoy": -0.3}, 2),
        ({"power_yoy": -0.5}, 4),
        ({"volume_yoy": 0.2, "power_yoy": -0.8}, 6),
        ({"volume_yoy": -0.29, "power_yoy": None}, 0),
        ({"stopped": True, "volume_yoy": -0.3}, 6),
    ],
)
def test_component_c4_reads_logistics_and_power(logistics: dict[str, Any], points: int) -> None:
    assert _points("C4", logistics=logistics) == points


@pytest.mark.parametrize(
    ("day", "points"),
    [
        (date(2023, 11, 14), 6),
        (date(2023, 11, 15), 0),
        (date(2024, 1, 1), 0),
        (date(2024, 3, 15), 0),
        (date(2024, 3, 16), 6),
    ],
)
def test_building_sites_rest_in_winter(day: date, points: int) -> None:
    stopped = {"stopped": True}
    assert _points("C4", logistics=stopped, categories=["construction_general"], as_of=day) == points
    assert _points("C4", logistics=stopped, categories=["mining"], as_of=day) == 6


def test_without_a_day_there_is_no_winter_stop() -> None:
    assert _points("C4", logistics={"stopped": True}, categories=["construction_sub"]) == 6


def test_the_winter_stop_does_not_turn_missing_data_into_zero() -> None:
    grade_ = _grade(logistics=None, categories=["construction_sub"], as_of=date(2024, 1, 1))
    assert (grade_.components["C4"], grade_.coverage) == (None, 94)


@pytest.mark.parametrize(
    ("headcount", "negotiation", "points"),
    [
        (100, {"union": True, "contract_status": "valid", "offer_status": "unanswered_over_20"}, 4),
        (100, {"union": True, "contract_status": "valid", "offer_status": "refused"}, 5),
        (100, {"union": True, "contract_status": "expired", "offer_status": "deadlock"}, 3),
        (100, {"union": True, "contract_status": "expired", "offer_status": "pending"}, 2),
        (100, {"union": True, "contract_status": "expiring", "offer_status": "negotiating"}, 0),
        (25, NO_UNION, 1),
        (24, NO_UNION, 0),
        (None, NO_UNION, 0),
        (100, {"union": True, "contract_status": "none", "offer_status": "none"}, 0),
        (100, {"contract_status": "none"}, 0),
        (100, {}, 0),
    ],
)
def test_component_d_reads_the_negotiation(
    headcount: int | None, negotiation: dict[str, Any], points: int
) -> None:
    assert _points("D", headcount=headcount, negotiation=negotiation) == points


FLOOR_CASES: list[tuple[dict[str, Any], list[str], RiskLevel]] = [
    ({"wage": {"overdue_days": 61}}, ["F1"], RiskLevel.RED),
    ({"wage": {"overdue_days": 60}}, ["O1"], RiskLevel.ORANGE),
    ({"wage": {"overdue_days": 31}}, ["O1"], RiskLevel.ORANGE),
    ({"wage": {"overdue_days": 30}}, ["Y1"], RiskLevel.YELLOW),
    ({"signals": {"flight": True}}, ["F2"], RiskLevel.RED),
    ({"signals": {"stoppage_persons": 10}}, ["F3"], RiskLevel.RED),
    ({"signals": {"collective_demand_persons": 10, "stoppage_persons": 3}}, ["F3"], RiskLevel.RED),
    ({"signals": {"collective_demand_persons": 9}}, ["O4"], RiskLevel.ORANGE),
    ({"signals": {"stoppage_persons": 1}}, ["O4"], RiskLevel.ORANGE),
    ({"signals": {"child_labour": True}}, ["F4"], RiskLevel.RED),
    ({"signals": {"payment_order_expired": True}}, ["F5"], RiskLevel.RED),
    ({"signals": {"layoff_planned": 20}, "headcount": 1000}, ["O2"], RiskLevel.ORANGE),
    ({"signals": {"layoff_planned": 10}}, ["O2"], RiskLevel.ORANGE),
    ({"signals": {"layoff_planned": 9}}, [], RiskLevel.BLUE),
    ({"signals": {"layoff_planned": 10, "layoff_procedure_done": True}}, ["Y6"], RiskLevel.YELLOW),
    ({"signals": {"layoff_procedure_done": True}, "headcount": None}, [], RiskLevel.BLUE),
    ({"signals": {"restructuring": True}}, ["O3"], RiskLevel.ORANGE),
    ({"signals": {"restructuring": True, "settlement_plan": True}}, [], RiskLevel.BLUE),
    (
        {"signals": {"restructuring": True, "settlement_plan": True}, "social_insurance": {"owed_months": 1}},
        ["O3"],
        RiskLevel.ORANGE,
    ),
    (
        {"signals": {"restructuring": True, "settlement_plan": True}, "wage": {"overdue_days": 1}},
        ["O3", "Y1"],
        RiskLevel.ORANGE,
    ),
    ({"signals": {"refused_rectification": True}}, ["O5"], RiskLevel.ORANGE),
    ({"loan": {"overdue_days": 91}, "tax": {"arrears_months": 1}}, ["O6"], RiskLevel.ORANGE),
    ({"loan": {"frozen": True}, "social_insurance": {"owed_months": 2}}, ["O6"], RiskLevel.ORANGE),
    ({"loan": {"frozen": True}, "social_insurance": {"owed_months": 1}}, [], RiskLevel.BLUE),
    ({"loan": {"overdue_days": 90}, "tax": {"arrears_months": 3}}, [], RiskLevel.BLUE),
    ({"loan": {"frozen": True}, "tax": None, "social_insurance": None}, [], RiskLevel.BLUE),
    ({"signals": {"production_stopped_days": 30}}, ["Y2"], RiskLevel.YELLOW),
    ({"signals": {"production_stopped_days": 29}}, [], RiskLevel.BLUE),
    ({"social_insurance": {"owed_months": 3}}, ["Y3"], RiskLevel.YELLOW),
    ({"findings": [{"severity": 1, "overdue": True}]}, ["Y4"], RiskLevel.YELLOW),
    ({"findings": [{"severity": 5, "overdue": True, "code": "WAGE-01"}]}, ["Y4"], RiskLevel.YELLOW),
    ({"negotiation": {"offer_status": "refused"}}, ["Y5"], RiskLevel.YELLOW),
    ({"negotiation": {"offer_status": "unanswered_over_20"}}, ["Y5"], RiskLevel.YELLOW),
    ({"negotiation": {"offer_status": "deadlock"}}, [], RiskLevel.BLUE),
]


@pytest.mark.parametrize(("changes", "floors", "level"), FLOOR_CASES)
def test_a_floor_fixes_the_level(changes: dict[str, Any], floors: list[str], level: RiskLevel) -> None:
    assessment = _grade(**changes)
    assert (list(assessment.floors), assessment.level) == (floors, level)


def test_every_floor_is_tried() -> None:
    assert {code for _, floors, _ in FLOOR_CASES for code in floors} == set(FLOORS)


def _scored(score: int) -> RiskAssessment:
    """A case without floors but for Y1 at most, with exactly this score."""
    parts: dict[int, dict[str, Any]] = {
        19: {
            "findings": [{"severity": 5}, {"severity": 4}],
            "negotiation": NO_UNION,
            "loan": {"overdue_days": 1},
        },
        20: {"findings": [{"severity": 5}, {"severity": 5}]},
    }
    return _grade(**parts[score])


def test_nineteen_points_are_blue_and_twenty_yellow() -> None:
    assert [(_scored(n).score, _scored(n).level) for n in (19, 20)] == [
        (19, RiskLevel.BLUE),
        (20, RiskLevel.YELLOW),
    ]


def test_forty_points_are_orange_and_sixty_red() -> None:
    fives = [{"severity": 5}] * 3
    orange = _grade(
        findings=fives,
        loan={"overdue_days": 91},
        tax={"arrears_months": 0, "sales_yoy": -0.9},
        negotiation=NO_UNION,
    )
    assert (orange.score, orange.level, orange.floors) == (40, RiskLevel.ORANGE, ())
    red = _grade(
        wage={"overdue_days": 30, "unpaid_workers": 50, "unpaid_amount": 30000},
        findings=fives,
        loan={"overdue_days": 31},
        tax={"sales_yoy": -0.8},
        logistics={"volume_yoy": -0.5},
    )
    assert (red.score, red.level, red.floors) == (62, RiskLevel.RED, ("Y1",))


def test_absent_and_null_sources_are_both_missing() -> None:
    absent = {key: value for key, value in GOOD.items() if key != "tax"}
    by_absence = grade(RiskCase.from_mapping(absent), shipped_risk_model())
    assert by_absence == _grade(tax=None)
    assert by_absence.components["C1"] is None
    assert by_absence.missing == ("tax",)


def test_missing_data_adds_half_of_its_maximum_to_the_upper_score() -> None:
    nothing = grade(RiskCase.from_mapping({}), shipped_risk_model())
    assert (nothing.score, nothing.score_high, nothing.coverage) == (0, 51, 0)
    assert (nothing.level, nothing.potential_level) == (RiskLevel.UNRATED, RiskLevel.ORANGE)


def test_unrated_needs_low_coverage_unknown_wages_and_nothing_bad() -> None:
    blind = {"wage": None, "findings": None}
    assert _grade(**blind).level is RiskLevel.UNRATED
    assert _grade(wage=None).level is RiskLevel.BLUE
    assert _grade(findings=None, tax=None, loan=None).level is RiskLevel.BLUE
    assert _grade(**blind, signals={"stoppage_persons": 2}).level is RiskLevel.ORANGE
    assert (
        _grade(**blind, tax={"abnormal": True}, loan={"overdue_days": 91}, logistics={"stopped": True}).level
        is RiskLevel.YELLOW
    )


def test_a_classification_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidInputError) as caught:
        _grade(loan={"classification": "优秀"})
    assert caught.value.values == {"path": "loan.classification", "problem": "unknown-choice"}


@pytest.mark.parametrize(
    ("changes", "path", "problem"),
    [
        ({"headcounts": 3}, "headcounts", "unknown-key"),
        ({"headcount": -1}, "headcount", "not-a-whole-number"),
        ({"wage": {"overdue_days": "12"}}, "wage.overdue_days", "not-a-number"),
        ({"wage": {"unpaid_amount": -1}}, "wage.unpaid_amount", "negative"),
        ({"wage": []}, "wage", "not-a-mapping"),
        ({"wage": {"overdue": 3}}, "wage.overdue", "unknown-key"),
        ({"findings": {}}, "findings", "not-a-list"),
        ({"findings": [{"severity": 6}]}, "findings[0].severity", "unknown-choice"),
        ({"findings": [{"severity": 2}, {}]}, "findings[1].severity", "missing"),
        ({"findings": [{"severity": 2, "late": True}]}, "findings[0].late", "unknown-key"),
        ({"tax": {"sales_yoy": -35}}, "tax.sales_yoy", "not-a-fraction"),
        ({"tax": {"abnormal": 1}}, "tax.abnormal", "not-a-flag"),
        ({"social_insurance": {"months": 1}}, "social_insurance.months", "unknown-key"),
        ({"loan": {"frozen": "no"}}, "loan.frozen", "not-a-flag"),
        ({"logistics": {"volume": 1}}, "logistics.volume", "unknown-key"),
        ({"negotiation": {"offer_status": "late"}}, "negotiation.offer_status", "unknown-choice"),
        ({"negotiation": {"members": 3}}, "negotiation.members", "unknown-key"),
        ({"signals": {"fire": True}}, "signals.fire", "unknown-key"),
        ({"as_of": "tomorrow"}, "as_of", "not-a-day"),
        ({"categories": ["mining", 1]}, "categories", "not-a-text"),
    ],
)
def test_a_wrong_key_or_value_of_the_case_is_named(changes: dict[str, Any], path: str, problem: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        _grade(**changes)
    assert caught.value.values == {"path": path, "problem": problem}


SOURCES = ("wage", "findings", "tax", "social_insurance", "loan", "logistics", "negotiation")


@given(
    st.integers(0, 120),
    st.lists(st.integers(1, 5), max_size=6),
    st.integers(0, 5),
    st.sets(st.sampled_from(SOURCES)),
)
def test_taking_data_away_never_lowers_the_upper_score_below_the_score(
    days: int, severities: list[int], months: int, missing: set[str]
) -> None:
    full = {
        "wage": {"overdue_days": days},
        "findings": [{"severity": n} for n in severities],
        "tax": {"arrears_months": months},
        "social_insurance": {"owed_months": months},
    }
    assessment = _grade(**{**full, **dict.fromkeys(missing)})
    complete = _grade(**full)
    assert 0 <= assessment.score <= assessment.score_high <= 100
    assert assessment.score <= complete.score
    assert assessment.coverage == 100 - sum(
        shipped_risk_model().maxima[name] for name, points in assessment.components.items() if points is None
    )
    assert assessment.potential_level.rank >= 0
    assert assessment.level is RiskLevel.UNRATED or not assessment.level.is_worse_than(
        assessment.potential_level
    )


def test_levels_have_an_order_and_unrated_none() -> None:
    assert worst([]) is RiskLevel.BLUE
    assert worst([RiskLevel.YELLOW, RiskLevel.RED, RiskLevel.BLUE]) is RiskLevel.RED
    assert RiskLevel.ORANGE.is_worse_than(RiskLevel.YELLOW)
    assert [level.one_better for level in (RiskLevel.RED, RiskLevel.BLUE)] == [
        RiskLevel.ORANGE,
        RiskLevel.BLUE,
    ]
    with pytest.raises(KeyError):
        RiskLevel.UNRATED.is_worse_than(RiskLevel.BLUE)
