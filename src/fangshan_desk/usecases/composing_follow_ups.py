"""Facts of the letters that follow a prescription: request, recheck opinion, referral, extension form."""

from collections.abc import Iterator, Sequence
from datetime import date

from fangshan_desk.domain.day_counting import PeriodKind, due_date
from fangshan_desk.domain.letter_facts import (
    ExtensionApprovalFacts,
    FindingKind,
    LegalBasis,
    Letterhead,
    LetterItem,
    OutstandingItem,
    RecheckOpinionFacts,
    RecheckOutcome,
    RecheckResult,
    RectificationRequestFacts,
    ReferralFacts,
    Responsible,
    Visitor,
)
from fangshan_desk.domain.records.letters import Letter, LetterKind, RectificationItem, TransitionRecord
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.visits import Attachment, Visit
from fangshan_desk.domain.states.item_facts import ItemEvent
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.domain.states.rectification_item import is_closed
from fangshan_desk.usecases.composing_prescriptions import contact_point, enterprise_block, letterhead
from fangshan_desk.usecases.kept_facts import prescription_facts
from fangshan_desk.usecases.letter_kinds import KIND_RULES
from fangshan_desk.usecases.letter_sources import Composed, Composing, NothingToTellError, number_of
from fangshan_desk.usecases.visiting import visit_date

REQUEST_DAYS = 7
"""Days a request gives unless the officer chooses others; a working rule, not law."""
_ITEM = RectificationItem.entity.name
_OUTCOMES = {
    ItemEvent.VERIFY.value: RecheckOutcome.VERIFIED,
    ItemEvent.RETURN.value: RecheckOutcome.RETURNED,
    ItemEvent.APPROVE_EXTENSION.value: RecheckOutcome.EXTENDED,
    ItemEvent.TRANSFER.value: RecheckOutcome.TRANSFERRED,
    ItemEvent.ESCALATE.value: RecheckOutcome.TRANSFERRED,
}
_TOLD_IN_HISTORY = frozenset({"return", "fall_overdue", "remind", "approve_extension", "report_done"})


def compose_request(at: Composing) -> Composed:
    """What is still open, and until when it should be done."""
    items = [item for item in at.items() if not is_closed(item.state)]
    if not items:
        raise NothingToTellError(kind=at.services.text("letter-kind-rectification_request"))
    parent = at.uow.get(Letter, items[0].letter_id)
    first = items[0]
    facts = RectificationRequestFacts(
        letterhead=_head(at, LetterKind.RECTIFICATION_REQUEST),
        enterprise=enterprise_block(at.enterprise(first.enterprise_id), at.services),
        contact=contact_point(at.uow, at.services),
        visited_on=_visited_on(parent, at),
        items=tuple(_outstanding(item, parent, at) for item in items),
        deadline=at.source.day("deadline") or _default_deadline(at),
        owner=_owner(first),
        prescription_number=number_of(parent),
        prescription_served_on=at.served_on(parent.id),
    )
    return _composed(facts, parent)


def compose_recheck_opinion(at: Composing) -> Composed:
    """What the rechecks since the last opinion decided."""
    parent = at.uow.get(Letter, at.source.letter_id)
    items = sorted(at.uow.find(RectificationItem, letter_id=parent.id), key=lambda item: item.ordinal)
    decided = [(item, step) for item in items if (step := _last_decision(item, parent, at)) is not None]
    if not decided:
        raise NothingToTellError(kind=at.services.text("letter-kind-recheck_opinion"))
    steps = [step for _, step in decided]
    reported = [item.reported_on for item, _ in decided if item.reported_on is not None]
    facts = RecheckOpinionFacts(
        letterhead=_head(at, LetterKind.RECHECK_OPINION),
        enterprise=enterprise_block(at.enterprise(parent.enterprise_id), at.services),
        contact=contact_point(at.uow, at.services),
        rechecked_on=max(step.happened_on for step in steps),
        recheckers=tuple(_recheckers(steps, at)),
        prescription_number=number_of(parent),
        results=tuple(_result(item, step, at) for item, step in decided),
        report_received_on=max(reported, default=None),
        is_complete=all(is_closed(item.state) for item in items),
    )
    return _composed(facts, parent)


