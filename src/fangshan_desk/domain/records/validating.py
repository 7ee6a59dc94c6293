"""Checks one value against its declaration; screens, command line and received rows use the same rules."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from fangshan_desk.domain.errors import InvalidFieldError
from fangshan_desk.domain.records.declaring import Column, Entity, Kind, Record, canonical_json

LARGEST = 2**53
JSON_LIMIT = 2_000_000


def validate(record: Record) -> None:
    """Raise InvalidFieldError for the first field that breaks its declaration."""
    for column in record.entity.columns:
        value = getattr(record, column.name)
        if value is None and not column.is_required:
            continue
        rule = _broken_rule(column, value)
        if rule is not None:
            raise InvalidFieldError(entity=record.entity.name, field=column.name, rule=rule)


def validate_value(entity: Entity, column: Column, value: Any) -> None:
    """Raise InvalidFieldError with the broken ``rule`` (type, required, long, small, large, character)."""
    rule = _broken_rule(column, value)
    if rule is not None:
        raise InvalidFieldError(entity=entity.name, field=column.name, rule=rule)


def _broken_rule(column: Column, value: Any) -> str | None:
    if value is None:
        return "required" if column.is_required else None
    return _RULES[column.kind](column, value)


def _text_rule(column: Column, value: Any) -> str | None:
    if not isinstance(value, str):
        return "type"
    if column.is_required and not value.strip():
        return "required"
    if len(value) > column.max_length:
        return "long"
    return "character" if FORBIDDEN.search(value) else None


def _number_rule(column: Column, value: Any) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "type"
    if column.minimum is not None and value < column.minimum:
        return "small"
    return "large" if abs(value) > LARGEST else None


def _json_rule(_column: Column, value: Any) -> str | None:
    if not isinstance(value, (Mapping, tuple, list)):
        return "type"
    # Escapes at most double a text: only what may be too long is written out to be measured.
    if 2 * len(repr(value)) <= JSON_LIMIT:
        return None
    return "long" if len(canonical_json(value)) > JSON_LIMIT else None


def _moment_rule(_column: Column, value: Any) -> str | None:
    return None if isinstance(value, datetime) and value.tzinfo is not None else "type"


def _date_rule(_column: Column, value: Any) -> str | None:
    return None if isinstance(value, date) and not isinstance(value, datetime) else "type"


def _type_rule(column: Column, value: Any) -> str | None:
    return None if isinstance(value, column.python_type) else "type"


# NUL cuts texts short in C libraries, lone surrogates cannot be stored as UTF-8.
FORBIDDEN = re.compile("[\0\ud800-\udfff]")
_RULES: Mapping[Kind, Callable[[Column, Any], str | None]] = {
    Kind.TEXT: _text_rule,
    Kind.INTEGER: _number_rule,
    Kind.JSON: _json_rule,
    Kind.MOMENT: _moment_rule,
    Kind.DATE: _date_rule,
    Kind.BOOLEAN: _type_rule,
    Kind.CHOICE: _type_rule,
}


def from_plain(entity: Entity, name: str, value: Any) -> Any:
    """A typed value from JSON (command line, spreadsheets), or InvalidFieldError."""
    column = entity.column(name)
    if value is None:
        return None
    try:
        return _typed(column, value)
    except (TypeError, ValueError) as error:
        raise InvalidFieldError(entity=entity.name, field=name, rule="type") from error


def _typed(column: Column, value: Any) -> Any:
    if column.kind is Kind.DATE:
        return date.fromisoformat(value)
    if column.kind is Kind.MOMENT:
        return datetime.fromisoformat(value)
    if column.kind is Kind.CHOICE:
        return column.python_type(value)
    if column.kind is Kind.JSON:
        return tuple(value) if isinstance(value, list) else value
    return value


def to_plain(value: Any) -> Any:
    """A JSON form of a typed value: dates and moments as ISO text."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value
