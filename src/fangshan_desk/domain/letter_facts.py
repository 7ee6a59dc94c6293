"""What each letter says, as frozen records: these facts are stored and hashed at confirmation."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from fangshan_desk.domain.frozen_json import (
    LATER,
    UnreadableFactsError,
    canonical_json,
    plain_values,
    record_from,
)


class FindingKind(StrEnum):
    """What a checklist item means in a letter."""

    VIOLATION = "violation"
    GUIDANCE = "guidance"
    SIGNAL = "signal"


class LetterCopy(StrEnum):
    """The unsealed print left at the enterprise, or the sealed one that follows."""

    ONSITE = "onsite"
    OFFICIAL = "official"


class RecheckOutcome(StrEnum):
    """What a recheck decided about one item."""

    VERIFIED = "verified"
    RETURNED = "returned"
    EXTENDED = "extended"
    TRANSFERRED = "transferred"


class ServiceWay(StrEnum):
    """How a letter was handed over."""

    UNDECIDED = ""
    DIRECT = "direct"
    LEFT = "left"
    LEFT_RECORDED = "left_recorded"
    POST = "post"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes, under which number; the number and date come after confirmation."""

    issuing_body: str
    signing_bodies: tuple[str, ...]
    field_number: str
    copied_to: tuple[str, ...] = ()
    document_number: str = field(default="", metadata=LATER)
    issued_on: date | None = field(default=None, metadata=LATER)

    @property
    def number(self) -> str:
        """The official number, or the field number before issue."""
        return self.document_number or self.field_number


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseBlock:
    """The enterprise as it stood when the letter was confirmed."""

    name: str
    uscc: str = ""
    town: str = ""
    address: str = ""
    legal_representative: str = ""
    industry: str = ""
    headcount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One of our officers who took part."""

    name: str
    badge_number: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """Whom the enterprise may call."""

    person: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """The rectification owner at the enterprise."""

    name: str = ""
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """One article: what is cited, the operative words, and the whole text for the annex."""

    cite: str
    quote: str = ""
    article_title: str = ""
    article_text: str = ""
    # Unverified text never reaches paper: the office has not read the original.
    is_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterItem:
    """One checklist item that ended in the letter."""

    code: str
    section_title: str
    kind: FindingKind
    finding: str = ""
    advice: str = ""
    bases: tuple[LegalBasis, ...] = ()
    deadline: date | None = None
    owner: Responsible = Responsible()
    tracker_name: str = ""
    amount_fen: int = 0
    worker_count: int = 0

    @property
    def printable_bases(self) -> tuple[LegalBasis, ...]:
        """The bases that may be printed."""
        return tuple(basis for basis in self.bases if basis.is_verified)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What every kind has: a head, an enterprise, a digest."""

    kind: ClassVar[str] = ""
    # Stands in the QR code: never renumber, never reuse.
    kind_code: ClassVar[int] = 0

    letterhead: Letterhead
    enterprise: EnterpriseBlock
    contact: ContactPoint = ContactPoint()

    @property
    def item_count(self) -> int:
        """How many rectification items the letter carries."""
        return 0

    @property
    def amount_fen(self) -> int:
        """The sum the letter speaks of."""
        return 0

    def to_json(self) -> str:
        """Canonical text: equal facts, equal bytes."""
        return canonical_json({**plain_values(self), "kind": self.kind})

    def content_digest(self) -> bytes:
        """SHA-256 of what was confirmed; number, issue date and copy are not part of it."""
        values = {**plain_values(self, with_later=False), "kind": self.kind}
        return hashlib.sha256(canonical_json(values).encode()).digest()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The facts back from their text; another kind or an unknown field is refused."""
        values = _object(text)
        if values.pop("kind", None) != cls.kind:
            raise UnreadableFactsError(reason=cls.kind)
        return record_from(cls, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionFacts(LetterFacts):
    """Prescription: what the health check found, on which basis, and what is advised."""

    kind: ClassVar[str] = "prescription"
    kind_code: ClassVar[int] = 1

    visited_on: date
    visitors: tuple[Visitor, ...]
    items: tuple[LetterItem, ...]
    campaign_title: str
    campaign_document: str = ""
    enterprise_representative: str = ""
    representative_post: str = ""
    report_by: date | None = None
    # None: not asked yet; empty: no objection.
    objection: str | None = None
    refusal_reason: str = ""
    witness_name: str = ""
    copy: LetterCopy = field(default=LetterCopy.ONSITE, metadata=LATER)

    def items_of(self, kind: FindingKind) -> tuple[LetterItem, ...]:
        """The items of one kind, in checklist order."""
        return tuple(item for item in self.items if item.kind is kind)

    @property
    def item_count(self) -> int:
        return len(self.items_of(FindingKind.VIOLATION))

    @property
    def amount_fen(self) -> int:
        return sum(item.amount_fen for item in self.items_of(FindingKind.VIOLATION))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutstandingItem:
    """An item that the enterprise still owes, with its history."""

    item: LetterItem
    original_deadline: date | None = None
    overdue_days: int = 0
    was_extended: bool = False
    concerns_wages: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationRequestFacts(LetterFacts):
    """Rectification request: what is still open and by when it should be done."""

    kind: ClassVar[str] = "rectification_request"
    kind_code: ClassVar[int] = 2

    visited_on: date
    items: tuple[OutstandingItem, ...]
    deadline: date
    owner: Responsible = Responsible()
    # Empty for serious items that are requested from the start.
    prescription_number: str = ""
    prescription_served_on: date | None = None

    @property
    def item_count(self) -> int:
        return len(self.items)

    @property
    def amount_fen(self) -> int:
        return sum(outstanding.item.amount_fen for outstanding in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckResult:
    """One item after the recheck."""

    code: str
    finding: str
    outcome: RecheckOutcome
    result: str = ""
    deadline: date | None = None
    transferred_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckOpinionFacts(LetterFacts):
    """Recheck opinion: which items are closed, returned, extended or handed on."""

    kind: ClassVar[str] = "recheck_opinion"
    kind_code: ClassVar[int] = 3

    rechecked_on: date
    recheckers: tuple[Visitor, ...]
    prescription_number: str
    results: tuple[RecheckResult, ...]
    report_received_on: date | None = None
    # True only when nothing of the whole prescription is left, not just of this recheck.
    is_complete: bool = False

    def results_of(self, outcome: RecheckOutcome) -> tuple[RecheckResult, ...]:
        """The items with one outcome."""
        return tuple(result for result in self.results if result.outcome is outcome)

    @property
    def item_count(self) -> int:
        return len(self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoffNoticeFacts(LetterFacts):
    """Layoff notice: the statutory steps before an economic layoff."""

    kind: ClassVar[str] = "layoff_notice"
    kind_code: ClassVar[int] = 4

    informed_on: date
    planned_count: int
    latest_explanation_on: date | None = None
    earliest_execution_on: date | None = None

    @property
    def item_count(self) -> int:
        return self.planned_count


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts(LetterFacts):
    """Referral: what is handed to the labour inspectorate, with the history and the evidence."""

    kind: ClassVar[str] = "referral"
    kind_code: ClassVar[int] = 5

    target: str
    findings: tuple[str, ...]
    prescription_number: str = ""
    prescription_served_on: date | None = None
    rectification_history: str = ""
    evidence: tuple[str, ...] = ()
    unpaid_fen: int = 0

    @property
    def item_count(self) -> int:
        return len(self.findings)

    @property
    def amount_fen(self) -> int:
        return self.unpaid_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReceiptFacts(LetterFacts):
    """Proof of service: the proof that a letter was handed over."""

    kind: ClassVar[str] = "service_receipt"
    kind_code: ClassVar[int] = 6

    letter_title: str
    letter_number: str
    page_count: int
    place: str = ""
    way: ServiceWay = ServiceWay.UNDECIDED
    tracking_number: str = ""
    refusal_reason: str = ""
    witness_name: str = ""
    servers: tuple[str, ...] = ()
    served_on: date | None = None
    recordings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionApprovalFacts(LetterFacts):
    """Extension approval form: why an item needs more time and who agreed."""

    kind: ClassVar[str] = "extension_approval"
    kind_code: ClassVar[int] = 7

    prescription_number: str
    item_code: str
    finding: str
    original_deadline: date
    requested_deadline: date
    reason: str
    safeguards: str = ""
    repayment_plan: str = ""
    requested_on: date | None = None
    handler_opinion: str = ""
    handler_name: str = ""
    handled_on: date | None = None
    approver_opinion: str = ""
    approver_name: str = ""
    decided_on: date | None = None

    @property
    def item_count(self) -> int:
        return 1


FACTS_TYPES: tuple[type[LetterFacts], ...] = (
    PrescriptionFacts,
    RectificationRequestFacts,
    RecheckOpinionFacts,
    LayoffNoticeFacts,
    ReferralFacts,
    ServiceReceiptFacts,
    ExtensionApprovalFacts,
)


def facts_from_json(text: str) -> LetterFacts:
    """Facts of whatever kind the text names."""
    kind = _object(text).get("kind")
    for facts_type in FACTS_TYPES:
        if facts_type.kind == kind:
            return facts_type.from_json(text)
    raise UnreadableFactsError(reason=str(kind))


def _object(text: str) -> dict[str, object]:
    try:
        values = json.loads(text)
    except ValueError as problem:
        raise UnreadableFactsError(reason=str(problem)) from problem
    if not isinstance(values, dict):
        raise UnreadableFactsError(reason=type(values).__name__)
    return values
