"""What screens and commands see of letters and their numbers: frozen rows and their reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from fangshan_desk.domain.records.letters import (
    Letter,
    LetterKind,
    LetterService,
    LetterSignature,
    RectificationItem,
    VoidNumber,
)
from fangshan_desk.domain.records.people import Device, Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Attachment, Visit, Visitor
from fangshan_desk.domain.states.prescription import PrescriptionState


class LetterWait(StrEnum):
    """What a letter waits for: a chip above the list."""

    SIGNATURE = "signature"
    APPROVAL = "approval"
    NUMBER = "number"
    SERVICE = "service"


class LetterSort(StrEnum):
    """What the list may be sorted by."""

    MADE = "made"
    NUMBER = "number"
    KIND = "kind"
    ENTERPRISE = "enterprise"
    STATE = "state"
    ISSUED = "issued"
    SERVED = "served"


@dataclass(frozen=True, kw_only=True)
class LetterFilter:
    """Which letters; an empty field narrows nothing."""

    wait: LetterWait | None = None
    kind: LetterKind | None = None
    state: PrescriptionState | None = None
    township: str = ""
    enterprise_id: str = ""
    visit_id: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterRow:
    """One letter as the list shows it."""

    id: str
    kind: LetterKind
    title: str
    number: str
    is_official: bool
    state: PrescriptionState
    enterprise_id: str
    enterprise: str
    township: str
    made_at: datetime
    made_by: str = ""
    issued_on: date | None = None
    served_on: date | None = None
    item_count: int = 0
    open_item_count: int = 0
    waits: tuple[LetterWait, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LetterCounts:
    """Numbers for the chips, the other filters applied."""

    total: int = 0
    waits: Mapping[LetterWait, int] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, wait: LetterWait) -> int:
        """The number on a chip."""
        return self.waits.get(wait, 0)


@dataclass(frozen=True, kw_only=True)
class LetterStep:
    """One step of a letter's history, with the name of who took it."""

    event: str
    from_state: str
    to_state: str
    happened_on: date
    recorded_at: datetime
    officer: str = ""
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """Everything one letter's page shows; newest step first."""

    letter: Letter
    enterprise: Enterprise
    visit: Visit | None
    visitors: tuple[Visitor, ...]
    signatures: tuple[LetterSignature, ...]
    services: tuple[LetterService, ...]
    items: tuple[RectificationItem, ...]
    attachments: tuple[Attachment, ...]
    steps: tuple[LetterStep, ...]
    names: Mapping[str, str]
    parent: LetterRow | None = None
    children: tuple[LetterRow, ...] = ()

    def name_of(self, officer_id: str | None) -> str:
        """The officer's name, empty when unknown."""
        return self.names.get(officer_id or "", "")

    @property
    def number(self) -> str:
        """The official number, or the field number before issue."""
        return self.letter.document_number or self.letter.field_number


@dataclass(frozen=True, kw_only=True)
class NumberStock:
    """One reserved block with what is left of it."""

    id: str
    kind: LetterKind
    year: int
    first: int
    last: int
    next: int
    device_id: str
    device: str
    reserved_by: str = ""

    @property
    def left(self) -> int:
        """How many numbers can still be given."""
        return max(0, self.last - self.next + 1)


class LetterReader(Protocol):
    """Reads letters and their numbers; may be used from any lane."""

    def find_ids(
        self,
        wanted: LetterFilter,
        *,
        sort: LetterSort = LetterSort.MADE,
        descending: bool = True,
    ) -> Sequence[str]:
        """All ids in order."""
        ...

    def rows(self, ids: Sequence[str]) -> Sequence[LetterRow | None]:
        """One row per id, None where it is gone meanwhile."""
        ...

    def counts(self, wanted: LetterFilter) -> LetterCounts:
        """Numbers for the chips; what the filter waits for is left out of account."""
        ...

    def letter(self, letter_id: str) -> LetterPage | None:
        """Everything about one letter."""
        ...

    def letter_of_visit(self, visit_id: str) -> str:
        """Id of the visit's prescription that was not withdrawn, or an empty string."""
        ...

    def officers(self) -> Sequence[Officer]:
        """Everybody who can follow an item or hand over a letter."""
        ...

    def number_stocks(self, year: int) -> Sequence[NumberStock]:
        """Every block of a year, by kind and first number."""
        ...

    def void_numbers(self, year: int) -> Sequence[VoidNumber]:
        """The register of void numbers of a year."""
        ...

    def devices(self) -> Sequence[Device]:
        """Every laptop with its key and certificate."""
        ...

    def county_keys(self) -> Sequence[str]:
        """The county's public keys in hexadecimal."""
        ...

    def letters_numbered(self, number: str) -> Sequence[Letter]:
        """Letters that bear this official or field number."""
        ...

    def digests(self) -> Sequence[tuple[str, str]]:
        """Id and content hash of every letter that was confirmed."""
        ...

    def enterprise_name(self, uscc: str) -> str:
        """Name of the enterprise with this credit code, empty when unknown."""
        ...
