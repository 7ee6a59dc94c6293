"""A prescription from its draft to the enterprise's confirmation, which freezes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import PrescriptionFacts
from fangshan_desk.domain.records.letters import Letter, LetterKind, LetterSignature
from fangshan_desk.domain.records.visits import Attachment, AttachmentKind, Visit
from fangshan_desk.domain.rights import Action, Measure, Subject, require
from fangshan_desk.domain.states.prescription import PrescriptionEvent, PrescriptionState, may_be_edited
from fangshan_desk.usecases.composing_prescriptions import Edits, compose_prescription
from fangshan_desk.usecases.kept_facts import letter_facts, prescription_facts, stored_facts
from fangshan_desk.usecases.letter_steps import ENTERPRISE, advance, check_step
from fangshan_desk.usecases.numbering import field_number
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting
from fangshan_desk.usecases.visiting import visit_date

__all__ = [
    "LetterFrozenError",
    "Signing",
    "confirm_prescription",
    "draft_prescription",
    "edit_draft",
    "letter_facts",
    "prescription_facts",
    "stored_facts",
]
TEMPLATE_VERSION = "1"
BLANK = "____"
"""What the checklist's sentences have where a figure is missing."""
PROOF_KINDS = (AttachmentKind.PHOTO, AttachmentKind.SCAN)
_ITEM_EDITS = frozenset(
    {"finding", "advice", "deadline", "owner_name", "owner_post", "owner_phone", "tracker_id"}
)
_LETTER_EDITS = frozenset({"report_by"})
_DAYS = frozenset({"deadline", "report_by"})


class LetterFrozenError(ExpectedError):
    """The content is frozen since the enterprise confirmed it: ``number``."""

    key = "letter-frozen"


class WordingIncompleteError(ExpectedError):
    """A sentence still has blanks where figures are missing: ``codes``."""

    key = "letter-wording-incomplete"


class DeadlineImpossibleError(ExpectedError):
    """A day in the letter cannot be read or lies before the visit: ``day``."""

    key = "letter-deadline-impossible"


class DraftOutOfDateError(ExpectedError):
    """Answers changed after the draft was read over; nobody may sign what they have not seen."""

    key = "letter-draft-out-of-date"


class RefusalUnprovenError(ExpectedError):
    """A refusal to sign needs a witness or a photo (workflows 1.5)."""

    key = "letter-refusal-unproven"


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
    letter = letter_of_visit(visit_id, uow) or _new_draft(visit, uow, services)
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
    Raises LetterFrozenError, DeadlineImpossibleError.
    """
    letter = uow.get(Letter, letter_id)
    if not may_be_edited(letter.state):
        raise LetterFrozenError(number=letter.document_number or letter.field_number)
    unknown = set(changes) - (_ITEM_EDITS if code else _LETTER_EDITS)
    if unknown:
        raise TypeError(f"not editable in a draft: {sorted(unknown)}")
    _check_days(letter, changes, uow, services)
    return _recompose(letter, _merged(letter.edits or {}, code, changes), uow, services)


def confirm_prescription(
    *,
    letter_id: str,
    signings: Sequence[Signing] = (),
    refusal_note: str = "",
    witness: str = "",
    objection: str | None = "",
    uow: UnitOfWork,
    services: Services,
) -> Letter:
    """The enterprise signs or is recorded as refusing; from here on the content is frozen.

    Raises DraftOutOfDateError, WordingIncompleteError, RefusalUnprovenError or a StepRefusedError.
    ``objection`` None leaves the boxes of the receipt open, to be ticked on paper.
    """
    letter = uow.get(Letter, letter_id)
    is_refused = bool(refusal_note.strip())
    state = check_step(
        letter,
        PrescriptionEvent.CONFIRM,
        uow,
        services,
        is_signed=any(signing.signer == ENTERPRISE for signing in signings),
        is_refused=is_refused,
    )
    if is_refused:
        _check_refusal(letter, witness, uow)
    _check_up_to_date(letter, uow, services)
    facts = replace(
        prescription_facts(letter),
        objection=objection,
        refusal_reason=refusal_note.strip(),
        witness_name=witness.strip(),
    )
    facts = replace(facts, letterhead=replace(facts.letterhead, issued_on=services.clock.today()))
    _check_complete(facts)
    services.press.check_glyphs(facts)
    for signing in signings:
        _keep_signature(letter, signing, uow, services)
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
        is_refused=is_refused,
        refusal_note=refusal_note.strip(),
        objection=objection or "",
    )


def letter_of_visit(visit_id: str, uow: UnitOfWork) -> Letter | None:
    """The visit's prescription, drafted or later; a withdrawn one makes room for a new draft."""
    letters = uow.find(Letter, visit_id=visit_id, kind=LetterKind.PRESCRIPTION)
    living = [letter for letter in letters if letter.state is not PrescriptionState.WITHDRAWN]
    return living[-1] if living else None


