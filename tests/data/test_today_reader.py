"""The first screen of the day: visits, due items, waiting letters, contracts, replies, the month so far."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.data.readers.today import SQLTodayReader
from fangshan_desk.domain.records.letters import Letter, LetterKind
from fangshan_desk.domain.records.people import Campaign
from fangshan_desk.domain.records.register import CollectiveContract, Negotiation
from fangshan_desk.domain.records.visits import Visit, Visitor
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.usecases.views.letters import LetterCounts, LetterWait
from fangshan_desk.usecases.views.today import TodayQuestion, TodayView
from tests.helpers.desk_files import temporary_desk
from tests.helpers.ledger_cases import SHOP, SITE, LedgerCase
from tests.helpers.office import office_options

DAY = timedelta(days=1)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[LedgerCase]:
    with temporary_desk(tmp_path, **office_options()) as desk:
        yield LedgerCase(desk)


def look(case: LedgerCase, **given: Any) -> TodayView:
    question = TodayQuestion(today=case.today, offset_minutes=480, officer_id=case.desk.officer.id)
    return SQLTodayReader(case.desk.file.database).read(replace(question, **given))


def visit(case: LedgerCase, planned_on: date | None, **fields: Any) -> Visit:
    enterprise = case.enterprise(fields.pop("name", SHOP))
    made = Visit(id=case.desk.new_id(), enterprise_id=enterprise.id, planned_on=planned_on, **fields)
    case.desk.keep(made)
    return made


def letter(case: LedgerCase, state: PrescriptionState, **fields: Any) -> Letter:
    made = Letter(
        id=case.desk.new_id(),
        kind=fields.pop("kind", LetterKind.PRESCRIPTION),
        state=state,
        enterprise_id=case.enterprise(SHOP).id,
        title="用工处方",
        content={},
        made_at=case.desk.clock.now_utc(),
        **fields,
    )
    case.desk.keep(made)
    return made


def test_an_empty_desk_has_an_empty_day(case: LedgerCase) -> None:
    view = look(case)
    assert replace(view, letter_counts=LetterCounts()) == TodayView()
    assert view.letter_counts.total == 0


def test_the_days_visits_stand_in_the_order_of_their_hours(case: LedgerCase) -> None:
    later = visit(case, case.today, planned_time="14:00")
    open_hour = visit(case, case.today)
    first = visit(case, case.today, planned_time="09:00", purpose="首次体检", state=VisitState.FINISHED)
    visit(case, case.today, state=VisitState.CANCELLED)
    visit(case, case.today + DAY)
    view = look(case)
    assert [line.id for line in view.visits] == [first.id, later.id, open_hour.id]
    assert (view.visits[0].enterprise, view.visits[0].township) == (SHOP, "141128100")
    assert (view.visits[0].purpose, view.visits[0].risk_level) == ("首次体检", "orange")
    assert (view.unfinished, view.missed) == ((), ())


def test_what_was_begun_or_missed_is_called_to_mind(case: LedgerCase) -> None:
    begun = visit(case, None, state=VisitState.UNDER_WAY, is_planned=False)
    today = visit(case, case.today, state=VisitState.UNDER_WAY)
    missed = visit(case, case.today - DAY)
    visit(case, case.today - 31 * DAY)
    view = look(case)
    assert [line.id for line in view.unfinished] == [begun.id]
    assert [line.id for line in view.visits] == [today.id]
    assert [line.id for line in view.missed] == [missed.id]


def test_a_visit_is_ones_own_as_leader_or_companion(case: LedgerCase) -> None:
    colleague = case.officer()
    led = visit(case, case.today, planned_time="1", leading_officer_id=case.desk.officer.id)
    joined = visit(case, case.today, planned_time="2", leading_officer_id=colleague.id)
    case.desk.keep(
        Visitor(
            id=case.desk.new_id(),
            visit_id=joined.id,
            officer_id=case.desk.officer.id,
            name="张三",
            body="hrss",
        )
    )
    visit(case, case.today, planned_time="3", leading_officer_id=colleague.id)
    lines = look(case).visits
    assert [(line.leader, line.is_own) for line in lines] == [("张三", True), ("王五", True), ("王五", False)]
    assert lines[0].id == led.id


def test_overdue_items_come_before_those_due_this_week(case: LedgerCase) -> None:
    late, today, week = case.item(-3, state=ItemState.OVERDUE), case.item(0), case.item(7)
    case.item(8)
    case.item(-8, state=ItemState.VERIFIED)
    view = look(case)
    assert [row.id for row in view.items] == [late.id, today.id, week.id]
    assert (view.item_counts.overdue, view.item_counts.due_in_week, view.item_counts.open) == (1, 2, 4)
    assert [row.id for row in look(case, top=2).items] == [late.id, today.id]


@pytest.mark.parametrize(
    ("state", "fields", "waits"),
    [
        (PrescriptionState.DRAFT, {}, {LetterWait.SIGNATURE}),
        (PrescriptionState.CONFIRMED, {}, {LetterWait.APPROVAL, LetterWait.SERVICE}),
        (PrescriptionState.ISSUED, {"document_number": "1"}, {LetterWait.SERVICE}),
        (PrescriptionState.IN_RECTIFICATION, {}, {LetterWait.APPROVAL}),
        (
            PrescriptionState.SERVED,
            {"approved_by_hrss": "a", "approved_by_ftu": "b"},
            {LetterWait.NUMBER},
        ),
        (PrescriptionState.IN_RECTIFICATION, {"document_number": "1"}, set()),
        (PrescriptionState.WITHDRAWN, {}, set()),
    ],
)
def test_a_letter_waits_for_the_next_hand(
    case: LedgerCase, state: PrescriptionState, fields: dict[str, Any], waits: set[LetterWait]
) -> None:
    made = letter(case, state, **fields)
    view = look(case)
    assert [(line.id, set(line.waits)) for line in view.letters] == ([(made.id, waits)] if waits else [])
    assert all(view.letter_counts.of(wait) == (wait in waits) for wait in LetterWait)


def test_letters_are_dated_by_their_last_step_on_the_offices_wall(case: LedgerCase) -> None:
    late_evening = datetime.fromisoformat("2026-02-20T17:30:00+00:00")
    letter(case, PrescriptionState.CONFIRMED, confirmed_at=late_evening)
    letter(case, PrescriptionState.ISSUED, document_number="1", issued_on=date(2026, 2, 10))
    assert [line.since for line in look(case).letters] == [date(2026, 2, 10), date(2026, 2, 21)]


@pytest.mark.parametrize(
    ("ends_on", "state", "is_shown"),
    [
        (date(2026, 3, 2), "in_force", True),
        (date(2026, 6, 2), "in_force", True),
        (date(2026, 6, 3), "in_force", False),
        (date(2026, 3, 1), "in_force", False),
        (date(2026, 3, 9), "renewed", False),
    ],
)
def test_contracts_are_shown_three_months_before_their_end(
    case: LedgerCase, ends_on: date, state: str, is_shown: bool
) -> None:
    contract = CollectiveContract(
        id=case.desk.new_id(),
        enterprise_id=case.enterprise(SHOP).id,
        kind="general",
        title="集体合同",
        ends_on=ends_on,
        state=state,
    )
    case.desk.keep(contract)
    lines = look(case).contracts
    assert [line.remaining_days for line in lines] == ([(ends_on - case.today).days] if is_shown else [])


def test_an_offer_counts_its_days_without_the_first(case: LedgerCase) -> None:
    enterprise = case.enterprise(SITE)
    waiting = Negotiation(
        id=case.desk.new_id(),
        enterprise_id=enterprise.id,
        state="offered",
        offered_on=case.today - 14 * DAY,
    )
    answered = replace(waiting, id=case.desk.new_id(), state="accepted")
    case.desk.keep(waiting, answered)
    [line] = look(case).replies
    assert (line.id, line.day, line.days) == (waiting.id, 14, 20)
    assert line.due_on == case.today + 6 * DAY


def test_the_month_counts_what_was_done_in_it(case: LedgerCase) -> None:
    month_begins = datetime.fromisoformat("2026-02-28T16:00:00+00:00")
    visit(case, None, state=VisitState.FINISHED, started_at=month_begins)
    visit(case, None, state=VisitState.FINISHED, started_at=month_begins + timedelta(hours=5))
    visit(case, None, name=SITE, state=VisitState.FINISHED, started_at=month_begins - timedelta(seconds=1))
    visit(case, date(2026, 3, 31), name=SITE)
    letter(case, PrescriptionState.CONFIRMED, confirmed_at=month_begins)
    letter(case, PrescriptionState.WITHDRAWN, confirmed_at=month_begins)
    case.item(1, state=ItemState.VERIFIED, closed_on=date(2026, 3, 1), unpaid_fen=8_640_000)
    case.item(1, state=ItemState.VERIFIED, closed_on=date(2026, 2, 28), unpaid_fen=100)
    case.item(1, unpaid_fen=100)
    case.item(1, state=ItemState.TRANSFERRED, closed_on=date(2026, 3, 2), unpaid_fen=100)
    month = look(case).month
    assert (month.visits, month.visits_target, month.letters) == (1, 1, 1)
    assert (month.items_closed, month.items_in_hand, month.wages_fen) == (2, 3, 8_640_000)


def test_the_campaign_gives_the_target(case: LedgerCase) -> None:
    campaign = Campaign(
        id=case.desk.new_id(),
        title="专项行动",
        document_number="1",
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 31),
        targets={"visits": 60},
    )
    case.desk.keep(campaign)
    assert look(case).month.visits_target == 60
    assert look(case, today=date(2026, 4, 1)).month.visits_target == 0
