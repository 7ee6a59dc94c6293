"""The pages of a letter as they will be printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.buttons import IconButton, QuietButton
from fangshan_desk.ui.widgets.labels import text_label

# A4 at 96 dots per inch: what 100 % means on a screen.
ACTUAL_WIDTH = 794
_MARGIN = 16
_PAGE_GAP = 14


class Zoom(StrEnum):
    """How large a page is shown."""

    PAGE = "page"
    WIDTH = "width"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class PreviewLabels:
    """The words of the bar below the pages."""

    fit_page: str
    fit_width: str
    actual: str
    previous_page: str
    next_page: str
    page_of: Callable[[int, int], str]


class _Page(QWidget):
    """One sheet with its shadow."""

    def __init__(self, image: QImage, parent: QWidget) -> None:
        super().__init__(parent)
        self.image = image
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_width(self, width: int) -> None:
        ratio = self.image.height() / self.image.width() if self.image.width() else 1.414
        self.setFixedSize(width, round(width * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self.image)
        painter.setPen(QColor(palette.FIELD_LINE))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PreviewPages(QFrame):
    """Scrollable sheets on a grey table; Ctrl+wheel changes between the three sizes.

    :attr:`width_wanted` tells the owner how many device pixels a page should have to be sharp.
    """

    width_wanted = Signal(int)
    page_shown = Signal(int)

    def __init__(self, *, labels: PreviewLabels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "desktop")
        self._labels = labels
        self._zoom = Zoom.PAGE
        self._pages: list[_Page] = []
        self._sheets = QWidget()
        self._sheets.setProperty("surface", "desktop")
        self._column = QVBoxLayout(self._sheets)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(_PAGE_GAP)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._sheets)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._scroll.viewport().installEventFilter(self)
        self._wish = QTimer(self)
        self._wish.setSingleShot(True)
        self._wish.setInterval(120)
        self._wish.timeout.connect(self._on_wish)
        self._counter = text_label(role="weak")
        self._build()

    def set_pages(self, images: Sequence[QImage]) -> None:
        """Replaces the pages; keeps the place when the number stays the same."""
        if len(images) == len(self._pages):
            for page, image in zip(self._pages, images, strict=True):
                page.image = image
                page.update()
        else:
            for page in self._pages:
                self._column.removeWidget(page)
                page.deleteLater()
            self._pages = [_Page(image, self._sheets) for image in images]
            for page in self._pages:
                self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._lay_out()

    def zoom(self) -> Zoom:
        return self._zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """Shows whole pages, their width, or their real size."""
        self._zoom = zoom
        self._lay_out()

    def page_number(self) -> int:
        """The page at the top of the view, counted from 1; 0 without pages."""
        top = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 3
        number = sum(1 for page in self._pages if page.y() <= top)
        return max(1, number) if self._pages else 0

    def show_page(self, number: int) -> None:
        """Scrolls to a page counted from 1."""
        if 1 <= number <= len(self._pages):
            self._scroll.verticalScrollBar().setValue(self._pages[number - 1].y() - _MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            sizes = list(Zoom)
            step = 1 if event.angleDelta().y() > 0 else -1
            self.set_zoom(sizes[max(0, min(len(sizes) - 1, sizes.index(self._zoom) + step))])
            return True
        if event.type() == QEvent.Type.Resize:
            self._lay_out()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(560, 640)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        bar = QFrame(self)
        bar.setProperty("surface", "preview-bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(4)
        previous = IconButton("chevron-up", name=self._labels.previous_page)
        previous.clicked.connect(lambda: self.show_page(self.page_number() - 1))
        following = IconButton("chevron-down", name=self._labels.next_page)
        following.clicked.connect(lambda: self.show_page(self.page_number() + 1))
        for widget in (previous, following, self._counter):
            row.addWidget(widget)
        row.addStretch(1)
        words = {Zoom.PAGE: "fit_page", Zoom.WIDTH: "fit_width", Zoom.ACTUAL: "actual"}
        for zoom, word in words.items():
            button = QuietButton(getattr(self._labels, word), compact=True)
            button.clicked.connect(lambda _=False, chosen=zoom: self.set_zoom(chosen))
            row.addWidget(button)
        column.addWidget(bar)

    def _page_width(self, page: _Page) -> int:
        room = self._scroll.viewport().size()
        width = max(120, room.width() - 2 * _MARGIN)
        if self._zoom is Zoom.ACTUAL:
            return ACTUAL_WIDTH
        if self._zoom is Zoom.WIDTH or not page.image.height():
            return width
        height = max(160, room.height() - 2 * _MARGIN)
        return min(width, round(height * page.image.width() / page.image.height()))

    def _lay_out(self) -> None:
        for page in self._pages:
            page.set_width(self._page_width(page))
        self._count()
        if self._pages:
            self._wish.start()

    def _count(self) -> None:
        self._counter.setText(
            self._labels.page_of(self.page_number(), len(self._pages)) if self._pages else ""
        )

    def _on_scrolled(self) -> None:
        self._count()
        self.page_shown.emit(self.page_number())

    def _on_wish(self) -> None:
        if self._pages:
            self.width_wanted.emit(round(self._pages[0].width() * self.devicePixelRatioF()))
