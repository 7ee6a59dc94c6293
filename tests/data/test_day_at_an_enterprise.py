"""One whole visit through the use cases, on a real encrypted file: from the door to the last closed item."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import (
    Letter,
    LetterKind,
    RectificationItem,
    ServiceWay,
    TransitionRecord,
)
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, CheckAnswer, Visit
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.domain.states.item_facts import CloseReason, ItemState
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.usecases.answering import OverrideReasonError, answer_item
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.issuing import approve_letter, issue_letter
from fangshan_desk.usecases.numbering import NoNumberLeftError, reserve_numbers
from fangshan_desk.usecases.prescribing import (
    LetterFrozenError,
    Signing,
    confirm_prescription,
    draft_prescription,
    edit_draft,
    prescription_facts,
)
from fangshan_desk.usecases.rectifying import (
    decide_extension,
    fail_recheck,
    pass_deadlines,
    pass_recheck,
    report_done,
    request_extension,
)
from fangshan_desk.usecases.serving import ServiceProof, serve_letter
from fangshan_desk.usecases.visiting import TooFewVisitorsError, finish_visit, start_visit
from tests.helpers.desk_files import TemporaryDesk, temporary_desk
from tests.helpers.office import office_options

SIGNED = (Signing(signer="enterprise", name="李四", post="经理"),)


class Day:
    """An enterprise, a second officer, and the desk."""

    def __init__(self, desk: TemporaryDesk) -> None:
        self.desk = desk
        self.enterprise = Enterprise(
            id=desk.new_id(), name="方山县金鑫建材有限公司", township="141128100", categories=("industry",)
        )
        self.second = Officer(id=desk.new_id(), name="王五", body=Body.FTU, role=Role.FTU)
        desk.keep(self.enterprise, self.second)

    def start(self) -> Visit:
        people = (self.desk.officer.id, self.second.id)
        return self.desk.transact(
            lambda uow, services: start_visit(
                enterprise_id=self.enterprise.id, visitor_ids=people, uow=uow, services=services
            )
        ).result

    def answer(self, visit: Visit, code: str, chosen: Answer | None = None, **inputs: object) -> CheckAnswer:
        return self.desk.transact(
            lambda uow, services: answer_item(
                visit_id=visit.id,
                code=code,
                chosen=chosen,
                inputs=inputs or None,
                uow=uow,
                services=services,
            )
        ).result

    def served(self) -> list[RectificationItem]:
        visit = self.start()
        self.answer(visit, "CONT-01", without_contract=12, without_contract_over_year=0)
        self.answer(visit, "CONT-02", Answer.VIOLATED)
        letter = self.draft(visit)
        self.confirm(letter)
        proof = ServiceProof(way=ServiceWay.DIRECT, served_on=self.desk.clock.today(), recipient="李四")
        return list(
            self.desk.transact(
                lambda uow, services: serve_letter(
                    letter_id=letter.id, proof=proof, uow=uow, services=services
                )
            ).result
        )

    def draft(self, visit: Visit) -> Letter:
        return self.desk.transact(
            lambda uow, services: draft_prescription(visit_id=visit.id, uow=uow, services=services)
        ).result

    def confirm(self, letter: Letter) -> Letter:
        return self.desk.transact(
            lambda uow, services: confirm_prescription(
                letter_id=letter.id, signings=SIGNED, uow=uow, services=services
            )
        ).result

    def prove(self, item: RectificationItem) -> None:
        self.desk.transact(
            lambda uow, services: add_attachment(
                subject="rectification_item",
                subject_id=item.id,
                data=b"photo",
                media_type="image/jpeg",
                file_name="a.jpg",
                uow=uow,
                services=services,
            )
        )

    def letter(self) -> Letter:
        [found] = self.desk.find(Letter)
        assert isinstance(found, Letter)
        return found


@contextmanager
def _day(folder: Path, role: Role = Role.HRSS) -> Iterator[Day]:
    with temporary_desk(folder, role=role, **office_options()) as desk:
        yield Day(desk)


def test_answers_become_a_prescription_and_its_items_run_until_all_are_closed(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        items = day.served()
        assert [item.code for item in items] == ["CONT-01", "CONT-02"]
        assert day.letter().state is PrescriptionState.IN_RECTIFICATION
        for item in items:
            day.prove(item)
            _report(day, item)
            _pass(day, item)
        assert {item.state for item in day.desk.find(RectificationItem)} == {ItemState.VERIFIED}
        assert day.letter().state is PrescriptionState.COMPLETED


def _report(day: Day, item: RectificationItem) -> None:
    day.desk.clock.move(days=1)
    day.desk.transact(
        lambda uow, services: report_done(
            item_id=item.id, reported_on=services.clock.today(), uow=uow, services=services
        )
    )


def _pass(day: Day, item: RectificationItem, reason: CloseReason | None = None) -> None:
    day.desk.transact(
        lambda uow, services: pass_recheck(
            item_id=item.id,
            officers=(day.desk.officer.id, day.second.id),
            rechecked_on=services.clock.today(),
            close_reason=reason,
            uow=uow,
            services=services,
        )
    )


def test_the_finding_carries_the_figures_and_only_verified_articles(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        visit = day.start()
        day.answer(visit, "CONT-01", without_contract=12, without_contract_over_year=0)
        [item] = prescription_facts(day.draft(visit)).items
        assert "12名" in item.finding
        assert item.printable_bases
        assert all(basis.article_text for basis in item.printable_bases)


def test_the_officers_wording_survives_a_later_answer(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        visit = day.start()
        day.answer(visit, "CONT-01", without_contract=12, without_contract_over_year=0)
        letter = day.draft(visit)
        day.desk.transact(
            lambda uow, services: edit_draft(
                letter_id=letter.id, code="CONT-01", advice="请于本月内补签。", uow=uow, services=services
            )
        )
        day.answer(visit, "CONT-02", Answer.VIOLATED)
        facts = prescription_facts(day.draft(visit))
        assert [item.code for item in facts.items] == ["CONT-01", "CONT-02"]
        assert facts.items[0].advice == "请于本月内补签。"


def test_a_confirmed_letter_takes_no_more_edits(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        day.served()
        letter = day.desk.find(Letter)[0]
        with pytest.raises(LetterFrozenError):
            day.desk.transact(
                lambda uow, services: edit_draft(
                    letter_id=letter.id, code="CONT-01", advice="改", uow=uow, services=services
                )
            )


def test_a_number_is_given_after_both_leads_approved_and_only_from_a_reserved_block(tmp_path: Path) -> None:
    with _day(tmp_path, role=Role.HRSS_LEAD) as day:
        day.served()
        letter = day.desk.find(Letter)[0]
        approve = lambda uow, services: approve_letter(  # noqa: E731
            letter_id=letter.id, uow=uow, services=services
        )
        issue = lambda uow, services: issue_letter(  # noqa: E731
            letter_id=letter.id, uow=uow, services=services
        )
        day.desk.transact(approve)
        with pytest.raises(ExpectedError, match="both-must-approve"):
            day.desk.transact(issue)
        lead, day.desk.officer = day.desk.officer, day.second
        day.desk.transact(approve)
        day.desk.officer = lead
        with pytest.raises(NoNumberLeftError):
            day.desk.transact(issue)
        day.desk.transact(
            lambda uow, services: reserve_numbers(
                device_id=day.desk.device.id,
                kind=LetterKind.PRESCRIPTION,
                first=31,
                last=50,
                uow=uow,
                services=services,
            )
        )
        issued = day.desk.transact(issue).result
        assert issued.document_number == "方人社处方〔2026〕31号"
        assert prescription_facts(issued).content_digest().hex() == issued.content_hash


def test_an_item_is_extended_once_returned_once_and_falls_overdue_by_itself(tmp_path: Path) -> None:
    with _day(tmp_path, role=Role.HRSS_LEAD) as day:
        item = day.served()[0]
        until = item.deadline.replace(day=item.deadline.day + 5)
        day.desk.transact(
            lambda uow, services: request_extension(
                item_id=item.id,
                requested_on=services.clock.today(),
                until=until,
                reason="人员外出",
                plan="逐人补签",
                uow=uow,
                services=services,
            )
        )
        day.desk.transact(
            lambda uow, services: decide_extension(
                item_id=item.id, is_approved=True, uow=uow, services=services
            )
        )
        day.prove(item)
        _report(day, item)
        returned = day.desk.transact(
            lambda uow, services: fail_recheck(
                item_id=item.id,
                officers=(day.desk.officer.id, day.second.id),
                rechecked_on=services.clock.today(),
                reason="仍缺3份",
                uow=uow,
                services=services,
            )
        ).result
        assert (returned.state, returned.return_count) == (ItemState.OPEN, 1)
        day.desk.clock.move(days=40)
        late = day.desk.transact(lambda uow, services: pass_deadlines(uow=uow, services=services)).result
        assert item.id in {entry.id for entry in late}
        events = [step.event for step in day.desk.find(TransitionRecord, subject_id=item.id)]
        assert events == [
            "begin",
            "request_extension",
            "approve_extension",
            "report_done",
            "return",
            "reopen",
            "fall_overdue",
        ]


def test_closing_needs_evidence_or_a_coded_reason(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        item = day.served()[0]
        with pytest.raises(ExpectedError, match="evidence"):
            _report(day, item)


def test_a_visit_of_one_person_does_not_start(tmp_path: Path) -> None:
    with _day(tmp_path) as day, pytest.raises(TooFewVisitorsError):
        day.desk.transact(
            lambda uow, services: start_visit(
                enterprise_id=day.enterprise.id,
                visitor_ids=(day.desk.officer.id,),
                uow=uow,
                services=services,
            )
        )


def test_an_answer_against_the_figures_needs_a_reason(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        visit = day.start()
        with pytest.raises(OverrideReasonError):
            day.answer(visit, "CONT-01", Answer.COMPLIANT, without_contract=12, without_contract_over_year=0)


def test_missing_figures_leave_the_answer_undetermined(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        answer = day.answer(day.start(), "CONT-01", without_contract_over_year=0)
        assert answer.answer is Answer.UNDETERMINED


def test_every_answer_remembers_the_place(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        visit = day.start()
        day.answer(visit, "CONT-02", Answer.COMPLIANT)
    with temporary_desk(tmp_path) as desk, desk.transaction() as uow:
        assert uow.recall("visit") == {"visit_id": visit.id, "step": "health_check", "item": "CONT-02"}


def test_a_finished_visit_takes_no_more_answers(tmp_path: Path) -> None:
    with _day(tmp_path) as day:
        visit = day.start()
        day.desk.transact(lambda uow, services: finish_visit(visit_id=visit.id, uow=uow, services=services))
        with pytest.raises(ExpectedError, match="visit-not-open"):
            day.answer(visit, "CONT-02", Answer.COMPLIANT)
