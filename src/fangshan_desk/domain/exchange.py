"""What taking in other laptops' change-sets brought about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.errors import ExpectedError

Place = tuple[int, str, int]
"""Table number, row id and column number; column 0 is the row itself."""


class MassRetractionError(ExpectedError):
    """What was received would take away very much: ``count`` rows of ``visible``; a person has to agree."""

    key = "exchange-mass-retraction"


@dataclass(frozen=True)
class Quarantined:
    """One entry that was not taken in, and why; the reasons stand in docs/changeset-format.md."""

    reason: str
    device: bytes
    sequence: int


@dataclass(frozen=True, kw_only=True)
class Reception:
    """Outcome of one batch, committed as a whole.

    ``stored`` entries are new in their chains, ``applied`` ones have reached the rows; ``waiting`` says for a
    device why its next entry cannot be applied yet. ``is_restored`` means that others know more of this
    laptop than it does itself.
    """

    changes: Changes = field(default_factory=Changes)
    stored: int = 0
    known: int = 0
    held: int = 0
    applied: int = 0
    quarantined: tuple[Quarantined, ...] = ()
    opened: tuple[Place, ...] = ()
    closed: tuple[Place, ...] = ()
    retracted: int = 0
    waiting: Mapping[bytes, str] = field(default_factory=dict)
    is_restored: bool = False
