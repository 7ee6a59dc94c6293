"""The time of the device, asked for in one place."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """What the program may ask about the time."""

    def now_utc(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The date on the wall of the office."""
        ...

    def offset_minutes(self) -> int:
        """Minutes the office is ahead of UTC."""
        ...


class SystemClock:
    """The device's clock in the device's zone, or in the zone given."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def now_utc(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self._local_now().date()

    def offset_minutes(self) -> int:
        offset = self._local_now().utcoffset() or timedelta()
        return int(offset.total_seconds() // 60)

    def _local_now(self) -> datetime:
        return self.now_utc().astimezone(self._zone)
