"""Turns tables and forms of the content into ruled tables with widths."""

from collections.abc import Mapping

from fangshan_desk.letters import styles
from fangshan_desk.letters.content.model import BoxAlign, Form, FormCell, FormGrid, FormRow, ItemTable
from fangshan_desk.letters.fonts import Face
from fangshan_desk.letters.tables import FORM_TABLE, ITEM_TABLE, Cell, Row, Table, TableStyle
from fangshan_desk.letters.text_drawing import Align

_GRIDS = {
    FormGrid.LABEL_AND_FIELD: styles.RECEIPT_COLUMNS,
    FormGrid.NARROW_LABEL: (styles.FORM_LABEL, styles.BODY_WIDTH - styles.FORM_LABEL),
    FormGrid.QUARTERS: styles.FORM_QUARTERS,
    FormGrid.WIDE_QUARTERS: styles.FORM_WIDE_QUARTERS,
    FormGrid.HALVES: styles.FORM_HALVES,
    FormGrid.RECEIPT_HALVES: styles.RECEIPT_HALVES,
}
_ALIGNS = {
    BoxAlign.LEFT: Align.JUSTIFY,
    BoxAlign.CENTRE: Align.CENTRE,
    BoxAlign.RIGHT: Align.RIGHT,
}
# Columns of the item list whose short entries stand in the middle.
_CENTRED = frozenset({0, 1, 5, 6, 7, 8})
_ONE_LINE = frozenset({1})


def item_table(table: ItemTable) -> Table:
    """The landscape list; its headings stand on every page."""
    widths = styles.ITEM_COLUMNS
    headings = tuple(
        Cell(text, width, Align.CENTRE, Face.HEI) for text, width in zip(table.headings, widths, strict=True)
    )
    rows = [Row(tuple(_item_cell(place, text) for place, text in enumerate(row))) for row in table.rows]
    return Table([Row(headings), *rows], ITEM_TABLE, repeated=1)


def _item_cell(place: int, text: str) -> Cell:
    align = Align.CENTRE if place in _CENTRED else Align.JUSTIFY
    return Cell(text, styles.ITEM_COLUMNS[place], align, is_shrunk=place in _ONE_LINE)


def form_table(form: Form, signatures: Mapping[str, bytes]) -> Table:
    """A form with boxes; pictures of signatures go where their signer is named."""
    least = styles.COMPACT_ROW if form.is_compact else styles.FORM_ROW
    rows = [_form_row(row, least, signatures) for row in form.rows]
    return Table(rows, FORM_TABLE)


def _form_row(row: FormRow, least: float, signatures: Mapping[str, bytes]) -> Row:
    cells = tuple(
        _form_cell(cell, width, signatures) for cell, width in zip(row.cells, _GRIDS[row.grid], strict=True)
    )
    return Row(cells, max(least, row.lines * styles.FORM_LEADING + 2 * TableStyle().padding))


def _form_cell(cell: FormCell, width: float, signatures: Mapping[str, bytes]) -> Cell:
    align = Align.CENTRE if cell.is_label else _ALIGNS[cell.align]
    face = Face.HEI if cell.is_label else Face.BODY
    return Cell(cell.text, width, align, face, picture=signatures.get(cell.signer))
