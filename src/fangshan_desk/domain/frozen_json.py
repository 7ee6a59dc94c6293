"""Canonical JSON of frozen records: the text that is kept, hashed and read back years later."""

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from fangshan_desk.domain.errors import ExpectedError

Record = TypeVar("Record")

# Metadata of a field that is filled in after the content was confirmed.
LATER = {"later": True}


class UnreadableFactsError(ExpectedError):
    """Stored facts do not fit this program: a newer desk wrote them, or the file is damaged."""

    key = "error-letter-facts-unreadable"


def canonical_json(values: dict[str, Any]) -> str:
    """Sorted keys, no spaces, characters as they are: one text for one meaning."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain_values(record: object, *, with_later: bool = True) -> dict[str, Any]:
    """A record as JSON values; defaults are left out, so a field added next year changes no old hash."""
    values = {}
    for field in fields(record):  # type: ignore[arg-type]  # callers pass dataclass instances only
        value = getattr(record, field.name)
        if not _is_default(field, value) and (with_later or not field.metadata.get("later")):
            values[field.name] = _plain(value, with_later=with_later)
    return values


def _is_default(field: Field[Any], value: object) -> bool:
    return field.default is not MISSING and bool(value == field.default)


def _plain(value: object, *, with_later: bool) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part, with_later=with_later) for part in value]
    if is_dataclass(value):
        return plain_values(value, with_later=with_later)
    return value


def record_from(record_type: type[Record], values: object) -> Record:
    """The record that `plain_values` described; anything unknown or missing is refused."""
    try:
        record: Record = _record(record_type, values)
    except (TypeError, ValueError) as problem:
        raise UnreadableFactsError(reason=str(problem)) from problem
    return record


def _record(record_type: Any, values: object) -> Any:
    if not isinstance(values, dict):
        raise TypeError(f"{record_type.__name__}: not an object")
    hints = _hints(record_type)
    unknown = sorted(values.keys() - hints.keys())
    if unknown:
        # Dropping it would print a letter that says less than what was confirmed.
        raise ValueError(f"{record_type.__name__}: {', '.join(unknown)}")
    return record_type(**{name: _typed(hints[name], value) for name, value in values.items()})


@cache
def _hints(record_type: Any) -> dict[str, Any]:
    hints = get_type_hints(record_type)
    return {field.name: hints[field.name] for field in fields(record_type)}


def _typed(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _optional(hint, value)
    if origin is tuple:
        return _tuple(hint, value)
    if is_dataclass(hint):
        return _record(hint, value)
    if hint is date:
        return date.fromisoformat(value)
    if issubclass(hint, Enum):
        return hint(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is no {hint.__name__}")
    return value


def _optional(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    (inner,) = (part for part in get_args(hint) if part is not NoneType)
    return _typed(inner, value)


def _tuple(hint: Any, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return tuple(_typed(get_args(hint)[0], part) for part in value)
