"""The first screen of the day: a handful of statements over one consistent view of the file."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection

from fangshan_desk.data.engine import Database
from fangshan_desk.data.readers.ledger import counts_of, ids_of, rows_of
from fangshan_desk.data.readers.letter_conditions import WAITS
from fangshan_desk.domain.day_counting import add_months
from fangshan_desk.domain.records.declaring import moment_text
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.usecases.views.ledger import LedgerFilter, LedgerRow, LedgerSort, StateGroup
from fangshan_desk.usecases.views.letters import LetterCounts, LetterWait
from fangshan_desk.usecases.views.today import (
    ContractLine,
    LetterLine,
    MonthProgress,
    ReplyLine,
    TodayQuestion,
    TodayView,
    VisitLine,
)

_VISITS = (
    "SELECT v.id, v.enterprise_id, e.name, e.township, e.risk_level, v.state, v.planned_on, v.planned_time, "
    "v.purpose, v.step, v.current_item, o.name, v.leading_officer_id IS ? OR EXISTS (SELECT 1 FROM visitor p "
    "WHERE p.visit_id = v.id AND p.officer_id = ?) FROM visit v "
    "LEFT JOIN enterprise e ON e.id = v.enterprise_id LEFT JOIN officer o ON o.id = v.leading_officer_id "
)
_WAITS = ", ".join(WAITS[wait] for wait in LetterWait)
_LETTERS = (
    "SELECT l.id, l.kind, l.document_number, l.field_number, l.enterprise_id, e.name, "  # noqa: S608 - own words
    f"l.made_at, l.confirmed_at, l.issued_on, {_WAITS} "
    "FROM letter l LEFT JOIN enterprise e ON e.id = l.enterprise_id "
    f"WHERE {' OR '.join(WAITS[wait] for wait in LetterWait)}"
)
# How far back a visit that was planned and not made is still called to mind.
_MISSED_DAYS = 30


class SQLTodayReader:
    """Reads the day from the encrypted file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, question: TodayQuestion) -> TodayView:
        """Everything at once, from one consistent view of the file."""
        with self._database.reading() as connection:
            letters = _letters(connection, question)
            contracts = _contracts(connection, question)
            everything = LedgerFilter(group=StateGroup.ALL, reminder_days=question.reminder_days)
            return TodayView(
                visits=_visits(
                    connection, question, "v.planned_on = ? AND v.state <> 'cancelled'", question.today
                ),
                unfinished=_unfinished(connection, question),
                missed=_missed(connection, question),
                items=_items(connection, question),
                item_counts=counts_of(connection, everything, today=question.today, is_open_only=True),
                letters=letters[: question.top],
                letter_counts=_letter_counts(letters),
                contracts=contracts[: question.top],
                contract_count=len(contracts),
                replies=_replies(connection, question),
                month=_month(connection, question),
            )


def _visits(
    connection: Connection, question: TodayQuestion, condition: str, *days: date
) -> tuple[VisitLine, ...]:
    order = "ORDER BY v.planned_on, v.planned_time = '', v.planned_time, v.id"
    values = (question.officer_id, question.officer_id, *(day.isoformat() for day in days))
    rows = connection.exec_driver_sql(f"{_VISITS} WHERE {condition} {order}", values)
    return tuple(_visit(row) for row in rows)


def _unfinished(connection: Connection, question: TodayQuestion) -> tuple[VisitLine, ...]:
    condition = "v.state = 'under_way' AND v.planned_on IS NOT ?"
    return _visits(connection, question, condition, question.today)


def _missed(connection: Connection, question: TodayQuestion) -> tuple[VisitLine, ...]:
    condition = "v.state = 'planned' AND v.planned_on < ? AND v.planned_on >= ?"
    since = question.today - timedelta(days=_MISSED_DAYS)
    return _visits(connection, question, condition, question.today, since)


def _visit(row: Any) -> VisitLine:
    return VisitLine(
        id=row[0],
        enterprise_id=row[1] or "",
        enterprise=row[2] or "",
        township=row[3] or "",
        risk_level=row[4] or "unrated",
        state=row[5] or "",
        planned_on=_day(row[6]),
        planned_time=row[7] or "",
        purpose=row[8] or "",
        step=row[9] or "",
        current_item=row[10] or "",
        leader=row[11] or "",
        is_own=bool(row[12]),
    )


def _items(connection: Connection, question: TodayQuestion) -> tuple[LedgerRow, ...]:
    """The most urgent: overdue first, then what is due within a week."""
    ids: list[str] = []
    for group in (StateGroup.OVERDUE, StateGroup.DUE_IN_WEEK):
        wanted = LedgerFilter(group=group)
        ids += ids_of(connection, wanted, today=question.today, sort=LedgerSort.DEADLINE, most=question.top)
    found = rows_of(connection, ids[: question.top], today=question.today)
    return tuple(row for row in found if row is not None)


def _letters(connection: Connection, question: TodayQuestion) -> tuple[LetterLine, ...]:
    zone = timezone(timedelta(minutes=question.offset_minutes))
    lines = (_letter(row, zone) for row in connection.exec_driver_sql(_LETTERS))
    return tuple(sorted(lines, key=lambda line: (line.since, line.id)))


