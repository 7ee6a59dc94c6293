"""A visit: who went, what was answered, and the papers and photos kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fangshan_desk.domain.records.declaring import Record, column, entity
from fangshan_desk.domain.states.visit import VisitState


class Answer(StrEnum):
    """Result of one check item; missing data is never compliant."""

    COMPLIANT = "compliant"
    VIOLATED = "violated"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


class VisitStep(StrEnum):
    """The five steps of a visit, in order."""

    BASICS = "basics"
    HEALTH_CHECK = "health_check"
    RISK = "risk"
    PRESCRIPTION = "prescription"
    SERVICE = "service"


@entity(20, "visit")
@dataclass(frozen=True, kw_only=True)
class Visit(Record):
    """One planned or made visit to an enterprise."""

    enterprise_id: str = column(1, references="enterprise")
    state: VisitState = column(2, default=VisitState.PLANNED, indexed=True)
    is_planned: bool = column(3, default=True)
    planned_on: date | None = column(4, default=None, indexed=True)
    planned_time: str = column(5, default="", max_length=5)
    purpose: str = column(6, default="", max_length=200)
    started_at: datetime | None = column(7, default=None, indexed=True)
    finished_at: datetime | None = column(8, default=None)
    step: VisitStep = column(9, default=VisitStep.BASICS)
    current_item: str = column(10, default="", max_length=12)
    is_quick_check: bool = column(11, default=False)
    enterprise_person: str = column(12, default="", max_length=60, personal=True)
    enterprise_person_post: str = column(13, default="", max_length=60)
    enterprise_person_phone: str = column(14, default="", max_length=30, personal=True)
    campaign_id: str | None = column(15, default=None, references="campaign")
    checklist_version: str = column(16, default="", max_length=40)
    note: str = column(17, default="", max_length=2000)
    leading_officer_id: str | None = column(18, default=None, references="officer")
    cancelled_reason: str = column(19, default="", max_length=500)


@entity(21, "visitor")
@dataclass(frozen=True, kw_only=True)
class Visitor(Record):
    """An officer who takes part in a visit; name, body and badge as they were on that day."""

    visit_id: str = column(1, references="visit")
    officer_id: str = column(2, references="officer")
    name: str = column(3, max_length=40, personal=True)
    body: str = column(4, max_length=10)
    badge_number: str = column(5, default="", max_length=40)


@entity(22, "check_answer")
@dataclass(frozen=True, kw_only=True)
class CheckAnswer(Record):
    """The answer to one check item; ``computed`` is what the inputs gave before any override."""

    visit_id: str = column(1, references="visit")
    code: str = column(2, max_length=12)
    answer: Answer = column(3)
    inputs: Mapping[str, Any] | None = column(4, default=None)
    computed: Answer | None = column(5, default=None)
    is_overridden: bool = column(6, default=False)
    reason: str = column(7, default="", max_length=500)
    note: str = column(8, default="", max_length=2000)
    answered_at: datetime = column(9)
    answered_by: str | None = column(10, default=None, references="officer")


class AttachmentKind(StrEnum):
    """What the file shows."""

    PHOTO = "photo"
    SCAN = "scan"
    SIGNATURE = "signature"
    LETTER = "letter"


@entity(23, "attachment")
@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A file kept beside the database under its SHA-256; ``subject`` and ``subject_id`` say whose it is.

    For evidence of a check item the subject is the visit and ``topic`` the item's code.
    """

    subject: str = column(1, max_length=40)
    subject_id: str = column(2, max_length=36, indexed=True)
    topic: str = column(3, default="", max_length=40)
    kind: AttachmentKind = column(4)
    sha256: str = column(5, max_length=64, indexed=True)
    size: int = column(6, minimum=0)
    media_type: str = column(7, max_length=60)
    file_name: str = column(8, default="", max_length=120)
    caption: str = column(9, default="", max_length=200)
    taken_at: datetime | None = column(10, default=None)
    added_at: datetime = column(11)
    added_by: str | None = column(12, default=None, references="officer")
    thumbnail_sha256: str = column(13, default="", max_length=64)
