"""Every step in the life of a case is kept: who, when, from which state to which. Rows are only added."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.letters import TransitionRecord
from fangshan_desk.domain.rights import Actor
from fangshan_desk.usecases.ports import Services, UnitOfWork


def record_transition(
    uow: UnitOfWork,
    services: Services,
    *,
    subject: Record,
    event: str,
    from_state: StrEnum | str,
    to_state: StrEnum | str,
    happened_on: date | None = None,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> TransitionRecord:
    """Keep one step; ``happened_on`` is the day it counts for, today unless given."""
    step = TransitionRecord(
        id=services.new_id(),
        subject=subject.entity.name,
        subject_id=subject.id,
        event=event,
        from_state=str(from_state),
        to_state=str(to_state),
        happened_on=happened_on or services.clock.today(),
        recorded_at=services.clock.now_utc(),
        officer_id=services.actor.id,
        device_id=services.device.id,
        note=note,
        details=details,
    )
    uow.insert(step)
    return step


def acting(services: Services) -> Actor:
    """The person at the desk as the permission matrix sees them."""
    officer = services.actor
    return Actor.of(officer.role, body=officer.body, townships=(officer.township,), officer_id=officer.id)
