"""Planning, starting, interrupting and ending a visit, and what its answers allow, on a real file."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fangshan_desk.data.readers.visits import SQLVisitReader
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import TransitionRecord
from fangshan_desk.domain.records.people import Campaign, Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, CheckAnswer, Visit, Visitor, VisitStep
from fangshan_desk.domain.rights import Body, NotPermittedError, Role
from fangshan_desk.domain.states.machine import StepRefusedError
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.usecases.answering import (
    AnswersFrozenError,
    ItemNotAskedError,
    OverrideReasonError,
    clear_answer,
    confirm_rest_of_section,
)
from fangshan_desk.usecases.visit_table import VisitTableUnavailableError, write_visits
from fangshan_desk.usecases.visiting import (
    NoLeadingBodyError,
    cancel_visit,
    change_visitors,
    finish_visit,
    go_to_step,
    plan_visit,
    reschedule_visit,
    resume_visit,
    set_basics,
    set_enterprise_facts,
    start_visit,
)
from tests.helpers.visit_story import VisitStory, visit_story


@pytest.fixture
def story(tmp_path: Path) -> Iterator[VisitStory]:
    with visit_story(tmp_path) as opened:
        yield opened


def _plan(story: VisitStory, days: int = 2) -> Visit:
    return story.do(
        plan_visit, enterprise_id=story.enterprise.id, planned_on=story.today + timedelta(days=days)
    )


def _place(story: VisitStory) -> object:
    return story.desk.transact(lambda uow, _services: uow.recall("visit")).result


def test_a_plan_belongs_to_the_campaign_of_its_day_and_can_be_moved(story: VisitStory) -> None:
    campaign = Campaign(
        id=story.desk.new_id(),
        title="专项行动",
        document_number="1号",
        starts_on=story.today,
        ends_on=story.today + timedelta(days=30),
    )
    story.desk.keep(campaign)
    visit = _plan(story)
    assert visit.campaign_id == campaign.id
    moved = story.do(reschedule_visit, visit_id=visit.id, planned_on=date(2026, 3, 9), planned_time="09:30")
    assert (moved.planned_on, moved.planned_time) == (date(2026, 3, 9), "09:30")
    events = [step.event for step in story.desk.find(TransitionRecord, subject_id=visit.id)]
    assert events == ["plan", "reschedule"]


def test_a_started_visit_keeps_its_people_as_of_the_day(story: VisitStory) -> None:
    visit = story.start(visit_id=_plan(story, 0).id)
    assert visit.state is VisitState.UNDER_WAY
    assert visit.checklist_version == story.desk.services.reference.version
    assert visit.enterprise_person == "李四"
    story.desk.transact(lambda uow, _services: uow.update(story.second, name="王五五"))
    assert sorted(each.name for each in story.desk.find(Visitor)) == ["张三", "王五"]
    with pytest.raises(StepRefusedError):
        story.start(visit_id=visit.id)


def test_a_visit_needs_somebody_of_the_bureau_or_the_union(story: VisitStory) -> None:
    members = [
        Officer(id=story.desk.new_id(), name=name, body=Body.FIC, role=Role.FIC) for name in ("甲", "乙")
    ]
    story.desk.keep(*members)
    with pytest.raises(NoLeadingBodyError):
        story.do(
            start_visit,
            enterprise_id=story.enterprise.id,
            visitor_ids=[each.id for each in members],
        )
    assert story.desk.find(Visit) == []


def test_visitors_and_basics_can_be_put_right_on_site(story: VisitStory) -> None:
    visit = story.start()
    third = Officer(id=story.desk.new_id(), name="赵六", body=Body.HRSS, role=Role.HRSS, badge_number="J1")
    story.desk.keep(third)
    story.do(change_visitors, visit_id=visit.id, visitor_ids=(third.id, story.second.id))
    assert sorted(each.name for each in story.desk.find(Visitor)) == ["王五", "赵六"]
    changed = story.do(set_basics, visit_id=visit.id, enterprise_person="周八", is_quick_check=True)
    assert (changed.enterprise_person, changed.is_quick_check) == ("周八", True)
    with pytest.raises(TypeError):
        story.do(set_basics, visit_id=visit.id, state="finished")


def test_the_place_is_remembered_until_the_visit_ends(story: VisitStory) -> None:
    visit = story.start()
    story.do(go_to_step, visit_id=visit.id, step=VisitStep.HEALTH_CHECK, current_item="WAGE-01")
    assert _place(story) == {"visit_id": visit.id, "step": "health_check", "item": "WAGE-01"}
    story.do(finish_visit, visit_id=visit.id)
    assert _place(story) is None


def test_ending_one_visit_does_not_forget_the_place_in_another(story: VisitStory) -> None:
    first, second = story.start(), story.start()
    story.do(finish_visit, visit_id=first.id)
    place = _place(story)
    assert isinstance(place, dict)
    assert place["visit_id"] == second.id


def test_a_finished_visit_is_resumed_unless_its_letter_was_confirmed(story: VisitStory) -> None:
    visit = story.start()
    story.answer(visit, "CONT-02", Answer.VIOLATED)
    story.do(finish_visit, visit_id=visit.id)
    assert story.do(resume_visit, visit_id=visit.id).finished_at is None
    story.serve(visit)
    story.do(finish_visit, visit_id=visit.id)
    with pytest.raises(StepRefusedError, match="letter-confirmed"):
        story.do(resume_visit, visit_id=visit.id)


def test_what_the_enterprise_confirmed_is_not_answered_differently_afterwards(story: VisitStory) -> None:
    visit = story.start()
    story.answer(visit, "CONT-02", Answer.VIOLATED)
    story.serve(visit)
    with pytest.raises(AnswersFrozenError):
        story.answer(visit, "CONT-02", Answer.COMPLIANT)
    with pytest.raises(AnswersFrozenError):
        story.do(clear_answer, visit_id=visit.id, code="CONT-02")


def test_cancelling_needs_a_reason_and_removes_nothing(story: VisitStory) -> None:
    visit = story.start()
    story.answer(visit, "CONT-02", Answer.VIOLATED)
    with pytest.raises(ExpectedError, match="step-missing-reason"):
        story.do(cancel_visit, visit_id=visit.id, reason=" ")
    cancelled = story.do(cancel_visit, visit_id=visit.id, reason="企业停业")
    assert (cancelled.state, cancelled.cancelled_reason) == (VisitState.CANCELLED, "企业停业")
    assert len(story.desk.find(CheckAnswer)) == 1


def test_the_rest_of_a_section_is_compliant_except_what_needs_its_own_look(story: VisitStory) -> None:
    visit = story.start()
    story.answer(visit, "WAGE-05", affected=3)
    codes = story.do(confirm_rest_of_section, visit_id=visit.id, section="WAGE")
    answers = {each.code: each.answer for each in story.desk.find(CheckAnswer)}
    assert answers["WAGE-05"] is Answer.VIOLATED
    assert "WAGE-01" not in answers
    assert {answers[code] for code in codes} == {Answer.COMPLIANT}


def test_a_taken_back_answer_leaves_nothing(story: VisitStory) -> None:
    visit = story.start()
    story.answer(visit, "CONT-02", Answer.VIOLATED)
    story.do(clear_answer, visit_id=visit.id, code="CONT-02")
    assert story.desk.find(CheckAnswer) == []


def test_not_applicable_needs_a_reason_and_foreign_items_are_refused(story: VisitStory) -> None:
    visit = story.start()
    with pytest.raises(OverrideReasonError):
        story.answer(visit, "CONT-02", Answer.NOT_APPLICABLE)
    with pytest.raises(ItemNotAskedError):
        story.answer(visit, "CONS-01", Answer.COMPLIANT)


def test_basic_figures_asked_on_site_reach_the_register(story: VisitStory) -> None:
    visit = story.start()
    story.answer(visit, "GEN-01", headcount=52)
    story.answer(visit, "GEN-03", union_exists=True, acfic_member=False)
    now = story.now()
    assert (now.headcount, now.union_exists, now.is_federation_member) == (52, True, False)


def test_a_township_officer_visits_only_in_the_own_township(tmp_path: Path) -> None:
    with visit_story(tmp_path, role=Role.TOWN) as story:
        elsewhere = Enterprise(id=story.desk.new_id(), name="某店", township="141128103")
        story.desk.keep(elsewhere)
        with pytest.raises((NotPermittedError, StepRefusedError)):
            story.do(
                start_visit,
                enterprise_id=elsewhere.id,
                visitor_ids=(story.desk.officer.id, story.second.id),
            )


def test_facts_of_the_register_are_put_right_on_site_and_nothing_else(story: VisitStory) -> None:
    visit = story.start()
    story.do(set_enterprise_facts, visit_id=visit.id, categories=("platform",), industry="货运")
    assert (story.now().categories, story.now().industry) == (("platform",), "货运")
    with pytest.raises(TypeError):
        story.do(set_enterprise_facts, visit_id=visit.id, uscc="91141128MA0K1T2C0E")


def test_a_table_is_not_written_where_the_desk_cannot(story: VisitStory, tmp_path: Path) -> None:
    reader = SQLVisitReader(story.desk.file.database)
    with pytest.raises(VisitTableUnavailableError):
        write_visits(tmp_path / "a.xlsx", (), reader=reader, services=story.desk.services)
