"""Answers, steps, filters, rail, rows: keys and clicks do what the words say."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from fangshan_desk.ui.widgets.answers import AnswerChoice, SegmentedAnswer
from fangshan_desk.ui.widgets.badges import Badge, CountBubble
from fangshan_desk.ui.widgets.buttons import PrimaryButton
from fangshan_desk.ui.widgets.filters import DropDownFilter, FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.lists import (
    KeyValueRows,
    RecordRow,
    RowList,
    TimelineEntry,
    TimelineList,
)
from fangshan_desk.ui.widgets.navigation import NavigationEntry, NavigationRail
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.steps import StepBar
from fangshan_desk.ui.widgets.surfaces import Card

Show = Callable[[QWidget], QWidget]
CHOICES = [
    AnswerChoice("compliant", "合规", Tone.GREEN, "1"),
    AnswerChoice("violated", "不合规", Tone.RED, "2"),
    AnswerChoice("not_applicable", "不适用", Tone.GREY, "3"),
]


@pytest.fixture
def answer(shown: Show) -> SegmentedAnswer:
    made = SegmentedAnswer(CHOICES)
    shown(made)
    return made


def test_digits_answer_and_zero_takes_the_answer_back(answer: SegmentedAnswer) -> None:
    told: list[str] = []
    answer.answered.connect(told.append)
    assert answer.answer_for_digit("2")
    assert answer.answer_for_digit("2")
    assert answer.answer_for_digit("0")
    assert not answer.answer_for_digit("7")
    assert told == ["violated", ""]


def test_a_click_answers_and_a_second_click_takes_it_back(answer: SegmentedAnswer) -> None:
    first = QPoint(10, 15)
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton, pos=first)
    assert answer.value() == "compliant"
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton, pos=first)
    assert answer.value() == ""


def test_arrows_move_between_answers(answer: SegmentedAnswer) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(answer, key)
    assert answer.value() == "violated"


def test_an_issued_answer_cannot_be_changed(answer: SegmentedAnswer) -> None:
    answer.set_value("violated")
    answer.set_read_only(True)
    assert not answer.answer_for_digit("1")
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton, pos=QPoint(10, 15))
    QTest.keyClick(answer, Qt.Key.Key_Left)
    assert answer.value() == "violated"


def test_the_answer_is_read_aloud(answer: SegmentedAnswer) -> None:
    answer.set_value("violated")
    assert answer.accessibleDescription() == "不合规"


def test_steps_done_can_be_chosen_and_steps_ahead_cannot(shown: Show) -> None:
    bar = StepBar(["基本情况", "用工体检", "风险研判"], current=1)
    shown(bar)
    chosen: list[int] = []
    bar.step_chosen.connect(chosen.append)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(12, 17))
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 20, 17))
    assert chosen == [0]
    assert bar.accessibleName() == "2/3 用工体检"


def test_a_filter_chip_shows_its_number(desk_app: object) -> None:
    chip = FilterChip("逾期", count=3)
    assert chip.text() == "逾期 3"
    narrow = chip.sizeHint().width()
    chip.set_count(1200)
    assert chip.sizeHint().width() > narrow


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_drop_down_tells_what_was_chosen(shown: Show) -> None:
    chip = DropDownFilter("乡镇：", options=[("", "全部"), ("gd", "圪洞镇")])
    shown(chip)
    told: list[str] = []
    chip.value_chosen.connect(told.append)
    assert not chip.is_active()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    menu = chip.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert told == ["gd"]
    assert chip.text() == "乡镇：圪洞镇"
    assert chip.is_active()


def test_a_drop_down_keeps_its_choice_where_it_still_exists(desk_app: object) -> None:
    chip = DropDownFilter("乡镇：", options=[("", "全部"), ("gd", "圪洞镇")], value="gd")
    chip.set_options([("", "全部"), ("gd", "圪洞镇"), ("dw", "大武镇")])
    assert chip.value() == "gd"
    chip.set_options([("", "全部")])
    assert chip.value() == ""


def test_the_rail_opens_pages_and_is_steered_by_keys(shown: Show) -> None:
    rail = NavigationRail(
        [[NavigationEntry("today", "今日", "today")], [NavigationEntry("sync", "同步", "sync")]]
    )
    shown(rail)
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    rail.set_current("today")
    first = rail.focusWidget()
    assert first is not None
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert chosen == []
    second = rail.focusWidget()
    assert second is not None
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert chosen == ["sync"]
    assert rail.current() == "sync"


def test_a_row_opens_by_click_and_by_key(shown: Show) -> None:
    rows = RowList()
    rows.set_rows([RecordRow("a", title="甲"), RecordRow("b", title="乙", subtitle="大武镇")])
    shown(rows)
    opened: list[str] = []
    rows.opened.connect(opened.append)
    QTest.mouseClick(rows.rows()[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(rows.rows()[1], Qt.Key.Key_Return)
    assert opened == ["a", "b"]


def test_replaced_rows_are_gone(shown: Show) -> None:
    rows = RowList()
    shown(rows)
    rows.set_rows([RecordRow("a", title="甲")])
    rows.set_rows([RecordRow("b", title="乙")])
    assert [row.key() for row in rows.rows()] == ["b"]


def test_wrapped_facts_get_the_height_they_need(shown: Show) -> None:
    card = Card("送达")
    facts = KeyValueRows([("打印机", "HP LaserJet P1108 二楼办公室"), ("份数", "一式两份")])
    card.add(facts)
    card.fill()
    card.resize(400, 400)
    shown(card)
    wide = facts.height()
    card.resize(180, 400)
    shown(card)
    assert facts.height() > wide


def test_a_timeline_replaces_its_entries(shown: Show) -> None:
    line = TimelineList([TimelineEntry("08-11", "开出处方", "张三")])
    shown(line)
    two_lines = line.sizeHint().height()
    line.set_entries([TimelineEntry("08-11", "开出处方")])
    assert line.sizeHint().height() < two_lines


def test_a_badge_says_its_state_in_words(desk_app: object) -> None:
    badge = Badge("整改中", tone=Tone.GREY)
    badge.show_state("逾期 3 天", tone=Tone.RED)
    assert (badge.text(), badge.tone(), badge.accessibleName()) == ("逾期 3 天", Tone.RED, "逾期 3 天")


def test_a_count_of_nothing_is_not_shown(shown: Show) -> None:
    holder = QWidget()
    bubble = CountBubble(7, parent=holder)
    shown(holder)
    assert bubble.isVisible()
    bubble.set_count(0)
    assert not bubble.isVisible()


def test_a_button_shows_its_shortcut(desk_app: object) -> None:
    plain, hinted = PrimaryButton("新建走访"), PrimaryButton("新建走访", shortcut="Ctrl+N")
    assert hinted.sizeHint().width() > plain.sizeHint().width()
    assert "Ctrl" in hinted.toolTip()
    assert hinted.accessibleName() == "新建走访"


def test_a_flow_starts_a_new_line_where_the_width_ends(shown: Show) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, gap=8)
    for number in range(4):
        flow.addWidget(FilterChip(f"一周内到期{number}"))
    holder.resize(900, 60)
    shown(holder)
    assert flow.heightForWidth(900) < flow.heightForWidth(200)
    tops = {chip.geometry().top() for chip in holder.findChildren(FilterChip)}
    assert len(tops) == 1
