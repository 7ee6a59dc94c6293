"""The plain encrypted file that everything is measured against: same cipher, pragmas, tables and indexes."""

from pathlib import Path
from typing import Any

from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.data.engine import connect
from fangshan_desk.domain.records.declaring import Record

KEY = bytes(range(32))


class FloorFile:
    """One table of the desk without triggers, change-sets or anything else of ours."""

    def __init__(self, folder: Path, desk: OpenDesk, record: type[Record]) -> None:
        self._desk = desk
        self._table = record.entity.name
        self.connection: Any = connect(folder / "floor.db", KEY)
        statements = desk.parts.file.database.raw_writer.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL "
            "AND type IN ('table', 'index') ORDER BY type DESC",
            (self._table,),
        ).fetchall()
        for (statement,) in statements:
            self.connection.execute(statement)

    def copy_rows(self) -> None:
        """The desk's own rows."""
        rows = self._desk.parts.file.database.raw_writer.execute(f'SELECT * FROM "{self._table}"').fetchall()
        marks = ", ".join("?" * len(rows[0]))
        self.connection.execute("BEGIN")
        self.connection.executemany(f'INSERT INTO "{self._table}" VALUES ({marks})', rows)
        self.connection.execute("COMMIT")

    def first_id(self) -> str:
        """Any row."""
        return str(self.connection.execute(f'SELECT id FROM "{self._table}" LIMIT 1').fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
