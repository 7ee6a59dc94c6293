"""The rows of one section; made when the section is first opened."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.ui.components.check_row import CheckRowWidget
from fangshan_desk.ui.context import Context
from fangshan_desk.usecases.views.check_sheet import CheckRow

RowHook = Callable[[CheckRowWidget], None]


class SectionRows(QScrollArea):
    """All questions of a section below each other."""

    empty_shown = Signal()

    def __init__(
        self, context: Context, rows: Iterable[CheckRow], *, hook: RowHook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows: dict[str, CheckRowWidget] = {}
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in rows:
            widget = CheckRowWidget(context, row)
            hook(widget)
            self._rows[row.item.code] = widget
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(holder)

    def codes(self) -> tuple[str, ...]:
        """The items shown, in order."""
        return tuple(self._rows)

    def row(self, code: str) -> CheckRowWidget | None:
        """The widget of one item."""
        return self._rows.get(code)

    def show_row(self, row: CheckRow) -> None:
        """One row has changed."""
        widget = self._rows.get(row.item.code)
        if widget is not None:
            widget.show_row(row)

    def set_current(self, code: str) -> None:
        """Marks one row and brings it into view."""
        for name, widget in self._rows.items():
            widget.set_current(name == code)
        self.keep_in_view(code)

    def keep_in_view(self, code: str) -> None:
        """Scroll to a row once it has found its height; a tall one shows its end, where one types."""
        if code in self._rows:
            QTimer.singleShot(0, self, lambda: self._scroll_to(code))

    def _scroll_to(self, code: str) -> None:
        row = self._rows[code]
        focus = row.focusWidget() if row.focusWidget() is not None else row
        self.ensureWidgetVisible(row, 0, 8)
        if focus is not row and focus.hasFocus():
            self.ensureWidgetVisible(focus, 0, 24)

    def set_read_only(self, is_read_only: bool) -> None:
        """A closed check is shown and not changed."""
        for widget in self._rows.values():
            widget.set_read_only(is_read_only)
