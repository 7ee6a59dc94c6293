"""The check a person can ask for: pages, structure, triggers, chain and attached files of one workspace."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from fangshan_desk.data.capture import triggers_are_whole
from fangshan_desk.data.engine import Database, DatabaseError

Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class CheckFinding:
    """Outcome of one test; ``name`` is the last part of a text key, ``detail`` names what was found."""

    name: str
    is_sound: bool
    detail: str = ""


def check_file(database: Database) -> Iterator[CheckFinding]:
    """Every test of the file itself, in order; a later test runs even when an earlier one fails."""
    # Before a checkpoint the page check gives false alarms: it reads the file, not the log.
    database.checkpoint()
    connection = database.raw_writer
    yield _finding("structure", lambda: _rows(connection, "PRAGMA integrity_check", good=("ok",)))
    yield _finding("pages", lambda: _rows(connection, "PRAGMA cipher_integrity_check"))
    yield _finding("triggers", lambda: "" if triggers_are_whole(connection) else "triggers")
    yield _finding("search", lambda: _search(connection))


def _finding(name: str, test: Callable[[], str]) -> CheckFinding:
    try:
        detail = test()
    except DatabaseError as error:
        detail = type(error).__name__
    return CheckFinding(name, not detail, detail)


def _rows(connection: Any, statement: str, *, good: Collection[str] = ()) -> str:
    found = [str(row[0]) for row in connection.execute(statement).fetchall()]
    return "; ".join(item for item in found[:3] if item not in good)


def _search(connection: Any) -> str:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
    ).fetchall()
    for (name,) in tables:
        # The command is the table's own integrity test; it writes nothing.
        connection.execute(f'INSERT INTO "{name}"("{name}") VALUES (\'integrity-check\')')  # noqa: S608
    return ""
