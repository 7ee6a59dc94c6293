"""Values that conditions and sentences name but nobody enters: the day, a share, a limit, parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fangshan_desk.domain.checklist.expression_nodes import Value, ValueKind
from fangshan_desk.domain.checklist.parameters import Parameters

InputValue = int | Decimal | bool | date | str
Inputs = Mapping[str, InputValue | None]

AS_OF_DATE = "as_of_date"
RATIO_PERCENT = "ratio_percent"
LIMIT = "limit"

# Part and the inputs that add up to the whole: notes of DISP-02 and the finding of RISK-01.
_SHARES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dispatched", ("dispatched", "contracted")),
    ("planned", ("headcount",)),
)
_WAGE_AGREEMENT = "is_wage_agreement"


@dataclass(frozen=True, slots=True)
class Situation:
    """What an item is judged and worded with: its inputs, the day of the visit, the parameters."""

    inputs: Inputs
    visit_date: date
    parameters: Parameters

    def value(self, name: str) -> Value:
        """The input, derived value or parameter of this name; None while it is missing."""
        if name in self.inputs:
            return self.inputs[name]
        if name == AS_OF_DATE:
            return self.visit_date
        if name == RATIO_PERCENT:
            return _share_percent(self.inputs)
        if name == LIMIT:
            return _filing_limit(self)
        # An input nobody filled is no parameter and simply missing.
        return self.parameters.value_on(name, self.visit_date) if name in self.parameters.names else None

    def values(self, names: Iterable[str]) -> dict[str, Value]:
        """The values of several names."""
        return {name: self.value(name) for name in names}


def derived_kinds(input_names: Iterable[str], parameters: Parameters) -> dict[str, ValueKind]:
    """The names an item with these inputs may use besides them."""
    names = set(input_names)
    kinds = dict.fromkeys(parameters.names, ValueKind.NUMBER)
    kinds[AS_OF_DATE] = ValueKind.DATE
    if _share_of(names) is not None:
        kinds[RATIO_PERCENT] = ValueKind.NUMBER
    if _WAGE_AGREEMENT in names:
        kinds[LIMIT] = ValueKind.NUMBER
    return kinds


def inputs_behind(name: str, input_names: Iterable[str]) -> tuple[str, ...]:
    """The inputs a name is made from: itself, or those of a derived value; none for parameters."""
    names = set(input_names)
    if name in names:
        return (name,)
    if name == LIMIT:
        return (_WAGE_AGREEMENT,)
    share = _share_of(names) if name == RATIO_PERCENT else None
    return () if share is None else tuple(dict.fromkeys((share[0], *share[1])))


def _share_of(names: Iterable[str]) -> tuple[str, tuple[str, ...]] | None:
    given = set(names)
    return next((share for share in _SHARES if {share[0], *share[1]} <= given), None)


def _share_percent(inputs: Inputs) -> Fraction | None:
    share = _share_of(inputs)
    if share is None:
        return None
    part = inputs[share[0]]
    wholes = [inputs[name] for name in share[1]]
    if not isinstance(part, int) or not all(isinstance(whole, int) for whole in wholes):
        return None
    whole = sum(int(value) for value in wholes if isinstance(value, int))
    return Fraction(100 * part, whole) if whole else None


def _filing_limit(situation: Situation) -> Decimal | None:
    # Wage agreements: 工资集体协商试行办法 §21; all others: 集体合同规定 §42.
    is_wage_agreement = situation.inputs.get(_WAGE_AGREEMENT)
    if not isinstance(is_wage_agreement, bool):
        return None
    name = "wage_agreement_filing_days" if is_wage_agreement else "collective_contract_filing_days"
    return situation.parameters.value_on(name, situation.visit_date)
