"""How an entity is declared: one frozen dataclass gives table, triggers, validation and change-set columns.

Table and column numbers travel in change-sets; a number is never used again for something else.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from typing import Any, ClassVar, TypeVar

from fangshan_desk.domain.errors import InvalidFieldError


class Kind(StrEnum):
    """What a column holds, which decides its storage form."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class Record:
    """A row of one entity; ``id`` is a UUIDv7 in canonical text."""

    entity: ClassVar["Entity"]
    id: str


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One declared field."""

    name: str
    number: int
    kind: Kind
    python_type: Any
    is_required: bool
    max_length: int
    minimum: int | None
    references: str | None
    is_indexed: bool
    is_personal: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Entity:
    """One declared record type."""

    number: int
    name: str
    record: type[Record]
    columns: tuple[Column, ...]
    is_append_only: bool = False

    by_name: Mapping[str, Column] = field(repr=False)

    def column(self, name: str) -> Column:
        """The column, or InvalidFieldError when the entity has no such field."""
        found = self.by_name.get(name)
        if found is None:
            raise InvalidFieldError(entity=self.name, field=name, rule="unknown")
        return found


def column(
    number: int,
    *,
    default: Any = dataclasses.MISSING,
    max_length: int = 200,
    minimum: int | None = None,
    references: str | None = None,
    indexed: bool = False,
    personal: bool = False,
) -> Any:
    """Declare one field.

    ``references`` names the entity whose id it holds, ``personal`` marks personal data (masked in logs
    and exports). A field that may be None is optional, a text field without default must not be blank.
    """
    metadata = {
        "number": number,
        "max_length": max_length,
        "minimum": minimum,
        "references": references,
        "indexed": indexed or references is not None,
        "personal": personal,
    }
    return field(default=default, metadata=metadata)


def entity(number: int, name: str, *, append_only: bool = False) -> Callable[[type[R]], type[R]]:
    """Class decorator: register the declaration on the record class itself."""

    def declare(record: type[R]) -> type[R]:
        hints = typing.get_type_hints(record)
        columns = tuple(
            _declared_column(item, hints[item.name])
            for item in dataclasses.fields(record)
            if item.name != "id"
        )
        numbers = [item.number for item in columns]
        if len(set(numbers)) != len(numbers):
            raise ValueError(f"{name}: a column number is used twice")
        record.entity = Entity(
            number=number,
            name=name,
            record=record,
            columns=columns,
            is_append_only=append_only,
            by_name=types.MappingProxyType({item.name: item for item in columns}),
        )
        return record

    return declare


def _declared_column(item: "dataclasses.Field[Any]", hint: Any) -> Column:
    python_type, is_optional = _without_none(hint)
    kind = _kind_of(python_type)
    has_default = item.default is not dataclasses.MISSING
    return Column(
        name=item.name,
        number=item.metadata["number"],
        kind=kind,
        python_type=python_type,
        is_required=not is_optional and not has_default,
        max_length=item.metadata["max_length"],
        minimum=item.metadata["minimum"],
        references=item.metadata["references"],
        is_indexed=item.metadata["indexed"],
        is_personal=item.metadata["personal"],
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        return inner[0], len(inner) < len(typing.get_args(hint))
    return hint, False


def _kind_of(python_type: Any) -> Kind:
    simple = {str: Kind.TEXT, bool: Kind.BOOLEAN, int: Kind.INTEGER, date: Kind.DATE, datetime: Kind.MOMENT}
    if python_type in simple:
        return simple[python_type]
    if isinstance(python_type, type) and issubclass(python_type, Enum):
        return Kind.CHOICE
    return Kind.JSON


def to_storage(column: Column, value: Any) -> Any:
    """The value as SQLite and change-sets hold it (text, integer or None)."""
    if value is None:
        return None
    convert = _TO_STORAGE.get(column.kind)
    return convert(value) if convert else value


def from_storage(column: Column, stored: Any) -> Any:
    """The typed value of what SQLite holds."""
    if stored is None:
        return None
    if column.kind is Kind.CHOICE:
        return column.python_type(stored)
    if column.kind is Kind.JSON:
        return _frozen(json.loads(stored))
    convert = _FROM_STORAGE.get(column.kind)
    return convert(stored) if convert else stored


def moment_text(value: datetime) -> str:
    """UTC with milliseconds, sortable as text."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text."""
    return _encode(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


# Made once: `json.dumps` with options makes an encoder at every call.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_TO_STORAGE: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.BOOLEAN: int,
    Kind.DATE: date.isoformat,
    Kind.MOMENT: moment_text,
    Kind.CHOICE: lambda value: value.value,
    Kind.JSON: canonical_json,
}
_FROM_STORAGE: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.BOOLEAN: bool,
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
}
