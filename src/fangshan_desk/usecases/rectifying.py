"""Following a rectification item from service to its closing, one step at a time (workflows 1.3)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fangshan_desk.domain.day_counting import PeriodKind, due_date
from fangshan_desk.domain.records.letters import RectificationItem, TransitionRecord
from fangshan_desk.domain.records.register import Enterprise, RiskAssessmentRecord
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.rights import SYSTEM, Actor
from fangshan_desk.domain.states.item_facts import (
    CloseReason,
    EscalationReason,
    ItemEvent,
    ItemFacts,
    ItemState,
)
from fangshan_desk.domain.states.rectification_item import item_machine
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting, record_transition
from fangshan_desk.usecases.serving import complete_if_all_closed

SUBJECT = RectificationItem.entity.name


def name_owner(
    *,
    item_id: str,
    name: str,
    post: str,
    phone: str,
    tracking_officer_id: str,
    uow: UnitOfWork,
    services: Services,
) -> RectificationItem:
    """Who at the enterprise answers for the item, and who of us follows it."""
    given = {
        "owner_name": name,
        "owner_post": post,
        "owner_phone": phone,
        "tracking_officer_id": tracking_officer_id,
    }
    return _take(item_id, ItemEvent.NAME_OWNER, uow, services, given=given, fields=given)


def report_done(
    *, item_id: str, reported_on: date, note: str = "", uow: UnitOfWork, services: Services
) -> RectificationItem:
    """The enterprise reports the item done; its evidence is attached to the item before."""
    return _take(
        item_id,
        ItemEvent.REPORT_DONE,
        uow,
        services,
        note=note,
        happened_on=reported_on,
        fields={"reported_on": reported_on},
    )


def request_extension(
    *,
    item_id: str,
    requested_on: date,
    until: date,
    reason: str,
    plan: str,
    has_repayment_plan: bool = False,
    uow: UnitOfWork,
    services: Services,
) -> RectificationItem:
    """A written request, before the deadline, with reason and plan."""
    item = uow.get(RectificationItem, item_id)
    days = (until - item.deadline).days
    given = {
        "requested_on": requested_on,
        "reason": reason,
        "plan": plan,
        "new_days": days,
        "has_repayment_plan": has_repayment_plan or item.has_repayment_plan,
    }
    fields = {"requested_deadline": until, "has_repayment_plan": given["has_repayment_plan"]}
    return _take(
        item_id,
        ItemEvent.REQUEST_EXTENSION,
        uow,
        services,
        given=given,
        fields=fields,
        note=reason,
        happened_on=requested_on,
        details={"plan": plan, "until": until.isoformat()},
    )


def decide_extension(
    *, item_id: str, is_approved: bool, reason: str = "", uow: UnitOfWork, services: Services
) -> RectificationItem:
    """The leader's decision; an approved extension moves the deadline once."""
    item = uow.get(RectificationItem, item_id)
    if not is_approved:
        given = {"reason": reason}
        return _take(item_id, ItemEvent.REFUSE_EXTENSION, uow, services, given=given, note=reason)
    until = item.requested_deadline or item.deadline
    fields = {
        "deadline": until,
        "extension_count": item.extension_count + 1,
        "requested_deadline": None,
    }
    return _take(
        item_id,
        ItemEvent.APPROVE_EXTENSION,
        uow,
        services,
        given={"new_days": (until - item.deadline).days},
        fields=fields,
        note=reason,
        details={"old": item.deadline.isoformat(), "new": until.isoformat()},
    )


def pass_recheck(
    *,
    item_id: str,
    officers: Sequence[str],
    rechecked_on: date,
    note: str = "",
    close_reason: CloseReason | None = None,
    uow: UnitOfWork,
    services: Services,
) -> RectificationItem:
    """Two officers found it put right; closed with evidence or a coded reason."""
    return _take(
        item_id,
        ItemEvent.VERIFY,
        uow,
        services,
        given={"officers": frozenset(officers), "close_reason": close_reason},
        fields={"closed_on": rechecked_on, "close_reason": close_reason},
        note=note,
        happened_on=rechecked_on,
        details={"officers": list(officers)},
    )


def fail_recheck(
    *,
    item_id: str,
    officers: Sequence[str],
    rechecked_on: date,
    reason: str,
    new_days: int | None = None,
    uow: UnitOfWork,
    services: Services,
) -> RectificationItem:
    """Not put right: returned, and opened again for at most seven days the first time."""
    item = uow.get(RectificationItem, item_id)
    returned = _take(
        item_id,
        ItemEvent.RETURN,
        uow,
        services,
        given={"officers": frozenset(officers), "reason": reason},
        fields={"return_count": item.return_count + 1},
        note=reason,
        happened_on=rechecked_on,
        details={"officers": list(officers)},
    )
    if returned.return_count > services.limits.item.reopen_max_count:
        return returned
    days = new_days or services.limits.item.reopen_max_days
    due = due_date(rechecked_on, days, kind=PeriodKind.LIMIT, calendar=services.calendar)
    return _take(
        item_id,
        ItemEvent.REOPEN,
        uow,
        services,
        given={"new_days": days},
        fields={"deadline": due.date, "is_deadline_flagged": due.flagged, "reported_on": None},
        happened_on=rechecked_on,
        details={"new": due.date.isoformat()},
    )


