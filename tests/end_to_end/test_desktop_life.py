"""The desktop's life: first start, a kill, wrong and right passphrase, the idle lock; real windows."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from fangshan_desk.domain.records.visits import CheckAnswer, Visit
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.application import build_application
from fangshan_desk.ui.driving import Hand
from fangshan_desk.ui.driving_moves import words_of
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.pages.gate import FirstStartGate, UnlockGate
from fangshan_desk.ui.pages.visit import VisitPage
from tests.helpers.desktop_driver import COLLEAGUE, ENTERPRISE, DrivenDesktop

PASSPHRASE = "sanchuan river under the old tree"
DRIVER = Path(__file__).parents[1] / "helpers" / "desktop_driver.py"
ROOT = DRIVER.parents[2]
TEXT = chinese_texts()
W = TypeVar("W", bound=QWidget)
# The offscreen platform says so when a menu opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing", extend=True)


@pytest.fixture
def driven(qapp: QApplication, tmp_path: Path) -> Iterator[DrivenDesktop]:
    """A desktop in a new folder."""
    build_application()
    made = DrivenDesktop(tmp_path / "own")
    yield made
    made.close()


def test_the_first_start_refuses_and_keeps_what_was_typed(driven: DrivenDesktop) -> None:
    _front(driven, FirstStartGate)
    driven.start("", PASSPHRASE)
    assert driven.hand.shows(TEXT("workspace-name-missing"))
    driven.start("岳泽川", "short")
    assert driven.hand.shows(TEXT("workspace-passphrase-short", least=8))
    assert not driven.desktop.desk
    driven.start("岳泽川", PASSPHRASE)
    _front(driven, MainWindow)


@pytest.mark.slow
def test_after_a_kill_the_right_passphrase_leads_back_to_the_same_item(
    qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    code = _killed_while_visiting(folder)
    build_application()
    driven = DrivenDesktop(folder)
    try:
        _front(driven, UnlockGate)
        driven.unlock(PASSPHRASE + "!")
        assert driven.hand.shows(TEXT("failure-wrong-passphrase"))
        assert driven.desktop.desk is None
        driven.unlock(PASSPHRASE)
        page = _front(driven, MainWindow).current_page()
        assert isinstance(page, VisitPage)
        assert page.check.current_code == code
        _nothing_was_lost(driven, code)
    finally:
        driven.close()


def _killed_while_visiting(folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    process = subprocess.Popen(
        [sys.executable, str(DRIVER), str(folder), PASSPHRASE],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        code = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
        _, told = process.communicate(timeout=30)
    assert code, told
    return code


def _nothing_was_lost(driven: DrivenDesktop, code: str) -> None:
    desk = driven.desktop.desk
    assert desk is not None
    visits = desk.transact(lambda uow, _: uow.find(Visit)).result
    answers = desk.transact(lambda uow, _: uow.find(CheckAnswer)).result
    assert len(visits) == 1
    assert len(answers) == 2
    assert code not in {answer.code for answer in answers}
    assert driven.hand.shows(ENTERPRISE)


def test_the_idle_lock_leaves_nothing_on_the_screen(driven: DrivenDesktop) -> None:
    driven.start("岳泽川", PASSPHRASE)
    driven.begin_visit()
    window = _front(driven, MainWindow)
    window.watch_idleness(1)
    driven.hand.rest(1200)
    window.input_watch.look()
    driven.hand.rest()
    _front(driven, UnlockGate)
    assert driven.desktop.desk is None
    assert _visible_windows() == [driven.window]
    said = _everything_said(driven.hand)
    assert not any(word in said for word in (ENTERPRISE, COLLEAGUE, "岳泽川"))
    driven.unlock(PASSPHRASE)
    page = _front(driven, MainWindow).current_page()
    assert isinstance(page, VisitPage)


def test_the_idle_lock_puts_open_dialogs_away(driven: DrivenDesktop) -> None:
    driven.start("岳泽川", PASSPHRASE)
    driven.hand.press(TEXT("navigation-settings"))
    locked: list[bool] = []

    def lock_behind_the_dialog() -> None:
        locked.append(isinstance(QApplication.activeModalWidget(), QFileDialog))
        driven.desktop.lock()

    QTimer.singleShot(400, driven.window, lock_behind_the_dialog)
    driven.hand.press(TEXT("settings-backup-to"))
    driven.hand.rest()
    assert locked == [True]
    _front(driven, UnlockGate)
    assert _visible_windows() == [driven.window]


def test_a_workspace_that_another_program_holds_offers_to_try_again(
    qapp: QApplication, tmp_path: Path
) -> None:
    build_application()
    first = DrivenDesktop(tmp_path / "own")
    first.start("岳泽川", PASSPHRASE)
    second = DrivenDesktop(tmp_path / "own")
    try:
        second.unlock(PASSPHRASE)
        _front(second, UnlockGate)
        assert "正被另一个程序打开" in _everything_said(second.hand)
        first.close()
        second.unlock(PASSPHRASE)
        _front(second, MainWindow)
    finally:
        second.close()


def _front(driven: DrivenDesktop, kind: type[W]) -> W:
    window = driven.window
    assert isinstance(window, kind)
    return window


def _visible_windows() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def _everything_said(hand: Hand) -> str:
    texts = [hand.window.windowTitle()]
    for widget in hand.all(QWidget):
        texts.extend(words_of(widget))
    return " ".join(texts)
