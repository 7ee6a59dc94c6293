"""Raising early-warning signals from what a visit saw and from a red or orange grade, each of them once."""

from collections.abc import Mapping, Sequence
from typing import Any

from fangshan_desk.domain.records.register import RiskAssessmentRecord, WarningSignal
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.risk_signals import (
    PERSON_FIELDS,
    SETTLED_SIGNALS,
    is_answered_by,
    warning_kinds,
)
from fangshan_desk.usecases.seen_answers import SeenAnswer, seen_answers
from fangshan_desk.usecases.shared_risk_inputs import Seen

GRADE_SIGNAL = "risk_grade"
UNTOUCHED = "signal"
_ALARMING = (RiskLevel.RED, RiskLevel.ORANGE)


def raise_signals(
    enterprise_id: str,
    level: RiskLevel,
    record: RiskAssessmentRecord,
    uow: UnitOfWork,
    services: Services,
) -> list[WarningSignal]:
    """New signals only: one that stands, or that was settled for this very visit, is not raised again."""
    known = uow.find(WarningSignal, enterprise_id=enterprise_id)
    raised: list[WarningSignal] = []
    seen = seen_answers(enterprise_id, record.as_of, uow=uow, services=services)
    _remove_taken_back(known, seen, uow)
    for kind, answer in _seen_kinds(seen, record.visit_id).items():
        same = [each for each in known if each.kind == kind]
        if any(_stands(each) or each.visit_id == answer.visit_id for each in same):
            continue
        raised.append(_signal_of(enterprise_id, kind, answer, services))
    if level in _ALARMING and not any(_covers(each, level) for each in known):
        raised.append(_grade_signal(enterprise_id, level, record, services))
    uow.insert(*raised)
    return raised


def _remove_taken_back(known: Sequence[WarningSignal], seen: Seen, uow: UnitOfWork) -> None:
    newest = {code: answers[0] for code, answers in seen.items()}
    for signal in known:
        code = str((signal.facts or {}).get("code", ""))
        # Once somebody follows it up, only a person may close it.
        if signal.state == UNTOUCHED and is_answered_by(signal, newest) and not newest[code].is_violated:
            uow.delete(signal)


def _seen_kinds(seen: Seen, visit_id: str | None) -> Mapping[str, SeenAnswer]:
    kinds: dict[str, SeenAnswer] = {}
    for answers in seen.values():
        newest = answers[0]
        # Only the visit just graded raises anything; older ones had their turn.
        if newest.is_violated and newest.visit_id == visit_id:
            for kind in warning_kinds(newest):
                kinds.setdefault(kind, newest)
    return kinds


def _stands(signal: WarningSignal) -> bool:
    return signal.state not in SETTLED_SIGNALS


def _covers(signal: WarningSignal, level: RiskLevel) -> bool:
    if signal.kind != GRADE_SIGNAL or not _stands(signal):
        return False
    known = RiskLevel(str((signal.facts or {}).get("level", RiskLevel.RED)))
    return not level.is_worse_than(known)


def _signal_of(enterprise_id: str, kind: str, answer: SeenAnswer, services: Services) -> WarningSignal:
    persons = answer.inputs.get(PERSON_FIELDS.get(answer.item.code, ""))
    return WarningSignal(
        id=services.new_id(),
        enterprise_id=enterprise_id,
        kind=kind,
        persons=persons if isinstance(persons, int) else None,
        source="visit",
        raised_at=services.clock.now_utc(),
        visit_id=answer.visit_id,
        facts={"code": answer.item.code},
    )


def _grade_signal(
    enterprise_id: str, level: RiskLevel, record: RiskAssessmentRecord, services: Services
) -> WarningSignal:
    facts: dict[str, Any] = {"level": level.value, "floors": list(record.floors), "score": record.score}
    return WarningSignal(
        id=services.new_id(),
        enterprise_id=enterprise_id,
        kind=GRADE_SIGNAL,
        source="grading",
        raised_at=services.clock.now_utc(),
        visit_id=record.visit_id,
        facts=facts,
    )
