"""The condition under which a check item is violated: parsed once, evaluated as often as an input changes.

Loosest first: ``or``, ``and``, ``not``, one comparison, ``+ -``, ``* /``, a sign, and then a number,
quoted text, name, ``true false null``, parentheses or a day-counting function.
Comparisons do not chain. Kinds are checked while parsing, so evaluating never fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fangshan_desk.domain.checklist.expression_errors import (
    ExpressionError,
    ExpressionTooLongError,
    MalformedExpressionError,
    UnknownNameError,
    WrongKindError,
)
from fangshan_desk.domain.checklist.expression_nodes import (
    Arithmetic,
    Comparison,
    DayCount,
    Facts,
    Inverse,
    Junction,
    Literal,
    Name,
    Negative,
    Node,
    NullTest,
    Value,
    ValueKind,
)
from fangshan_desk.domain.checklist.expression_tokens import Token, TokenKind, tokens_of

MAX_DEPTH = 20

_ORDERED = ("<", "<=", ">", ">=")
_EQUAL = ("==", "!=")
_CONSTANTS: Mapping[str, tuple[Value, ValueKind]] = {
    "true": (True, ValueKind.BOOLEAN),
    "false": (False, ValueKind.BOOLEAN),
    "null": (None, ValueKind.NULL),
}
_FUNCTIONS: Mapping[str, int] = {"days_until": 1, "days_since": 1, "days_between": 2}
_RESERVED = frozenset({"and", "or", "not", *_CONSTANTS, *_FUNCTIONS})


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed condition; ``names`` are the inputs, parameters and derived values it reads."""

    source: str
    root: Node
    names: frozenset[str]

    def evaluate(self, values: Mapping[str, Value], visit_date: date) -> bool | None:
        """Whether the condition holds; None while a needed value is missing."""
        result = self.root.evaluate(Facts(values, visit_date))
        return result if isinstance(result, bool) else None

    @property
    def is_threshold(self) -> bool:
        """Whether it only asks if some figure exceeds a number, so that "nothing found" denies it."""
        parts = self.root.operands if isinstance(self.root, Junction) and self.root.deciding else (self.root,)
        return all(_exceeds_number(part) for part in parts)


def compile_expression(source: str, kinds: Mapping[str, ValueKind]) -> Expression:
    """Parse a condition over the names of ``kinds``, or raise an ExpressionError with the position."""
    parser = _Parser(source, kinds)
    return Expression(source, parser.parse(), frozenset(parser.names))


