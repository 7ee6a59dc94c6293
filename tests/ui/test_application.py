"""Starting: fonts, looks, Chinese dialogs, and the hook that never raises."""

import logging
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from fangshan_desk.ui.application import CrashHook, run_application
from fangshan_desk.ui.theme import style_sheet, text_families, translate_dialogs


def test_every_colour_of_the_style_sheet_is_known(desk_app: QApplication) -> None:
    assert "@" not in style_sheet()


def test_our_own_font_has_the_words_of_the_office(desk_app: QApplication) -> None:
    families = text_families(prefer_own=True)
    assert families[0] in QFontDatabase.families()
    metrics = QFontMetrics(desk_app.font())
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "方山县用工处方体检整改圪洞镇峪口〔〕—")


def test_qts_own_dialogs_speak_chinese(desk_app: QApplication) -> None:
    assert translate_dialogs(desk_app)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


@pytest.mark.expected_log("unexpected failure")
def test_a_crash_is_shown_once_even_if_showing_it_crashes(desk_app: QApplication) -> None:
    shown: list[BaseException] = []

    def show(error: BaseException) -> None:
        shown.append(error)
        hook(ValueError, ValueError("second"), None)

    hook = CrashHook(show)
    hook(KeyError, KeyError("first"), None)
    assert [type(error) for error in shown] == [KeyError]


@pytest.mark.expected_log("unexpected failure")
@pytest.mark.expected_log("the crash dialog failed")
def test_a_crash_in_the_crash_dialog_is_only_logged(desk_app: QApplication) -> None:
    def show(error: BaseException) -> None:
        raise RuntimeError("no screen")

    CrashHook(show)(KeyError, KeyError("first"), None)


def test_the_hook_is_given_back(desk_app: QApplication) -> None:
    before = sys.excepthook
    hook = CrashHook()
    hook.install()
    assert sys.excepthook is hook
    hook.remove()
    assert sys.excepthook is before


def test_the_application_runs_until_its_window_is_closed(
    desk_app: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    ended: list[str] = []

    def build() -> QLabel:
        label = QLabel("方山")
        QTimer.singleShot(50, label.close)
        QTimer.singleShot(100, desk_app.quit)
        return label

    with caplog.at_level(logging.WARNING):
        assert run_application(build, on_exit=lambda: ended.append("closed")) == 0
    assert ended == ["closed"]
