"""What a screen may offer for an item, how its days were counted, and what the enterprise is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.data.readers.ledger import SQLLedgerReader
from fangshan_desk.domain.day_counting import CalendarYear, HolidayCalendar
from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.rights import Role
from fangshan_desk.domain.states.item_facts import CloseReason, EscalationReason, ItemEvent, ItemState
from fangshan_desk.usecases.item_deadlines import deadline_account, recheck_due, running_limit
from fangshan_desk.usecases.item_options import (
    CLOSE_REASONS,
    escalation_reasons,
    item_options,
    longest_extension,
    why_not,
)
from fangshan_desk.usecases.reminding import reminder_messages
from fangshan_desk.usecases.views.ledger import ItemPage, LedgerFilter, LedgerRow, StateGroup
from tests.helpers.clocks import FixedClock
from tests.helpers.desk_files import temporary_desk
from tests.helpers.ledger_cases import SHOP, LedgerCase
from tests.helpers.office import office_options

S, E = ItemState, ItemEvent
# Monday; the May holiday of that year is in the notice.
MORNING = datetime(2026, 4, 20, 1, 0, tzinfo=UTC)
MAY = frozenset(date(2026, 5, day) for day in range(1, 6))
YEAR = CalendarYear(2026, holidays=MAY, makeup_workdays=frozenset({date(2026, 5, 9)}))


@contextmanager
def ledger(folder: Path, role: Role = Role.HRSS_LEAD, **options: Any) -> Iterator[LedgerCase]:
    given = {**office_options(), "calendar": HolidayCalendar.of([YEAR]), **options}
    with temporary_desk(folder, clock=FixedClock(MORNING), role=role, **given) as desk:
        yield LedgerCase(desk)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[LedgerCase]:
    with ledger(tmp_path) as made:
        yield made


def page_of(case: LedgerCase, item: RectificationItem) -> ItemPage:
    page = SQLLedgerReader(case.desk.file.database).item(item.id)
    assert page is not None
    return page


def offered(case: LedgerCase, item: RectificationItem) -> set[str]:
    options = item_options(page_of(case, item), case.desk.services)
    return {option.event.value for option in options if option.is_offered}


LEADER_OFFERS = {
    S.OPEN: {"report_done", "request_extension", "escalate", "name_owner", "transfer", "disprove"},
    S.OVERDUE: {"report_done", "request_extension", "escalate", "transfer"},
    S.REPORTED: {"verify", "return", "transfer"},
    S.EXTENSION_REQUESTED: {"approve_extension", "refuse_extension", "transfer"},
    S.RETURNED: {"escalate", "transfer"},
    S.ESCALATED: {"transfer"},
    S.VERIFIED: set(),
    S.TRANSFERRED: set(),
    S.CLOSED_BY_ENFORCEMENT: set(),
    S.NOT_REQUIRED: set(),
}


@pytest.mark.parametrize("state", S)
def test_a_leader_is_offered_what_the_table_knows(case: LedgerCase, state: ItemState) -> None:
    item = case.item(-1 if state is S.OVERDUE else 3, state=state)
    assert offered(case, item) == LEADER_OFFERS[state]


@pytest.mark.parametrize(
    ("role", "state", "expected"),
    [
        (Role.HRSS, S.OPEN, {"report_done", "request_extension", "name_owner", "transfer"}),
        (Role.FTU, S.OPEN, {"report_done", "request_extension", "name_owner"}),
        (Role.COORD, S.OPEN, {"report_done", "request_extension"}),
        (Role.FIC, S.OPEN, set()),
        (Role.FTU, S.REPORTED, set()),
        (Role.INSPECTOR, S.ESCALATED, {"record_corrected", "record_enforcement"}),
    ],
)
def test_others_are_offered_what_is_theirs(
    tmp_path: Path, role: Role, state: ItemState, expected: set[str]
) -> None:
    with ledger(tmp_path, role) as case:
        assert offered(case, case.item(state=state)) == expected


def test_every_refusal_of_the_present_state_has_a_sentence(tmp_path: Path) -> None:
    with ledger(tmp_path, Role.FIC) as case:
        text = case.desk.services.text
        for state in S:
            for option in item_options(page_of(case, case.item(state=state)), case.desk.services):
                assert option.refusal is not None
                assert text(option.refusal.key, **option.refusal.values)


def test_an_extension_can_be_recorded_late_when_the_letter_came_in_time(case: LedgerCase) -> None:
    item = case.item(-2, state=S.OVERDUE)
    page, services = page_of(case, item), case.desk.services
    given = {"reason": "外出", "plan": "补签", "new_days": 5}
    late = why_not(page, E.REQUEST_EXTENSION, services, requested_on=case.today, **given)
    assert late is not None
    assert late.key == "step-item-asked-too-late"
    assert why_not(page, E.REQUEST_EXTENSION, services, requested_on=item.deadline, **given) is None


def test_the_button_is_grey_before_the_work_where_nothing_helps(case: LedgerCase) -> None:
    item = case.item(code="PROT-01")
    [option] = [
        option
        for option in item_options(page_of(case, item), case.desk.services)
        if option.event is E.REQUEST_EXTENSION
    ]
    assert not option.is_offered
    assert option.belongs_to_state
    assert option.refusal is not None
    assert option.refusal.key == "step-item-never-extended"


def test_reasons_for_the_inspectorate_say_what_is_in_their_way(case: LedgerCase) -> None:
    judged = dict(escalation_reasons(page_of(case, case.item(-1, state=S.OVERDUE)), case.desk.services))
    keys = {reason: refusal.key if refusal else "" for reason, refusal in judged.items()}
    assert keys == {
        EscalationReason.URGENT: "step-item-not-urgent",
        EscalationReason.REFUSED: "",
        EscalationReason.SECOND_FAILURE: "step-item-no-second-failure",
        EscalationReason.OVERDUE: "step-item-not-overdue-and-reminded",
    }


def test_only_fitting_reasons_close() -> None:
    assert CLOSE_REASONS[E.VERIFY] == (CloseReason.ORIGINALS_SEEN, CloseReason.CAUSE_ENDED)
    assert CLOSE_REASONS[E.RECORD_ENFORCEMENT] == (CloseReason.ENFORCEMENT_RESULT,)
    assert CloseReason.OTHER_AUTHORITY not in CLOSE_REASONS[E.DISPROVE]


@pytest.mark.parametrize(("days", "longest"), [(7, 7), (15, 15), (60, 30)])
def test_an_extension_is_as_long_as_the_period_and_thirty_days_at_most(
    case: LedgerCase, days: int, longest: int
) -> None:
    assert longest_extension(case.item(days=days), case.desk.services) == longest


def account(case: LedgerCase, item: RectificationItem) -> list[str]:
    services = case.desk.services
    return [
        services.text(line.key, **line.values) for line in deadline_account(page_of(case, item), services)
    ]


def test_the_account_shows_how_the_last_day_moved(case: LedgerCase) -> None:
    # CONT-01 has 30 days in the checklist; 30 days after 2 April is 2 May, in the holiday.
    usual = case.desk.services.reference.checklist.item("CONT-01").default_deadline_days
    assert usual is not None
    served = date(2026, 5, 2) - timedelta(days=usual)
    item = case.item((date(2026, 5, 6) - case.today).days, days=(date(2026, 5, 6) - served).days)
    start = served + timedelta(days=1)
    assert account(case, item) == [
        f"{served} 送达，自 {start} 起算 {usual} 天，至 2026-05-02。",
        "2026-05-02 是休息日，顺延到 2026-05-06（民法典第二百零三条）。",
    ]


def test_the_account_follows_extension_and_return(case: LedgerCase) -> None:
    item = case.item(10, days=11, is_deadline_flagged=True)
    case.step(item, "approve_extension", details={"old": "2026-04-23", "new": "2026-04-27"})
    case.desk.clock.move(hours=1)
    case.step(item, "reopen", details={"days": 7, "new": "2026-04-27"})
    assert account(case, item)[1:] == [
        "批准延期一次：2026-04-23 延至 2026-04-27。",
        "复查不合格，自 2026-04-21 起再限 7 天，至 2026-04-27。",
        "未按当年放假通知核对：本机没有 2026 年的放假安排，按周六、周日休息推算。",
    ]


@pytest.mark.parametrize(
    ("state", "fields", "code", "due"),
    [
        (S.OPEN, {}, "deadline", date(2026, 4, 23)),
        (S.REPORTED, {"reported_on": date(2026, 4, 20)}, "recheck", date(2026, 5, 7)),
        (S.OVERDUE, {}, "deadline", date(2026, 4, 23)),
        (S.OVERDUE, {"reminded_on": date(2026, 4, 24)}, "escalate", date(2026, 4, 29)),
    ],
)
def test_the_limit_that_runs_is_the_enterprises_or_the_offices(
    case: LedgerCase, state: ItemState, fields: dict[str, Any], code: str, due: date
) -> None:
    limit = running_limit(page_of(case, case.item(3, state=state, **fields)), case.desk.services)
    assert limit is not None
    assert (limit.code, limit.due, limit.remaining_days) == (code, due, (due - case.today).days)
    assert not limit.is_statutory


@pytest.mark.parametrize(
    ("state", "event", "code", "due"),
    [
        (S.EXTENSION_REQUESTED, "request_extension", "decide_extension", date(2026, 4, 23)),
        (S.RETURNED, "return", "escalate", date(2026, 4, 23)),
    ],
)
def test_the_offices_limit_runs_from_the_step_before(
    case: LedgerCase, state: ItemState, event: str, code: str, due: date
) -> None:
    item = case.item(9, state=state)
    case.step(item, event)
    limit = running_limit(page_of(case, item), case.desk.services)
    assert limit is not None
    assert (limit.code, limit.due) == (code, due)


def test_no_limit_runs_for_what_is_closed_or_with_the_inspectorate(case: LedgerCase) -> None:
    for state in (S.ESCALATED, S.VERIFIED, S.TRANSFERRED):
        assert running_limit(page_of(case, case.item(state=state)), case.desk.services) is None


def test_a_recheck_day_without_a_holiday_notice_is_flagged(case: LedgerCase) -> None:
    services = replace(case.desk.services, calendar=HolidayCalendar.of([]))
    assert recheck_due(case.today, services).flagged
    assert not recheck_due(case.today, case.desk.services).flagged


def rows(case: LedgerCase) -> list[LedgerRow]:
    reader = SQLLedgerReader(case.desk.file.database)
    ids = reader.find_ids(LedgerFilter(group=StateGroup.ALL), today=case.today)
    return [row for row in reader.rows(ids, today=case.today) if row is not None]


def test_an_enterprise_gets_one_message_for_all_its_items(case: LedgerCase) -> None:
    case.item(-2, state=S.OVERDUE)
    case.item(3, title="没有建立工资支付台账。")
    case.item(0, name=SHOP, title="没有公示规章制度。", owner_name="赵六", owner_phone="13500000000")
    case.item(1, name=SHOP, state=S.VERIFIED)
    shop, kiln = reminder_messages(rows(case), case.desk.services)
    assert (len(kiln.item_ids), len(shop.item_ids)) == (2, 1)
    assert shop.recipients == (("赵六", "13500000000"),)
    assert kiln.text == (
        "【方山县人力资源和社会保障局】方山县圪洞镇永盛砖厂：贵单位以下整改事项请按期完成，并将整改材料报送我单位："
        "方人社处方〔2026〕30号“未与12名劳动者订立书面劳动合同”，期限4月18日（已逾期2天）；"
        "方人社处方〔2026〕30号“没有建立工资支付台账”，期限4月23日（还有3天）。"
        "如已完成或者确有困难，请及时联系，电话 0358-6021700。"
    )
    assert "期限4月20日（今天到期）" in shop.text
