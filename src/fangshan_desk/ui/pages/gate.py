"""Before the desk opens: the first start with its questions, and the unlocking with the passphrase."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.starting import ROLES_OF_BODY, FirstStart

CARD_WIDTH = 460


@dataclass(frozen=True)
class StartAnswers:
    """What the person answered: who they are and the passphrase they chose."""

    first_start: FirstStart
    passphrase: str


class Gate(QWidget):
    """A calm surface with one card in its middle; subclasses fill the card."""

    def __init__(self, texts: Texts, title: str, lead: str) -> None:
        super().__init__()
        self.texts = texts
        self.setWindowTitle(texts("shell-window-title"))
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card = Card(padding=28)
        self.card.setFixedWidth(CARD_WIDTH)
        self.card.body.setSpacing(14)
        self.card.body.addWidget(text_label(title, role="title"))
        self.card.body.addWidget(text_label(lead, role="weak", wrap=True))
        self._problem = text_label(role="red", wrap=True)
        self._problem.hide()
        self.card.installEventFilter(self)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.card and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def show_problem(self, sentence: str) -> None:
        """Says what was wrong; an empty sentence hides it."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def set_busy(self, is_busy: bool, words: str = "") -> None:
        """Blocks the card while a job runs, with words that say which."""
        self.card.setEnabled(not is_busy)
        self._problem.setVisible(is_busy and bool(words))
        self._problem.setProperty("role", "weak" if is_busy else "red")
        self._problem.style().polish(self._problem)
        self._problem.setText(words)

    def sizeHint(self) -> QSize:
        return QSize(1366, 768)

    def _fit(self) -> None:
        # A centred card does not ask wrapped words how high they are at its width.
        layout = self.card.layout()
        if layout is not None:
            self.card.setFixedHeight(layout.totalHeightForWidth(CARD_WIDTH))

    def _finish(self, *buttons: QWidget) -> None:
        self.card.body.addWidget(self._problem)
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.insertStretch(max(0, len(buttons) - 1))
        self.card.body.addLayout(row)


class FirstStartGate(Gate):
    """Three questions and a passphrase, or the invented county."""

    answered = Signal(object)
    sample_wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, texts("gate-first-title"), texts("gate-first-lead"))
        self._name = QLineEdit()
        self._body = QComboBox()
        self._role = QComboBox()
        self._passphrase = _secret_field()
        self._again = _secret_field()
        self._build()
        self._body.currentIndexChanged.connect(self._on_body_changed)
        self._on_body_changed()

    def _build(self) -> None:
        for body in Body:
            self._body.addItem(self.texts(f"body-{body.value}"), body)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        for key, field in (
            ("gate-name", self._name),
            ("gate-body", self._body),
            ("gate-role", self._role),
            ("gate-passphrase", self._passphrase),
            ("gate-passphrase-again", self._again),
        ):
            label = QLabel(self.texts(key))
            label.setBuddy(field)
            field.setAccessibleName(self.texts(key))
            form.addRow(label, field)
        self.card.body.addLayout(form)
        self.card.body.addWidget(text_label(self.texts("gate-passphrase-hint"), role="hint", wrap=True))
        sample = SecondaryButton(self.texts("gate-sample"))
        sample.clicked.connect(self.sample_wanted)
        start = PrimaryButton(self.texts("gate-start"))
        start.clicked.connect(self._on_start)
        self._again.returnPressed.connect(self._on_start)
        self._finish(sample, start)

    def _on_body_changed(self) -> None:
        self._role.clear()
        for role in ROLES_OF_BODY[Body(self._body.currentData())]:
            self._role.addItem(self.texts(f"role-{role.value}"), role)

    def _on_start(self) -> None:
        if self._passphrase.text() != self._again.text():
            self.show_problem(self.texts("gate-passphrases-differ"))
            return
        answers = FirstStart(
            name=self._name.text(),
            body=Body(self._body.currentData()),
            role=Role(self._role.currentData()),
        )
        self.answered.emit(StartAnswers(answers, self._passphrase.text()))


class UnlockGate(Gate):
    """Asks for the passphrase; says which person's workspace it is only after it is open."""

    passphrase_given = Signal(str)

    def __init__(self, texts: Texts, *, is_locked_again: bool = False) -> None:
        lead = texts("gate-locked-lead") if is_locked_again else texts("gate-unlock-lead")
        super().__init__(texts, texts("gate-unlock-title"), lead)
        self._passphrase = _secret_field()
        self._passphrase.setAccessibleName(texts("gate-passphrase"))
        self._passphrase.setPlaceholderText(texts("gate-passphrase"))
        self._passphrase.returnPressed.connect(self._on_open)
        self.card.body.addWidget(self._passphrase)
        button = PrimaryButton(texts("gate-open"))
        button.clicked.connect(self._on_open)
        self._finish(button)

    def refuse(self, sentence: str) -> None:
        """The passphrase did not open the workspace."""
        self.set_busy(False)
        self.show_problem(sentence)
        self._passphrase.selectAll()
        self._passphrase.setFocus()

    def _on_open(self) -> None:
        if self._passphrase.text():
            self.set_busy(True, self.texts("gate-opening"))
            self.passphrase_given.emit(self._passphrase.text())
            self._passphrase.clear()


class FailureGate(Gate):
    """The workspace cannot be opened: what happened, what to do, nothing that could do harm."""

    def __init__(self, texts: Texts, sentence: str, retry: Callable[[], None]) -> None:
        super().__init__(texts, texts("gate-failure-title"), sentence)
        button = PrimaryButton(texts("gate-retry"))
        button.clicked.connect(retry)
        self._finish(button)


def _secret_field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
