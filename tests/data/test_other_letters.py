"""Letters besides the prescription: made from live records, frozen, numbered and handed over like it."""

from datetime import timedelta
from pathlib import Path

import pytest

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import (
    ExtensionApprovalFacts,
    LayoffNoticeFacts,
    RecheckOpinionFacts,
    RecheckOutcome,
    RectificationRequestFacts,
    ReferralFacts,
    ServiceReceiptFacts,
)
from fangshan_desk.domain.letter_facts import (
    ServiceWay as PrintedWay,
)
from fangshan_desk.domain.records.letters import Letter, LetterKind, RectificationItem, ServiceWay
from fangshan_desk.domain.records.register import WarningSignal
from fangshan_desk.domain.rights import NotPermittedError, Role
from fangshan_desk.domain.states.item_facts import EscalationReason, ItemState
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.letters.scanning import read_codes
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.drafting_letters import confirm_letter, draft_letter, edit_letter
from fangshan_desk.usecases.issuing import RegistryNumberNeededError, approve_letter, issue_letter
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.letter_sources import LetterSource, NothingToTellError
from fangshan_desk.usecases.prescribing import LetterFrozenError
from fangshan_desk.usecases.rectifying import (
    decide_extension,
    escalate_item,
    fail_recheck,
    pass_deadlines,
    pass_recheck,
    remind,
    report_done,
    request_extension,
)
from fangshan_desk.usecases.serving import ServiceProof, serve_letter
from tests.helpers.letter_story import LetterStory, letter_story


class FollowUp:
    """A served prescription and its items."""

    def __init__(self, story: LetterStory) -> None:
        self.story = story
        self.letter = story.handed_over()
        found = story.desk.find(RectificationItem)
        self.items: dict[str, RectificationItem] = {item.code: item for item in found}

    @property
    def team(self) -> tuple[str, str]:
        return (self.story.desk.officer.id, self.story.second.id)

    def draft(self, kind: LetterKind, **source: object) -> Letter:
        chosen = LetterSource(**source)  # type: ignore[arg-type] # fields of the source
        return self.story.do(draft_letter, kind=kind, source=chosen)

    def report(self, code: str) -> None:
        item = self.items[code]
        self.story.do(
            add_attachment,
            subject="rectification_item",
            subject_id=item.id,
            data=code.encode(),
            media_type="image/jpeg",
            file_name=f"{code}.jpg",
            caption=f"{code}整改凭证",
        )
        self.story.do(report_done, item_id=item.id, reported_on=self.story.today)

    def accept(self, code: str) -> None:
        self.report(code)
        self.story.do(
            pass_recheck,
            item_id=self.items[code].id,
            officers=self.team,
            rechecked_on=self.story.today,
            note="合同已全部补签",
        )

    def return_it(self, code: str) -> None:
        self.report(code)
        self.story.do(
            fail_recheck,
            item_id=self.items[code].id,
            officers=self.team,
            rechecked_on=self.story.today,
            reason="仍缺3份合同",
        )

    def ask_for_time(self, code: str) -> None:
        item = self.items[code]
        self.story.do(
            request_extension,
            item_id=item.id,
            requested_on=self.story.today,
            until=item.deadline + timedelta(days=5),
            reason="负责人外出",
            plan="每周补签四份",
        )


