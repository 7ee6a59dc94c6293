"""Prescription letters and visits move only along their tables."""

from dataclasses import replace
from datetime import date
from typing import TypeAlias

import pytest

from fangshan_desk.domain.rights import SYSTEM, Actor, Body, Role
from fangshan_desk.domain.states.machine import (
    MissingRequirementError,
    StateMachine,
    StepNotAllowedError,
    StepRefusedError,
    Transition,
    WrongPersonError,
    WrongStateError,
)
from fangshan_desk.domain.states.prescription import (
    PrescriptionEvent,
    PrescriptionFacts,
    PrescriptionState,
    may_be_deleted,
    may_be_edited,
    missing_approvals,
    prescription_machine,
)
from fangshan_desk.domain.states.visit import VisitEvent, VisitFacts, VisitState, visit_machine
from tests.helpers.rules import shipped_limits

P: TypeAlias = PrescriptionState
PE: TypeAlias = PrescriptionEvent
V: TypeAlias = VisitState
VE: TypeAlias = VisitEvent
LETTERS = prescription_machine(shipped_limits())
VISITS = visit_machine(shipped_limits())

LETTER = PrescriptionFacts(
    visitors=("hrss", "ftu"),
    has_reportable_item=True,
    is_signed=True,
    document_number="方人社用处〔2023〕12号",
    has_proof_of_service=True,
    reason="企业名称有误",
)
APPROVED = replace(LETTER, approved_by=frozenset({"hrss", "ftu"}))
WITH_OPEN = replace(LETTER, open_item_count=2)
HRSS, LEAD = Actor.of(Role.HRSS), Actor.of(Role.HRSS_LEAD)

LETTER_TABLE: dict[tuple[P, PE], tuple[P, Actor, PrescriptionFacts]] = {
    (P.DRAFT, PE.CONFIRM): (P.CONFIRMED, HRSS, LETTER),
    (P.CONFIRMED, PE.APPROVE): (P.CONFIRMED, HRSS, LETTER),
    (P.SERVED, PE.APPROVE): (P.SERVED, HRSS, LETTER),
    (P.IN_RECTIFICATION, PE.APPROVE): (P.IN_RECTIFICATION, HRSS, LETTER),
    (P.COMPLETED, PE.APPROVE): (P.COMPLETED, HRSS, LETTER),
    (P.CONFIRMED, PE.ISSUE): (P.ISSUED, HRSS, APPROVED),
    (P.SERVED, PE.ISSUE): (P.SERVED, HRSS, APPROVED),
    (P.IN_RECTIFICATION, PE.ISSUE): (P.IN_RECTIFICATION, HRSS, APPROVED),
    (P.COMPLETED, PE.ISSUE): (P.COMPLETED, HRSS, APPROVED),
    (P.ISSUED, PE.SERVE): (P.SERVED, HRSS, LETTER),
    (P.CONFIRMED, PE.SERVE_ON_SITE): (P.SERVED, HRSS, LETTER),
    (P.SERVED, PE.START_RECTIFICATION): (P.IN_RECTIFICATION, SYSTEM, WITH_OPEN),
    (P.SERVED, PE.COMPLETE): (P.COMPLETED, SYSTEM, LETTER),
    (P.IN_RECTIFICATION, PE.COMPLETE): (P.COMPLETED, SYSTEM, LETTER),
    (P.CONFIRMED, PE.WITHDRAW): (P.WITHDRAWN, LEAD, LETTER),
    (P.ISSUED, PE.WITHDRAW): (P.WITHDRAWN, LEAD, LETTER),
    (P.SERVED, PE.WITHDRAW): (P.WITHDRAWN, LEAD, LETTER),
    (P.IN_RECTIFICATION, PE.WITHDRAW): (P.WITHDRAWN, LEAD, LETTER),
    (P.COMPLETED, PE.WITHDRAW): (P.WITHDRAWN, LEAD, LETTER),
}
LETTER_OTHERS = [(state, event) for state in P for event in PE if (state, event) not in LETTER_TABLE]
_LEADS = {Role.HRSS, Role.HRSS_LEAD, Role.FTU, Role.FTU_LEAD}
LETTER_WHO = {
    PE.CONFIRM: _LEADS,
    PE.APPROVE: _LEADS | {Role.FIC},
    PE.ISSUE: _LEADS,
    PE.SERVE: _LEADS,
    PE.SERVE_ON_SITE: _LEADS,
    PE.START_RECTIFICATION: set[Role](),
    PE.COMPLETE: set[Role](),
    PE.WITHDRAW: {Role.HRSS_LEAD},
}


def _letter_refusal(state: P, event: PE, facts: PrescriptionFacts, actor: Actor) -> StepRefusedError:
    with pytest.raises(StepRefusedError) as caught:
        LETTERS.apply(state, event, facts=facts, actor=actor)
    return caught.value


