"""What each level asks for: who is told, how soon somebody goes there, and what is done (working rules)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fangshan_desk.domain.day_counting import DayUnit, DueDate, HolidayCalendar, PeriodKind, due_after
from fangshan_desk.domain.raw_fields import RawFields


class SpanUnit(StrEnum):
    """Units of the model's spans; hours only where a red level counts them."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


_HOURS_PER_DAY = 24


@dataclass(frozen=True)
class Span:
    """A length of time with its unit."""

    n: int
    unit: SpanUnit

    def due(self, start: date, *, calendar: HolidayCalendar) -> DueDate:
        """The last day of the span; hours and days are not moved by holidays, because risk takes none."""
        if self.unit is SpanUnit.HOURS:
            return DueDate(start + timedelta(days=-(-self.n // _HOURS_PER_DAY)))
        unit = DayUnit(self.unit.value)
        return due_after(start, self.n, unit=unit, calendar=calendar, kind=PeriodKind.WAITING)


@dataclass(frozen=True, kw_only=True)
class LevelAction:
    """What one level asks for; ``informed`` and ``measures`` are codes with a sentence each."""

    first_visit: Span | None
    then: Span | None
    informed: tuple[str, ...]
    measures: tuple[str, ...]
    new_enterprise_months: int | None

    @property
    def informed_keys(self) -> tuple[str, ...]:
        """Keys of who is told."""
        return tuple(f"risk-informed-{code}" for code in self.informed)

    @property
    def measure_keys(self) -> tuple[str, ...]:
        """Keys of what is done."""
        return tuple(f"risk-measure-{code}" for code in self.measures)

    def visit_due(
        self, graded_on: date, *, calendar: HolidayCalendar, established_on: date | None = None
    ) -> DueDate | None:
        """The day by which somebody has to go there; None where any day of the campaign will do.

        ``established_on`` is given for new enterprises only.
        """
        if self.first_visit is not None:
            return self.first_visit.due(graded_on, calendar=calendar)
        if established_on is None or self.new_enterprise_months is None:
            return None
        return Span(self.new_enterprise_months, SpanUnit.MONTHS).due(established_on, calendar=calendar)

    def next_visit_due(self, visited_on: date, *, calendar: HolidayCalendar) -> DueDate | None:
        """The day by which the next visit follows the last one, or None."""
        return None if self.then is None else self.then.due(visited_on, calendar=calendar)


def span(row: RawFields, key: str) -> Span:
    """A span of the parameter table."""
    inner = row.inner(key)
    found = Span(inner.whole("n"), inner.choice("unit", SpanUnit))
    inner.done()
    return found


def level_action(row: RawFields, key: str) -> LevelAction:
    """One level of the parameter table."""
    inner = row.inner(key)
    action = LevelAction(
        first_visit=span(inner, "first_visit") if inner.has("first_visit") else None,
        then=span(inner, "then") if inner.has("then") else None,
        informed=inner.texts("informed"),
        measures=inner.texts("measures"),
        new_enterprise_months=inner.optional_whole("new_enterprise_months"),
    )
    inner.done()
    return action
