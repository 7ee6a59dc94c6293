"""What screens and commands see of the enterprise register: frozen rows and the reader that fetches them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from fangshan_desk.domain.enterprise_names import MatchParty, NameRules
from fangshan_desk.domain.records.register import (
    CollectiveContract,
    Enterprise,
    EnterpriseAlias,
    RegisterStatus,
    RiskAssessmentRecord,
)
from fangshan_desk.domain.risk.levels import RiskLevel

# So many finds of a text are listed; whoever wants others types one more character.
MOST_FOUND = 500


class RegisterSort(StrEnum):
    """What the register may be sorted by."""

    NAME = "name"
    TOWNSHIP = "township"
    RISK = "risk"
    HEADCOUNT = "headcount"
    LAST_VISIT = "last_visit"
    OPEN_ITEMS = "open_items"


@dataclass(frozen=True, kw_only=True)
class EnterpriseFilter:
    """Which enterprises; an empty field narrows nothing, merged ones never appear.

    ``body`` narrows to whom a party cares for: ``ftu`` enterprises with a union, ``fic`` its members.
    """

    text: str = ""
    township: str = ""
    category: str = ""
    risk_level: str = ""
    body: str = ""
    status: str = ""
    in_scope: bool | None = None


@dataclass(frozen=True)
class FoundEnterprises:
    """Ids in order; ``is_cut`` when a text finds more, ``waiting`` when some are not in the index yet."""

    ids: tuple[str, ...] = ()
    is_cut: bool = False
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class EnterpriseRow:
    """One enterprise as the list shows it."""

    id: str
    name: str
    uscc: str
    is_uscc_valid: bool
    township: str
    address: str
    legal_representative: str
    contact_person: str
    contact_phone: str
    industry: str
    categories: tuple[str, ...]
    headcount: int | None
    status: RegisterStatus
    is_in_scope: bool
    risk_level: RiskLevel
    last_visit_at: datetime | None
    open_items: int


@dataclass(frozen=True, kw_only=True)
class RegisterCounts:
    """How many enterprises stand at each risk level, the other filters applied."""

    red: int = 0
    orange: int = 0
    yellow: int = 0
    blue: int = 0
    unrated: int = 0

    @property
    def all(self) -> int:
        """Every level together."""
        return self.red + self.orange + self.yellow + self.blue + self.unrated

    def of(self, level: str) -> int:
        """The number on a chip; an empty level means all."""
        return int(getattr(self, level)) if level else self.all


class TimelineKind(StrEnum):
    """What happened with an enterprise."""

    VISIT = "visit"
    LETTER = "letter"
    ITEM = "item"
    CONTRACT = "contract"
    NEGOTIATION = "negotiation"
    SIGNAL = "signal"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    """One event; ``state`` and ``detail`` are words of the record, to be named by the screen."""

    kind: TimelineKind
    id: str
    on: date | None
    state: str = ""
    title: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class LikelyDuplicate:
    """Another entry that may be the same enterprise; ``key`` names the sentence that says why."""

    enterprise_id: str
    name: str
    uscc: str
    township: str
    score: int
    key: str


@dataclass(frozen=True)
class DuplicatePair:
    """Two entries that may be one enterprise."""

    first: LikelyDuplicate
    second: LikelyDuplicate


@dataclass(frozen=True, kw_only=True)
class EnterprisePageState:
    """Everything the page of one enterprise shows, from one consistent view of the file."""

    enterprise: Enterprise
    aliases: tuple[EnterpriseAlias, ...] = ()
    contracts: tuple[CollectiveContract, ...] = ()
    assessment: RiskAssessmentRecord | None = None
    open_items: int = 0
    overdue_items: int = 0
    visit_count: int = 0
    last_visit_at: datetime | None = None
    planned_visit_id: str = ""
    planned_on: date | None = None
    open_visit_id: str = ""
    merged_into: Enterprise | None = None


class FoundKind(StrEnum):
    """What a search of everything found."""

    ENTERPRISE = "enterprise"
    LETTER = "letter"
    ITEM = "item"


@dataclass(frozen=True, kw_only=True)
class FoundRecord:
    """One find; ``matched`` says which field fits when it is not the name."""

    kind: FoundKind
    id: str
    title: str
    enterprise: str = ""
    township: str = ""
    state: str = ""
    matched: str = ""


class RegisterReader(Protocol):
    """Reads the enterprise register."""

    def find(
        self, wanted: EnterpriseFilter, *, sort: RegisterSort | None = None, descending: bool = False
    ) -> FoundEnterprises:
        """Ids in order; without an order of its own a text's best finds come first, else names."""
        ...

    def find_ids(
        self, wanted: EnterpriseFilter, *, sort: RegisterSort | None = None, descending: bool = False
    ) -> Sequence[str]:
        """The ids of `find` alone."""
        ...

    def rows(self, ids: Sequence[str]) -> Sequence[EnterpriseRow | None]:
        """One row per id, None where it is gone meanwhile."""
        ...

    def counts(self, wanted: EnterpriseFilter) -> RegisterCounts:
        """Numbers for the chips; the filter's own risk level is left out of account."""
        ...

    def enterprise(self, enterprise_id: str, *, today: date) -> EnterprisePageState | None:
        """Everything about one enterprise."""
        ...

    def timeline(self, enterprise_id: str, *, limit: int = 200) -> Sequence[TimelineRow]:
        """What happened with it, newest first."""
        ...

    def similar_to(
        self, party: MatchParty, *, rules: NameRules, ignoring: str = ""
    ) -> Sequence[LikelyDuplicate]:
        """Entries that may be this enterprise, best first; for a name that is only being typed."""
        ...

    def likely_duplicates(self, enterprise_id: str, *, rules: NameRules) -> Sequence[LikelyDuplicate]:
        """Entries that may be the same, without those a person called different."""
        ...

    def duplicate_pairs(self, *, rules: NameRules, limit: int = 50) -> Sequence[DuplicatePair]:
        """Pairs of the whole register that share a code or a name."""
        ...

    def search(self, text: str, *, limit: int = 10) -> Sequence[FoundRecord]:
        """Enterprises, letters by number and items by title, while one types."""
        ...
