"""Planning, starting, finishing, resuming and cancelling a visit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.people import Campaign, Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit, Visitor, VisitStep
from fangshan_desk.domain.rights import Action, Body, Measure, Subject, require
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.domain.states.visit import VisitEvent, VisitFacts, VisitState, visit_machine
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting, record_transition

PLACE = "visit"
"""Name under which the desk remembers the visit, step and item the person was at."""
COMPANIONS = "companions"
"""Name under which the desk remembers who went along last."""


class TooFewVisitorsError(ExpectedError):
    """A visit needs two officers: ``needed`` (working rule of workflows 1.1)."""

    key = "visit-too-few-visitors"


class NoLeadingBodyError(ExpectedError):
    """At least one visitor is of the bureau or the union federation (workflows 1.1)."""

    key = "visit-no-leading-body"


class VisitNotOpenError(ExpectedError):
    """The visit is finished or cancelled and takes no more changes: ``state``."""

    key = "visit-not-open"


def plan_visit(
    *,
    enterprise_id: str,
    planned_on: date,
    planned_time: str = "",
    purpose: str = "",
    uow: UnitOfWork,
    services: Services,
) -> Visit:
    """Put a visit on the calendar."""
    enterprise = uow.get(Enterprise, enterprise_id)
    _require_right(enterprise, Action.CREATE, services)
    visit = Visit(
        id=services.new_id(),
        enterprise_id=enterprise_id,
        planned_on=planned_on,
        planned_time=planned_time,
        purpose=purpose,
        leading_officer_id=services.actor.id,
        campaign_id=_campaign_id(planned_on, uow),
    )
    uow.insert(visit)
    record_transition(uow, services, subject=visit, event="plan", from_state="", to_state=VisitState.PLANNED)
    return visit


def reschedule_visit(
    *, visit_id: str, planned_on: date, planned_time: str = "", uow: UnitOfWork, services: Services
) -> Visit:
    """Move a planned visit to another day or hour."""
    visit = uow.get(Visit, visit_id)
    details = {"old": visit.planned_on.isoformat() if visit.planned_on else "", "new": planned_on.isoformat()}
    return _take(
        visit,
        VisitEvent.RESCHEDULE,
        uow,
        services,
        given={"new_day": planned_on},
        fields={"planned_on": planned_on, "planned_time": planned_time},
        details=details,
    )


def start_visit(
    *,
    enterprise_id: str,
    visitor_ids: Sequence[str],
    visit_id: str | None = None,
    is_quick_check: bool = False,
    uow: UnitOfWork,
    services: Services,
) -> Visit:
    """Begin a planned visit (``visit_id``) or an unplanned one; visitors are kept as of this day.

    Raises TooFewVisitorsError or NoLeadingBodyError.
    """
    enterprise = uow.get(Enterprise, enterprise_id)
    _require_right(enterprise, Action.CREATE, services)
    officers = [uow.get(Officer, officer_id) for officer_id in dict.fromkeys(visitor_ids)]
    _check_visitors(officers, services)
    planned = uow.get(Visit, visit_id) if visit_id else _unplanned(enterprise_id, uow, services)
    visit = _take(
        planned,
        VisitEvent.START,
        uow,
        services,
        fields={
            "started_at": services.clock.now_utc(),
            "is_quick_check": is_quick_check,
            "checklist_version": services.reference.version,
            "leading_officer_id": services.actor.id,
            "enterprise_person": planned.enterprise_person or enterprise.contact_person,
            "enterprise_person_phone": planned.enterprise_person_phone or enterprise.contact_phone,
        },
    )
    _keep_visitors(visit, officers, uow, services)
    remember_place(visit, uow)
    uow.remember(COMPANIONS, [officer.id for officer in officers if officer.id != services.actor.id])
    return visit


def change_visitors(
    *, visit_id: str, visitor_ids: Sequence[str], uow: UnitOfWork, services: Services
) -> None:
    """Replace who takes part in a visit that is under way."""
    visit = open_visit(visit_id, uow, services)
    officers = [uow.get(Officer, officer_id) for officer_id in dict.fromkeys(visitor_ids)]
    _check_visitors(officers, services)
    for visitor in uow.find(Visitor, visit_id=visit.id):
        uow.delete(visitor)
    _keep_visitors(visit, officers, uow, services)


_BASICS = frozenset(
    {"purpose", "enterprise_person", "enterprise_person_post", "enterprise_person_phone", "note"}
)


def set_basics(*, visit_id: str, uow: UnitOfWork, services: Services, **fields: Any) -> Visit:
    """Who was present, the purpose, the note; fields of the enterprise are edited in the register."""
    unknown = set(fields) - _BASICS - {"is_quick_check"}
    if unknown:
        raise TypeError(f"not a basic field of a visit: {sorted(unknown)}")
    return uow.update(open_visit(visit_id, uow, services), **fields)


_ENTERPRISE_FACTS = frozenset(
    {
        "address",
        "categories",
        "contact_person",
        "contact_phone",
        "established_on",
        "headcount",
        "industry",
        "legal_representative",
        "township",
    }
)


def set_enterprise_facts(*, visit_id: str, uow: UnitOfWork, services: Services, **fields: Any) -> Enterprise:
    """Put right on site what the register says of the enterprise."""
    unknown = set(fields) - _ENTERPRISE_FACTS
    if unknown:
        raise TypeError(f"not asked on site: {sorted(unknown)}")
    enterprise = uow.get(Enterprise, open_visit(visit_id, uow, services).enterprise_id)
    _require_right(enterprise, Action.EDIT, services)
    return uow.update(enterprise, **fields)


def go_to_step(
    *, visit_id: str, step: VisitStep, current_item: str = "", uow: UnitOfWork, services: Services
) -> Visit:
    """Remember step and item, so that the program comes back to them after any end."""
    visit = uow.get(Visit, visit_id)
    if visit.state is VisitState.UNDER_WAY:
        visit = uow.update(visit, step=step, current_item=current_item or visit.current_item)
    remember_place(visit, uow)
    return visit


def finish_visit(*, visit_id: str, uow: UnitOfWork, services: Services) -> Visit:
    """Close the visit; letters and items go on."""
    visit = uow.get(Visit, visit_id)
    now = services.clock.now_utc()
    finished = _take(visit, VisitEvent.FINISH, uow, services, fields={"finished_at": now})
    _forget_place(visit, uow)
    return finished


def resume_visit(*, visit_id: str, uow: UnitOfWork, services: Services) -> Visit:
    """Open a finished visit again; not once its prescription was confirmed."""
    visit = _take(uow.get(Visit, visit_id), VisitEvent.RESUME, uow, services, fields={"finished_at": None})
    remember_place(visit, uow)
    return visit


def cancel_visit(*, visit_id: str, reason: str, uow: UnitOfWork, services: Services) -> Visit:
    """Give up a planned or begun visit; nothing entered is removed."""
    visit = uow.get(Visit, visit_id)
    cancelled = _take(
        visit,
        VisitEvent.CANCEL,
        uow,
        services,
        given={"reason": reason},
        fields={"cancelled_reason": reason.strip()},
        note=reason,
    )
    _forget_place(visit, uow)
    return cancelled


def open_visit(visit_id: str, uow: UnitOfWork, services: Services) -> Visit:
    """The visit if it is under way, else VisitNotOpenError."""
    visit = uow.get(Visit, visit_id)
    if visit.state is not VisitState.UNDER_WAY:
        raise VisitNotOpenError(state=services.text(f"visit-state-{visit.state}"))
    return visit


def visit_date(visit: Visit, services: Services) -> date:
    """The day that chooses the articles in force: the start's, the plan's or today."""
    if visit.started_at is not None:
        return local_date(visit.started_at, services.clock.offset_minutes())
    return visit.planned_on or services.clock.today()


def remember_place(visit: Visit, uow: UnitOfWork, *, item: str = "") -> None:
    """Keep where the person is, in the same transaction as what was entered there.

    ``item`` is one that was only looked at: that is kept on this laptop and is no change of the visit.
    """
    place = {"visit_id": visit.id, "step": visit.step.value, "item": item or visit.current_item}
    uow.remember(PLACE, place)


def look_at_item(*, visit_id: str, code: str, uow: UnitOfWork, services: Services) -> None:
    """Remember the item the person moved to, so that the program comes back to it."""
    remember_place(open_visit(visit_id, uow, services), uow, item=code)


def is_letter_confirmed(visit_id: str, uow: UnitOfWork) -> bool:
    """Whether the enterprise has confirmed a letter that rests on this visit's answers."""
    unbound = (PrescriptionState.DRAFT, PrescriptionState.WITHDRAWN)
    return any(letter.state not in unbound for letter in uow.find(Letter, visit_id=visit_id))


