"""The parts of a risk case that come from other departments, the register and the negotiation ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fangshan_desk.domain.checklist import Inputs
from fangshan_desk.domain.records.register import (
    CollectiveContract,
    Enterprise,
    Negotiation,
    SharedFact,
    SharedSource,
)
from fangshan_desk.domain.risk.freshness import is_fresh
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.usecases.ports import UnitOfWork
from fangshan_desk.usecases.seen_answers import SeenAnswer

Seen = Mapping[str, tuple[SeenAnswer, ...]]

# Keys of the model; a sheet's other columns stay with the fact and are no inputs.
MODEL_KEYS: Mapping[SharedSource, frozenset[str]] = {
    SharedSource.TAX: frozenset({"arrears_months", "zero_filing_months", "sales_yoy", "abnormal"}),
    SharedSource.SOCIAL_INSURANCE: frozenset({"owed_months", "insured_change_6m", "unregistered"}),
    SharedSource.LOAN: frozenset({"overdue_days", "classification", "frozen"}),
    SharedSource.LOGISTICS: frozenset({"volume_yoy", "power_yoy", "stopped"}),
}
_EXPIRING_DAYS = timedelta(days=90)
_REPLY_DAYS = timedelta(days=20)
_OFFER_STATUS = {
    "offered": "pending",
    "refused": "refused",
    "unanswered": "unanswered_over_20",
    "accepted": "negotiating",
    "preparing": "negotiating",
    "negotiating": "negotiating",
    "draft_agreed": "negotiating",
    "suspended": "deadlock",
    "dispute": "deadlock",
    "vote_failed": "deadlock",
}
_DEAD_CONTRACTS = frozenset({"terminated", "renewed"})


@dataclass(frozen=True)
class Gathered:
    """One group of inputs with where it was taken from; ``values`` None means missing."""

    values: Mapping[str, Any] | None
    origin: Mapping[str, Any]


MISSING = Gathered(None, {})


def shared_inputs(
    facts: Sequence[SharedFact], source: SharedSource, as_of: date, *, parameters: ModelParameters
) -> Gathered:
    """What a department said of its newest fresh period; several sheets of the period are laid together."""
    # A sheet received after the day of the assessment was not known then.
    known = [
        fact
        for fact in facts
        if fact.source is source
        and is_fresh(source.value, fact.period_end, as_of, parameters=parameters)
        and (fact.received_on or fact.period_end) <= as_of
    ]
    if not known:
        return MISSING
    newest = max(known, key=_age)
    sheets = sorted((fact for fact in known if fact.period_end == newest.period_end), key=_age)
    values: dict[str, Any] = {}
    for fact in sheets:
        values |= {key: value for key, value in fact.facts.items() if key in MODEL_KEYS[source]}
    return Gathered(values, _origin_of(newest, [fact.id for fact in sheets]))


def _age(fact: SharedFact) -> tuple[date, date, str]:
    return fact.period_end, fact.received_on or fact.period_end, fact.id


def insured_count(facts: Sequence[SharedFact]) -> int | None:
    """How many persons the newest social insurance sheet counts."""
    counts = [
        (fact.period_end, fact.facts["insured"])
        for fact in facts
        if fact.source is SharedSource.SOCIAL_INSURANCE and isinstance(fact.facts.get("insured"), int)
    ]
    return max(counts)[1] if counts else None


def owed_on_site(gathered: Gathered, answer: SeenAnswer) -> Gathered:
    """Contributions owed that the visit found, where they are worse than the sheet or the sheet is missing.

    SOCI-02 counts here and never as a finding.
    """
    months = answer.inputs.get("owed_months")
    if not isinstance(months, int):
        return gathered
    if gathered.values is not None and gathered.values.get("owed_months", 0) >= months:
        return gathered
    return Gathered({**(gathered.values or {}), "owed_months": months}, origin_of_visit(answer))


def negotiation_inputs(
    enterprise: Enterprise,
    contracts: Sequence[CollectiveContract],
    negotiations: Sequence[Negotiation],
    seen: Seen,
    as_of: date,
) -> Gathered:
    """Union, contract and offer; missing when neither ledger nor visit says anything."""
    contract, contract_origin = _contract_status(contracts, seen, as_of)
    offer, offer_origin = _offer_status(negotiations, seen, as_of)
    if enterprise.union_exists is None and not contract_origin and not offer_origin:
        return MISSING
    values = {"union": enterprise.union_exists, "contract_status": contract, "offer_status": offer}
    return Gathered(values, offer_origin or contract_origin or {"kind": "register"})


def origin_of_visit(seen: SeenAnswer) -> dict[str, Any]:
    """The origin of a value entered in a visit."""
    return {
        "kind": "visit",
        "visit_id": seen.visit_id,
        "code": seen.item.code,
        "day": seen.day.isoformat(),
    }


def _origin_of(fact: SharedFact, ids: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": "shared",
        "fact_ids": list(ids),
        "period_end": fact.period_end.isoformat(),
        "received_on": fact.received_on.isoformat() if fact.received_on else None,
        "provider": fact.provider,
        "file_name": fact.file_name,
        "row_number": fact.row_number,
    }


def _contract_status(
    contracts: Sequence[CollectiveContract], seen: Seen, as_of: date
) -> tuple[str, dict[str, Any]]:
    begun = [
        contract
        for contract in contracts
        if contract.state not in _DEAD_CONTRACTS
        and (contract.starts_on or contract.signed_on or as_of) <= as_of
    ]
    if begun:
        newest = max(begun, key=lambda each: each.ends_on or date.max)
        origin = {"kind": "contract", "contract_id": newest.id}
        return _term(newest.ends_on, as_of), origin
    answer = next(iter(seen.get("COLL-01", ())), None)
    if answer is None:
        return "none", {}
    has_contract = bool(answer.inputs.get("has_contract"))
    status = _term(_day(answer.inputs, "expires_on"), as_of) if has_contract else "none"
    return status, origin_of_visit(answer)


def _term(ends_on: date | None, as_of: date) -> str:
    if ends_on is None:
        return "valid"
    if ends_on < as_of:
        return "expired"
    return "expiring" if ends_on - as_of <= _EXPIRING_DAYS else "valid"


def _offer_status(negotiations: Sequence[Negotiation], seen: Seen, as_of: date) -> tuple[str, dict[str, Any]]:
    running = [each for each in negotiations if each.state in _OFFER_STATUS]
    if running:
        newest = max(running, key=lambda each: (each.offered_on or date.min, each.id))
        status = _OFFER_STATUS[newest.state]
        due = newest.reply_due_on or (newest.offered_on + _REPLY_DAYS if newest.offered_on else as_of)
        if status == "pending" and due < as_of and newest.replied_on is None:
            status = "unanswered_over_20"
        return status, {"kind": "negotiation", "negotiation_id": newest.id}
    answer = next(iter(seen.get("COLL-04", ())), None)
    if answer is None or not answer.is_violated:
        return "none", {}
    if answer.inputs.get("refused_without_reason"):
        return "refused", origin_of_visit(answer)
    is_unanswered = _day(answer.inputs, "replied_on") is None
    return ("unanswered_over_20" if is_unanswered else "none"), origin_of_visit(answer)


def _day(inputs: Inputs, name: str) -> date | None:
    value = inputs.get(name)
    return value if isinstance(value, date) else None


def read_ledgers(
    enterprise_id: str, uow: UnitOfWork
) -> tuple[list[SharedFact], list[CollectiveContract], list[Negotiation]]:
    """Shared facts, contracts and negotiations of an enterprise."""
    return (
        uow.find(SharedFact, enterprise_id=enterprise_id),
        uow.find(CollectiveContract, enterprise_id=enterprise_id),
        uow.find(Negotiation, enterprise_id=enterprise_id),
    )
