"""What each laptop asked of the server on each day, so that one cannot crowd out the others."""

from sqlalchemy import select

from fangshan_desk.server.store.statements import CountyTables
from fangshan_desk.server.store.tables import usage


class UsageRows(CountyTables):
    """The table `usage`."""

    def add(self, device: bytes, day: str, *, size: int, changesets: int = 0) -> None:
        """Count a request."""
        self._add_if_new(usage, [{"device": device, "day": day, "requests": 0, "bytes": 0, "changesets": 0}])
        table = usage.c
        self._connection.execute(
            usage.update()
            .where(table.county == self._county, table.device == device, table.day == day)
            .values(
                requests=table.requests + 1,
                bytes=table.bytes + size,
                changesets=table.changesets + changesets,
            )
        )

    def bytes_of(self, device: bytes, day: str) -> int:
        """Bytes it has sent on this day."""
        table = usage.c
        found = self._connection.execute(
            select(table.bytes).where(table.county == self._county, table.device == device, table.day == day)
        ).scalar_one_or_none()
        return found or 0
