"""The life of a prescription letter (workflows 1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fangshan_desk.domain.rights import Action, Actor, Body, Measure, Role, Subject, may
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.domain.states.machine import Requirement, StateMachine, Transition, is_system
from fangshan_desk.domain.states.visit import are_enough_visitors


class PrescriptionState(StrEnum):
    """Where a letter stands."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    ISSUED = "issued"
    SERVED = "served"
    IN_RECTIFICATION = "in_rectification"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"letter-state-{self.value}"


class PrescriptionEvent(StrEnum):
    """What can happen to a letter; ``serve_on_site`` is the unsealed copy left at the enterprise."""

    CONFIRM = "confirm"
    APPROVE = "approve"
    ISSUE = "issue"
    SERVE = "serve"
    SERVE_ON_SITE = "serve_on_site"
    START_RECTIFICATION = "start_rectification"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"letter-event-{self.value}"


BOTH_LEADS = frozenset({Body.HRSS.value, Body.FTU.value})
"""Who approves a letter of measure one (workflows 10)."""


@dataclass(frozen=True, kw_only=True)
class PrescriptionFacts:
    """What the rules of a letter look at; ``document_number`` is the one being taken now.

    Other letters of the family are confirmed by the office alone: ``asks_enterprise`` is False for them.
    """

    asks_enterprise: bool = True
    needed_approvals: frozenset[str] = BOTH_LEADS
    visitors: tuple[str, ...] = ()
    has_reportable_item: bool = False
    is_signed: bool = False
    is_refused: bool = False
    approved_by: frozenset[str] = frozenset()
    document_number: str = ""
    is_numbered: bool = False
    has_proof_of_service: bool = False
    open_item_count: int = 0
    reason: str = ""


PrescriptionMachine = StateMachine[PrescriptionState, PrescriptionEvent, PrescriptionFacts]
_Row = Transition[PrescriptionState, PrescriptionEvent]
_S, _E = PrescriptionState, PrescriptionEvent
_WITHDRAWABLE = (_S.CONFIRMED, _S.ISSUED, _S.SERVED, _S.IN_RECTIFICATION, _S.COMPLETED)
_LEFT_ON_SITE = (_S.SERVED, _S.IN_RECTIFICATION, _S.COMPLETED)

TRANSITIONS: tuple[_Row, ...] = (
    _Row(
        _S.DRAFT,
        _E.CONFIRM,
        _S.CONFIRMED,
        who="hrss-or-ftu",
        guards=("nothing-to-report",),
        requires=(Requirement.TWO_VISITORS, Requirement.SIGNATURE_OR_REFUSAL),
    ),
    _Row(_S.CONFIRMED, _E.APPROVE, _S.CONFIRMED, who="co-signer", guards=("already-approved",)),
    _Row(
        _S.CONFIRMED,
        _E.ISSUE,
        _S.ISSUED,
        who="hrss-or-ftu",
        guards=("both-must-approve",),
        requires=(Requirement.DOCUMENT_NUMBER,),
        limit="issue_prescription",
    ),
    _Row(
        _S.ISSUED,
        _E.SERVE,
        _S.SERVED,
        who="hrss-or-ftu",
        requires=(Requirement.PROOF_OF_SERVICE,),
        limit="serve_prescription",
    ),
    _Row(
        _S.CONFIRMED,
        _E.SERVE_ON_SITE,
        _S.SERVED,
        who="hrss-or-ftu",
        requires=(Requirement.PROOF_OF_SERVICE,),
    ),
    _Row(_S.SERVED, _E.START_RECTIFICATION, _S.IN_RECTIFICATION, who="system", guards=("no-open-item",)),
    _Row(_S.SERVED, _E.COMPLETE, _S.COMPLETED, who="system", guards=("items-still-open",)),
    _Row(_S.IN_RECTIFICATION, _E.COMPLETE, _S.COMPLETED, who="system", guards=("items-still-open",)),
    # A copy left on site is co-signed and numbered later; it stays where it is.
    *(
        _Row(state, _E.APPROVE, state, who="co-signer", guards=("already-numbered", "already-approved"))
        for state in _LEFT_ON_SITE
    ),
    *(
        _Row(
            state,
            _E.ISSUE,
            state,
            who="hrss-or-ftu",
            guards=("already-numbered", "both-must-approve"),
            requires=(Requirement.DOCUMENT_NUMBER,),
            limit="issue_prescription",
        )
        for state in _LEFT_ON_SITE
    ),
    *(
        _Row(state, _E.WITHDRAW, _S.WITHDRAWN, who="hrss-lead", requires=(Requirement.REASON,))
        for state in _WITHDRAWABLE
    ),
)


