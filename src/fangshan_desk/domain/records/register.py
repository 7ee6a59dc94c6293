"""The enterprise register: enterprises, the other names they are known by, shared data and risk grades."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fangshan_desk.domain.records.declaring import Record, column, entity
from fangshan_desk.domain.risk.levels import RiskLevel


class RegisterStatus(StrEnum):
    """Whether the enterprise is in business."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DEREGISTERED = "deregistered"
    MOVED_OUT = "moved_out"


class SharedSource(StrEnum):
    """Departments whose data the grade uses (notice, measure one)."""

    TAX = "tax"
    SOCIAL_INSURANCE = "social_insurance"
    LOAN = "loan"
    LOGISTICS = "logistics"


@entity(10, "enterprise")
@dataclass(frozen=True, kw_only=True)
class Enterprise(Record):
    """An employer of the county: company, sole proprietor with staff, platform partner, project unit."""

    name: str = column(1, max_length=120, indexed=True)
    uscc: str = column(2, default="", max_length=24, indexed=True)
    is_uscc_valid: bool = column(3, default=False)
    township: str = column(4, default="", max_length=12, indexed=True)
    address: str = column(5, default="", max_length=200)
    legal_representative: str = column(6, default="", max_length=60, personal=True)
    contact_person: str = column(7, default="", max_length=60, personal=True)
    contact_phone: str = column(8, default="", max_length=30, personal=True)
    industry: str = column(9, default="", max_length=80)
    categories: tuple[str, ...] = column(10, default=())
    headcount: int | None = column(11, default=None, minimum=0)
    established_on: date | None = column(12, default=None)
    status: RegisterStatus = column(13, default=RegisterStatus.ACTIVE)
    is_in_scope: bool = column(14, default=True)
    union_exists: bool | None = column(15, default=None)
    is_federation_member: bool | None = column(16, default=None)
    risk_level: RiskLevel = column(17, default=RiskLevel.UNRATED, indexed=True)
    risk_score: int | None = column(18, default=None)
    risk_assessed_on: date | None = column(19, default=None)
    merged_into_id: str | None = column(20, default=None, references="enterprise")
    note: str = column(21, default="", max_length=2000)


@entity(11, "enterprise_alias")
@dataclass(frozen=True, kw_only=True)
class EnterpriseAlias(Record):
    """Another name or code of an enterprise: former name, merged duplicate, a department's spelling."""

    enterprise_id: str = column(1, references="enterprise")
    name: str = column(2, default="", max_length=120)
    code: str = column(3, default="", max_length=40)
    provider: str = column(4, default="", max_length=40)


@entity(12, "shared_fact")
@dataclass(frozen=True, kw_only=True)
class SharedFact(Record):
    """What a department reported of an enterprise for one period; ``facts`` hold the risk model's keys."""

    enterprise_id: str = column(1, references="enterprise")
    source: SharedSource = column(2)
    period_end: date = column(3)
    facts: Mapping[str, Any] = column(4)
    provider: str = column(5, default="", max_length=60)
    file_name: str = column(6, default="", max_length=200)
    row_number: int | None = column(7, default=None)
    received_on: date | None = column(8, default=None)


@entity(13, "risk_assessment")
@dataclass(frozen=True, kw_only=True)
class RiskAssessmentRecord(Record):
    """One computed grade with everything it was computed from."""

    enterprise_id: str = column(1, references="enterprise")
    visit_id: str | None = column(2, default=None, references="visit")
    as_of: date = column(3)
    model_version: str = column(4, max_length=20)
    inputs: Mapping[str, Any] = column(5)
    components: Mapping[str, Any] = column(6)
    score: int = column(7)
    score_high: int = column(8)
    coverage: int = column(9)
    floors: tuple[str, ...] = column(10, default=())
    level: RiskLevel = column(11)
    potential_level: RiskLevel = column(12)
    published_level: RiskLevel = column(13)
    reasons: tuple[Mapping[str, Any], ...] = column(14, default=())
    officer_id: str | None = column(15, default=None, references="officer")
    override_level: RiskLevel | None = column(16, default=None)
    override_reason: str = column(17, default="", max_length=500)
    override_until: date | None = column(18, default=None)
    made_at: datetime = column(19)


@entity(14, "collective_contract")
@dataclass(frozen=True, kw_only=True)
class CollectiveContract(Record):
    """A collective contract or wage agreement with its term."""

    enterprise_id: str = column(1, references="enterprise")
    kind: str = column(2, max_length=40)
    title: str = column(3, max_length=120)
    signed_on: date | None = column(4, default=None)
    starts_on: date | None = column(5, default=None)
    ends_on: date | None = column(6, default=None, indexed=True)
    state: str = column(7, default="in_force", max_length=30)
    covered_workers: int | None = column(8, default=None, minimum=0)


@entity(15, "negotiation")
@dataclass(frozen=True, kw_only=True)
class Negotiation(Record):
    """One collective negotiation from the offer to the filed contract."""

    enterprise_id: str = column(1, references="enterprise")
    track: str = column(2, default="general", max_length=20)
    state: str = column(3, default="not_started", max_length=30, indexed=True)
    offered_on: date | None = column(4, default=None)
    reply_due_on: date | None = column(5, default=None)
    replied_on: date | None = column(6, default=None)
    topics: tuple[str, ...] = column(7, default=())
    note: str = column(8, default="", max_length=2000)


@entity(16, "warning_signal")
@dataclass(frozen=True, kw_only=True)
class WarningSignal(Record):
    """A sign of trouble: layoffs, stoppage, collective wage demand, flight and so on."""

    enterprise_id: str = column(1, references="enterprise")
    kind: str = column(2, max_length=40)
    state: str = column(3, default="signal", max_length=30, indexed=True)
    persons: int | None = column(4, default=None, minimum=0)
    source: str = column(5, default="", max_length=40)
    raised_at: datetime = column(6)
    visit_id: str | None = column(7, default=None, references="visit")
    note: str = column(8, default="", max_length=2000)
    facts: Mapping[str, Any] | None = column(9, default=None)


@entity(17, "duplicate_decision")
@dataclass(frozen=True, kw_only=True)
class DuplicateDecision(Record):
    """Two register entries a person judged to be different enterprises, so they are not offered again."""

    first_id: str = column(1, references="enterprise")
    second_id: str = column(2, references="enterprise")
    decided_by: str = column(3, references="officer")
    decided_at: datetime = column(4)
