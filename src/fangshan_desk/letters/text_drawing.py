"""Draws composed lines: one text object per line, one run per font."""

from collections.abc import Iterator
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from fangshan_desk.letters.composer import Line, Measure, compose
from fangshan_desk.letters.embedding import EmbeddedFont
from fangshan_desk.letters.fonts import FontStack

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_UNBOUNDED = 1e6
# Beyond this a justified line looks torn and stays ragged.
_WIDEST_STRETCH = 0.6


class Align(Enum):
    """Where a line stands in its width."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


def draw_line(
    canvas: "Canvas",
    line: Line,
    stack: FontStack,
    *,
    at: tuple[float, float],
    width: float,
    measure: Measure,
    align: Align = Align.JUSTIFY,
) -> None:
    """Draw one line with its left edge and baseline at the point."""
    if not line.text:
        return
    spacing = _spacing(line, width, measure, align)
    natural = line.width - measure.tracking
    left = at[0]
    if align is Align.CENTRE:
        left += (width - natural) / 2
    elif align is Align.RIGHT:
        left += width - natural
    runs = " ".join(_runs(canvas, line, stack, measure.size))
    canvas.addLiteral(f"BT {_number(spacing)} Tc {_number(left)} {_number(at[1])} Td {runs} ET")


def draw_text(
    canvas: "Canvas",
    text: str,
    stack: FontStack,
    *,
    at: tuple[float, float],
    size: float,
    align: Align = Align.LEFT,
) -> None:
    """Draw a short text that needs no breaking; the point is its left, middle or right end."""
    measure = Measure(lambda character: stack[character][1], size)
    (line,) = compose(text, measure, _UNBOUNDED)
    draw_line(canvas, line, stack, at=at, width=0.0, measure=measure, align=align)


def _spacing(line: Line, width: float, measure: Measure, align: Align) -> float:
    gaps = len(line.text) - 1
    spacing = measure.tracking
    if align is not Align.JUSTIFY or not gaps:
        return spacing
    natural = line.width - measure.tracking
    if natural > width:
        return spacing + (width - natural + line.blank_tail) / gaps
    if line.is_last:
        return spacing
    stretch = (width - natural) / gaps
    return spacing + (stretch if stretch <= _WIDEST_STRETCH * measure.size else 0.0)


def _runs(canvas: "Canvas", line: Line, stack: FontStack, size: float) -> Iterator[str]:
    placed = zip(line.text, line.pulls, strict=True)
    for font, group in groupby(placed, key=lambda pair: stack[pair[0]][0]):
        strings = _strings(canvas, font, list(group), size)
        yield f"/{font.resource_name(canvas._doc)} {_number(size)} Tf [{strings}] TJ"


def _strings(canvas: "Canvas", font: EmbeddedFont, group: list[tuple[str, float]], size: float) -> str:
    parts, text = [], ""
    for character, pull in group:
        if pull:
            parts.append(f"<{font.encoded(text, canvas._doc)}>" if text else "")
            parts.append(_number(1000 * pull / size))
            text = ""
        text += character
    parts.append(f"<{font.encoded(text, canvas._doc)}>")
    return " ".join(part for part in parts if part)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
