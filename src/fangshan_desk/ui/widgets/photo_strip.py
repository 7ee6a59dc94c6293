"""Pictures beside a record: thumbnails, dropping, pasting."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.focus import KeyboardFocus
from fangshan_desk.ui.widgets.icons import paint_icon
from fangshan_desk.ui.widgets.painting import paint_focus, sized_font

THUMBNAIL = 72


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture: the key its owner knows it by, a small image, its name."""

    key: str
    image: QImage
    name: str = ""


@dataclass(frozen=True, slots=True)
class PhotoLabels:
    """The words of the strip."""

    add: str
    open: str
    remove: str


class _Thumbnail(KeyboardFocus, QAbstractButton):
    """One picture, cut to a square."""

    removed = Signal(str)

    def __init__(self, photo: Photo, *, labels: PhotoLabels, is_read_only: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.photo = photo
        self._labels = labels
        self._is_read_only = is_read_only
        self.setFixedSize(THUMBNAIL, THUMBNAIL)
        self.setToolTip(photo.name)
        self.setAccessibleName(photo.name or labels.open)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setClipPath(frame)
        image = self.photo.image
        side = min(image.width(), image.height())
        part = QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
        painter.drawImage(QRectF(self.rect()), image, part)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(palette.LINE), 1))
        painter.drawPath(frame)
        if self.shows_focus():
            paint_focus(painter, QRectF(self.rect()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._labels.open, self.click)
        if not self._is_read_only:
            menu.addAction(self._labels.remove, self._on_remove)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self._is_read_only:
            self._on_remove()
            return
        super().keyPressEvent(event)

    def _on_remove(self) -> None:
        self.removed.emit(self.photo.key)


class _AddTile(KeyboardFocus, QAbstractButton):
    """The empty tile at the end that takes a new picture."""

    def __init__(self, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(caption)
        self.setAccessibleName(caption)
        self.setFixedSize(THUMBNAIL, THUMBNAIL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.FIELD_LINE), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(palette.SELECTED if self.underMouse() else palette.FIELD))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        paint_icon(painter, "camera", colour=palette.TEXT_WEAK, rect=QRectF(26, 15, 20, 20))
        painter.setPen(QColor(palette.TEXT_WEAK))
        painter.setFont(sized_font(self.font(), pixels=11))
        painter.drawText(self.rect().adjusted(2, 36, -2, 0), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.shows_focus():
            paint_focus(painter, QRectF(self.rect()))


class PhotoStrip(QWidget):
    """Thumbnails in a row; files may be dropped on it, Ctrl+V pastes a picture."""

    add_requested = Signal()
    files_dropped = Signal(list)
    image_pasted = Signal(QImage)
    photo_opened = Signal(str)
    photo_removed = Signal(str)

    def __init__(
        self, *, labels: PhotoLabels, is_read_only: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._labels = labels
        self._is_read_only = is_read_only
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._add = _AddTile(labels.add, self)
        self._add.clicked.connect(self.add_requested)
        self._add.setVisible(not is_read_only)
        self.setAcceptDrops(not is_read_only)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_photos(())

    def set_photos(self, photos: Sequence[Photo]) -> None:
        """Replaces what is shown."""
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and old is not self._add:
                old.deleteLater()
        for photo in photos:
            tile = _Thumbnail(photo, labels=self._labels, is_read_only=self._is_read_only, parent=self)
            tile.clicked.connect(self._on_tile_clicked)
            tile.removed.connect(self.photo_removed)
            self._row.addWidget(tile)
        self._row.addWidget(self._add)
        self._row.addStretch(1)

    def sizeHint(self) -> QSize:
        return QSize(self._row.sizeHint().width(), THUMBNAIL)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
        elif event.mimeData().hasImage():
            self.image_pasted.emit(QImage(event.mimeData().imageData()))
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self._is_read_only:
            self.paste()
            return
        super().keyPressEvent(event)

    def paste(self) -> bool:
        """Takes a picture or files from the clipboard; says whether there was one."""
        content = QGuiApplication.clipboard().mimeData()
        files = [url.toLocalFile() for url in content.urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
            return True
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            return False
        self.image_pasted.emit(image)
        return True

    def _on_tile_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, _Thumbnail):
            self.photo_opened.emit(tile.photo.key)