def _letter(row: Any, zone: timezone) -> LetterLine:
    since = _day(row[8]) or datetime.fromisoformat(row[7] or row[6]).astimezone(zone).date()
    return LetterLine(
        id=row[0],
        kind=LetterKind(row[1]),
        number=row[2] or row[3] or "",
        enterprise_id=row[4] or "",
        enterprise=row[5] or "",
        waits=tuple(wait for wait, waits in zip(LetterWait, row[9:], strict=True) if waits),
        since=since,
    )


def _letter_counts(lines: Sequence[LetterLine]) -> LetterCounts:
    waits = {wait: sum(wait in line.waits for line in lines) for wait in LetterWait}
    return LetterCounts(total=len(lines), waits=waits)


def _contracts(connection: Connection, question: TodayQuestion) -> tuple[ContractLine, ...]:
    last = add_months(question.today, question.renewal_months)
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.enterprise_id, e.name, c.title, c.ends_on FROM collective_contract c "
        "LEFT JOIN enterprise e ON e.id = c.enterprise_id "
        "WHERE c.ends_on BETWEEN ? AND ? AND c.state = 'in_force' ORDER BY c.ends_on, c.id",
        (question.today.isoformat(), last.isoformat()),
    )
    return tuple(_contract(row, question.today) for row in rows)


def _contract(row: Any, today: date) -> ContractLine:
    ends_on = date.fromisoformat(row[4])
    return ContractLine(
        id=row[0],
        enterprise_id=row[1] or "",
        enterprise=row[2] or "",
        title=row[3] or "",
        ends_on=ends_on,
        remaining_days=(ends_on - today).days,
    )


def _replies(connection: Connection, question: TodayQuestion) -> tuple[ReplyLine, ...]:
    rows = connection.exec_driver_sql(
        "SELECT n.id, n.enterprise_id, e.name, n.offered_on, n.reply_due_on FROM negotiation n "
        "LEFT JOIN enterprise e ON e.id = n.enterprise_id "
        "WHERE n.state = 'offered' AND n.offered_on IS NOT NULL ORDER BY n.offered_on, n.id"
    )
    return tuple(_reply(row, question) for row in rows)


def _reply(row: Any, question: TodayQuestion) -> ReplyLine:
    offered_on = date.fromisoformat(row[3])
    return ReplyLine(
        id=row[0],
        enterprise_id=row[1] or "",
        enterprise=row[2] or "",
        offered_on=offered_on,
        due_on=_day(row[4]) or offered_on + timedelta(days=question.reply_days),
        day=(question.today - offered_on).days,
        days=question.reply_days,
    )


def _month(connection: Connection, question: TodayQuestion) -> MonthProgress:
    first = question.today.replace(day=1)
    days = {"first": first.isoformat(), "today": question.today.isoformat()}
    moments = {"since": _midnight(first, question), "until": _midnight(_tomorrow(question), question)}
    closed = ", ".join(f"'{state.value}'" for state in sorted(CLOSED_STATES))
    last = (add_months(first, 1) - timedelta(days=1)).isoformat()
    row = connection.exec_driver_sql(
        "SELECT (SELECT count(DISTINCT enterprise_id) FROM visit WHERE state = 'finished' "  # noqa: S608 - own words
        f"AND started_at >= :since AND started_at < :until), "
        f"(SELECT count(DISTINCT enterprise_id) FROM visit WHERE planned_on BETWEEN :first AND :last "
        f"AND state <> 'cancelled'), "
        f"(SELECT count(*) FROM letter WHERE kind = 'prescription' AND state <> 'withdrawn' "
        f"AND confirmed_at >= :since AND confirmed_at < :until), "
        f"(SELECT count(*) FROM rectification_item WHERE state IN ({closed}) "
        f"AND closed_on BETWEEN :first AND :today), "
        f"(SELECT count(*) FROM rectification_item WHERE state NOT IN ({closed})), "
        f"(SELECT count(*) FROM negotiation WHERE offered_on BETWEEN :first AND :today), "
        f"(SELECT coalesce(sum(unpaid_fen), 0) FROM rectification_item "
        f"WHERE state IN ('verified', 'closed_by_enforcement') AND closed_on BETWEEN :first AND :today)",
        {**days, **moments, "last": last},
    ).one()
    target = _target(connection, question.today)
    return MonthProgress(
        visits=row[0],
        visits_target=target or row[1],
        letters=row[2],
        items_closed=row[3],
        items_in_hand=row[3] + row[4],
        offers=row[5],
        wages_fen=row[6],
    )


def _target(connection: Connection, today: date) -> int:
    stored = connection.exec_driver_sql(
        "SELECT targets FROM campaign WHERE starts_on <= ? AND ends_on >= ? ORDER BY starts_on DESC LIMIT 1",
        (today.isoformat(), today.isoformat()),
    ).scalar()
    wanted = json.loads(stored).get("visits") if stored else None
    return wanted if isinstance(wanted, int) else 0


def _tomorrow(question: TodayQuestion) -> date:
    return question.today + timedelta(days=1)


def _midnight(day: date, question: TodayQuestion) -> str:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(minutes=question.offset_minutes)
    return moment_text(start)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
