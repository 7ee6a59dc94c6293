"""The ledger as screens read it: which items, in which order, how many, and one item with its story."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fangshan_desk.data.readers.ledger import SQLLedgerReader
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.usecases.reminding import is_reminder_due
from fangshan_desk.usecases.views.ledger import (
    AWAITING_ENTERPRISE,
    LedgerFilter,
    LedgerSort,
    StateGroup,
)
from tests.helpers.desk_files import temporary_desk
from tests.helpers.ledger_cases import SHOP, SITE, LedgerCase
from tests.helpers.office import office_options

ALL = StateGroup.ALL


@pytest.fixture
def case(tmp_path: Path) -> Iterator[LedgerCase]:
    with temporary_desk(tmp_path, **office_options()) as desk:
        yield LedgerCase(desk)


def reader(case: LedgerCase) -> SQLLedgerReader:
    return SQLLedgerReader(case.desk.file.database)


def found(case: LedgerCase, group: StateGroup | ItemState = ALL, **fields: str) -> list[str]:
    return list(reader(case).find_ids(LedgerFilter(group=group, **fields), today=case.today))  # type: ignore[arg-type]  # names of the filter


def one_of_each_state(case: LedgerCase) -> dict[ItemState, str]:
    return {state: case.item(number, state=state).id for number, state in enumerate(ItemState)}


@pytest.mark.parametrize(
    ("group", "states"),
    [
        (StateGroup.OPEN, {"open", "reported", "extension_requested", "overdue", "returned", "escalated"}),
        (StateGroup.CLOSED, {"verified", "closed_by_enforcement", "transferred", "not_required"}),
        (StateGroup.RECHECK, {"reported"}),
        (StateGroup.ALL, {state.value for state in ItemState}),
        (ItemState.ESCALATED, {"escalated"}),
    ],
)
def test_a_group_means_its_states(case: LedgerCase, group: StateGroup | ItemState, states: set[str]) -> None:
    ids = one_of_each_state(case)
    assert set(found(case, group)) == {ids[ItemState(state)] for state in states}


@pytest.mark.parametrize("state", ItemState)
def test_only_what_waits_for_the_enterprise_is_overdue_or_due(case: LedgerCase, state: ItemState) -> None:
    late, due = case.item(-1, state=state), case.item(7, state=state)
    case.item(8, state=state)
    waits = state in AWAITING_ENTERPRISE
    assert found(case, StateGroup.OVERDUE) == ([late.id] if waits else [])
    assert found(case, StateGroup.DUE_IN_WEEK) == ([due.id] if waits else [])


def test_the_last_day_still_counts_as_due(case: LedgerCase) -> None:
    today = case.item(0)
    assert found(case, StateGroup.OVERDUE) == []
    assert found(case, StateGroup.DUE_IN_WEEK) == [today.id]


@pytest.mark.parametrize("days_left", [4, 3, 2, 1, 0, -1, -2, -9])
@pytest.mark.parametrize("reminded", [None, -4, -3, -2, 0, 1, 2])
def test_the_list_of_reminders_follows_the_rule(
    case: LedgerCase, days_left: int, reminded: int | None
) -> None:
    deadline = case.today + timedelta(days=days_left)
    reminded_on = None if reminded is None else deadline + timedelta(days=reminded)
    item = case.item(days_left, reminded_on=reminded_on)
    expected = is_reminder_due(deadline, reminded_on, today=case.today, reminder_days=(-3, 0, 1))
    assert found(case, StateGroup.REMIND) == ([item.id] if expected else [])


def test_filters_narrow_by_place_body_grade_person_and_words(case: LedgerCase) -> None:
    kiln = case.item(1)
    shop_of = case.enterprise(SHOP, township="141128102", risk_level=RiskLevel.BLUE)
    colleague = case.officer()
    shop = case.item(
        2,
        name=SHOP,
        lead_body="ftu",
        tracking_officer_id=colleague.id,
        title="没有100%公示规章制度",
        owner_name="赵六",
    )
    assert found(case, township="141128102") == [shop.id]
    assert found(case, risk_level="orange") == [kiln.id]
    assert found(case, lead_body="ftu") == [shop.id]
    assert found(case, tracker_id=colleague.id) == [shop.id]
    assert found(case, enterprise_id=shop_of.id) == [shop.id]
    assert found(case, text="永盛") == [kiln.id]
    assert found(case, text="赵六") == [shop.id]
    assert found(case, text="xycs") == [shop.id]
    assert found(case, text="0%公") == [shop.id]
    assert found(case, text="_") == []


def test_the_nearest_deadline_stands_first_and_closed_items_last(case: LedgerCase) -> None:
    later, closed, sooner = case.item(9), case.item(-5, state=ItemState.VERIFIED), case.item(-1)
    assert found(case) == [sooner.id, later.id, closed.id]


def test_closed_items_stand_in_the_order_of_their_closing(case: LedgerCase) -> None:
    first = case.item(3, state=ItemState.VERIFIED, closed_on=case.today - timedelta(days=4))
    last = case.item(1, state=ItemState.VERIFIED, closed_on=case.today)
    assert found(case, StateGroup.CLOSED) == [last.id, first.id]


@pytest.mark.parametrize("sort", LedgerSort)
def test_every_order_turns_around(case: LedgerCase, sort: LedgerSort) -> None:
    case.item(2, title="乙", owner_name="乙", closed_on=case.today)
    case.enterprise(SHOP, township="141128102")
    case.item(1, name=SHOP, title="甲", owner_name="甲", state=ItemState.OVERDUE)
    look = LedgerFilter(group=StateGroup.OPEN)
    forward = reader(case).find_ids(look, today=case.today, sort=sort)
    backward = reader(case).find_ids(look, today=case.today, sort=sort, descending=True)
    assert list(forward) == list(reversed(backward))


def test_counts_are_those_of_the_lists(case: LedgerCase) -> None:
    one_of_each_state(case)
    for days_left in (-9, -1, 0, 3, 7, 8):
        case.item(days_left, name=SITE)
    for name in ("", "安居"):
        counts = reader(case).counts(LedgerFilter(text=name), today=case.today)
        for group in StateGroup:
            assert counts.of(group) == len(found(case, group, text=name)), group


def test_an_empty_ledger_has_no_rows_and_no_counts(case: LedgerCase) -> None:
    assert found(case) == []
    assert reader(case).counts(LedgerFilter(), today=case.today).all == 0
    assert reader(case).rows([], today=case.today) == []


def test_a_row_counts_its_days_from_the_day_given(case: LedgerCase) -> None:
    item, closed = case.item(2), case.item(-2, state=ItemState.VERIFIED)
    rows = reader(case).rows([closed.id, "gone", item.id], today=case.today + timedelta(days=5))
    assert [row and row.remaining_days for row in rows] == [None, None, -3]
    assert rows[1] is None
    row = rows[2]
    assert row is not None
    assert row.is_overdue
    assert (row.enterprise, row.owner_name, row.letter_number) == (
        "方山县圪洞镇永盛砖厂",
        "李四",
        "方人社处方〔2026〕30号",
    )
    assert (row.township, row.risk_level, row.tracker) == ("141128100", "orange", "张三")


def test_an_item_page_tells_the_story_newest_first(case: LedgerCase) -> None:
    item = case.item(-1, state=ItemState.OVERDUE)
    second = case.officer()
    case.step(item, "begin")
    case.desk.clock.move(hours=1)
    case.step(item, "return", note="仍缺3份", details={"officers": [case.desk.officer.id, second.id]})
    case.grade(case.enterprise(), "F1")
    case.desk.clock.move(hours=1)
    case.grade(case.enterprise(), "F2", "Y4")
    page = reader(case).item(item.id)
    assert page is not None
    assert [(step.event, step.note) for step in page.steps] == [("return", "仍缺3份"), ("begin", "")]
    assert page.steps[0].rechecked_by == ("张三", "王五")
    assert page.steps[0].device_number == 7
    assert page.floors == {"F2", "Y4"}
    assert (page.letter.number, page.tracker) == ("方人社处方〔2026〕30号", "张三")
    assert page.letter.served_on == item.deadline - timedelta(days=15)


def test_falling_overdue_is_told_once_though_two_laptops_noted_it(case: LedgerCase) -> None:
    item = case.item(-1, state=ItemState.OVERDUE)
    for _ in range(2):
        case.step(item, "fall_overdue", officer_id=None)
        case.desk.clock.move(hours=1)
    page = reader(case).item(item.id)
    assert page is not None
    assert [step.event for step in page.steps] == ["fall_overdue"]


def test_evidence_from_before_a_failed_recheck_is_not_new(case: LedgerCase) -> None:
    item = case.item(3)
    photo = case.evidence(item)
    case.desk.clock.move(hours=1)
    case.step(item, "return")
    page = reader(case).item(item.id)
    assert page is not None
    assert [attached.id for attached in page.attachments] == [photo.id]
    assert not page.has_new_evidence
    case.desk.clock.move(hours=1)
    case.evidence(item)
    again = reader(case).item(item.id)
    assert again is not None
    assert again.has_new_evidence


def test_an_item_that_is_not_here_is_none(case: LedgerCase) -> None:
    assert reader(case).item("gone") is None


def test_officers_who_left_are_not_offered(case: LedgerCase) -> None:
    case.officer()
    left = case.officer("冯二")
    case.desk.transact(lambda uow, services: uow.update(left, is_active=False))
    assert [officer.name for officer in reader(case).officers()] == ["张三", "王五"]


def test_what_passed_its_deadline_is_found_for_midnight(case: LedgerCase) -> None:
    late = case.item(-1)
    case.item(0)
    case.item(-3, state=ItemState.OVERDUE)
    case.item(-3, state=ItemState.REPORTED)
    assert list(reader(case).past_deadline(today=case.today)) == [late.id]


def test_the_ledger_reads_its_own_index(case: LedgerCase) -> None:
    """A county's ledger is counted and sorted without reading whole items."""
    statement = (
        "EXPLAIN QUERY PLAN SELECT i.id FROM rectification_item i "
        "WHERE i.state IN ('open', 'overdue') AND i.deadline < '2026-01-01' ORDER BY i.deadline, i.id"
    )
    with case.desk.file.database.reading() as connection:
        plan = str(connection.exec_driver_sql(statement).fetchall())
    assert "COVERING INDEX ix_rectification_item_ledger" in plan
