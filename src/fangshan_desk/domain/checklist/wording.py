"""The sentences of findings and advice with the item's figures in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from fangshan_desk.domain.checklist.derived import RATIO_PERCENT, Inputs, Situation, inputs_behind
from fangshan_desk.domain.checklist.expression_nodes import Value
from fangshan_desk.domain.checklist.items import CheckItem, InputKind
from fangshan_desk.domain.checklist.parameters import Parameters
from fangshan_desk.domain.checklist.templates import fill, names_in

Text = Callable[..., str]

BLANK = "____"

# The share DISP-02 and RISK-01 measure against.
_LEGAL_SHARE_PERCENT = 10
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence; ``missing`` names the inputs and parameters for whose values blanks were left."""

    text: str
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it can be printed without blanks."""
        return not self.missing


def finding_wording(
    item: CheckItem, inputs: Inputs, *, visit_date: date, parameters: Parameters, text: Text
) -> Wording | None:
    """What was found at the enterprise; None for items that only collect data."""
    return _filled(item, item.finding, Situation(inputs, visit_date, parameters), text)


def advice_wording(
    item: CheckItem, inputs: Inputs, *, visit_date: date, parameters: Parameters, text: Text
) -> Wording | None:
    """What is asked of the enterprise; None for items that only collect data."""
    return _filled(item, item.advice, Situation(inputs, visit_date, parameters), text)


def input_words(item: CheckItem, name: str, inputs: Inputs, *, text: Text) -> str:
    """One input as letters write it, a blank where it is missing."""
    field = item.input_named(name)
    value = inputs.get(name)
    is_money = field is not None and field.kind is InputKind.MONEY
    return BLANK if value is None else _words(value, text, is_money=is_money)


def label_of(item: CheckItem, name: str, *, text: Text) -> str:
    """What the screen calls an input or parameter that is missing."""
    field = item.input_named(name)
    return field.label if field is not None else text(f"checklist-parameter-{name}")


def _filled(item: CheckItem, template: str | None, situation: Situation, text: Text) -> Wording | None:
    if template is None:
        return None
    words = {name: _words_of(item, name, situation, text) for name in names_in(template)}
    missing = [name for name, word in words.items() if word is None]
    sources = [source for name in missing for source in _sources(item, name, situation)]
    return Wording(fill(template, lambda name: words[name] or BLANK), tuple(dict.fromkeys(sources)))


def _sources(item: CheckItem, name: str, situation: Situation) -> tuple[str, ...]:
    inputs = inputs_behind(name, [field.name for field in item.inputs])
    missing = tuple(source for source in inputs if situation.inputs.get(source) is None)
    # A parameter stands for itself; a share of zero persons is missing though its figures are not.
    return missing or inputs or (name,)


def _words_of(item: CheckItem, name: str, situation: Situation, text: Text) -> str | None:
    value = situation.value(name)
    if value is None:
        return None
    if name == RATIO_PERCENT and isinstance(value, Fraction):
        return _share_words(value)
    return _words(value, text, is_money=_is_money(item, name, situation.parameters))


def _is_money(item: CheckItem, name: str, parameters: Parameters) -> bool:
    field = item.input_named(name)
    if field is not None:
        return field.kind is InputKind.MONEY
    return name in parameters.names and parameters.parameter(name).is_money


def _words(value: Value, text: Text, *, is_money: bool) -> str:
    if isinstance(value, bool):
        return text("checklist-yes") if value else text("checklist-no")
    if isinstance(value, date):
        return text("checklist-date", year=value.year, month=value.month, day=value.day)
    if isinstance(value, Decimal):
        return f"{value:.2f}" if is_money else _trimmed(value)
    return str(value)


def _trimmed(value: Decimal) -> str:
    # 36.50 hours are 36.5, and 40 must not become 4E+1.
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _share_words(share: Fraction) -> str:
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    rounded = _rounded(exact, decimals=1)
    decimals = 1
    # "10.0 %, more than 10 %" would contradict itself: show more decimals.
    while rounded == _LEGAL_SHARE_PERCENT != share and decimals < _MOST_DECIMALS:
        decimals += 1
        rounded = _rounded(exact, decimals=decimals)
    return f"{rounded:f}"


def _rounded(value: Decimal, *, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
