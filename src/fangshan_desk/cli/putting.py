"""`put`: inserts or updates records from JSON lines; everything is checked before anything is written."""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from fangshan_desk.app.opening import opened
from fangshan_desk.cli.output import Output
from fangshan_desk.domain.errors import ExpectedError, InvalidFieldError
from fangshan_desk.domain.records.catalogue import BY_NAME, entity_named
from fangshan_desk.domain.records.declaring import Entity, Record
from fangshan_desk.domain.records.validating import from_plain, validate, validate_value
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.usecases.ports import Services, UnitOfWork

ROWS_PER_TRANSACTION = 2000
DEEPEST = 40
Line = tuple[int, Mapping[str, Any]]


class MalformedLineError(ExpectedError):
    """A line is not a JSON object: ``line`` counts from 1."""

    key = "command-malformed-line"


class RefusedLineError(ExpectedError):
    """A line names a record or value that cannot be: ``line`` counts from 1, ``reason`` is a sentence."""

    key = "command-refused-line"


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    put = commands.add_parser("put", help="insert or update records from JSON lines")
    put.add_argument("entity")
    put.add_argument("file", nargs="?", default="-")
    put.add_argument("--json", action="store_true")
    put.set_defaults(handler=_put)


def _put(options: argparse.Namespace, output: Output) -> None:
    entity = entity_named(options.entity)
    lines = list(_objects(_text_of(options.file).splitlines()))
    with opened(options) as desk:
        desk.transact(lambda uow, _: _check(entity, lines, uow))
        for start in range(0, len(lines), ROWS_PER_TRANSACTION):
            batch = lines[start : start + ROWS_PER_TRANSACTION]
            for record_id in desk.transact(partial(_write, entity, batch)).result:
                output.row({"id": record_id})


def _text_of(file: str) -> str:
    # Bytes, because a pipe on Windows would be read in the system's own encoding.
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return content.decode("utf-8-sig")


def _objects(lines: Sequence[str]) -> Iterator[Line]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, parse_constant=_no_number, parse_float=_finite)
            # Half of a surrogate pair is no character and could not be stored.
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError) as error:
            raise MalformedLineError(line=number) from error
        if not isinstance(value, dict) or _is_deeper_than(value, DEEPEST):
            raise MalformedLineError(line=number)
        yield number, value


def _no_number(word: str) -> float:
    raise ValueError(word)


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _no_number(digits)


def _is_deeper_than(value: object, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (levels == 0 or any(_is_deeper_than(part, levels - 1) for part in inner))


def _check(entity: Entity, lines: Sequence[Line], uow: UnitOfWork) -> None:
    """Refuse the first line that cannot be written, before any is."""
    references = _References(uow)
    for number, given in lines:
        try:
            _check_one(entity, given, references, uow)
        except ExpectedError as error:
            reason = chinese_texts()(error.key, **error.values)
            raise RefusedLineError(line=number, reason=reason) from error


def _check_one(entity: Entity, given: Mapping[str, Any], references: "_References", uow: UnitOfWork) -> None:
    fields = _fields(entity, given)
    if "id" not in given:
        validate(_new_record(entity, "", fields))
    else:
        uow.get(entity.record, str(given["id"]))
        if entity.is_append_only:
            raise InvalidFieldError(entity=entity.name, field="id", rule="append_only")
        for name, value in fields.items():
            validate_value(entity, entity.column(name), value)
    for name, value in fields.items():
        references.check(entity, name, value)


@dataclass
class _References:
    """Remembers which records are there, so that many lines about one enterprise ask once."""

    uow: UnitOfWork
    _known: set[tuple[str, str]] = field(default_factory=set)

    def check(self, entity: Entity, name: str, value: object) -> None:
        """Refuse an id that names no record."""
        target = entity.column(name).references
        if target is None or value is None or (target, str(value)) in self._known:
            return
        if not self.uow.find(BY_NAME[target].record, id=str(value)):
            raise InvalidFieldError(entity=entity.name, field=name, rule="reference")
        self._known.add((target, str(value)))


def _write(entity: Entity, batch: Sequence[Line], uow: UnitOfWork, services: Services) -> list[str]:
    new: list[Record] = []
    ids: list[str] = []
    for _, given in batch:
        fields = _fields(entity, given)
        if "id" in given:
            uow.update(uow.get(entity.record, str(given["id"])), **fields)
            ids.append(str(given["id"]))
        else:
            record = _new_record(entity, services.new_id(), fields)
            new.append(record)
            ids.append(record.id)
    uow.insert(*new)
    return ids


def _fields(entity: Entity, given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: from_plain(entity, name, value) for name, value in given.items() if name != "id"}


def _new_record(entity: Entity, record_id: str, fields: Mapping[str, Any]) -> Record:
    missing = {column.name: None for column in entity.columns if column.is_required}
    return entity.record(id=record_id, **{**missing, **fields})
