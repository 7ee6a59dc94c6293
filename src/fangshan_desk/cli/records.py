"""`rows`, `put`, `delete` and `export`: records by entity, validated like the screens."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from fangshan_desk.app.opening import opened
from fangshan_desk.cli.output import Output
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.catalogue import entity_named
from fangshan_desk.domain.records.declaring import Entity, Kind, Record
from fangshan_desk.domain.records.validating import from_plain
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.usecases.ports import Services, UnitOfWork

ROWS_PER_TRANSACTION = 2000


class MalformedLineError(ExpectedError):
    """A line is not a JSON object: ``line`` counts from 1."""

    key = "command-malformed-line"


class MalformedConditionError(ExpectedError):
    """A condition is not of the form FIELD=VALUE: ``given``."""

    key = "command-malformed-condition"


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    rows = commands.add_parser("rows", help="read records")
    rows.add_argument("entity")
    rows.add_argument("--id")
    rows.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")
    rows.add_argument("--json", action="store_true")
    rows.set_defaults(handler=_rows)
    put = commands.add_parser("put", help="insert or update records from JSON lines")
    put.add_argument("entity")
    put.add_argument("file", nargs="?", default="-")
    put.add_argument("--json", action="store_true")
    put.set_defaults(handler=_put)
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
            yield name, from_plain(entity, name, _from_words(entity, name, value))


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


def _put(options: argparse.Namespace, output: Output) -> None:
    entity = entity_named(options.entity)
    text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8-sig")
    lines = list(_objects(text.splitlines()))
    with opened(options) as desk:
        for start in range(0, len(lines), ROWS_PER_TRANSACTION):
            batch = lines[start : start + ROWS_PER_TRANSACTION]
            ids = desk.transact(partial(_put_batch, entity, batch)).result
            for record_id in ids:
                output.row({"id": record_id})


def _objects(stream: list[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise MalformedLineError(line=number) from error
        if not isinstance(value, dict):
            raise MalformedLineError(line=number)
        yield value


def _put_batch(entity: Entity, batch: list[dict[str, Any]], uow: UnitOfWork, services: Services) -> list[str]:
    new: list[Record] = []
    ids: list[str] = []
    for given in batch:
        fields = {name: from_plain(entity, name, value) for name, value in given.items() if name != "id"}
        if "id" in given:
            uow.update(uow.get(entity.record, str(given["id"])), **fields)
            ids.append(str(given["id"]))
        else:
            record = _new_record(entity, services.new_id(), fields)
            new.append(record)
            ids.append(record.id)
    uow.insert(*new)
    return ids


def _new_record(entity: Entity, record_id: str, fields: Mapping[str, Any]) -> Record:
    missing = {column.name: None for column in entity.columns if column.is_required}
    return entity.record(id=record_id, **{**missing, **fields})


def _delete(options: argparse.Namespace, output: Output) -> None:
    entity = entity_named(options.entity)
    with opened(options) as desk:
        desk.transact(lambda uow, _: uow.delete(uow.get(entity.record, options.id)))
    output.line(options.id)


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
