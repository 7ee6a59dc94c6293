"""Checks one value against its declaration; screens, command line and received rows use the same rules."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from fangshan_desk.domain.errors import InvalidFieldError
from fangshan_desk.domain.records.declaring import Column, Entity, Kind, Record, canonical_json

_LARGEST = 2**53
_JSON_LIMIT = 2_000_000


def validate(record: Record) -> None:
    """Raise InvalidFieldError for the first field that breaks its declaration."""
    for column in record.entity.columns:
        validate_value(record.entity, column, getattr(record, column.name))


def validate_value(entity: Entity, column: Column, value: Any) -> None:
    """Raise InvalidFieldError with the broken ``rule`` (type, required, long, small, large, character)."""
    rule = _broken_rule(column, value)
    if rule is not None:
        raise InvalidFieldError(entity=entity.name, field=column.name, rule=rule)


def _broken_rule(column: Column, value: Any) -> str | None:
    if value is None:
        return "required" if column.is_required else None
    if not _has_type(column, value):
        return "type"
    if column.kind is Kind.TEXT:
        return _broken_text_rule(column, value)
    if column.kind is Kind.INTEGER:
        return _broken_number_rule(column, value)
    if column.kind is Kind.JSON and len(canonical_json(value)) > _JSON_LIMIT:
        return "long"
    return None


def _has_type(column: Column, value: Any) -> bool:
    if column.kind is Kind.JSON:
        return isinstance(value, (Mapping, tuple, list))
    if column.kind is Kind.MOMENT:
        return isinstance(value, datetime) and value.tzinfo is not None
    if column.kind is Kind.DATE:
        return isinstance(value, date) and not isinstance(value, datetime)
    if column.kind is Kind.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, column.python_type)


def _broken_text_rule(column: Column, value: str) -> str | None:
    if column.is_required and not value.strip():
        return "required"
    if len(value) > column.max_length:
        return "long"
    # NUL cuts texts short in C libraries, lone surrogates cannot be stored as UTF-8.
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value):
        return "character"
    return None


def _broken_number_rule(column: Column, value: int) -> str | None:
    if column.minimum is not None and value < column.minimum:
        return "small"
    return "large" if abs(value) > _LARGEST else None


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
