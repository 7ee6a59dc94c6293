"""The five steps of a visit: beginning, basics, grade, panels, ending, and coming back to the same place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import RiskAssessmentRecord
from fangshan_desk.domain.records.visits import Answer, Visit, Visitor, VisitStep
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.page import Command
from fangshan_desk.ui.components.risk_override import OverrideDialog
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.usecases.registering import edit_enterprise
from fangshan_desk.usecases.visiting import finish_visit, plan_visit
from tests.helpers.visit_window import VisitWindow, visit_window


@pytest.fixture
def desk(tmp_path: Path, lanes: Lanes) -> Iterator[VisitWindow]:
    """A window before any visit."""
    with visit_window(tmp_path, lanes) as window:
        yield window


def _only(window: VisitWindow) -> Visit:
    [visit] = window.story.desk.find(Visit)
    assert isinstance(visit, Visit)
    return visit


def test_a_visit_to_a_known_enterprise_begins_with_two_people_and_no_record_before(desk: VisitWindow) -> None:
    desk.window.open(Target("visit", extra={"enterprise": desk.story.enterprise.id}))
    desk.wait()
    assert desk.page.title == "方山县金鑫建材有限公司"
    assert desk.story.desk.find(Visit) == []
    assert not desk.page.next.isEnabled()
    assert "再选一人" in desk.page.basics.visitors.problem()
    desk.page.basics.visitors.choose(desk.story.second.id)
    desk.page.next.click()
    desk.wait()
    visit = _only(desk)
    assert (visit.state, visit.is_planned) == (VisitState.UNDER_WAY, False)
    assert desk.page.next.text() == "下一步"
    assert "走访 2026-03-02 09:00" in desk.subtitle()
    desk.shoot("visit-basics")


def test_who_went_along_last_is_chosen_the_next_time(desk: VisitWindow) -> None:
    desk.story.start()
    desk.window.open(Target("visit", extra={"enterprise": desk.story.enterprise.id}))
    desk.wait()
    assert set(desk.page.basics.visitors.chosen()) == {desk.story.desk.officer.id, desk.story.second.id}


def test_a_planned_visit_has_only_its_first_step_until_it_begins(desk: VisitWindow) -> None:
    story = desk.story
    planned = story.do(plan_visit, enterprise_id=story.enterprise.id, planned_on=story.today)
    desk.open(planned, VisitStep.RISK)
    assert desk.page.step is VisitStep.BASICS
    desk.page.basics.visitors.choose(story.second.id)
    desk.page.basics.fields["purpose"].setText("首次体检")
    desk.page.next.click()
    desk.wait()
    assert _only(desk).state is VisitState.UNDER_WAY
    assert _only(desk).purpose == "首次体检"


def test_what_was_typed_before_the_visit_began_survives_changes_of_others(desk: VisitWindow) -> None:
    desk.window.open(Target("visit", extra={"enterprise": desk.story.enterprise.id}))
    desk.wait()
    desk.page.basics.fields["purpose"].setText("首次体检")
    desk.page.basics.visitors.choose(desk.story.second.id)
    desk.page.session.prepare(desk.story.enterprise.id)
    desk.wait()
    assert desk.page.basics.fields["purpose"].text() == "首次体检"
    assert desk.story.second.id in desk.page.basics.visitors.chosen()


def test_basics_are_saved_field_by_field(desk: VisitWindow) -> None:
    desk.open(desk.story.start())
    basics = desk.page.basics
    basics.fields["enterprise_person"].setFocus()
    basics.fields["enterprise_person"].selectAll()
    desk.press("周八", Qt.Key.Key_Return)
    basics.fields["headcount"].setFocus()
    basics.fields["headcount"].selectAll()
    desk.press("52", Qt.Key.Key_Return)
    basics.categories["platform"].click()
    desk.wait()
    assert _only(desk).enterprise_person == "周八"
    now = desk.story.now()
    assert now.headcount == 52
    assert set(now.categories) == {"industry", "platform"}
    assert "PLAT-01" in desk.page.session.sheet.rows
    assert "已保存" in desk.subtitle()


def test_a_headcount_in_words_is_not_kept(desk: VisitWindow) -> None:
    desk.open(desk.story.start())
    field = desk.page.basics.fields["headcount"]
    field.setFocus()
    field.selectAll()
    desk.press("约五十", Qt.Key.Key_Return)
    desk.wait()
    assert desk.story.now().headcount == 40
    assert any("整数" in sentence for sentence in desk.said())


def test_visitors_can_be_changed_but_never_to_one(desk: VisitWindow) -> None:
    third = Officer(id=desk.story.desk.new_id(), name="赵六", body=Body.HRSS, role=Role.HRSS)
    desk.story.desk.keep(third)
    desk.open(desk.story.start())
    desk.page.basics.visitors.choose(third.id)
    desk.wait()
    assert len(desk.story.desk.find(Visitor)) == 3
    desk.page.basics.visitors.choose(third.id, is_chosen=False)
    desk.wait()
    desk.page.basics.visitors.choose(desk.story.second.id, is_chosen=False)
    desk.wait()
    assert len(desk.story.desk.find(Visitor)) == 2


def test_the_program_comes_back_to_the_same_step_and_item(tmp_path: Path, lanes: Lanes) -> None:
    with visit_window(tmp_path, lanes) as window:
        visit = window.story.start()
        window.open(visit, VisitStep.HEALTH_CHECK)
        window.page.check.go_to("WAGE-04")
        window.wait()
    with visit_window(tmp_path, lanes) as window:
        place = window.story.desk.transact(lambda uow, _services: uow.recall("visit")).result
        assert place["visit_id"] == visit.id
        window.open(visit)
        assert window.page.step is VisitStep.HEALTH_CHECK
        assert window.page.check.current_code == "WAGE-04"
        row = window.page.check.row("WAGE-04")
        assert row is not None
        assert row.hasFocus()


def test_entering_the_third_step_keeps_the_grade_with_its_reasons(desk: VisitWindow) -> None:
    visit = desk.story.start()
    desk.story.answer(visit, "WAGE-01", unpaid_workers=18, unpaid_amount="86400", unpaid_months=2)
    desk.open(visit, VisitStep.RISK)
    [record] = desk.story.desk.find(RiskAssessmentRecord)
    assert (record.visit_id, record.level) == (visit.id, RiskLevel.YELLOW)
    assert desk.story.now().risk_level is RiskLevel.YELLOW
    assert desk.page.risk.badge.text().startswith("黄")
    words = [label.text() for label in desk.page.risk.findChildren(QLabel)]
    assert words.count("未知") >= 5
    assert any("按最少天数计" in sentence for sentence in words)
    assert any("资料覆盖 40%" in sentence for sentence in words)
    desk.shoot("visit-risk")


def test_a_level_is_set_by_hand_with_a_reason(desk: VisitWindow) -> None:
    desk.open(desk.story.start(), VisitStep.RISK)
    desk.page.risk.override.click()
    [dialog] = desk.page.risk.findChildren(OverrideDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.level.answer_for_digit("1")
    dialog.reason.setPlainText("群众反映强烈")
    dialog.accept_button.click()
    desk.wait()
    assert desk.story.now().risk_level is RiskLevel.RED
    assert desk.page.risk.badge.text().startswith("红")


def test_who_may_not_set_a_level_is_not_offered_to(tmp_path: Path, lanes: Lanes) -> None:
    with visit_window(tmp_path, lanes, role=Role.FTU) as window:
        window.open(window.story.start(), VisitStep.RISK)
        assert not window.page.risk.override.isVisible()


def test_a_missing_panel_says_so_and_a_given_one_is_made_for_the_visit(tmp_path: Path, lanes: Lanes) -> None:
    made: list[str] = []

    def panel(_context: Context, visit_id: str) -> QWidget:
        made.append(visit_id)
        return QLabel("处方")

    with visit_window(tmp_path, lanes, panels={VisitStep.PRESCRIPTION: panel}) as window:
        visit = window.story.start()
        window.open(visit, VisitStep.PRESCRIPTION)
        window.page.show_step(VisitStep.RISK)
        window.page.show_step(VisitStep.PRESCRIPTION)
        window.wait()
        assert made == [visit.id]
        window.page.show_step(VisitStep.SERVICE)
        window.wait()
        assert isinstance(window.page.hosts[VisitStep.SERVICE].panel, EmptyState)


def test_ending_and_taking_up_a_visit_again(desk: VisitWindow) -> None:
    desk.open(desk.story.start(), VisitStep.SERVICE)
    assert desk.page.next.text() == "结束走访"
    desk.page.next.click()
    desk.wait()
    assert _only(desk).state is VisitState.FINISHED
    assert desk.page.next.text() == "继续走访"
    desk.page.show_step(VisitStep.HEALTH_CHECK)
    desk.page.check.go_to("CONT-02")
    desk.press("2")
    desk.wait()
    assert desk.page.session.sheet.rows["CONT-02"].answer is Answer.UNDETERMINED
    desk.page.next.click()
    desk.wait()
    assert _only(desk).state is VisitState.UNDER_WAY


def test_a_visit_whose_letter_was_confirmed_is_not_taken_up_again(desk: VisitWindow) -> None:
    visit = desk.story.start()
    desk.story.answer(visit, "CONT-02", Answer.VIOLATED)
    desk.story.serve(visit)
    desk.story.do(finish_visit, visit_id=visit.id)
    desk.open(visit)
    assert not desk.page.next.isEnabled()


def test_a_cancelled_visit_says_why_it_needs_a_reason(desk: VisitWindow) -> None:
    desk.open(desk.story.start())
    desk.page.cancel(" ")
    desk.wait()
    assert _only(desk).state is VisitState.UNDER_WAY
    assert any("理由" in sentence for sentence in desk.said())
    desk.page.cancel("企业停业")
    desk.wait()
    assert _only(desk).state is VisitState.CANCELLED
    assert not desk.page.next.isEnabled()


def test_a_visit_that_is_not_there_is_said_in_words(desk: VisitWindow) -> None:
    desk.window.open(Target("visit", "nobody"))
    desk.wait()
    assert not desk.page.next.isEnabled()
    assert any("找不到" in label.text() for label in desk.page.findChildren(QLabel) if label.isVisible())


def test_what_others_change_is_followed(desk: VisitWindow) -> None:
    desk.open(desk.story.start())
    enterprise = desk.story.now()
    desk.window.context.transact(
        lambda uow, services: edit_enterprise(
            enterprise_id=enterprise.id, fields={"name": "方山县金鑫新材有限公司"}, uow=uow, services=services
        )
    )
    desk.wait()
    assert desk.page.title == "方山县金鑫新材有限公司"


def test_escape_leads_from_a_field_back_to_its_question(desk: VisitWindow) -> None:
    desk.open(desk.story.start(), VisitStep.HEALTH_CHECK)
    desk.page.check.go_to("CONT-01")
    desk.press("2", Qt.Key.Key_Return)
    assert desk.page.handle(Command.ESCAPE)
    assert desk.focus() is desk.page.check.row("CONT-01")
    assert not desk.page.handle(Command.ESCAPE)


def test_another_visit_replaces_everything_of_the_one_before(desk: VisitWindow) -> None:
    first, second = desk.story.start(), desk.story.start()
    desk.open(first, VisitStep.HEALTH_CHECK)
    desk.page.check.go_to("CONT-02")
    desk.press("2")
    desk.wait()
    desk.open(second, VisitStep.HEALTH_CHECK)
    desk.page.check.go_to("CONT-02")
    row = desk.page.check.row("CONT-02")
    assert row is not None
    assert row.answer.value() == ""
    assert "已保存" not in desk.subtitle()


def test_a_small_window_shows_grade_and_draft_in_a_word(desk: VisitWindow) -> None:
    desk.open(desk.story.start(), VisitStep.HEALTH_CHECK)
    desk.page.check.go_to("CONT-02")
    desk.press("2")
    desk.window.resize(910, 512)
    desk.wait()
    assert not desk.page.check.risk.isVisible()
    assert "处方 1 条" in desk.page.check.heading.live.text()
    assert desk.page.next.isVisible()
    right = desk.page.next.mapTo(desk.window, desk.page.next.rect().topRight()).x()
    assert right <= desk.window.width()
    desk.shoot("visit-small")
