"""Entries that may be the same enterprise: a person merges them or says that they are different."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.ui.components.enterprise_words import joined, township_words
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.views.register import LikelyDuplicate

MOST_SHOWN = 3


class DuplicatesCard(Card):
    """Hidden while there is nothing to decide."""

    opened = Signal(str)
    merge_wanted = Signal(object)
    different = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("register-duplicates"), padding=14, parent=parent)
        self._context = context
        self.likely: tuple[LikelyDuplicate, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.hide()

    def show_likely(self, likely: Sequence[LikelyDuplicate]) -> None:
        """Replaces what is offered."""
        self.likely = tuple(likely[:MOST_SHOWN])
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for each in self.likely:
            self._rows.addWidget(self._row(each))
        self.setVisible(bool(likely))

    def _row(self, likely: LikelyDuplicate) -> QWidget:
        texts = self._context.texts
        holder = QFrame()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        name = LinkButton(likely.name)
        name.clicked.connect(lambda: self.opened.emit(likely.enterprise_id))
        column.addWidget(name)
        place = township_words(likely.township, texts)
        column.addWidget(
            text_label(joined(texts, texts(likely.key), place, likely.uscc), role="weak", wrap=True)
        )
        buttons = QHBoxLayout()
        merge = SecondaryButton(texts("register-merge"), compact=True)
        different = SecondaryButton(texts("register-different"), compact=True)
        merge.clicked.connect(lambda: self.merge_wanted.emit(likely))
        different.clicked.connect(lambda: self.different.emit(likely.enterprise_id))
        for button in (merge, different):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return holder


class MergeDialog(QDialog):
    """Which of two entries stays, and what becomes of the other."""

    decided = Signal(str, str)

    def __init__(
        self, context: Context, enterprise: Enterprise, other: LikelyDuplicate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = context.texts
        self._ids = (enterprise.id, other.enterprise_id)
        self.setWindowTitle(self._texts("register-merge-title"))
        self.choices = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(text_label(self._texts("register-merge-which"), role="strong"))
        for number, (name, code) in enumerate(((enterprise.name, enterprise.uscc), (other.name, other.uscc))):
            button = QRadioButton(joined(self._texts, name, code or self._texts("register-no-code")))
            button.setChecked(number == 0)
            self.choices.addButton(button, number)
            column.addWidget(button)
        column.addWidget(text_label(self._texts("register-merge-what"), role="weak", wrap=True))
        column.addLayout(self._buttons())
        self.setMinimumWidth(480)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = SecondaryButton(self._texts("register-cancel"))
        merge = PrimaryButton(self._texts("register-merge-do"))
        cancel.clicked.connect(self.reject)
        merge.clicked.connect(self.accept)
        for button in (cancel, merge):
            row.addWidget(button)
        return row

    def accept(self) -> None:
        """Tells who stays and who goes."""
        keep = max(self.choices.checkedId(), 0)
        super().accept()
        self.decided.emit(self._ids[keep], self._ids[1 - keep])
