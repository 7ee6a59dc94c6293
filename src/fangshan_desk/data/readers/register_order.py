"""The register's ids in any of its orders, quickly at a hundred thousand rows."""

from sqlalchemy import Connection

from fangshan_desk.data.readers.register_conditions import LEVELS, Condition
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.usecases.views.register import RegisterSort

_CLOSED = ", ".join(f"'{state.value}'" for state in sorted(CLOSED_STATES))
_MOVED = {
    RegisterSort.LAST_VISIT: (
        "SELECT enterprise_id, max(started_at) AS size FROM visit WHERE started_at IS NOT NULL "
        "GROUP BY enterprise_id"
    ),
    RegisterSort.OPEN_ITEMS: (
        "SELECT enterprise_id, count(*) AS size FROM rectification_item "  # noqa: S608 - own words
        f"WHERE state NOT IN ({_CLOSED}) GROUP BY enterprise_id"
    ),
}
# Jumps from one value to the next instead of reading the whole index.
_TOWNSHIPS = (
    "WITH RECURSIVE found(code) AS (SELECT min(township) FROM enterprise UNION ALL "
    "SELECT (SELECT min(township) FROM enterprise WHERE township > code) FROM found "
    "WHERE code IS NOT NULL LIMIT 200) SELECT code FROM found WHERE code IS NOT NULL"
)


def ordered_ids(
    connection: Connection, condition: Condition, sort: RegisterSort | None, *, descending: bool
) -> tuple[str, ...]:
    """All ids that meet the condition; entries without the sorted value come last."""
    if sort is RegisterSort.TOWNSHIP:
        return _by_township(connection, condition, descending=descending)
    if sort is RegisterSort.RISK:
        levels = [level.value for level in RiskLevel]
        return _in_groups(connection, condition, LEVELS, levels[::-1] if descending else levels)
    if sort is RegisterSort.HEADCOUNT:
        direction = "DESC" if descending else "ASC"
        return _in_order(connection, condition, f"headcount IS NULL, headcount {direction}, name")
    if sort in _MOVED:
        return _by_events(connection, condition, _MOVED[sort], descending=descending)
    return _in_order(connection, condition, "name DESC" if descending else "name")


def _in_order(connection: Connection, condition: Condition, order: str) -> tuple[str, ...]:
    # One text instead of one row object per id: a hundred thousand ids in one step of the driver.
    statement = (
        f"SELECT group_concat(id, ' ') FROM (SELECT id FROM {condition.table} "  # noqa: S608 - own words
        f"WHERE {condition.sql} ORDER BY {order})"
    )
    return _split(connection.exec_driver_sql(statement, condition.values).scalar())


def _in_groups(
    connection: Connection, condition: Condition, column: str, values: list[str]
) -> tuple[str, ...]:
    # Sorting into few groups while reading in the order of names needs no sorting at all.
    groups = ", ".join(["group_concat(id, ' ') FILTER (WHERE grouped = ?)"] * len(values))
    statement = (
        f"SELECT {groups} FROM (SELECT id, {column} AS grouped FROM {condition.table} "  # noqa: S608 - own
        f"WHERE {condition.sql} ORDER BY name)"
    )
    row = connection.exec_driver_sql(statement, (*values, *condition.values)).fetchone()
    return tuple(enterprise_id for text in row or () for enterprise_id in _split(text))


def _by_township(connection: Connection, condition: Condition, *, descending: bool) -> tuple[str, ...]:
    codes = [row[0] for row in connection.exec_driver_sql(_TOWNSHIPS) if row[0]]
    return _in_groups(
        connection, condition, "coalesce(township, '')", [*sorted(codes, reverse=descending), ""]
    )


def _by_events(
    connection: Connection, condition: Condition, events: str, *, descending: bool
) -> tuple[str, ...]:
    direction = "DESC" if descending else "ASC"
    named = _in_order(connection, condition, "name")
    allowed = set(named)
    statement = f"SELECT enterprise_id FROM ({events}) ORDER BY size {direction}, enterprise_id"  # noqa: S608
    moved = [row[0] for row in connection.exec_driver_sql(statement) if row[0] in allowed]
    allowed.difference_update(moved)
    return (*moved, *(enterprise_id for enterprise_id in named if enterprise_id in allowed))


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(" ")) if text else ()
