"""The first screen of the day: what it shows, what it teaches when empty, and where each line leads."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from fangshan_desk.domain.records.letters import Letter, LetterKind
from fangshan_desk.domain.records.register import CollectiveContract, Negotiation
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.page import Command
from fangshan_desk.ui.components.today_cards import ten_thousands
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.usecases.views.letters import LetterWait
from tests.helpers.ledger_cases import SHOP, SITE
from tests.helpers.ledger_window import LedgerWindow, ledger_window


@pytest.fixture
def window(tmp_path: Path, lanes: Lanes) -> Iterator[LedgerWindow]:
    with ledger_window(tmp_path, lanes) as opened:
        yield opened


def look(window: LedgerWindow) -> None:
    window.window.start_at("today")
    window.wait()


def words_on(widget: QWidget) -> str:
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    badges = [badge for badge in widget.findChildren(Badge) if badge.isVisibleTo(widget)]
    return "\n".join([label.text() for label in labels] + [badge.text() for badge in badges])


def visit(window: LedgerWindow, days: int = 0, **fields: object) -> Visit:
    made = Visit(
        id=window.desk.new_id(),
        enterprise_id=window.case.enterprise(SHOP).id,
        planned_on=window.case.today + timedelta(days=days),
        leading_officer_id=window.desk.officer.id,
        **fields,  # type: ignore[arg-type]  # fields of a visit
    )
    window.desk.keep(made)
    return made


def test_an_empty_day_teaches_what_will_stand_here(window: LedgerWindow) -> None:
    look(window)
    assert window.today.subtitle == "2026年3月2日 星期一"
    words = words_on(window.today)
    for sentence in ("今天没有安排走访", "没有逾期", "没有等待答复的要约", "没有等待签字"):
        assert sentence in words


def test_visits_stand_by_their_hour_and_lead_to_the_visit(window: LedgerWindow) -> None:
    made = visit(window, planned_time="09:30", purpose="首次体检")
    visit(window, -1, planned_time="10:00")
    visit(window, planned_time="15:00", state=VisitState.FINISHED)
    look(window)
    assert window.today.subtitle.endswith("1 户待走访")
    words = words_on(window.today.visits)
    for part in ("09:30", "峪口镇鑫源超市", "首次体检", "橙色风险", "已完成", "03-01 计划未走访"):
        assert part in words
    QTest.mouseClick(window.today.visits.rows.rows()[0], Qt.MouseButton.LeftButton)
    window.wait()
    assert window.went_to("visit").record_id == made.id


def test_the_button_of_a_visit_leads_to_it_too(window: LedgerWindow) -> None:
    made = visit(window, state=VisitState.UNDER_WAY)
    look(window)
    [button] = [each for each in window.today.visits.findChildren(QPushButton) if each.text() == "继续走访"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.wait()
    assert window.went_to("visit").record_id == made.id


def test_ctrl_n_and_the_button_begin_a_visit(window: LedgerWindow) -> None:
    look(window)
    assert window.today.handle(Command.NEW_VISIT)
    window.wait()
    assert window.went_to("visits").extra == {"new": "1"}
    assert not window.today.handle(Command.PRINT)


def test_due_items_lead_to_their_page_and_to_the_ledger(window: LedgerWindow) -> None:
    late = window.case.item(-3, state=ItemState.OVERDUE, title="你单位拖欠19名劳动者工资。")
    window.case.item(0)
    look(window)
    words = words_on(window.today.items)
    for part in ("逾期 1 · 一周内 1", "拖欠19名劳动者工资", "逾期 3 天", "今天", "负责人 李四"):
        assert part in words
    window.today.items.rows.rows()[0].setFocus()
    window.press(Qt.Key.Key_Return)
    assert window.here() == "item"
    view = window.item.view()
    assert view is not None
    assert view.item.id == late.id
    window.window.back()
    window.wait()
    window.today.items._on_link()
    window.wait()
    assert window.here() == "rectification"
    assert window.titles() == ["拖欠19名劳动者工资"]


def test_offers_and_contracts_lead_to_the_enterprise(window: LedgerWindow) -> None:
    enterprise = window.case.enterprise(SITE)
    today = window.case.today
    window.desk.keep(
        Negotiation(
            id=window.desk.new_id(),
            enterprise_id=enterprise.id,
            state="offered",
            offered_on=today - timedelta(days=14),
        ),
        Negotiation(
            id=window.desk.new_id(),
            enterprise_id=enterprise.id,
            state="offered",
            offered_on=today - timedelta(days=25),
        ),
        CollectiveContract(
            id=window.desk.new_id(),
            enterprise_id=enterprise.id,
            kind="general",
            title="集体合同",
            ends_on=today + timedelta(days=18),
        ),
    )
    look(window)
    words = words_on(window.today.negotiations)
    for part in ("第 14/20 天", "超 5 天", "逾期未答复", "集体合同 03-20 到期", "剩 18 天"):
        assert part in words
    QTest.mouseClick(window.today.negotiations.rows.rows()[1], Qt.MouseButton.LeftButton)
    window.wait()
    assert window.went_to("enterprise").record_id == enterprise.id


def test_waiting_letters_lead_to_the_letter_and_to_their_list(window: LedgerWindow) -> None:
    made = Letter(
        id=window.desk.new_id(),
        kind=LetterKind.PRESCRIPTION,
        enterprise_id=window.case.enterprise(SHOP).id,
        title="用工处方",
        field_number="现场-7-20260302-1",
        content={},
        made_at=window.desk.clock.now_utc(),
    )
    window.desk.keep(made)
    look(window)
    assert "待签字" in words_on(window.today.letters)
    button = window.today.letters._buttons[LetterWait.SIGNATURE]
    assert button.text() == "待签字 1"
    assert not window.today.letters._buttons[LetterWait.NUMBER].isVisible()
    QTest.mouseClick(window.today.letters.rows.rows()[0], Qt.MouseButton.LeftButton)
    window.wait()
    assert window.went_to("letter").record_id == made.id
    look(window)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.wait()
    assert window.went_to("letters").extra == {"wait": "signature"}


def test_the_month_counts_and_leads_to_its_lists(window: LedgerWindow) -> None:
    window.case.item(3)
    window.case.item(3, state=ItemState.VERIFIED, closed_on=window.case.today, unpaid_fen=42_600_000)
    look(window)
    words = words_on(window.today.month)
    for part in ("/ 2 项", "42.6", "万元"):
        assert part in words
    window.today.month._numbers["items"].chosen.emit()
    window.wait()
    assert window.here() == "rectification"
    assert window.ledger.filters.wanted().group.value == "group_closed"


def test_a_change_reaches_the_open_screen(window: LedgerWindow) -> None:
    look(window)
    made = window.case.item(-1, state=ItemState.OVERDUE)
    window.operations.run(lambda: window.desk.transact(lambda uow, _: uow.update(made, owner_name="赵六")))
    window.wait()
    assert "负责人 赵六" in words_on(window.today.items)


@pytest.mark.parametrize(
    ("fen", "words"), [(0, "0"), (1, "<0.1"), (10_000_000, "10.0"), (42_650_000, "42.6"), (99_999, "<0.1")]
)
def test_wages_are_counted_in_ten_thousands(fen: int, words: str) -> None:
    assert ten_thousands(fen) == words
