"""Holds one page and scrolls it where the screen is too small."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from fangshan_desk.ui.components.page import Page


class PageArea(QScrollArea):
    """A page too large for a small screen scrolls; it must not push the window off the screen."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_words_whole()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._keep_words_whole()
        return super().eventFilter(watched, event)

    def _keep_words_whole(self) -> None:
        # A minimum size knows nothing of wrapped words: ask for the height at this very width.
        layout = self._page.layout()
        if layout is None:
            return
        width = self.viewport().width()
        # Once the wrapped words are gone, the layout's own least height counts again.
        wrapped = layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else 0
        self._page.setMinimumHeight(wrapped)
