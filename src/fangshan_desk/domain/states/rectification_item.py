"""The life of a rectification item, one thing put right and closed at a time (workflows 1.3)."""

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
