"""The table of limits is read strictly: a misspelt key must not switch a limit off."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from fangshan_desk.domain.day_counting import CalendarYear, DueDate, HolidayCalendar
from fangshan_desk.domain.raw_fields import InvalidInputError, RawFields
from fangshan_desk.domain.states.limits import Nature, WorkflowLimits
from fangshan_desk.domain.states.prescription import TRANSITIONS as LETTER_ROWS
from fangshan_desk.domain.states.rectification_item import TRANSITIONS as ITEM_ROWS
from fangshan_desk.domain.states.visit import TRANSITIONS as VISIT_ROWS
from fangshan_desk.support.reference_files import read_reference
from tests.helpers.rules import shipped_limits

CALENDAR = HolidayCalendar.of([CalendarYear(2023, frozenset(), frozenset())])


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("issue_prescription", date(2023, 9, 1), date(2023, 9, 6)),
        ("recheck", date(2023, 9, 1), date(2023, 9, 15)),
        ("offer_reply", date(2023, 9, 1), date(2023, 9, 21)),
        ("contract_filing", date(2023, 9, 6), date(2023, 9, 18)),
        ("contract_effective", date(2023, 9, 1), date(2023, 9, 16)),
        ("escalate_urgent", date(2023, 9, 1), date(2023, 9, 1)),
        ("renewal_proposal", date(2023, 8, 31), date(2023, 11, 30)),
    ],
)
def test_a_limit_gives_its_last_day(code: str, start: date, due: date) -> None:
    assert shipped_limits()[code].due(start, calendar=CALENDAR) == DueDate(due)


def test_every_limit_named_by_a_table_exists() -> None:
    named = {row.limit for rows in (LETTER_ROWS, ITEM_ROWS, VISIT_ROWS) for row in rows} - {""}
    assert named
    assert named <= set(shipped_limits().limits)


def test_working_rules_are_told_from_law() -> None:
    assert shipped_limits()["recheck"].nature is Nature.WORKING
    assert shipped_limits()["offer_reply"].nature is Nature.STATUTORY


def test_negotiation_states_name_their_limits() -> None:
    assert shipped_limits().negotiation_limits["signed"] == ("contract_filing", "wage_agreement_filing")
    assert shipped_limits().negotiation_limits["in_force"] == ()


def test_urgent_items_depend_on_code_and_floors() -> None:
    rules = shipped_limits().item
    assert rules.is_urgent("PROT-01")
    assert rules.is_urgent("WAGE-01", frozenset({"F1"}))
    assert not rules.is_urgent("WAGE-01", frozenset({"O1"}))
    assert not rules.is_urgent("WAGE-02", frozenset({"F1"}))


def test_reminders_stand_before_on_and_after_the_day() -> None:
    assert shipped_limits().item.reminder_days == (-3, 0, 1)


Break = Callable[[dict[str, Any]], object]
BROKEN: list[tuple[str, str, Break]] = [
    ("limits[0].n", "not-a-whole-number", lambda raw: raw["limits"][0].update(n=-1)),
    ("limits[0].n", "not-a-number", lambda raw: raw["limits"][0].update(n=True)),
    ("limits[0].unit", "unknown-choice", lambda raw: raw["limits"][0].update(unit="weeks")),
    ("limits[0].colour", "unknown-key", lambda raw: raw["limits"][0].update(colour="red")),
    ("limits", "not-a-list", lambda raw: raw.update(limits="none")),
    ("limits[0]", "not-a-mapping", lambda raw: raw.update(limits=[3])),
    ("visit", "missing", lambda raw: raw.pop("visit")),
    ("rectification.urgent", "not-a-text", lambda raw: raw["rectification"].update(urgent=[1])),
    (
        "negotiation_states.offered.late",
        "unknown-choice",
        lambda raw: raw["negotiation_states"][2].update(limits=["late"]),
    ),
    ("extra", "unknown-key", lambda raw: raw.update(extra=1)),
]


@pytest.mark.parametrize(("path", "problem", "break_it"), BROKEN)
def test_a_wrong_entry_is_named(path: str, problem: str, break_it: Break) -> None:
    raw = deepcopy(read_reference("workflow_limits").content)
    break_it(raw)
    with pytest.raises(InvalidInputError) as caught:
        WorkflowLimits.from_mapping(raw)
    assert caught.value.values == {"path": path, "problem": problem}


def test_raw_fields_read_every_kind_of_value() -> None:
    fields = RawFields(
        {"n": 3.0, "share": -0.35, "is_new": True, "on": "2023-09-01", "day": date(2023, 9, 2)}
    )
    assert (fields.whole("n"), fields.whole("gap", 7), fields.optional_whole("gap")) == (3, 7, None)
    assert (fields.number("share"), fields.optional_number("gap")) == (-0.35, None)
    assert (fields.flag("is_new"), fields.flag("gap", default=False)) == (True, False)
    assert (fields.optional_day("on"), fields.optional_day("day")) == (date(2023, 9, 1), date(2023, 9, 2))
    assert fields.optional_day("gap") is None
    assert fields.text("gap", "-") == "-"
    fields.done()


@pytest.mark.parametrize(
    ("raw", "read", "problem"),
    [
        ({"n": 1.5}, lambda f: f.whole("n"), "not-a-whole-number"),
        ({"n": float("nan")}, lambda f: f.number("n"), "not-a-number"),
        ({"n": "3"}, lambda f: f.number("n"), "not-a-number"),
        ({"n": 1}, lambda f: f.flag("n"), "not-a-flag"),
        ({"n": 1}, lambda f: f.text("n"), "not-a-text"),
        ({"n": "soon"}, lambda f: f.optional_day("n"), "not-a-day"),
        ({"n": None}, lambda f: f.number("n"), "missing"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(
    raw: dict[str, Any], read: Callable[[RawFields], object], problem: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(RawFields(raw))
    assert caught.value.values == {"path": "n", "problem": problem}


def test_a_case_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(InvalidInputError) as caught:
        RawFields([1, 2])
    assert caught.value.values == {"path": "input", "problem": "not-a-mapping"}
