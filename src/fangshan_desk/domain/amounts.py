"""Money as whole fen, as people write it, and in capital numerals."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.raw_fields import RawFields

FEN_PER_YUAN = 100
_PLAIN = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[+-]?\.\d+")
_MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-"})


class AmountNotUnderstoodError(ExpectedError):
    """A text is no amount of money: ``text``."""

    key = "amount-not-understood"


class AmountUnitConflictError(ExpectedError):
    """The cell and the heading both name a multiple of yuan: ``text``."""

    key = "amount-unit-conflict"


class AmountTooLargeError(ExpectedError):
    """More than capital numerals can say here: ``text``."""

    key = "amount-too-large"


@dataclass(frozen=True)
class CapitalNumerals:
    """Characters of amounts on cheques and forms."""

    digits: str
    places: tuple[str, ...]
    sections: tuple[str, ...]
    yuan: str
    jiao: str
    fen: str
    whole: str
    minus: str


@dataclass(frozen=True)
class AmountWords:
    """How people write amounts: multiples, the currency's name, and words for “no data”."""

    capital: CapitalNumerals
    multipliers: Mapping[str, int]
    currency: tuple[str, ...]
    blanks: frozenset[str]

    @classmethod
    def from_mapping(cls, raw: object) -> "AmountWords":
        """The parsed table, or InvalidInputError naming the key."""
        fields = RawFields(raw)
        fields.whole("schema_version")
        multipliers = fields.inner("multipliers")
        words = cls(
            capital=_capital(fields.inner("capital")),
            multipliers=MappingProxyType({name: multipliers.whole(name) for name in multipliers.names()}),
            currency=fields.texts("currency"),
            blanks=frozenset(map(_narrow, fields.texts("blanks"))),
        )
        fields.done()
        return words


def yuan_text(fen: int, *, is_grouped: bool = False) -> str:
    """``9000000`` fen as ``90000.00``, grouped as ``90,000.00``."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:{',' if is_grouped else ''}}.{rest:02}"


def fen_from_yuan(yuan: Decimal | int) -> int:
    """Whole fen; half a fen is rounded up."""
    return int((Decimal(yuan) * FEN_PER_YUAN).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def yuan_decimal(fen: int) -> Decimal:
    """Yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def parse_amount(text: str, *, words: AmountWords, unit: int = 1) -> int | None:
    """Fen of an amount as people write it, None for a blank or “no data”, which is not zero.

    ``unit`` is the multiple of yuan a heading names (10 000). A cell that names one too is asked about.
    """
    written = _narrow(text)
    if written in words.blanks or not written:
        return None
    number = written.translate(_MINUS_SIGNS)
    for word in words.currency:
        number = number.removeprefix(word).removesuffix(word)
    multiple = next((word for word in words.multipliers if number.endswith(word)), "")
    if multiple and unit != 1:
        raise AmountUnitConflictError(text=text.strip())
    number = number.removesuffix(multiple)
    if not _PLAIN.fullmatch(number):
        raise AmountNotUnderstoodError(text=text.strip())
    return fen_from_yuan(Decimal(number.replace(",", "")) * words.multipliers.get(multiple, unit))


def capital_amount(fen: int, *, words: AmountWords) -> str:
    """The amount in capital numerals: 160000 fen is one thousand six hundred yuan “whole”.

    《正确填写票据和结算凭证的基本规定》: “整” after yuan or jiao, never after fen; “零” for a gap.
    """
    capital = words.capital
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    if yuan >= 10 ** (len(capital.places) * len(capital.sections)):
        raise AmountTooLargeError(text=yuan_text(fen))
    jiao, last = divmod(rest, 10)
    spoken = _whole_number(yuan, capital) + capital.yuan if yuan or not rest else ""
    if jiao:
        spoken += capital.digits[jiao] + capital.jiao
    elif last and yuan:
        spoken += capital.digits[0]
    spoken += capital.digits[last] + capital.fen if last else capital.whole
    return capital.minus * (fen < 0) + spoken


def _whole_number(number: int, capital: CapitalNumerals) -> str:
    if number == 0:
        return capital.digits[0]
    spoken, has_gap, is_section_said = "", False, False
    digits = str(number)
    for at, digit in zip(range(len(digits) - 1, -1, -1), map(int, digits), strict=True):
        section, place = divmod(at, len(capital.places))
        if digit:
            gap = capital.digits[0] if has_gap else ""
            spoken += gap + capital.digits[digit] + capital.places[place]
            is_section_said = True
        has_gap = not digit
        if place == 0 and is_section_said:
            spoken += capital.sections[section]
            is_section_said = False
    return spoken


def _capital(row: RawFields) -> CapitalNumerals:
    capital = CapitalNumerals(
        digits=row.text("digits"),
        places=row.texts("places"),
        sections=row.texts("sections"),
        yuan=row.text("yuan"),
        jiao=row.text("jiao"),
        fen=row.text("fen"),
        whole=row.text("whole"),
        minus=row.text("minus"),
    )
    row.done()
    return capital


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
