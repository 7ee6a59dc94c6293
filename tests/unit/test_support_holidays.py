"""Holidays come from the State Council's notices, the office's entries win, the unknown stays unknown."""

from datetime import date

from fangshan_desk.support.holidays import DayOverride, HolidayYear, holiday_year, last_published_year

NATIONAL_DAY = date(2026, 10, 1)


def test_a_published_year_has_holidays_and_makeup_workdays() -> None:
    year = holiday_year(2026)
    assert year is not None
    assert NATIONAL_DAY in year.holidays
    assert date(2026, 10, 10) in year.makeup_workdays
    assert not year.holidays & year.makeup_workdays
    assert {day.year for day in year.holidays | year.makeup_workdays} == {2026}


def test_a_year_without_notice_is_unknown_and_not_free_of_holidays() -> None:
    assert holiday_year(last_published_year() + 1) is None


def test_a_few_entries_do_not_make_a_year_known_but_a_full_table_does() -> None:
    year = last_published_year() + 1
    entries = [
        DayOverride(date(year, 1, 1), is_workday=False),
        DayOverride(date(year, 1, 4), is_workday=True),
    ]
    assert holiday_year(year, overrides=entries) is None
    assert holiday_year(year, overrides=entries, complete_years={year}) == HolidayYear(
        year, frozenset({date(year, 1, 1)}), frozenset({date(year, 1, 4)})
    )


def test_an_entry_of_the_office_wins_over_the_notice() -> None:
    entries = [
        DayOverride(NATIONAL_DAY, is_workday=True),
        DayOverride(date(2026, 10, 10), is_workday=False),
        DayOverride(date(2025, 10, 1), is_workday=True),
    ]
    year = holiday_year(2026, overrides=entries)
    assert year is not None
    assert NATIONAL_DAY in year.makeup_workdays
    assert NATIONAL_DAY not in year.holidays
    assert date(2026, 10, 10) in year.holidays
    assert date(2025, 10, 1) not in year.makeup_workdays
