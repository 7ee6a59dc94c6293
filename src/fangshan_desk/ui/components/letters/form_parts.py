"""Small parts of the forms for signing and service."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from fangshan_desk.ui.widgets.answers import AnswerChoice, SegmentedAnswer
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.palette import Tone

LABEL_WIDTH = 84


class WayChoice(SegmentedAnswer):
    """One of several ways; unlike an answer it cannot be taken back."""

    chosen = Signal(str)

    def __init__(
        self, ways: Sequence[tuple[str, str]], *, value: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            [AnswerChoice(way, words, Tone.BLUE) for way, words in ways], value=value, parent=parent
        )
        self.setAccessibleName(name)
        self._way = value
        self.answered.connect(self._on_answered)

    def way(self) -> str:
        """What is chosen."""
        return self._way

    def choose(self, way: str) -> None:
        """Chooses as if clicked."""
        self._way = way
        self.set_value(way)
        self.chosen.emit(way)

    def _on_answered(self, way: str) -> None:
        # Clicking the chosen one again means nothing here.
        self.choose(way or self._way)


class PeopleBoxes(QWidget):
    """Names to be ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=12)
        self._boxes: dict[str, QCheckBox] = {}

    def show_names(self, names: Sequence[str], *, ticked: Sequence[str]) -> None:
        """Offers names; what was ticked before stays as it was."""
        if list(self._boxes) == list(names):
            return
        for box in self._boxes.values():
            box.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        self._boxes = {name: self._made(name, is_ticked=name in ticked) for name in names}

    def names(self) -> tuple[str, ...]:
        """Who is ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def _made(self, name: str, *, is_ticked: bool) -> QCheckBox:
        box = QCheckBox(name, self)
        box.setChecked(is_ticked)
        box.toggled.connect(lambda _: self.changed.emit())
        self._flow.addWidget(box)
        box.show()
        return box


def labelled(words: str, field: QWidget, *, is_top: bool = False) -> QWidget:
    """A field with a weak word before it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    label = text_label(words, role="weak")
    label.setFixedWidth(LABEL_WIDTH)
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(words)
    side = Qt.AlignmentFlag.AlignTop if is_top else Qt.AlignmentFlag.AlignVCenter
    row.addWidget(label, 0, side)
    row.addWidget(field, 1)
    return holder


def line_field(name: str, *, width: int = 0, placeholder: str = "") -> QLineEdit:
    """One line of text."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    if width:
        field.setFixedWidth(width)
    return field


def side_by_side(*widgets: QWidget) -> QWidget:
    """Fields in one row."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder
