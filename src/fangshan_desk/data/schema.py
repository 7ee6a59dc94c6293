"""Today's tables, made from the entity declarations, and the local tables around them."""

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text
from sqlalchemy.schema import CreateIndex, CreateTable

from fangshan_desk.domain.records.catalogue import ENTITIES
from fangshan_desk.domain.records.declaring import Entity, Kind

metadata = MetaData()
_INTEGER_KINDS = (Kind.INTEGER, Kind.BOOLEAN)


def _entity_table(entity: Entity) -> Table:
    columns = [
        # Nullable on purpose: a row from a newer or older desk may lack a field we require.
        Column(column.name, Integer if column.kind in _INTEGER_KINDS else Text)
        for column in entity.columns
    ]
    table = Table(entity.name, metadata, Column("id", Text, primary_key=True), *columns)
    for column in entity.columns:
        if column.is_indexed:
            Index(f"ix_{entity.name}_{column.name}", table.c[column.name])
    return table


TABLES: dict[str, Table] = {entity.name: _entity_table(entity) for entity in ENTITIES}

desk_state = Table("desk_state", metadata, Column("name", Text, primary_key=True), Column("value", Text))
sync_self = Table(
    "sync_self",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("device", BLOB, nullable=False),
    Column("device_number", Integer, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("digest", BLOB, nullable=False),
    Column("applying", Integer, nullable=False),
)
sync_device = Table(
    "sync_device",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("device", BLOB, nullable=False, unique=True),
    Column("public_key", BLOB),
)
sync_capture = Table(
    "sync_capture",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Integer, nullable=False),
    Column("tno", Integer, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("cno", Integer, nullable=False),
    Column("old", Text),
)
sync_changeset = Table(
    "sync_changeset",
    metadata,
    Column("device_number", Integer, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("hlc", Integer, nullable=False),
    Column("digest", BLOB, nullable=False),
    Column("header", BLOB, nullable=False),
    Column("signature", BLOB, nullable=False),
    Column("seed", BLOB, nullable=False),
    Column("state", Integer, nullable=False),
    # Last: what is asked of many change-sets at once must not be read past their bodies.
    Column("body", BLOB),
)
sync_head = Table(
    "sync_head",
    metadata,
    Column("tno", Integer, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("cno", Integer, primary_key=True),
    Column("hlc", Integer, primary_key=True),
    Column("device_number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
sync_grave = Table(
    "sync_grave",
    metadata,
    Column("tno", Integer, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("content", Text, nullable=False),
    sqlite_with_rowid=False,
)
search_stale = Table(
    "search_stale", metadata, Column("enterprise_id", Text, primary_key=True), sqlite_with_rowid=False
)


def create_statements() -> list[str]:
    """The statements that make every table and index of today's program, for a new migration's text."""
    from sqlalchemy.dialects import sqlite

    dialect = sqlite.dialect()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        ordered = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)).strip() for index in ordered]
    return statements
