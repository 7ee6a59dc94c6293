"""`rows`, `delete` and `export`: records by entity."""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fangshan_desk.app.opening import opened
from fangshan_desk.cli.output import Output
from fangshan_desk.cli.refusals import WrongUsageError
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.catalogue import ENTITIES, entity_named
from fangshan_desk.domain.records.declaring import Entity, Kind, Record
from fangshan_desk.domain.records.validating import from_plain, validate_value
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.usecases.ports import UnitOfWork


class MalformedConditionError(WrongUsageError):
    """A condition is not of the form FIELD=VALUE: ``given``."""

    key = "command-malformed-condition"


class StillNeededError(ExpectedError):
    """Other records point to the one that should go: ``count`` of ``entity``."""

    key = "command-still-needed"


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    rows = commands.add_parser("rows", help="read records")
    rows.add_argument("entity")
    rows.add_argument("--id")
    rows.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")
    rows.add_argument("--json", action="store_true")
    rows.set_defaults(handler=_rows)
    delete = commands.add_parser("delete", help="delete a record")
    delete.add_argument("entity")
    delete.add_argument("id")
    delete.set_defaults(handler=_delete)
    export = commands.add_parser("export", help="write records to xlsx or csv")
    export.add_argument("entity")
    export.add_argument("file", type=Path)
    export.set_defaults(handler=_export)


def _rows(options: argparse.Namespace, output: Output) -> None:
    entity = entity_named(options.entity)
    equal = dict(_conditions(entity, options.where))
    if options.id:
        equal["id"] = options.id
    with opened(options) as desk:
        found = desk.transact(lambda uow, _: uow.find(entity.record, **equal)).result
    for record in found:
        output.row(plain_record(record))


def _conditions(entity: Entity, given: list[str]) -> Iterator[tuple[str, Any]]:
    for condition in given:
        name, sign, value = condition.partition("=")
        if not sign:
            raise MalformedConditionError(given=condition)
        if name == "id":
            yield name, value
        else:
            typed = from_plain(entity, name, _from_words(entity, name, value))
            if typed is not None:
                validate_value(entity, entity.column(name), typed)
            yield name, typed


def _from_words(entity: Entity, name: str, value: str) -> object:
    kind = entity.column(name).kind
    if value == "":
        return None if kind is not Kind.TEXT else ""
    if kind in (Kind.INTEGER, Kind.BOOLEAN, Kind.JSON):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def plain_record(record: Record) -> dict[str, Any]:
    """The record as a mapping, id first."""
    return {"id": record.id, **{item.name: getattr(record, item.name) for item in record.entity.columns}}


def _delete(options: argparse.Namespace, output: Output) -> None:
    entity = entity_named(options.entity)
    with opened(options) as desk:
        desk.transact(lambda uow, _: _delete_one(entity, options.id, uow))
    output.line(options.id)


def _delete_one(entity: Entity, record_id: str, uow: UnitOfWork) -> None:
    record = uow.get(entity.record, record_id)
    for other in ENTITIES:
        for column in other.columns:
            if column.references == entity.name and (
                found := uow.find(other.record, **{column.name: record_id})
            ):
                raise StillNeededError(entity=other.name, count=len(found))
    uow.delete(record)


def _export(options: argparse.Namespace, output: Output) -> None:
    from fangshan_desk.data.spreadsheets.cells import Column, ColumnKind
    from fangshan_desk.data.spreadsheets.exporting import export_table

    entity = entity_named(options.entity)
    with opened(options) as desk:
        records = desk.transact(lambda uow, _: uow.find(entity.record)).result
    kinds = {Kind.INTEGER: ColumnKind.INTEGER, Kind.DATE: ColumnKind.DATE, Kind.MOMENT: ColumnKind.MOMENT}
    columns = [
        Column("id"),
        *(Column(item.name, kinds.get(item.kind, ColumnKind.TEXT)) for item in entity.columns),
    ]
    rows = ([_export_value(value) for value in plain_record(record).values()] for record in records)
    result = export_table(options.file, columns, rows)
    output.say(chinese_texts()("command-exported", rows=result.rows, file=options.file))


def _export_value(value: Any) -> Any:
    if isinstance(value, (Mapping, tuple, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value
