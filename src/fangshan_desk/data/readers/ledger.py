"""The rectification ledger: ids in one statement, rows by id, numbers for the chips, one item's story."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from fangshan_desk.data.engine import Database
from fangshan_desk.data.enterprise_search import EnterpriseSearch
from fangshan_desk.data.readers.ledger_conditions import (
    JOINED,
    PLAIN,
    filter_condition,
    group_condition,
    order_of,
)
from fangshan_desk.data.readers.records import columns_of, record_of
from fangshan_desk.domain.records.letters import RectificationItem, ServiceWay
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.usecases.views.ledger import (
    AWAITING_ENTERPRISE,
    ItemPage,
    ItemStep,
    LedgerCounts,
    LedgerFilter,
    LedgerRow,
    LedgerSort,
    LetterBrief,
    StateGroup,
)

_ROW_FIELDS = (
    "i.id, i.code, i.title, i.state, i.enterprise_id, e.name, e.township, e.risk_level, i.owner_name, "
    "i.owner_phone, i.deadline, i.is_deadline_flagged, i.is_urgent, i.lead_body, o.name, "
    "l.document_number, l.field_number, i.reported_on, i.closed_on, i.reminded_on, i.unpaid_fen"
)
_ROW_TABLES = (
    "rectification_item i LEFT JOIN enterprise e ON e.id = i.enterprise_id "
    "LEFT JOIN letter l ON l.id = i.letter_id LEFT JOIN officer o ON o.id = i.tracking_officer_id"
)
# Words that mean more enterprises than this are about to be typed on.
_MOST_ENTERPRISES = 400
_STEPS = (
    "SELECT t.id, t.event, t.from_state, t.to_state, t.happened_on, t.recorded_at, o.name, d.number, "
    "t.note, t.details FROM transition t LEFT JOIN officer o ON o.id = t.officer_id "
    "LEFT JOIN device d ON d.id = t.device_id "
    "WHERE t.subject_id = ? AND t.subject = 'rectification_item' ORDER BY t.recorded_at DESC, t.id DESC"
)


class SQLLedgerReader:
    """Reads the ledger from the encrypted file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._search = EnterpriseSearch(database)

    def find_ids(
        self,
        wanted: LedgerFilter,
        *,
        today: date,
        sort: LedgerSort = LedgerSort.DEADLINE,
        descending: bool = False,
    ) -> Sequence[str]:
        """All ids in order."""
        with self._database.reading() as connection:
            named = self._named(connection, wanted)
            return ids_of(connection, wanted, today=today, sort=sort, descending=descending, named=named)

    def rows(self, ids: Sequence[str], *, today: date) -> Sequence[LedgerRow | None]:
        """One row per id, None where it is gone meanwhile."""
        with self._database.reading() as connection:
            return rows_of(connection, ids, today=today)

    def counts(self, wanted: LedgerFilter, *, today: date) -> LedgerCounts:
        """Numbers for the chips; the filter's own group is left out of account."""
        with self._database.reading() as connection:
            return counts_of(connection, wanted, today=today, named=self._named(connection, wanted))

    def item(self, item_id: str) -> ItemPage | None:
        """Everything about one item."""
        with self._database.reading() as connection:
            item = _one(connection, RectificationItem, "id = ?", item_id)
            if item is None:
                return None
            missing = Enterprise(id=item.enterprise_id, name="")
            return ItemPage(
                item=item,
                enterprise=_one(connection, Enterprise, "id = ?", item.enterprise_id) or missing,
                letter=_letter(connection, item.letter_id),
                tracker=_officer_name(connection, item.tracking_officer_id),
                steps=_steps(connection, item_id),
                attachments=_attachments(connection, item_id),
                floors=_floors(connection, item.enterprise_id),
            )

    def officers(self) -> Sequence[Officer]:
        """Everybody who can take part in a recheck or follow an item."""
        statement = (
            f"SELECT {columns_of(Officer.entity)} FROM officer "  # noqa: S608 - declared names
            "WHERE is_active IS NOT 0 ORDER BY body <> 'hrss', body, role, name"
        )
        with self._database.reading() as connection:
            return [record_of(Officer, row) for row in connection.exec_driver_sql(statement)]

    def past_deadline(self, *, today: date) -> Sequence[str]:
        """Ids of open items whose deadline has passed and who are not marked overdue yet."""
        statement = "SELECT id FROM rectification_item WHERE state = 'open' AND deadline < ? ORDER BY id"
        with self._database.reading() as connection:
            return [row[0] for row in connection.exec_driver_sql(statement, (today.isoformat(),))]

    def _named(self, connection: Connection, wanted: LedgerFilter) -> Sequence[str]:
        """Enterprises meant by the words: by name, pinyin initials or the end of a credit code."""
        words = wanted.text.strip()
        if not words:
            return ()
        hits = self._search.find(connection, words, limit=_MOST_ENTERPRISES).hits
        return [hit.enterprise_id for hit in hits]


