"""Which items a ledger filter means and in which order, as SQL with its values."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.usecases.views.ledger import (
    AWAITING_ENTERPRISE,
    REMINDABLE,
    WEEK_DAYS,
    LedgerFilter,
    LedgerSort,
    StateGroup,
)

PLAIN = "rectification_item i"
JOINED = "rectification_item i LEFT JOIN enterprise e ON e.id = i.enterprise_id"


@dataclass(frozen=True)
class Condition:
    """A piece of SQL and its values."""

    sql: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What stands after ORDER BY."""

    sql: str
    needs_enterprise: bool = False


def filter_condition(wanted: LedgerFilter, named: Sequence[str] = ()) -> Condition:
    """Everything of the filter except its group; ``named`` are enterprises the filter's words mean."""
    fields = {
        "i.lead_body": wanted.lead_body,
        "i.tracking_officer_id": wanted.tracker_id,
        "i.enterprise_id": wanted.enterprise_id,
        "i.letter_id": wanted.letter_id,
    }
    parts = [Condition(f"{name} = ?", (value,)) for name, value in fields.items() if value]
    register = {"township": wanted.township, "risk_level": wanted.risk_level}
    parts += [_of_enterprises(name, value) for name, value in register.items() if value]
    if wanted.text.strip():
        parts.append(_meaning(wanted.text.strip(), named))
    return _all_of(parts)


def group_condition(
    group: StateGroup | ItemState, *, today: date, reminder_days: tuple[int, ...]
) -> Condition:
    """Which states, and until when, a chip means."""
    if isinstance(group, ItemState):
        return Condition("i.state = ?", (group.value,))
    if group is StateGroup.REMIND:
        return _to_be_reminded(today, reminder_days)
    return _GROUPS[group](today)


def order_of(sort: LedgerSort, *, descending: bool, group: StateGroup | ItemState) -> Order:
    """The order wanted; equal rows in the order of their making, so that paging is stable."""
    direction = "DESC" if descending else "ASC"
    if sort is LedgerSort.DEADLINE and group is StateGroup.CLOSED:
        # The newest success first: deadlines of closed items say nothing any more.
        return Order(f"i.closed_on {'ASC' if descending else 'DESC'}, i.id DESC")
    if sort is LedgerSort.DEADLINE and group is StateGroup.ALL:
        return Order(f"{_in(CLOSED_STATES)}, i.deadline {direction}, i.id")
    column = _COLUMNS[sort]
    return Order(f"{column} {direction}, i.deadline, i.id", needs_enterprise=column.startswith("e."))


def _in(states: Iterable[ItemState]) -> str:
    listed = ", ".join(f"'{state.value}'" for state in sorted(states))
    return f"i.state IN ({listed})"


def _overdue(today: date) -> Condition:
    return Condition(f"({_in(AWAITING_ENTERPRISE)} AND i.deadline < ?)", (today.isoformat(),))


def _due_in_week(today: date) -> Condition:
    last = today + timedelta(days=WEEK_DAYS)
    condition = f"({_in(AWAITING_ENTERPRISE)} AND i.deadline BETWEEN ? AND ?)"
    return Condition(condition, (today.isoformat(), last.isoformat()))


def _to_be_reminded(today: date, reminder_days: tuple[int, ...]) -> Condition:
    """Items past a day of reminder who were not reminded since the last such day."""
    cases, values = [], []
    for days in sorted(reminder_days, reverse=True):
        cases.append(
            f"WHEN i.deadline <= ? THEN coalesce(i.reminded_on < date(i.deadline, '{days:+d} days'), 1)"
        )
        values.append((today - timedelta(days=days)).isoformat())
    return Condition(f"({_in(REMINDABLE)} AND CASE {' '.join(cases)} ELSE 0 END)", tuple(values))


def _of_enterprises(column: str, value: str) -> Condition:
    # The plus keeps to the ledger's own index: item by item would read every row of the township.
    chosen = f"SELECT id FROM enterprise WHERE {column} = ?"  # noqa: S608 - own words
    return Condition(f"+i.enterprise_id IN ({chosen})", (value,))


def _meaning(text: str, named: Sequence[str]) -> Condition:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    fields = ("i.title", "i.owner_name", "i.code")
    parts = [f"{field} LIKE ? ESCAPE '\\'" for field in fields]
    parts.append("i.enterprise_id IN (SELECT value FROM json_each(?))")
    return Condition(f"({' OR '.join(parts)})", (*(f"%{escaped}%",) * len(fields), json.dumps(list(named))))


def _all_of(parts: Iterable[Condition]) -> Condition:
    given = list(parts)
    sql = " AND ".join(part.sql for part in given) or "1"
    return Condition(sql, tuple(value for part in given for value in part.values))


_GROUPS: Mapping[StateGroup, Callable[[date], Condition]] = {
    StateGroup.OPEN: lambda _today: Condition(_in(frozenset(ItemState) - CLOSED_STATES)),
    StateGroup.OVERDUE: _overdue,
    StateGroup.DUE_IN_WEEK: _due_in_week,
    StateGroup.RECHECK: lambda _today: Condition(_in({ItemState.REPORTED})),
    StateGroup.CLOSED: lambda _today: Condition(_in(CLOSED_STATES)),
    StateGroup.ALL: lambda _today: Condition("1"),
}
_COLUMNS = {
    LedgerSort.DEADLINE: "i.deadline",
    LedgerSort.TITLE: "i.title",
    LedgerSort.ENTERPRISE: "e.name",
    LedgerSort.OWNER: "i.owner_name",
    LedgerSort.STATE: "i.state",
    LedgerSort.TOWNSHIP: "e.township",
    LedgerSort.CLOSED_ON: "i.closed_on",
}
