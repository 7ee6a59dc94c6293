"""The rows of one section; made when the section is first opened, a few at a time."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.ui.components.check_row import CheckRowWidget
from fangshan_desk.ui.context import Context
from fangshan_desk.usecases.views.check_sheet import CheckRow

RowHook = Callable[[CheckRowWidget], None]
# What one sees first is made at once, the rest between two inputs.
_AT_ONCE, _AT_A_TIME = 3, 1


class SectionRows(QScrollArea):
    """All questions of a section below each other."""

    def __init__(
        self,
        context: Context,
        rows: Iterable[CheckRow],
        *,
        hook: RowHook,
        is_needed_now: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._context = context
        self._hook = hook
        self._rows: dict[str, CheckRowWidget] = {}
        self._current = ""
        self._is_read_only = False
        self._waiting = deque(rows)
        self._codes = tuple(row.item.code for row in self._waiting)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(holder)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_more_due)
        self._make(_AT_ONCE if is_needed_now else 0)
        if self._waiting:
            self._timer.start()

    def codes(self) -> tuple[str, ...]:
        """The items shown, in order."""
        return self._codes

    def row(self, code: str) -> CheckRowWidget | None:
        """The widget of one item; made now if it was still waiting."""
        if code in self._codes:
            while code not in self._rows:
                self._make(1)
        return self._rows.get(code)

    def show_row(self, row: CheckRow) -> None:
        """One row has changed."""
        widget = self._rows.get(row.item.code)
        if widget is not None:
            widget.show_row(row)
            return
        for place, waiting in enumerate(self._waiting):
            if waiting.item.code == row.item.code:
                self._waiting[place] = row

    def set_current(self, code: str) -> None:
        """Marks one row and brings it into view."""
        self._current = code
        self.row(code)
        for name, widget in self._rows.items():
            widget.set_current(name == code)
        self.keep_in_view(code)

    def set_read_only(self, is_read_only: bool) -> None:
        """A closed check is shown and not changed."""
        self._is_read_only = is_read_only
        for widget in self._rows.values():
            widget.set_read_only(is_read_only)

    def keep_in_view(self, code: str) -> None:
        """Scroll to a row once it has found its height; a tall one shows its end, where one types."""
        if code in self._rows:
            QTimer.singleShot(0, self, lambda: self._scroll_to(code))

    def _scroll_to(self, code: str) -> None:
        row = self._rows[code]
        self.ensureWidgetVisible(row, 0, 8)
        focus: QWidget | None = row.focusWidget()
        if focus is not None and focus is not row and focus.hasFocus():
            self.ensureWidgetVisible(focus, 0, 24)

    def _make(self, count: int) -> None:
        for _ in range(min(count, len(self._waiting))):
            row = self._waiting.popleft()
            widget = CheckRowWidget(self._context, row)
            self._hook(widget)
            widget.set_read_only(self._is_read_only)
            widget.set_current(row.item.code == self._current)
            self._column.insertWidget(len(self._rows), widget)
            # A layout shows its new child only later, and what is hidden takes no keyboard.
            widget.show()
            self._rows[row.item.code] = widget

    def _on_more_due(self) -> None:
        self._make(_AT_A_TIME)
        if not self._waiting:
            self._timer.stop()
            self.keep_in_view(self._current)