def ids_of(
    connection: Connection,
    wanted: LedgerFilter,
    *,
    today: date,
    sort: LedgerSort = LedgerSort.DEADLINE,
    descending: bool = False,
    most: int = -1,
    named: Sequence[str] = (),
) -> Sequence[str]:
    """Ids in order, not more than ``most`` when that is given."""
    where = filter_condition(wanted, named)
    group = group_condition(wanted.group, today=today, reminder_days=wanted.reminder_days)
    order = order_of(sort, descending=descending, group=wanted.group)
    tables = JOINED if order.needs_enterprise else PLAIN
    # One text instead of one row object per id: a hundred thousand ids in one step of the driver.
    statement = (
        f"SELECT group_concat(id, ' ') FROM (SELECT i.id AS id FROM {tables} "  # noqa: S608 - own words
        f"WHERE {group.sql} AND {where.sql} ORDER BY {order.sql} LIMIT {most})"
    )
    found = connection.exec_driver_sql(statement, group.values + where.values).scalar()
    return tuple(found.split(" ")) if found else ()


def rows_of(connection: Connection, ids: Sequence[str], *, today: date) -> Sequence[LedgerRow | None]:
    """One row per id, None where it is gone meanwhile."""
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    statement = f"SELECT {_ROW_FIELDS} FROM {_ROW_TABLES} WHERE i.id IN ({marks})"  # noqa: S608 - marks
    found = connection.exec_driver_sql(statement, tuple(ids)).fetchall()
    known = {row[0]: _ledger_row(row, today) for row in found}
    return [known.get(item_id) for item_id in ids]


def counts_of(
    connection: Connection,
    wanted: LedgerFilter,
    *,
    today: date,
    is_open_only: bool = False,
    named: Sequence[str] = (),
) -> LedgerCounts:
    """Numbers of all groups in one pass; counting closed items takes longest and may be left out."""
    where = filter_condition(wanted, named)
    among = StateGroup.OPEN if is_open_only else StateGroup.ALL
    states = group_condition(among, today=today, reminder_days=wanted.reminder_days)
    groups = [group_condition(group, today=today, reminder_days=wanted.reminder_days) for group in StateGroup]
    sums = ", ".join(f"total({group.sql})" for group in groups)
    statement = f"SELECT {sums} FROM {PLAIN} WHERE {states.sql} AND {where.sql}"  # noqa: S608 - own words
    values = tuple(value for group in groups for value in group.values) + where.values
    row = connection.exec_driver_sql(statement, values).one()
    names = (group.value.removeprefix("group_") for group in StateGroup)
    return LedgerCounts(**{name: int(number) for name, number in zip(names, row, strict=True)})


