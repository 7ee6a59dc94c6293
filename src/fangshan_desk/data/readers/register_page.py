"""One enterprise with all its fields, and what happened with it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from fangshan_desk.data.readers.records import columns_of, record_of
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.register import (
    CollectiveContract,
    Enterprise,
    EnterpriseAlias,
    RiskAssessmentRecord,
)
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.usecases.views.register import EnterprisePageState, TimelineKind, TimelineRow

R = TypeVar("R", bound=Record)
_CLOSED = ", ".join(f"'{state.value}'" for state in sorted(CLOSED_STATES))
_NUMBERS = (
    "SELECT (SELECT count(*) FROM rectification_item WHERE enterprise_id = ?1 "  # noqa: S608 - own words
    f"AND state NOT IN ({_CLOSED})), "
    "(SELECT count(*) FROM rectification_item WHERE enterprise_id = ?1 "
    f"AND state NOT IN ({_CLOSED}) AND deadline < ?2), "
    "(SELECT count(*) FROM visit WHERE enterprise_id = ?1 AND started_at IS NOT NULL), "
    "(SELECT max(started_at) FROM visit WHERE enterprise_id = ?1)"
)
_PLANNED = (
    "SELECT id, planned_on FROM visit WHERE enterprise_id = ? AND state = 'planned' "
    "ORDER BY planned_on, planned_time, id LIMIT 1"
)
_UNDER_WAY = (
    "SELECT id FROM visit WHERE enterprise_id = ? AND state = 'under_way' ORDER BY started_at DESC LIMIT 1"
)
# Kind, id, day, state, title, detail; a moment kept in UTC is cut to its day by the caller's limit only.
_TIMELINE: tuple[tuple[TimelineKind, str], ...] = (
    (
        TimelineKind.VISIT,
        "SELECT id, coalesce(started_at, planned_on), state, purpose, '' FROM visit WHERE enterprise_id = ?",
    ),
    (
        TimelineKind.LETTER,
        "SELECT id, coalesce(issued_on, confirmed_at, made_at), state, "
        "coalesce(nullif(document_number, ''), field_number), kind FROM letter WHERE enterprise_id = ?",
    ),
    (
        TimelineKind.ITEM,
        "SELECT i.id, coalesce(i.closed_on, i.reported_on, l.issued_on, l.made_at, i.original_deadline), "
        "i.state, i.title, i.deadline FROM rectification_item i LEFT JOIN letter l ON l.id = i.letter_id "
        "WHERE i.enterprise_id = ?",
    ),
    (
        TimelineKind.CONTRACT,
        "SELECT id, coalesce(signed_on, starts_on, ends_on), state, title, ends_on "
        "FROM collective_contract WHERE enterprise_id = ?",
    ),
    (
        TimelineKind.NEGOTIATION,
        "SELECT id, coalesce(replied_on, offered_on), state, '', reply_due_on "
        "FROM negotiation WHERE enterprise_id = ?",
    ),
    (
        TimelineKind.SIGNAL,
        "SELECT id, raised_at, state, note, kind FROM warning_signal WHERE enterprise_id = ?",
    ),
    (
        TimelineKind.ASSESSMENT,
        "SELECT id, as_of, coalesce(override_level, published_level), '', score "
        "FROM risk_assessment WHERE enterprise_id = ?",
    ),
)


def enterprise_page(connection: Connection, enterprise_id: str, *, today: date) -> EnterprisePageState | None:
    """Everything about one enterprise, None when it is not here."""
    enterprise = _first(connection, Enterprise, "id = ?", enterprise_id)
    if enterprise is None:
        return None
    numbers = connection.exec_driver_sql(_NUMBERS, (enterprise_id, today.isoformat())).fetchone()
    open_items, overdue, visits, last = numbers if numbers is not None else (0, 0, 0, None)
    planned = connection.exec_driver_sql(_PLANNED, (enterprise_id,)).fetchone()
    under_way = connection.exec_driver_sql(_UNDER_WAY, (enterprise_id,)).fetchone()
    into = enterprise.merged_into_id
    return EnterprisePageState(
        enterprise=enterprise,
        aliases=tuple(_all(connection, EnterpriseAlias, "enterprise_id = ? ORDER BY id", enterprise_id)),
        contracts=tuple(
            _all(connection, CollectiveContract, "enterprise_id = ? ORDER BY ends_on DESC, id", enterprise_id)
        ),
        assessment=_first(
            connection,
            RiskAssessmentRecord,
            "enterprise_id = ? ORDER BY as_of DESC, made_at DESC, id DESC LIMIT 1",
            enterprise_id,
        ),
        open_items=open_items,
        overdue_items=overdue,
        visit_count=visits,
        last_visit_at=datetime.fromisoformat(last) if last else None,
        planned_visit_id=planned[0] if planned else "",
        planned_on=date.fromisoformat(planned[1]) if planned and planned[1] else None,
        open_visit_id=under_way[0] if under_way else "",
        merged_into=_first(connection, Enterprise, "id = ?", into) if into else None,
    )


def timeline_of(connection: Connection, enterprise_id: str, *, limit: int) -> tuple[TimelineRow, ...]:
    """What happened with it, newest first; without a day last."""
    found = [
        (row[1] or "", _event(kind, row))
        for kind, statement in _TIMELINE
        for row in connection.exec_driver_sql(statement, (enterprise_id,))
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
    return tuple(event for _, event in found[:limit])


def _event(kind: TimelineKind, row: Any) -> TimelineRow:
    return TimelineRow(
        kind=kind,
        id=row[0],
        on=date.fromisoformat(row[1][:10]) if row[1] else None,
        state=row[2] or "",
        title=row[3] or "",
        detail="" if row[4] is None else str(row[4]),
    )


def _all(connection: Connection, record: type[R], rest: str, value: str) -> Sequence[R]:
    entity = record.entity
    statement = f'SELECT {columns_of(entity)} FROM "{entity.name}" WHERE {rest}'  # noqa: S608 - own words
    return [record_of(record, tuple(row)) for row in connection.exec_driver_sql(statement, (value,))]


def _first(connection: Connection, record: type[R], rest: str, value: str) -> R | None:
    return next(iter(_all(connection, record, rest, value)), None)
