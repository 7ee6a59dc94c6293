"""What a hand on the windows needs to know of widgets: their words, their place, strokes and keys."""

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QMessageLogContext,
    QPoint,
    QRect,
    QSize,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QInputMethodEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from fangshan_desk.ui.screenshots import settle

log = logging.getLogger(__name__)


class ControlMissingError(LookupError):
    """No visible control of that name stands in the window that is in front."""


class ControlDisabledError(RuntimeError):
    """The control is there, but a person could not use it now."""


@contextmanager
def silent_platform() -> Iterator[None]:
    """The offscreen platform tells at every window what it cannot do; nobody needs to read that."""
    before = qInstallMessageHandler(_tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _tell(_kind: QtMsgType, _place: QMessageLogContext, message: str) -> None:
    if not message.startswith("This plugin does not support"):
        log.warning("Qt: %s", message)


def type_into(field: QWidget, text: str) -> None:
    """Type into a field; what no key of a keyboard gives comes through the input method."""
    for run, is_ascii in runs_of(text):
        if is_ascii:
            QTest.keyClicks(field, run)
        else:
            event = QInputMethodEvent()
            event.setCommitString(run)
            QApplication.sendEvent(field, event)


def put_away(window: QWidget) -> None:
    """Close a window for good, whatever stands open over it."""
    for other in list(windows_over(window)):
        other.close()
    window.hide()
    window.deleteLater()
    settle()


def words_of(widget: QWidget) -> list[str]:
    """What a person sees or hears of a control, best first."""
    said = [widget.accessibleName(), widget.objectName()]
    for name in ("text", "placeholderText", "title", "toPlainText"):
        read = getattr(widget, name, None)
        if callable(read):
            said.append(str(read()))
    return [words for words in said if words]


def bring_into_view(widget: QWidget) -> None:
    """Scroll every area around a control until it can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            parent.ensureWidgetVisible(widget, 8, 8)
        parent = parent.parentWidget()


def refuse_covered(widget: QWidget, place: QPoint) -> None:
    """Raise when something else lies over the place, or the place is outside."""
    top = widget.window()
    there = top.childAt(widget.mapTo(top, place))
    if there is None or not (there is widget or widget.isAncestorOf(there) or there.isAncestorOf(widget)):
        raise ControlDisabledError(f"{' / '.join(words_of(widget))} is covered or outside the window")


def windows_over(window: QWidget) -> Iterator[QWidget]:
    """Dialogs, menus and other windows that are open besides this one."""
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and not other.inherits("QTipLabel"):
            yield other


def placed_inside(place: QPoint, size: QSize, room: QSize) -> QPoint:
    """Where a dialog is drawn so that all of it is in the picture."""
    # Without a window manager a dialog may be placed beyond the edge.
    wanted = QRect(place, size)
    wanted.moveRight(min(wanted.right(), room.width() - 1))
    wanted.moveBottom(min(wanted.bottom(), room.height() - 1))
    return QPoint(max(0, wanted.x()), max(0, wanted.y()))


def signature_strokes(size: QSize) -> Iterator[list[QPoint]]:
    """Strokes that look like a name written in a hurry."""
    for number in range(4):
        left, middle = size.width() * (0.3 + 0.1 * number), size.height() * 0.5
        turns = (2 * math.pi * step / 24 for step in range(36))
        yield [
            QPoint(
                round(left + 7 * turn + 14 * math.sin(2 * turn)),
                round(middle + (14 + 6 * number % 12) * math.cos(turn + number)),
            )
            for turn in turns
        ]


def runs_of(text: str) -> Iterator[tuple[str, bool]]:
    """The text in runs of characters that keys give and of those that an input method gives."""
    run = ""
    for character in text:
        if run and character.isascii() != run[-1].isascii():
            yield run, run[-1].isascii()
            run = ""
        run += character
    if run:
        yield run, run[-1].isascii()


def save_picture(picture: QPixmap, path: Path) -> None:
    """Write a picture, or raise OSError."""
    if not picture.save(str(path)):
        raise OSError(f"cannot write {path}")
