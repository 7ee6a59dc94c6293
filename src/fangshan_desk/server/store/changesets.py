"""The log: change-sets in the parts that different readers may see. Nothing here is ever changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from fangshan_desk.server.store.statements import CountyTables
from fangshan_desk.server.store.tables import changeset, changeset_part, receipt

# Both databases take many more; longer statements only cost planning.
_DEVICES_AT_ONCE = 200
_KEYS_AT_ONCE = 300
_NO_END = 2**62


class EntryKey(NamedTuple):
    """Names one change-set."""

    device: bytes
    sequence: int


class LackingEntry(NamedTuple):
    """A change-set the other side lacks, before its content is read."""

    device: bytes
    sequence: int
    hlc: int
    size: int


@dataclass(frozen=True, slots=True)
class LogPart:
    """The leaves of one change-set that one audience may see; no numbers means all leaves."""

    audience: int
    numbers: bytes | None
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One change-set as it is kept; ``parts`` are those the transaction may see."""

    device: bytes
    sequence: int
    hlc: int
    digest: bytes
    leaves: int
    size: int
    received_ms: int
    relayed_by: bytes
    header: bytes
    signature: bytes
    seed: bytes
    nodes: bytes | None
    parts: Sequence[LogPart] = field(default=())


_COLUMNS = tuple(name for name in LogEntry.__dataclass_fields__ if name != "parts")


