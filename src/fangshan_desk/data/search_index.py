"""The index of fragments that enterprises are found by, kept up from a queue (see decision 0003).

Triggers put every enterprise whose names, code, phone or person changed into `search_stale`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from fangshan_desk.data.engine import Database
from fangshan_desk.data.enterprise_search import waiting_count
from fangshan_desk.data.pinyin_readings import all_readings
from fangshan_desk.data.search_tokens import (
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
# Less than a tenth of a second: a person's save may have to wait for the step under way.
_ROWS_PER_STEP = 400
_BASIS = "search_basis"
Progress = Callable[[int, int], None]
_QUEUED = (
    "SELECT s.enterprise_id, e.name, e.legal_representative, e.uscc, e.contact_phone, e.merged_into_id "
    "FROM search_stale s LEFT JOIN enterprise e ON e.id = s.enterprise_id LIMIT ?"
)


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
