"""White cards and what stands at their top."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.palette import CARD_PADDING


class SectionTitle(QWidget):
    """A bold word, a weak remark beside it, and controls at the right."""

    def __init__(self, title: str, *, remark: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = text_label(title, role="section")
        self._remark = text_label(remark, role="hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._remark)
        row.addStretch(1)
        self._row = row
        self._remark.setVisible(bool(remark))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(20)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_remark(self, remark: str) -> None:
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def add_control(self, control: QWidget) -> None:
        """Puts a button or badge at the right end."""
        self._row.addWidget(control)


class Card(QFrame):
    """A white surface with a thin border; give it a title or leave it bare."""

    def __init__(
        self, title: str = "", *, remark: str = "", padding: int = CARD_PADDING, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(10)
        self.heading = SectionTitle(title, remark=remark)
        self.body.addWidget(self.heading)
        # After it has a parent: shown before, it would be a window of its own for a moment.
        self.heading.setVisible(bool(title))

    def add(self, widget: QWidget, *, stretch: int = 0) -> None:
        """Adds a part below what is there."""
        self.body.addWidget(widget, stretch)

    def fill(self) -> None:
        """Pushes what is there to the top."""
        self.body.addStretch(1)


def divider(parent: QWidget | None = None) -> QFrame:
    """A thin line between rows."""
    line = QFrame(parent)
    line.setProperty("surface", "divider")
    line.setFixedHeight(1)
    line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return line
