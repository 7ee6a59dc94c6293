"""The few statements that the two databases spell differently."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_SQLITE, _POSTGRESQL = sqlite.insert, postgresql.insert


class CountyTables:
    """Base of what reads and writes one county's rows on one connection."""

    def __init__(self, connection: Connection, county: str) -> None:
        self._connection = connection
        self._county = county

    def _add(self, table: Table, **values: Any) -> None:
        self._connection.execute(table.insert(), {"county": self._county, **values})

    def _add_if_new(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Rows whose key is there already stay as they are."""
        if rows:
            insert = _SQLITE if self._connection.dialect.name == "sqlite" else _POSTGRESQL
            statement = insert(table).on_conflict_do_nothing()
            self._connection.execute(statement, [{"county": self._county, **row} for row in rows])

    def _put(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Rows whose key is there already are replaced."""
        if not rows:
            return
        insert = _SQLITE if self._connection.dialect.name == "sqlite" else _POSTGRESQL
        statement = insert(table)
        keys = [column.name for column in table.primary_key.columns]
        changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        full = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        self._connection.execute(full, [{"county": self._county, **row} for row in rows])
