"""Letters in their list, on their page and in the register of numbers."""

from pathlib import Path

from fangshan_desk.data.readers.letters import SQLLetterReader
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.rights import Role
from fangshan_desk.usecases.issuing import approve_letter, withdraw_letter
from fangshan_desk.usecases.numbering import void_number
from fangshan_desk.usecases.views.letters import LetterFilter, LetterSort, LetterWait
from tests.helpers.letter_story import LetterStory, letter_story


def reader_of(story: LetterStory) -> SQLLetterReader:
    """Reads what the story wrote."""
    return SQLLetterReader(story.desk.file.database)


def waits_of(story: LetterStory, letter_id: str) -> tuple[LetterWait, ...]:
    """What the list says the letter waits for."""
    [row] = reader_of(story).rows([letter_id])
    assert row is not None
    return row.waits


def test_a_draft_waits_for_a_signature(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        assert waits_of(story, story.draft().id) == (LetterWait.SIGNATURE,)


def test_a_letter_waits_for_one_thing_after_the_other(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        story.reserve()
        letter = story.confirmed()
        assert waits_of(story, letter.id) == (LetterWait.APPROVAL, LetterWait.SERVICE)
        story.do(approve_letter, letter_id=letter.id)
        assert waits_of(story, letter.id) == (LetterWait.APPROVAL, LetterWait.SERVICE)
        with story.working_as(story.second):
            story.do(approve_letter, letter_id=letter.id)
        assert waits_of(story, letter.id) == (LetterWait.NUMBER, LetterWait.SERVICE)


def test_a_letter_left_on_site_still_waits_for_its_number_but_not_for_service(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        story.reserve()
        letter = story.handed_over()
        assert waits_of(story, letter.id) == (LetterWait.APPROVAL,)
        story.issued(letter)
        assert waits_of(story, letter.id) == ()


def test_the_list_is_filtered_counted_and_sorted(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        first, second = story.handed_over(), story.draft()
        reader = reader_of(story)
        assert reader.find_ids(LetterFilter()) == [second.id, first.id]
        assert reader.find_ids(LetterFilter(wait=LetterWait.SIGNATURE)) == [second.id]
        assert reader.find_ids(LetterFilter(state=first.state)) == [first.id]
        assert reader.find_ids(LetterFilter(kind=LetterKind.REFERRAL)) == []
        assert reader.find_ids(LetterFilter(township="141128101")) == []
        by_day = reader.find_ids(LetterFilter(), sort=LetterSort.SERVED, descending=True)
        assert by_day == [first.id, second.id]
        counts = reader.counts(LetterFilter(wait=LetterWait.NUMBER))
        assert (counts.total, counts.of(LetterWait.SIGNATURE), counts.of(LetterWait.NUMBER)) == (2, 1, 0)


def test_a_letter_is_found_by_number_name_and_code(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.draft()
        reader = reader_of(story)
        for words in (letter.field_number[3:], "金鑫建材", "1t2c0e", "方山县%".rstrip("%")):
            assert reader.find_ids(LetterFilter(text=words)) == [letter.id]
        # A percent sign is a letter like any other.
        assert reader.find_ids(LetterFilter(text="%")) == []


def test_a_row_gone_meanwhile_is_none(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.draft()
        rows = reader_of(story).rows(["no-such-id", letter.id])
        assert rows[0] is None
        assert rows[1] is not None
        assert rows[1].enterprise == "方山县金鑫建材有限公司"


def test_the_page_has_everything_of_the_letter(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.handed_over()
        page = reader_of(story).letter(letter.id)
        assert page is not None
        assert [item.code for item in page.items] == ["CONT-01", "CONT-02", "WAGE-01"]
        assert [one.signer for one in page.signatures] == ["enterprise", "visitor_1", "visitor_2"]
        assert [step.event for step in page.steps] == ["start_rectification", "serve_on_site", "confirm"]
        assert [service.recipient for service in page.services] == ["李四"]
        assert page.name_of(letter.made_by) == "张三"
        assert page.number == letter.field_number
        assert reader_of(story).letter("no-such-id") is None


def test_the_register_of_numbers_shows_what_is_left_and_what_is_void(tmp_path: Path) -> None:
    with letter_story(tmp_path, role=Role.HRSS_LEAD) as story:
        story.reserve(first=1, last=10)
        issued = story.issued(story.confirmed())
        story.do(void_number, kind=LetterKind.PRESCRIPTION, year=2026, number=5, reason="纸张打坏")
        story.do(withdraw_letter, letter_id=issued.id, reason="企业名称有误")
        [stock] = reader_of(story).number_stocks(2026)
        assert (stock.next, stock.left, stock.device) == (2, 9, "一号笔记本")
        void = reader_of(story).void_numbers(2026)
        assert [(entry.number, entry.reason) for entry in void] == [(1, "企业名称有误"), (5, "纸张打坏")]
        assert void[0].letter_id == issued.id
        assert reader_of(story).number_stocks(2025) == []


def test_the_visit_finds_its_letter_but_no_withdrawn_one(tmp_path: Path) -> None:
    with letter_story(tmp_path, role=Role.HRSS_LEAD) as story:
        letter = story.confirmed()
        reader = reader_of(story)
        assert letter.visit_id is not None
        assert reader.letter_of_visit(letter.visit_id) == letter.id
        story.do(withdraw_letter, letter_id=letter.id, reason="事实有误")
        assert reader.letter_of_visit(letter.visit_id) == ""
