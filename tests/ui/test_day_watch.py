"""A new day is noticed once, also after a sleep over several midnights."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fangshan_desk.ui.components.day_watch import DayWatch
from tests.helpers.clocks import FixedClock


def test_a_new_day_is_told_once(qtbot: QtBot) -> None:
    clock, owner, told = FixedClock(), QObject(), []
    watch = DayWatch(clock.today, owner)
    watch.day_changed.connect(lambda: told.append(clock.today()))
    watch.look()
    assert told == []
    clock.move(days=3)
    watch.look()
    watch.look()
    assert told == [clock.today()]
    watch.deleteLater()
    owner.deleteLater()
