"""The answer to one item: computed from its inputs, given by a person, or overridden with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fangshan_desk.domain.checklist.derived import Inputs, Situation, inputs_behind
from fangshan_desk.domain.checklist.items import CheckItem, InputKind, ItemKind
from fangshan_desk.domain.checklist.parameters import Parameters
from fangshan_desk.domain.checklist.templates import names_in
from fangshan_desk.domain.records.visits import Answer


class Origin(StrEnum):
    """Where an answer comes from."""

    COMPUTED = "computed"
    GIVEN = "given"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The answer to one item and how it came about.

    ``computed`` is what the inputs alone say; ``missing_inputs`` and ``missing_parameters`` are what it
    still needs.
    ``needs_reason``: the officer chose another answer than the computed one without saying why;
    until a reason stands there the computed answer counts.
    """

    code: str
    answer: Answer
    computed: Answer
    origin: Origin
    reason: str
    missing_inputs: tuple[str, ...]
    missing_parameters: tuple[str, ...]
    needs_reason: bool
    is_answered: bool
    has_inputs: bool

    @property
    def is_overridden(self) -> bool:
        """Whether a person decided against the inputs."""
        return self.origin is Origin.OVERRIDDEN


def judge(
    item: CheckItem,
    inputs: Inputs,
    *,
    visit_date: date,
    parameters: Parameters,
    chosen: Answer | None = None,
    reason: str = "",
) -> CheckResult:
    """The result of an item; ``chosen`` is the key the officer pressed, None if only inputs speak.

    An input that is absent or None is missing and leaves the result undetermined, unless the
    condition asks for its absence. Without a single input nothing was asked, so nothing is computed.
    Re-judging a stored answer: pass ``chosen`` only if it differs from the stored ``computed``.
    """
    situation = Situation(inputs, visit_date, parameters)
    computed = _computed(item, situation)
    answer, origin = _decide(computed, chosen, reason)
    return CheckResult(
        code=item.code,
        answer=answer,
        computed=computed,
        origin=origin,
        reason=reason.strip() if origin is Origin.OVERRIDDEN else "",
        missing_inputs=_missing_inputs(item, situation, computed),
        missing_parameters=_missing_parameters(item, situation),
        needs_reason=chosen not in (None, answer),
        is_answered=answer is not Answer.UNDETERMINED or _is_complete_info(item, inputs),
        has_inputs=any(value is not None for value in inputs.values()),
    )


def _computed(item: CheckItem, situation: Situation) -> Answer:
    if item.violated_when is None or not situation.inputs or _missing_parameters(item, situation):
        return Answer.UNDETERMINED
    values = situation.values(item.violated_when.names)
    return _ANSWERS[item.violated_when.evaluate(values, situation.visit_date)]


def _decide(computed: Answer, chosen: Answer | None, reason: str) -> tuple[Answer, Origin]:
    if chosen is None or chosen is computed:
        return computed, Origin.COMPUTED
    if computed is Answer.UNDETERMINED:
        return chosen, Origin.GIVEN
    # An unexplained choice never hides what the figures say.
    return (chosen, Origin.OVERRIDDEN) if reason.strip() else (computed, Origin.COMPUTED)


def _missing_inputs(item: CheckItem, situation: Situation, computed: Answer) -> tuple[str, ...]:
    if item.violated_when is None or computed is not Answer.UNDETERMINED:
        return ()
    names = [field.name for field in item.inputs]
    needed = {source for name in item.violated_when.names for source in inputs_behind(name, names)}
    return tuple(name for name in names if name in needed and situation.inputs.get(name) is None)


def _missing_parameters(item: CheckItem, situation: Situation) -> tuple[str, ...]:
    # Note of minimum_wage_monthly: until the office has entered it, WAGE-04 is left to a person.
    condition = item.violated_when.names if item.violated_when else ()
    named = {*condition, *names_in(item.finding or "")} & situation.parameters.names
    return tuple(sorted(name for name in named if situation.value(name) is None))


def _is_complete_info(item: CheckItem, inputs: Inputs) -> bool:
    # An info item is never judged; it is done when all figures are there. Texts are optional in it.
    needed = [field.name for field in item.inputs if field.kind is not InputKind.TEXT]
    return item.kind is ItemKind.INFO and all(inputs.get(name) is not None for name in needed)


_ANSWERS: Mapping[bool | None, Answer] = {
    True: Answer.VIOLATED,
    False: Answer.COMPLIANT,
    None: Answer.UNDETERMINED,
}
