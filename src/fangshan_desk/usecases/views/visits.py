"""What screens and commands see of visits and their answers: frozen rows and the reader that fetches them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.people import Officer, Parameter
from fangshan_desk.domain.records.register import Enterprise, RiskAssessmentRecord
from fangshan_desk.domain.records.visits import Attachment, CheckAnswer, Visit, Visitor
from fangshan_desk.domain.states.visit import VisitState


class VisitGroup(StrEnum):
    """A chip above the list of visits."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    ALL = "all"


class VisitSort(StrEnum):
    """What the list may be sorted by."""

    WHEN = "when"
    ENTERPRISE = "enterprise"
    TOWNSHIP = "township"
    STATE = "state"


@dataclass(frozen=True, kw_only=True)
class VisitFilter:
    """Which visits; an empty field narrows nothing."""

    group: VisitGroup = VisitGroup.ALL
    township: str = ""
    officer_id: str = ""
    enterprise_id: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """One visit as the list shows it."""

    id: str
    enterprise_id: str
    enterprise: str
    township: str
    risk_level: str
    state: VisitState
    is_planned: bool
    planned_on: date | None
    planned_time: str
    started_at: datetime | None
    finished_at: datetime | None
    purpose: str
    visitors: tuple[str, ...]
    answered: int
    violated: int
    letter_number: str
    letter_state: str


@dataclass(frozen=True, kw_only=True)
class VisitCounts:
    """How many visits stand in each group, the other filters applied."""

    planned: int = 0
    under_way: int = 0
    finished: int = 0
    cancelled: int = 0
    all: int = 0

    def of(self, group: VisitGroup) -> int:
        """The number on a chip."""
        return int(getattr(self, group.value))


@dataclass(frozen=True, kw_only=True)
class VisitPageState:
    """Everything the page of one visit shows, from one consistent view of the file.

    ``answers`` are the newest by item code, ``letter`` is the prescription that was not withdrawn,
    ``parameters`` are the office's own values, ``looked_at`` is the item this laptop was at last.
    """

    visit: Visit
    enterprise: Enterprise
    visitors: tuple[Visitor, ...] = ()
    answers: Mapping[str, CheckAnswer] = field(default_factory=lambda: MappingProxyType({}))
    attachments: tuple[Attachment, ...] = ()
    letter: Letter | None = None
    assessment: RiskAssessmentRecord | None = None
    parameters: tuple[Parameter, ...] = ()
    campaign: str = ""
    looked_at: str = ""

    def attachments_of(self, code: str) -> tuple[Attachment, ...]:
        """The evidence of one item, oldest first."""
        return tuple(each for each in self.attachments if each.topic == code)


class VisitReader(Protocol):
    """Reads visits and their answers."""

    def find_ids(
        self, wanted: VisitFilter, *, sort: VisitSort | None = None, descending: bool = False
    ) -> Sequence[str]:
        """All ids in order; by itself what is under way, then the plan, then the newest made."""
        ...

    def rows(self, ids: Sequence[str]) -> Sequence[VisitRow | None]:
        """One row per id, None where it is gone meanwhile."""
        ...

    def counts(self, wanted: VisitFilter) -> VisitCounts:
        """Numbers for the chips; the filter's own group is left out of account."""
        ...

    def page(self, visit_id: str) -> VisitPageState | None:
        """Everything about one visit."""
        ...

    def blank_page(self, enterprise_id: str, day: date) -> VisitPageState | None:
        """What the page of a visit shows that is not in the file yet; its visit has no id."""
        ...

    def officers(self) -> Sequence[Officer]:
        """Everybody who can take part in a visit, the bureau first."""
        ...

    def planned_on(self, day: date) -> Sequence[VisitRow]:
        """What the calendar holds for a day, in the order of the hours."""
        ...
