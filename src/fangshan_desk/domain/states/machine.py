"""A state machine as data: a table of transitions and one function that applies them.

Checks run in this order: state, person, rule, missing proof. Nobody is asked for evidence for a step that
is refused anyway.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.rights import Actor

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)
F = TypeVar("F")

# Values for the refusal's sentence, or None when the rule is satisfied.
Guard = Callable[[F, Actor], Mapping[str, object] | None]
Who = Callable[[F, Actor], bool]
Proof = Callable[[F], bool]


class RefusalKind(StrEnum):
    """Why a step is refused."""

    WRONG_STATE = "wrong_state"
    WRONG_PERSON = "wrong_person"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class Requirement(StrEnum):
    """What has to be on the table before a step is taken."""

    EVIDENCE = "evidence"
    REASON = "reason"
    CLOSE_REASON = "close-reason"
    EVIDENCE_OR_CLOSE_REASON = "evidence-or-close-reason"
    OWNER = "owner"
    TRACKING_OFFICER = "tracking-officer"
    WRITTEN_REQUEST = "written-request"
    PLAN = "plan"
    NEW_DAYS = "new-days"
    ESCALATION_REASON = "escalation-reason"
    ESCALATION_LETTER = "escalation-letter"
    AUTHORITY = "authority"
    SIGNATURE_OR_REFUSAL = "signature-or-refusal"
    DOCUMENT_NUMBER = "document-number"
    PROOF_OF_SERVICE = "proof-of-service"
    NEW_DAY = "new-day"
    TWO_OFFICERS = "two-officers"
    TWO_VISITORS = "two-visitors"


@dataclass(frozen=True)
class Refusal:
    """Why a step is refused; ``key`` and ``values`` give the sentence."""

    kind: RefusalKind
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class StepRefusedError(ExpectedError):
    """A step of a letter, item or visit was refused; its key is the refusal's."""

    key = "step-refused"

    def __init__(self, refusal: Refusal) -> None:
        self.key = refusal.key
        super().__init__(**refusal.values)
        self.refusal = refusal


class WrongStateError(StepRefusedError):
    """The step does not lead on from the present state."""


class WrongPersonError(StepRefusedError):
    """Somebody else has to take this step."""


class StepNotAllowedError(StepRefusedError):
    """A rule forbids the step in this case."""


class MissingRequirementError(StepRefusedError):
    """Evidence, a reason or another proof is not there yet."""


_ERRORS: Mapping[RefusalKind, type[StepRefusedError]] = {
    RefusalKind.WRONG_STATE: WrongStateError,
    RefusalKind.WRONG_PERSON: WrongPersonError,
    RefusalKind.NOT_ALLOWED: StepNotAllowedError,
    RefusalKind.MISSING: MissingRequirementError,
}


@dataclass(frozen=True)
class Transition(Generic[S, E]):
    """One row of the table; ``who``, ``when`` and ``guards`` name rules of the machine.

    ``when`` chooses between rows of the same state and event; ``limit`` names a row of the limits table.
    """

    frm: S
    event: E
    to: S
    who: str
    guards: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    limit: str = ""
    when: str = ""


@dataclass(frozen=True)
class EventOption(Generic[S, E]):
    """An event as it stands for one person now: where it leads, or why it is refused."""

    event: E
    to: S | None
    refusal: Refusal | None
    requires: tuple[Requirement, ...] = ()
    limit: str = ""

    @property
    def is_allowed(self) -> bool:
        """Whether the step can be taken with the facts given."""
        return self.refusal is None

    @property
    def may_be_offered(self) -> bool:
        """Whether a button makes sense: allowed, or only something to be handed in is missing."""
        return self.refusal is None or self.refusal.kind is RefusalKind.MISSING


@dataclass(frozen=True, kw_only=True)
class StateMachine(Generic[S, E, F]):
    """The table with the rules it names; ``texts`` begins the keys of its sentences."""

    texts: str
    initial: S
    states: type[S]
    events: type[E]
    transitions: tuple[Transition[S, E], ...]
    people: Mapping[str, Who[F]]
    guards: Mapping[str, Guard[F]]
    proofs: Mapping[Requirement, Proof[F]]
    choices: Mapping[str, Proof[F]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.transitions:
            known = row.who in self.people and all(name in self.guards for name in row.guards)
            proven = all(item in self.proofs for item in row.requires)
            if not (known and proven and (not row.when or row.when in self.choices)):
                raise ValueError(f"{self.texts}: unknown rule in {row}")

    def apply(self, state: S, event: E, *, facts: F, actor: Actor) -> S:
        """The new state, or a StepRefusedError with the reason."""
        return self.step(state, event, facts=facts, actor=actor).to

    def step(self, state: S, event: E, *, facts: F, actor: Actor) -> Transition[S, E]:
        """The row of the table that applies, or a StepRefusedError with the reason."""
        row = self._row(state, event, facts)
        if row is None:
            raise _error(self._wrong_state(state, event))
        refusal = self._refusal(row, facts, actor)
        if refusal is not None:
            raise _error(refusal)
        return row

    def allowed_events(self, state: S, *, facts: F, actor: Actor) -> tuple[EventOption[S, E], ...]:
        """Every event with the state it leads to, or the reason why not."""
        return tuple(self._option(state, event, facts, actor) for event in self.events)

    def may_follow(self, frm: S, to: S) -> bool:
        """Whether one step can lead from one state to the other, whoever takes it."""
        return any(row.frm is frm and row.to is to for row in self.transitions)

    def is_final(self, state: S) -> bool:
        """Whether nothing leads on from here."""
        return not any(row.frm is state for row in self.transitions)

    def _row(self, state: S, event: E, facts: F) -> Transition[S, E] | None:
        rows = (row for row in self.transitions if row.frm is state and row.event is event)
        return next((row for row in rows if not row.when or self.choices[row.when](facts)), None)

    def _option(self, state: S, event: E, facts: F, actor: Actor) -> EventOption[S, E]:
        row = self._row(state, event, facts)
        if row is None:
            return EventOption(event, None, self._wrong_state(state, event))
        return EventOption(event, row.to, self._refusal(row, facts, actor), row.requires, row.limit)

    def _refusal(self, row: Transition[S, E], facts: F, actor: Actor) -> Refusal | None:
        if not self.people[row.who](facts, actor):
            values = {"event": row.event.value, "who": row.who}
            return Refusal(RefusalKind.WRONG_PERSON, f"{self.texts}wrong-person", values)
        for name in row.guards:
            objection = self.guards[name](facts, actor)
            if objection is not None:
                return Refusal(RefusalKind.NOT_ALLOWED, f"{self.texts}{name}", objection)
        for item in row.requires:
            if not self.proofs[item](facts):
                return Refusal(RefusalKind.MISSING, f"step-missing-{item.value}")
        return None

    def _wrong_state(self, state: S, event: E) -> Refusal:
        values = {"state": state.value, "event": event.value}
        return Refusal(RefusalKind.WRONG_STATE, f"{self.texts}wrong-state", values)


def _error(refusal: Refusal) -> StepRefusedError:
    return _ERRORS[refusal.kind](refusal)


def is_system(_facts: object, actor: Actor) -> bool:
    """The desk's own clock or bookkeeping, not a person."""
    return actor.is_system
