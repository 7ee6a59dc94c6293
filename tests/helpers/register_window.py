"""The register's pages over a real encrypted file, in a window of the size officers have."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fangshan_desk.data.search_index import prepare_search
from fangshan_desk.data.spreadsheets.handing_out import write_table
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.components.global_search import global_search
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.components.rail import PersonFacts
from fangshan_desk.ui.context import Context, Navigator, Target
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.pages.enterprise import EnterprisePage
from fangshan_desk.ui.pages.enterprises import EnterprisesPage
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.navigation import NavigationEntry
from tests.helpers.desk_files import TemporaryDesk, temporary_desk

COUNTY_WORDS = ("山西", "吕梁", "方山县", "圪洞镇", "大武镇", "马坊镇", "峪口镇")


class ElsewherePage(Page):
    """Stands in for the pages of others; remembers with what it was opened."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.targets: list[Target] = []

    def open(self, target: Target) -> None:
        """Notes where it was sent."""
        self.targets.append(target)


class RegisterWindow:
    """The main window with the two pages of the register."""

    def __init__(self, desk: TemporaryDesk, lanes: Lanes) -> None:
        self.desk = desk
        self.lanes = lanes
        self.texts = chinese_texts()
        self.operations = Operations(lanes, self.texts)
        self.notices: list[Any] = []
        self.crashes: list[BaseException] = []
        self.operations.noticed.connect(self.notices.append)
        self.operations.crashed.connect(self.crashes.append)
        elsewhere = ("visits", "visit", "letter", "item", "today")
        self.window = MainWindow(
            operations=self.operations,
            texts=self.texts,
            make_context=self._context,
            pages={
                "enterprises": EnterprisesPage,
                "enterprise": EnterprisePage,
                **dict.fromkeys(elsewhere, ElsewherePage),
            },
            navigation=[
                [
                    NavigationEntry(name, self.texts(f"navigation-{name}"), icon)
                    for name, icon in (("today", "today"), ("enterprises", "enterprise"), ("visits", "visit"))
                ]
            ],
            person=PersonFacts("张三", "县人社局 · 劳动关系协调员"),
        )
        self.window.set_search(global_search(desk.readers.register, self.texts))
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def _context(self, navigator: Navigator) -> Context:
        return Context(desk=self.desk, operations=self.operations, texts=self.texts, navigator=navigator)

    @property
    def list_page(self) -> EnterprisesPage:
        """The list."""
        page = self.window.page("enterprises")
        assert isinstance(page, EnterprisesPage)
        return page

    @property
    def page(self) -> EnterprisePage:
        """The page of one enterprise."""
        page = self.window.page("enterprise")
        assert isinstance(page, EnterprisePage)
        return page

    @property
    def dialog(self) -> Any:
        """The dialog that is open."""
        found = [each for each in self.window.findChildren(QDialog) if each.isVisible() and each.isModal()]
        return found[-1]

    def open(self, page: str, record_id: str = "", **extra: str) -> None:
        """Goes to a page and waits for it."""
        self.window.open(Target(page, record_id, extra))
        self.wait()

    def went_to(self, page: str) -> Target:
        """With what another page was opened last."""
        found = self.window.page(page)
        assert isinstance(found, ElsewherePage)
        return found.targets[-1]

    def wait(self) -> None:
        """Until everything is read and painted."""
        settle(self.lanes.is_idle, patience_ms=15000)

    def type(self, words: str, *, into: QWidget | None = None) -> None:
        """Types letters one by one and waits."""
        target = into or QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, words)
        self.wait()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key to whatever holds the keyboard."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        self.wait()

    def listed(self) -> list[str]:
        """Names in the list from top to bottom."""
        model = self.list_page.table.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def shoot(self, name: str) -> None:
        """A picture to look at."""
        self.wait()
        folder = Path("/tmp/ui")  # looked at by a person, not by the test
        if folder.is_dir():
            self.window.grab().save(str(folder / f"{name}.png"))
            for number, dialog in enumerate(
                each for each in self.window.findChildren(QDialog) if each.isVisible()
            ):
                dialog.grab().save(str(folder / f"{name}-dialog-{number}.png"))

    def close(self) -> None:
        """Away with the window and its pages."""
        self.wait()
        self.window.close()
        self.window.deleteLater()
        settle(self.lanes.is_idle)


@contextmanager
def register_window(folder: Path, lanes: Lanes, **options: Any) -> Iterator[RegisterWindow]:
    """A window on a new file."""
    with temporary_desk(folder, **options) as desk:
        desk.options.setdefault("write_table", write_table)
        prepare_search(desk.file.database, COUNTY_WORDS)
        opened = RegisterWindow(desk, lanes)
        try:
            yield opened
        finally:
            opened.close()
            assert opened.crashes == []
