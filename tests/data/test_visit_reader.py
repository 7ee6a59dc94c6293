"""The visits as list and page read them, on a real encrypted file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fangshan_desk.data.readers.visits import SQLVisitReader
from fangshan_desk.domain.records.people import Officer, Parameter
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, Visit
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.issuing import withdraw_letter
from fangshan_desk.usecases.prescribing import draft_prescription
from fangshan_desk.usecases.views.visits import VisitFilter, VisitGroup, VisitReader, VisitSort
from fangshan_desk.usecases.visiting import finish_visit, look_at_item, plan_visit
from tests.helpers.visit_story import VisitStory, visit_story


@pytest.fixture
def story(tmp_path: Path) -> Iterator[VisitStory]:
    with visit_story(tmp_path, role=Role.HRSS_LEAD) as opened:
        yield opened


@pytest.fixture
def reader(story: VisitStory) -> VisitReader:
    return SQLVisitReader(story.desk.file.database)


def _plan(story: VisitStory, day: date, time: str = "", enterprise: Enterprise | None = None) -> Visit:
    chosen = enterprise or story.enterprise
    return story.do(plan_visit, enterprise_id=chosen.id, planned_on=day, planned_time=time, purpose="体检")


def _other(story: VisitStory) -> Enterprise:
    other = Enterprise(id=story.desk.new_id(), name="峪口100%鲜果店", township="141128102")
    story.desk.keep(other)
    return other


def test_what_is_under_way_comes_first_then_the_plan_then_the_newest_made(
    story: VisitStory, reader: VisitReader
) -> None:
    made = story.start()
    story.do(finish_visit, visit_id=made.id)
    later = _plan(story, date(2026, 3, 5))
    sooner = _plan(story, date(2026, 3, 4), "14:00")
    soonest = _plan(story, date(2026, 3, 4), "09:00")
    running = story.start()
    assert list(reader.find_ids(VisitFilter())) == [running.id, soonest.id, sooner.id, later.id, made.id]


def test_a_group_a_township_a_person_and_words_narrow_the_list(
    story: VisitStory, reader: VisitReader
) -> None:
    running = story.start()
    planned = _plan(story, date(2026, 3, 4), enterprise=_other(story))
    assert list(reader.find_ids(VisitFilter(group=VisitGroup.PLANNED))) == [planned.id]
    assert list(reader.find_ids(VisitFilter(township="141128100"))) == [running.id]
    assert list(reader.find_ids(VisitFilter(officer_id=story.second.id))) == [running.id]
    assert list(reader.find_ids(VisitFilter(text="100%鲜"))) == [planned.id]
    assert list(reader.find_ids(VisitFilter(text="100_鲜"))) == []
    assert list(reader.find_ids(VisitFilter(enterprise_id=story.enterprise.id))) == [running.id]
    assert reader.counts(VisitFilter(group=VisitGroup.PLANNED)).under_way == 1
    assert reader.counts(VisitFilter(text="鲜果")).of(VisitGroup.ALL) == 1


def test_the_list_can_be_sorted_both_ways(story: VisitStory, reader: VisitReader) -> None:
    first = _plan(story, date(2026, 3, 4))
    second = _plan(story, date(2026, 3, 5), enterprise=_other(story))
    for sort in (VisitSort.WHEN, VisitSort.TOWNSHIP):
        assert list(reader.find_ids(VisitFilter(), sort=sort)) == [first.id, second.id]
        assert list(reader.find_ids(VisitFilter(), sort=sort, descending=True)) == [second.id, first.id]


def test_a_row_tells_who_went_how_far_it_is_and_which_letter_came_of_it(
    story: VisitStory, reader: VisitReader
) -> None:
    visit = story.start()
    story.answer(visit, "CONT-01", without_contract=2, without_contract_over_year=0)
    story.answer(visit, "CONT-02", Answer.COMPLIANT)
    story.answer(visit, "CONT-03", Answer.UNDETERMINED)
    story.do(draft_prescription, visit_id=visit.id)
    [row, gone] = reader.rows([visit.id, "nobody"])
    assert gone is None
    assert row is not None
    assert (row.enterprise, row.state, row.risk_level) == (
        "方山县金鑫建材有限公司",
        VisitState.UNDER_WAY,
        "unrated",
    )
    assert sorted(row.visitors) == ["张三", "王五"]
    assert (row.answered, row.violated, row.letter_state) == (2, 1, "draft")
    assert row.letter_number.startswith("现场-")


def test_the_page_holds_everything_of_one_moment(story: VisitStory, reader: VisitReader) -> None:
    visit = story.start()
    story.answer(visit, "CONT-02", Answer.VIOLATED)
    story.do(
        add_attachment,
        subject="visit",
        subject_id=visit.id,
        topic="CONT-02",
        data=b"photo",
        media_type="image/jpeg",
        file_name="a.jpg",
    )
    story.desk.keep(Parameter(id=story.desk.new_id(), name="minimum_wage_monthly", value={"value": "1880"}))
    record = story.grade(visit)
    letter = story.do(draft_prescription, visit_id=visit.id)
    page = reader.page(visit.id)
    assert page is not None
    assert page.visit.current_item == "CONT-02"
    assert page.enterprise.name == "方山县金鑫建材有限公司"
    assert page.answers["CONT-02"].answer is Answer.VIOLATED
    assert [each.file_name for each in page.attachments_of("CONT-02")] == ["a.jpg"]
    assert page.attachments_of("CONT-01") == ()
    assert page.letter is not None
    assert page.letter.id == letter.id
    assert page.assessment is not None
    assert page.assessment.id == record.id
    assert [each.name for each in page.parameters] == ["minimum_wage_monthly"]
    assert reader.page("nobody") is None


def test_a_withdrawn_letter_no_longer_stands_for_its_visit(story: VisitStory, reader: VisitReader) -> None:
    visit = story.start()
    story.answer(visit, "CONT-02", Answer.VIOLATED)
    story.serve(visit)
    page = reader.page(visit.id)
    assert page is not None
    assert page.letter is not None
    story.do(withdraw_letter, letter_id=page.letter.id, reason="企业名称有误")
    again = reader.page(visit.id)
    assert again is not None
    assert again.letter is None
    [row] = reader.rows([visit.id])
    assert row is not None
    assert row.letter_number == ""


def test_officers_are_offered_the_bureau_first_and_without_those_who_left(
    story: VisitStory, reader: VisitReader
) -> None:
    left = Officer(id=story.desk.new_id(), name="赵六", body=Body.HRSS, role=Role.HRSS, is_active=False)
    member = Officer(id=story.desk.new_id(), name="孙七", body=Body.FIC, role=Role.FIC)
    story.desk.keep(left, member)
    assert [each.name for each in reader.officers()] == ["张三", "王五", "孙七"]


def test_the_plan_of_a_day_runs_by_the_hour_and_visits_without_one_come_last(
    story: VisitStory, reader: VisitReader
) -> None:
    day = date(2026, 3, 4)
    whenever, late, early = _plan(story, day), _plan(story, day, "14:00"), _plan(story, day, "09:00")
    _plan(story, date(2026, 3, 5))
    assert [row.id for row in reader.planned_on(day)] == [early.id, late.id, whenever.id]


def test_a_visit_that_is_not_in_the_file_yet_has_everything_the_first_step_asks(
    story: VisitStory, reader: VisitReader
) -> None:
    page = reader.blank_page(story.enterprise.id, story.today)
    assert page is not None
    assert (page.visit.id, page.visit.is_planned, page.visit.enterprise_person) == ("", False, "李四")
    assert reader.blank_page("nobody", story.today) is None


def test_the_page_knows_the_item_this_laptop_was_at(story: VisitStory, reader: VisitReader) -> None:
    first, second = story.start(), story.start()
    story.answer(first, "CONT-02", Answer.COMPLIANT)
    story.do(look_at_item, visit_id=first.id, code="WAGE-03")
    page, other = reader.page(first.id), reader.page(second.id)
    assert page is not None
    assert other is not None
    assert (page.visit.current_item, page.looked_at) == ("CONT-02", "WAGE-03")
    assert other.looked_at == ""