def prescription_machine(limits: WorkflowLimits) -> PrescriptionMachine:
    """The machine of prescription letters with the office's numbers."""
    return StateMachine(
        texts="step-prescription-",
        initial=PrescriptionState.DRAFT,
        states=PrescriptionState,
        events=PrescriptionEvent,
        transitions=TRANSITIONS,
        people={
            "hrss-or-ftu": lambda _facts, actor: actor.acts_as(frozenset({Role.HRSS, Role.FTU})),
            "co-signer": _is_co_signer,
            "hrss-lead": lambda _facts, actor: actor.acts_as(frozenset({Role.HRSS_LEAD})),
            "system": is_system,
        },
        guards={
            "nothing-to-report": lambda facts, _actor: None if facts.has_reportable_item else {},
            "already-approved": _already_approved,
            "already-numbered": lambda facts, _actor: {} if facts.is_numbered else None,
            "both-must-approve": _both_must_approve,
            "no-open-item": lambda facts, _actor: None if facts.open_item_count else {},
            "items-still-open": _items_still_open,
        },
        proofs={
            Requirement.TWO_VISITORS: lambda facts: (
                not facts.asks_enterprise or are_enough_visitors(facts.visitors, limits)
            ),
            Requirement.SIGNATURE_OR_REFUSAL: lambda facts: (
                not facts.asks_enterprise or facts.is_signed or facts.is_refused
            ),
            Requirement.DOCUMENT_NUMBER: lambda facts: bool(facts.document_number.strip()),
            Requirement.PROOF_OF_SERVICE: lambda facts: facts.has_proof_of_service,
            Requirement.REASON: lambda facts: bool(facts.reason.strip()),
        },
    )


def may_be_deleted(state: PrescriptionState) -> bool:
    """Only a draft can be thrown away; everything later is kept and withdrawn if wrong."""
    return state is PrescriptionState.DRAFT


def may_be_edited(state: PrescriptionState) -> bool:
    """The content is frozen from the confirmation on."""
    return state is PrescriptionState.DRAFT


def missing_approvals(approved_by: frozenset[str], needed: frozenset[str] = BOTH_LEADS) -> tuple[Body, ...]:
    """The bodies that still have to approve; of a prescription both leads of the notice's first measure."""
    return tuple(body for body in (Body.HRSS, Body.FTU) if body in needed - approved_by)


def _is_co_signer(_facts: PrescriptionFacts, actor: Actor) -> bool:
    return may(actor, Action.CO_SIGN, Subject(measure=Measure.PRESCRIPTION_ISSUE)).is_allowed


def _already_approved(facts: PrescriptionFacts, actor: Actor) -> Mapping[str, object] | None:
    return {"body": actor.body.value} if actor.body in facts.approved_by else None


def _both_must_approve(facts: PrescriptionFacts, _actor: Actor) -> Mapping[str, object] | None:
    missing = missing_approvals(facts.approved_by, facts.needed_approvals)
    return {"missing": "both" if len(missing) > 1 else missing[0].value} if missing else None


def _items_still_open(facts: PrescriptionFacts, _actor: Actor) -> Mapping[str, object] | None:
    return {"count": facts.open_item_count} if facts.open_item_count else None