def compose_referral(at: Composing) -> Composed:
    """What is handed to the labour inspectorate, with history and evidence (劳动保障监察条例 §14, 18)."""
    items = [item for item in at.items() if not is_closed(item.state)]
    text = at.services.text
    if not items:
        raise NothingToTellError(kind=text("letter-kind-referral"))
    parent = at.uow.get(Letter, items[0].letter_id)
    facts = ReferralFacts(
        letterhead=_head(at, LetterKind.REFERRAL),
        enterprise=enterprise_block(at.enterprise(parent.enterprise_id), at.services),
        contact=contact_point(at.uow, at.services),
        target=at.word("target", text("referral-target")),
        findings=tuple(at.word(f"finding-{number}", item.finding) for number, item in enumerate(items, 1)),
        prescription_number=number_of(parent),
        prescription_served_on=at.served_on(parent.id),
        rectification_history=at.word("history", _history(items, at)),
        evidence=tuple(_evidence(items, parent, at)),
        unpaid_fen=sum(item.unpaid_fen or 0 for item in items),
    )
    return _composed(facts, parent)


def compose_extension_approval(at: Composing) -> Composed:
    """Why an item needs more time, and who agreed."""
    items = at.items()
    asked = [step for item in items for step in _steps(item, at) if step.event == "request_extension"]
    if not asked:
        raise NothingToTellError(kind=at.services.text("letter-kind-extension_approval"))
    item, request = items[0], asked[-1]
    parent = at.uow.get(Letter, item.letter_id)
    details = request.details or {}
    decisions = {"approve_extension", "refuse_extension"}
    decided = [step for step in _steps(item, at) if step.event in decisions]
    decision = next((step for step in decided if step.recorded_at >= request.recorded_at), None)
    facts = ExtensionApprovalFacts(
        letterhead=_head(at, LetterKind.EXTENSION_APPROVAL),
        enterprise=enterprise_block(at.enterprise(item.enterprise_id), at.services),
        prescription_number=number_of(parent),
        item_code=item.code,
        finding=item.finding,
        original_deadline=_deadline_before(item, decision),
        requested_deadline=date.fromisoformat(str(details.get("until") or item.deadline.isoformat())),
        reason=at.word("reason", request.note),
        safeguards=at.word("safeguards", str(details.get("plan", ""))),
        repayment_plan=at.word("repayment_plan", ""),
        requested_on=request.happened_on,
        handler_opinion=at.word("handler_opinion", ""),
        handler_name=at.services.actor.name if at.source.words.get("handler_opinion") else "",
        handled_on=at.services.clock.today() if at.source.words.get("handler_opinion") else None,
        approver_opinion=at.word("approver_opinion", _opinion(decision, at)),
        approver_name=_officer_name(decision, at),
        decided_on=decision.happened_on if decision else None,
    )
    return _composed(facts, parent)


def _head(at: Composing, kind: LetterKind) -> Letterhead:
    return letterhead(at.field_number, at.services, bodies=KIND_RULES[kind].signed_by)


def _composed(
    facts: RectificationRequestFacts | RecheckOpinionFacts | ReferralFacts | ExtensionApprovalFacts,
    parent: Letter,
) -> Composed:
    return Composed(
        facts=facts, enterprise_id=parent.enterprise_id, visit_id=parent.visit_id, parent_id=parent.id
    )


def _visited_on(parent: Letter, at: Composing) -> date:
    if parent.visit_id is None:
        return at.services.clock.today()
    return visit_date(at.uow.get(Visit, parent.visit_id), at.services)


def _default_deadline(at: Composing) -> date:
    today = at.services.clock.today()
    return due_date(today, REQUEST_DAYS, kind=PeriodKind.LIMIT, calendar=at.services.calendar).date


def _owner(item: RectificationItem) -> Responsible:
    return Responsible(name=item.owner_name, post=item.owner_post, phone=item.owner_phone)


def _outstanding(item: RectificationItem, parent: Letter, at: Composing) -> OutstandingItem:
    late = (at.services.clock.today() - item.deadline).days
    return OutstandingItem(
        item=_letter_item(item, parent, at),
        original_deadline=item.original_deadline,
        overdue_days=max(0, late),
        was_extended=item.extension_count > 0,
        concerns_wages=item.code in at.services.limits.item.wage_arrears or bool(item.unpaid_fen),
    )


def _letter_item(item: RectificationItem, parent: Letter, at: Composing) -> LetterItem:
    tracker = at.uow.get(Officer, item.tracking_officer_id).name if item.tracking_officer_id else ""
    return LetterItem(
        code=item.code,
        section_title=_section_title(item.code, at),
        kind=FindingKind.VIOLATION,
        finding=at.word(f"finding-{item.code}", item.finding),
        advice=item.advice,
        bases=_bases(item.code, parent),
        deadline=at.source.day("deadline") or _default_deadline(at),
        owner=_owner(item),
        tracker_name=tracker,
        amount_fen=item.unpaid_fen or 0,
        worker_count=item.unpaid_workers or 0,
    )


