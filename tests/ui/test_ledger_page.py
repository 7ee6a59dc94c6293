"""The ledger by keyboard and mouse: find, choose, recheck, remind several, hand out as a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QWidget

from fangshan_desk.domain.records.letters import TransitionRecord
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.ui.components.item_actions import ActionKind
from fangshan_desk.ui.components.item_columns import MARK
from fangshan_desk.ui.components.item_reminders import ReminderDialog
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.usecases.rectifying import report_done
from fangshan_desk.usecases.views.ledger import StateGroup
from tests.helpers.ledger_cases import SHOP, SITE
from tests.helpers.ledger_window import LedgerWindow, ledger_window


@pytest.fixture
def window(tmp_path: Path, lanes: Lanes) -> Iterator[LedgerWindow]:
    with ledger_window(tmp_path, lanes) as opened:
        opened.case.item(-3, state=ItemState.OVERDUE, title="你单位拖欠19名劳动者工资。")
        opened.case.enterprise(SHOP, township="141128102", risk_level=RiskLevel.BLUE)
        opened.case.item(2, name=SHOP, title="你单位没有公示规章制度。", owner_name="赵六")
        opened.case.item(
            9,
            name=SITE,
            state=ItemState.REPORTED,
            title="没有设立维权信息告示牌。",
            reported_on=opened.case.today,
        )
        opened.case.item(4, name=SITE, state=ItemState.VERIFIED, title="没有建立台账。")
        opened.window.start_at("rectification")
        opened.wait()
        yield opened


def words_on(widget: QWidget) -> str:
    labels = (label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
    return "\n".join(label.text() for label in labels)


def mark_column(window: LedgerWindow) -> int:
    return [column.key for column in window.ledger.table.model.columns].index(MARK)


def choose(window: LedgerWindow, row: int) -> str:
    table = window.ledger.table
    table.choose(table.model.row_id(row))
    window.wait()
    return table.current_id()


def test_the_ledger_opens_with_what_is_not_closed_and_shows_the_first(window: LedgerWindow) -> None:
    assert window.titles() == ["拖欠19名劳动者工资", "没有公示规章制度", "没有设立维权信息告示牌"]
    assert window.ledger.subtitle == "共 4 项 · 未销号 3 · 逾期 1"
    card = words_on(window.ledger.card)
    assert "拖欠19名劳动者工资" in card
    assert "135****2716" in card
    assert "13503582716" not in card


def test_the_table_is_a_sound_model(window: LedgerWindow) -> None:
    tester = QAbstractItemModelTester(
        window.ledger.table.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    choose(window, 2)
    tester.deleteLater()


def test_chips_count_and_narrow(window: LedgerWindow) -> None:
    chips = window.ledger.filters._chips
    assert [chip.text() for chip in chips.values()] == [
        "未销号 3",
        "逾期 1",
        "一周内到期 1",
        "待复查 1",
        "已销号 1",
    ]
    for group, title in (
        (StateGroup.OVERDUE, "拖欠19名劳动者工资"),
        (StateGroup.DUE_IN_WEEK, "没有公示规章制度"),
        (StateGroup.RECHECK, "没有设立维权信息告示牌"),
        (StateGroup.CLOSED, "没有建立台账"),
    ):
        QTest.mouseClick(chips[group], Qt.MouseButton.LeftButton)
        window.wait()
        assert window.titles() == [title]
        assert title in words_on(window.ledger.card)


def test_a_drop_down_narrows_rows_and_numbers(window: LedgerWindow) -> None:
    filters = window.ledger.filters
    filters._township._build_menu().triggered.emit(
        next(action for action in filters._township._build_menu().actions() if action.data() == "141128102")
    )
    window.wait()
    assert window.titles() == ["没有公示规章制度"]
    assert filters._chips[StateGroup.OPEN].text() == "未销号 1"
    assert window.ledger.subtitle.startswith("共 4 项")


def test_one_types_to_search_and_clears_to_see_everything(window: LedgerWindow) -> None:
    window.ledger.table.view.setFocus()
    window.type("x")
    window.type("ycs")
    assert window.titles() == ["没有公示规章制度"]
    window.type("无此人")
    assert window.titles() == []
    assert "没有符合条件" in words_on(window.ledger.table)
    window.ledger._empty.action_chosen.emit()
    window.wait()
    assert len(window.titles()) == 3


def test_an_empty_ledger_teaches(tmp_path: Path, lanes: Lanes) -> None:
    with ledger_window(tmp_path, lanes) as window:
        window.window.start_at("rectification")
        window.wait()
        assert "用工处方送达后" in words_on(window.ledger.table)
        assert "选一项看详情" in words_on(window.ledger.card)


def test_down_chooses_and_enter_opens(window: LedgerWindow) -> None:
    first = choose(window, 0)
    window.press(Qt.Key.Key_Down)
    assert window.ledger.table.current_id() != first
    assert "没有公示规章制度" in words_on(window.ledger.card)
    window.press(Qt.Key.Key_Return)
    assert window.here() == "item"
    assert window.item.title == "没有公示规章制度"
    window.window.back()
    window.wait()
    assert window.here() == "rectification"
    assert "没有公示规章制度" in words_on(window.ledger.card)


def test_ctrl_r_rechecks_what_is_reported(window: LedgerWindow) -> None:
    choose(window, 2)
    window.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.dialog.windowTitle() == "登记复查"


def test_ctrl_r_says_before_the_work_why_it_is_too_early(window: LedgerWindow) -> None:
    choose(window, 1)
    window.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert not window.has_dialog
    assert "待整改" in window.told()
    assert "复查销号" in window.told()


def test_space_marks_and_several_are_reminded_at_once(window: LedgerWindow) -> None:
    table = window.ledger.table
    assert table.view.isColumnHidden(mark_column(window))
    ids = []
    for row in (0, 1, 2):
        ids.append(choose(window, row))
        window.press(Qt.Key.Key_Space)
    assert set(window.ledger.marked()) == set(ids)
    assert not table.view.isColumnHidden(mark_column(window))
    window.ledger._on_remind_marked()
    window.wait()
    dialog = window.dialog
    assert isinstance(dialog, ReminderDialog)
    assert "给 2 户企业的提醒，共 2 项" in words_on(dialog)
    assert "另有 1 项" in words_on(dialog)
    dialog.copy()
    assert "已逾期3天" in QGuiApplication.clipboard().text()
    assert "峪口镇鑫源超市" in dialog.document().toPlainText()
    QTest.mouseClick(dialog._note, Qt.MouseButton.LeftButton)
    window.wait()
    assert window.told().startswith("已登记提醒 2 项。")
    steps = [step for item_id in ids for step in window.desk.find(TransitionRecord, subject_id=item_id)]
    assert [(step.event, step.details["way"]) for step in steps] == [("remind", "phone")] * 2
    window.ledger._on_unmark()
    assert table.view.isColumnHidden(mark_column(window))


def test_those_due_for_a_reminder_stand_on_the_button(window: LedgerWindow) -> None:
    assert window.ledger.reminder_button.text() == "提醒企业 2"
    QTest.mouseClick(window.ledger.reminder_button, Qt.MouseButton.LeftButton)
    window.wait()
    QTest.mouseClick(window.dialog._note, Qt.MouseButton.LeftButton)
    window.wait()
    assert window.ledger.reminder_button.text() == "提醒企业"
    QTest.mouseClick(window.ledger.reminder_button, Qt.MouseButton.LeftButton)
    window.wait()
    assert window.told().startswith("今天没有要提醒的事项")


def test_what_is_filtered_is_handed_out_as_a_table_without_formulas(
    window: LedgerWindow, tmp_path: Path
) -> None:
    window.case.item(1, title="=1+1", owner_name="@sum")
    window.ledger.refresh(None)
    window.wait()
    window.ledger.export_to(tmp_path / "ledger.xlsx")
    window.wait()
    assert window.told().startswith("已导出 4 项到 ledger.xlsx。")
    sheet = load_workbook(tmp_path / "ledger.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    titles = [row[rows[0].index("整改事项")] for row in rows[1:]]
    assert titles[0] == "你单位拖欠19名劳动者工资。"
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any("=1+1" in str(cell.value) for cell in cells)


def test_a_change_elsewhere_reaches_rows_numbers_and_card(window: LedgerWindow) -> None:
    item = window.case.item(1, name=SITE, title="没有发放工资清单。")
    window.case.evidence(item)
    window.ledger.refresh(None)
    window.wait()
    window.ledger.table.choose(item.id)
    window.wait()
    window.operations.run(
        lambda: window.desk.transact(
            lambda uow, services: report_done(
                item_id=item.id, reported_on=services.clock.today(), uow=uow, services=services
            )
        )
    )
    window.wait()
    assert window.ledger.filters._chips[StateGroup.RECHECK].text() == "待复查 2"
    assert window.ledger.table.current_id() == item.id
    assert window.ledger.card.bar.button(ActionKind.RECHECK) is not None


def test_another_page_leads_to_the_items_of_one_enterprise(window: LedgerWindow) -> None:
    enterprise = window.case.enterprise(SHOP)
    window.open("rectification", enterprise_id=enterprise.id)
    assert window.titles() == ["没有公示规章制度"]
    chip = window.ledger.filters._single
    assert chip.isVisible()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    window.wait()
    assert len(window.titles()) == 3
    assert not chip.isVisible()


def test_a_small_window_keeps_chips_whole_and_actions_in_sight(window: LedgerWindow) -> None:
    window.window.resize(911, 512)
    window.wait()
    view, columns = window.ledger.table.view, window.ledger.table.model.columns
    keys = [column.key for column in columns]
    assert view.isColumnHidden(keys.index("owner"))
    assert view.columnWidth(keys.index("remaining")) >= 100
    button = window.ledger.card.bar.button(ActionKind.REPORT)
    assert button is not None
    assert not button.visibleRegion().isEmpty()
    window.window.resize(1366, 768)
    window.wait()
    assert not view.isColumnHidden(keys.index("owner"))


def test_another_page_leads_to_a_group_or_an_item(window: LedgerWindow) -> None:
    window.open("rectification", group=StateGroup.OVERDUE.value)
    assert window.titles() == ["拖欠19名劳动者工资"]
    window.open("rectification", group="escalated")
    assert window.titles() == []
    item = window.case.item(1, name=SITE, title="没有发放工资清单。")
    window.open("rectification", item.id, group=StateGroup.OPEN.value)
    assert window.ledger.table.current_id() == item.id
    assert "没有发放工资清单" in words_on(window.ledger.card)
