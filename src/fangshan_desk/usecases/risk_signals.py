"""Signs of trouble: what the newest answers and the signals raised elsewhere say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from fangshan_desk.domain.records.letters import RectificationItem, TransitionRecord
from fangshan_desk.domain.records.register import WarningSignal
from fangshan_desk.domain.states.item_facts import EscalationReason, ItemState
from fangshan_desk.usecases.ports import UnitOfWork
from fangshan_desk.usecases.seen_answers import SeenAnswer

# A signal in one of these states no longer stands.
SETTLED_SIGNALS = frozenset({"dismissed", "stabilised", "closed"})
_PERSON_SIGNALS = {
    "RISK-05": ("stoppage_persons", "persons"),
    "RISK-06": ("collective_demand_persons", "persons"),
    "RISK-01": ("layoff_planned", "planned"),
    "RISK-03": ("production_stopped_days", "stopped_days"),
}
_FLAG_SIGNALS = {"RISK-04": "flight", "PROT-01": "child_labour", "RISK-07": "restructuring"}
# Inputs of signal items that count persons.
PERSON_FIELDS = {code: name for code, (_, name) in _PERSON_SIGNALS.items() if code != "RISK-03"}
_STANDING_PERSONS = {
    "work_stoppage": "stoppage_persons",
    "collective_wage_demand": "collective_demand_persons",
    "layoff": "layoff_planned",
}
_STANDING_FLAGS = {"flight": "flight", "restructuring": "restructuring"}
# Facts an officer adds to a signal while it is handled.
_HANDLED = {"procedure_done": "layoff_procedure_done", "settlement_plan": "settlement_plan"}


def signal_inputs(
    warnings: Sequence[WarningSignal],
    fresh: Mapping[str, SeenAnswer],
    *,
    is_settled: Callable[[SeenAnswer], bool],
) -> dict[str, Any]:
    """The model's signals from fresh answers and from signals that still stand."""
    settled = {(each.kind, each.visit_id) for each in warnings if each.state in SETTLED_SIGNALS}
    violated = {
        code: answer
        for code, answer in fresh.items()
        if answer.is_violated
        and not any((kind, answer.visit_id) in settled for kind in warning_kinds(answer))
    }
    standing = [
        each for each in warnings if each.state not in SETTLED_SIGNALS and not is_answered_by(each, fresh)
    ]
    return {**_standing_signals(standing), **_seen_signals(violated, is_settled)}


def is_answered_by(signal: WarningSignal, fresh: Mapping[str, SeenAnswer]) -> bool:
    """Whether the answer the signal was raised from speaks for itself: counted, or taken back since."""
    answer = fresh.get(str((signal.facts or {}).get("code", "")))
    return answer is not None and answer.visit_id == signal.visit_id


def warning_kinds(answer: SeenAnswer) -> Iterator[str]:
    """The kinds of early warning an item feeds."""
    for feed in answer.item.risk_feeds:
        name, dot, kind = feed.partition(".")
        if name == "warning" and dot:
            yield kind


def _seen_signals(seen: Mapping[str, SeenAnswer], is_settled: Callable[[SeenAnswer], bool]) -> dict[str, Any]:
    signals: dict[str, Any] = {}
    for code, name in _FLAG_SIGNALS.items():
        if code in seen and not is_settled(seen[code]):
            signals[name] = True
    for code, (name, field_name) in _PERSON_SIGNALS.items():
        if code in seen:
            # Seen but not counted is at least one.
            signals[name] = seen[code].inputs.get(field_name) or 1
    return signals


def _standing_signals(standing: Sequence[WarningSignal]) -> dict[str, Any]:
    signals: dict[str, Any] = {}
    for each in standing:
        facts = each.facts or {}
        for fact, name in _HANDLED.items():
            if facts.get(fact):
                signals[name] = True
        if facts.get("payment_order_expired"):
            signals["payment_order_expired"] = True
        if each.kind in _STANDING_FLAGS:
            signals[_STANDING_FLAGS[each.kind]] = True
        elif each.kind in _STANDING_PERSONS:
            name = _STANDING_PERSONS[each.kind]
            signals[name] = max(signals.get(name, 0), each.persons or 1)
    return signals


def refused_inputs(items: Sequence[RectificationItem], uow: UnitOfWork) -> dict[str, Any]:
    """Whether an item went to inspection because the enterprise refused."""
    for item in items:
        if item.state is not ItemState.ESCALATED:
            continue
        steps = uow.find(TransitionRecord, subject="rectification_item", subject_id=item.id)
        if any((step.details or {}).get("cause") == EscalationReason.REFUSED.value for step in steps):
            return {"refused_rectification": True}
    return {}
