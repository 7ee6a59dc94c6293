"""A hand on the real window: finds controls by what a person sees or hears, clicks and types in them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from fangshan_desk.ui.components.crash_dialog import CrashDialog
from fangshan_desk.ui.driving_moves import (
    ControlDisabledError,
    ControlMissingError,
    bring_into_view,
    placed_inside,
    refuse_covered,
    runs_of,
    save_picture,
    signature_strokes,
    type_into,
    windows_over,
    words_of,
)
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.widgets.messages import MessageStrip

W = TypeVar("W", bound=QWidget)
SIZE = (1366, 768)
# Some screens bring themselves up to date a moment after the last key.
REST_MS = 400
PATIENCE_MS = 20_000


class Hand:
    """Works in the window in front as a person would; waits after each move until nothing loads."""

    def __init__(self, window: Callable[[], QWidget], is_idle: Callable[[], bool]) -> None:
        self._window = window
        self._is_idle = is_idle

    @property
    def window(self) -> QWidget:
        """The main window or gate that is open."""
        return self._window()

    def front(self) -> QWidget:
        """What takes the input now: a dialog over the window, or the window."""
        dialog = QApplication.activeModalWidget()
        return dialog if dialog is not None and dialog.isVisible() else self.window

    def settle(self) -> None:
        """Wait until nothing is loading and everything is painted."""
        settle(self._is_idle, patience_ms=PATIENCE_MS)
        front = self.front()
        if front.isVisible() and not front.isActiveWindow():
            # Without a window manager nobody else hands the keyboard on.
            front.activateWindow()
            QTest.qWaitForWindowActive(front)
            settle(self._is_idle, patience_ms=PATIENCE_MS)

    def rest(self, milliseconds: int = REST_MS) -> None:
        """A pause as a person makes one, long enough for what follows the last key by itself."""
        QTest.qWait(milliseconds)
        self.settle()

    def show(self, size: tuple[int, int] = SIZE) -> None:
        """Bring the window up at a size, on any platform."""
        self.window.resize(QSize(*size))
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.settle()

    def all(self, kind: type[W], words: str = "", *, within: QWidget | None = None) -> list[W]:
        """Visible controls of a kind with these words as caption, name, placeholder or object name."""
        found = [each for each in (within or self.front()).findChildren(kind) if each.isVisible()]
        exact = [each for each in found if not words or words in words_of(each)]
        return exact or [each for each in found if any(words in said for said in words_of(each))]

    def find(self, kind: type[W], words: str = "", *, within: QWidget | None = None, number: int = 0) -> W:
        """The first, or another, visible control; raises ControlMissingError naming what is there."""
        found = self.all(kind, words, within=within)
        if len(found) <= number:
            there = [" / ".join(words_of(each)) for each in self.all(kind, within=within)]
            raise ControlMissingError(f"{kind.__name__} “{words}” is not shown; there are: {there[:40]}")
        return found[number]

    def shows(self, words: str) -> bool:
        """Whether any visible control in front says these words."""
        return bool(self.all(QWidget, words))

    def press(self, words: str, *, within: QWidget | None = None, number: int = 0) -> None:
        """Click a button, chip or entry of the rail."""
        self.click(self.find(QAbstractButton, words, within=within, number=number))

    def click(self, widget: QWidget, where: QPoint | None = None) -> None:
        """One click of the left button; scrolls there first, refuses what cannot be clicked."""
        bring_into_view(widget)
        self.settle()
        if not widget.isEnabled():
            raise ControlDisabledError(f"{' / '.join(words_of(widget))} is disabled")
        place = where if where is not None else widget.rect().center()
        refuse_covered(widget, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.settle()

    def keys(self, sequence: str, *, times: int = 1) -> None:
        """Press a key or combination where the keyboard is, such as ``Down`` or ``Ctrl+K``."""
        for _ in range(times):
            QTest.keySequence(self._focus(), QKeySequence(sequence))
            self.settle()

    def type(self, text: str) -> None:
        """Type where the keyboard is; Chinese comes through the input method."""
        for run, is_ascii in runs_of(text):
            # The first key may take the keyboard elsewhere, as from a table into its filter.
            for part in run if is_ascii else (run,):
                type_into(self._focus(), part)
        self.settle()

    def fill(self, name: str, text: str, *, within: QWidget | None = None, number: int = 0) -> None:
        """Replace what stands in a field of this name."""
        field = self._field(name, within, number)
        self.click(field)
        self.keys("Ctrl+A")
        self.type(text)

    def choose(self, name: str, words: str, *, number: int = 0) -> None:
        """Choose from a list by keyboard."""
        box = self.find(QComboBox, name, number=number)
        rows = [row for row in range(box.count()) if words in box.itemText(row)]
        if not rows:
            raise ControlMissingError(f"“{words}” is not in the list {name}")
        box.setFocus(Qt.FocusReason.TabFocusReason)
        self.keys("Home")
        self.keys("Down", times=rows[0])
        if box.currentIndex() != rows[0]:
            raise ControlDisabledError(f"“{words}” cannot be chosen in {name}")

    def open_row(self, words: str, *, table: str = "") -> None:
        """Double-click the row of a table in which these words stand."""
        view = self.find(QTableView, table)
        place = view.visualRect(view.model().index(self._row(view, words), 0)).center()
        self.click(view.viewport(), place)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.settle()

    def mark_row(self, words: str, *, table: str = "") -> None:
        """Click the row of a table in which these words stand."""
        view = self.find(QTableView, table)
        self.click(view.viewport(), view.visualRect(view.model().index(self._row(view, words), 0)).center())

    def table_texts(self, table: str = "") -> list[list[str]]:
        """What a table shows, cell by cell; scrolls nothing."""
        model = self.find(QTableView, table).model()
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def pick(self, words: str) -> None:
        """Choose an entry of the menu that is open."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            raise ControlMissingError("no menu is open")
        action = next((each for each in menu.actions() if words in each.text()), None)
        if not isinstance(action, QAction):
            raise ControlMissingError(f"“{words}” is not in the menu")
        place = menu.actionGeometry(action).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.settle()

    def sign(self, pad: QWidget) -> None:
        """Write something like a name with the mouse."""
        bring_into_view(pad)
        self.settle()
        for path in signature_strokes(pad.size()):
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, path[0])
            for place in path[1:]:
                QTest.mouseMove(pad, place)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, path[-1])
        self.settle()

    def picture(self, path: Path) -> Path:
        """What a person sees: the window with every dialog and menu over it."""
        self.rest()
        canvas = self.window.grab()
        painter = QPainter(canvas)
        for other in windows_over(self.window):
            place = other.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(placed_inside(place, other.size(), self.window.size()), other.grab())
        painter.end()
        path.parent.mkdir(parents=True, exist_ok=True)
        save_picture(canvas, path)
        return path

    def troubles(self) -> list[str]:
        """Sentences of warnings and errors that are on the screen, and reports of crashes."""
        strips = self.window.findChildren(MessageStrip)
        said = [
            strip.sentence()
            for strip in strips
            if strip.isVisible() and strip.property("kind") in ("warning", "error")
        ]
        crashes = [each for each in QApplication.topLevelWidgets() if isinstance(each, CrashDialog)]
        return said + [f"crash report: {each.windowTitle()}" for each in crashes if each.isVisible()]

    def told(self) -> str:
        """The sentence of the strip, if there is one."""
        strips = [strip for strip in self.window.findChildren(MessageStrip) if strip.isVisible()]
        return strips[0].sentence() if strips else ""

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        return focus if focus is not None else self.front()

    def _field(self, name: str, within: QWidget | None, number: int) -> QWidget:
        for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
            found: list[Any] = self.all(kind, name, within=within)
            if len(found) > number:
                field: QWidget = found[number]
                return field
        return self.find(QLineEdit, name, within=within, number=number)

    def _row(self, view: QTableView, words: str) -> int:
        rows = self.table_texts(words_of(view)[0] if words_of(view) else "")
        for number, cells in enumerate(rows):
            if any(words in cell for cell in cells):
                view.scrollTo(view.model().index(number, 0))
                self.settle()
                return number
        raise ControlMissingError(f"no row says “{words}”; there are {len(rows)} rows: {rows[:5]}")
