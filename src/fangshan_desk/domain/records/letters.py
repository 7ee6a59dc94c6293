"""Letters, their numbers and signatures, how they were served, and the rectification items they started."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fangshan_desk.domain.records.declaring import Record, column, entity
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.domain.states.rectification_item import CloseReason, ItemState


class LetterKind(StrEnum):
    """Letters of the first group; the names are those of `letters.kinds`."""

    PRESCRIPTION = "prescription"
    RECTIFICATION_REQUEST = "rectification_request"
    RECHECK_OPINION = "recheck_opinion"
    LAYOFF_NOTICE = "layoff_notice"
    REFERRAL = "referral"
    SERVICE_RECEIPT = "service_receipt"
    EXTENSION_APPROVAL = "extension_approval"


class ServiceWay(StrEnum):
    """How a letter was handed over (workflows 1.5)."""

    DIRECT = "direct"
    LEFT = "left"
    LEFT_RECORDED = "left_recorded"
    POST = "post"
    ELECTRONIC = "electronic"


@entity(30, "letter")
@dataclass(frozen=True, kw_only=True)
class Letter(Record):
    """One letter; ``content`` are its facts, editable until confirmed, then frozen by ``content_hash``."""

    kind: LetterKind = column(1, indexed=True)
    state: PrescriptionState = column(2, default=PrescriptionState.DRAFT, indexed=True)
    enterprise_id: str = column(3, references="enterprise")
    visit_id: str | None = column(4, default=None, references="visit")
    parent_id: str | None = column(5, default=None, references="letter")
    title: str = column(6, max_length=200)
    document_number: str = column(7, default="", max_length=60, indexed=True)
    field_number: str = column(8, default="", max_length=60, indexed=True)
    issued_on: date | None = column(9, default=None)
    content: Mapping[str, Any] = column(10)
    content_hash: str = column(11, default="", max_length=64)
    template_version: str = column(12, default="", max_length=20)
    code_text: str = column(13, default="", max_length=600)
    confirmed_at: datetime | None = column(14, default=None)
    is_refused: bool = column(15, default=False)
    refusal_note: str = column(16, default="", max_length=500)
    objection: str = column(17, default="", max_length=2000)
    approved_by_hrss: str | None = column(18, default=None, references="officer")
    approved_by_hrss_at: datetime | None = column(19, default=None)
    approved_by_ftu: str | None = column(20, default=None, references="officer")
    approved_by_ftu_at: datetime | None = column(21, default=None)
    withdrawn_at: datetime | None = column(22, default=None)
    withdrawn_reason: str = column(23, default="", max_length=500)
    made_by: str | None = column(24, default=None, references="officer")
    made_at: datetime = column(25)
    official_code_text: str = column(26, default="", max_length=600)
    edits: Mapping[str, Any] | None = column(27, default=None)


@entity(31, "letter_signature")
@dataclass(frozen=True, kw_only=True)
class LetterSignature(Record):
    """A signature on screen or on paper; the image is an attachment of the letter."""

    letter_id: str = column(1, references="letter")
    signer: str = column(2, max_length=20)
    name: str = column(3, max_length=60, personal=True)
    post: str = column(4, default="", max_length=60)
    phone: str = column(5, default="", max_length=30, personal=True)
    image_sha256: str = column(6, default="", max_length=64)
    is_on_paper: bool = column(7, default=False)
    signed_at: datetime = column(8)


@entity(32, "letter_service")
@dataclass(frozen=True, kw_only=True)
class LetterService(Record):
    """Proof of service of one letter (民事诉讼法 §87–91, 95 by analogy)."""

    letter_id: str = column(1, references="letter")
    way: ServiceWay = column(2)
    served_on: date = column(3)
    place: str = column(4, default="", max_length=200)
    recipient: str = column(5, default="", max_length=60, personal=True)
    recipient_post: str = column(6, default="", max_length=60)
    recipient_phone: str = column(7, default="", max_length=30, personal=True)
    witness: str = column(8, default="", max_length=60, personal=True)
    tracking_number: str = column(9, default="", max_length=60)
    consent_note: str = column(10, default="", max_length=200)
    servers: tuple[str, ...] = column(11, default=())
    note: str = column(12, default="", max_length=500)
    recorded_at: datetime = column(13)


@entity(33, "number_block")
@dataclass(frozen=True, kw_only=True)
class NumberBlock(Record):
    """Official numbers reserved for one laptop, kind of letter and year: first to last, both included."""

    device_id: str = column(1, references="device")
    kind: LetterKind = column(2)
    year: int = column(3, minimum=2000)
    first: int = column(4, minimum=1)
    last: int = column(5, minimum=1)
    prefix: str = column(6, default="", max_length=20)
    reserved_by: str | None = column(7, default=None, references="officer")
    next: int = column(8, minimum=1)


@entity(34, "void_number", append_only=True)
@dataclass(frozen=True, kw_only=True)
class VoidNumber(Record):
    """A number that will never be used: spoiled, withdrawn, or left over at the year's end (空号)."""

    kind: LetterKind = column(1)
    year: int = column(2, minimum=2000)
    number: int = column(3, minimum=1)
    reason: str = column(4, max_length=200)
    letter_id: str | None = column(5, default=None, references="letter")
    recorded_at: datetime = column(6)
    recorded_by: str | None = column(7, default=None, references="officer")


