"""Puts the main window together: pages, navigation, search and the status corner."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module

from fangshan_desk.app.checking_codes import DeskCodeChecker
from fangshan_desk.app.opening import OpenDesk, begin_day
from fangshan_desk.app.upkeep import DeskUpkeep
from fangshan_desk.support.text import Texts
from fangshan_desk.ui.components.day_watch import DayWatch
from fangshan_desk.ui.components.global_search import global_search
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.components.rail import PersonFacts
from fangshan_desk.ui.components.status_corner import Connection, StatusFacts
from fangshan_desk.ui.context import Context, Navigator, Target
from fangshan_desk.ui.main_window import MainWindow, PageFactory
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.widgets.navigation import NavigationEntry
from fangshan_desk.usecases.upkeep import Upkeep
from fangshan_desk.usecases.views.code_checks import CodeChecker
from fangshan_desk.usecases.views.ledger import LedgerFilter

# Page name, module of ui.pages, class; imported when first opened, so that the first screen comes soon.
PAGES = (
    ("today", "today", "TodayPage"),
    ("enterprises", "enterprises", "EnterprisesPage"),
    ("enterprise", "enterprise", "EnterprisePage"),
    ("visits", "visits", "VisitsPage"),
    ("visit", "visit", "VisitPage"),
    ("letters", "letters", "LettersPage"),
    ("letter", "letter", "LetterPage"),
    ("rectification", "rectification", "RectificationPage"),
    ("item", "item", "ItemPage"),
)
NAVIGATION = (("today", "enterprises", "visits", "letters", "rectification"), ("code_check", "settings"))
ICONS = {
    "today": "today",
    "enterprises": "enterprise",
    "visits": "visit",
    "letters": "letter",
    "rectification": "rectification",
    "code_check": "search",
    "settings": "settings",
}


def build_window(desk: OpenDesk, operations: Operations, texts: Texts) -> MainWindow:
    """The main window on its first page."""
    window = MainWindow(
        operations=operations,
        texts=texts,
        make_context=lambda navigator: _context(desk, operations, texts, navigator),
        pages={
            **_factories(),
            "code_check": partial(_code_check, DeskCodeChecker(desk)),
            "settings": partial(_settings, DeskUpkeep(desk)),
        },
        navigation=_navigation(texts),
        person=_person(desk, texts),
    )
    window.command_given.connect(partial(_obey, window))
    window.set_search(global_search(desk.readers.register, texts))
    _keep_status(window, desk, operations, texts)
    _watch_day(window, desk, operations)
    _resume(window, desk)
    return window


def _context(desk: OpenDesk, operations: Operations, texts: Texts, navigator: Navigator) -> Context:
    return Context(desk=desk, operations=operations, texts=texts, navigator=navigator)


def _factories() -> Mapping[str, PageFactory]:
    return {name: partial(_make, module, kind) for name, module, kind in PAGES}


def _make(module: str, kind: str, context: Context) -> Page:
    page: Callable[[Context], Page] = getattr(import_module(f"fangshan_desk.ui.pages.{module}"), kind)
    return page(context)


def _code_check(checker: CodeChecker, context: Context) -> Page:
    from fangshan_desk.ui.pages.code_check import CodeCheckPage

    return CodeCheckPage(context, checker)


def _settings(upkeep: Upkeep, context: Context) -> Page:
    from fangshan_desk.ui.pages.settings import SettingsPage

    return SettingsPage(context, upkeep)


def _navigation(texts: Texts) -> Sequence[Sequence[NavigationEntry]]:
    return [
        [NavigationEntry(name, texts(f"navigation-{name}"), ICONS[name]) for name in group]
        for group in NAVIGATION
    ]


def _person(desk: OpenDesk, texts: Texts) -> PersonFacts:
    officer = desk.services.actor
    if not officer.post:
        return PersonFacts(officer.name, texts(f"role-{officer.role.value}"))
    body = texts(f"body-{officer.body.value}")
    return PersonFacts(officer.name, texts("window-person", body=body, post=officer.post))


def _keep_status(window: MainWindow, desk: OpenDesk, operations: Operations, texts: Texts) -> None:
    """Show the corner now and after every change; counted in the reading lane."""

    def look(_changes: object = None, _initiator: object = None) -> None:
        operations.read(partial(_status, desk, texts), on_done=window.show_status, key="status", owner=window)

    operations.changed.connect(look)
    look()


def _watch_day(window: MainWindow, desk: OpenDesk, operations: Operations) -> None:
    """At midnight items fall overdue and every page counts its days anew."""

    def begin() -> None:
        operations.run(partial(begin_day, desk), on_done=lambda _changes: window.reload(), initiator=window)

    watch = DayWatch(desk.services.clock.today, window)
    watch.day_changed.connect(begin)


def _status(desk: OpenDesk, texts: Texts) -> StatusFacts:
    waiting = desk.parts.chain.waiting()
    counts = desk.readers.ledger.counts(LedgerFilter(), today=desk.services.clock.today())
    return StatusFacts(
        connection=Connection.OFFLINE,
        words=texts("window-offline"),
        lines=(texts("window-waiting", count=waiting), texts("window-never-synced")),
        counts={"rectification": counts.overdue},
    )


def _obey(window: MainWindow, command: str) -> None:
    if command == Command.NEW_VISIT:
        window.open(Target("visits", extra={"new": "1"}))


def _resume(window: MainWindow, desk: OpenDesk) -> None:
    """Come back to the visit the person was in; any other end leads to today."""
    place = desk.transact(lambda uow, _: uow.recall("visit")).result
    window.start_at("today")
    if place:
        window.open(Target("visit", record_id=place["visit_id"]))
