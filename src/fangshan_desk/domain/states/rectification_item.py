"""The life of a rectification item, one thing put right and closed at a time (workflows 1.3).

An extension moves the deadline only: the days of wage arrears in the risk grade keep running.
"""

from fangshan_desk.domain.states.item_facts import (
    CloseReason,
    EscalationReason,
    ItemEvent,
    ItemFacts,
    ItemState,
)
from fangshan_desk.domain.states.item_rules import item_guards, item_people, item_proofs
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.domain.states.machine import Requirement, StateMachine, Transition

__all__ = [
    "CLOSED_STATES",
    "TRANSITIONS",
    "CloseReason",
    "EscalationReason",
    "ItemEvent",
    "ItemFacts",
    "ItemMachine",
    "ItemState",
    "is_closed",
    "item_machine",
]

ItemMachine = StateMachine[ItemState, ItemEvent, ItemFacts]
_Row = Transition[ItemState, ItemEvent]
_S, _E, _R = ItemState, ItemEvent, Requirement

CLOSED_STATES = frozenset({_S.VERIFIED, _S.CLOSED_BY_ENFORCEMENT, _S.TRANSFERRED, _S.NOT_REQUIRED})

_MAY_BE_EXTENDED = (
    "never-extended",
    "no-repayment-plan",
    "extended-once",
    "asked-too-late",
    "extension-too-long",
)
_MAY_BE_ESCALATED = ("not-urgent", "no-second-failure", "not-overdue-and-reminded")

_REPORTING = tuple(
    # Late is better than never: the report's date decides whether it was in time.
    _Row(state, _E.REPORT_DONE, _S.REPORTED, who="recorder", requires=(_R.EVIDENCE,), limit="recheck")
    for state in (_S.OPEN, _S.OVERDUE)
)
_EXTENDING = (
    # From overdue only with a letter dated before the deadline, which was recorded late.
    *(
        _Row(
            state,
            _E.REQUEST_EXTENSION,
            _S.EXTENSION_REQUESTED,
            who="recorder",
            guards=_MAY_BE_EXTENDED,
            requires=(_R.WRITTEN_REQUEST, _R.REASON, _R.PLAN),
            limit="decide_extension",
        )
        for state in (_S.OPEN, _S.OVERDUE)
    ),
    _Row(
        _S.EXTENSION_REQUESTED,
        _E.APPROVE_EXTENSION,
        _S.OPEN,
        who="extension-leader",
        guards=("never-extended", "no-repayment-plan", "extended-once", "extension-too-long"),
        requires=(_R.NEW_DAYS,),
    ),
    *(
        _Row(
            _S.EXTENSION_REQUESTED,
            _E.REFUSE_EXTENSION,
            to,
            who="extension-leader",
            requires=(_R.REASON,),
            when=when,
        )
        for to, when in ((_S.OVERDUE, "deadline-passed"), (_S.OPEN, ""))
    ),
)
_RECHECKING = (
    _Row(
        _S.REPORTED,
        _E.VERIFY,
        _S.VERIFIED,
        who="closer",
        guards=("recheck-reason",),
        requires=(_R.TWO_OFFICERS, _R.EVIDENCE_OR_CLOSE_REASON),
    ),
    _Row(
        _S.REPORTED,
        _E.RETURN,
        _S.RETURNED,
        who="closer",
        requires=(_R.TWO_OFFICERS, _R.REASON),
        limit="escalate",
    ),
    _Row(
        _S.RETURNED,
        _E.REOPEN,
        _S.OPEN,
        who="closer",
        guards=("failed-twice", "reopened-too-long"),
        requires=(_R.NEW_DAYS,),
        limit="reopened_item",
    ),
)
_ESCALATING = (
    *(
        _Row(
            state,
            _E.ESCALATE,
            _S.ESCALATED,
            who="hrss-lead",
            guards=_MAY_BE_ESCALATED,
            requires=(_R.ESCALATION_REASON, _R.REASON, _R.ESCALATION_LETTER),
            limit="inspection",
        )
        for state in (_S.OPEN, _S.OVERDUE, _S.RETURNED)
    ),
    *(
        _Row(
            _S.ESCALATED,
            event,
            to,
            who="inspector",
            guards=("enforcement-reason",),
            requires=(_R.EVIDENCE_OR_CLOSE_REASON,),
        )
        for event, to in (
            (_E.RECORD_CORRECTED, _S.VERIFIED),
            (_E.RECORD_ENFORCEMENT, _S.CLOSED_BY_ENFORCEMENT),
        )
    ),
)
TRANSITIONS: tuple[_Row, ...] = (
    _Row(_S.OPEN, _E.NAME_OWNER, _S.OPEN, who="hrss-or-ftu", requires=(_R.OWNER, _R.TRACKING_OFFICER)),
    *_REPORTING,
    *_EXTENDING,
    _Row(
        _S.OPEN,
        _E.FALL_OVERDUE,
        _S.OVERDUE,
        who="system",
        guards=("deadline-not-passed",),
        limit="escalate",
    ),
    *_RECHECKING,
    *_ESCALATING,
    *(
        _Row(state, _E.TRANSFER, _S.TRANSFERRED, who="hrss", requires=(_R.AUTHORITY, _R.REASON))
        for state in ItemState
        if state not in CLOSED_STATES
    ),
    _Row(
        _S.OPEN,
        _E.DISPROVE,
        _S.NOT_REQUIRED,
        who="hrss-lead",
        guards=("disproved-reason",),
        requires=(_R.CLOSE_REASON, _R.REASON),
    ),
)


def item_machine(limits: WorkflowLimits) -> ItemMachine:
    """The machine of rectification items with the office's numbers."""
    return StateMachine(
        texts="step-item-",
        initial=ItemState.OPEN,
        states=ItemState,
        events=ItemEvent,
        transitions=TRANSITIONS,
        people=item_people(),
        guards=item_guards(limits.item),
        proofs=item_proofs(limits.item),
        choices={"deadline-passed": lambda facts: facts.today > facts.deadline},
    )


def is_closed(state: ItemState) -> bool:
    """Whether the item counts as closed: its letter is completed when all its items are."""
    return state in CLOSED_STATES
