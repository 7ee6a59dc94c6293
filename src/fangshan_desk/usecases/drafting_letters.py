"""Drafting, editing and confirming every letter that the enterprise does not sign itself."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fangshan_desk.domain.records.letters import Letter, LetterKind
from fangshan_desk.domain.rights import Action, Measure, Subject, require
from fangshan_desk.domain.states.prescription import PrescriptionEvent, may_be_edited
from fangshan_desk.usecases.composing_letters import COMPOSERS
from fangshan_desk.usecases.kept_facts import letter_facts, stored_facts
from fangshan_desk.usecases.letter_sources import Composed, Composing, LetterSource
from fangshan_desk.usecases.letter_steps import advance, check_step
from fangshan_desk.usecases.numbering import field_number
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import TEMPLATE_VERSION, LetterFrozenError
from fangshan_desk.usecases.recording_transitions import acting


def draft_letter(*, kind: LetterKind, source: LetterSource, uow: UnitOfWork, services: Services) -> Letter:
    """A new draft from live records; raises NothingToTellError, DifferentEnterprisesError."""
    require(acting(services), Action.CREATE, Subject(measure=Measure.PRESCRIPTION_ISSUE, is_own=True))
    number = field_number(uow, services)
    composed = COMPOSERS[kind](Composing(source, number, uow, services))
    letter = Letter(
        id=services.new_id(),
        kind=kind,
        enterprise_id=composed.enterprise_id,
        visit_id=composed.visit_id,
        parent_id=composed.parent_id,
        title=services.text(f"letter-kind-{kind.value}"),
        field_number=number,
        content=stored_facts(composed.facts),
        edits=source.plain(),
        made_by=services.actor.id,
        made_at=services.clock.now_utc(),
    )
    uow.insert(letter)
    return letter


def edit_letter(
    *, letter_id: str, changes: Mapping[str, Any] | None = None, uow: UnitOfWork, services: Services
) -> Letter:
    """Change what the officer chose (fields of LetterSource); the rest comes anew from the records."""
    letter = uow.get(Letter, letter_id)
    if not may_be_edited(letter.state):
        raise LetterFrozenError(number=letter.document_number or letter.field_number)
    source = LetterSource.of(letter.edits or {}).changed(changes or {})
    composed = _composed(letter, source, uow, services)
    return uow.update(letter, content=stored_facts(composed.facts), edits=source.plain())


def confirm_letter(*, letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    """The office stands by the draft; from here on the content is frozen by its hash."""
    letter = uow.get(Letter, letter_id)
    state = check_step(letter, PrescriptionEvent.CONFIRM, uow, services)
    facts = letter_facts(letter)
    facts = replace(facts, letterhead=replace(facts.letterhead, issued_on=services.clock.today()))
    services.press.check_glyphs(facts)
    return advance(
        letter,
        PrescriptionEvent.CONFIRM,
        state,
        uow,
        services,
        content=stored_facts(facts),
        content_hash=facts.content_digest().hex(),
        template_version=TEMPLATE_VERSION,
        code_text=services.press.code_text(facts),
        confirmed_at=services.clock.now_utc(),
    )


def _composed(letter: Letter, source: LetterSource, uow: UnitOfWork, services: Services) -> Composed:
    return COMPOSERS[letter.kind](Composing(source, letter.field_number, uow, services))
