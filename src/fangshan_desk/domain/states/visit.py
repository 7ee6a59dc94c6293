"""The life of a visit: planned, under way, finished or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fangshan_desk.domain.rights import Action, Actor, Body, Measure, Role, Subject, may
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.domain.states.machine import Requirement, StateMachine, Transition


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    CANCELLED = "cancelled"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"visit-state-{self.value}"


class VisitEvent(StrEnum):
    """What can happen to a visit."""

    RESCHEDULE = "reschedule"
    START = "start"
    FINISH = "finish"
    RESUME = "resume"
    CANCEL = "cancel"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"visit-event-{self.value}"


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """What the rules of a visit look at; ``visitors`` are the bodies of the officers who take part."""

    visitors: tuple[str, ...] = ()
    township: str = ""
    is_member: bool | None = None
    reason: str = ""
    new_day: date | None = None
    is_letter_confirmed: bool = False


VisitMachine = StateMachine[VisitState, VisitEvent, VisitFacts]

_PLANNED, _UNDER_WAY = VisitState.PLANNED, VisitState.UNDER_WAY
_FINISHED, _CANCELLED = VisitState.FINISHED, VisitState.CANCELLED
_KEEPS_LETTER = ("letter-confirmed",)

TRANSITIONS: tuple[Transition[VisitState, VisitEvent], ...] = (
    Transition(_PLANNED, VisitEvent.RESCHEDULE, _PLANNED, who="surveyor", requires=(Requirement.NEW_DAY,)),
    Transition(_PLANNED, VisitEvent.START, _UNDER_WAY, who="surveyor"),
    Transition(
        _UNDER_WAY, VisitEvent.FINISH, _FINISHED, who="surveyor", requires=(Requirement.TWO_VISITORS,)
    ),
    Transition(_FINISHED, VisitEvent.RESUME, _UNDER_WAY, who="surveyor", guards=_KEEPS_LETTER),
    Transition(_PLANNED, VisitEvent.CANCEL, _CANCELLED, who="surveyor", requires=(Requirement.REASON,)),
    Transition(
        _UNDER_WAY,
        VisitEvent.CANCEL,
        _CANCELLED,
        who="surveyor",
        guards=_KEEPS_LETTER,
        requires=(Requirement.REASON,),
    ),
)


def visit_machine(limits: WorkflowLimits) -> VisitMachine:
    """The machine of visits with the office's numbers."""
    return StateMachine(
        texts="step-visit-",
        initial=VisitState.PLANNED,
        states=VisitState,
        events=VisitEvent,
        transitions=TRANSITIONS,
        people={"surveyor": _is_surveyor},
        guards={"letter-confirmed": lambda facts, _actor: {} if facts.is_letter_confirmed else None},
        proofs={
            Requirement.REASON: lambda facts: bool(facts.reason.strip()),
            Requirement.NEW_DAY: lambda facts: facts.new_day is not None,
            Requirement.TWO_VISITORS: lambda facts: are_enough_visitors(facts.visitors, limits),
        },
    )


def are_enough_visitors(bodies: Sequence[str], limits: WorkflowLimits) -> bool:
    """Two visitors at least, one of them from the bureau or the union (workflows 1.1)."""
    return len(bodies) >= limits.visit_officers and any(body in (Body.HRSS, Body.FTU) for body in bodies)


def _is_surveyor(facts: VisitFacts, actor: Actor) -> bool:
    subject = Subject(
        measure=Measure.RISK_SURVEY, township=facts.township, is_member=facts.is_member, is_own=True
    )
    here = actor.acts_as(frozenset(Role), township=facts.township)
    return here and may(actor, Action.EDIT, subject).is_allowed
