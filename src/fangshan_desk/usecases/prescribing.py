"""The life of a prescription: draft, confirmed on site, approved by both leads, numbered, withdrawn."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import LetterCopy, LetterFacts, PrescriptionFacts, facts_from_json
from fangshan_desk.domain.records.letters import Letter, LetterKind, LetterSignature, RectificationItem
from fangshan_desk.domain.records.visits import Visit, Visitor
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.states import prescription as states
from fangshan_desk.domain.states.prescription import (
    PrescriptionEvent,
    PrescriptionState,
    may_be_edited,
    prescription_machine,
)
from fangshan_desk.domain.states.rectification_item import is_closed
from fangshan_desk.usecases.composing_prescriptions import Edits, compose_prescription
from fangshan_desk.usecases.numbering import document_number, field_number, take_number
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting, record_transition

TEMPLATE_VERSION = "1"


class LetterFrozenError(ExpectedError):
    """The content is frozen since the enterprise confirmed it: ``number``."""

    key = "letter-frozen"


class WordingIncompleteError(ExpectedError):
    """A sentence still has blanks where figures are missing: ``codes``."""

    key = "letter-wording-incomplete"


@dataclass(frozen=True, kw_only=True)
class Signing:
    """One signature taken; ``image`` is a PNG, empty when signed on paper."""

    signer: str
    name: str
    post: str = ""
    phone: str = ""
    image: bytes = b""


def draft_prescription(*, visit_id: str, uow: UnitOfWork, services: Services) -> Letter:
    """The visit's draft brought up to date with its answers; made when there is none yet."""
    visit = uow.get(Visit, visit_id)
    letter = _draft_of(visit, uow) or _new_draft(visit, uow, services)
    return _recompose(letter, letter.edits, uow, services)


def edit_draft(
    *,
    letter_id: str,
    uow: UnitOfWork,
    services: Services,
    code: str = "",
    **changes: str,
) -> Letter:
    """Put the officer's wording, deadline or owner before ours; an empty value takes ours again.

    ``code`` names the item; without it the change is of the letter (``report_by``).
    """
    letter = uow.get(Letter, letter_id)
    if not may_be_edited(letter.state):
        raise LetterFrozenError(number=letter.document_number or letter.field_number)
    edits = _merged(letter.edits or {}, code, changes)
    return _recompose(letter, edits, uow, services)


def _merged(edits: Edits, code: str, changes: Mapping[str, str]) -> dict[str, Any]:
    if not code:
        return {**edits, **changes}
    items = dict(edits.get("items", {}))
    items[code] = {**items.get(code, {}), **changes}
    return {**edits, "items": items}


def confirm_prescription(
    *,
    letter_id: str,
    signings: Sequence[Signing] = (),
    refusal_note: str = "",
    witness: str = "",
    objection: str = "",
    uow: UnitOfWork,
    services: Services,
) -> Letter:
    """The enterprise signs or is recorded as refusing; from here on the content is frozen."""
    letter = uow.get(Letter, letter_id)
    facts = replace(
        prescription_facts(letter),
        objection=objection,
        refusal_reason=refusal_note,
        witness_name=witness,
    )
    _check_complete(facts)
    services.press.check_glyphs(facts)
    state = _step(
        letter,
        PrescriptionEvent.CONFIRM,
        uow,
        services,
        is_signed=any(signing.signer == "enterprise" for signing in signings),
        is_refused=bool(refusal_note.strip()),
    )
    for signing in signings:
        _keep_signature(letter, signing, uow, services)
    return _advance(
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
        is_refused=bool(refusal_note.strip()),
        refusal_note=refusal_note,
        objection=objection,
    )


