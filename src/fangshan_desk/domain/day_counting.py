"""Counting of days, months and working days as the Civil Code does it (workflows 0)."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class PeriodKind(StrEnum):
    """``limit``: someone must act by the day; ``waiting``: nobody may act before it."""

    LIMIT = "limit"
    WAITING = "waiting"


class DayUnit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class CalendarYear:
    """The holiday notice of one year: days off and weekend days that are worked."""

    year: int
    holidays: frozenset[date]
    makeup_workdays: frozenset[date]


@dataclass(frozen=True)
class DueDate:
    """A day, flagged when a year without holiday notice was counted with weekends only."""

    date: date
    flagged: bool = False


@dataclass(frozen=True)
class HolidayCalendar:
    """The holiday notices on this desk; without one for a year Saturdays and Sundays are the rest days."""

    years: Mapping[int, CalendarYear] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, years: Iterable[CalendarYear]) -> "HolidayCalendar":
        """A calendar of the given years; the last one wins where a year is given twice."""
        return cls(MappingProxyType({item.year: item for item in years}))

    def is_known(self, day: date) -> bool:
        """Whether the holiday notice for the day's year is here."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day."""
        if any(day in item.makeup_workdays for item in self._notices(day)):
            return True
        if any(day in item.holidays for item in self._notices(day)):
            return False
        return day.weekday() < _SATURDAY

    def _notices(self, day: date) -> list[CalendarYear]:
        # A notice reaches over New Year: 31 December can be off by next year's notice.
        return [self.years[year] for year in (day.year, day.year + 1) if year in self.years]


def due_date(
    start: date, n: int, *, calendar: HolidayCalendar, kind: PeriodKind = PeriodKind.LIMIT
) -> DueDate:
    """The last day of a period of ``n`` calendar days after ``start``.

    民法典第二百零一条: the first day is not counted. 第二百零三条: a limit that ends on a holiday ends on the
    next working day. A waiting period is not moved: act on that day or later.
    """
    _refuse_negative(n)
    return _ending(start + n * _ONE_DAY, calendar=calendar, kind=kind)


def due_date_months(
    start: date, months: int, *, calendar: HolidayCalendar, kind: PeriodKind = PeriodKind.LIMIT
) -> DueDate:
    """The last day of a period of months after ``start``, moved like :func:`due_date`."""
    _refuse_negative(months)
    return _ending(add_months(start, months), calendar=calendar, kind=kind)


def add_months(start: date, months: int) -> date:
    """The corresponding day ``months`` later (or earlier, when negative), else that month's last day.

    民法典第二百零二条: “到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日”.
    """
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(start.day, last))


def add_working_days(start: date, n: int, *, calendar: HolidayCalendar) -> DueDate:
    """The ``n``-th working day after ``start``, which is not counted (民法典第二百零一条)."""
    _refuse_negative(n)
    day, flagged = start, False
    for _ in range(n):
        step = _rolled(day + _ONE_DAY, calendar)
        day, flagged = step.date, flagged or step.flagged
    return DueDate(day, flagged)


def next_working_day(day: date, *, calendar: HolidayCalendar) -> DueDate:
    """The day itself when offices work, else the first working day after it (民法典第二百零三条)."""
    return _rolled(day, calendar)


def due_after(
    start: date,
    n: int,
    *,
    unit: DayUnit,
    calendar: HolidayCalendar,
    kind: PeriodKind = PeriodKind.LIMIT,
) -> DueDate:
    """The last day of a period whose unit is data."""
    if unit is DayUnit.WORKING_DAYS:
        return add_working_days(start, n, calendar=calendar)
    counted: Callable[..., DueDate] = due_date if unit is DayUnit.DAYS else due_date_months
    return counted(start, n, calendar=calendar, kind=kind)


def remaining_days(due: date, today: date) -> int:
    """Calendar days left; 0 on the last day, negative when it has passed."""
    return (due - today).days


def is_past(due: date, today: date) -> bool:
    """Whether a limit has passed; its last day still counts (民法典第一千二百五十九条 “届满”)."""
    return today > due


def _ending(day: date, *, calendar: HolidayCalendar, kind: PeriodKind) -> DueDate:
    return DueDate(day) if kind is PeriodKind.WAITING else _rolled(day, calendar)


def _rolled(day: date, calendar: HolidayCalendar) -> DueDate:
    flagged = not calendar.is_known(day)
    while not calendar.is_working_day(day):
        day += _ONE_DAY
        flagged = flagged or not calendar.is_known(day)
    return DueDate(day, flagged)


def _refuse_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"a period cannot be negative: {n}")
