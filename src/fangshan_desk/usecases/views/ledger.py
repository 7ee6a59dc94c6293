"""What screens and commands see of the rectification ledger: frozen rows and the reader that fetches them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from fangshan_desk.domain.records.letters import RectificationItem, ServiceWay
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES

_S = ItemState
# Waiting for the enterprise: its deadline still counts. Reported and escalated items wait for an office.
AWAITING_ENTERPRISE = frozenset({_S.OPEN, _S.OVERDUE, _S.EXTENSION_REQUESTED, _S.RETURNED})
# Reminding helps where the enterprise has to act; a request or a second failure waits for the office.
REMINDABLE = frozenset({_S.OPEN, _S.OVERDUE})
WEEK_DAYS = 7


class StateGroup(StrEnum):
    """A chip above the ledger: items that stand alike."""

    OPEN = "group_open"
    OVERDUE = "group_overdue"
    DUE_IN_WEEK = "group_due_in_week"
    RECHECK = "group_recheck"
    REMIND = "group_remind"
    CLOSED = "group_closed"
    ALL = "group_all"


class LedgerSort(StrEnum):
    """What the ledger may be sorted by."""

    DEADLINE = "deadline"
    TITLE = "title"
    ENTERPRISE = "enterprise"
    OWNER = "owner"
    STATE = "state"
    TOWNSHIP = "township"
    CLOSED_ON = "closed_on"


@dataclass(frozen=True, kw_only=True)
class LedgerFilter:
    """Which items; an empty field narrows nothing."""

    group: StateGroup | ItemState = StateGroup.OPEN
    township: str = ""
    lead_body: str = ""
    risk_level: str = ""
    tracker_id: str = ""
    enterprise_id: str = ""
    letter_id: str = ""
    text: str = ""
    # Days from the deadline on which the enterprise is reminded (workflows 1.3).
    reminder_days: tuple[int, ...] = (-3, 0, 1)


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One item as the ledger shows it."""

    id: str
    code: str
    title: str
    state: ItemState
    enterprise_id: str
    enterprise: str
    township: str
    risk_level: str
    owner_name: str
    owner_phone: str
    deadline: date
    remaining_days: int | None
    is_deadline_flagged: bool
    is_urgent: bool
    lead_body: str
    tracker: str
    letter_number: str
    reported_on: date | None
    closed_on: date | None
    reminded_on: date | None
    unpaid_fen: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether the enterprise is late with it."""
        return self.remaining_days is not None and self.remaining_days < 0


@dataclass(frozen=True, kw_only=True)
class LedgerCounts:
    """How many items stand in each group, the other filters applied."""

    open: int = 0
    overdue: int = 0
    due_in_week: int = 0
    recheck: int = 0
    remind: int = 0
    closed: int = 0
    all: int = 0

    def of(self, group: StateGroup) -> int:
        """The number on a chip."""
        return int(getattr(self, group.value.removeprefix("group_")))


@dataclass(frozen=True, kw_only=True)
class ItemStep:
    """One step of an item's history; ``rechecked_by`` are the names of who did a recheck."""

    id: str
    event: str
    from_state: str
    to_state: str
    happened_on: date
    recorded_at: datetime
    officer: str = ""
    rechecked_by: tuple[str, ...] = ()
    device_number: int | None = None
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class LetterBrief:
    """The letter an item comes from."""

    id: str
    title: str
    number: str
    served_on: date | None = None
    service_way: ServiceWay | None = None


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """Everything one item's page shows, newest step first; ``floors`` are those of the newest risk grade."""

    item: RectificationItem
    enterprise: Enterprise
    letter: LetterBrief
    tracker: str
    steps: tuple[ItemStep, ...]
    attachments: tuple[Attachment, ...]
    floors: frozenset[str] = frozenset()

    @property
    def has_new_evidence(self) -> bool:
        """Whether something was attached since the last failed recheck: what failed then proves nothing."""
        failed = [step.recorded_at for step in self.steps if step.event == "return"]
        return any(not failed or photo.added_at > max(failed) for photo in self.attachments)


class LedgerReader(Protocol):
    """Reads the rectification ledger; days are counted from the ``today`` given."""

    def find_ids(
        self,
        wanted: LedgerFilter,
        *,
        today: date,
        sort: LedgerSort = LedgerSort.DEADLINE,
        descending: bool = False,
    ) -> Sequence[str]:
        """All ids in order."""
        ...

    def rows(self, ids: Sequence[str], *, today: date) -> Sequence[LedgerRow | None]:
        """One row per id, None where it is gone meanwhile."""
        ...

    def counts(self, wanted: LedgerFilter, *, today: date) -> LedgerCounts:
        """Numbers for the chips; the filter's own group is left out of account."""
        ...

    def item(self, item_id: str) -> ItemPage | None:
        """Everything about one item."""
        ...

    def officers(self) -> Sequence[Officer]:
        """Everybody who can take part in a recheck or follow an item, own body first."""
        ...

    def past_deadline(self, *, today: date) -> Sequence[str]:
        """Ids of open items whose deadline has passed and who are not marked overdue yet."""
        ...


def is_final(state: ItemState) -> bool:
    """Whether the ledger counts the item as closed."""
    return state in CLOSED_STATES
