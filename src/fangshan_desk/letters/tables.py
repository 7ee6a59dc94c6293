"""Ruled tables of text: rows may break over pages, the heading row is repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fangshan_desk.letters import styles
from fangshan_desk.letters.composer import Line, Measure, compose
from fangshan_desk.letters.flowables import TOLERANCE, Flowable, baseline
from fangshan_desk.letters.fonts import Face, FontStack, LetterFonts
from fangshan_desk.letters.pictures import draw_picture
from fangshan_desk.letters.text_drawing import Align, draw_line

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# A row is divided only when it is high and a useful part of it still fits.
_DIVISIBLE_LINES = 8
_USEFUL_LINES = 4


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Size and spacing of a whole table."""

    size: float = styles.TABLE_SIZE
    leading: float = styles.TABLE_LEADING
    padding: float = styles.TABLE_PADDING


ITEM_TABLE = TableStyle()
FORM_TABLE = TableStyle(styles.FORM_SIZE, styles.FORM_LEADING, styles.FORM_PADDING)


@dataclass(frozen=True, slots=True)
class Cell:
    """Text, and possibly a picture of a signature, in one box."""

    text: str
    width: float
    align: Align = Align.JUSTIFY
    face: Face = Face.BODY
    # Codes and dates are made smaller rather than cut.
    is_shrunk: bool = False
    is_top: bool = False
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class _FittedCell:
    cell: Cell
    lines: tuple[Line, ...]
    measure: Measure
    stack: FontStack


@dataclass(frozen=True, slots=True)
class _FittedRow:
    cells: tuple[_FittedCell, ...]
    height: float
    is_divided: bool = False

    @property
    def line_count(self) -> int:
        return max(len(fitted.lines) for fitted in self.cells)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; each row has its own widths."""

    cells: tuple[Cell, ...]
    least_height: float = 0.0


class Table(Flowable):
    """A ruled table; `repeated` rows from the top stand on every page."""

    def __init__(self, rows: Sequence[Row], style: TableStyle, repeated: int = 0) -> None:
        self._rows = rows
        self._style = style
        self._repeated = repeated
        self._fitted: list[_FittedRow] | None = None

    def fit(self, width: float, fonts: LetterFonts) -> float:
        if self._fitted is None:
            self._fitted = [self._fit_row(row, fonts) for row in self._rows]
        return sum(row.height for row in self._fitted)

    def split(self, height: float) -> tuple[Flowable, Flowable] | None:
        rows = self._fitted or []
        used, count = 0.0, 0
        while count < len(rows) and used + rows[count].height <= height + TOLERANCE:
            used += rows[count].height
            count += 1
        head, rest = rows[:count], rows[count:]
        parts = self._divided(rest[0], height - used) if rest and count >= self._repeated else None
        if parts is not None:
            head, rest = [*head, parts[0]], [parts[1], *rest[1:]]
        if len(head) <= self._repeated or not rest:
            return None
        return self._part(head), self._part([*rows[: self._repeated], *rest])

    def draw(self, canvas: "Canvas", left: float, top: float) -> None:
        rows = self._fitted or []
        start = top
        canvas.setLineWidth(styles.TABLE_RULE)
        for row in rows:
            self._draw_row(canvas, row, left, top)
            top -= row.height
        width = sum(fitted.cell.width for fitted in rows[0].cells) if rows else 0.0
        canvas.setLineWidth(styles.TABLE_FRAME)
        canvas.rect(left, top, width, start - top)

    def _part(self, rows: list[_FittedRow]) -> "Table":
        part = Table((), self._style, self._repeated)
        part._fitted = rows
        return part

    def _fit_row(self, row: Row, fonts: LetterFonts) -> _FittedRow:
        cells = tuple(self._fit_cell(cell, fonts) for cell in row.cells)
        lines = max(len(fitted.lines) for fitted in cells)
        height = lines * self._style.leading + 2 * self._style.padding
        return _FittedRow(cells, max(height, row.least_height))

    def _fit_cell(self, cell: Cell, fonts: LetterFonts) -> _FittedCell:
        stack = fonts.stack(cell.face)
        room = cell.width - 2 * self._style.padding
        size = self._style.size
        if cell.is_shrunk and cell.text:
            widest = max(stack.width(line) for line in cell.text.split("\n"))
            size = max(min(size, room / widest), styles.SMALLEST_SIZE)
        measure = Measure(lambda character: stack[character][1], size)
        return _FittedCell(cell, tuple(compose(cell.text, measure, room)), measure, stack)

    def _divided(self, row: _FittedRow, height: float) -> tuple[_FittedRow, _FittedRow] | None:
        leading, padding = self._style.leading, self._style.padding
        count = int((height - 2 * padding + TOLERANCE) // leading)
        if row.line_count < _DIVISIBLE_LINES or not _USEFUL_LINES <= count < row.line_count:
            return None
        heads = tuple(_FittedCell(c.cell, c.lines[:count], c.measure, c.stack) for c in row.cells)
        rests = tuple(_FittedCell(c.cell, c.lines[count:], c.measure, c.stack) for c in row.cells)
        left_lines = row.line_count - count
        return (
            _FittedRow(heads, count * leading + 2 * padding, is_divided=True),
            _FittedRow(rests, left_lines * leading + 2 * padding, is_divided=True),
        )

    def _draw_row(self, canvas: "Canvas", row: _FittedRow, left: float, top: float) -> None:
        for fitted in row.cells:
            canvas.rect(left, top - row.height, fitted.cell.width, row.height)
            self._draw_cell(canvas, fitted, (left, top), row)
            left += fitted.cell.width

    def _draw_cell(
        self, canvas: "Canvas", fitted: _FittedCell, corner: tuple[float, float], row: _FittedRow
    ) -> None:
        style, cell = self._style, fitted.cell
        room = cell.width - 2 * style.padding
        text_height = len(fitted.lines) * style.leading
        is_top = row.is_divided or cell.is_top
        gap = style.padding if is_top else (row.height - text_height) / 2
        for number, line in enumerate(fitted.lines):
            y = baseline(corner[1] - gap, style.leading, fitted.measure.size, number)
            draw_line(
                canvas,
                line,
                fitted.stack,
                at=(corner[0] + style.padding, y),
                width=room,
                measure=fitted.measure,
                align=cell.align,
            )
        if cell.picture is not None:
            text_width = fitted.lines[0].width if cell.align is Align.RIGHT else 0.0
            draw_picture(canvas, cell.picture, corner, (cell.width - text_width, row.height))
