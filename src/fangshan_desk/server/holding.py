"""Which changes a role may make at all: what goes beyond is held for a person, not applied and not handed on.

The desks ask finer questions (own record, member, township) before anything is written; this is the server's
own answer to a desk that does not.
"""

from collections.abc import Mapping
from functools import cache

from fangshan_desk.domain.changesets import DELETE, INSERT, RowChange
from fangshan_desk.domain.disclosure import ENTITY_SCOPES
from fangshan_desk.domain.records.catalogue import BY_NAME, BY_NUMBER
from fangshan_desk.domain.rights import MATRIX, Action, Cell, Measure, Right, Role

# Where writing follows another measure than reading: a health check ends with a grade.
_WRITTEN_FOR: Mapping[str, Measure] = {"risk_assessment": Measure.RISK_SURVEY}
# Wages, terms and days off apply to every desk: the leading bureau keeps them.
_OFFICE_TABLES = frozenset({"parameter", "calendar_day", "campaign"})
_OFFICE = frozenset({Role.HRSS, Role.HRSS_LEAD})
# A grade set by hand.
_BY_HAND = ("override_level", "override_reason", "override_until")


def breaks_rights(role: Role, change: RowChange) -> bool:
    """Whether this role may not make such a change to any record."""
    if change.table not in BY_NUMBER:
        return False
    if not _may_write(role, change.table, change.kind):
        return True
    is_by_hand = any(field.column in _by_hand(change.table) and field.value for field in change.fields)
    return is_by_hand and role not in _OFFICE


@cache
def _may_write(role: Role, table: int, kind: int) -> bool:
    name = BY_NUMBER[table].name
    if name in _OFFICE_TABLES:
        return role in _OFFICE
    scope = ENTITY_SCOPES[name]
    measure = _WRITTEN_FOR.get(name, scope.measure if scope else None)
    if measure is None:
        return True
    return _allows(MATRIX[measure][role], name, kind)


def _allows(cell: Cell, name: str, kind: int) -> bool:
    if cell.right is Right.LEAD:
        return True
    if cell.right is not Right.PARTICIPATE:
        return False
    # Who only co-signs writes no letter, but signs one.
    needs = Action.CREATE if name == "letter" and kind in (INSERT, DELETE) else None
    return not cell.only or needs is None or needs in cell.only


@cache
def _by_hand(table: int) -> frozenset[int]:
    if table != BY_NAME["risk_assessment"].number:
        return frozenset()
    return frozenset(BY_NUMBER[table].by_name[name].number for name in _BY_HAND)
