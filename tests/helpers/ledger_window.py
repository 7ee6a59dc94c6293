"""Today, ledger and item page over a real encrypted file, in a window of the size officers have."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fangshan_desk.data.spreadsheets.handing_out import write_table
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.components.rail import PersonFacts
from fangshan_desk.ui.context import Context, Navigator, Target
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.operations import Notice, Operations
from fangshan_desk.ui.pages.item import ItemPage
from fangshan_desk.ui.pages.rectification import RectificationPage
from fangshan_desk.ui.pages.today import TodayPage
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.navigation import NavigationEntry
from tests.helpers.desk_files import TemporaryDesk, temporary_desk
from tests.helpers.ledger_cases import LedgerCase
from tests.helpers.office import office_options

_ELSEWHERE = ("visits", "visit", "letters", "letter", "enterprises", "enterprise")


class ElsewherePage(Page):
    """Stands in for the pages of others; remembers with what it was opened."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.targets: list[Target] = []

    def open(self, target: Target) -> None:
        """Notes where it was sent."""
        self.targets.append(target)


class LedgerWindow:
    """The main window with the pages of the ledger, and the cases in it."""

    def __init__(self, desk: TemporaryDesk, lanes: Lanes) -> None:
        self.desk = desk
        self.case = LedgerCase(desk)
        self.lanes = lanes
        self.texts = chinese_texts()
        self.operations = Operations(lanes, self.texts)
        self.notices: list[Notice] = []
        self.crashes: list[BaseException] = []
        self.operations.noticed.connect(self.notices.append)
        self.operations.crashed.connect(self.crashes.append)
        self.window = MainWindow(
            operations=self.operations,
            texts=self.texts,
            make_context=self._context,
            pages={
                "today": TodayPage,
                "rectification": RectificationPage,
                "item": ItemPage,
                **dict.fromkeys(_ELSEWHERE, ElsewherePage),
            },
            navigation=[
                [
                    NavigationEntry(name, self.texts(f"navigation-{name}"), name)
                    for name in ("today", "rectification")
                ]
            ],
            person=PersonFacts("张三", "县人社局 · 劳动关系协调员"),
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def _context(self, navigator: Navigator) -> Context:
        return Context(desk=self.desk, operations=self.operations, texts=self.texts, navigator=navigator)

    @property
    def ledger(self) -> RectificationPage:
        """The ledger."""
        page = self.window.page("rectification")
        assert isinstance(page, RectificationPage)
        return page

    @property
    def item(self) -> ItemPage:
        """The page of one item."""
        page = self.window.page("item")
        assert isinstance(page, ItemPage)
        return page

    @property
    def today(self) -> TodayPage:
        """The first screen."""
        page = self.window.page("today")
        assert isinstance(page, TodayPage)
        return page

    @property
    def dialog(self) -> Any:
        """The dialog that is open."""
        found = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        assert found, "no dialog is open"
        return found[-1]

    @property
    def has_dialog(self) -> bool:
        """Whether a dialog is open."""
        return any(each.isVisible() for each in self.window.findChildren(QDialog))

    def open(self, page: str, record_id: str = "", **extra: str) -> None:
        """Goes to a page and waits for it."""
        self.window.open(Target(page, record_id, extra))
        self.wait()

    def went_to(self, page: str) -> Target:
        """With what another page was opened last."""
        found = self.window.page(page)
        assert isinstance(found, ElsewherePage)
        return found.targets[-1]

    def here(self) -> str:
        """The name of the page that is shown."""
        current = self.window.current_page()
        return next(name for name, page in self.window._pages.items() if page is current)

    def wait(self) -> None:
        """Until everything is read and painted."""
        settle(self.lanes.is_idle, patience_ms=20000)

    def type(self, words: str, *, into: QWidget | None = None) -> None:
        """Types letters one by one, Chinese as an input method does; waits for the pause in typing to end."""
        target = into or QApplication.focusWidget()
        assert target is not None
        if words.isascii():
            QTest.keyClicks(target, words)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(words)
            QApplication.sendEvent(target, committed)
        QTest.qWait(250)
        self.wait()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key to whatever holds the keyboard."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        self.wait()

    def accept(self) -> None:
        """Takes the step of the open dialog and waits until it is told."""
        assert self.dialog.objection() == ""
        QTest.mouseClick(self.dialog._accept, Qt.MouseButton.LeftButton)
        self.wait()

    def titles(self) -> list[str]:
        """Items in the ledger from top to bottom."""
        model = self.ledger.table.model
        column = [each.key for each in model.columns].index("title")
        found = [str(model.index(row, column).data()) for row in range(model.rowCount())]
        self.wait()
        return [str(model.index(row, column).data()) for row in range(len(found))]

    def told(self) -> str:
        """The last message with what to do next."""
        assert self.notices, "nothing was told"
        notice = self.notices[-1]
        return f"{notice.sentence}{notice.detail}"

    def close(self) -> None:
        """Away with the window and its pages."""
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.wait()
        self.window.close()
        self.window.deleteLater()
        settle(self.lanes.is_idle)


@contextmanager
def ledger_window(folder: Path, lanes: Lanes, **options: Any) -> Iterator[LedgerWindow]:
    """A window on a new file."""
    given = {**office_options(), "write_table": write_table, **options}
    with temporary_desk(folder, **given) as desk:
        opened = LedgerWindow(desk, lanes)
        try:
            yield opened
        finally:
            opened.close()
            assert opened.crashes == []
