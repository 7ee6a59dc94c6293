"""Shows an unexpected failure to the person, who decides what to do with the report."""

import traceback

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label


def plain_report(error: BaseException) -> str:
    """What failed and where, without any value of a record."""
    steps = traceback.extract_tb(error.__traceback__)
    places = [f"{step.filename.rsplit('fangshan_desk', 1)[-1]}:{step.lineno} {step.name}" for step in steps]
    chain = error.__cause__ or error.__context__
    cause = f"\n<- {plain_report(chain)}" if chain is not None else ""
    return "\n".join([type(error).__qualname__, *places]) + cause


class CrashDialog(QDialog):
    """Says that work is safe, shows the report before anything leaves the machine."""

    def __init__(self, report: str, *, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(texts("shell-crash-title"))
        self.setMinimumSize(560, 360)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(text_label(texts("shell-crash-sentence"), role="section", wrap=True))
        column.addWidget(text_label(texts("shell-crash-next"), role="weak-body", wrap=True))
        view = QPlainTextEdit(report)
        view.setReadOnly(True)
        view.setAccessibleName(texts("shell-crash-title"))
        column.addWidget(view, 1)
        row = QHBoxLayout()
        copy = SecondaryButton(texts("shell-crash-copy"), icon="copy")
        copy.clicked.connect(self._on_copy)
        close = PrimaryButton(texts("shell-crash-continue"))
        close.clicked.connect(self.accept)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
