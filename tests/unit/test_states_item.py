"""A rectification item moves only along its table, by the right person, with proof."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from fangshan_desk.domain.rights import SYSTEM, Actor, Role
from fangshan_desk.domain.states.machine import (
    MissingRequirementError,
    RefusalKind,
    StepNotAllowedError,
    StepRefusedError,
    WrongPersonError,
    WrongStateError,
)
from fangshan_desk.domain.states.rectification_item import (
    CLOSED_STATES,
    CloseReason,
    EscalationReason,
    ItemEvent,
    ItemFacts,
    ItemState,
    is_closed,
    item_machine,
)
from tests.helpers.rules import shipped_limits

S, E = ItemState, ItemEvent
DEADLINE = date(2023, 9, 8)
TOWN = "141128103"
MACHINE = item_machine(shipped_limits())
# Everything a step could ask for; the refusals below take one thing away.
FACTS = ItemFacts(
    code="CONT-01",
    today=date(2023, 9, 5),
    deadline=DEADLINE,
    original_days=15,
    township=TOWN,
    has_evidence=True,
    reason="已补签",
    officers=frozenset({"officer-1", "officer-2"}),
    owner_name="李建国",
    owner_post="人事主管",
    owner_phone="13800000000",
    tracking_officer_id="officer-1",
    requested_on=date(2023, 9, 5),
    plan="分两批补签",
    new_days=7,
    escalation_reason=EscalationReason.REFUSED,
    escalation_letter="方人社移〔2023〕3号",
    authority="县应急管理局",
)
AFTER = replace(FACTS, today=DEADLINE + timedelta(days=1))
DISPROVED = replace(FACTS, close_reason=CloseReason.FACT_DISPROVED)

HRSS = Actor.of(Role.HRSS, officer_id="officer-1")
LEAD = Actor.of(Role.HRSS_LEAD)
INSPECTOR = Actor.of(Role.INSPECTOR)

# Workflows 1.3, row by row; a report after the deadline is the one addition.
TABLE: dict[tuple[ItemState, ItemEvent], tuple[ItemState, Actor, ItemFacts]] = {
    (S.OPEN, E.NAME_OWNER): (S.OPEN, HRSS, FACTS),
    (S.OPEN, E.REPORT_DONE): (S.REPORTED, HRSS, FACTS),
    (S.OVERDUE, E.REPORT_DONE): (S.REPORTED, HRSS, AFTER),
    (S.OPEN, E.REQUEST_EXTENSION): (S.EXTENSION_REQUESTED, HRSS, FACTS),
    (S.OVERDUE, E.REQUEST_EXTENSION): (S.EXTENSION_REQUESTED, HRSS, AFTER),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION): (S.OPEN, LEAD, FACTS),
    (S.EXTENSION_REQUESTED, E.REFUSE_EXTENSION): (S.OPEN, LEAD, FACTS),
    (S.OPEN, E.FALL_OVERDUE): (S.OVERDUE, SYSTEM, AFTER),
    (S.REPORTED, E.VERIFY): (S.VERIFIED, HRSS, FACTS),
    (S.REPORTED, E.RETURN): (S.RETURNED, HRSS, FACTS),
    (S.RETURNED, E.REOPEN): (S.OPEN, HRSS, replace(FACTS, return_count=1)),
    (S.OPEN, E.ESCALATE): (S.ESCALATED, LEAD, FACTS),
    (S.OVERDUE, E.ESCALATE): (S.ESCALATED, LEAD, FACTS),
    (S.RETURNED, E.ESCALATE): (S.ESCALATED, LEAD, FACTS),
    (S.ESCALATED, E.RECORD_CORRECTED): (S.VERIFIED, INSPECTOR, FACTS),
    (S.ESCALATED, E.RECORD_ENFORCEMENT): (S.CLOSED_BY_ENFORCEMENT, INSPECTOR, FACTS),
    (S.OPEN, E.TRANSFER): (S.TRANSFERRED, HRSS, FACTS),
    (S.REPORTED, E.TRANSFER): (S.TRANSFERRED, HRSS, FACTS),
    (S.EXTENSION_REQUESTED, E.TRANSFER): (S.TRANSFERRED, HRSS, FACTS),
    (S.OVERDUE, E.TRANSFER): (S.TRANSFERRED, HRSS, FACTS),
    (S.RETURNED, E.TRANSFER): (S.TRANSFERRED, HRSS, FACTS),
    (S.ESCALATED, E.TRANSFER): (S.TRANSFERRED, HRSS, FACTS),
    (S.OPEN, E.DISPROVE): (S.NOT_REQUIRED, LEAD, DISPROVED),
}
OTHERS = [(state, event) for state in S for event in E if (state, event) not in TABLE]
EVERYBODY = tuple(Actor.of(role, townships=[TOWN]) for role in Role)


def _refusal(state: ItemState, event: ItemEvent, facts: ItemFacts, actor: Actor) -> StepRefusedError:
    with pytest.raises(StepRefusedError) as caught:
        MACHINE.apply(state, event, facts=facts, actor=actor)
    return caught.value


@pytest.mark.parametrize(("state", "event"), TABLE)
def test_every_step_of_the_table_works(state: ItemState, event: ItemEvent) -> None:
    to, actor, facts = TABLE[state, event]
    assert MACHINE.apply(state, event, facts=facts, actor=actor) is to
    assert MACHINE.may_follow(state, to)


@pytest.mark.parametrize(("state", "event"), OTHERS)
def test_every_other_step_is_refused_by_its_state(state: ItemState, event: ItemEvent) -> None:
    for actor in (*EVERYBODY, SYSTEM):
        refusal = _refusal(state, event, FACTS, actor)
        assert isinstance(refusal, WrongStateError)
        assert (refusal.key, refusal.values) == (
            "step-item-wrong-state",
            {"state": state.value, "event": event.value},
        )


def test_nothing_leads_on_from_a_closed_item() -> None:
    assert {state for state in S if MACHINE.is_final(state)} == CLOSED_STATES
    assert {state for state in S if is_closed(state)} == CLOSED_STATES
    assert MACHINE.initial is S.OPEN


_RECORDERS = {
    Role.HRSS,
    Role.HRSS_LEAD,
    Role.FTU,
    Role.FTU_LEAD,
    Role.TOWN,
    Role.INSPECTOR,
    Role.GUIDE,
    Role.COORD,
}
_OFFICERS = {Role.HRSS, Role.HRSS_LEAD, Role.FTU, Role.FTU_LEAD}
_BUREAU = {Role.HRSS, Role.HRSS_LEAD}
WHO = {
    E.NAME_OWNER: _OFFICERS,
    E.REPORT_DONE: _RECORDERS,
    E.REQUEST_EXTENSION: _RECORDERS,
    E.APPROVE_EXTENSION: {Role.HRSS_LEAD},
    E.REFUSE_EXTENSION: {Role.HRSS_LEAD},
    E.FALL_OVERDUE: set[Role](),
    E.VERIFY: _BUREAU,
    E.RETURN: _BUREAU,
    E.REOPEN: _BUREAU,
    E.ESCALATE: {Role.HRSS_LEAD},
    E.TRANSFER: _BUREAU,
    E.RECORD_CORRECTED: {Role.INSPECTOR},
    E.RECORD_ENFORCEMENT: {Role.INSPECTOR},
    E.DISPROVE: {Role.HRSS_LEAD},
}
# On an item of the union (workflows 10) closing and extending are the union's.
UNION_WHO = WHO | {
    E.APPROVE_EXTENSION: {Role.FTU_LEAD},
    E.REFUSE_EXTENSION: {Role.FTU_LEAD},
    E.VERIFY: _OFFICERS,
    E.RETURN: _OFFICERS,
    E.REOPEN: _OFFICERS,
}


def _people() -> Iterator[tuple[str, ItemState, ItemEvent, Role]]:
    for code in ("CONT-01", "COLL-05"):
        for state, event in TABLE:
            yield from ((code, state, event, role) for role in Role)


@pytest.mark.parametrize(("code", "state", "event", "role"), list(_people()))
def test_a_step_is_taken_by_the_people_of_the_matrix_only(
    code: str, state: ItemState, event: ItemEvent, role: Role
) -> None:
    to, _, facts = TABLE[state, event]
    facts, actor = replace(facts, code=code), Actor.of(role, townships=[TOWN])
    if role in (UNION_WHO if code == "COLL-05" else WHO)[event]:
        assert MACHINE.apply(state, event, facts=facts, actor=actor) is to
    else:
        refusal = _refusal(state, event, facts, actor)
        assert isinstance(refusal, WrongPersonError)
        assert refusal.values["event"] == event.value


def test_a_township_records_reports_of_its_own_enterprises_only() -> None:
    elsewhere = Actor.of(Role.TOWN, townships=["141128101"])
    assert isinstance(_refusal(S.OPEN, E.REPORT_DONE, FACTS, elsewhere), WrongPersonError)


MISSING = [
    (S.OPEN, E.NAME_OWNER, {"owner_phone": " "}, "owner"),
    (S.OPEN, E.NAME_OWNER, {"tracking_officer_id": ""}, "tracking-officer"),
    (S.OPEN, E.REPORT_DONE, {"has_evidence": False}, "evidence"),
    (S.OPEN, E.REQUEST_EXTENSION, {"requested_on": None}, "written-request"),
    (S.OPEN, E.REQUEST_EXTENSION, {"reason": ""}, "reason"),
    (S.OPEN, E.REQUEST_EXTENSION, {"plan": ""}, "plan"),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, {"new_days": None}, "new-days"),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, {"new_days": 0}, "new-days"),
    (S.EXTENSION_REQUESTED, E.REFUSE_EXTENSION, {"reason": ""}, "reason"),
    (S.REPORTED, E.VERIFY, {"officers": frozenset({"officer-1"})}, "two-officers"),
    (S.REPORTED, E.VERIFY, {"has_evidence": False}, "evidence-or-close-reason"),
    (S.REPORTED, E.RETURN, {"reason": ""}, "reason"),
    (S.RETURNED, E.REOPEN, {"new_days": None}, "new-days"),
    (S.OPEN, E.ESCALATE, {"escalation_reason": None}, "escalation-reason"),
    (S.OVERDUE, E.ESCALATE, {"escalation_letter": ""}, "escalation-letter"),
    (S.ESCALATED, E.RECORD_ENFORCEMENT, {"has_evidence": False}, "evidence-or-close-reason"),
    (S.OPEN, E.TRANSFER, {"authority": ""}, "authority"),
    (S.OPEN, E.DISPROVE, {"close_reason": None}, "close-reason"),
]


@pytest.mark.parametrize(("state", "event", "change", "missing"), MISSING)
def test_a_step_without_its_proof_is_refused(
    state: ItemState, event: ItemEvent, change: dict[str, object], missing: str
) -> None:
    _, actor, facts = TABLE[state, event]
    refusal = _refusal(state, event, replace(facts, **change), actor)  # type: ignore[arg-type]  # names from the table above
    assert isinstance(refusal, MissingRequirementError)
    assert refusal.key == f"step-missing-{missing}"


FORBIDDEN = [
    (S.OPEN, E.REQUEST_EXTENSION, {"code": "PROT-01"}, "never-extended"),
    (S.OPEN, E.REQUEST_EXTENSION, {"code": "CONT-04"}, "never-extended"),
    (S.OPEN, E.REQUEST_EXTENSION, {"code": "WAGE-01"}, "no-repayment-plan"),
    (S.OPEN, E.REQUEST_EXTENSION, {"extension_count": 1}, "extended-once"),
    (S.OVERDUE, E.REQUEST_EXTENSION, {"requested_on": DEADLINE + timedelta(days=1)}, "asked-too-late"),
    (S.OVERDUE, E.REQUEST_EXTENSION, {"requested_on": None}, "asked-too-late"),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, {"code": "PROT-01"}, "never-extended"),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, {"code": "WAGE-01"}, "no-repayment-plan"),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, {"extension_count": 1}, "extended-once"),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, {"new_days": 16}, "extension-too-long"),
    (S.OPEN, E.FALL_OVERDUE, {"today": DEADLINE}, "deadline-not-passed"),
    (S.RETURNED, E.REOPEN, {"return_count": 2}, "failed-twice"),
    (S.RETURNED, E.REOPEN, {"new_days": 8}, "reopened-too-long"),
    (S.REPORTED, E.VERIFY, {"close_reason": CloseReason.FACT_DISPROVED}, "recheck-reason"),
    (S.ESCALATED, E.RECORD_CORRECTED, {"close_reason": CloseReason.CAUSE_ENDED}, "enforcement-reason"),
    (S.OPEN, E.DISPROVE, {"close_reason": CloseReason.ORIGINALS_SEEN}, "disproved-reason"),
    (S.OPEN, E.ESCALATE, {"escalation_reason": EscalationReason.URGENT}, "not-urgent"),
    (S.OPEN, E.ESCALATE, {"escalation_reason": EscalationReason.URGENT, "code": "WAGE-01"}, "not-urgent"),
    (
        S.RETURNED,
        E.ESCALATE,
        {"escalation_reason": EscalationReason.SECOND_FAILURE, "return_count": 1},
        "no-second-failure",
    ),
    (
        S.OVERDUE,
        E.ESCALATE,
        {"escalation_reason": EscalationReason.OVERDUE, "reminded_on": DEADLINE},
        "not-overdue-and-reminded",
    ),
]


@pytest.mark.parametrize(("state", "event", "change", "rule"), FORBIDDEN)
def test_a_rule_forbids_the_step(
    state: ItemState, event: ItemEvent, change: dict[str, object], rule: str
) -> None:
    _, actor, facts = TABLE[state, event]
    refusal = _refusal(state, event, replace(facts, **change), actor)  # type: ignore[arg-type]  # names from the table above
    assert isinstance(refusal, StepNotAllowedError)
    assert refusal.key == f"step-item-{rule}"


PERMITTED = [
    (S.OPEN, E.REQUEST_EXTENSION, {"code": "WAGE-01", "has_repayment_plan": True}),
    (S.OPEN, E.REQUEST_EXTENSION, {"today": DEADLINE, "requested_on": DEADLINE}),
    (S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, {"new_days": 15}),
    (S.REPORTED, E.VERIFY, {"has_evidence": False, "close_reason": CloseReason.ORIGINALS_SEEN}),
    (S.OPEN, E.ESCALATE, {"escalation_reason": EscalationReason.URGENT, "code": "PROT-01"}),
    (S.OPEN, E.ESCALATE, {"escalation_reason": EscalationReason.URGENT, "code": "CONT-04"}),
    (
        S.OPEN,
        E.ESCALATE,
        {"escalation_reason": EscalationReason.URGENT, "code": "WAGE-01", "floors": frozenset({"F2", "Y4"})},
    ),
    (S.RETURNED, E.ESCALATE, {"escalation_reason": EscalationReason.SECOND_FAILURE, "return_count": 2}),
    (
        S.OVERDUE,
        E.ESCALATE,
        {"escalation_reason": EscalationReason.OVERDUE, "reminded_on": DEADLINE + timedelta(days=1)},
    ),
    (
        S.ESCALATED,
        E.RECORD_ENFORCEMENT,
        {"has_evidence": False, "close_reason": CloseReason.ENFORCEMENT_RESULT},
    ),
]


@pytest.mark.parametrize(("state", "event", "change"), PERMITTED)
def test_the_edge_of_a_rule_is_permitted(
    state: ItemState, event: ItemEvent, change: dict[str, object]
) -> None:
    to, actor, facts = TABLE[state, event]
    facts = replace(facts, **change)  # type: ignore[arg-type]  # names from the table above
    assert MACHINE.apply(state, event, facts=facts, actor=actor) is to


def test_an_extension_is_never_longer_than_thirty_days() -> None:
    long = replace(FACTS, original_days=60, new_days=31)
    refusal = _refusal(S.EXTENSION_REQUESTED, E.APPROVE_EXTENSION, long, LEAD)
    assert refusal.values == {"days": 31, "longest": 30}


def test_a_refused_extension_after_the_deadline_leaves_the_item_overdue() -> None:
    assert MACHINE.apply(S.EXTENSION_REQUESTED, E.REFUSE_EXTENSION, facts=AFTER, actor=LEAD) is S.OVERDUE


def test_every_event_comes_with_where_it_leads_or_why_not() -> None:
    options = {o.event: o for o in MACHINE.allowed_events(S.REPORTED, facts=FACTS, actor=HRSS)}
    assert set(options) == set(E)
    assert {event for event, option in options.items() if option.is_allowed} == {
        E.VERIFY,
        E.RETURN,
        E.TRANSFER,
    }
    assert options[E.VERIFY].to is S.VERIFIED
    assert options[E.RETURN].limit == "escalate"
    refusal = options[E.REOPEN].refusal
    assert refusal is not None
    assert refusal.kind is RefusalKind.WRONG_STATE


def test_a_step_that_only_lacks_its_proof_may_be_offered() -> None:
    bare = replace(FACTS, has_evidence=False)
    options = {o.event: o for o in MACHINE.allowed_events(S.OPEN, facts=bare, actor=HRSS)}
    assert not options[E.REPORT_DONE].is_allowed
    assert options[E.REPORT_DONE].may_be_offered
    assert not options[E.ESCALATE].may_be_offered


def test_the_rule_speaks_before_the_missing_proof() -> None:
    bare = replace(FACTS, code="PROT-01", plan="", reason="")
    assert isinstance(_refusal(S.OPEN, E.REQUEST_EXTENSION, bare, HRSS), StepNotAllowedError)
