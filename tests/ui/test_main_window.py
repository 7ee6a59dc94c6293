"""The frame: pages made when first opened, told what changed, keys, history, messages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.components.crash_dialog import CrashDialog, plain_report
from fangshan_desk.ui.components.page import Command
from fangshan_desk.ui.components.search_panel import SearchPanel
from fangshan_desk.ui.context import Target
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.screenshots import grab, settle
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.messages import MessageStrip
from tests.ui.demo_pages import BlankPage, RectificationPage, demo_window

Wait = Callable[[], None]
ITEM_CHANGED = Changes({"rectification_item": frozenset({"1"})})


@pytest.fixture
def window(operations: Operations, wait: Wait) -> Iterator[MainWindow]:
    made = demo_window(operations)
    made.resize(1366, 768)
    made.show()
    made.start_at("today")
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    wait()
    yield made
    made.close()
    made.deleteLater()


def ledger(window: MainWindow) -> RectificationPage:
    page = window.page("rectification")
    assert isinstance(page, RectificationPage)
    return page


def test_a_page_is_made_when_it_is_first_opened(window: MainWindow) -> None:
    assert list(window._pages) == ["today"]
    window.open(Target("rectification", "3"))
    assert list(window._pages) == ["today", "rectification"]
    assert ledger(window).opened == [Target("rectification", "3")]
    assert ledger(window).refreshed == [None]
    assert window.windowTitle().startswith("整改台账")


def test_a_page_opened_again_is_not_reloaded(window: MainWindow) -> None:
    for name in ("rectification", "today", "rectification"):
        window.open(Target(name))
    assert ledger(window).refreshed == [None]


def test_a_visible_page_is_told_what_changed_at_once(window: MainWindow, operations: Operations) -> None:
    window.open(Target("rectification"))
    operations.publish(ITEM_CHANGED)
    operations.publish(Changes({"officer": frozenset({"1"})}))
    assert ledger(window).refreshed == [None, ITEM_CHANGED]


def test_a_hidden_page_reloads_when_it_is_shown_again(window: MainWindow, operations: Operations) -> None:
    window.open(Target("rectification"))
    window.open(Target("today"))
    operations.publish(ITEM_CHANGED)
    operations.publish(ITEM_CHANGED)
    assert ledger(window).refreshed == [None]
    window.open(Target("rectification"))
    assert ledger(window).refreshed == [None, None]


def test_one_can_go_back_the_way_one_came(window: MainWindow) -> None:
    window.open(Target("rectification", "2"))
    window.open(Target("visit"))
    window.back()
    assert window.current_page() is ledger(window)
    assert ledger(window).opened[-1] == Target("rectification", "2")
    window.back()
    assert window.current_page() is window.page("today")
    window.back()
    assert window.current_page() is window.page("today")


def test_from_a_page_of_the_rail_no_way_leads_back(window: MainWindow) -> None:
    window.open(Target("rectification"))
    window.start_at("visit")
    window.back()
    assert window.current_page() is window.page("visit")


def test_a_page_outside_the_rail_leaves_the_mark_where_one_came_from(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window._factories["item"] = BlankPage
    window.start_at("rectification")
    window.open(Target("item"))
    assert window._rail.navigation.current() == "rectification"
    monkeypatch.setattr(BlankPage, "rail_entry", "visit")
    window.open(Target("item", "2"))
    assert window._rail.navigation.current() == "visit"


def test_an_unknown_page_changes_nothing(window: MainWindow) -> None:
    window.open(Target("nowhere"))
    assert window.current_page() is window.page("today")


def test_a_page_may_refuse_to_be_left(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.page("today"), "may_leave", lambda: False)
    window.open(Target("rectification"))
    assert window.current_page() is window.page("today")
    assert window._rail.navigation.current() == "today"
    assert not window.close()
    monkeypatch.undo()


def test_alt_and_a_digit_opens_a_page(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert window.current_page() is ledger(window)


def test_global_keys_go_to_the_page_first(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    taken: list[Command] = []
    window.command_given.connect(given.append)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F5)

    def take(command: Command) -> bool:
        taken.append(command)
        return True

    monkeypatch.setattr(window.page("today"), "handle", take)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert given == ["new-visit", "sync"]
    assert taken == [Command.PRINT]


def test_escape_closes_a_message(window: MainWindow, operations: Operations) -> None:
    operations.say("没有保存", kind="error")
    strip = window.findChild(MessageStrip)
    assert isinstance(strip, MessageStrip)
    assert strip.sentence() == "没有保存"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert strip.sentence() == ""


def test_the_next_step_of_a_message_is_done(window: MainWindow, operations: Operations) -> None:
    done: list[bool] = []
    operations.say("已打印", next_step="登记送达", action=lambda: done.append(True))
    window._strip.next_step_chosen.emit()
    assert done == [True]


def test_search_finds_while_one_types_and_enter_goes_there(window: MainWindow, wait: Wait) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window._search, "0")
    QTest.qWait(20)
    wait()
    panel = window.findChild(SearchPanel)
    assert isinstance(panel, SearchPanel)
    assert [hit.title for hit in panel.hits()][:2] == ["补发6—7月工资 86,400 元", "依法支付高温津贴 2,160 元"]
    QTest.keyClick(window._search, Qt.Key.Key_Down)
    QTest.keyClick(window._search, Qt.Key.Key_Return)
    assert ledger(window).opened == [Target("rectification", "9")]
    assert not panel.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1366, 688), (1093, 560), (911, 460)])
def test_the_window_fits_small_screens_at_every_scaling(
    window: MainWindow, wait: Wait, width: int, height: int
) -> None:
    window.start_at("rectification")
    window.resize(width, height)
    wait()
    assert (window.width(), window.height()) == (width, height)
    for widget in ledger(window).header_widgets():
        right = widget.mapTo(window, widget.rect().topRight()).x()
        assert widget.isVisible()
        assert right <= width


def test_a_picture_is_taken_when_everything_is_there(
    window: MainWindow, lanes: Lanes, tmp_path: Path
) -> None:
    window.start_at("rectification")
    path = grab(window, tmp_path / "page.png", is_idle=lanes.is_idle)
    image = QImage(str(path))
    assert image.width() == round(1366 * window.devicePixelRatioF())
    assert ledger(window).table.model.row_at(0) is not None


def test_idleness_is_told_once_and_input_starts_over(window: MainWindow) -> None:
    told: list[bool] = []
    window.idle.connect(lambda: told.append(True))
    watch = window.input_watch
    watch._idle_after_ms = 1
    QTest.qWait(5)
    watch.look()
    watch.look()
    assert told == [True]


def test_input_in_any_window_counts(window: MainWindow) -> None:
    handle = window.windowHandle()
    window.input_watch._on_focus_window_changed(handle)
    QTest.qWait(60)
    before = window.input_watch.seconds_without_input()
    QTest.mouseMove(handle, window.rect().center())
    settle()
    assert window.input_watch.seconds_without_input() < before


def test_a_crash_is_shown_without_any_value(window: MainWindow) -> None:
    secret = "91141128MA0GRY1N5X"
    try:
        raise ValueError(secret)
    except ValueError as error:
        report = plain_report(error)
        window.show_crash(error)
    assert "ValueError" in report
    assert secret not in report
    dialog = window.findChild(CrashDialog)
    assert isinstance(dialog, CrashDialog)
    dialog.accept()
    settle()
    assert QApplication.activeModalWidget() is None
