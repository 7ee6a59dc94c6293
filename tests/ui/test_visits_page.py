"""The list of visits: groups, filters, planning, beginning, moving, handing out; over a real file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from fangshan_desk.data.search_index import prepare_search
from fangshan_desk.data.spreadsheets.handing_out import write_table
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.visit_dialog import NewVisitDialog, PlanDialog
from fangshan_desk.ui.context import Target
from fangshan_desk.ui.pages.visits import VisitsPage
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.usecases.views.visits import VisitGroup
from fangshan_desk.usecases.visiting import plan_visit
from tests.helpers.register_window import COUNTY_WORDS
from tests.helpers.visit_story import VisitStory
from tests.helpers.visit_window import VisitWindow, visit_window


@pytest.fixture
def listed(tmp_path: Path, lanes: Lanes) -> Iterator[VisitWindow]:
    """The list with one visit under way and two planned ones."""

    def prepare(story: VisitStory) -> None:
        prepare_search(story.desk.file.database, COUNTY_WORDS)
        other = Enterprise(id=story.desk.new_id(), name="峪口镇鑫源超市", township="141128102")
        story.desk.keep(other)
        story.start()
        for day, enterprise in ((5, story.enterprise), (4, other)):
            story.do(
                plan_visit,
                enterprise_id=enterprise.id,
                planned_on=date(2026, 3, day),
                planned_time="09:30",
                purpose="首次体检",
            )

    with visit_window(tmp_path, lanes, prepare=prepare, options={"write_table": write_table}) as window:
        window.window.open(Target("visits"))
        window.wait()
        yield window


def _page(window: VisitWindow) -> VisitsPage:
    page = window.window.page("visits")
    assert isinstance(page, VisitsPage)
    return page


def _names(window: VisitWindow) -> list[str]:
    model = _page(window).table.model
    found = [model.row_at(number) for number in range(model.rowCount())]
    return [row.enterprise if row is not None else "" for row in found]


def _dialog(window: VisitWindow, kind: type[QDialog]) -> QDialog:
    [dialog] = _page(window).findChildren(kind)
    return dialog


def test_what_is_under_way_stands_first_and_chips_count(listed: VisitWindow) -> None:
    page = _page(listed)
    assert _names(listed) == ["方山县金鑫建材有限公司", "峪口镇鑫源超市", "方山县金鑫建材有限公司"]
    assert page.filters.chips[VisitGroup.PLANNED].text() == "已计划 2"
    assert "进行中 1" in page.subtitle
    listed.shoot("visits")


def test_chips_town_and_words_narrow_the_list(listed: VisitWindow) -> None:
    page = _page(listed)
    page.filters.chips[VisitGroup.PLANNED].click()
    listed.wait()
    assert len(_names(listed)) == 2
    page.filters.search.setText("鑫源")
    page.filters.search.searched.emit("鑫源")
    listed.wait()
    assert _names(listed) == ["峪口镇鑫源超市"]
    page.filters.search.setText("没有这家")
    page.filters.search.searched.emit("没有这家")
    listed.wait()
    page.empty.action_chosen.emit()
    listed.wait()
    assert len(_names(listed)) == 3


def test_a_target_chooses_its_group(listed: VisitWindow) -> None:
    listed.window.open(Target("visits", extra={"group": "under_way"}))
    listed.wait()
    assert len(_names(listed)) == 1


def test_enter_opens_a_visit(listed: VisitWindow) -> None:
    page = _page(listed)
    page.table.choose(page.table.model.row_id(0))
    page.table.view.setFocus()
    listed.press(Qt.Key.Key_Return)
    listed.wait()
    assert listed.window.current_page() is listed.page
    assert listed.page.session.visit.state is VisitState.UNDER_WAY


def test_a_new_visit_finds_its_enterprise_by_pinyin_initials(listed: VisitWindow) -> None:
    _page(listed).begin()
    dialog = _dialog(listed, NewVisitDialog)
    assert isinstance(dialog, NewVisitDialog)
    listed.wait()
    assert dialog.picker.search.hasFocus()
    listed.press("xycs")
    listed.wait()
    assert dialog.picker.found.count() == 1
    listed.shoot("visits-new")
    dialog.picker.search.returnPressed.emit()
    listed.wait()
    assert listed.window.current_page() is listed.page
    assert listed.page.title == "峪口镇鑫源超市"
    assert listed.page.next.text() == "开始走访"


def test_a_target_begins_a_visit_of_its_enterprise_or_goes_to_the_planned_one(listed: VisitWindow) -> None:
    listed.window.open(Target("visits", extra={"new": "1", "enterprise_id": listed.story.enterprise.id}))
    listed.wait()
    assert listed.page.session.visit.id == ""
    planned = listed.story.desk.find(Visit, state=VisitState.PLANNED)[0]
    extra = {"new": "1", "enterprise_id": planned.enterprise_id, "visit_id": planned.id}
    listed.window.open(Target("visits", extra=extra))
    listed.wait()
    assert listed.page.session.visit_id == planned.id


def test_a_visit_is_put_on_the_calendar(listed: VisitWindow) -> None:
    listed.window.open(Target("visits", extra={"plan": "1", "enterprise_id": listed.story.enterprise.id}))
    listed.wait()
    dialog = _dialog(listed, PlanDialog)
    assert isinstance(dialog, PlanDialog)
    dialog.day.set_value(date(2026, 3, 9))
    dialog.time.setText("14:00")
    dialog.keep.click()
    listed.wait()
    [visit] = listed.story.desk.find(Visit, planned_on=date(2026, 3, 9))
    assert (visit.planned_time, visit.state) == ("14:00", VisitState.PLANNED)
    assert any("2026-03-09" in sentence for sentence in listed.said())
    assert len(_names(listed)) == 4


def test_a_plan_without_enterprise_or_day_says_what_is_missing(listed: VisitWindow) -> None:
    _page(listed).plan()
    dialog = _dialog(listed, PlanDialog)
    assert isinstance(dialog, PlanDialog)
    dialog.keep.click()
    assert "企业" in dialog._problem.text()
    dialog.reject()
    listed.wait()
    assert len(listed.story.desk.find(Visit)) == 3


def test_a_planned_visit_is_moved_and_one_under_way_is_not(listed: VisitWindow) -> None:
    page = _page(listed)
    page.table.choose(page.table.model.row_id(0))
    assert not page.postpone.isEnabled()
    page.table.choose(page.table.model.row_id(1))
    page.postpone.click()
    dialog = _dialog(listed, PlanDialog)
    assert isinstance(dialog, PlanDialog)
    assert dialog.time.text() == "09:30"
    dialog.day.set_value(date(2026, 3, 20))
    dialog.keep.click()
    listed.wait()
    [visit] = listed.story.desk.find(Visit, planned_on=date(2026, 3, 20))
    assert visit.state is VisitState.PLANNED


def test_the_list_is_handed_out_as_shown(listed: VisitWindow, tmp_path: Path) -> None:
    path = tmp_path / "走访台账.xlsx"
    _page(listed).export_to(path)
    listed.wait()
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == _names(listed)
    assert rows[2][4] == "已计划"
    assert any("3 次" in sentence for sentence in listed.said())
