"""Letters for their list, their page and the check of their codes; numbers for their dialog."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from fangshan_desk.data.engine import Database
from fangshan_desk.data.readers.letter_conditions import SERVED_ON, WAITS, condition_of, order_of
from fangshan_desk.data.readers.records import columns_of, record_of
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.letters import (
    Letter,
    LetterKind,
    LetterService,
    LetterSignature,
    RectificationItem,
    VoidNumber,
)
from fangshan_desk.domain.records.people import Device, Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Attachment, Visit, Visitor
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.usecases.views.letters import (
    LetterCounts,
    LetterFilter,
    LetterPage,
    LetterRow,
    LetterSort,
    LetterStep,
    LetterWait,
    NumberStock,
)

R = TypeVar("R", bound=Record)

_TABLES = "letter l LEFT JOIN enterprise e ON e.id = l.enterprise_id"
_CLOSED = ", ".join(f"'{state.value}'" for state in sorted(CLOSED_STATES))
_ITEMS = "SELECT count(*) FROM rectification_item i WHERE i.letter_id = l.id"
_WAITS = ", ".join(WAITS[wait] for wait in LetterWait)
_ROW = (
    "l.id, l.kind, l.title, l.document_number, l.field_number, l.state, l.enterprise_id, e.name, "
    f"e.township, l.made_at, o.name, l.issued_on, {SERVED_ON}, ({_ITEMS}), "
    f"({_ITEMS} AND i.state NOT IN ({_CLOSED})), {_WAITS}"
)
_ROW_TABLES = f"{_TABLES} LEFT JOIN officer o ON o.id = l.made_by"
_PLAIN_FIELDS = 15
_STEPS = (
    "SELECT t.event, t.from_state, t.to_state, t.happened_on, t.recorded_at, o.name, t.note, t.details "
    "FROM transition t LEFT JOIN officer o ON o.id = t.officer_id "
    "WHERE t.subject = 'letter' AND t.subject_id = ? ORDER BY t.recorded_at DESC, t.id DESC"
)
_STOCKS = (
    "SELECT b.id, b.kind, b.year, b.first, b.last, b.next, b.device_id, d.name, o.name "
    "FROM number_block b LEFT JOIN device d ON d.id = b.device_id "
    "LEFT JOIN officer o ON o.id = b.reserved_by WHERE b.year = ? ORDER BY b.kind, b.first"
)
_CHILDREN = "SELECT id FROM letter WHERE parent_id = ? ORDER BY id"
_COUNTY_KEY = "county_public_key"


class SQLLetterReader:
    """`usecases.views.letters.LetterReader` over the encrypted file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_ids(
        self, wanted: LetterFilter, *, sort: LetterSort = LetterSort.MADE, descending: bool = True
    ) -> Sequence[str]:
        """All ids in order."""
        where = condition_of(wanted)
        waits = WAITS[wanted.wait] if wanted.wait else "1"
        statement = (
            f"SELECT l.id FROM {_TABLES} WHERE {waits} AND {where.sql} "  # noqa: S608 - own words
            f"ORDER BY {order_of(sort, descending=descending)}"
        )
        with self._database.reading() as connection:
            return [row[0] for row in connection.exec_driver_sql(statement, where.values)]

    def rows(self, ids: Sequence[str]) -> Sequence[LetterRow | None]:
        """One row per id, None where it is gone meanwhile."""
        with self._database.reading() as connection:
            return _rows(connection, ids)

    def counts(self, wanted: LetterFilter) -> LetterCounts:
        """Numbers for the chips; what the filter waits for is left out of account."""
        where = condition_of(wanted)
        sums = ", ".join(f"total({WAITS[wait]})" for wait in LetterWait)
        statement = f"SELECT count(*), {sums} FROM {_TABLES} WHERE {where.sql}"  # noqa: S608 - own words
        with self._database.reading() as connection:
            total, *waits = connection.exec_driver_sql(statement, where.values).one()
        numbers = {wait: int(number) for wait, number in zip(LetterWait, waits, strict=True)}
        return LetterCounts(total=total, waits=numbers)

    def letter(self, letter_id: str) -> LetterPage | None:
        """Everything about one letter."""
        with self._database.reading() as connection:
            found = _records(connection, Letter, "id = ?", letter_id)
            return _page(connection, found[0]) if found else None

    def letter_of_visit(self, visit_id: str) -> str:
        """Id of the visit's prescription that was not withdrawn, or an empty string."""
        statement = (
            "SELECT id FROM letter WHERE visit_id = ? AND kind = 'prescription' AND state <> 'withdrawn' "
            "ORDER BY id DESC LIMIT 1"
        )
        with self._database.reading() as connection:
            return str(connection.exec_driver_sql(statement, (visit_id,)).scalar() or "")

    def officers(self) -> Sequence[Officer]:
        """Everybody who can follow an item or hand over a letter."""
        return self._all(Officer, "is_active IS NOT 0 ORDER BY body <> 'hrss', body, role, name")

    def number_stocks(self, year: int) -> Sequence[NumberStock]:
        """Every block of a year, by kind and first number."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_STOCKS, (year,)).fetchall()
        return [
            NumberStock(
                id=row[0],
                kind=LetterKind(row[1]),
                year=row[2],
                first=row[3],
                last=row[4],
                next=row[5],
                device_id=row[6],
                device=row[7] or "",
                reserved_by=row[8] or "",
            )
            for row in rows
        ]

    def void_numbers(self, year: int) -> Sequence[VoidNumber]:
        """The register of void numbers of a year."""
        return self._all(VoidNumber, "year = ? ORDER BY kind, number", year)

    def devices(self) -> Sequence[Device]:
        """Every laptop with its key and certificate."""
        return self._all(Device, "1 ORDER BY number")

    def county_keys(self) -> Sequence[str]:
        """The county's public keys in hexadecimal."""
        statement = "SELECT value FROM parameter WHERE name = ? ORDER BY id DESC"
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(statement, (_COUNTY_KEY,)).fetchall()
        return [str(json.loads(row[0]).get("value", "")) for row in rows]

    def letters_numbered(self, number: str) -> Sequence[Letter]:
        """Letters that bear this official or field number."""
        return self._all(Letter, "document_number = ? OR field_number = ? ORDER BY id", number, number)

    def digests(self) -> Sequence[tuple[str, str]]:
        """Id and content hash of every letter that was confirmed."""
        statement = "SELECT id, content_hash FROM letter WHERE content_hash <> '' ORDER BY id"
        with self._database.reading() as connection:
            return [(row[0], row[1]) for row in connection.exec_driver_sql(statement)]

    def enterprise_name(self, uscc: str) -> str:
        """Name of the enterprise with this credit code, empty when unknown."""
        statement = "SELECT name FROM enterprise WHERE uscc = ? AND uscc <> '' ORDER BY merged_into_id, id"
        with self._database.reading() as connection:
            return str(connection.exec_driver_sql(statement, (uscc,)).scalar() or "")

    def _all(self, record: type[R], condition: str, *values: object) -> list[R]:
        with self._database.reading() as connection:
            return _records(connection, record, condition, *values)


