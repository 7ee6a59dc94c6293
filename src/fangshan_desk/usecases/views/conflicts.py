"""What screens and commands see of conflicts between laptops, and of what could not be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from fangshan_desk.domain.changesets import Stored
from fangshan_desk.domain.merging import Standing


@dataclass(frozen=True, kw_only=True)
class ConflictValue:
    """One of the values that stand beside each other; ``id`` names its version.

    ``actor_id`` is empty and ``made_at`` None for what a row was created with, and for a change whose entry
    is not in this file. In a conflict about the row itself ``is_deletion`` tells the two sides apart.
    """

    id: str
    value: Any
    stored: Stored
    is_shown: bool
    is_deletion: bool = False
    device: str = ""
    actor_id: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One field of one record, or a deletion that met an edit (no ``field`` then); shown value first."""

    id: str
    entity: str
    row_id: str
    field: str
    standing: Standing
    opened_at: datetime
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, kw_only=True)
class DanglingReference:
    """A record that refers to one that is gone; the one that is gone can be kept after all."""

    entity: str
    row_id: str
    field: str
    referred_entity: str
    referred_id: str


@dataclass(frozen=True, kw_only=True)
class PendingEntry:
    """What is held or set aside, with its reason of docs/changeset-format.md."""

    device: str
    sequence: int
    reason: str
    kept_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaitingDevice:
    """A device whose next stored entry cannot be applied yet, and what it waits for."""

    device: str
    sequence: int
    reason: str


class ConflictReader(Protocol):
    """Open conflicts and what else needs somebody's eye; may be used from any lane."""

    def count(self) -> int:
        """How many wait for a decision."""
        ...

    def open_conflicts(self) -> Sequence[Conflict]:
        """Longest open first; what the workflow has settled is left out."""
        ...

    def dangling(self) -> Sequence[DanglingReference]:
        """Records that refer to deleted ones."""
        ...

    def pending(self) -> Sequence[PendingEntry]:
        """Held entries and the quarantine, oldest first."""
        ...

    def waiting(self) -> Sequence[WaitingDevice]:
        """Stored entries that lack something."""
        ...
