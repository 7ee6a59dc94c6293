"""Following items to their closing on a real file: what is refused, what moves, what is kept of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.data.readers.ledger import SQLLedgerReader
from fangshan_desk.domain.day_counting import CalendarYear, HolidayCalendar
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import Letter, RectificationItem, TransitionRecord
from fangshan_desk.domain.rights import Role
from fangshan_desk.domain.states.item_facts import CloseReason, EscalationReason, ItemState
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.usecases import rectifying
from tests.helpers.desk_files import temporary_desk
from tests.helpers.ledger_cases import SHOP, LedgerCase
from tests.helpers.office import office_options

S = ItemState
# The tests' morning is Monday, 2 March 2026.
YEAR = CalendarYear(2026, holidays=frozenset(), makeup_workdays=frozenset())


@contextmanager
def ledger(folder: Path, role: Role = Role.HRSS_LEAD) -> Iterator[LedgerCase]:
    options = {**office_options(), "calendar": HolidayCalendar.of([YEAR])}
    with temporary_desk(folder, role=role, **options) as desk:
        yield LedgerCase(desk)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[LedgerCase]:
    with ledger(tmp_path) as made:
        yield made


def take(case: LedgerCase, step: Any, **given: Any) -> Any:
    """One use case in one transaction."""
    return case.desk.transact(lambda uow, services: step(**given, uow=uow, services=services)).result


def refused(case: LedgerCase, step: Any, **given: Any) -> str:
    """The key of the refusal; nothing of the step is kept."""
    before = case.desk.find(RectificationItem), case.desk.find(TransitionRecord)
    with pytest.raises(ExpectedError) as caught:
        take(case, step, **given)
    assert (case.desk.find(RectificationItem), case.desk.find(TransitionRecord)) == before
    assert case.desk.services.text(caught.value.key, **caught.value.values)
    return caught.value.key


def ask(case: LedgerCase, item: RectificationItem, days: int, **given: Any) -> dict[str, Any]:
    asked = {
        "item_id": item.id,
        "requested_on": case.today,
        "until": item.deadline + timedelta(days=days),
        "reason": "人员外出",
        "plan": "逐人补签",
    }
    return {**asked, **given}


def recheck(case: LedgerCase, item: RectificationItem, **given: Any) -> dict[str, Any]:
    two = (case.desk.officer.id, case.officer().id)
    return {"item_id": item.id, "officers": two, "rechecked_on": case.today, **given}


def events(case: LedgerCase, item: RectificationItem) -> list[str]:
    return [step.event for step in case.desk.find(TransitionRecord, subject_id=item.id)]


def test_a_report_without_evidence_is_refused_and_with_it_waits_for_the_recheck(case: LedgerCase) -> None:
    item = case.item()
    step = {"item_id": item.id, "reported_on": case.today}
    assert refused(case, rectifying.report_done, **step) == "step-missing-evidence"
    case.evidence(item)
    assert take(case, rectifying.report_done, **step).state is S.REPORTED


@pytest.mark.parametrize("shift", [-11, 1])
def test_a_report_lies_between_service_and_today(case: LedgerCase, shift: int) -> None:
    item = case.item(5, days=15)
    case.evidence(item)
    day = case.today + timedelta(days=shift)
    key = refused(case, rectifying.report_done, item_id=item.id, reported_on=day)
    assert key == "item-day-impossible"


@pytest.mark.parametrize("step", [rectifying.pass_recheck, rectifying.fail_recheck])
@pytest.mark.parametrize("shift", [-2, 1])
def test_a_recheck_lies_between_report_and_today(case: LedgerCase, step: Any, shift: int) -> None:
    item = case.item(state=S.REPORTED, reported_on=case.today - timedelta(days=1))
    more = {"reason": "仍缺3份"} if step is rectifying.fail_recheck else {}
    day = case.today + timedelta(days=shift)
    assert refused(case, step, **recheck(case, item, rechecked_on=day, **more)) == "item-day-impossible"


def test_the_last_item_closed_completes_its_letter(case: LedgerCase) -> None:
    first, last = (case.item(state=S.REPORTED, reported_on=case.today) for _ in range(2))
    seen = {"close_reason": CloseReason.ORIGINALS_SEEN}
    closed = take(case, rectifying.pass_recheck, **recheck(case, first, **seen))
    assert (closed.state, closed.closed_on) == (S.VERIFIED, case.today)
    assert case.desk.find(Letter)[0].state is PrescriptionState.IN_RECTIFICATION
    take(case, rectifying.pass_recheck, **recheck(case, last, **seen))
    assert case.desk.find(Letter)[0].state is PrescriptionState.COMPLETED


def test_one_officer_does_not_recheck_alone(case: LedgerCase) -> None:
    item = case.item(state=S.REPORTED, reported_on=case.today)
    case.evidence(item)
    alone = recheck(case, item, officers=(case.desk.officer.id, case.desk.officer.id))
    assert refused(case, rectifying.pass_recheck, **alone) == "step-missing-two-officers"


@pytest.mark.parametrize(
    ("new_days", "key"), [(0, "step-missing-new-days"), (8, "step-item-reopened-too-long")]
)
def test_a_new_period_is_one_to_seven_days(case: LedgerCase, new_days: int, key: str) -> None:
    item = case.item(state=S.REPORTED, reported_on=case.today)
    step = recheck(case, item, reason="仍缺3份", new_days=new_days)
    assert refused(case, rectifying.fail_recheck, **step) == key


def test_a_first_failure_opens_again_and_a_second_waits_for_the_inspectorate(case: LedgerCase) -> None:
    item = case.item(-3, state=S.REPORTED, reported_on=case.today)
    again = take(case, rectifying.fail_recheck, **recheck(case, item, reason="仍缺3份"))
    assert (again.state, again.deadline, again.reported_on) == (S.OPEN, date(2026, 3, 9), None)
    case.evidence(item, added_at=case.desk.clock.now_utc() + timedelta(seconds=1))
    take(case, rectifying.report_done, item_id=item.id, reported_on=case.today)
    failed = take(case, rectifying.fail_recheck, **recheck(case, item, reason="仍缺1份"))
    assert (failed.state, failed.return_count) == (S.RETURNED, 2)
    assert events(case, item) == ["return", "reopen", "report_done", "return"]


def test_what_failed_once_proves_nothing_again(case: LedgerCase) -> None:
    item = case.item(state=S.REPORTED, reported_on=case.today)
    case.evidence(item)
    take(case, rectifying.fail_recheck, **recheck(case, item, reason="仍缺3份"))
    step = {"item_id": item.id, "reported_on": case.today}
    assert refused(case, rectifying.report_done, **step) == "step-missing-evidence"


@pytest.mark.parametrize(
    ("days", "given", "key"),
    [
        (16, {}, "step-item-extension-too-long"),
        (0, {}, "item-extension-not-later"),
        (-3, {}, "item-extension-not-later"),
        (5, {"plan": " "}, "step-missing-plan"),
        (5, {"reason": ""}, "step-missing-reason"),
        (5, {"requested_on": date(2026, 3, 3)}, "item-day-impossible"),
    ],
)
def test_an_extension_is_refused_when_it_is_asked_for(
    case: LedgerCase, days: int, given: dict[str, Any], key: str
) -> None:
    item = case.item(5, days=15)
    assert refused(case, rectifying.request_extension, **ask(case, item, days, **given)) == key


def test_an_extension_moves_the_deadline_once_and_off_a_rest_day(case: LedgerCase) -> None:
    item = case.item(4, days=15)
    # Friday, 6 March and eight days: Saturday, so Monday.
    take(case, rectifying.request_extension, **ask(case, item, 8))
    assert case.now(item).requested_deadline == date(2026, 3, 14)
    moved = take(case, rectifying.decide_extension, item_id=item.id, is_approved=True)
    assert (moved.state, moved.deadline) == (S.OPEN, date(2026, 3, 16))
    assert (moved.extension_count, moved.requested_deadline) == (1, None)
    assert moved.original_deadline == item.deadline
    assert refused(case, rectifying.request_extension, **ask(case, moved, 2)) == "step-item-extended-once"


def test_the_longest_extension_may_end_on_a_rest_day(case: LedgerCase) -> None:
    item = case.item(4, days=15)
    take(case, rectifying.request_extension, **ask(case, item, 15))
    moved = take(case, rectifying.decide_extension, item_id=item.id, is_approved=True)
    assert moved.deadline == date(2026, 3, 23)


def test_the_leader_may_shorten_an_extension(case: LedgerCase) -> None:
    item = case.item(4)
    take(case, rectifying.request_extension, **ask(case, item, 10))
    until = item.deadline + timedelta(days=4)
    moved = take(case, rectifying.decide_extension, item_id=item.id, is_approved=True, until=until)
    assert moved.deadline == until


def test_a_refused_extension_leaves_no_trace_on_the_deadline(case: LedgerCase) -> None:
    item = case.item(4)
    take(case, rectifying.request_extension, **ask(case, item, 10))
    step = {"item_id": item.id, "is_approved": False}
    assert refused(case, rectifying.decide_extension, **step) == "step-missing-reason"
    back = take(case, rectifying.decide_extension, **step, reason="可以按期完成")
    assert (back.state, back.deadline, back.requested_deadline) == (S.OPEN, item.deadline, None)


def test_a_refusal_after_the_deadline_leads_back_to_overdue(case: LedgerCase) -> None:
    item = case.item(1)
    take(case, rectifying.request_extension, **ask(case, item, 5))
    case.desk.clock.move(days=3)
    back = take(case, rectifying.decide_extension, item_id=item.id, is_approved=False, reason="不充分")
    assert back.state is S.OVERDUE


def test_wage_arrears_need_a_repayment_plan(case: LedgerCase) -> None:
    item = case.item(4, code="WAGE-01")
    step = ask(case, item, 3)
    assert refused(case, rectifying.request_extension, **step) == "step-item-no-repayment-plan"
    asked = take(case, rectifying.request_extension, **step, has_repayment_plan=True)
    assert asked.has_repayment_plan
    assert take(case, rectifying.decide_extension, item_id=item.id, is_approved=True).state is S.OPEN


@pytest.mark.parametrize("with_ids", [True, False])
def test_midnight_marks_what_is_overdue_and_names_nobody(case: LedgerCase, with_ids: bool) -> None:
    late, today = case.item(-3), case.item(0)
    reported = case.item(-3, state=S.REPORTED)
    reader = SQLLedgerReader(case.desk.file.database)
    ids = [*reader.past_deadline(today=case.today), today.id, reported.id] if with_ids else None
    moved = take(case, rectifying.pass_deadlines, item_ids=ids)
    assert [item.id for item in moved] == [late.id]
    assert [case.now(item).state for item in (late, today, reported)] == [S.OVERDUE, S.OPEN, S.REPORTED]
    [step] = case.desk.find(TransitionRecord, subject_id=late.id)
    assert (step.officer_id, step.happened_on) == (None, case.today - timedelta(days=2))
    assert take(case, rectifying.pass_deadlines) == []


def test_reminding_notes_what_waits_for_the_enterprise_only(case: LedgerCase) -> None:
    late, closed = case.item(-1, state=S.OVERDUE), case.item(state=S.VERIFIED)
    reported = case.item(state=S.REPORTED)
    ids = [late.id, closed.id, reported.id]
    assert take(case, rectifying.remind, item_ids=ids, way="phone") == 1
    assert [case.now(item).reminded_on for item in (late, closed)] == [case.today, None]
    assert events(case, late) == ["remind"]
    key = refused(case, rectifying.remind, item_ids=[closed.id, reported.id], way="phone")
    assert key == "item-nothing-to-remind"


@pytest.mark.parametrize(
    ("cause", "fields", "key"),
    [
        (EscalationReason.OVERDUE, {}, "step-item-not-overdue-and-reminded"),
        (EscalationReason.URGENT, {}, "step-item-not-urgent"),
        (EscalationReason.SECOND_FAILURE, {}, "step-item-no-second-failure"),
        (EscalationReason.REFUSED, {}, None),
        (EscalationReason.URGENT, {"code": "PROT-01"}, None),
        (EscalationReason.OVERDUE, {"reminded_on": date(2026, 3, 2)}, None),
    ],
)
def test_an_item_goes_to_the_inspectorate_for_a_reason_that_holds(
    case: LedgerCase, cause: EscalationReason, fields: dict[str, Any], key: str | None
) -> None:
    item = case.item(-1, state=S.OVERDUE, **fields)
    step = {"item_id": item.id, "cause": cause, "reason": "拒不补签", "letter_id": "letter"}
    if key is not None:
        assert refused(case, rectifying.escalate_item, **step) == key
        return
    assert take(case, rectifying.escalate_item, **step).state is S.ESCALATED


def test_wage_arrears_are_urgent_only_with_a_floor_that_fired(case: LedgerCase) -> None:
    item = case.item(code="WAGE-01")
    step = {
        "item_id": item.id,
        "cause": EscalationReason.URGENT,
        "reason": "欠薪逃匿",
        "letter_id": "letter",
    }
    case.grade(case.enterprise(), "F3")
    assert refused(case, rectifying.escalate_item, **step) == "step-item-not-urgent"
    case.desk.clock.move(hours=1)
    case.grade(case.enterprise(), "F2")
    assert take(case, rectifying.escalate_item, **step).state is S.ESCALATED


def test_a_transfer_says_whither_and_why_the_item_is_closed(case: LedgerCase) -> None:
    item = case.item()
    moved = take(
        case, rectifying.transfer_item, item_id=item.id, authority="县应急管理局", reason="安全生产事项"
    )
    assert (moved.state, moved.transferred_to) == (S.TRANSFERRED, "县应急管理局")
    assert (moved.close_reason, moved.closed_on) == (CloseReason.OTHER_AUTHORITY, case.today)


@pytest.mark.parametrize(("is_corrected", "state"), [(True, S.VERIFIED), (False, S.CLOSED_BY_ENFORCEMENT)])
def test_the_inspector_records_the_result(tmp_path: Path, is_corrected: bool, state: ItemState) -> None:
    with ledger(tmp_path, Role.INSPECTOR) as case:
        item = case.item(state=S.ESCALATED)
        step = {"item_id": item.id, "is_corrected": is_corrected, "note": "已下达决定"}
        key = refused(case, rectifying.record_enforcement, **step)
        assert key == "step-missing-evidence-or-close-reason"
        reason = {"close_reason": CloseReason.ENFORCEMENT_RESULT}
        assert take(case, rectifying.record_enforcement, **step, **reason).state is state


def test_a_disproved_item_needs_a_coded_reason(case: LedgerCase) -> None:
    item = case.item(name=SHOP)
    wrong = {"item_id": item.id, "close_reason": CloseReason.ORIGINALS_SEEN, "reason": "误记"}
    assert refused(case, rectifying.disprove_item, **wrong) == "step-item-disproved-reason"
    right = {**wrong, "close_reason": CloseReason.RECORDED_TWICE}
    assert take(case, rectifying.disprove_item, **right).state is S.NOT_REQUIRED


def test_an_owner_needs_name_post_and_phone(case: LedgerCase) -> None:
    item = case.item()
    owner = {
        "item_id": item.id,
        "name": "赵六",
        "post": "店长",
        "phone": " ",
        "tracking_officer_id": case.officer().id,
    }
    assert refused(case, rectifying.name_owner, **owner) == "step-missing-owner"
    named = take(case, rectifying.name_owner, **{**owner, "phone": "13503580000"})
    assert (named.owner_name, named.tracking_officer_id) == ("赵六", case.officer().id)


def test_a_township_worker_does_not_close(tmp_path: Path) -> None:
    with ledger(tmp_path, Role.TOWN) as case:
        item = case.item(state=S.REPORTED, reported_on=case.today)
        case.evidence(item)
        assert refused(case, rectifying.pass_recheck, **recheck(case, item)) == "step-item-wrong-person"
