"""What merging needs to know of a row and leaves behind; the rule itself stands in `sync.merge`."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Protocol

from fangshan_desk.domain.changesets import AS_CREATED, NO_DEVICE, RowChange, Stored, Version

TransitionAllowed = Callable[[int, int, Stored, Stored], bool | None]
"""(table, column, from, to): whether the workflow has this step; None when the column is no state."""


class Existence(IntEnum):
    """What a version of the row itself says; the numbers stand in `sync_conflict`."""

    OVERRULED = 0
    """A delete that had not seen every change."""
    DELETED = 1
    KEPT = 2


class Standing(StrEnum):
    """Who has to decide between a value and the one that is shown."""

    OPEN = "open"
    LEAD_BODY = "lead-body"
    SETTLED = "settled"
    """The workflow leads from the one to the other."""


def standing(
    allowed: TransitionAllowed | None, table: int, column: int, *, losing: Stored, shown: Stored
) -> Standing:
    """Who decides; ``allowed`` None means that no column is a state."""
    answer = None if allowed is None else allowed(table, column, losing, shown)
    if answer is None:
        return Standing.OPEN
    return Standing.SETTLED if answer else Standing.LEAD_BODY


def created_version(value: Stored) -> Version:
    """Stands for a created value that has a rival: below every real version, the same on every replica."""
    # Rows carry no version of their creation: a million rows would pay for what hardly ever happens.
    content = f"{type(value).__name__}:{value}".encode("utf-8", "surrogatepass")
    return Version(-1 - (int.from_bytes(hashlib.sha256(content).digest()[:8]) >> 1), NO_DEVICE)


def is_created(version: Version) -> bool:
    """Whether it stands for what a row was created with."""
    return version.device == NO_DEVICE


def as_parents(heads: Sequence[Version]) -> tuple[Version, ...]:
    """The heads as a change names them: created values have no name of their own."""
    real = tuple(head for head in heads if not is_created(head))
    return real if len(real) == len(heads) or not real else (AS_CREATED, *real)


def names_real_only(parents: Sequence[Version]) -> bool:
    """Whether created values with a rival stay: no parents at all name every one of them."""
    return bool(parents) and AS_CREATED not in parents


def without_created(values: Mapping[Version, Stored]) -> dict[Version, Stored]:
    """Values somebody has written into the field since the row was created."""
    return {version: value for version, value in values.items() if not is_created(version)}


def shown_among(values: Mapping[Version, Stored]) -> tuple[Version, dict[Version, Stored]]:
    """The version that is shown and the heads that lose: those with another value."""
    # The device's own id breaks ties; local numbers differ from laptop to laptop.
    shown = max(values)
    return shown, {head: value for head, value in values.items() if not is_same(value, values[shown])}


def is_same(one: Stored, other: Stored) -> bool:
    """Equal and of one type: 1 and 1.0 are two values."""
    return type(one) is type(other) and one == other


def _nothing(_column: int) -> Stored:
    return None


_NEVER_DELETED: Mapping[Version, Existence] = MappingProxyType({})


class RowState:
    """One row as a replica knows it; a merge rule changes it, whoever loaded it writes it back.

    Column numbers lead to heads (none: as created) and to the values of heads that are not shown; ``written``
    are values to be shown from now on. Tuples and mappings in it are replaced, never changed in place.
    """

    __slots__ = ("_read", "existence", "heads", "is_known", "losing", "written")

    def __init__(self, read: Callable[[int], Stored] = _nothing, *, is_known: bool = False) -> None:
        self.is_known = is_known
        self.heads: dict[int, tuple[Version, ...]] = {}
        self.losing: dict[int, Mapping[Version, Stored]] = {}
        self.existence = _NEVER_DELETED
        self.written: dict[int, Stored] = {}
        self._read = read

    @property
    def is_there(self) -> bool:
        """Created, and not deleted by somebody who had seen everything."""
        states = self.existence.values()
        return self.is_known and (Existence.DELETED not in states or Existence.KEPT in states)

    def value(self, column: int) -> Stored:
        """What the field shows."""
        return self.written[column] if column in self.written else self._read(column)

    def values(self, column: int) -> dict[Version, Stored]:
        """Every head with its value."""
        heads, losing = self.heads.get(column, ()), self.losing.get(column, {})
        shown = self.value(column) if len(losing) < len(heads) else None
        return {head: losing.get(head, shown) for head in heads}

    def put(self, column: int, value: Stored, heads: tuple[Version, ...]) -> None:
        """Show the value; nothing stands against it."""
        self.written[column] = value
        self.heads[column] = heads
        if column in self.losing:
            del self.losing[column]


class MergeRule(Protocol):
    """Takes one change into one row."""

    def take(self, state: RowState, change: RowChange, version: Version) -> None:
        """Causal order is the caller's duty: parents before children, nothing twice."""
        ...