def proofs_of(letter: Letter, uow: UnitOfWork) -> list[Attachment]:
    """Photos and scans kept with a letter; its own paper and signatures prove no handing over."""
    attached = uow.find(Attachment, subject=Letter.entity.name, subject_id=letter.id)
    return [one for one in attached if one.kind in PROOF_KINDS]


def _merged(edits: Edits, code: str, changes: Mapping[str, str]) -> dict[str, Any]:
    if not code:
        return {**edits, **changes}
    items = dict(edits.get("items", {}))
    items[code] = {**items.get(code, {}), **changes}
    return {**edits, "items": items}


def _check_days(letter: Letter, changes: Mapping[str, str], uow: UnitOfWork, services: Services) -> None:
    visited = visit_date(uow.get(Visit, letter.visit_id or ""), services)
    for name in _DAYS & changes.keys():
        chosen = changes[name]
        if not chosen:
            continue
        try:
            is_possible = date.fromisoformat(chosen) >= visited
        except ValueError:
            is_possible = False
        if not is_possible:
            raise DeadlineImpossibleError(day=chosen)


def _new_draft(visit: Visit, uow: UnitOfWork, services: Services) -> Letter:
    require(acting(services), Action.CREATE, Subject(measure=Measure.PRESCRIPTION_ISSUE, is_own=True))
    before = uow.find(Letter, visit_id=visit.id, kind=LetterKind.PRESCRIPTION)
    letter = Letter(
        id=services.new_id(),
        kind=LetterKind.PRESCRIPTION,
        enterprise_id=visit.enterprise_id,
        visit_id=visit.id,
        # The one withdrawn before it: the new letter refers to the old number (workflows 1.2).
        parent_id=before[-1].id if before else None,
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


def _check_up_to_date(letter: Letter, uow: UnitOfWork, services: Services) -> None:
    visit = uow.get(Visit, letter.visit_id or "")
    fresh = compose_prescription(
        visit, field_number=letter.field_number, edits=letter.edits, uow=uow, services=services
    )
    if fresh != prescription_facts(letter):
        raise DraftOutOfDateError


def _check_refusal(letter: Letter, witness: str, uow: UnitOfWork) -> None:
    if not witness.strip() and not proofs_of(letter, uow):
        raise RefusalUnprovenError


def _check_complete(facts: PrescriptionFacts) -> None:
    blank = [item.code for item in facts.items if BLANK in item.finding + item.advice]
    if blank:
        raise WordingIncompleteError(codes=", ".join(blank))


def _keep_signature(letter: Letter, signing: Signing, uow: UnitOfWork, services: Services) -> None:
    image = services.attachments.put(signing.image) if signing.image else None
    uow.insert(
        LetterSignature(
            id=services.new_id(),
            letter_id=letter.id,
            signer=signing.signer,
            name=signing.name,
            post=signing.post,
            phone=signing.phone,
            image_sha256=image.sha256 if image else "",
            is_on_paper=image is None,
            signed_at=services.clock.now_utc(),
        )
    )
    if image is not None:
        # The picture is a file like any other: exchanged, verified and kept from the clean-up.
        uow.insert(
            Attachment(
                id=services.new_id(),
                subject=Letter.entity.name,
                subject_id=letter.id,
                topic=signing.signer,
                kind=AttachmentKind.SIGNATURE,
                sha256=image.sha256,
                size=image.size,
                media_type="image/png",
                added_at=services.clock.now_utc(),
                added_by=services.actor.id,
            )
        )
