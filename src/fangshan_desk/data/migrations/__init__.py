"""Steps from one file version to the next; a released step is never edited."""

from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from fangshan_desk.data.migrations import (
    m0001_first_tables,
    m0002_search_index,
    m0003_ledger_index,
    m0004_register_index,
    m0005_exchange,
)

STEPS = (
    m0001_first_tables,
    m0002_search_index,
    m0003_ledger_index,
    m0004_register_index,
    m0005_exchange,
)


def migrations() -> Migrations:
    """All steps in order; each runs in one transaction with the record that it ran."""
    steps = Migrations("fangshan-desk")
    for step in STEPS:
        steps(name=step.__name__.rsplit(".", 1)[-1])(step.apply)
    return steps


def pending_steps(connection: Any) -> list[str]:
    """Names of the steps this file still lacks."""
    return [step.name for step in migrations().pending(Database(connection))]


def unknown_steps(connection: Any) -> list[str]:
    """Steps a newer program has taken on this file."""
    known = {step.__name__.rsplit(".", 1)[-1] for step in STEPS}
    applied = migrations().applied(Database(connection))
    return [step.name for step in applied if step.name not in known]


def apply_pending(connection: Any) -> None:
    """Bring the file to today's version."""
    migrations().apply(Database(connection))
