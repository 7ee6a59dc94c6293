"""Handing a letter over; with the service the rectification items begin (workflows 1.2, 1.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fangshan_desk.domain.day_counting import DueDate, PeriodKind, due_date
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import FindingKind, LetterItem
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.domain.records.letters import (
    Letter,
    LetterKind,
    LetterService,
    RectificationItem,
    ServiceWay,
)
from fangshan_desk.domain.rights import SYSTEM, closing_body
from fangshan_desk.domain.states.prescription import PrescriptionEvent, PrescriptionState
from fangshan_desk.usecases.composing_prescriptions import DEFAULT_DAYS
from fangshan_desk.usecases.kept_facts import prescription_facts
from fangshan_desk.usecases.letter_steps import advance, check_step, step_facts
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import proofs_of
from fangshan_desk.usecases.recording_transitions import record_transition


class ProofMissingError(ExpectedError):
    """The chosen way of service lacks its proof: ``way``, ``missing`` (a text key's last part)."""

    key = "service-proof-missing"


class ServedBeforeWrittenError(ExpectedError):
    """The day of service lies before the letter was confirmed or in the future: ``served_on``."""

    key = "service-day-impossible"


@dataclass(frozen=True, kw_only=True)
class ServiceProof:
    """What the proof of service says; which fields are needed depends on the way."""

    way: ServiceWay
    served_on: date
    place: str = ""
    recipient: str = ""
    recipient_post: str = ""
    recipient_phone: str = ""
    witness: str = ""
    tracking_number: str = ""
    consent_note: str = ""
    servers: tuple[str, ...] = ()
    note: str = ""


# Field that proves each way; "left_recorded" needs a photo or video instead.
_NEEDED = {
    ServiceWay.DIRECT: "recipient",
    ServiceWay.LEFT: "witness",
    ServiceWay.POST: "tracking_number",
    ServiceWay.ELECTRONIC: "consent_note",
}


def serve_letter(
    *, letter_id: str, proof: ServiceProof, uow: UnitOfWork, services: Services
) -> Sequence[RectificationItem]:
    """Record how the letter was handed over; a prescription's items begin and are returned.

    Raises ProofMissingError, ServedBeforeWrittenError or a StepRefusedError.
    """
    letter = uow.get(Letter, letter_id)
    _check_proof(letter, proof, uow, services)
    on_site = letter.state is PrescriptionState.CONFIRMED
    event = PrescriptionEvent.SERVE_ON_SITE if on_site else PrescriptionEvent.SERVE
    state = check_step(letter, event, uow, services, has_proof_of_service=True)
    uow.insert(_service_row(letter, proof, services))
    served = advance(
        letter,
        event,
        state,
        uow,
        services,
        happened_on=proof.served_on,
        details={"way": proof.way.value},
    )
    if letter.kind is not LetterKind.PRESCRIPTION:
        return ()
    return _begin_items(served, proof.served_on, uow, services)


def serve_again(*, letter_id: str, proof: ServiceProof, uow: UnitOfWork, services: Services) -> LetterService:
    """Record that the sealed copy followed the one left on site; periods keep running from the first."""
    letter = uow.get(Letter, letter_id)
    _check_proof(letter, proof, uow, services)
    row = _service_row(letter, proof, services)
    uow.insert(row)
    return row


def missing_proof(proof: ServiceProof, *, has_photo: bool) -> str:
    """What the chosen way still lacks (workflows 1.5): a field's name, ``photo``, or nothing."""
    needed = _NEEDED.get(proof.way)
    if needed and not str(getattr(proof, needed)).strip():
        return needed
    if proof.way is ServiceWay.LEFT_RECORDED and not has_photo:
        return "photo"
    return ""


def complete_if_all_closed(*, letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    """Close the letter once its last item is closed; called after every step of an item."""
    letter = uow.get(Letter, letter_id)
    facts = step_facts(letter, uow)
    if letter.state is not PrescriptionState.IN_RECTIFICATION or facts.open_item_count:
        return letter
    return _by_system(letter, PrescriptionEvent.COMPLETE, uow, services)


def _begin_items(
    letter: Letter, served_on: date, uow: UnitOfWork, services: Services
) -> list[RectificationItem]:
    facts = prescription_facts(letter)
    items = [
        _new_item(letter, item, ordinal, served_on, services)
        for ordinal, item in enumerate(facts.items_of(FindingKind.VIOLATION), 1)
    ]
    uow.insert(*items)
    for item in items:
        record_transition(
            uow,
            services,
            subject=item,
            event="begin",
            from_state="",
            to_state=item.state,
            happened_on=served_on,
        )
    event = PrescriptionEvent.START_RECTIFICATION if items else PrescriptionEvent.COMPLETE
    _by_system(letter, event, uow, services)
    return items


def _new_item(
    letter: Letter, item: LetterItem, ordinal: int, served_on: date, services: Services
) -> RectificationItem:
    facts = prescription_facts(letter)
    checked = services.reference.checklist.item(item.code)
    counted = _deadline(item, facts.visited_on, served_on, services)
    printed = item.deadline or counted.date
    # Served later than planned: the period begins anew, but is never shorter than printed.
    deadline = max(printed, counted.date)
    return RectificationItem(
        id=services.new_id(),
        letter_id=letter.id,
        visit_id=letter.visit_id,
        enterprise_id=letter.enterprise_id,
        code=item.code,
        ordinal=ordinal,
        title=item.finding[:200],
        finding=item.finding,
        advice=item.advice,
        citation=services.text("list-separator").join(basis.cite for basis in item.printable_bases),
        severity=checked.severity,
        is_urgent=services.limits.item.is_urgent(item.code),
        days=max(1, (deadline - served_on).days),
        original_deadline=deadline,
        deadline=deadline,
        is_deadline_flagged=counted.flagged,
        owner_name=item.owner.name,
        owner_post=item.owner.post,
        owner_phone=item.owner.phone,
        tracking_officer_id=_tracker_id(letter, item) or services.actor.id,
        unpaid_workers=item.worker_count or None,
        unpaid_fen=item.amount_fen or None,
        lead_body=closing_body(item.code).value,
    )


def _tracker_id(letter: Letter, item: LetterItem) -> str:
    edits = letter.edits or {}
    return str(edits.get("items", {}).get(item.code, {}).get("tracker_id", ""))


def _deadline(item: LetterItem, visited_on: date, served_on: date, services: Services) -> DueDate:
    planned = (item.deadline - visited_on).days if item.deadline else DEFAULT_DAYS
    return due_date(served_on, max(1, planned), kind=PeriodKind.LIMIT, calendar=services.calendar)


def _by_system(letter: Letter, event: PrescriptionEvent, uow: UnitOfWork, services: Services) -> Letter:
    state = check_step(letter, event, uow, services, actor=SYSTEM)
    return advance(letter, event, state, uow, services)


def _check_proof(letter: Letter, proof: ServiceProof, uow: UnitOfWork, services: Services) -> None:
    written = letter.made_at if letter.confirmed_at is None else letter.confirmed_at
    # The office's day: what was confirmed at seven in the morning is still yesterday in UTC.
    first = local_date(written, services.clock.offset_minutes())
    if not first <= proof.served_on <= services.clock.today():
        raise ServedBeforeWrittenError(served_on=proof.served_on)
    missing = missing_proof(proof, has_photo=bool(proofs_of(letter, uow)))
    if missing:
        raise ProofMissingError(way=services.text(f"service-way-{proof.way.value}"), missing=missing)


def _service_row(letter: Letter, proof: ServiceProof, services: Services) -> LetterService:
    return LetterService(
        id=services.new_id(),
        letter_id=letter.id,
        way=proof.way,
        served_on=proof.served_on,
        place=proof.place,
        recipient=proof.recipient,
        recipient_post=proof.recipient_post,
        recipient_phone=proof.recipient_phone,
        witness=proof.witness,
        tracking_number=proof.tracking_number,
        consent_note=proof.consent_note,
        servers=proof.servers,
        note=proof.note,
        recorded_at=services.clock.now_utc(),
    )
