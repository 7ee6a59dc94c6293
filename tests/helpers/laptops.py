"""Laptops without a desk behind them: a key, a chain, and change-sets as a real one seals them."""

import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

from fangshan_desk.domain.changesets import (
    DELETE,
    INSERT,
    UPDATE,
    ChainHead,
    Entry,
    FieldChange,
    Part,
    RowChange,
    Stored,
    Version,
)
from fangshan_desk.domain.records.catalogue import BY_NAME
from fangshan_desk.domain.records.declaring import Column, to_storage
from fangshan_desk.support.signing import SigningKey
from fangshan_desk.sync.changeset import decode_header, leaves_of
from fangshan_desk.sync.opening import pack_entry, unpack_entry
from fangshan_desk.sync.sealing import ChangesetSealer

_ids = itertools.count(1)
START_MS = 1_770_000_000_000


def new_row_id() -> str:
    """An id no other row of this test process has."""
    return str(uuid.UUID(int=(7 << 76) | (2 << 62) | next(_ids)))


@dataclass
class Laptop:
    """Seals changes into its own chain; ``clock_ms`` moves by a second with every change-set."""

    name: str
    number: int = 1
    clock_ms: int = START_MS
    key: SigningKey = field(init=False)
    device: bytes = field(init=False)
    head: ChainHead = field(init=False)

    def __post_init__(self) -> None:
        self.key = SigningKey(bytes([self.number]) * 32)
        self.device = uuid.UUID(int=(7 << 76) | (2 << 62) | (self.number << 8)).bytes
        self.head = ChainHead(self.device, 1, 0, 0, b"")
        self._sealer = ChangesetSealer(sign=self.key.sign, wall=lambda: (self.clock_ms, 480))

    @property
    def device_id(self) -> str:
        """The id as records hold it."""
        return str(uuid.UUID(bytes=self.device))

    @property
    def last_version(self) -> Version:
        """Names what the newest change-set did."""
        return Version(self.head.hlc, self.device)

    def seal(self, *rows: RowChange, part: Part | None = None, actor: str = "") -> bytes:
        """The next change-set of this laptop, packed."""
        self.clock_ms += 1000
        name = part or Part(self._sealer.new_transaction(), 0, 1)
        sealed = self._sealer.seal(rows, head=self.head, actor=actor, part=name)
        self.head = ChainHead(self.device, 1, sealed.sequence, sealed.hlc, sealed.digest)
        return pack_entry(Entry(sealed.header, sealed.signature, sealed.seed, sealed.body))

    def seal_parts(self, *parts: tuple[RowChange, ...]) -> list[bytes]:
        """One transaction in several change-sets."""
        name = self._sealer.new_transaction()
        return [self.seal(*rows, part=Part(name, n, len(parts))) for n, rows in enumerate(parts)]


def insert(entity: str, row_id: str, **values: Any) -> RowChange:
    """A new row of a declared entity."""
    return RowChange(INSERT, BY_NAME[entity].number, row_id, _fields(entity, values, ()))


def update(entity: str, row_id: str, *parents: Version, **values: Any) -> RowChange:
    """New values that replace those of the named versions; none means as created."""
    return RowChange(UPDATE, BY_NAME[entity].number, row_id, _fields(entity, values, parents))


def delete(entity: str, row_id: str, **seen: Version) -> RowChange:
    """The row goes; ``seen`` are the versions of its fields."""
    names = BY_NAME[entity].by_name
    fields = tuple(FieldChange(names[name].number, None, (version,)) for name, version in seen.items())
    return RowChange(DELETE, BY_NAME[entity].number, row_id, fields)


def _fields(entity: str, values: dict[str, Any], parents: tuple[Version, ...]) -> tuple[FieldChange, ...]:
    names = BY_NAME[entity].by_name
    return tuple(
        FieldChange(names[name].number, _stored(names[name], value), parents)
        for name, value in values.items()
        if value is not None
    )


def _stored(column: Column, value: Any) -> Stored:
    # A choice may be given by its word.
    return value if isinstance(value, str) else to_storage(column, value)


def leaves(data: bytes) -> list[bytes | None]:
    """The leaves of a packed entry, None where one is withheld; raises when they do not fit the root."""
    entry = unpack_entry(data)
    return leaves_of(decode_header(entry.header), entry.seed, entry.body)


def place(data: bytes) -> tuple[bytes, int]:
    """Device and sequence of a packed entry."""
    header = decode_header(unpack_entry(data).header)
    return header.device, header.sequence