@entity(40, "rectification_item")
@dataclass(frozen=True, kw_only=True)
class RectificationItem(Record):
    """One thing an enterprise was asked to put right, followed until it is closed."""

    letter_id: str = column(1, references="letter")
    visit_id: str | None = column(2, default=None, references="visit")
    enterprise_id: str = column(3, references="enterprise")
    code: str = column(4, max_length=12)
    ordinal: int = column(5, default=1, minimum=1)
    title: str = column(6, max_length=200)
    finding: str = column(7, default="", max_length=2000)
    advice: str = column(8, default="", max_length=2000)
    citation: str = column(9, default="", max_length=400)
    severity: int = column(10, default=1, minimum=1)
    is_urgent: bool = column(11, default=False)
    state: ItemState = column(12, default=ItemState.OPEN, indexed=True)
    days: int = column(13, minimum=1)
    original_deadline: date = column(14)
    deadline: date = column(15, indexed=True)
    is_deadline_flagged: bool = column(16, default=False)
    owner_name: str = column(17, default="", max_length=60, personal=True)
    owner_post: str = column(18, default="", max_length=60)
    owner_phone: str = column(19, default="", max_length=30, personal=True)
    tracking_officer_id: str | None = column(20, default=None, references="officer")
    reported_on: date | None = column(21, default=None)
    closed_on: date | None = column(22, default=None)
    close_reason: CloseReason | None = column(23, default=None)
    extension_count: int = column(24, default=0, minimum=0)
    return_count: int = column(25, default=0, minimum=0)
    requested_deadline: date | None = column(26, default=None)
    unpaid_workers: int | None = column(27, default=None, minimum=0)
    unpaid_fen: int | None = column(28, default=None, minimum=0)
    lead_body: str = column(29, default="hrss", max_length=10)
    reminded_on: date | None = column(30, default=None)
    transferred_to: str = column(31, default="", max_length=120)
    has_repayment_plan: bool = column(32, default=False)


@entity(41, "transition", append_only=True)
@dataclass(frozen=True, kw_only=True)
class TransitionRecord(Record):
    """One step in the life of a letter, item or visit: who did what when, from which state to which."""

    subject: str = column(1, max_length=40)
    subject_id: str = column(2, max_length=36, indexed=True)
    event: str = column(3, max_length=40)
    from_state: str = column(4, default="", max_length=30)
    to_state: str = column(5, max_length=30)
    happened_on: date = column(6)
    recorded_at: datetime = column(7)
    officer_id: str | None = column(8, default=None, references="officer")
    device_id: str | None = column(9, default=None, references="device")
    note: str = column(10, default="", max_length=2000)
    details: Mapping[str, Any] | None = column(11, default=None)
