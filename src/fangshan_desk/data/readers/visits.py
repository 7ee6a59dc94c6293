"""Visits: ids in one statement, rows by id, numbers for the chips, everything about one visit."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection

from fangshan_desk.data.engine import Database
from fangshan_desk.data.readers.records import columns_of, record_of
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.people import Campaign, Officer, Parameter
from fangshan_desk.domain.records.register import Enterprise, RiskAssessmentRecord
from fangshan_desk.domain.records.visits import Attachment, CheckAnswer, Visit, Visitor
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.usecases.views.visits import (
    VisitCounts,
    VisitFilter,
    VisitGroup,
    VisitPageState,
    VisitRow,
    VisitSort,
)
from fangshan_desk.usecases.visiting import PLACE

R = TypeVar("R", bound=Record)

_PLAIN = "visit v"
_JOINED = "visit v LEFT JOIN enterprise e ON e.id = v.enterprise_id"
# A living prescription; a withdrawn one no longer stands for the visit.
_LETTER = (
    "(SELECT {field} FROM letter l WHERE l.visit_id = v.id AND l.kind = 'prescription' "
    "AND l.state <> 'withdrawn' ORDER BY l.id DESC LIMIT 1)"
)
_NUMBER = _LETTER.format(field="coalesce(nullif(l.document_number, ''), l.field_number)")
_ROW_FIELDS = (
    "v.id, v.enterprise_id, e.name, e.township, e.risk_level, v.state, v.is_planned, "  # noqa: S608 - own
    "v.planned_on, v.planned_time, v.started_at, v.finished_at, v.purpose, "
    "(SELECT group_concat(p.name, char(31)) FROM visitor p WHERE p.visit_id = v.id), "
    "(SELECT count(DISTINCT a.code) FROM check_answer a WHERE a.visit_id = v.id "
    "AND a.answer <> 'undetermined'), "
    "(SELECT count(DISTINCT a.code) FROM check_answer a WHERE a.visit_id = v.id AND a.answer = 'violated'), "
    f"{_NUMBER}, {_LETTER.format(field='l.state')}"
)
_STATES = "CASE v.state WHEN 'under_way' THEN 0 WHEN 'planned' THEN 1 WHEN 'finished' THEN 2 ELSE 3 END"
_WHEN = "coalesce(v.started_at, v.planned_on || 'T' || v.planned_time)"
# The plan reads forward, what was made backward.
_NATURAL = (
    f"{_STATES}, CASE v.state WHEN 'planned' THEN v.planned_on || ' ' || v.planned_time END, "
    f"{_WHEN} DESC, v.id DESC"
)
_SORTED = {
    VisitSort.WHEN: _WHEN,
    VisitSort.ENTERPRISE: "e.name",
    VisitSort.TOWNSHIP: "e.township",
    VisitSort.STATE: _STATES,
}


class SQLVisitReader:
    """Reads visits from the encrypted file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_ids(
        self, wanted: VisitFilter, *, sort: VisitSort | None = None, descending: bool = False
    ) -> Sequence[str]:
        """All ids in order; by itself what is under way, then the plan, then the newest made."""
        where, values = _condition(wanted)
        if wanted.group is not VisitGroup.ALL:
            where, values = f"{where} AND v.state = ?", (*values, wanted.group.value)
        direction = "DESC" if descending else "ASC"
        order = _NATURAL if sort is None else f"{_SORTED[sort]} {direction}, v.id"
        # One text instead of one row object per id: a hundred thousand ids in one step of the driver.
        statement = (
            f"SELECT group_concat(id, ' ') FROM (SELECT v.id AS id FROM {_JOINED} "  # noqa: S608 - own words
            f"WHERE {where} ORDER BY {order})"
        )
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(statement, values).scalar()
        return tuple(found.split(" ")) if found else ()

    def rows(self, ids: Sequence[str]) -> Sequence[VisitRow | None]:
        """One row per id, None where it is gone meanwhile."""
        marks = ", ".join("?" * len(ids))
        statement = f"SELECT {_ROW_FIELDS} FROM {_JOINED} WHERE v.id IN ({marks})"  # noqa: S608 - marks
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(statement, tuple(ids)).fetchall() if ids else []
        known = {row[0]: _visit_row(row) for row in found}
        return [known.get(visit_id) for visit_id in ids]

    def counts(self, wanted: VisitFilter) -> VisitCounts:
        """Numbers for the chips; the filter's own group is left out of account."""
        where, values = _condition(wanted)
        tables = _JOINED if wanted.township or wanted.text else _PLAIN
        statement = f"SELECT v.state, count(*) FROM {tables} WHERE {where} GROUP BY 1"  # noqa: S608 - own
        with self._database.reading() as connection:
            found = {row[0]: int(row[1]) for row in connection.exec_driver_sql(statement, values)}
        known = {state.value: found.get(state.value, 0) for state in VisitState}
        return VisitCounts(**known, all=sum(known.values()))

    def page(self, visit_id: str) -> VisitPageState | None:
        """Everything about one visit."""
        with self._database.reading() as connection:
            visit = _first(connection, Visit, "id = ?", visit_id)
            if visit is None:
                return None
            of_enterprise = (visit.enterprise_id,)
            enterprise = _first(connection, Enterprise, "id = ?", visit.enterprise_id)
            return VisitPageState(
                visit=visit,
                enterprise=enterprise or Enterprise(id=visit.enterprise_id, name=""),
                visitors=tuple(_all(connection, Visitor, "visit_id = ? ORDER BY id", (visit_id,))),
                answers=_newest_answers(connection, visit_id),
                attachments=tuple(
                    _all(
                        connection,
                        Attachment,
                        "subject_id = ? AND subject = 'visit' ORDER BY added_at, id",
                        (visit_id,),
                    )
                ),
                letter=_living_letter(connection, visit_id),
                assessment=next(
                    iter(
                        _all(
                            connection,
                            RiskAssessmentRecord,
                            "enterprise_id = ? ORDER BY as_of DESC, made_at DESC, id DESC LIMIT 1",
                            of_enterprise,
                        )
                    ),
                    None,
                ),
                parameters=tuple(_all(connection, Parameter, "1 ORDER BY id")),
                campaign=_campaign(connection, visit.campaign_id),
                looked_at=_looked_at(connection, visit),
            )

    def blank_page(self, enterprise_id: str, day: date) -> VisitPageState | None:
        """What the page of a visit shows that is not in the file yet; its visit has no id."""
        with self._database.reading() as connection:
            enterprise = _first(connection, Enterprise, "id = ?", enterprise_id)
            if enterprise is None:
                return None
            return VisitPageState(
                visit=Visit(
                    id="",
                    enterprise_id=enterprise_id,
                    is_planned=False,
                    planned_on=day,
                    enterprise_person=enterprise.contact_person,
                    enterprise_person_phone=enterprise.contact_phone,
                ),
                enterprise=enterprise,
                parameters=tuple(_all(connection, Parameter, "1 ORDER BY id")),
            )

    def officers(self) -> Sequence[Officer]:
        """Everybody who can take part in a visit, the bureau first."""
        with self._database.reading() as connection:
            return _all(
                connection,
                Officer,
                "is_active IS NOT 0 ORDER BY body <> 'hrss', body <> 'ftu', body, role, name",
            )

    def planned_on(self, day: date) -> Sequence[VisitRow]:
        """What the calendar holds for a day, in the order of the hours."""
        statement = (
            f"SELECT {_ROW_FIELDS} FROM {_JOINED} "  # noqa: S608 - own words
            "WHERE v.planned_on = ? AND v.state = 'planned' "
            "ORDER BY v.planned_time = '', v.planned_time, v.id"
        )
        with self._database.reading() as connection:
            return [_visit_row(row) for row in connection.exec_driver_sql(statement, (day.isoformat(),))]


