"""Workspaces as earlier programs left them: the same rows, but only the first migrations taken."""

from pathlib import Path
from typing import Any

from sqlite_utils import Database as Utils
from sqlite_utils.migrations import Migrations

from fangshan_desk.app.keys import opened_key
from fangshan_desk.data.backups import unpack_backup
from fangshan_desk.data.engine import connect
from fangshan_desk.data.migrations import STEPS
from fangshan_desk.support.data_key import KeyLabel
from fangshan_desk.support.paths import Workspace

FIRST_VERSION, NEWEST_VERSION = 1, len(STEPS)


def turn_into_version(folder: Path, version: int) -> Path:
    """Rebuild the county's database with the tables of that version; columns it lacks are left out."""
    workspace = Workspace(folder)
    with opened_key(workspace, None) as key:
        file_key = key.sub_key(KeyLabel.DATABASE)
    today = connect(workspace.database, file_key, read_only=True)
    old = connect(workspace.unfinished_database, file_key)
    try:
        _first_steps(version).apply(Utils(old))
        _copy_rows(today, old)
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        today.close()
        old.close()
    workspace.unfinished_database.replace(workspace.database)
    return folder


def version_of(database: Path, file_key: bytes) -> int:
    """How many steps a file has taken."""
    connection = connect(database, file_key, read_only=True)
    try:
        return int(connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])
    finally:
        connection.close()


def version_in_backup(backup: Path, folder: Path) -> int:
    """How many steps the file inside a backup has taken."""
    unpack_backup(backup, folder)
    workspace = Workspace(folder)
    with opened_key(workspace, None) as key:
        return version_of(workspace.database, key.sub_key(KeyLabel.DATABASE))


def _first_steps(version: int) -> Migrations:
    steps = Migrations("fangshan-desk")
    for step in STEPS[:version]:
        steps(name=step.__name__.rsplit(".", 1)[-1])(step.apply)
    return steps


def _copy_rows(today: Any, old: Any) -> None:
    old.execute("BEGIN")
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite_%'"
    for (table,) in old.execute(tables).fetchall():
        # The search index is made anew by the desk.
        if not table.startswith("search_"):
            _copy_table(table, today, old)
    old.execute("COMMIT")


def _copy_table(table: str, today: Any, old: Any) -> None:
    names = [row[1] for row in old.execute(f'PRAGMA table_info("{table}")').fetchall()]
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    rows = today.execute(f'SELECT {listed} FROM "{table}"').fetchall()
    old.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', rows)
