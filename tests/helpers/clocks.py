"""Clocks that tests set by hand."""

from datetime import UTC, date, datetime, timedelta, timezone

SPRING_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class FixedClock:
    """Stands still until it is moved; the office is eight hours ahead of UTC."""

    def __init__(self, now: datetime = SPRING_MORNING, *, offset_minutes: int = 480) -> None:
        self.now = now
        self._offset = offset_minutes

    def now_utc(self) -> datetime:
        return self.now.astimezone(UTC)

    def today(self) -> date:
        return self.now.astimezone(timezone(timedelta(minutes=self._offset))).date()

    def offset_minutes(self) -> int:
        return self._offset

    def move(self, **step: float) -> None:
        """Move by days, hours, minutes … (negative: back)."""
        self.now += timedelta(**step)

    def set(self, now: datetime) -> None:
        """Jump to a moment."""
        self.now = now