def _exceeds_number(node: Node) -> bool:
    return (
        isinstance(node, Comparison)
        and node.symbol == ">"
        and isinstance(node.left, Name)
        and isinstance(node.right, Literal)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    node: Node
    kind: ValueKind
    position: int


class _Parser:
    """Recursive descent; one method per level of the grammar."""

    def __init__(self, source: str, kinds: Mapping[str, ValueKind]) -> None:
        self.names: set[str] = set()
        self._source = source
        self._kinds = kinds
        self._tokens = tokens_of(source)
        self._index = 0
        self._depth = 0

    def parse(self) -> Node:
        part = self._either()
        if self._token.kind is not TokenKind.END:
            raise self._malformed()
        self._demand(part, ValueKind.BOOLEAN)
        return part.node

    @property
    def _token(self) -> Token:
        return self._tokens[self._index]

    def _take(self) -> Token:
        token = self._token
        self._index += 1
        return token

    def _take_if(self, *texts: str) -> Token | None:
        # Quoted text carries its quotes, so it never equals a word or symbol.
        return self._take() if self._token.text in texts else None

    def _take_symbol(self, symbol: str) -> None:
        if self._take_if(symbol) is None:
            raise self._malformed()

    def _malformed(self) -> ExpressionError:
        return MalformedExpressionError(
            position=self._token.position, source=self._source, found=self._token.text
        )

    def _wrong_kind(self, position: int) -> ExpressionError:
        return WrongKindError(position=position, source=self._source)

    def _demand(self, part: _Part, kind: ValueKind) -> None:
        if part.kind is not kind:
            raise self._wrong_kind(part.position)

    def _either(self) -> _Part:
        return self._junction("or", self._both, deciding=True)

    def _both(self) -> _Part:
        return self._junction("and", self._inverse, deciding=False)

    def _junction(self, word: str, operand: Callable[[], _Part], *, deciding: bool) -> _Part:
        parts = [operand()]
        while self._take_if(word):
            parts.append(operand())
        if len(parts) == 1:
            return parts[0]
        for part in parts:
            self._demand(part, ValueKind.BOOLEAN)
        node = Junction(deciding, tuple(part.node for part in parts))
        return _Part(node, ValueKind.BOOLEAN, parts[0].position)

    def _inverse(self) -> _Part:
        token = self._take_if("not")
        if token is None:
            return self._comparison()
        part = self._nested(self._inverse)
        self._demand(part, ValueKind.BOOLEAN)
        return _Part(Inverse(part.node), ValueKind.BOOLEAN, token.position)

    def _comparison(self) -> _Part:
        left = self._sum()
        token = self._take_if(*_EQUAL, *_ORDERED)
        if token is None:
            return left
        right = self._sum()
        return _Part(self._compared(token, left, right), ValueKind.BOOLEAN, left.position)

    def _compared(self, token: Token, left: _Part, right: _Part) -> Node:
        if token.text in _EQUAL and ValueKind.NULL in (left.kind, right.kind):
            operand = left if right.kind is ValueKind.NULL else right
            return NullTest(operand.node, is_null=token.text == "==")
        self._demand(right, left.kind)
        if token.text in _ORDERED and left.kind not in (ValueKind.NUMBER, ValueKind.DATE):
            raise self._wrong_kind(token.position)
        return Comparison(token.text, left.node, right.node)

    def _sum(self) -> _Part:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> _Part:
        return self._chain(("*", "/"), self._signed)

    def _chain(self, symbols: tuple[str, ...], operand: Callable[[], _Part]) -> _Part:
        left = operand()
        while token := self._take_if(*symbols):
            right = operand()
            self._demand(left, ValueKind.NUMBER)
            self._demand(right, ValueKind.NUMBER)
            left = _Part(Arithmetic(token.text, left.node, right.node), ValueKind.NUMBER, left.position)
        return left

    def _signed(self) -> _Part:
        token = self._take_if("-")
        if token is None:
            return self._primary()
        part = self._nested(self._signed)
        self._demand(part, ValueKind.NUMBER)
        return _Part(Negative(part.node), ValueKind.NUMBER, token.position)

    def _primary(self) -> _Part:
        token = self._token
        if token.text == "(":
            return self._parenthesised()
        if token.kind is TokenKind.NUMBER:
            return _Part(Literal(_number(self._take().text)), ValueKind.NUMBER, token.position)
        if token.kind is TokenKind.TEXT:
            return _Part(Literal(self._take().text[1:-1]), ValueKind.TEXT, token.position)
        if token.kind is TokenKind.WORD:
            return self._word()
        raise self._malformed()

    def _parenthesised(self) -> _Part:
        self._take_symbol("(")
        part = self._nested(self._either)
        self._take_symbol(")")
        return part

    def _word(self) -> _Part:
        token = self._token
        if token.text in _CONSTANTS:
            value, kind = _CONSTANTS[self._take().text]
            return _Part(Literal(value), kind, token.position)
        if token.text in _FUNCTIONS:
            return self._day_count()
        if token.text in _RESERVED:
            raise self._malformed()
        if token.text not in self._kinds:
            raise UnknownNameError(position=token.position, source=self._source, found=token.text)
        self.names.add(self._take().text)
        return _Part(Name(token.text), self._kinds[token.text], token.position)

    def _day_count(self) -> _Part:
        function = self._take()
        self._take_symbol("(")
        dates = [self._date()]
        while len(dates) < _FUNCTIONS[function.text]:
            self._take_symbol(",")
            dates.append(self._date())
        self._take_symbol(")")
        first = None if function.text == "days_until" else dates[0]
        last = None if function.text == "days_since" else dates[-1]
        return _Part(DayCount(first, last), ValueKind.NUMBER, function.position)

    def _date(self) -> Node:
        part = self._nested(self._either)
        self._demand(part, ValueKind.DATE)
        return part.node

    def _nested(self, inner: Callable[[], _Part]) -> _Part:
        if self._depth == MAX_DEPTH:
            raise ExpressionTooLongError(position=self._token.position, source=self._source)
        self._depth += 1
        part = inner()
        self._depth -= 1
        return part


def _number(text: str) -> int | Fraction:
    return Fraction(text) if "." in text else int(text)