def approve_prescription(*, letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    """One body's approval; the notice's measure one needs the bureau's and the union's."""
    letter = uow.get(Letter, letter_id)
    state = _step(letter, PrescriptionEvent.APPROVE, uow, services)
    fields: dict[str, Any] = {}
    if services.actor.body in (Body.HRSS, Body.FTU):
        body = services.actor.body.value
        fields[f"approved_by_{body}"] = services.actor.id
        fields[f"approved_by_{body}_at"] = services.clock.now_utc()
    return _advance(letter, PrescriptionEvent.APPROVE, state, uow, services, **fields)


def issue_prescription(*, letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    """Give the official number from this laptop's block; needs both approvals."""
    letter = uow.get(Letter, letter_id)
    # Ask the rules before using up a number.
    state = _step(letter, PrescriptionEvent.ISSUE, uow, services, document_number="?")
    block, number = take_number(letter.kind, uow, services)
    facts = numbered_facts(letter, document_number(block, number, services), services)
    return _advance(
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
    state = _step(letter, PrescriptionEvent.WITHDRAW, uow, services, reason=reason)
    return _advance(
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
    if not states.may_be_deleted(letter.state):
        raise LetterFrozenError(number=letter.document_number or letter.field_number)
    uow.delete(letter)


def prescription_facts(letter: Letter) -> PrescriptionFacts:
    """The facts kept with a prescription."""
    facts = letter_facts(letter)
    assert isinstance(facts, PrescriptionFacts)  # noqa: S101 - the kind was checked when it was stored
    return facts


def letter_facts(letter: Letter) -> LetterFacts:
    """The facts kept with a letter of any kind."""
    return facts_from_json(json.dumps(dict(letter.content)))


def stored_facts(facts: LetterFacts) -> dict[str, Any]:
    """Facts in the form the letter's row keeps."""
    content: dict[str, Any] = json.loads(facts.to_json())
    return content


def numbered_facts(letter: Letter, number: str, services: Services) -> LetterFacts:
    """The confirmed facts with their official number and date; the content digest stays the same."""
    facts = letter_facts(letter)
    head = replace(facts.letterhead, document_number=number, issued_on=services.clock.today())
    numbered = replace(facts, letterhead=head)
    if isinstance(numbered, PrescriptionFacts):
        return replace(numbered, copy=LetterCopy.OFFICIAL)
    return numbered


def machine_facts(letter: Letter, uow: UnitOfWork, **given: Any) -> states.PrescriptionFacts:
    """What the rules of a letter look at."""
    visitors = uow.find(Visitor, visit_id=letter.visit_id) if letter.visit_id else []
    items = uow.find(RectificationItem, letter_id=letter.id)
    approvals = {"hrss": letter.approved_by_hrss, "ftu": letter.approved_by_ftu}
    facts: dict[str, Any] = {
        "visitors": tuple(visitor.body for visitor in visitors),
        "has_reportable_item": bool(letter.content.get("items")),
        "is_signed": bool(uow.find(LetterSignature, letter_id=letter.id)),
        "is_refused": letter.is_refused,
        "approved_by": frozenset(body for body, officer in approvals.items() if officer),
        "is_numbered": bool(letter.document_number),
        "open_item_count": sum(not is_closed(item.state) for item in items),
    }
    return states.PrescriptionFacts(**{**facts, **given})


def _draft_of(visit: Visit, uow: UnitOfWork) -> Letter | None:
    letters = uow.find(Letter, visit_id=visit.id, kind=LetterKind.PRESCRIPTION)
    living = [letter for letter in letters if letter.state is not PrescriptionState.WITHDRAWN]
    return living[-1] if living else None


def _new_draft(visit: Visit, uow: UnitOfWork, services: Services) -> Letter:
    letter = Letter(
        id=services.new_id(),
        kind=LetterKind.PRESCRIPTION,
        enterprise_id=visit.enterprise_id,
        visit_id=visit.id,
        title=services.text("letter-kind-prescription"),
        field_number=field_number(uow, services),
        content={},
        made_by=services.actor.id,
        made_at=services.clock.now_utc(),
    )
    uow.insert(letter)
    return letter


def _recompose(letter: Letter, edits: Edits | None, uow: UnitOfWork, services: Services) -> Letter:
    if not may_be_edited(letter.state) or letter.visit_id is None:
        return letter
    visit = uow.get(Visit, letter.visit_id)
    facts = compose_prescription(
        visit, field_number=letter.field_number, edits=edits, uow=uow, services=services
    )
    return uow.update(letter, content=stored_facts(facts), edits=edits)


def _check_complete(facts: PrescriptionFacts) -> None:
    blank = [item.code for item in facts.items if "____" in item.finding + item.advice]
    if blank:
        raise WordingIncompleteError(codes=", ".join(blank))


def _step(
    letter: Letter, event: PrescriptionEvent, uow: UnitOfWork, services: Services, **given: Any
) -> PrescriptionState:
    machine = prescription_machine(services.limits)
    facts = machine_facts(letter, uow, **given)
    return machine.apply(letter.state, event, facts=facts, actor=acting(services))


def _advance(
    letter: Letter,
    event: PrescriptionEvent,
    state: PrescriptionState,
    uow: UnitOfWork,
    services: Services,
    *,
    note: str = "",
    **fields: Any,
) -> Letter:
    moved = uow.update(letter, state=state, **fields)
    record_transition(
        uow, services, subject=letter, event=event.value, from_state=letter.state, to_state=state, note=note
    )
    return moved


def _keep_signature(letter: Letter, signing: Signing, uow: UnitOfWork, services: Services) -> None:
    image = services.attachments.put(signing.image).sha256 if signing.image else ""
    uow.insert(
        LetterSignature(
            id=services.new_id(),
            letter_id=letter.id,
            signer=signing.signer,
            name=signing.name,
            post=signing.post,
            phone=signing.phone,
            image_sha256=image,
            is_on_paper=not signing.image,
            signed_at=services.clock.now_utc(),
        )
    )
