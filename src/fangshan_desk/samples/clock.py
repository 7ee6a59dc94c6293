"""A clock that is moved through the invented months."""

from datetime import UTC, date, datetime, time, timedelta, timezone


class MovingClock:
    """Stands still between moves; the county is eight hours ahead of UTC."""

    offset = 480

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now_utc(self) -> datetime:
        """The moment it was moved to."""
        return self._now.astimezone(UTC)

    def today(self) -> date:
        """The day in the county."""
        return self._now.astimezone(self._zone()).date()

    def offset_minutes(self) -> int:
        """Minutes ahead of UTC."""
        return self.offset

    def set_to(self, day: date, hour: int, minute: int = 0) -> None:
        """Move to an hour of a day; never back, because seals only go forward."""
        wanted = datetime.combine(day, time(hour, minute), self._zone())
        self._now = max(wanted, self._now + timedelta(seconds=1))

    def tick(self, seconds: float = 20) -> None:
        """Let a little time pass."""
        self._now += timedelta(seconds=seconds)

    def _zone(self) -> timezone:
        return timezone(timedelta(minutes=self.offset))