def _section_title(code: str, at: Composing) -> str:
    checklist = at.services.reference.checklist
    return checklist.section(checklist.item(code).section).title


def _bases(code: str, parent: Letter) -> tuple[LegalBasis, ...]:
    # As the prescription cited them: the law of the day of the visit.
    items = prescription_facts(parent).items if parent.kind is LetterKind.PRESCRIPTION else ()
    return next((item.bases for item in items if item.code == code), ())


def _steps(item: RectificationItem, at: Composing) -> list[TransitionRecord]:
    steps = at.uow.find(TransitionRecord, subject=_ITEM, subject_id=item.id)
    return sorted(steps, key=lambda step: (step.recorded_at, step.id))


def _last_decision(item: RectificationItem, parent: Letter, at: Composing) -> TransitionRecord | None:
    since = _last_opinion(parent, at)
    decisions = [step for step in _steps(item, at) if step.event in _OUTCOMES]
    fresh = [step for step in decisions if since is None or step.recorded_at > since.made_at]
    return fresh[-1] if fresh else None


def _last_opinion(parent: Letter, at: Composing) -> Letter | None:
    opinions = at.uow.find(Letter, parent_id=parent.id, kind=LetterKind.RECHECK_OPINION)
    unbound = (PrescriptionState.DRAFT, PrescriptionState.WITHDRAWN)
    return next((one for one in reversed(opinions) if one.state not in unbound), None)


def _recheckers(steps: Sequence[TransitionRecord], at: Composing) -> Iterator[Visitor]:
    named = [officer_id for step in steps for officer_id in (step.details or {}).get("officers", ())]
    for officer_id in dict.fromkeys(named or [step.officer_id for step in steps if step.officer_id]):
        officer = at.uow.get(Officer, officer_id)
        body = at.services.text(f"body-{officer.body.value}")
        yield Visitor(name=officer.name, badge_number=officer.badge_number, body=body)


def _result(item: RectificationItem, step: TransitionRecord, at: Composing) -> RecheckResult:
    outcome = _OUTCOMES[step.event]
    is_pending = outcome in (RecheckOutcome.RETURNED, RecheckOutcome.EXTENDED)
    is_escalated = step.event == ItemEvent.ESCALATE.value
    target = at.services.text("referral-target") if is_escalated else item.transferred_to
    return RecheckResult(
        code=item.code,
        finding=item.title,
        outcome=outcome,
        result=at.word(f"result-{item.code}", step.note),
        deadline=item.deadline if is_pending else None,
        transferred_to=target,
    )


def _history(items: Sequence[RectificationItem], at: Composing) -> str:
    parts = []
    for step in sorted((step for item in items for step in _steps(item, at)), key=lambda s: s.happened_on):
        if step.event in _TOLD_IN_HISTORY:
            day = step.happened_on
            written = at.services.text("letter-date", year=day.year, month=day.month, day=day.day)
            parts.append(at.services.text(f"referral-history-{step.event}", date=written))
    return at.services.text("letter-comma").join(dict.fromkeys(parts))


def _evidence(items: Sequence[RectificationItem], parent: Letter, at: Composing) -> Iterator[str]:
    found = [
        photo
        for item in items
        for photo in (
            *at.uow.find(Attachment, subject=_ITEM, subject_id=item.id),
            *at.uow.find(Attachment, subject="visit", subject_id=parent.visit_id or "", topic=item.code),
        )
    ]
    for photo in found:
        name = photo.caption or photo.file_name or at.services.text("referral-evidence-photo")
        yield at.services.text("referral-evidence-line", code=photo.topic or items[0].code, name=name)


def _deadline_before(item: RectificationItem, decision: TransitionRecord | None) -> date:
    old = ((decision.details or {}) if decision else {}).get("old")
    return date.fromisoformat(str(old)) if old else item.deadline


def _opinion(decision: TransitionRecord | None, at: Composing) -> str:
    if decision is None:
        return ""
    return decision.note or at.services.text(f"extension-opinion-{decision.event}")


def _officer_name(decision: TransitionRecord | None, at: Composing) -> str:
    if decision is None or decision.officer_id is None:
        return ""
    return at.uow.get(Officer, decision.officer_id).name
