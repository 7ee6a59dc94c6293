"""Letters on the screen: panels and pages over a real encrypted file, in a window of the usual size."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.data.image_intake import ImageIntake
from fangshan_desk.data.readers.letters import SQLLetterReader
from fangshan_desk.data.readers.visits import SQLVisitReader
from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.rights import Role
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.components.rail import PersonFacts
from fangshan_desk.ui.context import Context, Navigator, Target
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.navigation import NavigationEntry
from fangshan_desk.usecases.desk import Job, Outcome, Readers
from fangshan_desk.usecases.ports import Services
from tests.helpers.letter_story import LetterStory, letter_story

T = TypeVar("T")
RAIL = (("today", "today"), ("enterprises", "enterprise"), ("visits", "visit"), ("letters", "letter"))


class LetterDesk:
    """The desk as screens see it, over the story's file."""

    def __init__(self, story: LetterStory) -> None:
        self.story = story
        database = story.desk.file.database
        missing: Any = None
        self.readers = Readers(
            register=missing,
            visits=SQLVisitReader(database),
            letters=SQLLetterReader(database),
            ledger=missing,
            today=missing,
        )

    @property
    def services(self) -> Services:
        return self.story.desk.services

    def transact(self, job: Job[T]) -> Outcome[T]:
        return self.story.desk.transact(job)


class HostPage(Page):
    """A page that holds one panel, as the visit page does."""

    watches = frozenset({"letter", "attachment", "letter_service", "rectification_item"})

    def __init__(self, context: Context, panel: QWidget) -> None:
        super().__init__(context)
        self.panel = panel
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.set_title("方山县金鑫建材有限公司", subtitle="走访 2026-03-02 09:12 · 圪洞镇")

    def refresh(self, changes: Changes | None) -> None:
        self.panel.refresh(changes)  # type: ignore[attr-defined] # both panels have it


class ElsewherePage(Page):
    """Stands in for the pages of others; remembers with what it was opened."""

    def __init__(self, context: Context, name: str) -> None:
        super().__init__(context)
        self.set_title(name)
        self.opened: list[Target] = []

    def open(self, target: Target) -> None:
        self.opened.append(target)


class LetterWindow:
    """The main window with what a test asks for."""

    def __init__(self, story: LetterStory, lanes: Lanes, pages: dict[str, Callable[[Context], Page]]) -> None:
        self.story = story
        self.lanes = lanes
        self.desk = LetterDesk(story)
        self.operations = Operations(lanes, chinese_texts())
        others = {
            name: (lambda context, name=name: ElsewherePage(context, name))
            for name in ("visit", "item", "enterprise", "today")
        }
        self.window = MainWindow(
            operations=self.operations,
            texts=chinese_texts(),
            make_context=self._context,
            pages={**others, **pages},
            navigation=[
                [NavigationEntry(key, chinese_texts()(f"navigation-{key}"), icon) for key, icon in RAIL]
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

    @property
    def context(self) -> Context:
        """What pages are given."""
        return self.window.context

    def open(self, page: str, record_id: str = "", **extra: str) -> Any:
        """Goes to a page and waits."""
        self.window.open(Target(page, record_id, extra))
        self.wait()
        return self.window.current_page()

    def wait(self) -> None:
        """Until everything is saved, read and painted."""
        settle(self.lanes.is_idle, patience_ms=20000)

    def sentences(self) -> list[str]:
        """What the strip said."""
        return [notice.sentence for notice in self.notices]

    def shoot(self, name: str) -> None:
        """A picture to look at."""
        self.wait()
        folder = Path("/tmp/ui")
        if folder.is_dir() and os.environ.get("SHOOT"):
            self.window.grab().save(str(folder / f"{name}.png"))

    def close(self) -> None:
        """Away with the window and its pages."""
        self.wait()
        self.window.close()
        self.window.deleteLater()
        settle(self.lanes.is_idle)

    def _context(self, navigator: Navigator) -> Context:
        return Context(desk=self.desk, operations=self.operations, texts=chinese_texts(), navigator=navigator)


@contextmanager
def letter_window(
    folder: Path,
    lanes: Lanes,
    pages: Callable[[LetterStory], dict[str, Callable[[Context], Page]]],
    *,
    role: Role = Role.HRSS,
) -> Iterator[LetterWindow]:
    """A window on a new story; ``pages`` may prepare the story first."""
    with letter_story(folder, role=role) as story, ImageIntake() as intake:
        story.desk.options["intake"] = intake
        opened = LetterWindow(story, lanes, pages(story))
        try:
            yield opened
        finally:
            opened.close()
            assert opened.crashes == []