def _ledger_row(row: Any, today: date) -> LedgerRow:
    state = ItemState(row[3])
    deadline = _day(row[10]) or today
    waits = state in AWAITING_ENTERPRISE
    return LedgerRow(
        id=row[0],
        code=row[1] or "",
        title=row[2] or "",
        state=state,
        enterprise_id=row[4] or "",
        enterprise=row[5] or "",
        township=row[6] or "",
        risk_level=row[7] or "unrated",
        owner_name=row[8] or "",
        owner_phone=row[9] or "",
        deadline=deadline,
        remaining_days=(deadline - today).days if waits else None,
        is_deadline_flagged=bool(row[11]),
        is_urgent=bool(row[12]),
        lead_body=row[13] or "",
        tracker=row[14] or "",
        letter_number=row[15] or row[16] or "",
        reported_on=_day(row[17]),
        closed_on=_day(row[18]),
        reminded_on=_day(row[19]),
        unpaid_fen=row[20],
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _one(connection: Connection, record: Any, condition: str, value: str) -> Any:
    entity = record.entity
    statement = f'SELECT {columns_of(entity)} FROM "{entity.name}" WHERE {condition}'  # noqa: S608 - names
    row = connection.exec_driver_sql(statement, (value,)).first()
    return None if row is None else record_of(record, tuple(row))


def _letter(connection: Connection, letter_id: str) -> LetterBrief:
    statement = (
        "SELECT l.title, l.document_number, l.field_number, s.served_on, s.way FROM letter l "
        "LEFT JOIN letter_service s ON s.letter_id = l.id WHERE l.id = ? ORDER BY s.served_on, s.id LIMIT 1"
    )
    row = connection.exec_driver_sql(statement, (letter_id,)).first()
    if row is None:
        return LetterBrief(id=letter_id, title="", number="")
    way = ServiceWay(row[4]) if row[4] else None
    return LetterBrief(
        id=letter_id,
        title=row[0] or "",
        number=row[1] or row[2] or "",
        served_on=_day(row[3]),
        service_way=way,
    )


def _officer_name(connection: Connection, officer_id: str | None) -> str:
    statement = "SELECT name FROM officer WHERE id = ?"
    row = connection.exec_driver_sql(statement, (officer_id,)).first()
    return (row[0] or "") if row else ""


def _steps(connection: Connection, item_id: str) -> tuple[ItemStep, ...]:
    rows = connection.exec_driver_sql(_STEPS, (item_id,)).fetchall()
    names = _officer_names(connection) if any(row[9] for row in rows) else {}
    found = [_step(row, names) for row in rows]
    # Two laptops that open on the same morning both mark an item overdue: told once.
    first: dict[tuple[str, date], str] = {}
    for step in found:
        if step.event == "fall_overdue":
            first[step.event, step.happened_on] = step.id
    kept = set(first.values())
    return tuple(step for step in found if step.event != "fall_overdue" or step.id in kept)


def _officer_names(connection: Connection) -> Mapping[str, str]:
    return {row[0]: row[1] or "" for row in connection.exec_driver_sql("SELECT id, name FROM officer")}


def _step(row: Any, names: Mapping[str, str]) -> ItemStep:
    details = json.loads(row[9]) if row[9] else {}
    return ItemStep(
        id=row[0],
        event=row[1] or "",
        from_state=row[2] or "",
        to_state=row[3] or "",
        happened_on=date.fromisoformat(row[4]),
        recorded_at=datetime.fromisoformat(row[5]),
        officer=row[6] or "",
        device_number=row[7],
        note=row[8] or "",
        details=details,
        rechecked_by=tuple(names.get(officer, "") for officer in details.get("officers", ())),
    )


def _attachments(connection: Connection, item_id: str) -> tuple[Attachment, ...]:
    statement = (
        f"SELECT {columns_of(Attachment.entity)} FROM attachment "  # noqa: S608 - declared names
        "WHERE subject_id = ? AND subject = 'rectification_item' ORDER BY added_at, id"
    )
    return tuple(
        record_of(Attachment, tuple(row)) for row in connection.exec_driver_sql(statement, (item_id,))
    )


def _floors(connection: Connection, enterprise_id: str) -> frozenset[str]:
    statement = (
        "SELECT floors FROM risk_assessment WHERE enterprise_id = ? ORDER BY made_at DESC, id DESC LIMIT 1"
    )
    stored = connection.exec_driver_sql(statement, (enterprise_id,)).scalar()
    return frozenset(json.loads(stored)) if stored else frozenset()
