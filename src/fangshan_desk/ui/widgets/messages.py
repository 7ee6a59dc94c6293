"""What the program tells: a strip above the page, progress, and empty places."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.icons import icon_pixmap
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.palette import TONES, Tone

_INFO_STAYS_MS = 6000


class MessageKind(StrEnum):
    """How serious a message is."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


_LOOK: dict[MessageKind, tuple[str, Tone]] = {
    MessageKind.INFO: ("info", Tone.BLUE),
    MessageKind.SUCCESS: ("check", Tone.GREEN),
    MessageKind.WARNING: ("warning", Tone.ORANGE),
    MessageKind.ERROR: ("warning", Tone.RED),
}


class MessageStrip(QFrame):
    """One sentence with an optional next step; news goes away by itself, trouble stays."""

    next_step_chosen = Signal()
    closed = Signal()

    def __init__(self, *, close_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "message")
        self._picture = QLabel(self)
        self._sentence = text_label(role="message", wrap=True)
        self._detail = text_label(role="weak", wrap=True)
        self._next_step = SecondaryButton("", compact=True, parent=self)
        self._next_step.clicked.connect(self._on_next_step)
        close = IconButton("close", name=close_name)
        close.clicked.connect(self.close_message)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_message)
        self._build(close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_message(
        self, sentence: str, *, kind: MessageKind = MessageKind.INFO, detail: str = "", next_step: str = ""
    ) -> None:
        """Replaces whatever is shown."""
        icon, tone = _LOOK[kind]
        colour = TONES[tone].text
        picture = icon_pixmap(icon, colour=colour, size=16, ratio=self.devicePixelRatioF())
        self._picture.setPixmap(picture)
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._next_step.setText(next_step)
        self._next_step.setVisible(bool(next_step))
        self._next_step.updateGeometry()
        self.setProperty("kind", str(kind))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(sentence)
        self.show()
        passes = kind in (MessageKind.INFO, MessageKind.SUCCESS) and not next_step
        self._timer.start(_INFO_STAYS_MS) if passes else self._timer.stop()

    def sentence(self) -> str:
        """What is shown now; empty when hidden."""
        return "" if self.isHidden() else self._sentence.text()

    def close_message(self) -> None:
        """Hides the strip."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _build(self, close: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 16, 6)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sentence)
        words.addWidget(self._detail)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        row.addWidget(self._next_step)
        row.addWidget(close)

    def _on_next_step(self) -> None:
        self.close_message()
        self.next_step_chosen.emit()


class ProgressStrip(QFrame):
    """How far a long job is; it can be stopped."""

    cancelled = Signal()

    def __init__(self, *, cancel_caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "progress")
        self._sentence = text_label(role="weak")
        self._remaining = text_label(role="weak")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(10)
        self._cancel = SecondaryButton(cancel_caption, compact=True, parent=self)
        self._cancel.setVisible(bool(cancel_caption))
        self._cancel.clicked.connect(self._on_cancel)
        self._build()

    def show_progress(self, done: int, total: int, *, sentence: str, remaining: str = "") -> None:
        """Moves the bar; a total of zero means the length is unknown."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._sentence.setText(sentence)
        self._remaining.setText(remaining)
        self.setAccessibleName(sentence)
        self.show()

    def start(self, sentence: str) -> None:
        """Shows a job whose length is not known yet."""
        self._cancel.setEnabled(True)
        self.show_progress(0, 0, sentence=sentence)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._remaining)
        row.addWidget(self._cancel)
        column.addLayout(row)

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()


class EmptyState(QWidget):
    """An empty place that says why it is empty and what to do."""

    action_chosen = Signal()

    def __init__(
        self,
        sentence: str,
        *,
        hint: str = "",
        action: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel(self)
        self._sentence = text_label(role="strong", wrap=True)
        self._hint = text_label(role="weak-body", wrap=True)
        self._action = PrimaryButton("", compact=True, parent=self)
        self._action.clicked.connect(self.action_chosen)
        self._build()
        self.show_words(sentence, hint=hint, action=action)

    def show_words(self, sentence: str, *, hint: str = "", action: str = "") -> None:
        """Changes what is said, such as when a filter is the reason."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._action.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 32, 16)
        column.setSpacing(8)
        column.addStretch(2)
        for widget in (self._picture, self._sentence, self._hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        picture = icon_pixmap(self._icon, colour=palette.FIELD_LINE, size=40, ratio=self.devicePixelRatioF())
        self._picture.setPixmap(picture)
        self._picture.setVisible(bool(self._icon))
