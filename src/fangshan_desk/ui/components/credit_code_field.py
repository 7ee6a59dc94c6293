"""A credit code that is checked while one types; a wrong one may be kept, a right one nearby is offered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.credit_code import (
    LENGTH,
    CodeCheck,
    Repair,
    RepairKind,
    check_code,
    repair_candidates,
)
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.buttons import LinkButton
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label

MOST_REPAIRS = 3


class CreditCodeField(QWidget):
    """The field, what is wrong with its code, and likely right codes to pick; never changed unasked."""

    edited = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.line = QLineEdit(self)
        self.line.setAccessibleName(texts("register-column-uscc"))
        self.line.setMaxLength(40)
        self.line.setMaximumWidth(270)
        self.note = text_label(role="hint", wrap=True)
        self._repairs = QWidget(self)
        self._flow = FlowLayout(self._repairs, gap=4)
        self.offers: list[LinkButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.line, self.note, self._repairs):
            column.addWidget(widget)
        self.line.textChanged.connect(self._on_changed)
        self._on_changed("")

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, code: str) -> None:
        """Shows a code."""
        self.line.setText(code)

    def check(self) -> CodeCheck:
        """What is to be said of the code as typed."""
        return check_code(self.line.text())

    def _on_changed(self, _text: str) -> None:
        check = self.check()
        self._say(check)
        self._offer(check.code if len(check.code) == LENGTH else "")
        self.edited.emit()

    def _say(self, check: CodeCheck) -> None:
        role, words = "hint", self._texts("register-code-empty")
        if check.problems and check.code:
            first = check.problems[0]
            is_unfinished = len(check.code) < LENGTH and first.key == "uscc-problem-length"
            role = "hint" if is_unfinished and self.line.hasFocus() else "orange"
            words = self._texts(first.key, **first.values)
        elif check.warnings:
            role, words = "orange", self._texts(check.warnings[0].key, **check.warnings[0].values)
        elif check.code:
            role, words = "green", self._texts("register-code-right")
        self.note.setText(words)
        self.note.setProperty("role", role)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def _offer(self, code: str) -> None:
        for button in self.offers:
            self._flow.removeWidget(button)
            button.deleteLater()
        found = _likely_repairs(code) if code else ()
        self.offers = [
            LinkButton(
                self._texts(
                    "register-code-offer",
                    code=repair.code,
                    why=self._texts(f"uscc-repair-{repair.kind.value}"),
                )
            )
            for repair in found
        ]
        for button, repair in zip(self.offers, found, strict=True):
            self._flow.addWidget(button)
            button.clicked.connect(lambda _checked=False, code=repair.code: self.line.setText(code))
        self._repairs.setVisible(bool(found))


def _likely_repairs(code: str) -> tuple[Repair, ...]:
    found = repair_candidates(code)
    # Any character may be wrong; those are guesses, worth showing only where nothing is likelier.
    likely = tuple(repair for repair in found if repair.kind is not RepairKind.REPLACED)
    return (likely or found)[:MOST_REPAIRS]