class ChangesetRows(CountyTables):
    """The tables `changeset`, `changeset_part` and `receipt`."""

    def add(self, entry: LogEntry, receipt_content: bytes) -> None:
        """Keep an entry, its parts and the word given for it."""
        key = {"device": entry.device, "sequence": entry.sequence}
        self._add(changeset, **{name: getattr(entry, name) for name in _COLUMNS})
        for part in entry.parts:
            self._add(changeset_part, **key, audience=part.audience, numbers=part.numbers, body=part.body)
        self._add(receipt, **key, content=receipt_content)

    def digest(self, key: EntryKey) -> bytes | None:
        """The digest of what is kept under this key."""
        found = self._connection.execute(
            select(changeset.c.digest).where(self._is(changeset.c.device, changeset.c.sequence, key))
        ).scalar_one_or_none()
        return found

    def found(self, keys: Sequence[EntryKey]) -> list[LackingEntry]:
        """Those of the keys that are kept, in the given order."""
        table, sizes = changeset.c, dict[EntryKey, LackingEntry]()
        for some in _chunks(keys, _KEYS_AT_ONCE):
            rows = self._connection.execute(
                select(table.device, table.sequence, table.hlc, table.size).where(
                    table.county == self._county, _among(table.device, table.sequence, some)
                )
            )
            sizes |= {EntryKey(row[0], row[1]): LackingEntry(*row) for row in rows}
        return [sizes[key] for key in keys if key in sizes]

    def digests(self, keys: Sequence[EntryKey]) -> dict[EntryKey, bytes]:
        """The digests of those that are kept."""
        table, found = changeset.c, dict[EntryKey, bytes]()
        for some in _chunks(keys, _KEYS_AT_ONCE):
            rows = self._connection.execute(
                select(table.device, table.sequence, table.digest).where(
                    table.county == self._county, _among(table.device, table.sequence, some)
                )
            )
            found |= {EntryKey(row[0], row[1]): row[2] for row in rows}
        return found

    def receipt(self, key: EntryKey) -> bytes | None:
        """The receipt given when the entry was kept."""
        found = self._connection.execute(
            select(receipt.c.content).where(
                receipt.c.county == self._county,
                receipt.c.device == key.device,
                receipt.c.sequence == key.sequence,
            )
        ).scalar_one_or_none()
        return found

    def lacking(
        self, lacks: Mapping[bytes, int], *, most: int, until: Mapping[bytes, int] | None = None
    ) -> list[LackingEntry]:
        """The first entries after the given sequences, in the order of (hlc, device)."""
        last = until or {}
        nexts = sorted(self._next_places(lacks))
        nearest, rest = nexts[:_DEVICES_AT_ONCE], nexts[_DEVICES_AT_ONCE:]
        if not nearest:
            return []
        table = changeset.c
        wanted = or_(
            *(
                and_(
                    table.device == device,
                    table.sequence > lacks[device],
                    table.sequence <= last.get(device, _NO_END),
                )
                for _, device in nearest
            )
        )
        conditions = [table.county == self._county, wanted]
        if rest:
            hlc, device = rest[0]
            conditions.append(or_(table.hlc < hlc, and_(table.hlc == hlc, table.device < device)))
        rows = self._connection.execute(
            select(table.device, table.sequence, table.hlc, table.size)
            .where(*conditions)
            .order_by(table.hlc, table.device)
            .limit(most)
        )
        return [LackingEntry(row[0], *row[1:]) for row in rows]

    def _next_places(self, lacks: Mapping[bytes, int]) -> Iterator[tuple[int, bytes]]:
        """(hlc, device) of the first lacking entry of each device."""
        keys = [EntryKey(device, after + 1) for device, after in lacks.items()]
        for some in _chunks(keys, _KEYS_AT_ONCE):
            rows = self._connection.execute(
                select(changeset.c.hlc, changeset.c.device).where(
                    changeset.c.county == self._county, _among(changeset.c.device, changeset.c.sequence, some)
                )
            )
            yield from ((row[0], row[1]) for row in rows)

    def entries(self, keys: Sequence[EntryKey], *, audience: int) -> dict[EntryKey, LogEntry]:
        """The named entries with the parts this audience may see."""
        parts = self._parts(keys, audience)
        found: dict[EntryKey, LogEntry] = {}
        for some in _chunks(keys, _KEYS_AT_ONCE):
            rows = self._connection.execute(
                select(*(changeset.c[name] for name in _COLUMNS)).where(
                    changeset.c.county == self._county, _among(changeset.c.device, changeset.c.sequence, some)
                )
            ).mappings()
            for row in rows:
                key = EntryKey(row["device"], row["sequence"])
                found[key] = LogEntry(**dict(row), parts=tuple(parts.get(key, ())))
        return found

    def _parts(self, keys: Sequence[EntryKey], audience: int) -> dict[EntryKey, list[LogPart]]:
        table, found = changeset_part.c, dict[EntryKey, list[LogPart]]()
        for some in _chunks(keys, _KEYS_AT_ONCE):
            rows = self._connection.execute(
                select(table.device, table.sequence, table.audience, table.numbers, table.body)
                .where(
                    table.county == self._county,
                    _among(table.device, table.sequence, some),
                    table.audience.op("&")(audience) != 0,
                )
                .order_by(table.audience)
            )
            for device, sequence, *part in rows:
                found.setdefault(EntryKey(device, sequence), []).append(LogPart(*part))
        return found

    def chain(self, device: bytes, *, after: int, most: int, until: int | None = None) -> list[EntryKey]:
        """The next keys of one chain, in order."""
        where = [
            changeset.c.county == self._county,
            changeset.c.device == device,
            changeset.c.sequence > after,
        ]
        if until is not None:
            where.append(changeset.c.sequence <= until)
        statement = select(changeset.c.sequence).where(*where).order_by(changeset.c.sequence).limit(most)
        return [EntryKey(device, sequence) for sequence in self._connection.execute(statement).scalars()]

    def count(self) -> int:
        """How many entries the log holds."""
        statement = select(func.count()).where(changeset.c.county == self._county)
        return int(self._connection.execute(statement.select_from(changeset)).scalar_one())

    def _is(
        self, device: ColumnElement[bytes], sequence: ColumnElement[int], key: EntryKey
    ) -> ColumnElement[bool]:
        return and_(changeset.c.county == self._county, device == key.device, sequence == key.sequence)


def _among(
    device: ColumnElement[bytes], sequence: ColumnElement[int], keys: Iterable[EntryKey]
) -> ColumnElement[bool]:
    return tuple_(device, sequence).in_([(key.device, key.sequence) for key in keys])


def _chunks(keys: Sequence[EntryKey], size: int) -> Iterator[Sequence[EntryKey]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
