"""Points of the seven components A, B, C1 to C4 and D, each with the facts that gave them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fangshan_desk.domain.raw_fields import InvalidInputError
from fangshan_desk.domain.risk.case import (
    ContractStatus,
    FindingFacts,
    LoanFacts,
    LogisticsFacts,
    NegotiationFacts,
    RiskCase,
    SocialInsuranceFacts,
    TaxFacts,
    WageFacts,
)
from fangshan_desk.domain.risk.parameters import (
    FindingParameters,
    LoanParameters,
    LogisticsParameters,
    ModelParameters,
    NegotiationParameters,
    SocialInsuranceParameters,
    TaxParameters,
    WageParameters,
)

# No status word of the case, so that a contract status "none" stays a word.
ABSENT = "absent"


@dataclass(frozen=True)
class Component:
    """Points of one component; ``key`` and ``values`` give its sentence."""

    points: int
    key: str
    values: Mapping[str, str]


def components(case: RiskCase, model: ModelParameters) -> dict[str, Component | None]:
    """All components in order; None where the source is missing, which is never zero."""
    found = {
        "A": None if case.wage is None else _wage(case.wage, case.headcount, model.wage),
        "B": None if case.findings is None else _findings(case.findings, model.findings),
        "C1": None if case.tax is None else _tax(case.tax, model.tax, is_new=case.new_enterprise),
        "C2": None
        if case.social_insurance is None
        else _insurance(case.social_insurance, model.social_insurance),
        "C3": None if case.loan is None else _loan(case.loan, model.loan),
        "C4": None if case.logistics is None else _logistics(case, case.logistics, model.logistics),
        "D": None if case.negotiation is None else _negotiation(case, case.negotiation, model.negotiation),
    }
    return {name: _capped(component, model.maxima[name]) for name, component in found.items()}


def share(part: int, headcount: int | None) -> float:
    """Part of the staff; an unknown headcount counts as everybody."""
    return part / headcount if headcount else 1.0


def percent(change: float) -> str:
    """0.35 as ``35``, 0.125 as ``12.5``."""
    return f"{abs(change) * 100:.1f}".removesuffix(".0")


def yuan(amount: float) -> str:
    """Yuan without needless decimals."""
    return f"{amount:.2f}".removesuffix(".00")


def _capped(component: Component | None, most: int) -> Component | None:
    if component is None or component.points <= most:
        return component
    return Component(most, component.key, component.values)


def _wage(wage: WageFacts, headcount: int | None, model: WageParameters) -> Component:
    if wage.overdue_days == 0:
        return _without_arrears(wage, model)
    is_alert = _reaches_alert_line(wage, model)
    points = model.overdue_days.points(wage.overdue_days) + (model.alert_points if is_alert else 0)
    if not headcount or wage.unpaid_workers is not None:
        points += model.affected_ratio.points(share(wage.unpaid_workers or 0, headcount))
    values = {
        "days": str(wage.overdue_days),
        "workers": ABSENT if wage.unpaid_workers is None else str(wage.unpaid_workers),
        "amount": ABSENT if wage.unpaid_amount is None else yuan(wage.unpaid_amount),
        "alert": "yes" if is_alert else "no",
    }
    return Component(points, "risk-reason-A-overdue", values)


def _without_arrears(wage: WageFacts, model: WageParameters) -> Component:
    if wage.arrears_in_12_months:
        return Component(model.arrears_in_12_months, "risk-reason-A-cleared", {})
    if wage.deferred_by_agreement:
        return Component(model.deferred_by_agreement, "risk-reason-A-deferred", {})
    return Component(0, "risk-reason-A-overdue", {})


def _reaches_alert_line(wage: WageFacts, model: WageParameters) -> bool:
    together = (wage.unpaid_workers or 0) >= model.alert_workers and (
        wage.unpaid_amount or 0
    ) >= model.alert_amount
    one_worker = (wage.max_months_one_worker or 0) >= model.alert_months_one_worker and (
        wage.max_amount_one_worker or 0
    ) >= model.alert_amount_one_worker
    return together or one_worker


def _findings(findings: Iterable[FindingFacts], model: FindingParameters) -> Component:
    scored = [
        item
        for item in findings
        if item.kind == model.scored_kind and item.code not in model.counted_elsewhere
    ]
    late = [item for item in scored if item.overdue]
    points = sum(model.severity[item.severity] for item in scored)
    points += sum(model.severity[item.severity] * (model.overdue_factor - 1) for item in late)
    return Component(
        points, "risk-reason-B", {"count": str(len(scored)), "overdue": str(len(late)) if late else ABSENT}
    )


def _tax(tax: TaxFacts, model: TaxParameters, *, is_new: bool) -> Component:
    arrears = model.arrears_months.points(tax.arrears_months)
    # New enterprises file zero for months without anything being wrong.
    zero = 0 if is_new else model.zero_filing_months.points(tax.zero_filing_months)
    drop = model.sales_drop.drop_points(tax.sales_yoy)
    both = model.combined_points if arrears and drop >= model.combined_drop_points else 0
    points = model.abnormal if tax.abnormal else max(arrears, zero, drop) + both
    values = _joined(
        abnormal="yes" if tax.abnormal else ABSENT,
        arrears=str(tax.arrears_months) if arrears else ABSENT,
        zero=str(tax.zero_filing_months) if zero else ABSENT,
        drop=percent(tax.sales_yoy) if drop and tax.sales_yoy is not None else ABSENT,
    )
    return Component(points, "risk-reason-C1", values)


def _insurance(facts: SocialInsuranceFacts, model: SocialInsuranceParameters) -> Component:
    owed = model.owed_months.points(facts.owed_months)
    unregistered = model.unregistered if facts.unregistered else 0
    change = facts.insured_change_6m
    drop = model.insured_drop.drop_points(change)
    both = model.combined_points if owed and drop >= model.combined_drop_points else 0
    values = _joined(
        owed=str(facts.owed_months) if owed else ABSENT,
        unregistered="yes" if unregistered else ABSENT,
        drop=percent(change) if drop and change is not None else ABSENT,
    )
    return Component(max(owed, unregistered, drop) + both, "risk-reason-C2", values)


def _loan(loan: LoanFacts, model: LoanParameters) -> Component:
    if loan.classification and loan.classification not in model.classification:
        raise InvalidInputError("loan.classification", "unknown-choice")
    overdue = model.overdue_days.points(loan.overdue_days)
    class_points = model.classification.get(loan.classification, 0)
    frozen = model.frozen if loan.frozen else 0
    values = _joined(
        overdue=str(loan.overdue_days) if overdue else ABSENT,
        classification=loan.classification if class_points else ABSENT,
        frozen="yes" if frozen else ABSENT,
    )
    return Component(max(overdue, class_points, frozen), "risk-reason-C3", values)


def _logistics(case: RiskCase, logistics: LogisticsFacts, model: LogisticsParameters) -> Component:
    if model.is_winter_stop(case.categories, case.as_of):
        return Component(0, "risk-reason-C4-winter", {})
    changes = [change for change in (logistics.volume_yoy, logistics.power_yoy) if change is not None]
    worst = min(changes, default=None)
    drop = model.drop.drop_points(worst)
    values = _joined(
        stopped="yes" if logistics.stopped else ABSENT,
        drop=percent(worst) if drop and worst is not None else ABSENT,
    )
    return Component(max(model.stopped if logistics.stopped else 0, drop), "risk-reason-C4", values)


def _negotiation(case: RiskCase, facts: NegotiationFacts, model: NegotiationParameters) -> Component:
    offer = model.offer[facts.offer_status] if facts.offer_status else 0
    contract = model.contract[facts.contract_status] if facts.contract_status else 0
    is_without = facts.contract_status is ContractStatus.NONE and facts.union is False
    if is_without and (case.headcount or 0) >= model.no_contract_headcount:
        contract = model.no_contract_points
    values = _joined(
        offer=facts.offer_status.value if offer and facts.offer_status else ABSENT,
        contract=facts.contract_status.value if contract and facts.contract_status else ABSENT,
    )
    return Component(max(offer, contract), "risk-reason-D", values)


def _joined(**parts: str) -> Mapping[str, str]:
    """The parts of a sentence; ``…-comma`` says whether a comma stands before the part."""
    values: dict[str, str] = {}
    is_first = True
    for name, value in parts.items():
        is_present = value != ABSENT
        values[name] = value
        values[f"{name}-comma"] = "yes" if is_present and not is_first else "no"
        is_first = is_first and not is_present
    return values
