"""A checklist file that would fail at the desk is refused when it is read, with the place."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fangshan_desk.domain.checklist import InputKind, ItemKind, Parameters, parse_checklist
from fangshan_desk.domain.checklist.items import UnknownItemError, UnknownSectionError
from fangshan_desk.domain.checklist.parameters import UnknownParameterError
from fangshan_desk.domain.reference_reading import BrokenReferenceError
from tests.helpers.reference import (
    made_item,
    raw_basis,
    raw_checklist,
    raw_field,
    raw_item,
    raw_parameter,
    shipped_checklist,
)


def test_the_checklist_is_indexed_by_code_and_section() -> None:
    checklist = parse_checklist(raw_checklist(raw_item("TEST-01"), raw_item("TEST-02")))
    assert checklist.item("TEST-02").code == "TEST-02"
    assert [item.code for item in checklist.items_of("TEST")] == ["TEST-01", "TEST-02"]
    assert checklist.section("TEST").title == "试验"
    assert checklist.version == "1-2026-11-23"


def test_unknown_codes_are_refused() -> None:
    checklist = parse_checklist(raw_checklist(raw_item()))
    with pytest.raises(UnknownItemError):
        checklist.item("NONE-01")
    with pytest.raises(UnknownSectionError):
        checklist.section("NONE")
    with pytest.raises(UnknownSectionError):
        checklist.items_of("NONE")
    with pytest.raises(UnknownParameterError):
        checklist.parameters.parameter("none")


def test_an_item_is_read_with_all_its_fields() -> None:
    item = made_item(legal_basis=[raw_basis("law", valid_from="2024-07-01", valid_to="2024-12-31")])
    assert item.kind is ItemKind.VIOLATION
    assert item.inputs[0].kind is InputKind.INTEGER
    assert item.legal_basis[0].holds_on(date(2024, 12, 31))
    assert not item.legal_basis[0].holds_on(date(2025, 1, 1))
    assert not item.legal_basis[0].holds_on(date(2024, 6, 30))
    assert item.input_named("none") is None


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kind": "crime"}, "kind: expected one of violation, guidance, signal, info"),
        ({"core": "yes"}, "core: expected true or false"),
        ({"question": " "}, "question: expected text"),
        ({"severity": 6}, "severity: expected 1 to 5"),
        ({"severity": True}, "severity: expected whole number"),
        ({"default_deadline_days": -1}, "default_deadline_days: expected whole number"),
        ({"valid_from": "2026-02-30"}, "valid_from: expected date"),
        ({"evidence": ["", "名册"]}, "evidence: expected list of texts"),
        ({"evidence": None}, "evidence: expected list"),
        ({"section": "NONE"}, "section: NONE is not declared"),
        ({"applies_to": ["moon"]}, "applies_to: category is not declared"),
        ({"applies_to": []}, "applies_to: category is not declared"),
        ({"violated_when": "affected >"}, "violated_when: MalformedExpressionError at 11: affected >"),
        ({"violated_when": "other > 0"}, "violated_when: UnknownNameError at 1: other > 0"),
        ({"violated_when": "limit > 0"}, "violated_when: UnknownNameError at 1: limit > 0"),
        ({"finding": "有{nobody}人"}, "finding: no words for nobody"),
        ({"finding": "占{ratio_percent}%"}, "finding: no words for ratio_percent"),
        ({"advice": "{ affected }"}, "advice: no words for  affected "),
        ({"inputs": [raw_field("a"), raw_field("a")]}, "inputs: a stands twice"),
        ({"inputs": [raw_field("minimum_wage")]}, "inputs: minimum_wage stands twice or is a parameter"),
        ({"inputs": [raw_field("as_of_date")]}, "inputs: as_of_date stands twice or is a parameter"),
    ],
)
def test_a_broken_item_is_named_by_its_code(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(BrokenReferenceError) as caught:
        parse_checklist(raw_checklist(raw_item(**changes)))
    assert caught.value.place == "TEST-01"
    assert caught.value.problem.startswith(problem)


@pytest.mark.parametrize(
    ("raw", "place", "problem"),
    [
        (raw_checklist("text"), "items[0]", "not a mapping"),  # type: ignore[arg-type]  # wrong on purpose
        (raw_checklist(raw_item(inputs=[{"name": "a"}])), "TEST-01.inputs[0]", "type: expected text"),
        (raw_checklist(raw_item(), raw_item()), "items", "TEST-01 stands twice"),
        (raw_checklist(sections=None), "", "sections: expected list"),
        (raw_checklist(compiled_on=None), "", "compiled_on: expected text"),
        (
            raw_checklist(parameters=[raw_parameter("a", 1), raw_parameter("a", 2)]),
            "parameters",
            "a stands twice",
        ),
        (
            raw_checklist(parameters=[raw_parameter("a", "many")]),
            "parameters[0]",
            "value: expected number",
        ),
        (
            raw_checklist(parameters=[raw_parameter("a", [{"from": "2025-01-01"}])]),
            "parameters[0].value[0]",
            "value: expected number",
        ),
    ],
)
def test_a_broken_file_is_refused_with_the_place(raw: dict[str, Any], place: str, problem: str) -> None:
    with pytest.raises(BrokenReferenceError) as caught:
        parse_checklist(raw)
    assert (caught.value.place, caught.value.problem) == (place, problem)


def test_only_figures_called_of_which_are_parts_of_the_first() -> None:
    parts = {
        (item.code, field.name): field.whole
        for item in shipped_checklist().items
        for field in item.inputs
        if field.whole
    }
    assert parts == {
        ("GEN-01", "female_workers"): "headcount",
        ("GEN-01", "minor_workers"): "headcount",
        ("GEN-01", "migrant_workers"): "headcount",
        ("GEN-01", "over_age_workers"): "headcount",
        ("CONT-01", "without_contract_over_year"): "without_contract",
    }


def test_parameters_have_the_value_of_the_day() -> None:
    parameters = shipped_checklist().parameters
    assert parameters.value_on("work_days_per_month", date(2024, 12, 31)) == Decimal("20.83")
    assert parameters.value_on("work_days_per_month", date(2025, 1, 1)) == Decimal("20.67")
    assert parameters.value_on("maternity_leave_days_national", date(2023, 8, 25)) == 98
    assert parameters.value_on("minimum_wage_monthly", date(2023, 8, 25)) is None
    assert len(list(parameters)) == len(parameters.names) == 18


def test_the_value_the_office_entered_goes_before_the_shipped_one_on_its_days() -> None:
    parameters = shipped_checklist().parameters.with_value(
        "work_days_per_month", Decimal(21), first_day=date(2024, 12, 1), last_day=date(2025, 1, 31)
    )
    assert parameters.value_on("work_days_per_month", date(2024, 12, 31)) == 21
    assert parameters.value_on("work_days_per_month", date(2025, 2, 1)) == Decimal("20.67")
    assert isinstance(parameters, Parameters)
    assert shipped_checklist().parameters.value_on("work_days_per_month", date(2025, 1, 1)) != 21
