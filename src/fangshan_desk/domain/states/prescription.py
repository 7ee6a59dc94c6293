"""The life of a prescription letter (workflows 1.2)."""

from enum import StrEnum


class PrescriptionState(StrEnum):
    """Where a letter stands."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    ISSUED = "issued"
    SERVED = "served"
    IN_RECTIFICATION = "in_rectification"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