def test_a_request_tells_what_is_overdue_since_when_and_until_when(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        follow = FollowUp(story)
        story.desk.clock.move(days=20)
        story.do(pass_deadlines)
        letter = follow.draft(
            LetterKind.RECTIFICATION_REQUEST,
            item_ids=(follow.items["WAGE-01"].id, follow.items["CONT-01"].id),
        )
        facts = letter_facts(letter)
        assert isinstance(facts, RectificationRequestFacts)
        wages, contracts = facts.items
        assert (wages.overdue_days, contracts.overdue_days) == (13, 5)
        assert (wages.concerns_wages, contracts.concerns_wages) == (True, False)
        assert facts.prescription_number == follow.letter.field_number
        assert wages.item.printable_bases
        assert facts.letterhead.signing_bodies == ("方山县人力资源和社会保障局",)
        assert "加付赔偿金" in story.desk.services.press.plain_text(facts)


def test_what_the_officer_chose_survives_and_the_rest_comes_anew(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        follow = FollowUp(story)
        letter = follow.draft(LetterKind.RECTIFICATION_REQUEST, item_ids=(follow.items["CONT-01"].id,))
        story.do(edit_letter, letter_id=letter.id, changes={"deadline": "2026-04-20"})
        story.desk.clock.move(days=40)
        edited = story.do(
            edit_letter, letter_id=letter.id, changes={"words": {"finding-CONT-01": "仍有十二人未签合同"}}
        )
        facts = letter_facts(edited)
        assert isinstance(facts, RectificationRequestFacts)
        assert facts.deadline.isoformat() == "2026-04-20"
        assert facts.items[0].item.finding == "仍有十二人未签合同"
        assert facts.items[0].overdue_days == 25


def test_an_opinion_tells_every_recheck_once(tmp_path: Path) -> None:
    with letter_story(tmp_path, role=Role.HRSS_LEAD) as story:
        follow = FollowUp(story)
        story.desk.clock.move(days=1)
        follow.accept("CONT-01")
        follow.return_it("CONT-02")
        first = follow.draft(LetterKind.RECHECK_OPINION, letter_id=follow.letter.id)
        facts = letter_facts(first)
        assert isinstance(facts, RecheckOpinionFacts)
        assert [(one.code, one.outcome) for one in facts.results] == [
            ("CONT-01", RecheckOutcome.VERIFIED),
            ("CONT-02", RecheckOutcome.RETURNED),
        ]
        assert [person.name for person in facts.recheckers] == ["张三", "王五"]
        assert (facts.results[1].result, facts.is_complete) == ("仍缺3份合同", False)
        story.do(confirm_letter, letter_id=first.id)
        with pytest.raises(NothingToTellError):
            follow.draft(LetterKind.RECHECK_OPINION, letter_id=follow.letter.id)
        story.desk.clock.move(days=1)
        follow.accept("CONT-02")
        second = letter_facts(follow.draft(LetterKind.RECHECK_OPINION, letter_id=follow.letter.id))
        assert isinstance(second, RecheckOpinionFacts)
        assert [one.code for one in second.results] == ["CONT-02"]


def test_an_opinion_on_the_last_item_ends_the_matter(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        follow = FollowUp(story)
        story.desk.clock.move(days=1)
        for code in follow.items:
            follow.accept(code)
        facts = letter_facts(follow.draft(LetterKind.RECHECK_OPINION, letter_id=follow.letter.id))
        assert isinstance(facts, RecheckOpinionFacts)
        assert facts.is_complete
        assert "整改工作结束" in story.desk.services.press.plain_text(facts)


def test_a_layoff_notice_counts_thirty_days_from_a_signal(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        signal = WarningSignal(
            id=story.desk.new_id(),
            enterprise_id=story.enterprise.id,
            kind="layoff",
            persons=26,
            raised_at=story.desk.clock.now_utc(),
        )
        story.desk.keep(signal)
        source = LetterSource(signal_id=signal.id, planned_on="2026-04-30")
        facts = letter_facts(story.do(draft_letter, kind=LetterKind.LAYOFF_NOTICE, source=source))
        assert isinstance(facts, LayoffNoticeFacts)
        assert facts.planned_count == 26
        assert str(facts.latest_explanation_on) == "2026-03-31"
        assert str(facts.earliest_execution_on) == "2026-04-01"
        with pytest.raises(NothingToTellError):
            story.do(
                draft_letter,
                kind=LetterKind.LAYOFF_NOTICE,
                source=LetterSource(enterprise_id=story.enterprise.id),
            )


def test_a_referral_is_signed_by_the_leader_numbered_by_the_registry_and_escalates(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        follow = FollowUp(story)
        item = follow.items["WAGE-01"]
        story.desk.clock.move(days=12)
        story.do(pass_deadlines)
        story.do(remind, item_ids=[item.id], way="phone")
        letter = follow.draft(LetterKind.REFERRAL, item_ids=(item.id,))
        facts = letter_facts(letter)
        assert isinstance(facts, ReferralFacts)
        assert facts.unpaid_fen == 8_640_000
        assert facts.rectification_history == "2026年3月10日起逾期未整改，2026年3月14日提醒后仍未整改"
        story.do(confirm_letter, letter_id=letter.id)
        with pytest.raises(ExpectedError, match="letter-lead-signs"):
            story.do(approve_letter, letter_id=letter.id)
        with story.working_as(role=Role.HRSS_LEAD):
            story.do(approve_letter, letter_id=letter.id)
            with pytest.raises(RegistryNumberNeededError):
                story.do(issue_letter, letter_id=letter.id)
            number = "方人社函〔2026〕52号"
            issued = story.do(issue_letter, letter_id=letter.id, registry_number=number)
            story.do(
                escalate_item,
                item_id=item.id,
                cause=EscalationReason.OVERDUE,
                reason="逾期经提醒仍未支付",
                letter_id=letter.id,
            )
        assert issued.document_number == number
        assert read_codes(story.pdf(issued), "a.pdf") == [issued.official_code_text]
        [moved] = story.desk.find(RectificationItem, id=item.id)
        assert moved.state is ItemState.ESCALATED


def test_a_proof_of_service_carries_what_was_recorded(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        follow = FollowUp(story)
        letter = follow.draft(LetterKind.SERVICE_RECEIPT, letter_id=follow.letter.id)
        facts = letter_facts(letter)
        assert isinstance(facts, ServiceReceiptFacts)
        assert facts.way is PrintedWay.DIRECT
        assert facts.servers == ("张三", "王五")
        assert facts.page_count == len(story.desk.services.press.page_sizes(story.pdf(follow.letter)))
        confirmed = story.do(confirm_letter, letter_id=letter.id)
        assert read_codes(story.pdf(confirmed), "a.pdf") == [confirmed.code_text]
        with pytest.raises(ExpectedError, match="letter-step-not-for-kind"):
            story.do(issue_letter, letter_id=letter.id)


def test_the_form_for_an_extension_shows_request_and_decision(tmp_path: Path) -> None:
    with letter_story(tmp_path, role=Role.HRSS_LEAD) as story:
        follow = FollowUp(story)
        item = follow.items["CONT-01"]
        with pytest.raises(NothingToTellError):
            follow.draft(LetterKind.EXTENSION_APPROVAL, item_ids=(item.id,))
        follow.ask_for_time("CONT-01")
        letter = follow.draft(LetterKind.EXTENSION_APPROVAL, item_ids=(item.id,))
        before = letter_facts(letter)
        assert isinstance(before, ExtensionApprovalFacts)
        assert (before.reason, before.safeguards, before.approver_name) == ("负责人外出", "每周补签四份", "")
        story.desk.clock.move(days=1)
        story.do(decide_extension, item_id=item.id, is_approved=True)
        after = letter_facts(story.do(edit_letter, letter_id=letter.id))
        assert isinstance(after, ExtensionApprovalFacts)
        assert (after.approver_opinion, after.approver_name) == ("同意延期一次。", "张三")
        assert after.original_deadline == item.deadline
        assert after.requested_deadline == item.deadline + timedelta(days=5)


def test_a_request_is_frozen_numbered_and_handed_over_without_starting_items(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        follow = FollowUp(story)
        story.reserve(LetterKind.RECTIFICATION_REQUEST, first=5, last=9)
        letter = follow.draft(LetterKind.RECTIFICATION_REQUEST, item_ids=(follow.items["CONT-01"].id,))
        story.do(confirm_letter, letter_id=letter.id)
        with pytest.raises(LetterFrozenError):
            story.do(edit_letter, letter_id=letter.id, changes={"deadline": "2026-04-01"})
        story.do(approve_letter, letter_id=letter.id)
        issued = story.do(issue_letter, letter_id=letter.id)
        assert issued.document_number == "方人社整建〔2026〕5号"
        proof = ServiceProof(way=ServiceWay.DIRECT, served_on=story.today, recipient="李四")
        assert story.do(serve_letter, letter_id=letter.id, proof=proof) == ()
        assert story.letter(letter.id).state is PrescriptionState.SERVED
        assert len(story.desk.find(RectificationItem)) == 3


def test_who_may_only_read_drafts_no_letter(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        follow = FollowUp(story)
        with story.working_as(role=Role.TOWN), pytest.raises(NotPermittedError):
            follow.draft(LetterKind.RECTIFICATION_REQUEST, item_ids=(follow.items["CONT-01"].id,))
