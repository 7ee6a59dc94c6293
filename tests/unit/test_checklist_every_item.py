"""Each of the shipped items: condition, quotes, sentences, missing and zero inputs, boundaries."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from fangshan_desk.domain.checklist import (
    BLANK,
    AnswerType,
    CheckItem,
    InputKind,
    InputValue,
    ItemKind,
    finding_wording,
    judge,
    plain_inputs,
    read_inputs,
    restore_inputs,
)
from fangshan_desk.domain.checklist.derived import Situation, inputs_behind
from fangshan_desk.domain.checklist.expression_nodes import Comparison, Junction, Literal, Name, Node
from fangshan_desk.domain.checklist.templates import names_in
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.support.text import chinese_texts
from tests.helpers.reference import reference_library, shipped_checklist

LIBRARY = reference_library()
VISIT = date(2023, 8, 25)
PARAMETERS = shipped_checklist().parameters.with_value("minimum_wage_monthly", Decimal("1880"))
ITEMS = shipped_checklist().items
JUDGED = tuple(item for item in ITEMS if item.violated_when)
KNOWN_WITHOUT_INPUTS = ("as_of_date", "minimum_wage_monthly")

every_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
every_judged_item = pytest.mark.parametrize("item", JUDGED, ids=lambda item: item.code)

SAMPLES: dict[InputKind, InputValue] = {
    InputKind.INTEGER: 7,
    InputKind.NUMBER: Decimal("40.5"),
    InputKind.MONEY: Decimal("90000.00"),
    InputKind.DATE: date(2023, 7, 1),
    InputKind.BOOLEAN: True,
    InputKind.TEXT: "样例",
}


def answer(item: CheckItem, inputs: dict[str, InputValue | None]) -> Answer:
    return judge(item, inputs, visit_date=VISIT, parameters=PARAMETERS).answer


def samples(item: CheckItem) -> dict[str, InputValue | None]:
    return {field.name: SAMPLES[field.kind] for field in item.inputs}


def test_the_file_holds_79_items_of_which_23_are_core() -> None:
    assert len(ITEMS) == 79
    assert sum(item.is_core for item in ITEMS) == 23
    assert len(JUDGED) == 49


def test_codes_begin_with_their_section() -> None:
    for item in ITEMS:
        assert re.fullmatch(rf"{item.section}-\d\d", item.code)
        assert shipped_checklist().item(item.code) is item


@every_item
def test_quotes_are_taken_from_the_articles(item: CheckItem) -> None:
    for basis in item.legal_basis:
        article = LIBRARY.statutes.statute(basis.statute).article(basis.article)
        if article is None:
            assert not basis.is_verified
        else:
            assert basis.quote is not None
            assert basis.quote in article.text


def test_only_items_that_collect_data_have_no_sentences() -> None:
    for item in ITEMS:
        assert (item.finding is None) is (item.kind is ItemKind.INFO), item.code
        assert (item.advice is None) is (item.kind is ItemKind.INFO), item.code


@every_item
def test_a_filled_item_has_a_finding_without_blanks(item: CheckItem) -> None:
    wording = finding_wording(
        item, samples(item), visit_date=VISIT, parameters=PARAMETERS, text=chinese_texts()
    )
    if wording is not None:
        assert wording.is_complete
        assert not re.search(r"[{}_]|None|True|Fraction|Decimal", wording.text)


@every_item
def test_an_empty_item_has_a_finding_with_blanks_only(item: CheckItem) -> None:
    wording = finding_wording(item, {}, visit_date=VISIT, parameters=PARAMETERS, text=chinese_texts())
    if wording is not None:
        gaps = [name for name in names_in(item.finding or "") if name not in KNOWN_WITHOUT_INPUTS]
        fields = [field.name for field in item.inputs]
        assert set(wording.missing) == {source for name in gaps for source in inputs_behind(name, fields)}
        assert set(wording.missing) <= set(fields)
        assert wording.text.count(BLANK) == len(gaps)
        assert not re.search(r"[{}]|None", wording.text)


@every_item
def test_without_inputs_nothing_is_determined(item: CheckItem) -> None:
    result = judge(item, {}, visit_date=VISIT, parameters=PARAMETERS)
    assert result.answer is Answer.UNDETERMINED
    assert not result.is_answered


@every_judged_item
def test_a_violation_does_not_become_compliant_by_leaving_out_an_input(item: CheckItem) -> None:
    full = samples(item)
    if answer(item, full) is Answer.VIOLATED:
        for name in full:
            partial = {other: value for other, value in full.items() if other != name}
            assert answer(item, partial) is not Answer.COMPLIANT, name


@every_judged_item
def test_figures_of_zero_exceed_nothing(item: CheckItem) -> None:
    assert item.violated_when is not None
    if item.violated_when.is_threshold:
        zeros = {field.name: 0 for field in item.inputs if field.kind in (InputKind.INTEGER, InputKind.MONEY)}
        numbers = {field.name: Decimal(0) for field in item.inputs if field.kind is InputKind.NUMBER}
        assert answer(item, {**zeros, **numbers}) is Answer.COMPLIANT


@every_judged_item
def test_figures_change_the_answer_exactly_at_their_number(item: CheckItem) -> None:
    assert item.violated_when is not None
    for name, number in _thresholds(item.violated_when.root):
        others = {one: 0 for one in item.violated_when.names if one != name}
        assert answer(item, {**others, name: number}) is Answer.COMPLIANT
        assert answer(item, {**others, name: number + 1}) is Answer.VIOLATED


def test_all_but_nine_conditions_are_mere_thresholds() -> None:
    others = [item.code for item in JUDGED if item.violated_when and not item.violated_when.is_threshold]
    assert others == ["DISP-02", *(f"COLL-0{number}" for number in range(1, 8)), "RISK-01"]


@every_judged_item
def test_stored_inputs_come_back_as_they_were(item: CheckItem) -> None:
    full = samples(item)
    assert restore_inputs(item, plain_inputs(full)) == full
    given = {**full, "without_contract_over_year": 3} if "without_contract_over_year" in full else full
    assert read_inputs(item, plain_inputs(given)) == given


def test_a_retired_item_is_not_asked_any_more() -> None:
    retired = replace(ITEMS[0], retired_on=date(2027, 1, 1))
    assert retired.is_asked_on(date(2026, 12, 31))
    assert not retired.is_asked_on(date(2027, 1, 1))


def test_keys_answer_what_has_no_condition() -> None:
    for item in ITEMS:
        has_no_condition = item.answer_type is AnswerType.TRI or item.kind is ItemKind.INFO
        assert has_no_condition is (item.violated_when is None), item.code


def _thresholds(node: Node) -> Iterator[tuple[str, int]]:
    parts = node.operands if isinstance(node, Junction) and node.deciding else (node,)
    for part in parts:
        match part:
            case Comparison(symbol=">", left=Name(name), right=Literal(int(number))):
                yield name, number


DAY = date(2023, 8, 25)


@pytest.mark.parametrize(
    ("code", "inputs", "expected"),
    [
        # Share of dispatched workers: exactly 10 % is allowed (劳务派遣暂行规定 §4).
        ("DISP-02", {"dispatched": 10, "contracted": 90}, Answer.COMPLIANT),
        ("DISP-02", {"dispatched": 11, "contracted": 90}, Answer.VIOLATED),
        ("DISP-02", {"dispatched": 0, "contracted": 0}, Answer.COMPLIANT),
        # Layoffs: 20 persons, or 10 % of the staff, both included (劳动合同法 §41).
        ("RISK-01", {"planned": 19, "headcount": 191}, Answer.COMPLIANT),
        ("RISK-01", {"planned": 19, "headcount": 190}, Answer.VIOLATED),
        ("RISK-01", {"planned": 20, "headcount": 1000}, Answer.VIOLATED),
        ("RISK-01", {"planned": 20}, Answer.VIOLATED),
        ("RISK-01", {"planned": 19}, Answer.UNDETERMINED),
        ("RISK-01", {"planned": 0}, Answer.COMPLIANT),
        # Overtime: 36 hours a month, 3 a day (劳动法 §41).
        ("HOUR-01", {"max_monthly_ot": Decimal(36), "max_daily_ot": Decimal(3)}, Answer.COMPLIANT),
        ("HOUR-01", {"max_monthly_ot": Decimal("36.5"), "max_daily_ot": Decimal(3)}, Answer.VIOLATED),
        ("HOUR-01", {"max_monthly_ot": Decimal(36), "max_daily_ot": Decimal("3.1")}, Answer.VIOLATED),
        ("HOUR-01", {"max_monthly_ot": Decimal(36)}, Answer.UNDETERMINED),
        # A fen is an arrear.
        ("WAGE-01", {"unpaid_workers": 0, "unpaid_amount": Decimal("0.01")}, Answer.VIOLATED),
        ("WAGE-01", {"unpaid_workers": 18}, Answer.VIOLATED),
        ("WAGE-01", {"unpaid_workers": 0}, Answer.UNDETERMINED),
        # Collective contracts run out in 90 days, wage agreements in 60.
        ("COLL-01", {"has_contract": False}, Answer.VIOLATED),
        ("COLL-01", {"has_contract": True}, Answer.COMPLIANT),
        ("COLL-02", {"expires_on": date(2023, 11, 23)}, Answer.VIOLATED),
        ("COLL-02", {"expires_on": date(2023, 11, 24)}, Answer.COMPLIANT),
        ("COLL-02", {"expires_on": date(2023, 8, 1)}, Answer.VIOLATED),
        ("COLL-03", {"wage_agreement_expires_on": date(2023, 10, 24)}, Answer.VIOLATED),
        ("COLL-03", {"wage_agreement_expires_on": date(2023, 10, 25)}, Answer.COMPLIANT),
        ("COLL-03", {"wage_agreement_expires_on": None}, Answer.VIOLATED),
        # Offers are answered within 20 days (集体合同规定 §32).
        ("COLL-04", {"received_on": date(2023, 8, 5), "refused_without_reason": False}, Answer.COMPLIANT),
        ("COLL-04", {"received_on": date(2023, 8, 4), "refused_without_reason": False}, Answer.VIOLATED),
        ("COLL-04", {"received_on": date(2023, 8, 4)}, Answer.VIOLATED),
        ("COLL-04", {"received_on": date(2023, 8, 5)}, Answer.UNDETERMINED),
        (
            "COLL-04",
            {
                "received_on": date(2023, 7, 1),
                "replied_on": date(2023, 7, 21),
                "refused_without_reason": False,
            },
            Answer.COMPLIANT,
        ),
        (
            "COLL-04",
            {
                "received_on": date(2023, 7, 1),
                "replied_on": date(2023, 7, 22),
                "refused_without_reason": False,
            },
            Answer.VIOLATED,
        ),
        ("COLL-04", {"refused_without_reason": True}, Answer.VIOLATED),
        # Filing: 7 days for wage agreements, 10 for all others.
        ("COLL-07", {"signed_on": date(2023, 8, 18), "is_wage_agreement": True}, Answer.COMPLIANT),
        ("COLL-07", {"signed_on": date(2023, 8, 17), "is_wage_agreement": True}, Answer.VIOLATED),
        ("COLL-07", {"signed_on": date(2023, 8, 15), "is_wage_agreement": False}, Answer.COMPLIANT),
        ("COLL-07", {"signed_on": date(2023, 8, 14), "is_wage_agreement": False}, Answer.VIOLATED),
        ("COLL-07", {"signed_on": date(2023, 8, 14)}, Answer.UNDETERMINED),
        (
            "COLL-07",
            {"signed_on": date(2023, 7, 1), "filed_on": date(2023, 7, 11), "is_wage_agreement": False},
            Answer.COMPLIANT,
        ),
        (
            "COLL-07",
            {"signed_on": date(2023, 7, 1), "filed_on": date(2023, 7, 12), "is_wage_agreement": False},
            Answer.VIOLATED,
        ),
        # Attendance of two thirds and consent of half of all, both included.
        ("COLL-06", {"electors": 30, "attended": 20, "agreed": 15}, Answer.COMPLIANT),
        ("COLL-06", {"electors": 30, "attended": 19, "agreed": 15}, Answer.VIOLATED),
        ("COLL-06", {"electors": 30, "attended": 20, "agreed": 14}, Answer.VIOLATED),
    ],
)
def test_the_answer_changes_at_the_legal_limit(
    code: str, inputs: dict[str, InputValue | None], expected: Answer
) -> None:
    assert answer(shipped_checklist().item(code), inputs) is expected


@pytest.mark.parametrize(
    ("reps", "expected"),
    [
        ((3, 3, 1, 1), Answer.COMPLIANT),
        ((2, 2, 0, 0), Answer.VIOLATED),
        ((3, 4, 0, 0), Answer.VIOLATED),
        ((3, 3, 2, 0), Answer.VIOLATED),
        ((6, 6, 2, 3), Answer.VIOLATED),
        ((6, 6, 2, 2), Answer.COMPLIANT),
    ],
)
def test_delegates_are_equal_in_number_three_at_least_and_two_thirds_from_inside(
    reps: tuple[int, int, int, int], expected: Answer
) -> None:
    names = ("employee_reps", "employer_reps", "outside_employee_reps", "outside_employer_reps")
    assert answer(shipped_checklist().item("COLL-05"), dict(zip(names, reps, strict=True))) is expected


def _by_hand(code: str, value: dict[str, int]) -> bool:
    match code:
        case "DISP-02":
            return value["dispatched"] / (value["dispatched"] + value["contracted"] or 1) > 0.1
        case "RISK-01":
            share = (
                value["planned"] / value["headcount"] if value["headcount"] else float(value["planned"] > 0)
            )
            return value["planned"] >= 20 or (value["planned"] > 0 and share >= 0.1)
        case _:
            has_quorum = value["attended"] >= value["electors"] * 2 / 3
            return not (has_quorum and value["agreed"] * 2 >= value["electors"])


@pytest.mark.parametrize("code", ["DISP-02", "RISK-01", "COLL-06"])
def test_shares_agree_with_a_calculation_by_hand_over_a_grid(code: str) -> None:
    item = shipped_checklist().item(code)
    names = [field.name for field in item.inputs]
    for figures in product((0, 1, 2, 3, 9, 10, 19, 20, 30), repeat=len(names)):
        value = dict(zip(names, figures, strict=True))
        expected = Answer.VIOLATED if _by_hand(code, value) else Answer.COMPLIANT
        assert answer(item, dict(value)) is expected, value


def test_the_minimum_wage_must_be_known_before_wages_are_judged_against_it() -> None:
    item = shipped_checklist().item("WAGE-04")
    inputs: dict[str, InputValue | None] = {"affected": 3, "shortfall": Decimal("600.00")}
    unknown = judge(item, inputs, visit_date=VISIT, parameters=shipped_checklist().parameters)
    assert unknown.answer is Answer.UNDETERMINED
    assert unknown.missing_parameters == ("minimum_wage_monthly",)
    assert answer(item, inputs) is Answer.VIOLATED


def test_a_situation_knows_only_what_the_item_may_use() -> None:
    situation = Situation({"headcount": 5}, VISIT, PARAMETERS)
    assert situation.value("ratio_percent") is None
    assert situation.value("limit") is None
    assert situation.value("planned") is None
    assert situation.value("as_of_date") == DAY
