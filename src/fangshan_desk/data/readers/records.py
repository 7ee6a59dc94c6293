"""Turns selected columns into the declared records, for readers."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from fangshan_desk.domain.records.declaring import Entity, Record, from_storage

R = TypeVar("R", bound=Record)


@cache
def columns_of(entity: Entity, alias: str = "") -> str:
    """The select list of a whole record, id first."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(f'{prefix}"{name}"' for name in ("id", *(column.name for column in entity.columns)))


def record_of(record: type[R], row: Sequence[Any]) -> R:
    """The record of values selected by `columns_of`."""
    entity = record.entity
    given = {
        column.name: from_storage(column, stored)
        for column, stored in zip(entity.columns, row[1:], strict=True)
        if stored is not None
    }
    return record(id=row[0], **{**_blank(entity), **given})


@cache
def _blank(entity: Entity) -> Mapping[str, Any]:
    # A row from another version may lack a required field: show it empty rather than refuse the row.
    return {column.name: None for column in entity.columns if column.is_required}
