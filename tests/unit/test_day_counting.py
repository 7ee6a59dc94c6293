"""Days, months and working days, counted by the Civil Code."""

from datetime import date, timedelta

import pytest

from fangshan_desk.domain.day_counting import (
    CalendarYear,
    DayUnit,
    DueDate,
    HolidayCalendar,
    PeriodKind,
    add_months,
    add_working_days,
    due_after,
    due_date,
    due_date_months,
    is_past,
    next_working_day,
    remaining_days,
)


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


# National Day and Mid-Autumn 2023: off 29 September to 6 October, worked on 7 and 8 October.
NOTICE_2023 = CalendarYear(
    2023,
    frozenset(_days(date(2023, 9, 29), 8)),
    frozenset({date(2023, 10, 7), date(2023, 10, 8)}),
)
# New Year 2024: 30 December 2023 to 1 January 2024.
NOTICE_2024 = CalendarYear(2024, frozenset(_days(date(2023, 12, 30), 3)), frozenset({date(2024, 2, 4)}))
CALENDAR = HolidayCalendar.of([NOTICE_2023, NOTICE_2024])


def test_the_first_day_is_not_counted() -> None:
    assert due_date(date(2023, 9, 1), 7, calendar=CALENDAR) == DueDate(date(2023, 9, 8))


def test_a_limit_ending_on_sunday_ends_on_monday() -> None:
    assert due_date(date(2023, 9, 3), 7, calendar=CALENDAR) == DueDate(date(2023, 9, 11))


def test_a_limit_ending_in_the_holidays_ends_on_the_makeup_saturday() -> None:
    assert due_date(date(2023, 9, 15), 15, calendar=CALENDAR) == DueDate(date(2023, 10, 7))


def test_holidays_in_between_count() -> None:
    assert due_date(date(2023, 9, 26), 14, calendar=CALENDAR) == DueDate(date(2023, 10, 10))


def test_a_waiting_period_is_not_moved() -> None:
    waiting = due_date(date(2023, 8, 31), 30, calendar=CALENDAR, kind=PeriodKind.WAITING)
    assert waiting == DueDate(date(2023, 9, 30))


def test_a_waiting_period_needs_no_holiday_notice() -> None:
    assert not due_date(date(2030, 1, 1), 30, calendar=HolidayCalendar(), kind=PeriodKind.WAITING).flagged


def test_next_years_notice_reaches_back_over_new_year() -> None:
    # New Year 2019: 30 December 2018 to 1 January 2019 off, Saturday 29 December worked.
    notice_2019 = CalendarYear(2019, frozenset(_days(date(2018, 12, 30), 3)), frozenset({date(2018, 12, 29)}))
    calendar = HolidayCalendar.of([CalendarYear(2018, frozenset(), frozenset()), notice_2019])
    assert due_date(date(2018, 12, 24), 7, calendar=calendar) == DueDate(date(2019, 1, 2))
    assert due_date(date(2018, 12, 22), 7, calendar=calendar) == DueDate(date(2018, 12, 29))


def test_without_a_notice_weekends_rest_and_the_day_is_flagged() -> None:
    # 1 October 2030 is a Tuesday: nobody can know the holiday without the notice.
    assert due_date(date(2030, 9, 24), 7, calendar=CALENDAR) == DueDate(date(2030, 10, 1), flagged=True)
    assert due_date(date(2030, 9, 28), 7, calendar=CALENDAR) == DueDate(date(2030, 10, 7), flagged=True)


def test_moving_into_a_year_without_notice_flags_the_day() -> None:
    only_2022 = HolidayCalendar.of([CalendarYear(2022, frozenset(), frozenset())])
    # 31 December 2022 is a Saturday.
    assert due_date(date(2022, 12, 24), 7, calendar=only_2022) == DueDate(date(2023, 1, 2), flagged=True)


def test_a_makeup_workday_wins_over_a_holiday_of_the_same_day() -> None:
    day = date(2023, 10, 7)
    corrected = HolidayCalendar.of([CalendarYear(2023, frozenset({day}), frozenset({day}))])
    assert corrected.is_working_day(day)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 8, 15), 6, date(2024, 2, 15)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 12, 31), 0, date(2023, 12, 31)),
        (date(2023, 12, 31), -3, date(2023, 9, 30)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2023, 12, 1), 12, date(2024, 12, 1)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_last(
    start: date, months: int, expected: date
) -> None:
    assert add_months(start, months) == expected


def test_a_limit_in_months_is_moved_from_a_holiday() -> None:
    assert due_date_months(date(2023, 9, 1), 1, calendar=CALENDAR) == DueDate(date(2023, 10, 7))


def test_working_days_skip_holidays_and_count_makeup_days() -> None:
    assert add_working_days(date(2023, 9, 27), 3, calendar=CALENDAR) == DueDate(date(2023, 10, 8))


def test_no_working_day_is_the_day_itself() -> None:
    assert add_working_days(date(2023, 10, 1), 0, calendar=CALENDAR) == DueDate(date(2023, 10, 1))


def test_working_days_are_flagged_when_any_counted_day_has_no_notice() -> None:
    only_2022 = HolidayCalendar.of([CalendarYear(2022, frozenset(), frozenset())])
    assert add_working_days(date(2022, 12, 29), 2, calendar=only_2022) == DueDate(
        date(2023, 1, 2), flagged=True
    )


def test_the_next_working_day_may_be_today() -> None:
    assert next_working_day(date(2023, 9, 28), calendar=CALENDAR) == DueDate(date(2023, 9, 28))
    assert next_working_day(date(2023, 9, 29), calendar=CALENDAR) == DueDate(date(2023, 10, 7))


@pytest.mark.parametrize(
    ("unit", "n", "expected"),
    [
        (DayUnit.DAYS, 7, date(2023, 9, 11)),
        (DayUnit.WORKING_DAYS, 5, date(2023, 9, 8)),
        (DayUnit.MONTHS, 1, date(2023, 10, 7)),
    ],
)
def test_the_unit_of_a_period_can_be_data(unit: DayUnit, n: int, expected: date) -> None:
    assert due_after(date(2023, 9, 3), n, unit=unit, calendar=CALENDAR) == DueDate(expected)


def test_a_limit_has_passed_only_after_its_last_day() -> None:
    due = date(2023, 9, 8)
    assert not is_past(due, due)
    assert is_past(due, date(2023, 9, 9))


def test_remaining_days_are_zero_on_the_last_day_and_negative_after() -> None:
    due = date(2023, 9, 8)
    assert [remaining_days(due, day) for day in (date(2023, 9, 5), due, date(2023, 9, 10))] == [3, 0, -2]


def test_a_negative_period_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        due_date(date(2023, 9, 1), -1, calendar=CALENDAR)
