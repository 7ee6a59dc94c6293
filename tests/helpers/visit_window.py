"""A visit page over a real encrypted file, in a window of the size officers have."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fangshan_desk.data.attachments import AttachmentStore
from fangshan_desk.data.readers.register import SQLRegisterReader
from fangshan_desk.data.readers.visits import SQLVisitReader
from fangshan_desk.domain.records.visits import Visit, VisitStep
from fangshan_desk.domain.rights import Role
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.components.rail import PersonFacts
from fangshan_desk.ui.components.visit_panels import PanelFactory
from fangshan_desk.ui.context import Context, Navigator, Target
from fangshan_desk.ui.main_window import MainWindow, PageFactory
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.pages.visit import VisitPage
from fangshan_desk.ui.pages.visits import VisitsPage
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.navigation import NavigationEntry
from fangshan_desk.usecases.desk import Job, Outcome, Readers
from fangshan_desk.usecases.ports import Services
from tests.helpers.clocks import FixedClock
from tests.helpers.visit_story import VisitStory, visit_story

T = TypeVar("T")
PAGES = ("today", "enterprises", "visits", "letters", "rectification")


class StoryDesk:
    """The desk as screens see it; ``failures`` are raised one by one instead of the next jobs.

    Clearing ``turn`` holds every change back.
    """

    def __init__(self, story: VisitStory) -> None:
        self._story = story
        self.failures: list[BaseException] = []
        self.turn = threading.Event()
        self.turn.set()
        reader = SQLVisitReader(story.desk.file.database)
        missing: Any = None
        register = SQLRegisterReader(story.desk.file.database)
        self.readers = Readers(
            register=register, visits=reader, letters=missing, ledger=missing, today=missing
        )

    @property
    def services(self) -> Services:
        return self._story.desk.services

    def transact(self, job: Job[T]) -> Outcome[T]:
        self.turn.wait()
        if self.failures:
            raise self.failures.pop(0)
        return self._story.desk.transact(job)


class VisitWindow:
    """The main window with the pages of a visit."""

    def __init__(self, story: VisitStory, lanes: Lanes, pages: dict[str, PageFactory]) -> None:
        self.story = story
        self.lanes = lanes
        self.desk = StoryDesk(story)
        self.operations = Operations(lanes, chinese_texts())
        self.window = MainWindow(
            operations=self.operations,
            texts=chinese_texts(),
            make_context=self._context,
            pages=pages,
            navigation=[
                [
                    NavigationEntry(name, chinese_texts()(f"navigation-{name}"), "visit")
                    for name in ("visits",)
                ]
            ],
            person=PersonFacts("张三", "县人社局 · 劳动关系协调员"),
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.crashes: list[BaseException] = []
        self.notices: list[Any] = []
        self.operations.crashed.connect(self.crashes.append)
        self.operations.noticed.connect(self.notices.append)
        QTest.qWaitForWindowActive(self.window)

    def _context(self, navigator: Navigator) -> Context:
        return Context(desk=self.desk, operations=self.operations, texts=chinese_texts(), navigator=navigator)

    @property
    def page(self) -> VisitPage:
        """The visit page."""
        page = self.window.page("visit")
        assert isinstance(page, VisitPage)
        return page

    def open(self, visit: Visit, step: VisitStep | None = None) -> None:
        """The visit on its page, at a step."""
        self.window.open(Target("visit", visit.id))
        self.wait()
        if step is not None:
            self.page.show_step(step)
            self.wait()

    def subtitle(self) -> str:
        """The second line of the header."""
        return self.page.subtitle

    def said(self) -> list[str]:
        """Every sentence the strip has shown."""
        return [notice.sentence for notice in self.notices]

    def wait(self) -> None:
        """Until everything is saved, read and painted; live views included."""
        settle(self._is_quiet, patience_ms=15000)

    def press(self, *keys: Qt.Key | str) -> None:
        """Keys to whatever holds the keyboard."""
        for key in keys:
            target = QApplication.focusWidget() or self.window
            if isinstance(key, str) and not key.isascii():
                # Chinese arrives through the input method, not as keys.
                composed = QInputMethodEvent()
                composed.setCommitString(key)
                QApplication.sendEvent(target, composed)
            elif isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)
            QApplication.processEvents()

    def focus(self) -> QWidget | None:
        """What holds the keyboard."""
        return QApplication.focusWidget()

    def shoot(self, name: str) -> None:
        """A picture to look at, where FANGSHAN_PICTURES names a folder."""
        self.wait()
        folder = os.environ.get("FANGSHAN_PICTURES")
        if folder:
            self.window.grab().save(str(Path(folder) / f"{name}.png"))

    def close(self) -> None:
        """Away with the window and its pages."""
        self.wait()
        self.window.close()
        self.window.deleteLater()
        settle(self.lanes.is_idle)

    def _is_quiet(self) -> bool:
        page = self.window.current_page()
        waits = isinstance(page, VisitPage) and page.session.is_waiting
        return self.lanes.is_idle() and not waits


@contextmanager
def visit_window(
    folder: Path,
    lanes: Lanes,
    *,
    role: Role = Role.HRSS,
    clock: FixedClock | None = None,
    prepare: Callable[[VisitStory], None] | None = None,
    options: dict[str, Any] | None = None,
    panels: Mapping[VisitStep, PanelFactory | None] | None = None,
    **facts: Any,
) -> Iterator[VisitWindow]:
    """A window on a new story."""
    with visit_story(folder, role=role, clock=clock, **facts) as story:
        story.desk.options.update(options or {})
        store = AttachmentStore(folder / "attachments", bytes(range(32)))
        story.desk.options.setdefault("attachments", store)
        if prepare is not None:
            prepare(story)
        pages: dict[str, PageFactory] = {
            "visit": lambda context: VisitPage(context, panels=panels or {}),
            "visits": VisitsPage,
        }
        opened = VisitWindow(story, lanes, pages)
        try:
            yield opened
        finally:
            opened.close()
            assert opened.crashes == []
