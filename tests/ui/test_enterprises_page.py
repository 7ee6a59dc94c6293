from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from fangshan_desk.domain.records.register import Enterprise, RegisterStatus
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.tasks import Lanes
from tests.helpers.register_window import RegisterWindow, register_window

CTRL = Qt.KeyboardModifier.ControlModifier
JINXIN, HENGDA, SHUNTONG = "方山县金鑫建材有限公司", "吕梁恒达煤业有限公司", "方山县顺通货运服务部"
LUYE, CLOSED = "山西绿野农业开发有限公司", "方山县永盛砖厂"


def fill(opened: RegisterWindow) -> None:
    """A small county; the last one is not looked after."""
    desk, levels = opened.desk, RiskLevel
    rows = (
        (JINXIN, "141128100", levels.RED, ("industry",), 46, "91141128MA0K1T2C0E"),
        (HENGDA, "141128103", levels.ORANGE, ("mining", "industry"), 380, "91141128MA0GXY1272"),
        (SHUNTONG, "141128102", levels.YELLOW, ("platform", "service"), 12, ""),
        (LUYE, "141128101", levels.UNRATED, ("new_enterprise",), None, "91141128MA0K1T2C0F"),
    )
    made = [
        Enterprise(
            id=desk.new_id(),
            name=name,
            township=town,
            risk_level=level,
            categories=kinds,
            headcount=people,
            uscc=code,
            is_uscc_valid=code not in ("", "91141128MA0K1T2C0F"),
            legal_representative="李四",
            contact_phone="13503580101",
        )
        for name, town, level, kinds, people, code in rows
    ]
    gone = Enterprise(id=desk.new_id(), name=CLOSED, is_in_scope=False, status=RegisterStatus.DEREGISTERED)
    desk.keep(*made, gone)
    desk.keep(
        Visit(
            id=desk.new_id(),
            enterprise_id=made[0].id,
            state=VisitState.FINISHED,
            started_at=datetime(2026, 2, 28, 17, tzinfo=UTC),
        )
    )


@pytest.fixture
def empty(tmp_path: Path, lanes: Lanes) -> Iterator[RegisterWindow]:
    """A register without a single entry."""
    with register_window(tmp_path, lanes) as opened:
        yield opened


@pytest.fixture
def opened(empty: RegisterWindow) -> RegisterWindow:
    """The list of a small county."""
    fill(empty)
    empty.open("enterprises")
    return empty


def test_the_list_shows_whom_the_office_looks_after(opened: RegisterWindow) -> None:
    opened.shoot("enterprises")
    assert set(opened.listed()) == {JINXIN, HENGDA, SHUNTONG, LUYE}
    assert "4" in opened.list_page.subtitle
    row = opened.listed().index(JINXIN)
    cells = [opened.list_page.table.model.index(row, column).data() for column in range(7)]
    assert cells == [JINXIN, "圪洞镇", "工业", "红", "46", "2026-03-01", ""]


