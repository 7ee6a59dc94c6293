"""Which composer makes which letter, and the letters that need no rectification item."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from fangshan_desk.domain.day_counting import PeriodKind, due_date
from fangshan_desk.domain.letter_facts import LayoffNoticeFacts, ServiceReceiptFacts
from fangshan_desk.domain.letter_facts import ServiceWay as PrintedWay
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.domain.records.letters import Letter, LetterKind, LetterService
from fangshan_desk.domain.records.register import WarningSignal
from fangshan_desk.domain.records.visits import Visitor
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.usecases.composing_follow_ups import (
    compose_extension_approval,
    compose_recheck_opinion,
    compose_referral,
    compose_request,
)
from fangshan_desk.usecases.composing_prescriptions import contact_point, enterprise_block, letterhead
from fangshan_desk.usecases.letter_kinds import KIND_RULES
from fangshan_desk.usecases.letter_sources import Composed, Composing, NothingToTellError, number_of
from fangshan_desk.usecases.prescribing import proofs_of
from fangshan_desk.usecases.printing import letter_pdf

# 劳动合同法第四十一条: thirty days between the explanation and the layoff.
LAYOFF_DAYS = 30
Composer = Callable[[Composing], Composed]


def compose_layoff_notice(at: Composing) -> Composed:
    """The statutory steps before an economic layoff, from a warning signal or a plan told to us."""
    signal = at.uow.get(WarningSignal, at.source.signal_id) if at.source.signal_id else None
    enterprise = at.enterprise(signal.enterprise_id if signal else at.source.enterprise_id)
    planned = at.source.planned_count or (signal.persons if signal else None) or 0
    if planned < 1:
        raise NothingToTellError(kind=at.services.text("letter-kind-layoff_notice"))
    today = at.services.clock.today()
    raised = local_date(signal.raised_at, at.services.clock.offset_minutes()) if signal else today
    facts = LayoffNoticeFacts(
        letterhead=letterhead(
            at.field_number, at.services, bodies=KIND_RULES[LetterKind.LAYOFF_NOTICE].signed_by
        ),
        enterprise=enterprise_block(enterprise, at.services),
        contact=contact_point(at.uow, at.services),
        informed_on=at.source.day("informed_on") or raised,
        planned_count=planned,
        latest_explanation_on=_latest_explanation(at),
        earliest_execution_on=_earliest_execution(at, today),
    )
    return Composed(facts=facts, enterprise_id=enterprise.id, visit_id=signal.visit_id if signal else None)


def compose_service_receipt(at: Composing) -> Composed:
    """The proof that a letter was handed over, filled in as far as it is known."""
    letter = at.uow.get(Letter, at.source.letter_id)
    if letter.state is PrescriptionState.DRAFT:
        raise NothingToTellError(kind=at.services.text("letter-kind-service_receipt"))
    enterprise = at.enterprise(letter.enterprise_id)
    served = at.uow.find(LetterService, letter_id=letter.id)
    last = served[-1] if served else None
    pages = at.services.press.page_sizes(letter_pdf(letter_id=letter.id, uow=at.uow, services=at.services))
    facts = ServiceReceiptFacts(
        letterhead=letterhead(
            at.field_number, at.services, bodies=KIND_RULES[LetterKind.SERVICE_RECEIPT].signed_by
        ),
        enterprise=enterprise_block(enterprise, at.services),
        letter_title=letter.title,
        letter_number=number_of(letter),
        page_count=len(pages),
        place=at.word("place", last.place if last else ""),
        way=PrintedWay(last.way.value) if last else PrintedWay.UNDECIDED,
        tracking_number=last.tracking_number if last else "",
        refusal_reason=letter.refusal_note,
        witness_name=last.witness if last else "",
        servers=_servers(letter, last, at),
        served_on=last.served_on if last else None,
        recordings=at.services.text("letter-enumeration").join(
            photo.file_name for photo in proofs_of(letter, at.uow)
        ),
    )
    return Composed(facts=facts, enterprise_id=enterprise.id, visit_id=letter.visit_id, parent_id=letter.id)


# A new letter is one composer and one line here (its rules are one line in `letter_kinds`).
COMPOSERS: Mapping[LetterKind, Composer] = {
    LetterKind.RECTIFICATION_REQUEST: compose_request,
    LetterKind.RECHECK_OPINION: compose_recheck_opinion,
    LetterKind.LAYOFF_NOTICE: compose_layoff_notice,
    LetterKind.REFERRAL: compose_referral,
    LetterKind.SERVICE_RECEIPT: compose_service_receipt,
    LetterKind.EXTENSION_APPROVAL: compose_extension_approval,
}


def _latest_explanation(at: Composing) -> date | None:
    planned = at.source.day("planned_on")
    return planned - timedelta(days=LAYOFF_DAYS) if planned else None


def _earliest_execution(at: Composing, today: date) -> date:
    start = at.source.day("explained_on") or today
    # A waiting period: the day after its end is not moved to a working day.
    return due_date(start, LAYOFF_DAYS, kind=PeriodKind.WAITING, calendar=at.services.calendar).date


def _servers(letter: Letter, last: LetterService | None, at: Composing) -> tuple[str, ...]:
    if last is not None and last.servers:
        return last.servers
    visitors = at.uow.find(Visitor, visit_id=letter.visit_id) if letter.visit_id else []
    return tuple(visitor.name for visitor in visitors) or (at.services.actor.name,)
