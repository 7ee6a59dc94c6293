"""Line icons drawn from SVG files in whatever colour the place needs."""

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

# Qt's search-path prefix: the application points it to the folder of icons.
ICON_PREFIX = "icons"


def icon_bytes(name: str, *, colour: str) -> bytes:
    """The SVG of one icon with ``currentColor`` replaced; empty when there is none."""
    file = QFile(f"{ICON_PREFIX}:{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return b""
    content = bytes(file.readAll().data())
    file.close()
    return content.replace(b"currentColor", colour.encode())


class _LineIconEngine(QIconEngine):
    """Renders the vector at every size, so 125 % and 150 % stay sharp."""

    def __init__(self, svg: bytes) -> None:
        super().__init__()
        self._svg = svg
        self._renderer = QSvgRenderer(QByteArray(svg))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(0.4)
        self._renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, picture.rect(), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _LineIconEngine(self._svg)


def line_icon(name: str, *, colour: str) -> QIcon:
    """An icon from the icons folder; a null icon when the file is missing."""
    svg = icon_bytes(name, colour=colour)
    return QIcon(_LineIconEngine(svg)) if svg else QIcon()


def icon_pixmap(name: str, *, colour: str, size: int, ratio: float) -> QPixmap:
    """One icon as a pixmap for a screen of this device-pixel ratio."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    svg = icon_bytes(name, colour=colour)
    if svg:
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(svg)).render(painter, QRectF(picture.rect()))
        painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def paint_icon(painter: QPainter, name: str, *, colour: str, rect: QRectF) -> None:
    """Draws one icon into a painter that is already open."""
    svg = icon_bytes(name, colour=colour)
    if svg:
        QSvgRenderer(QByteArray(svg)).render(painter, rect)
