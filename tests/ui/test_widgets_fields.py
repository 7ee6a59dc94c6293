"""Dates and money as people type them."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QWidget

from fangshan_desk.ui.widgets.date_field import DateField, parse_date
from fangshan_desk.ui.widgets.money_field import MoneyField, format_yuan, parse_yuan
from fangshan_desk.ui.widgets.search_field import SearchField

TODAY = date(2026, 3, 2)
UNITS = {"元": 100, "万": 1_000_000, "万元": 1_000_000}
Show = Callable[[QWidget], QWidget]


@pytest.fixture
def day_field(shown: Show) -> DateField:
    field = DateField(today=TODAY, calendar_name="日历")
    shown(field)
    return field


@pytest.fixture
def amount_field(shown: Show) -> MoneyField:
    field = MoneyField(units=UNITS)
    shown(field)
    return field


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-8-1", date(2026, 8, 1)),
        ("2026.08.01", date(2026, 8, 1)),
        ("2026/8/1", date(2026, 8, 1)),
        ("20260801", date(2026, 8, 1)),
        ("2026年8月1日", date(2026, 8, 1)),
        ("２０２６－８－１", date(2026, 8, 1)),
        ("26-8-1", date(2026, 8, 1)),
        ("8-1", date(2026, 8, 1)),
        ("8月1日", date(2026, 8, 1)),
        ("2024-2-29", date(2024, 2, 29)),
        ("2026-2-29", None),
        ("2026-13-1", None),
        ("8", None),
        ("", None),
        ("明天", None),
    ],
)
def test_a_date_is_read_the_way_people_write_it(typed: str, expected: date | None) -> None:
    assert parse_date(typed, today=TODAY) == expected


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_comes_back_from_its_own_text(day: date) -> None:
    assert parse_date(day.isoformat(), today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("86400", 8_640_000),
        ("86,400.00", 8_640_000),
        ("８６，４００．５", 8_640_050),
        ("0.01", 1),
        ("8.64万", 8_640_000),
        ("8.64 万元", 8_640_000),
        ("200元", 20_000),
        ("0.001", None),
        ("-5", None),
        ("一百", None),
        ("1.2.3", None),
        (".", None),
        ("", None),
        ("1e5", None),
        ("99999999999999999", None),
    ],
)
def test_an_amount_is_read_the_way_people_write_it(typed: str, expected: int | None) -> None:
    assert parse_yuan(typed, units=UNITS) == expected


@given(st.integers(0, 10**13))
def test_an_amount_comes_back_from_its_own_text(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


def test_typing_a_date_tells_once(day_field: DateField) -> None:
    told: list[date | None] = []
    day_field.date_changed.connect(told.append)
    QTest.keyClicks(day_field, "8-1")
    QTest.keyClick(day_field, Qt.Key.Key_Return)
    QTest.keyClick(day_field, Qt.Key.Key_Return)
    assert told == [date(2026, 8, 1)]
    assert (day_field.iso(), day_field.text()) == ("2026-08-01", "2026-08-01")


def test_an_unreadable_date_stays_visible_and_marked(day_field: DateField) -> None:
    day_field.set_iso("2026-03-05")
    day_field.selectAll()
    QTest.keyClicks(day_field, "32-13-99")
    QTest.keyClick(day_field, Qt.Key.Key_Return)
    assert day_field.text() == "32-13-99"
    assert not day_field.is_valid()
    assert day_field.property("invalid") is True


def test_an_emptied_date_is_no_date(day_field: DateField) -> None:
    told: list[date | None] = []
    day_field.set_iso("2026-03-05")
    day_field.date_changed.connect(told.append)
    day_field.clear()
    QTest.keyClick(day_field, Qt.Key.Key_Return)
    assert told == [None]


def test_arrows_move_by_a_day(day_field: DateField) -> None:
    QTest.keyClick(day_field, Qt.Key.Key_Up)
    assert day_field.iso() == "2026-03-03"
    QTest.keyClick(day_field, Qt.Key.Key_Down)
    QTest.keyClick(day_field, Qt.Key.Key_Down)
    assert day_field.iso() == "2026-03-01"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_day_picked_in_the_calendar_is_taken(day_field: DateField) -> None:
    day_field.set_iso("2026-03-05")
    QTest.keyClick(day_field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    calendar = popup.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate().day() == 5
    calendar.clicked.emit(calendar.selectedDate().addDays(2))
    assert day_field.iso() == "2026-03-07"
    assert not popup.isVisible()


def test_an_amount_is_shown_with_commas_after_typing(amount_field: MoneyField) -> None:
    told: list[int | None] = []
    amount_field.amount_changed.connect(told.append)
    amount_field.setText("8.64万")
    QTest.keyClick(amount_field, Qt.Key.Key_Return)
    assert amount_field.text() == "86,400.00"
    assert told == [8_640_000]


def test_an_unreadable_amount_keeps_the_last_one(amount_field: MoneyField) -> None:
    amount_field.set_fen(500)
    amount_field.selectAll()
    QTest.keyClicks(amount_field, "abc")
    QTest.keyClick(amount_field, Qt.Key.Key_Return)
    assert amount_field.fen() == 500
    assert not amount_field.is_valid()


def test_the_search_field_tells_what_is_typed_and_passes_keys_on(shown: Show, qtbot: object) -> None:
    field = SearchField("搜索", shortcut="Ctrl+K")
    shown(field)
    searched: list[str] = []
    moved: list[bool] = []
    field.searched.connect(searched.append)
    field.down_pressed.connect(lambda: moved.append(True))
    QTest.keyClicks(field, "fsjx")
    QTest.qWait(20)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert searched[-2:] == ["fsjx", ""]
    assert moved == [True]
    assert field.text() == ""
