"""The life of a visit: planned, under way, finished or cancelled."""

from enum import StrEnum


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    CANCELLED = "cancelled"
