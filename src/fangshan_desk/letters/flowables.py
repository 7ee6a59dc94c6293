"""What flows down a page: paragraphs, blank space, lists, and a tail that never stands alone."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fangshan_desk.letters import styles
from fangshan_desk.letters.composer import Line, Measure, compose
from fangshan_desk.letters.fonts import FontStack, LetterFonts
from fangshan_desk.letters.text_drawing import draw_line
from fangshan_desk.letters.typography import TextStyle

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# Rounding of millimetres must not push a line to the next page.
TOLERANCE = 0.5
# From the middle of the line to the baseline, in ems.
_BASELINE = 0.36
_TAIL_LINES = 2


class Flowable(ABC):
    """One piece of a page; `fit` comes first, then `split` or `draw`."""

    # Space between paragraphs vanishes at the top of a page.
    is_space = False
    needed_below = 0.0

    @abstractmethod
    def fit(self, width: float, fonts: LetterFonts) -> float:
        """The height at this width."""

    def split(self, height: float) -> "tuple[Flowable, Flowable] | None":
        """What fits into the height and the rest, or None when nothing useful fits."""
        del height
        return None

    @abstractmethod
    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        """Draw with the upper left corner at the point."""


class Space(Flowable):
    """Blank lines."""

    is_space = True

    def __init__(self, height: float) -> None:
        self._height = height

    def fit(self, width: float, fonts: LetterFonts) -> float:
        return self._height

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        """Nothing to draw."""


class Paragraph(Flowable):
    """Text in one style, divisible between lines."""

    def __init__(self, text: str, style: TextStyle, lines: list[Line] | None = None) -> None:
        self._text = text
        self._style = style
        # Given for the second part of a divided paragraph: composed already, no indent.
        self._lines = lines
        self._is_continued = lines is not None
        self._width = 0.0
        self._stack: FontStack | None = None
        self.needed_below = style.needed_below

    @property
    def line_count(self) -> int:
        """Lines after `fit`."""
        return len(self._lines or ())

    @property
    def leading(self) -> float:
        """Height of one line."""
        return self._style.leading

    def fit(self, width: float, fonts: LetterFonts) -> float:
        style = self._style
        self._width = width - style.left
        self._stack = fonts.stack(style.face)
        if self._lines is None:
            first = self._width - style.first_indent
            self._lines = compose(self._text, self._measure(self._stack), first, self._width)
        return len(self._lines) * style.leading

    def split(self, height: float) -> tuple[Flowable, Flowable] | None:
        count = int((height + TOLERANCE) // self._style.leading)
        if not self._lines or not 0 < count < len(self._lines):
            return None
        rest = Paragraph(self._text, self._style, self._lines[count:])
        head = Paragraph(self._text, self._style, self._lines[:count])
        head._is_continued = self._is_continued
        for part in (head, rest):
            part._width, part._stack = self._width, self._stack
        return head, rest

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        style = self._style
        if self._stack is None or self._lines is None:
            raise RuntimeError("drawn before fitted")
        measure = self._measure(self._stack)
        for number, line in enumerate(self._lines):
            indent = 0.0 if number or self._is_continued else style.first_indent
            point = (left + style.left + indent, baseline(top, style.leading, style.size, number))
            draw_line(
                canvas,
                line,
                self._stack,
                at=point,
                width=self._width - indent,
                measure=measure,
                align=style.align,
            )

    def _measure(self, stack: FontStack) -> Measure:
        return Measure(lambda character: stack[character][1], self._style.size, self._style.pitch)


class ListEntry(Flowable):
    """A line of the attachment list: label, number, name with hanging lines."""

    def __init__(self, label: str, number: str, name: str, style: TextStyle) -> None:
        hang = style.first_indent + (5 if number else 3) * styles.PITCH
        if number:
            hang -= styles.PITCH
        self._parts = [(style.first_indent, Paragraph(label, _bare(style)))]
        if number:
            self._parts.append((style.first_indent + 3 * styles.PITCH, Paragraph(number, _bare(style))))
        self._parts.append((hang, Paragraph(name, _bare(style))))

    def fit(self, width: float, fonts: LetterFonts) -> float:
        return max(part.fit(width - offset, fonts) for offset, part in self._parts)

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        for offset, part in self._parts:
            part.draw(canvas, left + offset, top)


class Group(Flowable):
    """Pieces that stay on one page."""

    def __init__(self, parts: Sequence[Flowable]) -> None:
        self._parts = parts
        self._heights: list[float] = []

    def fit(self, width: float, fonts: LetterFonts) -> float:
        self._heights = [part.fit(width, fonts) for part in self._parts]
        return sum(self._heights)

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        for part, height in zip(self._parts, self._heights, strict=True):
            part.draw(canvas, left, top)
            top -= height


class Tail(Flowable):
    """The last paragraph with what follows it: a signature never stands alone on a page."""

    def __init__(self, paragraph: Paragraph, rest: Flowable) -> None:
        self._paragraph = paragraph
        self._rest = rest
        self._text_height = 0.0

    def fit(self, width: float, fonts: LetterFonts) -> float:
        self._text_height = self._paragraph.fit(width, fonts)
        return self._text_height + self._rest.fit(width, fonts)

    def split(self, height: float) -> tuple[Flowable, Flowable] | None:
        leading = self._paragraph.leading
        movable = self._paragraph.line_count - _TAIL_LINES
        lines = min(movable, int((height + TOLERANCE) // leading))
        parts = self._paragraph.split(lines * leading) if lines > 0 else None
        if parts is None:
            return None
        head, remaining = parts
        if not isinstance(remaining, Paragraph):
            raise TypeError(type(remaining).__name__)
        return head, Tail(remaining, self._rest)

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        self._paragraph.draw(canvas, left, top)
        self._rest.draw(canvas, left, top - self._text_height)


def baseline(top: float, leading: float, size: float, line: int = 0) -> float:
    """Where the characters of a line stand."""
    return top - leading * (line + 0.5) - size * _BASELINE


def _bare(style: TextStyle) -> TextStyle:
    return TextStyle(style.face, style.size, style.leading, style.pitch)
