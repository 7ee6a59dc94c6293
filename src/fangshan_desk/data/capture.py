"""Triggers that note every change of a synced table, so that no writer can bypass the change-sets.

Their text is made from the declarations and compared at every start, so a dropped trigger is noticed.
"""

from typing import Any

from fangshan_desk.domain.changesets import DELETE, INSERT, ROW_ITSELF, UPDATE
from fangshan_desk.domain.records.catalogue import ENTITIES
from fangshan_desk.domain.records.declaring import Entity

_NOT_APPLYING = "(SELECT applying FROM sync_self) = 0"
_NOTE = "INSERT INTO sync_capture(kind, tno, row_id, cno, old) VALUES"
# Fields a search can find; the index is brought up to date before the next search.
SEARCHED_FIELDS = ("name", "uscc", "contact_phone", "legal_representative", "merged_into_id")


def trigger_statements() -> dict[str, str]:
    """Trigger text by trigger name."""
    statements: dict[str, str] = {}
    for entity in ENTITIES:
        statements.update(_entity_triggers(entity))
    statements.update(_search_triggers())
    return statements


def _entity_triggers(entity: Entity) -> dict[str, str]:
    prefix, table, number = f"capture_{entity.name}", f'"{entity.name}"', entity.number
    statements = {
        f"{prefix}_insert": (
            f"CREATE TRIGGER {prefix}_insert AFTER INSERT ON {table} WHEN {_NOT_APPLYING} BEGIN "
            f"{_NOTE} ({INSERT}, {number}, NEW.id, {ROW_ITSELF}, NULL); END"
        ),
        f"{prefix}_delete": (
            f"CREATE TRIGGER {prefix}_delete AFTER DELETE ON {table} WHEN {_NOT_APPLYING} BEGIN "
            f"{_NOTE} ({DELETE}, {number}, OLD.id, {ROW_ITSELF}, {_old_row(entity)}); END"
        ),
    }
    for column in entity.columns:
        name, field = f"{prefix}_{column.number}", f'"{column.name}"'
        statements[name] = (
            f"CREATE TRIGGER {name} AFTER UPDATE OF {field} ON {table} "
            f"WHEN OLD.{field} IS NOT NEW.{field} AND {_NOT_APPLYING} BEGIN "
            f"{_NOTE} ({UPDATE}, {number}, NEW.id, {column.number}, NULL); END"
        )
    return statements


def _old_row(entity: Entity) -> str:
    pairs = ", ".join(f"'{column.number}', OLD.\"{column.name}\"" for column in entity.columns)
    return f"json_object({pairs})"


def _search_triggers() -> dict[str, str]:
    moments = {
        "search_insert": ("INSERT ON enterprise", "NEW.id"),
        "search_delete": ("DELETE ON enterprise", "OLD.id"),
        "search_update": (f"UPDATE OF {', '.join(SEARCHED_FIELDS)} ON enterprise", "NEW.id"),
        "search_alias": ("INSERT ON enterprise_alias", "NEW.enterprise_id"),
        "search_alias_update": ("UPDATE ON enterprise_alias", "NEW.enterprise_id"),
        "search_alias_move": ("UPDATE OF enterprise_id ON enterprise_alias", "OLD.enterprise_id"),
        "search_alias_delete": ("DELETE ON enterprise_alias", "OLD.enterprise_id"),
    }
    note = "INSERT OR IGNORE INTO search_stale(enterprise_id) VALUES"
    return {
        name: f"CREATE TRIGGER {name} AFTER {moment} BEGIN {note} ({identifier}); END"
        for name, (moment, identifier) in moments.items()
    }


def install_triggers(connection: Any) -> None:
    """Replace whatever triggers the file holds by today's."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in rows:
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in trigger_statements().values():
        connection.execute(statement)


def triggers_are_whole(connection: Any) -> bool:
    """Whether the file holds exactly today's triggers."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    return dict(rows) == trigger_statements()