def _condition(wanted: VisitFilter) -> tuple[str, tuple[str, ...]]:
    parts: list[tuple[str, tuple[str, ...]]] = []
    if wanted.township:
        parts.append(("e.township = ?", (wanted.township,)))
    if wanted.enterprise_id:
        parts.append(("v.enterprise_id = ?", (wanted.enterprise_id,)))
    if wanted.officer_id:
        takes_part = "EXISTS (SELECT 1 FROM visitor p WHERE p.visit_id = v.id AND p.officer_id = ?)"
        parts.append((f"(v.leading_officer_id = ? OR {takes_part})", (wanted.officer_id, wanted.officer_id)))
    if wanted.text.strip():
        parts.append(_containing(wanted.text.strip()))
    sql = " AND ".join(part for part, _ in parts) or "1"
    return sql, tuple(value for _, values in parts for value in values)


def _containing(text: str) -> tuple[str, tuple[str, ...]]:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    fields = ("e.name", "e.uscc", "v.purpose")
    condition = " OR ".join(f"{field} LIKE ? ESCAPE '\\'" for field in fields)
    return f"({condition})", (f"%{escaped}%",) * len(fields)


def _all(connection: Connection, record: type[R], rest: str, values: tuple[str, ...] = ()) -> list[R]:
    entity = record.entity
    statement = f'SELECT {columns_of(entity)} FROM "{entity.name}" WHERE {rest}'  # noqa: S608 - own words
    return [record_of(record, tuple(row)) for row in connection.exec_driver_sql(statement, values)]


