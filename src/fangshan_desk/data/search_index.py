"""Search as you type in the enterprise register: a local index of short fragments, kept up from a queue.

Triggers put every enterprise whose names, code, phone or person changed into `search_stale`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from fangshan_desk.data.engine import Database
from fangshan_desk.data.pinyin_readings import all_readings
from fangshan_desk.data.search_matching import Entry, Fit, Matcher
from fangshan_desk.data.search_terms import Fragments, Term, every, terms_of
from fangshan_desk.data.search_tokens import (
    SEPARATOR,
    Readings,
    Searched,
    core_start,
    fragments_of,
    searched_name,
)

# Raised when the fragments change: every enterprise is then taken up again.
INDEX_VERSION = 1
# So few are taken up within the person's own save; more wait for the background.
SMALL_QUEUE = 50
_ROWS_PER_STEP = 1000
_STALE_LOOKED_AT = 1000
_STEP = 64
_BASIS = "search_basis"
Progress = Callable[[int, int], None]
_QUEUED = (
    "SELECT s.enterprise_id, e.name, e.legal_representative, e.uscc, e.contact_phone, e.merged_into_id "
    "FROM search_stale s LEFT JOIN enterprise e ON e.id = s.enterprise_id LIMIT ?"
)
_WAITING_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_stale LIMIT ?)"
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


def prepare_search(database: Database, prefixes: Iterable[str]) -> None:
    """Tell the index which names of county and towns precede an enterprise's own name.

    For the data lane at every start; when the program or the names changed, everything is queued anew.
    """
    names = sorted({searched_name(prefix) for prefix in prefixes} - {""})
    basis = json.dumps({"version": INDEX_VERSION, "prefixes": names})
    connection = database.raw_writer
    if _basis(connection) == basis:
        return
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR IGNORE INTO search_stale(enterprise_id) SELECT id FROM enterprise")
    connection.execute("INSERT OR REPLACE INTO desk_state(name, value) VALUES (?, ?)", (_BASIS, basis))
    connection.execute("COMMIT")


def refresh_search_index(connection: Any, limit: int) -> int:
    """Take up to ``limit`` changed enterprises into the index; returns how many were taken.

    Runs inside the caller's transaction.
    """
    rows = connection.execute(_QUEUED, (limit,)).fetchall()
    if not rows:
        return 0
    ids = [row[0] for row in rows]
    aliases = _aliases(connection, ids)
    prefixes = _prefixes(connection)
    kept = [
        (row[0], _searched(row, aliases.get(row[0], []), prefixes))
        for row in rows
        if row[1] is not None and row[5] is None
    ]
    readings = _readings_for(connection, kept)
    _drop(connection, ids)
    _take_up(connection, kept, readings)
    connection.executemany("DELETE FROM search_stale WHERE enterprise_id = ?", [(item,) for item in ids])
    return len(ids)


def refresh_after_save(connection: Any) -> None:
    """Bring the index up to date when only a few enterprises changed."""
    if 0 < waiting_count(connection, SMALL_QUEUE + 1) <= SMALL_QUEUE:
        refresh_search_index(connection, SMALL_QUEUE)


def waiting_count(connection: Any, at_most: int) -> int:
    """How many enterprises wait for the index, counted no further than ``at_most``."""
    return int(connection.execute(_WAITING_COUNT, (at_most,)).fetchone()[0])


def refresh_all(database: Database, progress: Progress, cancelled: Callable[[], bool]) -> int:
    """Work the whole queue off in short transactions; returns how many were taken.

    For the data lane. Cancelling keeps what was done; the rest stays in the queue.
    """
    connection = database.raw_writer
    total = int(connection.execute("SELECT count(*) FROM search_stale").fetchone()[0])
    done = 0
    while not cancelled():
        taken = _one_step(connection)
        if not taken:
            break
        done += taken
        progress(done, max(total, done))
    return done


def _one_step(connection: Any) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        taken = refresh_search_index(connection, _ROWS_PER_STEP)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return taken


def _basis(connection: Any) -> str:
    row = connection.execute("SELECT value FROM desk_state WHERE name = ?", (_BASIS,)).fetchone()
    return str(row[0]) if row else ""


def _prefixes(connection: Any) -> list[str]:
    basis = _basis(connection)
    return list(json.loads(basis)["prefixes"]) if basis else []


def _searched(row: Any, aliases: list[tuple[str, str]], prefixes: Sequence[str]) -> Searched:
    name = searched_name(row[1])
    others = {searched_name(alias) for alias, _ in aliases} - {"", name}
    codes = {searched_name(code) for _, code in aliases} - {""}
    return Searched(
        name=name,
        core=core_start(name, prefixes),
        representative=searched_name(row[2] or ""),
        uscc=searched_name(row[3] or ""),
        phone=searched_name(row[4] or ""),
        aliases=tuple(sorted(others)),
        codes=tuple(sorted(codes)),
    )


def _aliases(connection: Any, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    statement = "SELECT enterprise_id, name, code FROM enterprise_alias WHERE enterprise_id IN"
    for enterprise_id, name, code in _in_parts(connection, statement, ids):
        found.setdefault(enterprise_id, []).append((name or "", code or ""))
    return found


def _in_parts(connection: Any, statement: str, values: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(values), _ROWS_PER_STEP):
        part = tuple(values[start : start + _ROWS_PER_STEP])
        marks = ", ".join("?" * len(part))
        yield from connection.execute(f"{statement} ({marks})", part)


def _readings_for(connection: Any, kept: list[tuple[str, Searched]]) -> Readings:
    needed = sorted(
        {character for _, item in kept for character in item.characters if not character.isascii()}
    )
    statement = "SELECT character, readings FROM search_reading WHERE character IN"
    known = {character: tuple(text.split()) for character, text in _in_parts(connection, statement, needed)}
    fresh = all_readings(character for character in needed if character not in known)
    if fresh:
        connection.executemany(
            "INSERT INTO search_reading(character, readings) VALUES (?, ?)",
            [(character, " ".join(readings)) for character, readings in sorted(fresh.items())],
        )
    return {**known, **fresh}


def _drop(connection: Any, ids: Sequence[str]) -> None:
    statement = "SELECT number FROM search_entry WHERE enterprise_id IN"
    numbers = [(row[0],) for row in _in_parts(connection, statement, ids)]
    if numbers:
        connection.executemany("DELETE FROM search_fragment WHERE rowid = ?", numbers)
        connection.executemany("DELETE FROM search_entry WHERE number = ?", numbers)


def _take_up(connection: Any, kept: list[tuple[str, Searched]], readings: Readings) -> None:
    if not kept:
        return
    last = connection.execute("SELECT coalesce(max(number), 0) FROM search_entry").fetchone()[0]
    numbered = [(last + place, *pair) for place, pair in enumerate(kept, start=1)]
    connection.executemany(
        "INSERT INTO search_entry(number, enterprise_id, core, content) VALUES (?, ?, ?, ?)",
        [(number, enterprise_id, item.core, item.content()) for number, enterprise_id, item in numbered],
    )
    connection.executemany(
        "INSERT INTO search_fragment(rowid, fragments) VALUES (?, ?)",
        [(number, fragments_of(item, readings)) for number, _, item in numbered],
    )


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

    def find(self, connection: Connection, query: str, *, limit: int = 50) -> SearchResult:
        """The same on a connection the caller has open."""
        waiting = _waiting(connection)
        terms = terms_of(query)
        if not terms:
            return SearchResult(waiting=waiting)
        self._known = _learnt(connection, self._known)
        looking = _Looking(connection, self._known, terms, limit)
        looking.look()
        if waiting:
            looking.look_at_waiting()
        return looking.result(waiting)


def _waiting(connection: Connection) -> int:
    found = connection.exec_driver_sql(_WAITING_COUNT, (_STALE_LOOKED_AT,)).fetchone()
    return int(found[0]) if found else 0


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

    def __init__(self, connection: Connection, known: _Known, terms: Sequence[Term], limit: int) -> None:
        self._connection = connection
        # Past SQLAlchemy: at every keystroke its share would be larger than the query's.
        self._driver: Any = connection.connection.driver_connection
        self._matcher, self._fragments = known.matcher, known.fragments
        self._terms = terms
        self._limit = limit
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

    def look_at_waiting(self) -> None:
        """Enterprises the index does not hold yet, by what stands in their fields."""
        # Without pinyin: the readings of a new name are known only once it is in the index.
        condition = " AND ".join([_WAITING_TERM] * len(self._terms))
        values = [term.text for term in self._terms for _ in range(_WAITING_TERM.count("?"))]
        rows = self._driver.execute(_WAITING + condition, values).fetchall()
        for enterprise_id, name in rows:
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
                if enterprise_id in self._found:
                    continue
                fits = self._matcher.fit_of(Entry(enterprise_id, core, content), self._terms)
                if fits is not None:
                    self._found[enterprise_id] = (fits, content.partition(SEPARATOR)[0])
        return False