def _take(
    visit: Visit,
    event: VisitEvent,
    uow: UnitOfWork,
    services: Services,
    *,
    given: Mapping[str, Any] | None = None,
    fields: Mapping[str, Any] | None = None,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> Visit:
    enterprise = uow.get(Enterprise, visit.enterprise_id)
    facts = VisitFacts(
        visitors=tuple(visitor.body for visitor in uow.find(Visitor, visit_id=visit.id)),
        township=enterprise.township,
        is_member=enterprise.is_federation_member,
        is_letter_confirmed=is_letter_confirmed(visit.id, uow),
        **(given or {}),
    )
    machine = visit_machine(services.limits)
    state = machine.apply(visit.state, event, facts=facts, actor=acting(services))
    moved = uow.update(visit, state=state, **(fields or {}))
    record_transition(
        uow,
        services,
        subject=visit,
        event=event.value,
        from_state=visit.state,
        to_state=state,
        note=note,
        details=details,
    )
    return moved


def _forget_place(visit: Visit, uow: UnitOfWork) -> None:
    place = uow.recall(PLACE)
    if place and place.get("visit_id") == visit.id:
        uow.remember(PLACE, None)


def _unplanned(enterprise_id: str, uow: UnitOfWork, services: Services) -> Visit:
    visit = Visit(
        id=services.new_id(),
        enterprise_id=enterprise_id,
        is_planned=False,
        planned_on=services.clock.today(),
        campaign_id=_campaign_id(services.clock.today(), uow),
    )
    uow.insert(visit)
    return visit


def _campaign_id(day: date, uow: UnitOfWork) -> str | None:
    running = [item for item in uow.find(Campaign) if item.starts_on <= day <= item.ends_on]
    return running[-1].id if running else None


def _require_right(enterprise: Enterprise, action: Action, services: Services) -> None:
    subject = Subject(
        measure=Measure.RISK_SURVEY,
        township=enterprise.township,
        is_member=enterprise.is_federation_member,
        is_own=True,
    )
    require(acting(services), action, subject)


def _check_visitors(officers: Sequence[Officer], services: Services) -> None:
    needed = services.limits.visit_officers
    if len(officers) < needed:
        raise TooFewVisitorsError(needed=needed)
    if not any(officer.body in (Body.HRSS, Body.FTU) for officer in officers):
        raise NoLeadingBodyError


def _keep_visitors(visit: Visit, officers: Sequence[Officer], uow: UnitOfWork, services: Services) -> None:
    uow.insert(
        *(
            Visitor(
                id=services.new_id(),
                visit_id=visit.id,
                officer_id=officer.id,
                name=officer.name,
                body=officer.body.value,
                badge_number=officer.badge_number,
            )
            for officer in officers
        )
    )
