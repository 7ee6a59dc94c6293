"""What a column of an exported table holds, and which text could be mistaken for a formula."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SKIPPED = "' \u00a0\u3000\ufeff\u200b"


class ColumnKind(Enum):
    """How the values of a column are written."""

    TEXT = auto()
    INTEGER = auto()
    DECIMAL = auto()
    # Whole fen in, yuan with two decimals out.
    MONEY = auto()
    DATE = auto()
    # Written as the wall time of its own offset: worksheets know no time zone.
    MOMENT = auto()


@dataclass(frozen=True)
class Column:
    """Heading, kind of values and, where wanted, the width in Latin characters."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float | None = None

    @property
    def shown_width(self) -> float:
        """The width asked for, or one that fits heading and kind."""
        if self.width is not None:
            return self.width
        needed = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in self.title) + 4
        least = {ColumnKind.TEXT: 14, ColumnKind.MOMENT: 17}.get(self.kind, 11)
        return float(min(max(needed, least), 60))


Cell = str | int | Decimal | date | datetime | None


def cell_of(column: Column, value: object) -> Cell:
    """The value in the column's type; text where it does not fit, so that nothing is lost."""
    if value is None or isinstance(value, bool):
        return None if value is None else clean_text(str(value))
    converted: Cell = None
    if column.kind is ColumnKind.MONEY:
        converted = _yuan(value)
    elif column.kind in (ColumnKind.INTEGER, ColumnKind.DECIMAL):
        converted = _number(value)
    elif column.kind in (ColumnKind.DATE, ColumnKind.MOMENT):
        converted = _moment(value, is_date=column.kind is ColumnKind.DATE)
    return clean_text(str(value)) if converted is None else converted


def clean_text(text: str) -> str:
    """Without lone surrogates and NUL, which no file of either kind can hold."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text, also after dropping spaces and quotes in front."""
    return text.startswith(_FORMULA_STARTS) or text.lstrip(_SKIPPED).startswith(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """For csv: a quote in front of what looks like a formula; ``unguarded`` takes it away again."""
    return f"'{text}" if looks_like_formula(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and looks_like_formula(text) else text


def _yuan(value: object) -> Decimal | None:
    return Decimal(value).scaleb(-2) if isinstance(value, int) else None


def _number(value: object) -> int | Decimal | None:
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    return value if isinstance(value, int) else None


def _moment(value: object, *, is_date: bool) -> date | datetime | None:
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, datetime):
        # Worksheets know no time zone: the wall time stays.
        return value.date() if is_date else value.replace(tzinfo=None)
    return value if isinstance(value, date) else None


def _parsed(text: str) -> date | datetime | None:
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(text)
        except ValueError:
            continue
    return None
