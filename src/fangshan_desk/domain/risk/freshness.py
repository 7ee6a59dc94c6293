"""How long a source may be used; older data is missing data."""

from calendar import monthrange
from datetime import date

from fangshan_desk.domain.day_counting import HolidayCalendar, add_months
from fangshan_desk.domain.risk.actions import SpanUnit
from fangshan_desk.domain.risk.parameters import ModelParameters


def fresh_until(source: str, period_end: date, *, parameters: ModelParameters) -> date:
    """The last day on which data of a period can be used."""
    span = parameters.freshness[source]
    if span.unit is not SpanUnit.MONTHS:
        return span.due(period_end, calendar=HolidayCalendar()).date
    until = add_months(period_end, span.n)
    is_whole_month = period_end.day == monthrange(period_end.year, period_end.month)[1]
    # A month's sheet lasts to the end of a month: June's until 31 August, not 30 August.
    return until.replace(day=monthrange(until.year, until.month)[1]) if is_whole_month else until


def is_fresh(source: str, period_end: date, as_of: date, *, parameters: ModelParameters) -> bool:
    """Whether data of a period may be used on a day; data from after that day may not."""
    return period_end <= as_of <= fresh_until(source, period_end, parameters=parameters)
