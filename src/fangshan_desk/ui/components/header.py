"""The white band above every page: title, search, the page's own controls."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.widgets.buttons import IconButton
from fangshan_desk.ui.widgets.labels import ElidedLabel
from fangshan_desk.ui.widgets.search_field import SearchField

HEIGHT = 56


class Header(QFrame):
    """Shows the open page's title and borrows its header controls."""

    def __init__(self, search: SearchField, back: IconButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "header")
        self.setFixedHeight(HEIGHT)
        self._search = search
        self._back = back
        self._title = ElidedLabel(role="title")
        self._subtitle = ElidedLabel(role="weak")
        self._slots: dict[int, QWidget] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 1)
        row.setSpacing(8)
        row.addWidget(back)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(search)
        self._row = row
        back.hide()

    def show_page(self, page: Page, *, may_go_back: bool) -> None:
        """Takes over the page's words and controls."""
        self._title.setText(page.title)
        self._subtitle.setText(page.subtitle)
        self._subtitle.setVisible(bool(page.subtitle))
        self._back.setVisible(may_go_back)
        self._search.setVisible(page.shows_search)
        slot = self._slot(page)
        for known in self._slots.values():
            known.setVisible(known is slot)

    def show_search(self) -> None:
        """Brings the search field up on pages that usually go without it."""
        self._search.show()

    def _slot(self, page: Page) -> QWidget:
        # One holder per page: showing it again costs nothing and keeps the tab order.
        slot = self._slots.get(id(page))
        if slot is None:
            slot = QWidget(self)
            slot.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            row = QHBoxLayout(slot)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            self._slots[id(page)] = slot
            self._row.addWidget(slot)
        layout = slot.layout()
        for widget in page.header_widgets():
            if layout is not None and widget.parent() is not slot:
                layout.addWidget(widget)
        return slot