@pytest.mark.parametrize(("state", "event"), LETTER_TABLE)
def test_every_step_of_a_letter_works(state: P, event: PE) -> None:
    to, actor, facts = LETTER_TABLE[state, event]
    assert LETTERS.apply(state, event, facts=facts, actor=actor) is to


@pytest.mark.parametrize(("state", "event"), LETTER_OTHERS)
def test_every_other_step_of_a_letter_is_refused(state: P, event: PE) -> None:
    for actor in (*map(Actor.of, Role), SYSTEM):
        refusal = _letter_refusal(state, event, LETTER, actor)
        assert isinstance(refusal, WrongStateError)
        assert refusal.values == {"state": state.value, "event": event.value}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("state", "event"), LETTER_TABLE)
def test_a_letter_is_moved_by_the_people_of_the_matrix_only(state: P, event: PE, role: Role) -> None:
    to, _, facts = LETTER_TABLE[state, event]
    if role in LETTER_WHO[event]:
        assert LETTERS.apply(state, event, facts=facts, actor=Actor.of(role)) is to
    else:
        assert isinstance(_letter_refusal(state, event, facts, Actor.of(role)), WrongPersonError)


@pytest.mark.parametrize(
    ("state", "event", "facts", "key"),
    [
        (P.DRAFT, PE.CONFIRM, replace(LETTER, visitors=("hrss",)), "step-missing-two-visitors"),
        (P.DRAFT, PE.CONFIRM, replace(LETTER, visitors=("fic", "town")), "step-missing-two-visitors"),
        (P.DRAFT, PE.CONFIRM, replace(LETTER, is_signed=False), "step-missing-signature-or-refusal"),
        (P.CONFIRMED, PE.ISSUE, replace(APPROVED, document_number=""), "step-missing-document-number"),
        (P.ISSUED, PE.SERVE, replace(LETTER, has_proof_of_service=False), "step-missing-proof-of-service"),
        (P.ISSUED, PE.WITHDRAW, replace(LETTER, reason=" "), "step-missing-reason"),
    ],
)
def test_a_letter_needs_its_proofs(state: P, event: PE, facts: PrescriptionFacts, key: str) -> None:
    refusal = _letter_refusal(state, event, facts, LETTER_TABLE[state, event][1])
    assert isinstance(refusal, MissingRequirementError)
    assert refusal.key == key


@pytest.mark.parametrize(
    ("state", "event", "facts", "key"),
    [
        (P.DRAFT, PE.CONFIRM, replace(LETTER, has_reportable_item=False), "nothing-to-report"),
        (P.CONFIRMED, PE.APPROVE, replace(LETTER, approved_by=frozenset({"hrss"})), "already-approved"),
        (P.SERVED, PE.APPROVE, replace(LETTER, is_numbered=True), "already-numbered"),
        (P.CONFIRMED, PE.ISSUE, replace(LETTER, approved_by=frozenset({"hrss"})), "both-must-approve"),
        (P.SERVED, PE.ISSUE, replace(APPROVED, is_numbered=True), "already-numbered"),
        (P.SERVED, PE.START_RECTIFICATION, LETTER, "no-open-item"),
        (P.IN_RECTIFICATION, PE.COMPLETE, WITH_OPEN, "items-still-open"),
    ],
)
def test_a_rule_forbids_a_step_of_a_letter(state: P, event: PE, facts: PrescriptionFacts, key: str) -> None:
    refusal = _letter_refusal(state, event, facts, LETTER_TABLE[state, event][1])
    assert isinstance(refusal, StepNotAllowedError)
    assert refusal.key == f"step-prescription-{key}"


def test_a_refused_signature_confirms_the_letter_too() -> None:
    refused = replace(LETTER, is_signed=False, is_refused=True)
    assert LETTERS.apply(P.DRAFT, PE.CONFIRM, facts=refused, actor=HRSS) is P.CONFIRMED


@pytest.mark.parametrize(
    ("approved_by", "missing", "value"),
    [
        (frozenset[str](), (Body.HRSS, Body.FTU), "both"),
        (frozenset({"fic"}), (Body.HRSS, Body.FTU), "both"),
        (frozenset({"hrss"}), (Body.FTU,), "ftu"),
        (frozenset({"ftu", "fic"}), (Body.HRSS,), "hrss"),
    ],
)
def test_issuing_names_the_body_that_has_not_approved(
    approved_by: frozenset[str], missing: tuple[Body, ...], value: str
) -> None:
    assert missing_approvals(approved_by) == missing
    facts = replace(LETTER, approved_by=approved_by)
    assert _letter_refusal(P.CONFIRMED, PE.ISSUE, facts, HRSS).values == {"missing": value}


