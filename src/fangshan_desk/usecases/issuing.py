"""Approving, numbering, withdrawing and discarding letters of every kind."""

from dataclasses import replace
from typing import Any

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import LetterCopy, LetterFacts, PrescriptionFacts
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.states.prescription import PrescriptionEvent, may_be_deleted
from fangshan_desk.usecases.kept_facts import letter_facts, stored_facts
from fangshan_desk.usecases.letter_kinds import KIND_RULES, Numbering
from fangshan_desk.usecases.letter_steps import advance, check_step
from fangshan_desk.usecases.numbering import (
    document_number,
    retire_number,
    take_number,
)
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import LetterFrozenError

_MOST_BYTES = 60


class RegistryNumberNeededError(ExpectedError):
    """The bureau's registry gives this kind its number; it has to be typed in."""

    key = "letter-registry-number-needed"


class NumberTakenError(ExpectedError):
    """Another letter bears this number already: ``number``."""

    key = "letter-number-taken"


def approve_letter(*, letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    """One body's approval; the notice's measure one needs the bureau's and the union's."""
    letter = uow.get(Letter, letter_id)
    state = check_step(letter, PrescriptionEvent.APPROVE, uow, services)
    fields: dict[str, Any] = {}
    if services.actor.body in (Body.HRSS, Body.FTU):
        body = services.actor.body.value
        fields[f"approved_by_{body}"] = services.actor.id
        fields[f"approved_by_{body}_at"] = services.clock.now_utc()
    return advance(letter, PrescriptionEvent.APPROVE, state, uow, services, **fields)


def issue_letter(*, letter_id: str, registry_number: str = "", uow: UnitOfWork, services: Services) -> Letter:
    """Give the official number: from this laptop's block, or the one the bureau's registry gave.

    Raises a StepRefusedError, NoNumberLeftError, RegistryNumberNeededError or NumberTakenError.
    """
    letter = uow.get(Letter, letter_id)
    # Ask the rules before using up a number.
    state = check_step(letter, PrescriptionEvent.ISSUE, uow, services, document_number="?")
    facts = _numbered(letter, _official_number(letter, registry_number, uow, services), services)
    return advance(
        letter,
        PrescriptionEvent.ISSUE,
        state,
        uow,
        services,
        content=stored_facts(facts),
        document_number=facts.letterhead.document_number,
        issued_on=facts.letterhead.issued_on,
        official_code_text=services.press.code_text(facts),
    )


def withdraw_letter(*, letter_id: str, reason: str, uow: UnitOfWork, services: Services) -> Letter:
    """Take a wrong letter back; its number is never used again."""
    letter = uow.get(Letter, letter_id)
    state = check_step(letter, PrescriptionEvent.WITHDRAW, uow, services, reason=reason)
    retire_number(letter, reason, uow, services)
    return advance(
        letter,
        PrescriptionEvent.WITHDRAW,
        state,
        uow,
        services,
        note=reason,
        withdrawn_at=services.clock.now_utc(),
        withdrawn_reason=reason,
    )


def discard_draft(*, letter_id: str, uow: UnitOfWork, services: Services) -> None:
    """Throw a draft away; nothing later can be deleted."""
    letter = uow.get(Letter, letter_id)
    if not may_be_deleted(letter.state):
        raise LetterFrozenError(number=letter.document_number or letter.field_number)
    uow.delete(letter)


def _official_number(letter: Letter, registry_number: str, uow: UnitOfWork, services: Services) -> str:
    if KIND_RULES[letter.kind].numbering is Numbering.BLOCK:
        block, number = take_number(letter.kind, uow, services)
        return document_number(block, number, services)
    typed = registry_number.strip()
    if not typed or len(typed) > _MOST_BYTES:
        raise RegistryNumberNeededError
    if uow.find(Letter, document_number=typed):
        raise NumberTakenError(number=typed)
    return typed


def _numbered(letter: Letter, number: str, services: Services) -> LetterFacts:
    """The confirmed facts with their official number and date; the content digest stays the same."""
    facts = letter_facts(letter)
    head = replace(facts.letterhead, document_number=number, issued_on=services.clock.today())
    numbered = replace(facts, letterhead=head)
    return (
        replace(numbered, copy=LetterCopy.OFFICIAL) if isinstance(numbered, PrescriptionFacts) else numbered
    )