def test_the_model_behaves(opened: RegisterWindow) -> None:
    tester = QAbstractItemModelTester(
        opened.list_page.table.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    opened.type("jx", into=opened.list_page.filters.search)
    tester.deleteLater()


def test_typing_finds_and_enter_opens(opened: RegisterWindow) -> None:
    assert opened.list_page.filters.search.hasFocus()
    opened.type("jxjc")
    assert opened.listed() == [JINXIN]
    opened.press(Qt.Key.Key_Return)
    assert opened.page.title == JINXIN


def test_enter_right_after_the_last_letter_opens_what_that_letter_finds(opened: RegisterWindow) -> None:
    search = opened.list_page.filters.search
    search.setText("hdm")
    search.searched.emit("hdm")
    search.entered.emit("hdm")
    opened.wait()
    assert opened.page.title == HENGDA


def test_down_leads_into_the_table_and_letters_lead_back(opened: RegisterWindow) -> None:
    opened.press(Qt.Key.Key_Down)
    assert opened.list_page.table.view.hasFocus()
    opened.type("m")
    assert opened.list_page.filters.search.hasFocus()
    assert opened.list_page.filters.search.text() == "m"
    opened.press(Qt.Key.Key_Escape)
    assert opened.list_page.filters.search.text() == ""
    assert len(opened.listed()) == 4


def test_levels_count_and_narrow(opened: RegisterWindow) -> None:
    chips = opened.list_page.filters.chips
    assert [chip.text() for chip in chips.values()] == ["全部 4", "红 1", "橙 1", "黄 1", "蓝 0", "未评 1"]
    chips["orange"].click()
    opened.wait()
    assert opened.listed() == [HENGDA]
    assert [level for level, chip in chips.items() if chip.isChecked()] == ["orange"]
    assert chips[""].text() == "全部 4"


def test_every_drop_down_narrows(opened: RegisterWindow) -> None:
    filters = opened.list_page.filters
    expected = {
        ("township", "141128103"): {HENGDA},
        ("category", "platform"): {SHUNTONG},
        ("status", "deregistered"): set(),
        ("scope", "out"): {CLOSED},
        ("scope", ""): {JINXIN, HENGDA, SHUNTONG, LUYE, CLOSED},
        ("body", "ftu"): set(),
    }
    for (name, value), names in expected.items():
        filters.clear()
        filters.drop_downs[name].set_value(value)
        filters.drop_downs[name].value_chosen.emit(value)
        opened.wait()
        assert set(opened.listed()) == names, name


def test_clicking_a_heading_sorts(opened: RegisterWindow) -> None:
    table = opened.list_page.table
    keys = [column.key for column in table.model.columns]
    for key, first in (("risk", JINXIN), ("headcount", SHUNTONG), ("last_visit", JINXIN)):
        table.view.horizontalHeader().sectionClicked.emit(keys.index(key))
        opened.wait()
        assert opened.listed()[0] == first
        assert opened.listed()[-1] == LUYE if key != "last_visit" else True


def test_ctrl_n_visits_the_chosen_one(opened: RegisterWindow) -> None:
    opened.type("lyny")
    opened.press(Qt.Key.Key_N, CTRL)
    target = opened.went_to("visits")
    assert target.extra["new"] == "1"
    assert opened.desk.find(Enterprise, id=target.extra["enterprise_id"])[0].name == LUYE


def test_a_number_elsewhere_leads_to_its_list(opened: RegisterWindow) -> None:
    opened.open("today")
    opened.open("enterprises", risk_level="red")
    assert opened.listed() == [JINXIN]


def test_an_empty_register_teaches(empty: RegisterWindow) -> None:
    empty.open("enterprises")
    empty.shoot("enterprises-empty")
    empty.list_page.empty.action_chosen.emit()
    empty.wait()
    assert empty.dialog.windowTitle() == "新建企业"
    empty.dialog.reject()


def test_an_unknown_name_becomes_a_new_enterprise(opened: RegisterWindow) -> None:
    opened.list_page.filters.search.setText("方山县云顶山庄")
    opened.list_page.filters.search.searched.emit("方山县云顶山庄")
    opened.wait()
    assert opened.listed() == []
    opened.list_page.empty.action_chosen.emit()
    opened.wait()
    opened.shoot("enterprises-nothing")
    assert opened.listed() == []
    opened.list_page.empty.action_chosen.emit()
    opened.wait()
    assert opened.dialog.form.lines["name"].text() == "方山县云顶山庄"
    opened.dialog.keep.click()
    opened.wait()
    assert opened.page.title == "方山县云顶山庄"


def test_what_only_a_condition_hides_is_not_made_anew(opened: RegisterWindow) -> None:
    opened.type("yszc")
    assert opened.listed() == []
    opened.list_page.empty.action_chosen.emit()
    opened.wait()
    assert opened.listed() == [CLOSED]


def test_nothing_under_these_conditions_offers_to_drop_them(opened: RegisterWindow) -> None:
    opened.list_page.filters.chips["blue"].click()
    opened.wait()
    assert opened.listed() == []
    opened.list_page.empty.action_chosen.emit()
    opened.wait()
    assert len(opened.listed()) == 4


def test_what_is_listed_is_exported_in_its_order(opened: RegisterWindow, tmp_path: Path) -> None:
    opened.list_page.filters.chips["red"].click()
    opened.wait()
    opened.list_page.export_to(tmp_path / "out.xlsx")
    opened.wait()
    sheet = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["企业名称", "信用代码", "乡镇"]
    assert [row[0] for row in rows[1:]] == [JINXIN]
    assert "1" in opened.notices[-1].sentence


def test_a_change_elsewhere_shows_at_once(opened: RegisterWindow) -> None:
    enterprise = opened.desk.find(Enterprise, name=LUYE)[0]
    outcome = opened.desk.transact(lambda uow, _: uow.update(enterprise, risk_level=RiskLevel.BLUE))
    opened.operations.publish(outcome.changes)
    opened.wait()
    assert opened.list_page.filters.chips["blue"].text() == "蓝 1"


def test_the_window_search_finds_enterprises_by_any_means(
    opened: RegisterWindow, wait: Callable[[], None]
) -> None:
    opened.press(Qt.Key.Key_K, CTRL)
    opened.type("2c0e")
    opened.shoot("global-search")
    panel = opened.window._panel
    assert [hit.title for hit in panel.hits()] == [JINXIN]
    panel.choose(0)
    opened.wait()
    assert opened.page.title == JINXIN
