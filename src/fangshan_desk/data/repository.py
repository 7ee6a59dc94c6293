"""Reads and writes records of any entity; one class serves them all because the declaration says the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.errors import InvalidFieldError, RecordNotFoundError
from fangshan_desk.domain.records.declaring import Column, Entity, Kind, Record, from_storage, to_storage
from fangshan_desk.domain.records.validating import validate, validate_value

R = TypeVar("R", bound=Record)


@cache
def _insert_statement(entity: Entity) -> str:
    names = ["id", *(column.name for column in entity.columns)]
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    return f'INSERT INTO "{entity.name}" ({listed}) VALUES ({marks})'  # noqa: S608 - declared names


@cache
def _select_statement(entity: Entity) -> str:
    listed = ", ".join(f'"{column.name}"' for column in entity.columns)
    return f'SELECT id, {listed} FROM "{entity.name}"'  # noqa: S608 - declared names


@dataclass(frozen=True)
class _Shape:
    """What is known of an entity before any row is seen, so that each row costs little."""

    values: Callable[[Record], tuple[Any, ...]]
    names: tuple[str, ...]
    stored: tuple[tuple[int, Column], ...]
    blank: Mapping[str, Any]


@cache
def _shape(entity: Entity) -> _Shape:
    names = tuple(column.name for column in entity.columns)
    return _Shape(
        values=attrgetter("id", *names),
        names=names,
        # Counted with the id.
        stored=tuple(
            (place, column)
            for place, column in enumerate(entity.columns, start=1)
            if column.kind not in (Kind.TEXT, Kind.INTEGER)
        ),
        # A row from another version may lack a required field: show it empty rather than refuse the row.
        blank={column.name: None for column in entity.columns if column.is_required},
    )


def record_values(record: Record) -> tuple[Any, ...]:
    """The row in storage form, id first."""
    shape = _shape(record.entity)
    values = list(shape.values(record))
    for place, column in shape.stored:
        if values[place] is not None:
            values[place] = to_storage(column, values[place])
    return tuple(values)


def record_of(entity: Entity, row: Any) -> Record:
    """The record of a row selected by `_select_statement`."""
    shape = _shape(entity)
    values = list(row)
    for place, column in shape.stored:
        if values[place] is not None:
            values[place] = from_storage(column, values[place])
    given = {name: value for name, value in zip(shape.names, values[1:], strict=True) if value is not None}
    return entity.record(id=values[0], **{**shape.blank, **given})


class Repository:
    """Records inside one transaction; remembers what it changed."""

    def __init__(self, connection: Any) -> None:
        # The bare DB-API connection: this runs at every answer, a toolkit in between costs as much again.
        self._connection = connection
        self._changed: dict[str, set[str]] = {}
        self._written: dict[tuple[int, str], tuple[Any, ...]] = {}

    @property
    def changes(self) -> Changes:
        """Everything written so far."""
        return Changes({name: frozenset(ids) for name, ids in self._changed.items()})

    def get(self, record: type[R], record_id: str) -> R:
        """The record, or RecordNotFoundError."""
        found = self.find(record, id=record_id)
        if not found:
            raise RecordNotFoundError(entity=record.entity.name, id=record_id)
        return found[0]

    def find(self, record: type[R], **equal: Any) -> list[R]:
        """Records whose fields equal the given values (None means empty), oldest first."""
        entity = record.entity
        clauses, values = [], []
        for name, value in equal.items():
            stored = value if name == "id" else to_storage(entity.column(name), value)
            clauses.append(f'"{name}" IS ?')
            values.append(stored)
        where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
        statement = f"{_select_statement(entity)}{where} ORDER BY id"
        rows = self._connection.execute(statement, tuple(values)).fetchall()
        return [record_of(entity, row) for row in rows]  # type: ignore[misc] # record_of builds entity.record

    def insert(self, *records: Record) -> None:
        """Add records after checking each against its declaration."""
        for record in records:
            validate(record)
        self.insert_checked(records)

    def insert_checked(self, records: Iterable[Record]) -> None:
        """Add records that were validated before (bulk import)."""
        batches: dict[str, list[Record]] = {}
        for record in records:
            batches.setdefault(record.entity.name, []).append(record)
        for name, batch in batches.items():
            statement = _insert_statement(batch[0].entity)
            rows = [record_values(record) for record in batch]
            self._connection.executemany(statement, rows)
            number = batch[0].entity.number
            self._written.update(((number, row[0]), row) for row in rows)
            self._changed.setdefault(name, set()).update(record.id for record in batch)

    def update(self, record: R, **fields: Any) -> R:
        """Write the named fields and return the record as it is now; only real changes are written."""
        entity = record.entity
        if entity.is_append_only:
            raise InvalidFieldError(entity=entity.name, field=next(iter(fields), "id"), rule="append_only")
        changed = {name: value for name, value in fields.items() if getattr(record, name) != value}
        for name, value in changed.items():
            validate_value(entity, entity.column(name), value)
        if not changed:
            return record
        assigned = ", ".join(f'"{name}" = ?' for name in changed)
        stored = [to_storage(entity.column(name), value) for name, value in changed.items()]
        statement = f'UPDATE "{entity.name}" SET {assigned} WHERE id = ?'  # noqa: S608 - declared names
        self._connection.execute(statement, (*stored, record.id))
        self._changed.setdefault(entity.name, set()).add(record.id)
        return replace(record, **changed)

    def delete(self, record: Record) -> None:
        """Remove the row; its last content stays in the grave for a merge that finds it edited."""
        if record.entity.is_append_only:
            raise InvalidFieldError(entity=record.entity.name, field="id", rule="append_only")
        statement = f'DELETE FROM "{record.entity.name}" WHERE id = ?'  # noqa: S608 - declared names
        self._connection.execute(statement, (record.id,))
        self._changed.setdefault(record.entity.name, set()).add(record.id)
