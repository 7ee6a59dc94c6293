"""Writes the text of the server's migration 1 from today's tables; only before the first release."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from fangshan_desk.server.store.backend import SERVER
from fangshan_desk.server.store.postgres import APP_ROLE, SCHEMA
from fangshan_desk.server.store.tables import LOG_TABLES, metadata

_FOLDER = Path(__file__).parent.parent / "src/fangshan_desk/server/store/migrations"
_HEAD = '"""The first tables. Text frozen at release: it must not follow today\'s declarations."""\n\n'
_AUDIENCE = "coalesce(nullif(current_setting('fangshan.audience', true), ''), '0')::bigint"
# What no reader but the server itself has any business with.
_SERVER_ONLY = ("quarantine", "record", "enrolment")


def main() -> None:
    """Write the two files."""
    _write("m0001_sqlite.py", [*_tables(sqlite.dialect()), *_kept_by_triggers()])
    # It has no types of its own.
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # see above
    _write("m0001_postgresql.py", [*_tables(dialect), *_rights()])


def _write(name: str, statements: list[str]) -> None:
    blocks = "".join(f'    """\n{_tidy(statement)}\n""",\n' for statement in statements)
    (_FOLDER / name).write_text(f"{_HEAD}STATEMENTS = (\n{blocks})\n", encoding="utf-8")


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "    ") for line in statement.strip().splitlines())


def _tables(dialect: Dialect) -> Iterator[str]:
    for table in metadata.sorted_tables:
        if table.name == "server_schema":
            continue
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))


def _kept_by_triggers() -> Iterator[str]:
    for table in LOG_TABLES:
        for deed in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER keep_{table}_{deed.lower()}\nBEFORE {deed} ON {table}\n"
                f"BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
            )


def _rights() -> Iterator[str]:
    tables = [table.name for table in metadata.sorted_tables if table.name != "server_schema"]
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {APP_ROLE}"
    yield f"GRANT SELECT ON server_schema TO {APP_ROLE}"
    yield f"GRANT SELECT, INSERT ON {', '.join(LOG_TABLES)}\nTO {APP_ROLE}"
    yield (
        f"GRANT SELECT, INSERT, UPDATE ON {', '.join(name for name in tables if name not in LOG_TABLES)}\n"
        f"TO {APP_ROLE}"
    )
    # Chunks that do not fit together are sent again; nothing else is ever deleted.
    yield f"GRANT DELETE ON blob_chunk TO {APP_ROLE}"
    # Forced: also for the owner. Only a superuser, or a role that may bypass it, reads past these.
    yield (
        "DO $$\nDECLARE name text;\nBEGIN\n    FOREACH name IN ARRAY ARRAY[\n"
        + ",\n".join(f"        '{name}'" for name in tables)
        + "\n    ] LOOP\n"
        "        EXECUTE format('ALTER TABLE %%I ENABLE ROW LEVEL SECURITY', name);\n"
        "        EXECUTE format('ALTER TABLE %%I FORCE ROW LEVEL SECURITY', name);\n"
        "        EXECUTE format('CREATE POLICY by_county ON %%I '\n"
        "            'USING (county = current_setting(''fangshan.county'', true)) '\n"
        "            'WITH CHECK (county = current_setting(''fangshan.county'', true))', name);\n"
        "    END LOOP;\nEND $$"
    )
    yield _restricted("changeset_part", f"(audience & {_AUDIENCE}) <> 0")
    for name in _SERVER_ONLY:
        yield _restricted(name, f"({_AUDIENCE} & {SERVER}) <> 0")


def _restricted(table: str, condition: str) -> str:
    return f"CREATE POLICY by_audience ON {table}\nAS RESTRICTIVE FOR SELECT\nUSING ({condition})"


if __name__ == "__main__":
    main()
