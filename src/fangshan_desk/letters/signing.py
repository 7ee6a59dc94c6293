"""Signatures with room for seals, unsealed signatures, the line of copies, the dotted rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fangshan_desk.letters import styles
from fangshan_desk.letters.composer import Line, Measure, compose
from fangshan_desk.letters.flowables import Flowable, baseline
from fangshan_desk.letters.fonts import Face, FontStack, LetterFonts
from fangshan_desk.letters.text_drawing import Align, draw_line

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDE = 1e6
_MOST_NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class _Name:
    """A signatory's name in lines, and the middle of its column."""

    lines: list[Line]
    centre: float


class _SignatureBlock(Flowable):
    """What sealed and unsealed signatures share."""

    def __init__(self, bodies: Sequence[str], date: str) -> None:
        self._bodies = tuple(bodies)
        self._date = date
        self._width = 0.0
        self._stack: FontStack | None = None

    def _prepare(self, width: float, fonts: LetterFonts) -> None:
        self._width = width
        self._stack = fonts.stack(Face.BODY)

    @property
    def _measure(self) -> Measure:
        stack = self._fitted_stack
        return Measure(lambda character: stack[character][1], styles.BODY_SIZE, styles.PITCH)

    @property
    def _fitted_stack(self) -> FontStack:
        if self._stack is None:
            raise RuntimeError("drawn before fitted")
        return self._stack

    def _lines(self, text: str, width: float = _WIDE) -> list[Line]:
        return compose(text, self._measure, width)

    def _put(self, canvas: "Canvas", line: Line, left: float, y: float) -> None:
        draw_line(
            canvas,
            line,
            self._fitted_stack,
            at=(left, y),
            width=line.width,
            measure=self._measure,
            align=Align.LEFT,
        )


class SealedSignature(_SignatureBlock):
    """Names side by side with room for round seals; the date stands below the last one."""

    def fit(self, width: float, fonts: LetterFonts) -> float:
        self._prepare(width, fonts)
        count = styles.SIGNATORIES_PER_ROW
        chunks = [self._bodies[start : start + count] for start in range(0, len(self._bodies), count)]
        self._rows = [self._arranged(chunk) for chunk in chunks]
        return sum(self._row_height(row) for row in self._rows) + styles.LEADING

    def _arranged(self, bodies: Sequence[str]) -> list[_Name]:
        """Names in columns; the longest are broken into even lines until all columns fit."""
        counts = [1] * len(bodies)
        while sum(self._column_widths(bodies, counts)) > self._width and max(counts) < _MOST_NAME_LINES:
            widths = self._column_widths(bodies, counts)
            counts[widths.index(max(widths))] += 1
        widths = self._column_widths(bodies, counts)
        spare = max(0.0, self._width - sum(widths)) / len(bodies)
        names, left = [], 0.0
        for body, count, width in zip(bodies, counts, widths, strict=True):
            names.append(_Name(self._even_lines(body, count), left + (width + spare) / 2))
            left += width + spare
        return names

    def _column_widths(self, bodies: Sequence[str], counts: Sequence[int]) -> list[float]:
        return [
            max(styles.SEAL_ROOM, max(line.width for line in self._even_lines(body, count)))
            + styles.SIGNATORY_GAP
            for body, count in zip(bodies, counts, strict=True)
        ]

    def _even_lines(self, body: str, count: int) -> list[Line]:
        size = -(-len(body) // count)
        return [self._lines(body[start : start + size])[0] for start in range(0, len(body), size)]

    def _row_height(self, row: list[_Name]) -> float:
        return (self._lines_above() + max(len(name.lines) for name in row)) * styles.LEADING

    def _lines_above(self) -> float:
        return styles.SEAL_LINES_ABOVE if len(self._bodies) == 1 else styles.SEAL_LINES_ABOVE_JOINT

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        (date,) = self._lines(self._date)
        centre = self._width
        for row in self._rows:
            lowest = max(len(name.lines) for name in row)
            for name in row:
                # A single date stands four characters from the right edge.
                is_single = len(self._bodies) == 1
                centre = self._width - 4 * styles.PITCH - date.width / 2 if is_single else name.centre
                first = self._lines_above() + lowest - len(name.lines)
                self._put_centred(canvas, name.lines, left, centre, top - first * styles.LEADING)
            top -= self._row_height(row)
        self._put_centred(canvas, [date], left, centre, top)

    def _put_centred(
        self, canvas: "Canvas", lines: Sequence[Line], left: float, centre: float, top: float
    ) -> None:
        for number, line in enumerate(lines):
            start = max(0.0, min(centre - line.width / 2, self._width - line.width))
            y = baseline(top, styles.LEADING, styles.BODY_SIZE, number)
            self._put(canvas, line, left + start, y)


class UnsealedSignature(_SignatureBlock):
    """Names below each other, two characters from the right edge; the date a little further in."""

    def fit(self, width: float, fonts: LetterFonts) -> float:
        self._prepare(width, fonts)
        return (len(self._bodies) + 2) * styles.LEADING

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        names = [self._lines(body)[0] for body in self._bodies]
        (date,) = self._lines(self._date)
        indent = 2 * styles.PITCH
        widest = max([name.width for name in names] + [date.width + indent])
        start = max(left, left + self._width - indent - widest)
        for number, name in enumerate(names, start=1):
            self._put(canvas, name, start, baseline(top, styles.LEADING, styles.BODY_SIZE, number))
        y = baseline(top, styles.LEADING, styles.BODY_SIZE, len(names) + 1)
        self._put(canvas, date, start + indent, y)


class CopyLine(Flowable):
    """The bodies that get a copy, at the foot of the last page."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[Line] = []
        self._stack: FontStack | None = None

    def fit(self, width: float, fonts: LetterFonts) -> float:
        self._stack = fonts.stack(Face.BODY)
        self._room = width - 2 * styles.COPIES_SIZE
        self._lines = compose(self._text, self._measure(self._stack), self._room)
        return len(self._lines) * styles.LEADING

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        if self._stack is None:
            raise RuntimeError("drawn before fitted")
        for number, line in enumerate(self._lines):
            y = baseline(top, styles.LEADING, styles.COPIES_SIZE, number)
            draw_line(
                canvas,
                line,
                self._stack,
                at=(left + styles.COPIES_SIZE, y),
                width=self._room,
                measure=self._measure(self._stack),
            )

    def _measure(self, stack: FontStack) -> Measure:
        return Measure(lambda character: stack[character][1], styles.COPIES_SIZE)


class DottedRule(Flowable):
    """A dotted line across the type area."""

    def fit(self, width: float, fonts: LetterFonts) -> float:
        self._width = width
        return styles.LEADING * 0.6

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        y = top - styles.LEADING * 0.3
        canvas.saveState()
        canvas.setLineWidth(1)
        canvas.setDash(1, 3)
        canvas.line(left, y, left + self._width, y)
        canvas.restoreState()