def test_a_letter_of_the_office_alone_asks_the_enterprise_for_nothing() -> None:
    alone = replace(LETTER, asks_enterprise=False, visitors=(), is_signed=False)
    assert LETTERS.apply(P.DRAFT, PE.CONFIRM, facts=alone, actor=HRSS) is P.CONFIRMED


def test_a_letter_may_need_the_bureau_only() -> None:
    bureau = replace(LETTER, needed_approvals=frozenset({"hrss"}), approved_by=frozenset({"hrss"}))
    assert LETTERS.apply(P.CONFIRMED, PE.ISSUE, facts=bureau, actor=HRSS) is P.ISSUED
    waiting = replace(bureau, approved_by=frozenset({"ftu"}))
    assert _letter_refusal(P.CONFIRMED, PE.ISSUE, waiting, HRSS).values == {"missing": "hrss"}


def test_only_a_draft_is_edited_or_thrown_away() -> None:
    assert [state for state in P if may_be_deleted(state)] == [P.DRAFT]
    assert [state for state in P if may_be_edited(state)] == [P.DRAFT]


VISIT = VisitFacts(
    visitors=("hrss", "fic"),
    township="141128103",
    is_member=True,
    reason="企业停产",
    new_day=date(2023, 9, 6),
)
VISIT_TABLE = {
    (V.PLANNED, VE.RESCHEDULE): V.PLANNED,
    (V.PLANNED, VE.START): V.UNDER_WAY,
    (V.UNDER_WAY, VE.FINISH): V.FINISHED,
    (V.FINISHED, VE.RESUME): V.UNDER_WAY,
    (V.PLANNED, VE.CANCEL): V.CANCELLED,
    (V.UNDER_WAY, VE.CANCEL): V.CANCELLED,
}
VISIT_OTHERS = [(state, event) for state in V for event in VE if (state, event) not in VISIT_TABLE]


def _visit_refusal(state: V, event: VE, facts: VisitFacts, actor: Actor) -> StepRefusedError:
    with pytest.raises(StepRefusedError) as caught:
        VISITS.apply(state, event, facts=facts, actor=actor)
    return caught.value


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("state", "event"), VISIT_TABLE)
def test_every_step_of_a_visit_works_for_everyone_in_the_survey(state: V, event: VE, role: Role) -> None:
    actor = Actor.of(role, townships=["141128103"])
    assert VISITS.apply(state, event, facts=VISIT, actor=actor) is VISIT_TABLE[state, event]


@pytest.mark.parametrize(("state", "event"), VISIT_OTHERS)
def test_every_other_step_of_a_visit_is_refused(state: V, event: VE) -> None:
    assert _visit_refusal(state, event, VISIT, HRSS).key == "step-visit-wrong-state"


@pytest.mark.parametrize(
    "actor",
    [Actor.of(Role.TOWN, townships=["141128101"]), SYSTEM],
    ids=["another township", "the desk itself"],
)
def test_a_visit_is_not_moved_by_others(actor: Actor) -> None:
    assert isinstance(_visit_refusal(V.PLANNED, VE.START, VISIT, actor), WrongPersonError)


def test_the_federation_visits_its_members_only() -> None:
    outsider = replace(VISIT, is_member=False)
    assert isinstance(_visit_refusal(V.PLANNED, VE.START, outsider, Actor.of(Role.FIC)), WrongPersonError)


@pytest.mark.parametrize(
    ("state", "event", "facts", "key"),
    [
        (V.PLANNED, VE.RESCHEDULE, replace(VISIT, new_day=None), "step-missing-new-day"),
        (V.UNDER_WAY, VE.FINISH, replace(VISIT, visitors=("hrss",)), "step-missing-two-visitors"),
        (V.PLANNED, VE.CANCEL, replace(VISIT, reason=""), "step-missing-reason"),
        (V.FINISHED, VE.RESUME, replace(VISIT, is_letter_confirmed=True), "step-visit-letter-confirmed"),
        (V.UNDER_WAY, VE.CANCEL, replace(VISIT, is_letter_confirmed=True), "step-visit-letter-confirmed"),
    ],
)
def test_a_step_of_a_visit_has_its_conditions(state: V, event: VE, facts: VisitFacts, key: str) -> None:
    assert _visit_refusal(state, event, facts, HRSS).key == key


def test_a_table_that_names_an_unknown_rule_is_noticed() -> None:
    row = Transition(V.PLANNED, VE.START, V.UNDER_WAY, who="nobody")
    with pytest.raises(ValueError, match="unknown rule"):
        StateMachine[VisitState, VisitEvent, VisitFacts](
            texts="step-visit-",
            initial=V.PLANNED,
            states=V,
            events=VE,
            transitions=(row,),
            people={},
            guards={},
            proofs={},
        )
