"""What can be wrong with the text of an expression; every error names the character it was noticed at."""

from fangshan_desk.domain.errors import ExpectedError


class ExpressionError(ExpectedError):
    """The expression cannot be used; ``position`` counts characters from 1, ``source`` is the text."""

    key = "checklist-expression-broken"

    def __init__(self, *, position: int, source: str, found: str = "") -> None:
        super().__init__(position=position, source=source, found=found)
        self.position = position


class MalformedExpressionError(ExpressionError):
    """A character or word stands where the grammar does not allow it."""

    key = "checklist-expression-malformed"


class UnknownNameError(ExpressionError):
    """A name is neither an input of the item, nor a parameter, nor a derived value."""

    key = "checklist-expression-unknown-name"


class WrongKindError(ExpressionError):
    """Values of different kinds are compared or calculated with, such as a date and a number."""

    key = "checklist-expression-wrong-kind"


class ExpressionTooLongError(ExpressionError):
    """The text is longer or more deeply nested than any real condition."""

    key = "checklist-expression-too-long"
