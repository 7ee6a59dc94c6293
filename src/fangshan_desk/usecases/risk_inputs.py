"""Everything the risk model looks at for one enterprise on one day, each group with where it came from.

Missing stays missing: no answer, an old answer or an open question is never a zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from fangshan_desk.domain.checklist import ItemKind, applicable_sections
from fangshan_desk.domain.day_counting import add_months
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.domain.raw_fields import InvalidInputError
from fangshan_desk.domain.records.letters import Letter, RectificationItem
from fangshan_desk.domain.records.register import Enterprise, SharedFact, SharedSource, WarningSignal
from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.freshness import is_fresh
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.rectification_item import is_closed
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.risk_signals import refused_inputs, signal_inputs
from fangshan_desk.usecases.seen_answers import YEAR, SeenAnswer, seen_answers
from fangshan_desk.usecases.shared_risk_inputs import (
    MISSING,
    Gathered,
    Seen,
    insured_count,
    negotiation_inputs,
    origin_of_visit,
    owed_on_site,
    read_ledgers,
    shared_inputs,
)

ARREARS, LATE_PAY = "WAGE-01", "WAGE-02"
# Paid at least monthly: each further unpaid month makes the oldest debt at least this much older.
_SHORTEST_MONTH = 28


@dataclass(frozen=True)
class RiskInputs:
    """One raw case (the keys of `risk --input`) and the origin of each group."""

    case: Mapping[str, Any]
    origins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def gather_risk_inputs(enterprise_id: str, as_of: date, *, uow: UnitOfWork, services: Services) -> RiskInputs:
    """Answers, ledger, shared data, contracts, negotiations and signals as they stand on the day."""
    enterprise = uow.get(Enterprise, enterprise_id)
    items = _items_known(enterprise_id, as_of, uow=uow, services=services)
    older = {item.visit_id for item in items if item.visit_id and not is_closed(item.state)}
    seen = seen_answers(enterprise_id, as_of, also_visits=older, uow=uow, services=services)
    gatherer = _Gatherer(enterprise, items, seen, as_of, services)
    facts, contracts, negotiations = read_ledgers(enterprise_id, uow)
    groups = {
        "wage": gatherer.wage(),
        "findings": gatherer.findings(),
        "negotiation": negotiation_inputs(enterprise, contracts, negotiations, seen, as_of),
        **{source.value: gatherer.shared(source, facts) for source in SharedSource},
    }
    signals = gatherer.signals(uow.find(WarningSignal, enterprise_id=enterprise_id))
    case: dict[str, Any] = {
        "as_of": as_of.isoformat(),
        "categories": list(enterprise.categories),
        "headcount": enterprise.headcount if enterprise.headcount is not None else insured_count(facts),
        "new_enterprise": is_new(enterprise, as_of),
        "signals": {**signals, **refused_inputs(items, uow)},
    }
    origins: dict[str, Mapping[str, Any]] = {}
    for name, group in groups.items():
        gathered = _usable(name, group)
        case[name] = gathered.values
        if gathered.origin:
            origins[_ORIGIN_NAMES.get(name, name)] = gathered.origin
    return RiskInputs(case, origins)


def _items_known(
    enterprise_id: str, as_of: date, *, uow: UnitOfWork, services: Services
) -> list[RectificationItem]:
    """The ledger as it stood on the day: what came later is left out, what was closed later is open."""
    items = uow.find(RectificationItem, enterprise_id=enterprise_id)
    if as_of >= services.clock.today():
        return items
    offset = services.clock.offset_minutes()
    confirmed = {
        letter.id: local_date(letter.confirmed_at, offset)
        for letter in uow.find(Letter, enterprise_id=enterprise_id)
        if letter.confirmed_at is not None
    }
    return [
        replace(item, state=ItemState.OPEN, closed_on=None)
        if item.closed_on is not None and item.closed_on > as_of
        else item
        for item in items
        if confirmed.get(item.letter_id, date.max) <= as_of
    ]


# Findings and signals are both what a visit saw.
_ORIGIN_NAMES = {"findings": "visit"}


def _usable(name: str, group: Gathered) -> Gathered:
    """The group, or a missing one when a department's figures cannot be read; the grade goes on without."""
    if group.values is None:
        return group
    values = group.values["items"] if name == "findings" else group.values
    try:
        RiskCase.from_mapping({name: values})
    except InvalidInputError as error:
        return Gathered(None, {**group.origin, "unusable": str(error.values.get("path", ""))})
    return Gathered(values, group.origin)


