"""Deciding between values that two laptops wrote beside each other; the decision travels like any change."""

from collections.abc import Mapping
from typing import Protocol

from fangshan_desk.domain.changesets import Stored, Version
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.merging import Standing, TransitionAllowed
from fangshan_desk.domain.records.catalogue import entity_named
from fangshan_desk.domain.records.declaring import Entity, Record
from fangshan_desk.domain.records.storable import is_storable
from fangshan_desk.domain.rights import Body
from fangshan_desk.usecases.ports import Services, UnitOfWork

ROW_STAYS = "row"
"""Id of the side that keeps a row somebody has deleted."""
_SEPARATOR = "/"


class ConflictClosedError(ExpectedError):
    """Nothing is open there any more: decided here or elsewhere, or never in conflict."""

    key = "conflict-closed"


class UnknownConflictValueError(ExpectedError):
    """The value chosen is not one of those that stand beside each other now: ``id``."""

    key = "conflict-unknown-value"


class UnreadableConflictValueError(ExpectedError):
    """The value chosen comes from a newer program; this one cannot put it into the field."""

    key = "conflict-unreadable-value"


class LeadBodyDecidesError(ExpectedError):
    """The workflow forbids the step between the two states: the lead body decides, ``body``."""

    key = "conflict-for-lead-body"


class Contest(Protocol):
    """The versions of one field that stand beside each other, or a deletion that met an edit."""

    @property
    def standing(self) -> Standing:
        """Who has to decide."""
        ...

    @property
    def shown_value(self) -> Stored:
        """What is on view."""
        ...

    @property
    def shown(self) -> tuple[Version, ...]:
        """The versions that have it."""
        ...

    @property
    def losing(self) -> Mapping[Version, Stored]:
        """The other versions with their values."""
        ...


class DecidingUnitOfWork(UnitOfWork, Protocol):
    """A transaction in which a person decides."""

    def contest(
        self, entity: Entity, record_id: str, field: str, allowed: TransitionAllowed | None
    ) -> Contest | None:
        """What is open at this field (empty: the row itself), or nothing."""
        ...

    def decide(self, entity: Entity, record_id: str, field: str, stored: Stored) -> None:
        """Choose a value over all others that stand beside it."""
        ...

    def keep_row(self, entity: Entity, record_id: str) -> None:
        """The row stays, whoever has deleted it."""
        ...


def conflict_id(entity: str, row_id: str, field: str) -> str:
    """How lists and commands name a conflict; an empty field is the row itself."""
    return _SEPARATOR.join((entity, row_id, field))


def value_id(version: Version | None) -> str:
    """How lists and commands name one of the values; None is the side that keeps a row."""
    return ROW_STAYS if version is None else f"{version.hlc}-{version.device.hex()}"


def resolve_conflict(
    *,
    conflict: str,
    keep: str,
    uow: DecidingUnitOfWork,
    services: Services,
    allowed: TransitionAllowed | None,
) -> None:
    """Keep one value for good; everybody sees the decision after the next exchange.

    Raises ConflictClosedError, UnknownConflictValueError, UnreadableConflictValueError or
    LeadBodyDecidesError; then nothing is changed.
    """
    entity, row_id, field = _named(conflict)
    contest = uow.contest(entity, row_id, field, allowed)
    if contest is None:
        raise ConflictClosedError()
    record = uow.get(entity.record, row_id)
    if contest.standing is Standing.LEAD_BODY:
        _ask_lead_body(record, services)
    if field:
        uow.decide(entity, row_id, field, _chosen(entity, field, contest, keep))
    elif keep == ROW_STAYS:
        uow.keep_row(entity, row_id)
    elif keep in {value_id(version) for version in contest.losing}:
        uow.delete(record)
    else:
        raise UnknownConflictValueError(id=keep)


def put_back(*, entity: str, row_id: str, uow: DecidingUnitOfWork) -> None:
    """Bring a deleted record back, for instance because others refer to it."""
    uow.keep_row(entity_named(entity), row_id)


def _named(conflict: str) -> tuple[Entity, str, str]:
    parts = conflict.split(_SEPARATOR)
    if len(parts) != 3:
        raise ConflictClosedError()
    entity = entity_named(parts[0])
    if parts[2]:
        entity.column(parts[2])
    return entity, parts[1], parts[2]


def _chosen(entity: Entity, field: str, contest: Contest, keep: str) -> Stored:
    values = {value_id(version): value for version, value in contest.losing.items()}
    values.update({value_id(version): contest.shown_value for version in contest.shown})
    if keep not in values:
        raise UnknownConflictValueError(id=keep)
    stored = values[keep]
    if not is_storable(entity.number, entity.column(field).number, stored):
        raise UnreadableConflictValueError()
    return stored


def _ask_lead_body(record: Record, services: Services) -> None:
    lead = getattr(record, "lead_body", "") or Body.HRSS.value
    if services.actor.body != lead:
        raise LeadBodyDecidesError(body=lead)