def _first(connection: Connection, record: type[R], condition: str, value: str) -> R | None:
    return next(iter(_all(connection, record, condition, (value,))), None)


def _newest_answers(connection: Connection, visit_id: str) -> Mapping[str, CheckAnswer]:
    # Two laptops may have answered the same item: the later one stands.
    found = _all(connection, CheckAnswer, "visit_id = ? ORDER BY answered_at, id", (visit_id,))
    return MappingProxyType({answer.code: answer for answer in found})


def _living_letter(connection: Connection, visit_id: str) -> Letter | None:
    condition = "visit_id = ? AND kind = 'prescription' AND state <> 'withdrawn' ORDER BY id DESC LIMIT 1"
    return _first(connection, Letter, condition, visit_id)


def _campaign(connection: Connection, campaign_id: str | None) -> str:
    campaign = _first(connection, Campaign, "id = ?", campaign_id) if campaign_id else None
    return campaign.title if campaign is not None else ""


def _looked_at(connection: Connection, visit: Visit) -> str:
    stored = connection.exec_driver_sql("SELECT value FROM desk_state WHERE name = ?", (PLACE,)).scalar()
    place = json.loads(stored) if stored else None
    if isinstance(place, dict) and place.get("visit_id") == visit.id:
        return str(place.get("item", ""))
    return visit.current_item


def _visit_row(row: Any) -> VisitRow:
    return VisitRow(
        id=row[0],
        enterprise_id=row[1] or "",
        enterprise=row[2] or "",
        township=row[3] or "",
        risk_level=row[4] or "unrated",
        state=VisitState(row[5] or VisitState.PLANNED),
        is_planned=bool(row[6]),
        planned_on=date.fromisoformat(row[7]) if row[7] else None,
        planned_time=row[8] or "",
        started_at=datetime.fromisoformat(row[9]) if row[9] else None,
        finished_at=datetime.fromisoformat(row[10]) if row[10] else None,
        purpose=row[11] or "",
        visitors=tuple(row[12].split("\x1f")) if row[12] else (),
        answered=int(row[13]),
        violated=int(row[14]),
        letter_number=row[15] or "",
        letter_state=row[16] or "",
    )
