"""Finds enterprises by whatever an officer types, best fits first, from the index of fragments."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from fangshan_desk.data.engine import Database
from fangshan_desk.data.search_matching import Entry, Fit, Matcher
from fangshan_desk.data.search_terms import Fragments, Term, every, terms_of
from fangshan_desk.data.search_tokens import SEPARATOR

_STALE_LOOKED_AT = 1000
_STEP = 64
# So few are compared one by one: quicker than going through all that the index proposes.
FEW = 3000
_GIVEN = (
    "SELECT e.enterprise_id, e.core, e.content FROM json_each(?) given "
    "CROSS JOIN search_entry e ON e.enterprise_id = given.value"
)
_CANDIDATES = (
    "SELECT e.enterprise_id, e.core, e.content FROM search_fragment "
    "JOIN search_entry e ON e.number = search_fragment.rowid WHERE search_fragment MATCH ?"
)
_WAITING = (
    f"SELECT e.id, e.name FROM (SELECT enterprise_id FROM search_stale LIMIT {_STALE_LOOKED_AT}) s "  # noqa: S608 - constant
    "JOIN enterprise e ON e.id = s.enterprise_id WHERE e.merged_into_id IS NULL AND "
)
_WAITING_TERM = (
    "(instr(lower(e.name), ?) OR instr(lower(e.uscc), ?) OR instr(e.contact_phone, ?) "
    "OR instr(e.legal_representative, ?))"
)


@dataclass(frozen=True)
class SearchHit:
    """One enterprise found and how."""

    enterprise_id: str
    fit: Fit


@dataclass(frozen=True)
class SearchResult:
    """Best hits first; ``is_cut`` when there are more, ``waiting`` enterprises are not in the index yet."""

    hits: tuple[SearchHit, ...] = ()
    is_cut: bool = False
    waiting: int = 0


def waiting_count(connection: Any, at_most: int) -> int:
    """How many enterprises wait for the index, counted no further than ``at_most``."""
    statement = "SELECT count(*) FROM (SELECT 1 FROM search_stale LIMIT ?)"
    return int(connection.execute(statement, (at_most,)).fetchone()[0])


@dataclass(frozen=True)
class _Known:
    """What the index was made with up to its reading number ``newest``."""

    newest: int
    matcher: Matcher
    fragments: Fragments


class EnterpriseSearch:
    """Finds enterprises by whatever an officer types; may be used from any lane."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = _Known(0, Matcher({}), Fragments(()))

    def __call__(self, query: str, *, limit: int = 50) -> SearchResult:
        """Hits for the query; any text is harmless, an empty one finds nothing."""
        with self._database.reading() as connection:
            return self.find(connection, query, limit=limit)

    def find(
        self, connection: Connection, query: str, *, limit: int = 50, among: Collection[str] | None = None
    ) -> SearchResult:
        """The same on a connection the caller has open; ``among`` narrows to a set of ids."""
        waiting = waiting_count(connection.connection.driver_connection, _STALE_LOOKED_AT)
        terms = terms_of(query)
        if not terms:
            return SearchResult(waiting=waiting)
        self._known = _learnt(connection, self._known)
        looking = _Looking(connection, self._known, terms, limit=limit, among=among)
        looking.look_among() if among is not None and len(among) <= FEW else looking.look()
        if waiting:
            looking.look_at_waiting()
        return looking.result(waiting)


def _learnt(connection: Connection, known: _Known) -> _Known:
    """Take up the readings of characters that came since the last search."""
    newest = connection.exec_driver_sql("SELECT max(number) FROM search_reading").scalar() or 0
    if newest == known.newest:
        return known
    rows = connection.exec_driver_sql("SELECT character, readings FROM search_reading")
    readings = {character: tuple(text.split()) for character, text in rows}
    fragments = Fragments({item for found in readings.values() for item in found})
    return _Known(newest, Matcher(readings), fragments)


class _Looking:
    """One search under way: what it found so far."""

    def __init__(
        self,
        connection: Connection,
        known: _Known,
        terms: Sequence[Term],
        *,
        limit: int,
        among: Collection[str] | None,
    ) -> None:
        self._connection = connection
        # Past SQLAlchemy: at every keystroke its share would be larger than the query's.
        self._driver: Any = connection.connection.driver_connection
        self._matcher, self._fragments = known.matcher, known.fragments
        self._terms = terms
        self._limit = limit
        self._among = among
        self._found: dict[str, tuple[tuple[Fit, ...], str]] = {}
        self._is_cut = False

    def look(self) -> None:
        """Collect the best hits, and whether there are more."""
        first, rest = self._terms[0], [self._fragments.anywhere(term) for term in self._terms[1:]]
        everywhere = every([self._fragments.anywhere(first), *rest])
        best = [every([self._fragments.at_start(first), *rest])]
        if first.has_digit:
            best.insert(0, every([self._fragments.at_code_end(first), *rest]))
        # What fits thousands is looked for at the beginnings first, what fits few at once everywhere.
        if first.is_short and any(self._collect(item, self._limit) for item in best):
            self._is_cut = True
            return
        self._is_cut = self._collect(everywhere, self._limit)
        if self._is_cut and not first.is_short:
            for expression in best:
                self._collect(expression, len(self._found) + self._limit)

    def look_among(self) -> None:
        """Compare the entries wanted with the query, without asking the index."""
        listed = json.dumps(sorted(self._among or ()))
        for enterprise_id, core, content in self._driver.execute(_GIVEN, (listed,)):
            fits = self._matcher.fit_of(Entry(enterprise_id, core, content), self._terms)
            if fits is not None:
                self._found[enterprise_id] = (fits, content.partition(SEPARATOR)[0])

    def look_at_waiting(self) -> None:
        """Enterprises the index does not hold yet, by what stands in their fields."""
        # Without pinyin: the readings of a new name are known only once it is in the index.
        condition = " AND ".join([_WAITING_TERM] * len(self._terms))
        values = [term.text for term in self._terms for _ in range(_WAITING_TERM.count("?"))]
        rows = self._driver.execute(_WAITING + condition, values).fetchall()
        for enterprise_id, name in rows:
            if not self._is_left_out(enterprise_id):
                self._found.setdefault(enterprise_id, ((Fit.NAME,) * len(self._terms), name))

    def result(self, waiting: int) -> SearchResult:
        """The hits, best first: by fit, then short names before long ones."""
        ranked = sorted(self._found.items(), key=lambda pair: (sum(pair[1][0]), len(pair[1][1]), pair[1][1]))
        hits = tuple(SearchHit(item, min(fits)) for item, (fits, _) in ranked[: self._limit])
        return SearchResult(hits, self._is_cut or len(ranked) > self._limit, waiting)

    def _collect(self, expression: str, limit: int) -> bool:
        """Add what fits until there are ``limit``; True when it stopped before the end."""
        cursor = self._driver.execute(_CANDIDATES, (expression,))
        while rows := cursor.fetchmany(_STEP):
            for enterprise_id, core, content in rows:
                if len(self._found) >= limit:
                    cursor.close()
                    return True
                if enterprise_id in self._found or self._is_left_out(enterprise_id):
                    continue
                fits = self._matcher.fit_of(Entry(enterprise_id, core, content), self._terms)
                if fits is not None:
                    self._found[enterprise_id] = (fits, content.partition(SEPARATOR)[0])
        return False

    def _is_left_out(self, enterprise_id: str) -> bool:
        return self._among is not None and enterprise_id not in self._among
