"""Letters from draft to withdrawal: what is refused, what is kept, which number is given."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import (
    LetterKind,
    NumberBlock,
    RectificationItem,
    ServiceWay,
    VoidNumber,
)
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.rights import Body, NotPermittedError, Role
from fangshan_desk.domain.states.prescription import PrescriptionEvent as E
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.drafting_letters import confirm_letter, draft_letter
from fangshan_desk.usecases.issuing import (
    NumberTakenError,
    approve_letter,
    discard_draft,
    issue_letter,
    withdraw_letter,
)
from fangshan_desk.usecases.kept_facts import prescription_facts
from fangshan_desk.usecases.letter_sources import LetterSource
from fangshan_desk.usecases.letter_steps import letter_options, step_facts
from fangshan_desk.usecases.numbering import (
    NumbersNotReservedByLeadError,
    YearNotOverError,
    close_year,
    take_number,
)
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import (
    DeadlineImpossibleError,
    DraftOutOfDateError,
    LetterFrozenError,
    RefusalUnprovenError,
    confirm_prescription,
    draft_prescription,
    edit_draft,
)
from fangshan_desk.usecases.serving import (
    ProofMissingError,
    ServedBeforeWrittenError,
    ServiceProof,
    serve_again,
    serve_letter,
)
from tests.helpers.clocks import FixedClock
from tests.helpers.letter_story import LetterStory, letter_story, signed_on_screen


def photo(story: LetterStory, letter_id: str) -> None:
    """A picture of the place the letter was left at."""
    story.do(
        add_attachment,
        subject="letter",
        subject_id=letter_id,
        data=b"photo",
        media_type="image/jpeg",
        file_name="a.jpg",
    )


@pytest.mark.parametrize("day", ["2026-02-30", "next week", "2026-03-01"])
def test_a_deadline_must_be_a_day_not_before_the_visit(tmp_path: Path, day: str) -> None:
    with letter_story(tmp_path) as story, pytest.raises(DeadlineImpossibleError):
        story.do(edit_draft, letter_id=story.draft().id, code="CONT-01", deadline=day)


def test_a_refusal_is_believed_with_a_witness_or_a_photo_only(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.draft()
        with pytest.raises(RefusalUnprovenError):
            story.do(confirm_prescription, letter_id=letter.id, refusal_note="不在")
        photo(story, letter.id)
        refused = story.do(confirm_prescription, letter_id=letter.id, refusal_note="不在")
        assert (refused.state, refused.is_refused) == (PrescriptionState.CONFIRMED, True)


def test_nobody_signs_a_draft_that_answers_have_overtaken(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        visit = story.checked()
        letter = story.draft(visit)
        story.answer(visit, "CONT-01", without_contract=15, without_contract_over_year=0)
        with pytest.raises(DraftOutOfDateError):
            story.do(confirm_prescription, letter_id=letter.id, signings=signed_on_screen())


def test_the_tracker_chosen_in_the_draft_follows_the_item(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.draft()
        story.do(edit_draft, letter_id=letter.id, code="CONT-01", tracker_id=story.second.id)
        story.do(confirm_prescription, letter_id=letter.id, signings=signed_on_screen())
        proof = ServiceProof(way=ServiceWay.DIRECT, served_on=story.today, recipient="李四")
        items = story.do(serve_letter, letter_id=letter.id, proof=proof)
        trackers = {item.code: item.tracking_officer_id for item in items}
        assert trackers["CONT-01"] == story.second.id
        assert trackers["CONT-02"] == story.desk.officer.id


def test_the_paper_of_a_letter_does_not_prove_that_it_was_left(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.confirmed()
        story.pdf(letter)
        proof = ServiceProof(way=ServiceWay.LEFT_RECORDED, served_on=story.today)
        with pytest.raises(ProofMissingError):
            story.do(serve_letter, letter_id=letter.id, proof=proof)
        photo(story, letter.id)
        assert len(story.do(serve_letter, letter_id=letter.id, proof=proof)) == 3


def test_a_letter_confirmed_early_in_the_morning_can_be_served_that_day(tmp_path: Path) -> None:
    # Half past seven in the office is still the day before in UTC.
    clock = FixedClock(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    with letter_story(tmp_path, clock=clock) as story:
        letter = story.confirmed()
        too_early = ServiceProof(
            way=ServiceWay.DIRECT, served_on=story.today.replace(day=2), recipient="李四"
        )
        with pytest.raises(ServedBeforeWrittenError):
            story.do(serve_letter, letter_id=letter.id, proof=too_early)
        proof = ServiceProof(way=ServiceWay.DIRECT, served_on=story.today, recipient="李四")
        assert story.do(serve_letter, letter_id=letter.id, proof=proof)


def test_the_sealed_copy_is_served_again_and_periods_stay(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        story.reserve()
        letter = story.handed_over()
        before = {item.id: item.deadline for item in story.desk.find(RectificationItem)}
        story.desk.clock.move(days=3)
        story.issued(letter)
        proof = ServiceProof(way=ServiceWay.POST, served_on=story.today, tracking_number="EMS1")
        story.do(serve_again, letter_id=letter.id, proof=proof)
        assert {item.id: item.deadline for item in story.desk.find(RectificationItem)} == before


def test_a_withdrawn_letter_makes_room_for_one_that_refers_to_it(tmp_path: Path) -> None:
    with letter_story(tmp_path, role=Role.HRSS_LEAD) as story:
        story.reserve()
        issued = story.issued(story.confirmed())
        story.do(withdraw_letter, letter_id=issued.id, reason="企业名称有误")
        again = story.do(draft_prescription, visit_id=issued.visit_id)
        assert again.parent_id == issued.id
        [void] = story.desk.find(VoidNumber)
        assert (void.number, void.letter_id, void.reason) == (31, issued.id, "企业名称有误")
        block, number = story.do(take_number_for_prescription)
        assert (block.first, number) == (31, 32)


def take_number_for_prescription(*, uow: UnitOfWork, services: Services) -> tuple[NumberBlock, int]:
    """The next number, as issuing takes it."""
    return take_number(LetterKind.PRESCRIPTION, uow, services)


def test_only_a_draft_is_thrown_away(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        story.do(discard_draft, letter_id=story.draft().id)
        with pytest.raises(LetterFrozenError):
            story.do(discard_draft, letter_id=story.confirmed().id)


def test_a_year_is_closed_by_the_leader_once_it_is_over(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        story.reserve(first=1, last=3)
        with pytest.raises(NumbersNotReservedByLeadError):
            story.do(close_year, year=2026)
        with story.working_as(role=Role.HRSS_LEAD):
            with pytest.raises(YearNotOverError):
                story.do(close_year, year=2026)
            story.desk.clock.move(days=320)
            closed = story.do(close_year, year=2026)
            assert [entry.number for entry in closed] == [1, 2, 3]
            assert story.do(close_year, year=2026) == []


def test_a_registry_number_is_used_once(tmp_path: Path) -> None:
    with letter_story(tmp_path, role=Role.HRSS_LEAD) as story:
        story.handed_over()
        items = tuple(item.id for item in story.desk.find(RectificationItem))
        for number, expected in (("方人社函〔2026〕52号", None), ("方人社函〔2026〕52号", NumberTakenError)):
            source = LetterSource(item_ids=items[:1])
            letter = story.do(draft_letter, kind=LetterKind.REFERRAL, source=source)
            story.do(confirm_letter, letter_id=letter.id)
            story.do(approve_letter, letter_id=letter.id)
            if expected is None:
                story.do(issue_letter, letter_id=letter.id, registry_number=number)
                continue
            with pytest.raises(expected):
                story.do(issue_letter, letter_id=letter.id, registry_number=number)


def test_who_only_co_signs_makes_no_draft(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        visit = story.checked()
        federation = Officer(id=story.desk.new_id(), name="赵六", body=Body.FIC, role=Role.FIC)
        story.desk.keep(federation)
        with story.working_as(federation), pytest.raises(NotPermittedError):
            story.draft(visit)


def test_every_option_is_offered_or_says_why_not(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.confirmed()
        with story.desk.transaction() as uow:
            facts = step_facts(letter, uow)
        plain = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
        options = {option.event: option for option in letter_options(letter, plain, story.desk.services)}
        assert options[E.APPROVE].is_allowed
        assert options[E.SERVE_ON_SITE].may_be_offered
        refusal = options[E.ISSUE].refusal
        assert refusal is not None
        assert refusal.key == "step-prescription-both-must-approve"


def test_the_confirmed_paper_carries_the_day_of_the_confirmation(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.confirmed()
        assert prescription_facts(letter).letterhead.issued_on == story.today
        assert letter.issued_on is None


def test_nothing_is_kept_of_a_step_that_is_refused(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.draft()
        with pytest.raises(ExpectedError):
            story.do(issue_letter, letter_id=letter.id)
        assert story.letter(letter.id) == letter