def escalate_item(
    *,
    item_id: str,
    cause: EscalationReason,
    reason: str,
    letter_id: str,
    uow: UnitOfWork,
    services: Services,
) -> RectificationItem:
    """Hand the item to labour inspection with the referral letter (劳动保障监察条例 §14, 18)."""
    given = {"escalation_reason": cause, "reason": reason, "escalation_letter": letter_id}
    details = {"cause": cause.value, "letter_id": letter_id}
    return _take(item_id, ItemEvent.ESCALATE, uow, services, given=given, note=reason, details=details)


def transfer_item(
    *, item_id: str, authority: str, reason: str, uow: UnitOfWork, services: Services
) -> RectificationItem:
    """Hand the item to the authority that is competent for it."""
    return _take(
        item_id,
        ItemEvent.TRANSFER,
        uow,
        services,
        given={"authority": authority, "reason": reason},
        fields={"transferred_to": authority, "closed_on": services.clock.today()},
        note=reason,
    )


def record_enforcement(
    *,
    item_id: str,
    is_corrected: bool,
    note: str,
    close_reason: CloseReason | None = None,
    uow: UnitOfWork,
    services: Services,
) -> RectificationItem:
    """The inspectorate's result: put right, or closed by its decision."""
    event = ItemEvent.RECORD_CORRECTED if is_corrected else ItemEvent.RECORD_ENFORCEMENT
    return _take(
        item_id,
        event,
        uow,
        services,
        given={"close_reason": close_reason, "reason": note},
        fields={"close_reason": close_reason, "closed_on": services.clock.today()},
        note=note,
    )


def disprove_item(
    *, item_id: str, close_reason: CloseReason, reason: str, uow: UnitOfWork, services: Services
) -> RectificationItem:
    """The fact turned out wrong: nothing has to be put right."""
    return _take(
        item_id,
        ItemEvent.DISPROVE,
        uow,
        services,
        given={"close_reason": close_reason, "reason": reason},
        fields={"close_reason": close_reason, "closed_on": services.clock.today()},
        note=reason,
    )


def pass_deadlines(*, uow: UnitOfWork, services: Services) -> Sequence[RectificationItem]:
    """Mark what became overdue at midnight; run at every start and at every change of day."""
    today = services.clock.today()
    late = [item for item in uow.find(RectificationItem, state=ItemState.OPEN) if item.deadline < today]
    return [
        _take(
            item.id,
            ItemEvent.FALL_OVERDUE,
            uow,
            services,
            actor=SYSTEM,
            happened_on=item.deadline + timedelta(days=1),
        )
        for item in late
    ]


def remind(*, item_ids: Sequence[str], way: str, uow: UnitOfWork, services: Services) -> int:
    """Note that the enterprises were reminded; returns how many items."""
    today = services.clock.today()
    for item_id in item_ids:
        item = uow.get(RectificationItem, item_id)
        uow.update(item, reminded_on=today)
        record_transition(
            uow,
            services,
            subject=item,
            event="remind",
            from_state=item.state,
            to_state=item.state,
            details={"way": way},
        )
    return len(item_ids)


def item_facts(item: RectificationItem, uow: UnitOfWork, services: Services, **given: Any) -> ItemFacts:
    """What the rules of an item look at; ``given`` is what the step brings with it."""
    facts: dict[str, Any] = {
        "code": item.code,
        "today": services.clock.today(),
        "deadline": item.deadline,
        "original_days": item.days,
        "township": uow.get(Enterprise, item.enterprise_id).township,
        "extension_count": item.extension_count,
        "return_count": item.return_count,
        "has_repayment_plan": item.has_repayment_plan,
        "reminded_on": item.reminded_on,
        "floors": _floors(item, uow),
        "has_evidence": _has_new_evidence(item, uow),
        "owner_name": item.owner_name,
        "owner_post": item.owner_post,
        "owner_phone": item.owner_phone,
        "tracking_officer_id": item.tracking_officer_id or "",
    }
    return ItemFacts(**{**facts, **given})


def _floors(item: RectificationItem, uow: UnitOfWork) -> frozenset[str]:
    grades = uow.find(RiskAssessmentRecord, enterprise_id=item.enterprise_id)
    newest = max(grades, key=lambda grade: grade.made_at, default=None)
    return frozenset(newest.floors) if newest is not None else frozenset()


def _has_new_evidence(item: RectificationItem, uow: UnitOfWork) -> bool:
    attached = uow.find(Attachment, subject=SUBJECT, subject_id=item.id)
    steps = uow.find(TransitionRecord, subject=SUBJECT, subject_id=item.id)
    failed = [step.recorded_at for step in steps if step.event == ItemEvent.RETURN.value]
    # What did not convince at the last recheck proves nothing now.
    return any(not failed or photo.added_at > max(failed) for photo in attached)


def _take(
    item_id: str,
    event: ItemEvent,
    uow: UnitOfWork,
    services: Services,
    *,
    given: dict[str, Any] | None = None,
    fields: dict[str, Any] | None = None,
    note: str = "",
    happened_on: date | None = None,
    details: dict[str, Any] | None = None,
    actor: Actor | None = None,
) -> RectificationItem:
    item = uow.get(RectificationItem, item_id)
    facts = item_facts(item, uow, services, **(given or {}))
    machine = item_machine(services.limits)
    state = machine.apply(item.state, event, facts=facts, actor=actor or acting(services))
    moved = uow.update(item, state=state, **(fields or {}))
    record_transition(
        uow,
        services,
        subject=item,
        event=event.value,
        from_state=item.state,
        to_state=state,
        note=note,
        happened_on=happened_on,
        details=details,
    )
    complete_if_all_closed(letter_id=item.letter_id, uow=uow, services=services)
    return moved
