"""The enterprise register: ids in one statement, rows by id, numbers for the chips, one enterprise's page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from fangshan_desk.data.engine import Database
from fangshan_desk.data.enterprise_search import EnterpriseSearch, SearchResult
from fangshan_desk.data.readers.register_conditions import (
    EVERY,
    LEVELS,
    Condition,
    condition_of,
    is_narrowed,
)
from fangshan_desk.data.readers.register_duplicates import duplicate_pairs, likely_duplicates, similar_to
from fangshan_desk.data.readers.register_order import ordered_ids
from fangshan_desk.data.readers.register_page import enterprise_page, timeline_of
from fangshan_desk.data.readers.register_search import found_records
from fangshan_desk.domain.enterprise_names import MatchParty, NameRules
from fangshan_desk.domain.records.declaring import from_storage
from fangshan_desk.domain.records.register import Enterprise, RegisterStatus
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.usecases.views.register import (
    MOST_FOUND,
    DuplicatePair,
    EnterpriseFilter,
    EnterprisePageState,
    EnterpriseRow,
    FoundEnterprises,
    FoundRecord,
    LikelyDuplicate,
    RegisterCounts,
    RegisterSort,
    TimelineRow,
)

FEW_LEFT = MOST_FOUND // 2
_CLOSED = ", ".join(f"'{state.value}'" for state in sorted(CLOSED_STATES))
_ROW = (
    "SELECT e.id, e.name, e.uscc, e.is_uscc_valid, e.township, e.address, e.legal_representative, "  # noqa: S608 - own
    "e.contact_person, e.contact_phone, e.industry, e.categories, e.headcount, e.status, e.is_in_scope, "
    "e.risk_level, (SELECT max(v.started_at) FROM visit v WHERE v.enterprise_id = e.id), "
    "(SELECT count(*) FROM rectification_item i WHERE i.enterprise_id = e.id "
    f"AND i.state NOT IN ({_CLOSED})) FROM enterprise e WHERE e.id IN"
)
_COUNTS = ", ".join(f"count(*) FILTER (WHERE {LEVELS} = '{level.value}')" for level in RiskLevel)


class SQLRegisterReader:
    """Reads the register from the encrypted file; may be used from any lane."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._search = EnterpriseSearch(database)

    def find(
        self, wanted: EnterpriseFilter, *, sort: RegisterSort | None = None, descending: bool = False
    ) -> FoundEnterprises:
        """Ids in order; without an order of its own a text's best finds come first, else names."""
        with self._database.reading() as connection:
            condition = condition_of(wanted)
            if not wanted.text.strip():
                return FoundEnterprises(ordered_ids(connection, condition, sort, descending=descending))
            result = self._find_text(connection, wanted, condition)
            ids = tuple(hit.enterprise_id for hit in result.hits)
            if sort is not None:
                among = condition.narrowed_to(ids)
                ids = ordered_ids(connection, among, sort, descending=descending)
            return FoundEnterprises(ids, result.is_cut, result.waiting)

    def find_ids(
        self, wanted: EnterpriseFilter, *, sort: RegisterSort | None = None, descending: bool = False
    ) -> Sequence[str]:
        """The ids of `find` alone."""
        return self.find(wanted, sort=sort, descending=descending).ids

    def rows(self, ids: Sequence[str]) -> Sequence[EnterpriseRow | None]:
        """One row per id, None where it is gone meanwhile."""
        marks = ", ".join("?" * len(ids))
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(f"{_ROW} ({marks})", tuple(ids)).fetchall() if ids else []
        known = {row[0]: _row_of(row) for row in found}
        return [known.get(enterprise_id) for enterprise_id in ids]

    def counts(self, wanted: EnterpriseFilter) -> RegisterCounts:
        """Numbers for the chips; the filter's own risk level is left out of account."""
        with self._database.reading() as connection:
            condition = condition_of(wanted, with_level=False)
            if wanted.text.strip():
                result = self._find_text(connection, wanted, condition, with_level=False)
                condition = condition.narrowed_to([hit.enterprise_id for hit in result.hits])
            statement = f"SELECT {_COUNTS} FROM {condition.table} WHERE {condition.sql}"  # noqa: S608 - own
            row = connection.exec_driver_sql(statement, condition.values).fetchone()
        numbers = zip(RiskLevel, row or (), strict=False)
        return RegisterCounts(**{level.value: int(number) for level, number in numbers})

    def enterprise(self, enterprise_id: str, *, today: date) -> EnterprisePageState | None:
        """Everything about one enterprise."""
        with self._database.reading() as connection:
            return enterprise_page(connection, enterprise_id, today=today)

    def timeline(self, enterprise_id: str, *, limit: int = 200) -> Sequence[TimelineRow]:
        """What happened with it, newest first."""
        with self._database.reading() as connection:
            return timeline_of(connection, enterprise_id, limit=limit)

    def similar_to(
        self, party: MatchParty, *, rules: NameRules, ignoring: str = ""
    ) -> Sequence[LikelyDuplicate]:
        """Entries that may be this enterprise, best first; for a name that is only being typed."""
        with self._database.reading() as connection:
            return similar_to(connection, self._search, party, rules=rules, ignoring=ignoring)

    def likely_duplicates(self, enterprise_id: str, *, rules: NameRules) -> Sequence[LikelyDuplicate]:
        """Entries that may be the same, without those a person called different."""
        with self._database.reading() as connection:
            return likely_duplicates(connection, self._search, enterprise_id, rules=rules)

    def duplicate_pairs(self, *, rules: NameRules, limit: int = 50) -> Sequence[DuplicatePair]:
        """Pairs of the whole register that share a code or a name."""
        with self._database.reading() as connection:
            return duplicate_pairs(connection, rules=rules, limit=limit)

    def search(self, text: str, *, limit: int = 10) -> Sequence[FoundRecord]:
        """Enterprises, letters by number and items by title, while one types."""
        with self._database.reading() as connection:
            return found_records(connection, self._search, text, limit=limit)

    def _find_text(
        self,
        connection: Connection,
        wanted: EnterpriseFilter,
        condition: Condition,
        *,
        with_level: bool = True,
    ) -> SearchResult:
        found = self._search.find(connection, wanted.text, limit=MOST_FOUND)
        if not is_narrowed(wanted, with_level=with_level):
            return found
        among = condition.narrowed_to(hit.enterprise_id for hit in found.hits)
        kept = frozenset(ordered_ids(connection, among, EVERY, descending=False))
        if found.is_cut and len(kept) < FEW_LEFT:
            # The best finds stand mostly elsewhere: look only among those that are wanted.
            kept = frozenset(ordered_ids(connection, condition, EVERY, descending=False))
            return self._search.find(connection, wanted.text, limit=MOST_FOUND, among=kept)
        return replace(found, hits=tuple(hit for hit in found.hits if hit.enterprise_id in kept))


def _row_of(row: Any) -> EnterpriseRow:
    return EnterpriseRow(
        id=row[0],
        name=row[1] or "",
        uscc=row[2] or "",
        is_uscc_valid=bool(row[3]),
        township=row[4] or "",
        address=row[5] or "",
        legal_representative=row[6] or "",
        contact_person=row[7] or "",
        contact_phone=row[8] or "",
        industry=row[9] or "",
        categories=from_storage(Enterprise.entity.column("categories"), row[10]) or (),
        headcount=row[11],
        status=RegisterStatus(row[12] or RegisterStatus.ACTIVE),
        is_in_scope=row[13] != 0,
        risk_level=RiskLevel(row[14] or RiskLevel.UNRATED),
        last_visit_at=datetime.fromisoformat(row[15]) if row[15] else None,
        open_items=int(row[16]),
    )
