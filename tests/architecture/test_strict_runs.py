"""The checks around every test notice what they are there for."""

import logging
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.leaks import LeakWatch
from tests.helpers.log_watch import LogWatch


def test_a_warning_nobody_expected_is_a_complaint() -> None:
    watch = LogWatch()
    watch.handle(logging.makeLogRecord({"levelno": logging.WARNING, "levelname": "WARNING", "msg": "odd"}))
    assert len(watch.complaints()) == 1


def test_a_warning_that_never_came_is_a_complaint() -> None:
    watch = LogWatch()
    watch.expect("disk is full")
    assert watch.complaints() == ["expected log record never came: disk is full"]


@pytest.mark.expected_log("by marker")
def test_an_expected_warning_passes(expected_log: Callable[[str], None]) -> None:
    expected_log("by fixture")
    logging.getLogger("desk").warning("told by marker")
    logging.getLogger("desk").error("told by fixture")


def test_a_thread_left_running_is_found(qtbot: QtBot) -> None:
    watch = LeakWatch()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="forgotten")
    thread.start()
    try:
        assert watch.leftovers(patience=0) == ["thread forgotten is still running"]
    finally:
        stop.set()
        thread.join()
    assert watch.leftovers() == []


def test_a_window_left_open_is_found(qtbot: QtBot) -> None:
    watch = LeakWatch()
    window = QWidget()
    window.setObjectName("forgotten")
    assert watch.leftovers(patience=0) == ["window QWidget 'forgotten' is still there"]
    window.deleteLater()
    del window
    assert watch.leftovers() == []


def test_a_timer_left_running_is_found(qtbot: QtBot) -> None:
    watch = LeakWatch()
    timer = QTimer()
    timer.start(60_000)
    assert watch.leftovers(patience=0) == ["timer QTimer of nobody is still running"]
    timer.stop()
    assert watch.leftovers() == []


def test_a_foreign_address_is_not_called() -> None:
    with socket.socket() as caller, pytest.raises(AssertionError, match="called"):
        caller.connect(("192.0.2.1", 9))


def test_the_home_folder_is_a_throw_away_one(
    isolated_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert Path.home() == isolated_home
    assert isolated_home.is_relative_to(tmp_path_factory.getbasetemp())


def test_the_key_store_is_in_memory() -> None:
    keyring.set_password("desk", "key", "secret")
    assert type(keyring.get_keyring()).__name__ == "MemoryKeyring"
    assert keyring.get_password("desk", "key") == "secret"