def is_new(enterprise: Enterprise, as_of: date) -> bool:
    """Whether it was established less than a year before the day."""
    if enterprise.established_on is not None:
        return add_months(as_of, -12) < enterprise.established_on <= as_of
    return "new_enterprise" in enterprise.categories


@dataclass(frozen=True)
class _Gatherer:
    """The parts that come from visits and the rectification ledger."""

    enterprise: Enterprise
    items: Sequence[RectificationItem]
    seen: Seen
    as_of: date
    services: Services

    def wage(self) -> Gathered:
        """Arrears as they stand; a closed item or a later clean answer makes them history."""
        newest = self._newest(ARREARS)
        is_open = any(item.code == ARREARS and not is_closed(item.state) for item in self.items)
        violated = next((each for each in self.seen.get(ARREARS, ()) if each.is_violated), None)
        if is_open and violated is not None:
            return self._arrears(violated)
        if newest is not None and newest.is_violated and not self._is_settled(newest):
            return self._arrears(newest) if self._is_fresh(newest, "wage") else MISSING
        history = {"arrears_in_12_months": True} if self._has_history() else {}
        if newest is not None and not newest.is_violated and self._is_fresh(newest, "wage"):
            return Gathered(history, origin_of_visit(newest))
        cleared = self._cleared_on()
        if cleared is not None and self.is_fresh("wage", cleared):
            return Gathered(history, {"kind": "ledger", "code": ARREARS, "day": cleared.isoformat()})
        return MISSING

    def findings(self) -> Gathered:
        """Open violations of the last health check and of the ledger, one for each code."""
        found: dict[str, dict[str, Any]] = {}
        newest_visit: SeenAnswer | None = None
        for code, answers in self.seen.items():
            answer = answers[0]
            if not (_counts(answer) and self._is_fresh(answer, "visit")):
                continue
            if newest_visit is None or answer.day > newest_visit.day:
                newest_visit = answer
            if answer.is_violated and not self._is_settled(answer):
                found[code] = {"code": code, "severity": answer.item.severity}
        for item in self.items:
            if is_closed(item.state):
                continue
            # What counts in another component stays in the list: late is late for the floor.
            entry = found.setdefault(item.code, self._ledger_finding(item))
            if is_past_deadline(item, self.as_of):
                entry["overdue"] = True
        if not found and not self._is_core_answered():
            return MISSING
        origin = origin_of_visit(newest_visit) if newest_visit is not None else {"kind": "ledger"}
        origin.pop("code", None)
        return Gathered({"items": [found[code] for code in sorted(found)]}, origin)

    def _ledger_finding(self, item: RectificationItem) -> dict[str, Any]:
        finding = {"code": item.code, "severity": item.severity}
        return finding if self._is_finding_code(item.code) else {**finding, "kind": "other"}

    def shared(self, source: SharedSource, facts: Sequence[SharedFact]) -> Gathered:
        """What a department handed over, with what the visit found of the same matter."""
        gathered = shared_inputs(facts, source, self.as_of, parameters=self.services.risk_model)
        if source is not SharedSource.SOCIAL_INSURANCE:
            return gathered
        fresh = [each for each in self.seen.get("SOCI-02", ()) if self._is_fresh(each, source.value)]
        return owed_on_site(gathered, fresh[0]) if fresh else gathered

    def signals(self, warnings: Sequence[WarningSignal]) -> dict[str, Any]:
        """Signs of trouble from the newest answers and from signals raised elsewhere."""
        fresh = {
            code: answers[0] for code, answers in self.seen.items() if self._is_fresh(answers[0], "visit")
        }
        return signal_inputs(warnings, fresh, is_settled=self._is_settled)

    def _arrears(self, answer: SeenAnswer) -> Gathered:
        inputs = answer.inputs
        due = inputs.get("earliest_due_date")
        days = (self.as_of - due).days if isinstance(due, date) else _least_days(inputs.get("unpaid_months"))
        values: dict[str, Any] = {"overdue_days": max(1, days)}
        for name in ("unpaid_workers", "unpaid_amount"):
            if inputs.get(name) is not None:
                values[name] = _plain_number(inputs[name])
        origin = origin_of_visit(answer)
        return Gathered(values, origin if isinstance(due, date) else {**origin, "is_least": True})

    def _newest(self, code: str) -> SeenAnswer | None:
        return next(iter(self.seen.get(code, ())), None)

    def is_fresh(self, source: str, day: date) -> bool:
        """Whether information of this source and day may still be used."""
        return is_fresh(source, day, self.as_of, parameters=self.services.risk_model)

    def _is_fresh(self, answer: SeenAnswer, source: str) -> bool:
        return self.is_fresh(source, answer.day)

    def _is_of_last_year(self, day: date) -> bool:
        return self.as_of - day <= YEAR

    def _is_settled(self, answer: SeenAnswer) -> bool:
        own = [
            item for item in self.items if item.code == answer.item.code and item.visit_id == answer.visit_id
        ]
        return bool(own) and all(is_closed(item.state) for item in own)

    def _has_history(self) -> bool:
        late = self._newest(LATE_PAY)
        violated = [each for each in self.seen.get(ARREARS, ()) if each.is_violated]
        recent = [each for each in violated if self._is_of_last_year(each.day)]
        cleared = self._cleared_on()
        # Late, but paid: arrears of the last twelve months that are cleared.
        is_late = late is not None and late.is_violated and self._is_of_last_year(late.day)
        return bool(recent) or is_late or (cleared is not None and self._is_of_last_year(cleared))

    def _cleared_on(self) -> date | None:
        paid = (ItemState.VERIFIED, ItemState.CLOSED_BY_ENFORCEMENT)
        days = [item.closed_on for item in self.items if item.code == ARREARS and item.state in paid]
        return max((day for day in days if day is not None), default=None)

    def _is_finding_code(self, code: str) -> bool:
        item = self.services.reference.checklist.items_by_code.get(code)
        return item is not None and item.kind is ItemKind.VIOLATION and "findings" in item.risk_feeds

    def _is_core_answered(self) -> bool:
        # A clean bill needs the whole core check; a single finding counts at once.
        core = [
            item
            for section in applicable_sections(
                self.services.reference.checklist, self.enterprise.categories, on=self.as_of, core_only=True
            )
            for item in section.items
            if self._is_finding_code(item.code)
        ]
        answers = [self._newest(item.code) for item in core]
        return bool(core) and all(
            answer is not None and self._is_fresh(answer, "visit") for answer in answers
        )


def is_past_deadline(item: RectificationItem, as_of: date) -> bool:
    """Whether an open item is late; one that was reported waits for us, not for the enterprise."""
    return item.state is not ItemState.REPORTED and item.deadline < as_of


def _counts(answer: SeenAnswer) -> bool:
    return answer.item.kind is ItemKind.VIOLATION and "findings" in answer.item.risk_feeds


def _least_days(months: object) -> int:
    return (months - 1) * _SHORTEST_MONTH + 1 if isinstance(months, int) else 1


def _plain_number(value: object) -> object:
    # Inputs are kept as JSON: whole yuan stay whole.
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
