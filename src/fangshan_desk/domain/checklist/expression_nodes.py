"""What an expression is made of; every node evaluates to a value or to None for "undetermined"."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Protocol

Value = int | Fraction | Decimal | bool | date | str | None


class ValueKind(Enum):
    """What a name or a part of an expression stands for."""

    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    TEXT = "text"
    NULL = "null"


@dataclass(frozen=True, slots=True)
class Facts:
    """The values an expression is evaluated with; a name that is absent or None is missing."""

    values: Mapping[str, Value]
    visit_date: date


class Node(Protocol):
    """A part of a parsed expression."""

    def evaluate(self, facts: Facts) -> Value:
        """The value, or None when a missing input or a division by zero leaves it open."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant of the text."""

    value: Value

    def evaluate(self, facts: Facts) -> Value:
        """The constant."""
        return self.value


@dataclass(frozen=True, slots=True)
class Name:
    """An input, parameter or derived value."""

    name: str

    def evaluate(self, facts: Facts) -> Value:
        """The value of the name; amounts become fractions, which never round."""
        value = facts.values.get(self.name)
        return Fraction(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign turned."""

    operand: Node

    def evaluate(self, facts: Facts) -> Value:
        """The negative number."""
        value = self.operand.evaluate(facts)
        return None if value is None else -value  # type: ignore[operator]  # the parser admits numbers only


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, difference, product or quotient."""

    symbol: str
    left: Node
    right: Node

    def evaluate(self, facts: Facts) -> Value:
        """The result; dividing by zero has none."""
        left, right = self.left.evaluate(facts), self.right.evaluate(facts)
        if left is None or right is None or (self.symbol == "/" and right == 0):
            return None
        return _ARITHMETIC[self.symbol](left, right)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of one kind set against each other."""

    symbol: str
    left: Node
    right: Node

    def evaluate(self, facts: Facts) -> bool | None:
        """Whether the comparison holds; open when a side is missing."""
        left, right = self.left.evaluate(facts), self.right.evaluate(facts)
        if left is None or right is None:
            return None
        return _COMPARISONS[self.symbol](left, right)


@dataclass(frozen=True, slots=True)
class NullTest:
    """The one question a missing value answers: ``x == null`` or ``x != null``."""

    operand: Node
    is_null: bool

    def evaluate(self, facts: Facts) -> bool:
        """Whether the operand is missing (or, for ``!=``, is not)."""
        return (self.operand.evaluate(facts) is None) is self.is_null


@dataclass(frozen=True, slots=True)
class DayCount:
    """Calendar days from one date to another; the first day is not counted."""

    first: Node | None
    last: Node | None

    def evaluate(self, facts: Facts) -> int | None:
        """Days between the dates; a side left out is the day of the visit."""
        first = self.first.evaluate(facts) if self.first else facts.visit_date
        last = self.last.evaluate(facts) if self.last else facts.visit_date
        if isinstance(first, date) and isinstance(last, date):
            return (last - first).days
        return None


@dataclass(frozen=True, slots=True)
class Inverse:
    """``not``; what is undetermined stays undetermined."""

    operand: Node

    def evaluate(self, facts: Facts) -> bool | None:
        """The opposite answer."""
        value = self.operand.evaluate(facts)
        return None if value is None else not value


@dataclass(frozen=True, slots=True)
class Junction:
    """``or`` (decided by one True) and ``and`` (decided by one False) over two or more operands.

    Kleene's logic: an operand that already decides makes the missing one needless. The header of
    checklist.yaml leaves open only what lacks a *needed* input, and COLL-03, COLL-04 and COLL-07
    could never be determined otherwise: ``x == null or days_until(x) <= 60``.
    A determined result is therefore the same whatever the missing value would have been.
    """

    deciding: bool
    operands: tuple[Node, ...]

    def evaluate(self, facts: Facts) -> bool | None:
        """The deciding answer if any operand gives it, else open if any is open."""
        is_open = False
        for operand in self.operands:
            value = operand.evaluate(facts)
            if value is self.deciding:
                return self.deciding
            is_open = is_open or value is None
        return None if is_open else not self.deciding


def _divide(left: Fraction, right: Fraction) -> Fraction:
    return Fraction(left) / right


_ARITHMETIC: Mapping[str, Callable[..., Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
}
_COMPARISONS: Mapping[str, Callable[..., bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
