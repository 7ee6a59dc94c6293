"""Lines that stay in view while they are true, such as what is still in the way of a signature."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from fangshan_desk.ui.widgets.icons import icon_pixmap
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.messages import MessageKind
from fangshan_desk.ui.widgets.palette import TONES, Tone

_LOOK = {
    MessageKind.INFO: ("info", Tone.BLUE),
    MessageKind.SUCCESS: ("check", Tone.GREEN),
    MessageKind.WARNING: ("warning", Tone.ORANGE),
    MessageKind.ERROR: ("warning", Tone.RED),
}


class NoticeBox(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None, *, kind: MessageKind = MessageKind.WARNING) -> None:
        super().__init__(parent)
        self.setProperty("surface", "message")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._picture = QLabel(self)
        self._words = text_label(role="small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        self.set_kind(kind)
        self.hide()

    def text(self) -> str:
        """What is said; empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def set_kind(self, kind: MessageKind) -> None:
        """How serious the lines are."""
        icon, tone = _LOOK[kind]
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icon_pixmap(icon, colour=TONES[tone].text, size=16, ratio=ratio))
        self.setProperty("kind", str(kind))
        self.style().unpolish(self)
        self.style().polish(self)

    def show_lines(self, lines: Sequence[str], *, kind: MessageKind | None = None) -> None:
        """Replaces what is said."""
        if kind is not None:
            self.set_kind(kind)
        self._words.setText("\n".join(lines))
        self.setAccessibleName(self._words.text())
        self.setVisible(bool(lines))
