"""Asks which enterprise to visit and, for the calendar, when and why."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.ui.components.enterprise_words import township_words
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.search_field import SearchField
from fangshan_desk.usecases.views.register import FoundKind, FoundRecord

_MOST_FOUND = 8


class EnterprisePicker(QWidget):
    """Finds an enterprise by pinyin initials, name or the tail of its code."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        texts = context.texts
        self.search = SearchField(texts("visit-pick-placeholder"))
        self.search.setMaximumWidth(16777215)
        self.found = QListWidget()
        self.found.setAccessibleName(texts("visit-pick-title"))
        self.found.setFixedHeight(188)
        self._hint = text_label(texts("visit-pick-hint"), role="weak", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.search, self.found, self._hint):
            column.addWidget(widget)
        self.search.searched.connect(self._on_searched)
        self.search.down_pressed.connect(self._on_down)
        self.search.entered.connect(lambda _words: self._emit())
        self.found.itemClicked.connect(lambda _item: self._emit())
        self.found.itemActivated.connect(lambda _item: self._emit())

    def enterprise_id(self) -> str:
        """The enterprise the mark stands on."""
        item = self.found.item(self.found.currentRow()) if self.found.currentRow() >= 0 else None
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _on_searched(self, words: str) -> None:
        reader = self._context.desk.readers.register
        if not words:
            self.found.clear()
            return
        self._context.operations.read(
            lambda: tuple(reader.search(words, limit=_MOST_FOUND * 2)),
            on_done=self._on_found,
            key="pick",
            owner=self,
        )

    def _on_found(self, records: Sequence[FoundRecord]) -> None:
        texts = self._context.texts
        self.found.clear()
        for record in [each for each in records if each.kind is FoundKind.ENTERPRISE][:_MOST_FOUND]:
            town = township_words(record.township, texts)
            item = QListWidgetItem(texts("visit-pick-line", name=record.title, township=town))
            item.setData(Qt.ItemDataRole.UserRole, record.id)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        self._hint.setText(texts("visit-pick-hint") if self.found.count() else texts("visit-pick-nothing"))

    def _on_down(self) -> None:
        last = self.found.count() - 1
        self.found.setCurrentRow(min(last, self.found.currentRow() + 1))

    def _emit(self) -> None:
        if self.enterprise_id():
            self.chosen.emit(self.enterprise_id())


class NewVisitDialog(QDialog):
    """Chooses the enterprise of a visit that begins now."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(context.texts("visit-new"))
        self.picker = EnterprisePicker(context)
        self.picker.chosen.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(self.picker)
        self.setMinimumWidth(460)
        self.picker.search.setFocus()

    def _on_chosen(self, enterprise_id: str) -> None:
        self.chosen.emit(enterprise_id)
        self.accept()


class PlanDialog(QDialog):
    """Day, hour and purpose; the enterprise is asked for unless it is known."""

    planned = Signal(str, object, str, str)

    def __init__(
        self,
        context: Context,
        *,
        enterprise_id: str = "",
        day: date | None = None,
        time: str = "",
        purpose: str = "",
        is_moved: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._enterprise_id = enterprise_id
        texts = context.texts
        self.setWindowTitle(texts("visit-reschedule" if is_moved else "visit-plan"))
        self.picker = EnterprisePicker(context)
        self.picker.setVisible(not enterprise_id)
        self.day = date_field(context)
        self.day.set_value(day or context.clock.today())
        self.time = QLineEdit(time)
        self.time.setPlaceholderText(texts("visit-plan-time-example"))
        self.time.setMaxLength(5)
        self.time.setFixedWidth(80)
        self.purpose = QLineEdit(purpose)
        self.purpose.setMaxLength(200)
        self.keep = PrimaryButton(texts("visit-reschedule" if is_moved else "visit-plan"))
        self._problem = text_label(role="red", wrap=True)
        self._build(context, is_moved=is_moved)

    def _build(self, context: Context, *, is_moved: bool) -> None:
        texts = context.texts
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.picker)
        line = QHBoxLayout()
        for title, field in (("visit-plan-day", self.day), ("visit-plan-time", self.time)):
            field.setAccessibleName(texts(title))
            line.addWidget(text_label(texts(title), role="weak"))
            line.addWidget(field)
        line.addStretch(1)
        column.addLayout(line)
        if not is_moved:
            self.purpose.setAccessibleName(texts("visit-basics-purpose"))
            column.addWidget(text_label(texts("visit-basics-purpose"), role="weak"))
            column.addWidget(self.purpose)
        column.addWidget(self._problem)
        self._problem.hide()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = SecondaryButton(texts("shell-cancel"))
        cancel.clicked.connect(self.reject)
        buttons.addWidget(cancel)
        buttons.addWidget(self.keep)
        column.addLayout(buttons)
        self.keep.clicked.connect(lambda: self._on_kept(context))
        self.setMinimumWidth(460)
        (self.day if self._enterprise_id else self.picker.search).setFocus()

    def _on_kept(self, context: Context) -> None:
        enterprise_id = self._enterprise_id or self.picker.enterprise_id()
        day = self.day.value()
        missing = "visit-pick-first" if not enterprise_id else "visit-plan-day-first" if day is None else ""
        if missing:
            self._problem.setText(context.texts(missing))
            self._problem.show()
            return
        self.planned.emit(enterprise_id, day, self.time.text().strip(), self.purpose.text().strip())
        self.accept()
