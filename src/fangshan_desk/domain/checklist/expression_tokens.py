"""Cuts the text of an expression into numbers, words, quoted texts and symbols."""

import re
from dataclasses import dataclass
from enum import Enum

from fangshan_desk.domain.checklist.expression_errors import ExpressionTooLongError, MalformedExpressionError

MAX_LENGTH = 600
MAX_TOKENS = 200

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.]))
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<symbol>==|!=|<=|>=|[-+*/<>(),])""",
    re.VERBOSE,
)


class TokenKind(Enum):
    """What a piece of the text is."""

    NUMBER = "number"
    WORD = "word"
    TEXT = "text"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece with the place of its first character, counted from 1."""

    kind: TokenKind
    text: str
    position: int


def tokens_of(source: str) -> tuple[Token, ...]:
    """The pieces in order, closed by one END; an unknown character is a MalformedExpressionError."""
    if len(source) > MAX_LENGTH:
        raise ExpressionTooLongError(position=MAX_LENGTH + 1, source=source[:MAX_LENGTH])
    tokens: list[Token] = []
    start = 0
    while start < len(source):
        match = _TOKEN.match(source, start)
        if match is None or match.lastgroup is None:
            raise MalformedExpressionError(position=start + 1, source=source, found=source[start])
        if match.lastgroup != "space":
            tokens.append(Token(TokenKind(match.lastgroup), match.group(), start + 1))
        start = match.end()
    if len(tokens) > MAX_TOKENS:
        raise ExpressionTooLongError(position=tokens[MAX_TOKENS].position, source=source)
    return (*tokens, Token(TokenKind.END, "", len(source) + 1))
