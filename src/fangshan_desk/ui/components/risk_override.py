"""Asks for a level set by hand and its reason; the rules say who may."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.components.risk_words import LEVEL_TONES
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.answers import AnswerChoice, SegmentedAnswer
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label

_COLOURS = (RiskLevel.RED, RiskLevel.ORANGE, RiskLevel.YELLOW, RiskLevel.BLUE)


class OverrideDialog(QDialog):
    """A level and a reason; nothing is sent without both."""

    decided = Signal(str, str)

    def __init__(self, texts: Texts, current: RiskLevel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("visit-risk-override"))
        self.level = SegmentedAnswer(
            [
                AnswerChoice(level.value, texts(f"risk-{level.value}"), LEVEL_TONES[level], str(digit))
                for digit, level in enumerate(_COLOURS, 1)
                if level is not current
            ]
        )
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(texts("visit-risk-override-reason"))
        self.reason.setFixedHeight(84)
        self.accept_button = PrimaryButton(texts("visit-risk-override-save"))
        self.accept_button.clicked.connect(self._on_accepted)
        cancel = SecondaryButton(texts("shell-cancel"))
        cancel.clicked.connect(self.reject)
        self.level.answered.connect(self._look)
        self.reason.textChanged.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(text_label(texts("visit-risk-override-hint"), role="weak", wrap=True))
        column.addWidget(self.level)
        column.addWidget(text_label(texts("visit-risk-override-reason"), role="weak"))
        column.addWidget(self.reason)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        column.addLayout(buttons)
        self.setMinimumWidth(420)
        self._look()

    def _look(self) -> None:
        self.accept_button.setEnabled(bool(self.level.value() and self.reason.toPlainText().strip()))

    def _on_accepted(self) -> None:
        self.decided.emit(self.level.value(), self.reason.toPlainText().strip())
        self.accept()
