"""Following a rectification item from service to its closing, one step at a time (workflows 1.3)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fangshan_desk.domain.day_counting import PeriodKind, due_date, next_working_day
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import RectificationItem, TransitionRecord
from fangshan_desk.domain.records.register import Enterprise, RiskAssessmentRecord
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.rights import SYSTEM
from fangshan_desk.domain.states.item_facts import (
    CloseReason,
    EscalationReason,
    ItemEvent,
    ItemFacts,
    ItemState,
)
from fangshan_desk.domain.states.rectification_item import item_machine
from fangshan_desk.usecases.item_options import facts_of
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting, record_transition
from fangshan_desk.usecases.serving import complete_if_all_closed
from fangshan_desk.usecases.views.ledger import REMINDABLE

SUBJECT = RectificationItem.entity.name


class ItemDayImpossibleError(ExpectedError):
    """The day of a step lies outside what is possible: ``day``, ``earliest``, ``latest``."""

    key = "item-day-impossible"


class ExtensionNotLaterError(ExpectedError):
    """The deadline asked for is not after the present one: ``until``, ``deadline``."""

    key = "item-extension-not-later"


class NothingToRemindError(ExpectedError):
    """None of the chosen items waits for its enterprise."""

    key = "item-nothing-to-remind"


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
    item = uow.get(RectificationItem, item_id)
    _check_day(reported_on, earliest=started_on(item), services=services)
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
    """A written request, before the deadline, with reason and plan; ``until`` is the deadline asked for.

    Raises ExtensionNotLaterError, ItemDayImpossibleError or a StepRefusedError.
    """
    item = uow.get(RectificationItem, item_id)
    _check_day(requested_on, earliest=started_on(item), services=services)
    if until <= item.deadline:
        raise ExtensionNotLaterError(until=until, deadline=item.deadline)
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
    *,
    item_id: str,
    is_approved: bool,
    reason: str = "",
    until: date | None = None,
    uow: UnitOfWork,
    services: Services,
) -> RectificationItem:
    """The leader's decision; an approved extension moves the deadline once, ``until`` may shorten it.

    The days approved are judged as asked for; an end on a rest day then moves on (民法典 §203).
    """
    item = uow.get(RectificationItem, item_id)
    if not is_approved:
        return _take(
            item_id,
            ItemEvent.REFUSE_EXTENSION,
            uow,
            services,
            given={"reason": reason},
            fields={"requested_deadline": None},
            note=reason,
        )
    asked = until or item.requested_deadline or item.deadline
    due = next_working_day(asked, calendar=services.calendar)
    return _take(
        item_id,
        ItemEvent.APPROVE_EXTENSION,
        uow,
        services,
        given={"new_days": (asked - item.deadline).days},
        fields={
            "deadline": due.date,
            "is_deadline_flagged": due.flagged,
            "extension_count": item.extension_count + 1,
            "requested_deadline": None,
        },
        note=reason,
        details={
            "old": item.deadline.isoformat(),
            "asked": asked.isoformat(),
            "new": due.date.isoformat(),
        },
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
    item = uow.get(RectificationItem, item_id)
    _check_day(rechecked_on, earliest=item.reported_on or started_on(item), services=services)
    return _take(
        item_id,
        ItemEvent.VERIFY,
        uow,
        services,
        given={"officers": frozenset(officers), "close_reason": close_reason},
        fields={"closed_on": rechecked_on, "close_reason": close_reason},
        note=note,
        happened_on=rechecked_on,
        details=_recheck_details(officers, close_reason),
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
    _check_day(rechecked_on, earliest=item.reported_on or started_on(item), services=services)
    returned = _take(
        item_id,
        ItemEvent.RETURN,
        uow,
        services,
        given={"officers": frozenset(officers), "reason": reason},
        fields={"return_count": item.return_count + 1},
        note=reason,
        happened_on=rechecked_on,
        details=_recheck_details(officers),
    )
    if returned.return_count > services.limits.item.reopen_max_count:
        return returned
    days = services.limits.item.reopen_max_days if new_days is None else new_days
    due = due_date(rechecked_on, days, kind=PeriodKind.LIMIT, calendar=services.calendar)
    return _take(
        item_id,
        ItemEvent.REOPEN,
        uow,
        services,
        given={"new_days": days},
        fields={"deadline": due.date, "is_deadline_flagged": due.flagged, "reported_on": None},
        happened_on=rechecked_on,
        details={"days": days, "new": due.date.isoformat()},
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
        fields={
            "transferred_to": authority,
            "closed_on": services.clock.today(),
            "close_reason": CloseReason.OTHER_AUTHORITY,
        },
        note=reason,
        details={"authority": authority},
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


def pass_deadlines(
    *, uow: UnitOfWork, services: Services, item_ids: Sequence[str] | None = None
) -> Sequence[RectificationItem]:
    """Mark what became overdue at midnight; run at every start and at every change of day.

    ``item_ids`` are those the ledger's reader found past their deadline; without them every open item
    is looked at.
    """
    today = services.clock.today()
    if item_ids is None:
        looked_at = uow.find(RectificationItem, state=ItemState.OPEN)
    else:
        looked_at = [uow.get(RectificationItem, item_id) for item_id in item_ids]
    late = [item for item in looked_at if item.state is ItemState.OPEN and item.deadline < today]
    machine = item_machine(services.limits)
    moved = []
    for item in late:
        facts = ItemFacts(code=item.code, today=today, deadline=item.deadline, original_days=item.days)
        state = machine.apply(item.state, ItemEvent.FALL_OVERDUE, facts=facts, actor=SYSTEM)
        moved.append(uow.update(item, state=state))
    uow.insert(*(_fallen(item, services) for item in late))
    return moved


def remind(*, item_ids: Sequence[str], way: str, uow: UnitOfWork, services: Services) -> int:
    """Note that the enterprises were reminded; items that wait for an office are passed over.

    Returns how many were reminded; raises NothingToRemindError when there was none.
    """
    items = [uow.get(RectificationItem, item_id) for item_id in item_ids]
    waiting = [item for item in items if item.state in REMINDABLE]
    if not waiting:
        raise NothingToRemindError
    for item in waiting:
        uow.update(item, reminded_on=services.clock.today())
        record_transition(
            uow,
            services,
            subject=item,
            event="remind",
            from_state=item.state,
            to_state=item.state,
            details={"way": way},
        )
    return len(waiting)


def started_on(item: RectificationItem) -> date:
    """The day of service: from the day after it the period ran."""
    return item.original_deadline - timedelta(days=item.days)


def item_facts(item: RectificationItem, uow: UnitOfWork, services: Services, **given: Any) -> ItemFacts:
    """What the rules of an item look at; ``given`` is what the step brings with it."""
    return facts_of(
        item,
        services,
        township=uow.get(Enterprise, item.enterprise_id).township,
        floors=_floors(item, uow),
        has_evidence=_has_new_evidence(item, uow),
        **given,
    )


def _check_day(day: date, *, earliest: date, services: Services) -> None:
    latest = services.clock.today()
    if not earliest <= day <= latest:
        raise ItemDayImpossibleError(day=day, earliest=earliest, latest=latest)


def _recheck_details(officers: Sequence[str], close_reason: CloseReason | None = None) -> dict[str, Any]:
    reason = {"close_reason": close_reason.value} if close_reason is not None else {}
    return {"officers": list(officers), **reason}


def _fallen(item: RectificationItem, services: Services) -> TransitionRecord:
    # No officer: midnight did it, not whoever opened the program first.
    return TransitionRecord(
        id=services.new_id(),
        subject=SUBJECT,
        subject_id=item.id,
        event=ItemEvent.FALL_OVERDUE.value,
        from_state=item.state.value,
        to_state=ItemState.OVERDUE.value,
        happened_on=item.deadline + timedelta(days=1),
        recorded_at=services.clock.now_utc(),
        device_id=services.device.id,
    )


def _floors(item: RectificationItem, uow: UnitOfWork) -> frozenset[str]:
    grades = uow.find(RiskAssessmentRecord, enterprise_id=item.enterprise_id)
    newest = max(grades, key=lambda grade: (grade.made_at, grade.id), default=None)
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
) -> RectificationItem:
    item = uow.get(RectificationItem, item_id)
    facts = item_facts(item, uow, services, **(given or {}))
    machine = item_machine(services.limits)
    state = machine.apply(item.state, event, facts=facts, actor=acting(services))
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
