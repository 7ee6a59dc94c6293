"""The shapes in which changed rows pass from the capture tables to the sealed change-set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

Stored = str | int | float | None

INSERT, UPDATE, DELETE = 1, 2, 3
ROW_ITSELF = 0
"""Column number that stands for the whole row in versions and heads."""


class Version(NamedTuple):
    """Names one change of one field: hybrid logical clock, then the device's 16 bytes."""

    hlc: int
    device: bytes


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
