"""Public holidays and make-up workdays of a year, as published by the State Council."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HolidayYear:
    """Days off that may fall on weekdays, and weekends on which people work."""

    year: int
    holidays: frozenset[date]
    makeup_workdays: frozenset[date]


@dataclass(frozen=True)
class DayOverride:
    """The office's own entry for one day; it wins over the library."""

    day: date
    is_workday: bool


def holiday_year(
    year: int, *, overrides: Iterable[DayOverride] = (), complete_years: Collection[int] = ()
) -> HolidayYear | None:
    """The year's days, or None while nobody knows them.

    ``complete_years`` are years the office entered in full: a few entries alone do not make a year known.
    """
    known = _published(year)
    if known is None and year not in complete_years:
        return None
    holidays, workdays = known or (set(), set())
    for override in overrides:
        if override.day.year != year:
            continue
        holidays.discard(override.day)
        workdays.discard(override.day)
        (workdays if override.is_workday else holidays).add(override.day)
    return HolidayYear(year, frozenset(holidays), frozenset(workdays))


def last_published_year() -> int:
    """The last year the library knows; the desk asks for a table before it ends."""
    from chinese_calendar import constants

    return max(int(day.year) for day in constants.holidays)


def _published(year: int) -> tuple[set[date], set[date]] | None:
    from chinese_calendar import constants

    holidays = {day for day in constants.holidays if day.year == year}
    if not holidays:
        return None
    return holidays, {day for day in constants.workdays if day.year == year}
