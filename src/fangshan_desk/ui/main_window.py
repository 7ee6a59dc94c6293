"""The frame around every page: rail, header, messages, keys, and the stack of pages."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.components.crash_dialog import CrashDialog, plain_report
from fangshan_desk.ui.components.header import Header
from fangshan_desk.ui.components.input_watch import InputWatch
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.components.page_area import PageArea
from fangshan_desk.ui.components.rail import PersonFacts, Rail
from fangshan_desk.ui.components.search_panel import Search, SearchPanel
from fangshan_desk.ui.components.status_corner import StatusFacts
from fangshan_desk.ui.components.work_strip import WorkStrip
from fangshan_desk.ui.context import Context, Navigator, Target, Texts
from fangshan_desk.ui.operations import Notice, Operations
from fangshan_desk.ui.widgets.buttons import IconButton
from fangshan_desk.ui.widgets.messages import MessageStrip
from fangshan_desk.ui.widgets.navigation import NavigationEntry
from fangshan_desk.ui.widgets.search_field import SearchField

PageFactory = Callable[[Context], Page]
# Narrower than this, as at 150 % on a small laptop, the rail shows icons only.
COMPACT_BELOW = 1120
MOST_STEPS_BACK = 50


class MainWindow(QMainWindow):
    """Makes pages when they are first opened and tells them what changed.

    ``make_context`` gets the window as navigator and returns what pages are given.
    """

    page_opened = Signal(str)
    command_given = Signal(str)
    idle = Signal()
    closed = Signal()

    def __init__(
        self,
        *,
        operations: Operations,
        texts: Texts,
        make_context: Callable[[Navigator], Context],
        pages: Mapping[str, PageFactory],
        navigation: Sequence[Sequence[NavigationEntry]],
        person: PersonFacts,
    ) -> None:
        super().__init__()
        self._operations = operations
        self._texts = texts
        self._factories = dict(pages)
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._history: list[Target] = []
        self._here: Target | None = None
        self._notice: Notice | None = None
        self._marked = ""
        self.context = make_context(self)
        self.input_watch = InputWatch(parent=self)
        self._build(person, navigation)
        self._connect()
        self._set_shortcuts([entry.key for group in navigation for entry in group])

    def open(self, target: Target) -> None:
        """Shows a page; the one left can be returned to."""
        before = self._here
        if self._go(target) and before is not None and before != target:
            self._history = [*self._history, before][-MOST_STEPS_BACK:]
            self._show_header()

    def start_at(self, name: str) -> None:
        """Shows a page of the rail; from there no way leads back."""
        if self._go(Target(name)):
            self._history = []
            self._show_header()

    def back(self) -> None:
        """Returns to the page before."""
        if self._history and self._go(self._history[-1]):
            self._history.pop()
            self._show_header()

    def current_page(self) -> Page | None:
        """The page being shown."""
        return self._pages.get(self._here.page) if self._here is not None else None

    def page(self, name: str) -> Page:
        """A page by name; made on first use."""
        if name not in self._pages:
            made = self._factories[name](self.context)
            made.header_changed.connect(self._on_header_changed)
            self._pages[name] = made
            self._stale.add(name)
            self._stack.addWidget(PageArea(made))
        return self._pages[name]

    def reload(self) -> None:
        """Shows everything anew: the open page at once, the others when they are opened."""
        self._stale.update(self._pages)
        page = self.current_page()
        if page is not None and self._here is not None:
            self._stale.discard(self._here.page)
            page.refresh(None)

    def show_status(self, facts: StatusFacts) -> None:
        """Connection state and counts in the rail."""
        self._rail.show_status(facts)

    def show_person(self, person: PersonFacts) -> None:
        """Who works here, after the person or their post changed."""
        self._rail.show_person(person)

    def set_search(self, search: Search) -> None:
        """Gives the header's field something to search in; runs in the reading lane."""
        self._panel = SearchPanel(
            self._search,
            operations=self._operations,
            search=search,
            nothing_found=self._texts("shell-search-nothing"),
            parent=self,
        )
        self._panel.target_chosen.connect(self.open)

    def watch_idleness(self, seconds: int) -> None:
        """Emits :attr:`idle` after so many seconds without input; 0 switches it off."""
        self.input_watch.watch(seconds)

    def show_crash(self, error: BaseException) -> None:
        """Shows the report of an unexpected failure."""
        dialog = CrashDialog(plain_report(error), texts=self._texts, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def sizeHint(self) -> QSize:
        return QSize(1366, 768)

    def minimumSizeHint(self) -> QSize:
        # Content must never force the window beyond a small screen at 150 %.
        return QSize(860, 460)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.set_compact(self.width() < COMPACT_BELOW)
        self._rail.fit_height(self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.current_page()
        if page is not None and not page.may_leave():
            event.ignore()
            return
        self.input_watch.stop()
        super().closeEvent(event)
        self.closed.emit()

    def _go(self, target: Target) -> bool:
        current = self.current_page()
        if target.page not in self._factories or (current is not None and not current.may_leave()):
            self._mark_rail()
            return False
        page = self.page(target.page)
        self._here = target
        page.open(target)
        self._stack.setCurrentIndex(list(self._pages).index(target.page))
        self._mark_rail()
        self._show_header()
        if target.page in self._stale:
            self._stale.discard(target.page)
            page.refresh(None)
        page.take_focus()
        self.page_opened.emit(target.page)
        return True

    def _mark_rail(self) -> None:
        page, rail = self.current_page(), self._rail.navigation
        name = page.rail_entry if page is not None and page.rail_entry else self._here_name()
        # A page outside the rail leaves the mark where the person came from.
        rail.set_current(name if name in rail.page_names() else self._marked)
        self._marked = rail.current()

    def _here_name(self) -> str:
        return self._here.page if self._here is not None else ""

    def _build(self, person: PersonFacts, navigation: Sequence[Sequence[NavigationEntry]]) -> None:
        texts = self._texts
        self.setWindowTitle(texts("shell-window-title"))
        self._rail = Rail(person, navigation, self)
        back = IconButton("back", name=texts("shell-back"))
        back.clicked.connect(self.back)
        self._search = SearchField(texts("shell-search-placeholder"), shortcut="Ctrl+K")
        self._header = Header(self._search, back, self)
        self._strip = MessageStrip(close_name=texts("shell-close-message"))
        self._work = WorkStrip(self._operations, texts=texts)
        self._stack = QStackedWidget(self)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self._header, self._strip, self._work):
            right.addWidget(widget)
        right.addWidget(self._stack, 1)
        self.setCentralWidget(_beside(self._rail, right))

    def _connect(self) -> None:
        self._rail.navigation.chosen.connect(self._on_page_chosen)
        self._strip.next_step_chosen.connect(self._on_next_step)
        self._search.left.connect(self._on_search_left)
        self._operations.changed.connect(self._on_changed)
        self._operations.noticed.connect(self._on_noticed)
        self._operations.crashed.connect(self.show_crash)
        self.input_watch.idle.connect(self.idle)

    def _set_shortcuts(self, pages: Sequence[str]) -> None:
        self._shortcut("Ctrl+K", self._on_search_wanted)
        self._shortcut("Alt+Left", self.back)
        for keys, command in (
            ("Ctrl+N", Command.NEW_VISIT),
            ("Ctrl+P", Command.PRINT),
            ("F5", Command.SYNC),
            ("Esc", Command.ESCAPE),
        ):
            self._shortcut(keys, partial(self._give, command))
        for number, name in enumerate(pages[:9], start=1):
            self._shortcut(f"Alt+{number}", partial(self.start_at, name))

    def _shortcut(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _give(self, command: Command) -> None:
        page = self.current_page()
        if page is not None and page.handle(command):
            return
        if command is Command.ESCAPE:
            self._strip.close_message()
        else:
            self.command_given.emit(str(command))

    def _show_header(self) -> None:
        page = self.current_page()
        if page is not None:
            self._header.show_page(page, may_go_back=bool(self._history))
            self.setWindowTitle(f"{page.title} - {self._texts('shell-window-title')}")

    def _on_header_changed(self) -> None:
        if self.sender() is self.current_page():
            self._show_header()

    def _on_page_chosen(self, name: str) -> None:
        self.start_at(name)

    def _on_search_wanted(self) -> None:
        self._header.show_search()
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _on_search_left(self) -> None:
        self._show_header()
        page = self.current_page()
        if page is not None:
            page.take_focus()

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        current = self.current_page()
        for name, page in self._pages.items():
            if not page.is_stale_after(changes):
                continue
            if page is current:
                page.refresh(changes)
            else:
                self._stale.add(name)

    def _on_noticed(self, notice: Notice) -> None:
        self._notice = notice
        self._strip.show_message(
            notice.sentence, kind=notice.kind, detail=notice.detail, next_step=notice.next_step
        )

    def _on_next_step(self) -> None:
        if self._notice is not None and self._notice.action is not None:
            self._notice.action()


def _beside(left: QWidget, right: QVBoxLayout) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left)
    row.addLayout(right, 1)
    return holder
