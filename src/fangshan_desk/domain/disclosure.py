"""Which measure of the notice each record and field belongs to, and with it who may read it at all.

The matrix in `rights` speaks of measures; this table says where their records are kept. What depends on the
single record (membership, township, kind of letter) is asked where the record is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from fangshan_desk.domain.changesets import DELETE, INSERT, FieldChange, RowChange, Stored
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.declaring import to_storage
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.rights import MATRIX, Detail, Measure, Right, Role


class Scope(NamedTuple):
    """A measure's records, and how much of them a right has to cover to read this part."""

    measure: Measure
    detail: Detail = Detail.FULL


_SURVEY = Scope(Measure.RISK_SURVEY)
_LETTER = Scope(Measure.PRESCRIPTION_ISSUE)
_ITEM = Scope(Measure.ITEM_CLOSING)
_NEGOTIATION = Scope(Measure.NEGOTIATION)
_WARNING = Scope(Measure.EARLY_WARNING)
_SHARED = Scope(Measure.SHARED_DATA)
_LEVEL = Scope(Measure.RISK_GRADE, Detail.LEVEL_ONLY)
_GRADE = Scope(Measure.RISK_GRADE)

# None: every desk needs it, to name people, check signatures and count days.
ENTITY_SCOPES: Mapping[str, Scope | None] = {
    "officer": None,
    "device": None,
    "campaign": None,
    "parameter": None,
    "calendar_day": None,
    "enterprise": _SURVEY,
    "enterprise_alias": _SURVEY,
    "duplicate_decision": _SURVEY,
    "shared_fact": _SHARED,
    "risk_assessment": _LEVEL,
    "collective_contract": _NEGOTIATION,
    "negotiation": _NEGOTIATION,
    "warning_signal": _WARNING,
    "visit": _SURVEY,
    "visitor": _SURVEY,
    "check_answer": _SURVEY,
    "letter": _LETTER,
    "letter_signature": _LETTER,
    "letter_service": _LETTER,
    "number_block": _LETTER,
    "void_number": _LETTER,
    "rectification_item": _ITEM,
    # They belong to whatever they are about: the narrowest of these is found with the record.
    "attachment": None,
    "transition": None,
}
FIELD_SCOPES: Mapping[tuple[str, str], Scope] = {
    ("enterprise", "risk_level"): _LEVEL,
    ("enterprise", "risk_assessed_on"): _LEVEL,
    ("enterprise", "risk_score"): _GRADE,
    ("risk_assessment", "score"): _GRADE,
    ("risk_assessment", "score_high"): _GRADE,
    ("risk_assessment", "coverage"): _GRADE,
    ("risk_assessment", "floors"): _GRADE,
    ("risk_assessment", "components"): _GRADE,
    ("risk_assessment", "override_reason"): _GRADE,
    # These quote what tax, social insurance, banks and carriers reported.
    ("risk_assessment", "inputs"): _SHARED,
    ("risk_assessment", "reasons"): _SHARED,
}
LETTER_MEASURES: Mapping[LetterKind, Measure] = {
    LetterKind.LAYOFF_NOTICE: Measure.LAYOFF_REPORT,
    LetterKind.REFERRAL: Measure.ESCALATION,
}
"""Letters that do not belong to the issuing of prescriptions."""
UNKNOWN_READERS = frozenset({Role.HRSS, Role.HRSS_LEAD})
"""Who gets tables this program does not know yet: until it does, they stay in the leading bureau."""


@cache
def readers(scope: Scope | None) -> frozenset[Role]:
    """The roles that may read such records at all; for some of them it still depends on the record."""
    if scope is None:
        return frozenset(Role)
    cells = MATRIX[scope.measure]
    enough = {Detail.FULL, scope.detail} - {Detail.AGGREGATED}
    return frozenset(
        role for role in Role if cells[role].right is not Right.NONE and cells[role].detail in enough
    )


def leaf_readers(change: RowChange) -> frozenset[Role]:
    """The roles that may read every part of this change at all."""
    if change.table not in BY_NUMBER:
        return UNKNOWN_READERS
    found = readers(ENTITY_SCOPES[BY_NUMBER[change.table].name])
    for scope in (*_scopes_said(change), *_subject_scopes(change)):
        found &= readers(scope)
    return found


def _subject_scopes(change: RowChange) -> Iterator[Scope]:
    """The scope of what an attachment or transition is about, where the change names it."""
    column = _subject_column(change.table)
    if column is not None and change.kind == INSERT:
        for field in change.fields:
            scope = ENTITY_SCOPES.get(str(field.value)) if field.column == column else None
            if scope is not None:
                yield scope


@cache
def _subject_column(table: int) -> int | None:
    column = BY_NUMBER[table].by_name.get("subject") if table in BY_NUMBER else None
    return column.number if column else None


def parts_of(change: RowChange) -> Sequence[RowChange]:
    """The same change cut so that each part has one circle of readers; nearly always itself."""
    scopes = set(_scopes_said(change))
    if not scopes:
        return (change,)
    rest = [field for field in change.fields if _field_scope(change, field) is None]
    parts = [rest] if rest or change.kind == INSERT else []
    for scope in sorted(scopes):
        parts.append([field for field in change.fields if _field_scope(change, field) == scope])
    return [RowChange(change.kind, change.table, change.row_id, tuple(fields)) for fields in parts]


def _scopes_said(change: RowChange) -> Iterator[Scope]:
    return (scope for field in change.fields if (scope := _field_scope(change, field)) is not None)


def _field_scope(change: RowChange, field: FieldChange) -> Scope | None:
    """The narrower scope of a field that says something."""
    scope = narrow_fields(change.table).get(field.column)
    # A delete tells which versions it saw, no value.
    if scope is None or change.kind == DELETE:
        return None
    is_silent = change.kind == INSERT and field.value == _defaults(change.table)[field.column]
    return None if is_silent else scope


@cache
def narrow_fields(table: int) -> Mapping[int, Scope]:
    """Columns of a table that fewer may read than the rest of it, by number."""
    if table not in BY_NUMBER:
        return MappingProxyType({})
    entity = BY_NUMBER[table]
    return MappingProxyType(
        {
            column.number: FIELD_SCOPES[entity.name, column.name]
            for column in entity.columns
            if (entity.name, column.name) in FIELD_SCOPES
        }
    )


@cache
def _defaults(table: int) -> Mapping[int, Stored]:
    """What the columns of a new row hold when nobody said anything."""
    entity = BY_NUMBER[table]
    defaults = {name: item.default for name, item in entity.record.__dataclass_fields__.items()}
    return {
        column.number: None if defaults[column.name] is MISSING else to_storage(column, defaults[column.name])
        for column in entity.columns
    }