def _rows(connection: Connection, ids: Sequence[str]) -> Sequence[LetterRow | None]:
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    statement = f"SELECT {_ROW} FROM {_ROW_TABLES} WHERE l.id IN ({marks})"  # noqa: S608 - marks
    found = connection.exec_driver_sql(statement, tuple(ids)).fetchall()
    known = {row[0]: _row(row) for row in found}
    return [known.get(letter_id) for letter_id in ids]


def _row(row: Any) -> LetterRow:
    waits = zip(LetterWait, row[_PLAIN_FIELDS:], strict=True)
    return LetterRow(
        id=row[0],
        kind=LetterKind(row[1]),
        title=row[2] or "",
        number=row[3] or row[4] or "",
        is_official=bool(row[3]),
        state=PrescriptionState(row[5]),
        enterprise_id=row[6] or "",
        enterprise=row[7] or "",
        township=row[8] or "",
        made_at=datetime.fromisoformat(row[9]),
        made_by=row[10] or "",
        issued_on=_day(row[11]),
        served_on=_day(row[12]),
        item_count=row[13],
        open_item_count=row[14],
        waits=tuple(wait for wait, is_waiting in waits if is_waiting),
    )


def _page(connection: Connection, letter: Letter) -> LetterPage:
    missing = Enterprise(id=letter.enterprise_id, name="")
    enterprises = _records(connection, Enterprise, "id = ?", letter.enterprise_id)
    visits = _records(connection, Visit, "id = ?", letter.visit_id)
    children = connection.exec_driver_sql(
        "SELECT id FROM letter WHERE parent_id = ? ORDER BY id", (letter.id,)
    )
    attached = "subject = 'letter' AND subject_id = ? ORDER BY added_at, id"
    return LetterPage(
        letter=letter,
        enterprise=enterprises[0] if enterprises else missing,
        visit=visits[0] if visits else None,
        visitors=tuple(_records(connection, Visitor, "visit_id = ? ORDER BY id", letter.visit_id)),
        signatures=tuple(_records(connection, LetterSignature, "letter_id = ? ORDER BY id", letter.id)),
        services=tuple(
            _records(connection, LetterService, "letter_id = ? ORDER BY served_on, id", letter.id)
        ),
        items=tuple(_records(connection, RectificationItem, "letter_id = ? ORDER BY ordinal, id", letter.id)),
        attachments=tuple(_records(connection, Attachment, attached, letter.id)),
        steps=tuple(_step(row) for row in connection.exec_driver_sql(_STEPS, (letter.id,))),
        names=dict(connection.exec_driver_sql("SELECT id, name FROM officer").fetchall()),
        parent=next(iter(_rows(connection, [letter.parent_id])), None) if letter.parent_id else None,
        children=tuple(row for row in _rows(connection, [found[0] for found in children]) if row is not None),
    )


def _step(row: Any) -> LetterStep:
    return LetterStep(
        event=row[0] or "",
        from_state=row[1] or "",
        to_state=row[2] or "",
        happened_on=date.fromisoformat(row[3]),
        recorded_at=datetime.fromisoformat(row[4]),
        officer=row[5] or "",
        note=row[6] or "",
        details=json.loads(row[7]) if row[7] else {},
    )


def _records(connection: Connection, record: type[R], condition: str, *values: object) -> list[R]:
    entity = record.entity
    statement = f'SELECT {columns_of(entity)} FROM "{entity.name}" WHERE {condition}'  # noqa: S608 - names
    return [record_of(record, tuple(row)) for row in connection.exec_driver_sql(statement, values)]


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
