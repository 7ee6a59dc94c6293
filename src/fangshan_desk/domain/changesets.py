"""The shapes in which changed rows pass from the capture tables to a sealed change-set, and back from one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

Stored = str | int | float | None

INSERT, UPDATE, DELETE = 1, 2, 3
ROW_ITSELF = 0
"""Column number that stands for the whole row in versions and heads."""


CLOCK_COUNTER_BITS = 16
"""Low bits of a hybrid logical clock; above them stand UTC milliseconds."""


class Version(NamedTuple):
    """Names one change of one field: hybrid logical clock, then the device's 16 bytes."""

    hlc: int
    device: bytes


NO_DEVICE = bytes(16)
AS_CREATED = Version(0, NO_DEVICE)
"""Among parents: whatever the row was created with; the same as no parents at all."""


class FieldChange(NamedTuple):
    """A new value and the versions it replaces; no parents means "as created"."""

    column: int
    value: Stored
    parents: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one transaction did to one row."""

    kind: int
    table: int
    row_id: str
    fields: tuple[FieldChange, ...] = ()


class NewRow(NamedTuple):
    """A new row on its way to be sealed: column, value, column, value … as in a leaf.

    An object per value would cost a bulk import more than all the rest of sealing.
    """

    table: int
    row_id: str
    flat: Sequence[Stored]


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last change-set this device has sealed; ``sequence`` 0 and an empty hash before the first."""

    device: bytes
    incarnation: int
    sequence: int
    hlc: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """Place of a change-set among the parts of one transaction, counted from 0."""

    transaction: bytes
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class SealedChangeset:
    """A signed change-set, ready to be stored and sent."""

    sequence: int
    hlc: int
    header: bytes
    signature: bytes
    seed: bytes
    body: bytes
    digest: bytes


class Sealer(Protocol):
    """Turns captured row changes into the next change-set of this device's chain."""

    def seal(
        self, rows: Sequence[RowChange | NewRow], *, head: ChainHead, actor: str, part: Part
    ) -> SealedChangeset:
        """Sign one change-set that follows ``head``."""
        ...

    def new_transaction(self) -> bytes:
        """A fresh 16-byte name for a transaction."""
        ...


class Entry(NamedTuple):
    """A change-set in the four parts that travel; its digest is that of the header."""

    header: bytes
    signature: bytes
    seed: bytes
    body: bytes


class UnreadableLeaf(NamedTuple):
    """A leaf that fits the root but not this format."""

    number: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedChangeset:
    """A change-set whose signature and content hold; whether it fits its chain is not known yet.

    ``is_readable`` is False when only a newer program may apply it; then there are no rows.
    """

    device: bytes
    sequence: int
    hlc: int
    part: Part
    digest: bytes
    previous: bytes
    entry: Entry
    rows: tuple[RowChange, ...] = ()
    unreadable: tuple[UnreadableLeaf, ...] = ()
    is_readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEntry:
    """Bytes that prove nothing; docs/changeset-format.md lists the reasons, the rest is what they claim."""

    reason: str
    content: bytes
    digest: bytes
    device: bytes = NO_DEVICE
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who made a change-set, when by the laptop's own clock, and that clock's distance from UTC."""

    actor: str
    wall_ms: int
    offset_minutes: int


class ChangesetReader(Protocol):
    """Reads the bytes of change-sets that were verified before they were kept."""

    def pack(self, entry: Entry) -> bytes:
        """One entry as it travels."""
        ...

    def unpack(self, content: bytes) -> Entry:
        """The entry that `pack` made."""
        ...

    def read(self, entry: Entry) -> ReceivedChangeset:
        """What the entry says."""
        ...

    def part(self, header: bytes) -> Part:
        """Its place in its transaction."""
        ...

    def authorship(self, header: bytes) -> Authorship:
        """Who and when."""
        ...
