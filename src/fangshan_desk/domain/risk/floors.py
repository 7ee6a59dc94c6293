"""Conditions that fix a minimum level whatever the score says (一票定级)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fangshan_desk.domain.risk.case import OfferStatus, RiskCase
from fangshan_desk.domain.risk.components import share
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.risk.parameters import FLOORS, FloorParameters

# Values of the sentence when the floor fires, else None.
_Fired = Mapping[str, str] | None
_Rule = Callable[[RiskCase, FloorParameters], _Fired]


@dataclass(frozen=True)
class Floor:
    """A floor that fired; ``source`` is where it is known from."""

    code: str
    level: RiskLevel
    values: Mapping[str, str]
    source: str


def floors(case: RiskCase, model: FloorParameters) -> tuple[Floor, ...]:
    """Every floor that fires, in the order of the table; a missing source fires none."""
    fired = []
    for code in FLOORS:
        rule, source = _RULES[code]
        values = rule(case, model)
        if values is not None:
            fired.append(Floor(code, model.levels[code], values, source))
    return tuple(fired)


def _if(holds: bool, **values: object) -> _Fired:
    return {name: str(value) for name, value in values.items()} if holds else None


def _overdue_days(case: RiskCase) -> int:
    return case.wage.overdue_days if case.wage else 0


def _owed_months(case: RiskCase) -> int:
    return case.social_insurance.owed_months if case.social_insurance else 0


def _red_arrears(case: RiskCase, model: FloorParameters) -> _Fired:
    days = _overdue_days(case)
    return _if(days >= model.overdue_red, days=days)


def _orange_arrears(case: RiskCase, model: FloorParameters) -> _Fired:
    days = _overdue_days(case)
    return _if(model.overdue_orange <= days < model.overdue_red, days=days)


def _yellow_arrears(case: RiskCase, model: FloorParameters) -> _Fired:
    days = _overdue_days(case)
    return _if(model.overdue_yellow <= days < model.overdue_orange, days=days)


def _persons(case: RiskCase) -> int:
    return max(case.signals.stoppage_persons, case.signals.collective_demand_persons)


def _collective(case: RiskCase, model: FloorParameters) -> _Fired:
    persons = _persons(case)
    return _if(persons >= model.collective_persons, persons=persons)


def _few_persons(case: RiskCase, model: FloorParameters) -> _Fired:
    persons = _persons(case)
    return _if(0 < persons < model.collective_persons, persons=persons)


def _is_layoff(case: RiskCase, model: FloorParameters) -> bool:
    planned = case.signals.layoff_planned
    reaches = planned >= model.layoff_persons or share(planned, case.headcount) >= model.layoff_ratio
    return planned > 0 and reaches


def _layoff(case: RiskCase, model: FloorParameters) -> _Fired:
    is_open = not case.signals.layoff_procedure_done
    return _if(_is_layoff(case, model) and is_open, persons=case.signals.layoff_planned)


def _layoff_in_order(case: RiskCase, model: FloorParameters) -> _Fired:
    is_done = case.signals.layoff_procedure_done
    return _if(_is_layoff(case, model) and is_done, persons=case.signals.layoff_planned)


def _restructuring(case: RiskCase, _model: FloorParameters) -> _Fired:
    owes = _overdue_days(case) > 0 or _owed_months(case) > 0
    return _if(case.signals.restructuring and (owes or not case.signals.settlement_plan))


def _indicators_agree(case: RiskCase, model: FloorParameters) -> _Fired:
    loan = case.loan
    is_credit_bad = loan is not None and (loan.overdue_days >= model.loan_overdue_days or loan.frozen)
    tax_months = case.tax.arrears_months if case.tax else 0
    owes = tax_months >= model.with_tax_arrears_months or _owed_months(case) >= model.with_owed_months
    return _if(is_credit_bad and owes)


def _stopped(case: RiskCase, model: FloorParameters) -> _Fired:
    days = case.signals.production_stopped_days
    return _if(days >= model.production_stopped_days, days=days)


def _owed(case: RiskCase, model: FloorParameters) -> _Fired:
    months = _owed_months(case)
    return _if(months >= model.owed_months, months=months)


def _overdue_items(case: RiskCase, _model: FloorParameters) -> _Fired:
    count = sum(item.overdue for item in case.findings or ())
    return _if(count > 0, count=count)


def _offer(case: RiskCase, _model: FloorParameters) -> _Fired:
    status = case.negotiation.offer_status if case.negotiation else None
    blocked = (OfferStatus.REFUSED, OfferStatus.UNANSWERED_OVER_20)
    return _if(status in blocked, offer=status)


_RULES: Mapping[str, tuple[_Rule, str]] = {
    "F1": (_red_arrears, "wage"),
    "F2": (lambda case, _model: _if(case.signals.flight), "visit"),
    "F3": (_collective, "visit"),
    "F4": (lambda case, _model: _if(case.signals.child_labour), "visit"),
    "F5": (lambda case, _model: _if(case.signals.payment_order_expired), "visit"),
    "O1": (_orange_arrears, "wage"),
    "O2": (_layoff, "visit"),
    "O3": (_restructuring, "visit"),
    "O4": (_few_persons, "visit"),
    "O5": (lambda case, _model: _if(case.signals.refused_rectification), "visit"),
    "O6": (_indicators_agree, "loan"),
    "Y1": (_yellow_arrears, "wage"),
    "Y2": (_stopped, "visit"),
    "Y3": (_owed, "social_insurance"),
    "Y4": (_overdue_items, "visit"),
    "Y5": (_offer, "negotiation"),
    "Y6": (_layoff_in_order, "visit"),
}
