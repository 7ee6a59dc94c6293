"""The prescription as it grows beside the questions: findings, basis, advice, deadline, owner."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.domain.citations import number_words
from fangshan_desk.domain.letter_facts import LetterItem, PrescriptionFacts
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import QuietButton
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.surfaces import Card


class DraftItem(QWidget):
    """One finding as the letter will have it; a click leads to its question."""

    chosen = Signal(str)

    def __init__(self, item: LetterItem, number: int, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = item.code
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        count = number_words(number, text=texts)
        column.addWidget(
            text_label(texts("visit-draft-finding", number=count, finding=item.finding), wrap=True)
        )
        column.addWidget(text_label(_basis_words(item, texts), role="weak", wrap=True))
        column.addWidget(text_label(texts("visit-draft-advice", advice=item.advice), role="small", wrap=True))
        column.addWidget(_facts(item, texts))

    def mouseReleaseEvent(self, event: object) -> None:
        self.chosen.emit(self._code)


class DraftCard(Card):
    """The live draft of the letter."""

    item_chosen = Signal(str)
    preview_wanted = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(texts("visit-draft-title"), padding=14, parent=parent)
        self._texts = texts
        self._shown: tuple[LetterItem, ...] | None = None
        self._widgets: dict[tuple[int, LetterItem], DraftItem] = {}
        preview = QuietButton(texts("visit-draft-preview"), compact=True)
        preview.clicked.connect(self.preview_wanted)
        self.heading.add_control(preview)
        self._items = QVBoxLayout()
        self._items.setSpacing(4)
        self.body.addLayout(self._items)
        self._empty = text_label(texts("visit-draft-empty"), role="weak", wrap=True)
        self.add(self._empty)
        self.fill()

    def items(self) -> tuple[LetterItem, ...]:
        """What is shown now."""
        return self._shown or ()

    def show_draft(self, facts: PrescriptionFacts) -> None:
        """Shows the draft; findings that did not change keep their widgets."""
        if facts.items == self._shown:
            return
        self._shown = facts.items
        self.heading.set_remark(self._texts("visit-draft-count", count=len(facts.items)))
        self._empty.setVisible(not facts.items)
        kept, self._widgets = self._widgets, {}
        for number, item in enumerate(facts.items, 1):
            key = (number, item)
            self._widgets[key] = kept.pop(key) if key in kept else self._made(item, number)
        for widget in kept.values():
            self._items.removeWidget(widget)
            widget.deleteLater()
        for place, widget in enumerate(self._widgets.values()):
            if self._items.indexOf(widget) != place:
                self._items.insertWidget(place, widget)

    def _made(self, item: LetterItem, number: int) -> DraftItem:
        widget = DraftItem(item, number, self._texts)
        widget.chosen.connect(self.item_chosen)
        return widget


def _basis_words(item: LetterItem, texts: Texts) -> str:
    printable = item.printable_bases
    if not printable:
        return texts("visit-draft-no-basis")
    cites = texts("list-separator").join(basis.cite for basis in printable)
    return texts("visit-draft-basis", cites=cites)


def _facts(item: LetterItem, texts: Texts) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, gap=6)
    if item.deadline is not None:
        flow.addWidget(text_label(texts("visit-draft-deadline"), role="weak"))
        flow.addWidget(Badge(item.deadline.isoformat(), tone=Tone.BLUE))
    if item.owner.name:
        flow.addWidget(text_label(texts("visit-draft-owner"), role="weak"))
        flow.addWidget(Badge(item.owner.name, tone=Tone.GREY))
    elif item.deadline is not None:
        flow.addWidget(Badge(texts("visit-draft-owner-missing"), tone=Tone.ORANGE))
    return holder
