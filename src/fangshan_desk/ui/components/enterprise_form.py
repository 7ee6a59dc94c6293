"""The fields of an enterprise; the town follows the address until somebody chooses one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.domain.records.register import Enterprise, RegisterStatus
from fangshan_desk.domain.townships import township_from_address
from fangshan_desk.ui.components.credit_code_field import CreditCodeField
from fangshan_desk.ui.components.enterprise_words import category_list, township_words, yes_no
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.filters import FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label

_LINES = ("name", "address", "legal_representative", "contact_person", "contact_phone", "industry")
_ANSWERS = (None, True, False)
_MOST_PEOPLE = 1_000_000


class EnterpriseForm(QWidget):
    """Shows and gives back what a person enters of an enterprise."""

    identity_edited = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._texts = context.texts
        self.lines = {name: self._line(name) for name in _LINES}
        self.code = CreditCodeField(self._texts)
        self.township = QComboBox()
        self.township_note = text_label(role="hint")
        self.headcount = self._line("headcount")
        self.established_on = date_field(context)
        self.status = self._choices(
            [(status.value, self._texts(f"register-status-{status.value}")) for status in RegisterStatus]
        )
        self.union = self._choices([(answer, yes_no(answer, self._texts)) for answer in _ANSWERS])
        self.federation = self._choices([(answer, yes_no(answer, self._texts)) for answer in _ANSWERS])
        self.in_scope = QCheckBox(self._texts("register-in-scope"))
        self.categories: dict[str, FilterChip] = {}
        self.note = QPlainTextEdit()
        self._is_town_chosen = False
        self._build()
        self._connect()

    def show_enterprise(self, enterprise: Enterprise) -> None:
        """Fills the fields."""
        for name, line in self.lines.items():
            line.setText(getattr(enterprise, name))
        self.code.set_text(enterprise.uscc)
        self.headcount.setText("" if enterprise.headcount is None else str(enterprise.headcount))
        self.established_on.set_value(enterprise.established_on)
        self.status.setCurrentIndex(self.status.findData(enterprise.status.value))
        self.union.setCurrentIndex(_ANSWERS.index(enterprise.union_exists))
        self.federation.setCurrentIndex(_ANSWERS.index(enterprise.is_federation_member))
        self.in_scope.setChecked(enterprise.is_in_scope)
        self._show_categories(enterprise.categories)
        self.note.setPlainText(enterprise.note)
        self._show_town(enterprise.township)
        self._is_town_chosen = bool(enterprise.township)

    def values(self) -> dict[str, Any]:
        """The fields as the use cases take them."""
        return {
            **{name: line.text() for name, line in self.lines.items()},
            "uscc": self.code.text(),
            "township": self.township.currentData() or "",
            "headcount": self._people(),
            "established_on": self.established_on.value(),
            "status": RegisterStatus(self.status.currentData()),
            "is_in_scope": self.in_scope.isChecked(),
            "union_exists": _ANSWERS[self.union.currentIndex()],
            "is_federation_member": _ANSWERS[self.federation.currentIndex()],
            "categories": tuple(code for code, chip in self.categories.items() if chip.isChecked()),
            "note": self.note.toPlainText(),
        }

    def first_unreadable(self) -> QWidget | None:
        """The first field whose words cannot be understood."""
        is_number = not self.headcount.text().strip() or self._people() is not None
        self.headcount.setProperty("invalid", not is_number)
        self.headcount.style().unpolish(self.headcount)
        self.headcount.style().polish(self.headcount)
        if not is_number:
            return self.headcount
        return None if self.established_on.is_valid() else self.established_on

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(self._texts(f"register-column-{name}"))
        column = Enterprise.entity.by_name[name]
        line.setMaxLength(column.max_length)
        return line

    def _choices(self, options: Sequence[tuple[object, str]]) -> QComboBox:
        box = QComboBox()
        for value, words in options:
            box.addItem(words, value)
        return box

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        lines = self.lines
        row = self._place_wide(
            grid, 0, ("name", lines["name"]), ("uscc", self.code), ("address", lines["address"])
        )
        narrow: tuple[tuple[str, QWidget], ...] = (
            ("township", self._town()),
            ("industry", lines["industry"]),
            ("legal_representative", lines["legal_representative"]),
            ("headcount", self.headcount),
            ("contact_person", lines["contact_person"]),
            ("contact_phone", lines["contact_phone"]),
            ("established_on", self.established_on),
            ("status", self.status),
            ("union", self.union),
            ("federation", self.federation),
        )
        for number, (name, widget) in enumerate(narrow):
            self._place(grid, row + number // 2, 2 * (number % 2), name, widget)
        row += len(narrow) // 2
        wide = (("in_scope", self.in_scope), ("categories", self._category_chips()), ("note", self.note))
        row = self._place_wide(grid, row, *wide)
        self.note.setFixedHeight(56)
        self.note.setTabChangesFocus(True)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(row, 1)

    def _place_wide(self, grid: QGridLayout, row: int, *fields: tuple[str, QWidget]) -> int:
        for name, widget in fields:
            self._place(grid, row, 0, name, widget, span=3)
            row += 1
        return row

    def _place(
        self, grid: QGridLayout, row: int, column: int, name: str, widget: QWidget, *, span: int = 1
    ) -> None:
        words = self._texts(f"register-column-{name}")
        label = text_label(words, role="weak")
        label.setFixedWidth(92)
        label.setMinimumHeight(30)
        if not widget.accessibleName():
            widget.setAccessibleName(words)
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(widget, row, column + 1, 1, span, Qt.AlignmentFlag.AlignTop)

    def _town(self) -> QWidget:
        self.township.addItem(self._texts("register-town-by-address"), "")
        for code in self._context.desk.services.townships.reporting_units:
            self.township.addItem(township_words(code, self._texts), code)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.township)
        column.addWidget(self.township_note)
        self.township_note.hide()
        column.addStretch(1)
        return holder

    def _category_chips(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        for category in self._context.desk.services.reference.checklist.categories:
            if category.code != "all":
                chip = FilterChip(category_list([category.code], self._texts))
                chip.setToolTip(category.label)
                flow.addWidget(chip)
                self.categories[category.code] = chip
        return holder

    def _connect(self) -> None:
        self.lines["name"].textEdited.connect(lambda _text: self.identity_edited.emit())
        self.code.edited.connect(self.identity_edited)
        self.lines["address"].textChanged.connect(self._on_address_changed)
        self.township.activated.connect(self._on_town_chosen)

    def _on_address_changed(self, address: str) -> None:
        if self._is_town_chosen:
            return
        guess = township_from_address(address, self._context.desk.services.townships)
        self._show_town(guess.code if guess.matched else "")
        key = "register-town-review" if guess.needs_review else "register-town-guessed"
        self._say_town(self._texts(key, word=guess.matched) if guess.matched else "")

    def _on_town_chosen(self, _index: int) -> None:
        self._is_town_chosen = bool(self.township.currentData())
        self._say_town("")

    def _say_town(self, words: str) -> None:
        self.township_note.setText(words)
        self.township_note.setVisible(bool(words))

    def _show_town(self, code: str) -> None:
        if self.township.findData(code) < 0:
            self.township.addItem(township_words(code, self._texts), code)
        self.township.setCurrentIndex(self.township.findData(code))

    def _show_categories(self, codes: Sequence[str]) -> None:
        for code, chip in self.categories.items():
            chip.setChecked(code in codes)

    def _people(self) -> int | None:
        words = self.headcount.text().strip()
        return int(words) if words.isdecimal() and int(words) <= _MOST_PEOPLE else None
