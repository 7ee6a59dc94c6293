"""Reads what a person typed, a program sent or the database kept into the typed inputs of an item."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from fangshan_desk.domain.checklist.derived import Inputs, InputValue
from fangshan_desk.domain.checklist.items import CheckInput, CheckItem, InputKind
from fangshan_desk.domain.errors import ExpectedError

MAX_NUMBER = 10**12
MAX_TEXT = 500
# WAGE-02 asks for the day of the month, not for a number of days.
DAY_OF_MONTH = "agreed_pay_day"

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
# Any separators: 2023-08-25, 2023/8/25, and the Chinese form with its three characters.
_DATE = re.compile(r"([0-9]{4})[^0-9]([0-9]{1,2})[^0-9]([0-9]{1,2})[^0-9]?")
_YEARS = range(1949, 2101)
_CENT = Decimal("0.01")
_MAX_DECIMALS = 6
_MAX_DIGITS = 40


class InvalidInputError(ExpectedError):
    """A field of an item cannot hold this: ``name``, ``label``, ``given``."""

    key = "checklist-input-invalid"

    def __init__(self, field: CheckInput, given: object = "", **values: object) -> None:
        super().__init__(name=field.name, label=field.label, given=_shown(given), **values)
        self.name = field.name


class NotANumberError(InvalidInputError):
    """Not a number."""

    key = "checklist-input-not-a-number"


class NotAWholeNumberError(InvalidInputError):
    """Persons, days and months are counted in whole numbers."""

    key = "checklist-input-not-whole"


class NegativeInputError(InvalidInputError):
    """Nothing that is asked can be less than zero."""

    key = "checklist-input-negative"


class TooGreatInputError(InvalidInputError):
    """Greater than anything that can be meant."""

    key = "checklist-input-too-great"


class NotAnAmountError(InvalidInputError):
    """Yuan have at most two decimals."""

    key = "checklist-input-not-an-amount"


class NotADateError(InvalidInputError):
    """No day of the calendar between 1949 and 2100."""

    key = "checklist-input-not-a-date"


class NotADayOfMonthError(InvalidInputError):
    """A day of the month lies between 1 and 31."""

    key = "checklist-input-not-a-day-of-month"


class NotYesOrNoError(InvalidInputError):
    """Neither yes nor no."""

    key = "checklist-input-not-yes-or-no"


class NotATextError(InvalidInputError):
    """Not a text, or one that is too long."""

    key = "checklist-input-not-a-text"


class PartExceedsWholeError(InvalidInputError):
    """A figure is greater than the one it is a part of: ``whole`` is its label, ``limit`` its value."""

    key = "checklist-input-part-exceeds-whole"


class UnknownInputError(ExpectedError):
    """The item has no such field: ``code``, ``name``."""

    key = "checklist-input-unknown"


def read_input(field: CheckInput, raw: object) -> InputValue | None:
    """The typed value of one field, None for an empty one, or an InvalidInputError."""
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFKC", raw).strip() if field.kind is not InputKind.TEXT else raw.strip()
    if raw is None or raw == "":
        return None
    return _READERS[field.kind](field, raw)


def read_inputs(item: CheckItem, raw: Mapping[str, object]) -> dict[str, InputValue | None]:
    """All given fields, checked one by one and against each other.

    A key with None says "asked, and there is none"; a field that was not asked has no key.
    """
    for name in raw:
        if item.input_named(name) is None:
            raise UnknownInputError(code=item.code, name=name)
    inputs = {field.name: read_input(field, raw[field.name]) for field in item.inputs if field.name in raw}
    check_parts(item, inputs)
    return inputs


def restore_inputs(item: CheckItem, stored: Mapping[str, object] | None) -> dict[str, InputValue | None]:
    """The inputs of a stored answer; what this edition does not know or cannot read counts as missing."""
    inputs: dict[str, InputValue | None] = {}
    for field in item.inputs:
        if stored is not None and field.name in stored:
            try:
                inputs[field.name] = read_input(field, stored[field.name])
            except InvalidInputError:
                continue
    return inputs


def plain_inputs(inputs: Inputs) -> dict[str, int | bool | str | None]:
    """The inputs as JSON can hold them: dates in ISO form, yuan and hours as texts, never floats."""
    return {name: _plain(value) for name, value in inputs.items()}


def check_parts(item: CheckItem, inputs: Inputs) -> None:
    """Refuse a part that is greater than its whole, where the checklist says "of which"."""
    for field in item.inputs:
        whole = item.input_named(field.whole) if field.whole else None
        if whole is None:
            continue
        part, limit = inputs.get(field.name), inputs.get(whole.name)
        if isinstance(part, int) and isinstance(limit, int) and part > limit:
            raise PartExceedsWholeError(field, part, whole=whole.label, limit=limit)


def fen_of(yuan: Decimal) -> int:
    """An amount of an input in fen, the unit of every stored amount."""
    return int(yuan.scaleb(2))


def _shown(given: object) -> str:
    # Python refuses to write out integers of thousands of digits.
    is_endless = isinstance(given, int) and abs(given) >= 10**_MAX_DIGITS
    return f">10^{_MAX_DIGITS}" if is_endless else str(given)[:_MAX_DIGITS]


def _plain(value: InputValue | None) -> int | bool | str | None:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _read_decimal(field: CheckInput, raw: object) -> Decimal:
    if isinstance(raw, str):
        value = _typed_number(field, raw)
    elif isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        # The shortest text of a float is what was meant.
        value = Decimal(str(raw)) if isinstance(raw, float) else Decimal(raw)
    else:
        raise NotANumberError(field, raw)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MAX_DECIMALS:
        raise NotANumberError(field, raw)
    if value < 0:
        raise NegativeInputError(field, raw)
    if value > MAX_NUMBER:
        raise TooGreatInputError(field, raw)
    return value


def _typed_number(field: CheckInput, raw: str) -> Decimal:
    # "18 persons" in a field of persons is plain enough.
    text = raw.removesuffix(field.unit or "").strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
        raise NotANumberError(field, raw)
    return Decimal(text)


def _read_integer(field: CheckInput, raw: object) -> int:
    value = _read_decimal(field, raw)
    if value != value.to_integral_value():
        raise NotAWholeNumberError(field, raw)
    if field.name == DAY_OF_MONTH and not 1 <= value <= 31:
        raise NotADayOfMonthError(field, raw)
    return int(value)


def _read_money(field: CheckInput, raw: object) -> Decimal:
    value = _read_decimal(field, raw)
    if value != value.quantize(_CENT):
        raise NotAnAmountError(field, raw)
    return value.quantize(_CENT)


def _read_date(field: CheckInput, raw: object) -> date:
    text = raw.isoformat()[:10] if isinstance(raw, date) else raw
    match = _DATE.fullmatch(text) if isinstance(text, str) else None
    if match is None or int(match.group(1)) not in _YEARS:
        raise NotADateError(field, raw)
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise NotADateError(field, raw) from None


def _read_boolean(field: CheckInput, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("true", "false"):
        return raw == "true"
    raise NotYesOrNoError(field, raw)


def _read_text(field: CheckInput, raw: object) -> str:
    # Pasted line breaks and tabs would tear the sentence of a letter.
    text = " ".join(raw.split()) if isinstance(raw, str) else ""
    if not text or len(text) > MAX_TEXT or any(unicodedata.category(letter)[0] == "C" for letter in text):
        raise NotATextError(field, max_length=MAX_TEXT)
    return text


_READERS: Mapping[InputKind, Callable[[CheckInput, object], InputValue]] = {
    InputKind.INTEGER: _read_integer,
    InputKind.NUMBER: _read_decimal,
    InputKind.MONEY: _read_money,
    InputKind.DATE: _read_date,
    InputKind.BOOLEAN: _read_boolean,
    InputKind.TEXT: _read_text,
}
