"""Steps from one file version to the next; a released step is never edited."""

from typing import TYPE_CHECKING, Any

from fangshan_desk.data.migrations import (
    m0001_first_tables,
    m0002_search_index,
    m0003_ledger_index,
    m0004_register_index,
    m0005_exchange,
)

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

STEPS = (
    m0001_first_tables,
    m0002_search_index,
    m0003_ledger_index,
    m0004_register_index,
    m0005_exchange,
)


_SET = "fangshan-desk"
_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id"


def step_names() -> list[str]:
    """Names of all steps in order."""
    return [step.__name__.rsplit(".", 1)[-1] for step in STEPS]


def migrations() -> "Migrations":
    """All steps in order; each runs in one transaction with the record that it ran."""
    # Here, because a start that has nothing to migrate should not wait for it.
    from sqlite_utils.migrations import Migrations

    steps = Migrations(_SET)
    for name, step in zip(step_names(), STEPS, strict=True):
        steps(name=name)(step.apply)
    return steps


def pending_steps(connection: Any) -> list[str]:
    """Names of the steps this file still lacks."""
    applied = set(_applied(connection))
    return [name for name in step_names() if name not in applied]


def unknown_steps(connection: Any) -> list[str]:
    """Steps a newer program has taken on this file."""
    known = set(step_names())
    return [name for name in _applied(connection) if name not in known]


def apply_pending(connection: Any) -> None:
    """Bring the file to today's version."""
    from sqlite_utils import Database

    migrations().apply(Database(connection))


def _applied(connection: Any) -> list[str]:
    table = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlite_migrations'"
    if not connection.execute(table).fetchone()[0]:
        return []
    return [row[0] for row in connection.execute(_APPLIED, (_SET,)).fetchall()]
