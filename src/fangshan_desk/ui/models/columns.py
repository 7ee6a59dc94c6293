"""How a field of a row becomes a cell."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from fangshan_desk.ui.widgets.palette import Tone

RowT = TypeVar("RowT")


class Align(StrEnum):
    """Where a cell's words stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Weight(StrEnum):
    """How strongly a cell's words are shown."""

    NORMAL = "normal"
    WEAK = "weak"
    STRONG = "strong"


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """One column: a cell with a tone is painted as a chip.

    ``width`` is in pixels at 100 %; a column that stretches takes what is left over.
    """

    key: str
    title: str
    display: Callable[[RowT], str]
    width: int = 120
    align: Align = Align.LEFT
    tone: Callable[[RowT], Tone | None] | None = None
    weight: Weight = Weight.NORMAL
    stretches: bool = False
    is_sortable: bool = True
    is_optional: bool = True
    starts_hidden: bool = False


@dataclass(frozen=True)
class SortOrder:
    """By which column rows are sorted."""

    key: str
    is_descending: bool = False
