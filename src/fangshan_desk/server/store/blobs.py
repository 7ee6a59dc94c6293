"""Attachments under their SHA-256, in chunks, so that an upload goes on where it was cut."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from fangshan_desk.server.store.statements import CountyTables
from fangshan_desk.server.store.tables import blob, blob_chunk, blob_use

CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobRow:
    """What is known of one attachment."""

    sha256: bytes
    size: int
    started_by: bytes
    completed_ms: int | None

    @property
    def chunks(self) -> int:
        """How many chunks it has."""
        return max(1, -(-self.size // CHUNK_BYTES))


class BlobRows(CountyTables):
    """The tables `blob`, `blob_chunk` and `blob_use`."""

    def get(self, sha256: bytes) -> BlobRow | None:
        """The attachment, complete or not."""
        row = self._connection.execute(
            select(blob.c.sha256, blob.c.size, blob.c.started_by, blob.c.completed_ms).where(
                blob.c.county == self._county, blob.c.sha256 == sha256
            )
        ).one_or_none()
        if row is None:
            return None
        return BlobRow(sha256=row[0], size=row[1], started_by=row[2], completed_ms=row[3])

    def begin(self, sha256: bytes, *, size: int, started_by: bytes, now_ms: int) -> None:
        """Announce one; one that is there already stays as it is."""
        values = {"sha256": sha256, "size": size, "started_by": started_by, "started_ms": now_ms}
        self._add_if_new(blob, [{**values, "completed_ms": None}])

    def add_chunk(self, sha256: bytes, number: int, body: bytes) -> None:
        """Keep one chunk; the same one again changes nothing, a damaged one is replaced."""
        self._put(blob_chunk, [{"sha256": sha256, "number": number, "body": body}])

    def forget_chunks(self, sha256: bytes) -> None:
        """They do not give the content that the name promises: all are sent again."""
        where = (blob_chunk.c.county == self._county, blob_chunk.c.sha256 == sha256)
        self._connection.execute(blob_chunk.delete().where(*where))

    def missing(self, found: BlobRow) -> list[int]:
        """Numbers of the chunks that are not there."""
        rows = self._connection.execute(
            select(blob_chunk.c.number).where(
                blob_chunk.c.county == self._county, blob_chunk.c.sha256 == found.sha256
            )
        ).scalars()
        return sorted(set(range(found.chunks)) - set(rows))

    def chunk(self, sha256: bytes, number: int) -> bytes | None:
        """One chunk."""
        return self._connection.execute(
            select(blob_chunk.c.body).where(
                blob_chunk.c.county == self._county,
                blob_chunk.c.sha256 == sha256,
                blob_chunk.c.number == number,
            )
        ).scalar_one_or_none()

    def is_whole(self, found: BlobRow) -> bool:
        """Whether the chunks give exactly the content that the name promises."""
        total, size = hashlib.sha256(), 0
        for body in self._bodies(found):
            total.update(body)
            size += len(body)
        return size == found.size and total.digest() == found.sha256

    def _bodies(self, found: BlobRow) -> Iterator[bytes]:
        for number in range(found.chunks):
            yield self.chunk(found.sha256, number) or b""

    def complete(self, sha256: bytes, *, now_ms: int) -> None:
        """The content is whole."""
        self._connection.execute(
            blob.update()
            .where(blob.c.county == self._county, blob.c.sha256 == sha256)
            .values(completed_ms=now_ms)
        )

    def note_uses(self, uses: Sequence[tuple[bytes, int, str, int]]) -> None:
        """(sha256, table, row, audience): a record names this attachment."""
        names = ("sha256", "tno", "row_id", "audience")
        self._add_if_new(blob_use, [dict(zip(names, use, strict=True)) for use in uses])

    def uses(self, sha256: bytes, *, audience: int) -> list[tuple[int, str]]:
        """Records that name it and that this audience may see."""
        rows = self._connection.execute(
            select(blob_use.c.tno, blob_use.c.row_id).where(
                blob_use.c.county == self._county,
                blob_use.c.sha256 == sha256,
                blob_use.c.audience.op("&")(audience) != 0,
            )
        )
        return [(row[0], row[1]) for row in rows]

    def wanted(self, *, audience: int, most: int) -> list[bytes]:
        """Attachments that records of this audience name and that are not here yet."""
        rows = self._connection.execute(
            select(blob_use.c.sha256)
            .outerjoin(blob, (blob.c.county == blob_use.c.county) & (blob.c.sha256 == blob_use.c.sha256))
            .where(
                blob_use.c.county == self._county,
                blob_use.c.audience.op("&")(audience) != 0,
                or_(blob.c.sha256.is_(None), blob.c.completed_ms.is_(None)),
            )
            .distinct()
            .limit(most)
        ).scalars()
        return list(rows)

    def totals(self) -> tuple[int, int]:
        """How many are complete, and their bytes."""
        row = self._connection.execute(
            select(func.count(), func.coalesce(func.sum(blob.c.size), 0)).where(
                blob.c.county == self._county, blob.c.completed_ms.is_not(None)
            )
        ).one()
        return int(row[0]), int(row[1])
