"""The office's day and hour of a moment kept in UTC."""

from datetime import date, datetime, timedelta, timezone


def local_moment(moment: datetime, offset_minutes: int) -> datetime:
    """The moment on the office's wall clock, ``offset_minutes`` ahead of UTC."""
    return moment.astimezone(timezone(timedelta(minutes=offset_minutes)))


def local_date(moment: datetime, offset_minutes: int) -> date:
    """The day of the moment in the office."""
    return local_moment(moment, offset_minutes).date()
