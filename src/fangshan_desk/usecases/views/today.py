"""What screens and commands see of the first screen of the day: rows and their reader."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.usecases.views.ledger import LedgerCounts, LedgerRow
from fangshan_desk.usecases.views.letters import LetterCounts, LetterWait


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """A visit of the day, or one that was begun and not finished."""

    id: str
    enterprise_id: str
    enterprise: str
    township: str
    risk_level: str
    state: str
    planned_on: date | None = None
    planned_time: str = ""
    purpose: str = ""
    step: str = ""
    current_item: str = ""
    leader: str = ""
    is_own: bool = False


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A letter somebody has to do something with, the most pressing first among ``waits``."""

    id: str
    kind: LetterKind
    number: str
    enterprise_id: str
    enterprise: str
    waits: tuple[LetterWait, ...]
    since: date


@dataclass(frozen=True, kw_only=True)
class ContractLine:
    """A collective contract that ends within three months."""

    id: str
    enterprise_id: str
    enterprise: str
    title: str
    ends_on: date
    remaining_days: int


@dataclass(frozen=True, kw_only=True)
class ReplyLine:
    """An offer that waits for a written reply: on which of how many days."""

    id: str
    enterprise_id: str
    enterprise: str
    offered_on: date
    due_on: date
    day: int
    days: int


@dataclass(frozen=True, kw_only=True)
class MonthProgress:
    """What was done this month up to today; money in fen.

    ``visits`` counts enterprises; their target is the campaign's for a month, else what is planned.
    """

    visits: int = 0
    visits_target: int = 0
    letters: int = 0
    items_closed: int = 0
    items_in_hand: int = 0
    offers: int = 0
    wages_fen: int = 0


@dataclass(frozen=True, kw_only=True)
class TodayView:
    """Everything on the first screen; lists are cut, their counts are whole."""

    visits: tuple[VisitLine, ...] = ()
    unfinished: tuple[VisitLine, ...] = ()
    missed: tuple[VisitLine, ...] = ()
    items: tuple[LedgerRow, ...] = ()
    item_counts: LedgerCounts = field(default_factory=LedgerCounts)
    letters: tuple[LetterLine, ...] = ()
    letter_counts: LetterCounts = field(default_factory=LetterCounts)
    contracts: tuple[ContractLine, ...] = ()
    contract_count: int = 0
    replies: tuple[ReplyLine, ...] = ()
    month: MonthProgress = field(default_factory=MonthProgress)


@dataclass(frozen=True, kw_only=True)
class TodayQuestion:
    """Whose day it is and the limits that matter."""

    today: date
    offset_minutes: int
    officer_id: str = ""
    reply_days: int = 20
    renewal_months: int = 3
    reminder_days: tuple[int, ...] = (-3, 0, 1)
    top: int = 5


class TodayReader(Protocol):
    """Reads the first screen of the day."""

    def read(self, question: TodayQuestion) -> TodayView:
        """Everything at once, from one consistent view of the file."""
        ...
