"""Words and facts of a rectification item: states, events, coded reasons and what the rules look at."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ItemState(StrEnum):
    """Where an item stands."""

    OPEN = "open"
    REPORTED = "reported"
    EXTENSION_REQUESTED = "extension_requested"
    OVERDUE = "overdue"
    VERIFIED = "verified"
    RETURNED = "returned"
    ESCALATED = "escalated"
    TRANSFERRED = "transferred"
    CLOSED_BY_ENFORCEMENT = "closed_by_enforcement"
    NOT_REQUIRED = "not_required"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"item-state-{self.value}"


class ItemEvent(StrEnum):
    """What can happen to an item."""

    NAME_OWNER = "name_owner"
    REPORT_DONE = "report_done"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    FALL_OVERDUE = "fall_overdue"
    VERIFY = "verify"
    RETURN = "return"
    REOPEN = "reopen"
    ESCALATE = "escalate"
    TRANSFER = "transfer"
    RECORD_CORRECTED = "record_corrected"
    RECORD_ENFORCEMENT = "record_enforcement"
    DISPROVE = "disprove"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"item-event-{self.value}"


class CloseReason(StrEnum):
    """Coded reasons for closing an item, where no evidence file is kept or the item falls away."""

    ORIGINALS_SEEN = "originals_seen"
    CAUSE_ENDED = "cause_ended"
    ENFORCEMENT_RESULT = "enforcement_result"
    OTHER_AUTHORITY = "other_authority"
    FACT_DISPROVED = "fact_disproved"
    RECORDED_TWICE = "recorded_twice"
    BASIS_NOT_APPLICABLE = "basis_not_applicable"
    ENTERPRISE_GONE = "enterprise_gone"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"close-reason-{self.value}"


class EscalationReason(StrEnum):
    """Why an item is handed to labour inspection."""

    URGENT = "urgent"
    REFUSED = "refused"
    SECOND_FAILURE = "second_failure"
    OVERDUE = "overdue"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"escalation-reason-{self.value}"


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """The item as it stands (first block) and what the step brings with it (second block).

    ``return_count`` counts failed rechecks, the present one included; ``floors`` are those of the risk grade.
    """

    code: str
    today: date
    deadline: date
    original_days: int
    township: str = ""
    extension_count: int = 0
    return_count: int = 0
    has_repayment_plan: bool = False
    reminded_on: date | None = None
    floors: frozenset[str] = frozenset()

    has_evidence: bool = False
    reason: str = ""
    close_reason: CloseReason | None = None
    officers: frozenset[str] = frozenset()
    owner_name: str = ""
    owner_post: str = ""
    owner_phone: str = ""
    tracking_officer_id: str = ""
    requested_on: date | None = None
    plan: str = ""
    new_days: int | None = None
    escalation_reason: EscalationReason | None = None
    escalation_letter: str = ""
    authority: str = ""
