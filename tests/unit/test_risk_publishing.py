"""Levels rise at once, fall one step at a time, and change by hand only for a while."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from fangshan_desk.domain.day_counting import CalendarYear, DueDate, HolidayCalendar
from fangshan_desk.domain.raw_fields import InvalidInputError
from fangshan_desk.domain.rights import Actor, Role
from fangshan_desk.domain.risk.freshness import fresh_until, is_fresh
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.domain.risk.publishing import (
    Override,
    OverrideNotPermittedError,
    OverrideReasonMissingError,
    OverrideToSameLevelError,
    PublishedLevel,
    effective_level,
    make_override,
    published_level,
)
from fangshan_desk.support.reference_files import read_reference
from fangshan_desk.support.text import chinese_texts
from tests.helpers.rules import shipped_risk_model

RED, ORANGE, YELLOW, BLUE, UNRATED = RiskLevel
TODAY = date(2023, 10, 1)
LONG_AGO = date(2023, 8, 1)
CALENDAR = HolidayCalendar.of([CalendarYear(2023, frozenset(), frozenset())])


def _published(
    previous: RiskLevel, computed: RiskLevel, cleared_on: date | None = None, stepped_on: date | None = None
) -> PublishedLevel:
    return published_level(
        previous, computed, cleared_on, TODAY, parameters=shipped_risk_model(), stepped_on=stepped_on
    )


@pytest.mark.parametrize(
    ("previous", "computed"),
    [
        (BLUE, RED),
        (YELLOW, ORANGE),
        (UNRATED, BLUE),
        (UNRATED, RED),
        (RED, RED),
        (BLUE, BLUE),
        (UNRATED, UNRATED),
    ],
)
def test_a_rise_applies_at_once(previous: RiskLevel, computed: RiskLevel) -> None:
    assert _published(previous, computed) == PublishedLevel(computed, computed)


@pytest.mark.parametrize("previous", [RED, ORANGE])
@pytest.mark.parametrize("computed", [YELLOW, BLUE, UNRATED])
def test_red_and_orange_stay_until_the_cause_is_cleared(previous: RiskLevel, computed: RiskLevel) -> None:
    held = _published(previous, computed)
    assert (held.level, held.computed, held.key) == (previous, computed, "risk-held-not-cleared")


def test_the_observation_lasts_thirty_days() -> None:
    cleared = TODAY - timedelta(days=29)
    assert _published(RED, BLUE, cleared) == PublishedLevel(
        RED, BLUE, "risk-held-observation", TODAY + timedelta(days=1)
    )
    assert _published(RED, BLUE, TODAY - timedelta(days=30)).level is ORANGE


@pytest.mark.parametrize(
    ("previous", "computed", "level", "key"),
    [
        (RED, BLUE, ORANGE, "risk-held-one-step"),
        (RED, ORANGE, ORANGE, ""),
        (ORANGE, BLUE, YELLOW, "risk-held-one-step"),
        (ORANGE, YELLOW, YELLOW, ""),
        (YELLOW, BLUE, BLUE, ""),
        (YELLOW, UNRATED, UNRATED, ""),
        (BLUE, UNRATED, UNRATED, ""),
        (RED, UNRATED, RED, "risk-held-missing-data"),
    ],
)
def test_a_fall_goes_one_level_per_step(
    previous: RiskLevel, computed: RiskLevel, level: RiskLevel, key: str
) -> None:
    published = _published(previous, computed, LONG_AGO)
    assert (published.level, published.key) == (level, key)


def test_two_assessments_of_one_day_are_one_step() -> None:
    again = _published(ORANGE, BLUE, LONG_AGO, stepped_on=TODAY)
    assert (again.level, again.key) == (ORANGE, "risk-held-one-step")
    assert _published(ORANGE, BLUE, LONG_AGO, stepped_on=TODAY - timedelta(days=1)).level is YELLOW


@pytest.mark.parametrize(
    "key",
    ["risk-held-not-cleared", "risk-held-observation", "risk-held-missing-data", "risk-held-one-step"],
)
def test_holding_back_is_explained(key: str) -> None:
    assert chinese_texts().has(key)


def _override(
    wanted: RiskLevel,
    *,
    current: RiskLevel = YELLOW,
    computed: RiskLevel = YELLOW,
    role: Role = Role.HRSS,
    reason: str = "现场了解到拖欠",
) -> Override:
    return make_override(
        computed=computed,
        current=current,
        wanted=wanted,
        reason=reason,
        actor=Actor.of(role),
        today=TODAY,
        parameters=shipped_risk_model(),
    )


def test_an_officer_raises_a_level_with_a_reason() -> None:
    override = _override(RED)
    assert (override.level, override.expires_on) == (RED, TODAY + timedelta(days=30))
    with pytest.raises(OverrideReasonMissingError):
        _override(RED, reason=" ")


@pytest.mark.parametrize("role", [Role.FTU_LEAD, Role.FIC, Role.TOWN, Role.INSPECTOR, Role.GUIDE])
def test_others_raise_nothing(role: Role) -> None:
    with pytest.raises(OverrideNotPermittedError) as caught:
        _override(RED, role=role)
    assert caught.value.values == {"direction": "up"}


@pytest.mark.parametrize(("current", "wanted"), [(YELLOW, BLUE), (RED, ORANGE), (UNRATED, BLUE)])
def test_only_the_bureaus_leader_lowers_a_level(current: RiskLevel, wanted: RiskLevel) -> None:
    with pytest.raises(OverrideNotPermittedError) as caught:
        _override(wanted, current=current)
    assert caught.value.values == {"direction": "down"}
    assert _override(wanted, current=current, role=Role.HRSS_LEAD).level is wanted


def test_an_unrated_enterprise_may_be_raised_to_yellow_by_an_officer() -> None:
    assert _override(YELLOW, current=UNRATED, computed=UNRATED).level is YELLOW


@pytest.mark.parametrize("wanted", [UNRATED, YELLOW])
def test_no_colour_and_the_same_colour_are_no_override(wanted: RiskLevel) -> None:
    with pytest.raises(OverrideToSameLevelError):
        _override(wanted, role=Role.HRSS_LEAD)


def test_an_override_counts_until_its_last_day() -> None:
    override, published = _override(RED), PublishedLevel(YELLOW, YELLOW)
    assert effective_level(published, override, TODAY + timedelta(days=30)) is RED
    assert effective_level(published, override, TODAY + timedelta(days=31)) is YELLOW
    assert effective_level(published, override, TODAY - timedelta(days=1)) is YELLOW
    assert effective_level(published, None, TODAY) is YELLOW


def test_a_worse_computation_ends_an_override() -> None:
    lowered = _override(YELLOW, current=ORANGE, computed=ORANGE, role=Role.HRSS_LEAD)
    assert effective_level(PublishedLevel(ORANGE, ORANGE), lowered, TODAY) is YELLOW
    assert effective_level(PublishedLevel(RED, RED), lowered, TODAY) is RED


@pytest.mark.parametrize(
    ("source", "period_end", "until"),
    [
        ("tax", date(2023, 6, 30), date(2023, 8, 31)),
        ("social_insurance", date(2023, 7, 31), date(2023, 9, 30)),
        ("logistics", date(2023, 12, 31), date(2024, 2, 29)),
        ("loan", date(2023, 5, 10), date(2023, 8, 10)),
        ("visit", date(2023, 1, 1), date(2023, 6, 30)),
        ("wage", date(2023, 8, 17), date(2023, 10, 1)),
    ],
)
def test_a_source_is_fresh_until_its_last_day(source: str, period_end: date, until: date) -> None:
    model = shipped_risk_model()
    assert fresh_until(source, period_end, parameters=model) == until
    assert is_fresh(source, period_end, until, parameters=model)
    assert not is_fresh(source, period_end, until + timedelta(days=1), parameters=model)


def test_data_from_the_future_is_not_used() -> None:
    assert not is_fresh("tax", date(2023, 8, 31), date(2023, 8, 30), parameters=shipped_risk_model())


@pytest.mark.parametrize(
    ("level", "due"),
    [
        (RED, date(2023, 9, 30)),
        (ORANGE, date(2023, 10, 4)),
        (YELLOW, date(2023, 10, 13)),
        (UNRATED, date(2023, 10, 27)),
    ],
)
def test_each_level_says_how_soon_somebody_goes_there(level: RiskLevel, due: date) -> None:
    action = shipped_risk_model().actions[level]
    assert action.visit_due(date(2023, 9, 29), calendar=CALENDAR) == DueDate(due)


@pytest.mark.parametrize(
    ("level", "due"),
    [(RED, date(2023, 9, 30)), (ORANGE, date(2023, 10, 6)), (YELLOW, date(2023, 10, 29))],
)
def test_each_level_says_when_the_next_visit_follows(level: RiskLevel, due: date) -> None:
    found = shipped_risk_model().actions[level].next_visit_due(date(2023, 9, 29), calendar=CALENDAR)
    assert found is not None
    assert found.date == due


def test_blue_is_visited_any_day_but_new_enterprises_within_three_months() -> None:
    blue = shipped_risk_model().actions[BLUE]
    assert blue.visit_due(TODAY, calendar=CALENDAR) is None
    assert blue.next_visit_due(TODAY, calendar=CALENDAR) is None
    new = blue.visit_due(TODAY, calendar=CALENDAR, established_on=date(2023, 8, 15))
    assert new is not None
    assert new.date == date(2023, 11, 15)


Break = Callable[[dict[str, Any]], object]
BROKEN: list[tuple[str, str, Break]] = [
    ("levels", "unknown-choice", lambda raw: raw["levels"].update(green=10)),
    ("maxima.C4", "missing", lambda raw: raw["maxima"].pop("C4")),
    ("floors.levels.F1", "unknown-choice", lambda raw: raw["floors"]["levels"].update(F1="black")),
    (
        "logistics.winter_stop.first",
        "not-a-day",
        lambda raw: raw["logistics"]["winter_stop"].update(first="13-40"),
    ),
    ("wage.overdue_days[0].until", "unknown-key", lambda raw: raw["wage"]["overdue_days"][0].update(until=2)),
    ("freshness.tax.unit", "unknown-choice", lambda raw: raw["freshness"]["tax"].update(unit="weeks")),
    ("weight", "unknown-key", lambda raw: raw.update(weight=1)),
]


@pytest.mark.parametrize(("path", "problem", "break_it"), BROKEN)
def test_a_wrong_parameter_is_named(path: str, problem: str, break_it: Break) -> None:
    raw = deepcopy(read_reference("risk_model").content)
    break_it(raw)
    with pytest.raises(InvalidInputError) as caught:
        ModelParameters.from_mapping(raw)
    assert caught.value.values == {"path": path, "problem": problem}


def test_the_version_is_kept_with_the_model() -> None:
    assert shipped_risk_model().version == "FSR-1.0"
