"""Moves letters of every kind along their table and keeps each step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fangshan_desk.domain.records.letters import Letter, LetterKind, LetterSignature, RectificationItem
from fangshan_desk.domain.records.visits import Visitor
from fangshan_desk.domain.rights import Actor, Role
from fangshan_desk.domain.states import prescription as states
from fangshan_desk.domain.states.machine import (
    EventOption,
    Refusal,
    RefusalKind,
    StepNotAllowedError,
    WrongPersonError,
)
from fangshan_desk.domain.states.prescription import (
    PrescriptionEvent,
    PrescriptionState,
    prescription_machine,
)
from fangshan_desk.domain.states.rectification_item import is_closed
from fangshan_desk.usecases.letter_kinds import KIND_RULES
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting, record_transition

LetterOption = EventOption[PrescriptionState, PrescriptionEvent]
ENTERPRISE = "enterprise"
"""Signer of the person who answers for the enterprise."""


def check_step(
    letter: Letter,
    event: PrescriptionEvent,
    uow: UnitOfWork,
    services: Services,
    *,
    actor: Actor | None = None,
    **given: Any,
) -> PrescriptionState:
    """The state the step leads to, or a StepRefusedError; nothing is written."""
    refusal = _kind_refusal(letter.kind, event, services)
    if refusal is not None:
        error = WrongPersonError if refusal.kind is RefusalKind.WRONG_PERSON else StepNotAllowedError
        raise error(refusal)
    machine = prescription_machine(services.limits)
    facts = step_facts(letter, uow, **given)
    return machine.apply(letter.state, event, facts=facts, actor=actor or acting(services))


def advance(
    letter: Letter,
    event: PrescriptionEvent,
    state: PrescriptionState,
    uow: UnitOfWork,
    services: Services,
    *,
    note: str = "",
    happened_on: date | None = None,
    details: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Letter:
    """Write what a checked step changes, and the step itself."""
    moved = uow.update(letter, state=state, **fields)
    record_transition(
        uow,
        services,
        subject=letter,
        event=event.value,
        from_state=letter.state,
        to_state=state,
        note=note,
        happened_on=happened_on,
        details=details,
    )
    return moved


def step_facts(letter: Letter, uow: UnitOfWork, **given: Any) -> states.PrescriptionFacts:
    """What the rules of a letter look at; ``given`` is what the step brings with it."""
    facts = facts_of(
        letter,
        visitors=uow.find(Visitor, visit_id=letter.visit_id) if letter.visit_id else (),
        signatures=uow.find(LetterSignature, letter_id=letter.id),
        items=uow.find(RectificationItem, letter_id=letter.id),
    )
    return states.PrescriptionFacts(**{**facts, **given})


def facts_of(
    letter: Letter,
    *,
    visitors: Sequence[Visitor],
    signatures: Sequence[LetterSignature],
    items: Sequence[RectificationItem],
) -> dict[str, Any]:
    """The same from records at hand, as keyword arguments."""
    rules = KIND_RULES[letter.kind]
    approvals = {"hrss": letter.approved_by_hrss, "ftu": letter.approved_by_ftu}
    return {
        "asks_enterprise": rules.asks_enterprise,
        "needed_approvals": rules.approved_by,
        "visitors": tuple(visitor.body for visitor in visitors),
        "has_reportable_item": not rules.asks_enterprise or bool(letter.content.get("items")),
        "is_signed": any(signature.signer == ENTERPRISE for signature in signatures),
        "is_refused": letter.is_refused,
        "approved_by": frozenset(body for body, officer in approvals.items() if officer),
        "is_numbered": bool(letter.document_number),
        "open_item_count": sum(not is_closed(item.state) for item in items),
    }


def letter_options(letter: Letter, facts: Mapping[str, Any], services: Services) -> tuple[LetterOption, ...]:
    """Every step that makes sense for the kind, with the reason where it cannot be taken now."""
    machine = prescription_machine(services.limits)
    options = machine.allowed_events(
        letter.state, facts=states.PrescriptionFacts(**facts), actor=acting(services)
    )
    wanted = KIND_RULES[letter.kind].events
    return tuple(_judged(option, letter.kind, services) for option in options if option.event in wanted)


def _judged(option: LetterOption, kind: LetterKind, services: Services) -> LetterOption:
    refusal = _kind_refusal(kind, option.event, services) if option.may_be_offered else None
    if refusal is None:
        return option
    return EventOption(option.event, option.to, refusal, option.requires, option.limit)


def _kind_refusal(kind: LetterKind, event: PrescriptionEvent, services: Services) -> Refusal | None:
    rules = KIND_RULES[kind]
    if event not in rules.events:
        values = {"kind": services.text(f"letter-kind-{kind.value}"), "event": services.text(event.label_key)}
        return Refusal(RefusalKind.NOT_ALLOWED, "letter-step-not-for-kind", values)
    signs = event in (PrescriptionEvent.APPROVE, PrescriptionEvent.ISSUE)
    if signs and rules.needs_lead and services.actor.role is not Role.HRSS_LEAD:
        return Refusal(RefusalKind.WRONG_PERSON, "letter-lead-signs")
    return None
