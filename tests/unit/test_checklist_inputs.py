"""What people type, programs send and the database keeps becomes typed inputs or a clear refusal."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.domain.checklist import (
    CheckInput,
    InputKind,
    Inputs,
    InvalidInputError,
    fen_of,
    plain_inputs,
    read_input,
    read_inputs,
    restore_inputs,
)
from fangshan_desk.domain.checklist.inputs import (
    NegativeInputError,
    NotADateError,
    NotADayOfMonthError,
    NotAnAmountError,
    NotANumberError,
    NotATextError,
    NotAWholeNumberError,
    NotYesOrNoError,
    PartExceedsWholeError,
    TooGreatInputError,
    UnknownInputError,
)
from tests.helpers.reference import made_item, raw_field, shipped_item

PERSONS = CheckInput("affected", "涉及人数", InputKind.INTEGER, "人")
HOURS = CheckInput("max_daily_ot", "日最高加班", InputKind.NUMBER, "小时")
AMOUNT = CheckInput("amount", "金额", InputKind.MONEY, "元")
DAY = CheckInput("signed_on", "签订日", InputKind.DATE)
FLAG = CheckInput("has_contract", "有有效集体合同", InputKind.BOOLEAN)
WORDS = CheckInput("posts", "岗位", InputKind.TEXT)


@pytest.mark.parametrize(
    ("field", "raw", "expected"),
    [
        (PERSONS, 18, 18),
        (PERSONS, " 18 ", 18),
        (PERSONS, "18人", 18),
        (PERSONS, "１８", 18),
        (PERSONS, "1,018", 1018),
        (PERSONS, "0", 0),
        (PERSONS, 18.0, 18),
        (HOURS, "36.5", Decimal("36.5")),
        (HOURS, 36.5, Decimal("36.5")),
        (HOURS, "3小时", Decimal(3)),
        (AMOUNT, "86,400.00 元", Decimal("86400.00")),
        (AMOUNT, "86，400", Decimal("86400.00")),
        (AMOUNT, 90000, Decimal("90000.00")),
        (AMOUNT, 0.1, Decimal("0.10")),
        (AMOUNT, Decimal("0.05"), Decimal("0.05")),
        (DAY, "2023-08-25", date(2023, 8, 25)),
        (DAY, "2023/8/5", date(2023, 8, 5)),
        (DAY, "2023年8月25日", date(2023, 8, 25)),
        (DAY, date(2023, 8, 25), date(2023, 8, 25)),
        (DAY, datetime(2023, 8, 25, 9, 30), date(2023, 8, 25)),  # noqa: DTZ001  # only its day is used
        (FLAG, True, True),
        (FLAG, "false", False),
        (FLAG, "true", True),
        (WORDS, " 装卸\n 保安 ", "装卸 保安"),
        (PERSONS, None, None),
        (PERSONS, "  ", None),
        (WORDS, "", None),
        (WORDS, " \n ", None),
    ],
)
def test_a_field_takes_what_people_type(field: CheckInput, raw: object, expected: object) -> None:
    value = read_input(field, raw)
    assert value == expected
    assert type(value) is type(expected)


def test_amounts_always_carry_two_decimals() -> None:
    assert str(read_input(AMOUNT, "90000")) == "90000.00"
    assert str(read_input(AMOUNT, "0.5")) == "0.50"


@pytest.mark.parametrize(
    ("field", "raw", "error"),
    [
        (PERSONS, "18.5", NotAWholeNumberError),
        (PERSONS, "-1", NegativeInputError),
        (PERSONS, -1, NegativeInputError),
        (PERSONS, "-1,000", NegativeInputError),
        (PERSONS, "很多", NotANumberError),
        (PERSONS, "1,01", NotANumberError),
        (PERSONS, "1e3", NotANumberError),
        (PERSONS, True, NotANumberError),
        (PERSONS, [1], NotANumberError),
        (PERSONS, "9" * 50, NotANumberError),
        (PERSONS, 10**13, TooGreatInputError),
        (PERSONS, "1000000000001", TooGreatInputError),
        (HOURS, float("nan"), NotANumberError),
        (HOURS, float("inf"), NotANumberError),
        (HOURS, "1.0000001", NotANumberError),
        (HOURS, Decimal("1E-900000"), NotANumberError),
        (AMOUNT, "0.005", NotAnAmountError),
        (AMOUNT, "9万", NotANumberError),
        (AMOUNT, Decimal("1E+900000"), TooGreatInputError),
        (DAY, "2023-02-29", NotADateError),
        (DAY, "0001-01-01", NotADateError),
        (DAY, date(1900, 1, 1), NotADateError),
        (DAY, "明天", NotADateError),
        (DAY, 20230825, NotADateError),
        (FLAG, 1, NotYesOrNoError),
        (FLAG, "是", NotYesOrNoError),
        (WORDS, 7, NotATextError),
        (WORDS, "x" * 501, NotATextError),
        (WORDS, "a\x00b", NotATextError),
        (WORDS, "a\u202eb", NotATextError),
    ],
)
def test_a_field_refuses_what_it_cannot_hold(field: CheckInput, raw: object, error: type[Any]) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_input(field, raw)
    assert type(caught.value) is error
    assert caught.value.name == field.name
    assert caught.value.values["label"] == field.label


def test_an_endless_number_is_refused_without_writing_it_out() -> None:
    with pytest.raises(TooGreatInputError) as caught:
        read_input(PERSONS, 10**5000)
    assert caught.value.values["given"] == ">10^40"


def test_the_pay_day_is_a_day_of_the_month() -> None:
    item = shipped_item("WAGE-02")
    assert read_inputs(item, {"agreed_pay_day": "31"}) == {"agreed_pay_day": 31}
    for day in (0, 32):
        with pytest.raises(NotADayOfMonthError):
            read_inputs(item, {"agreed_pay_day": day})


def test_a_part_is_not_greater_than_its_whole() -> None:
    item = shipped_item("CONT-01")
    read_inputs(item, {"without_contract": 5, "without_contract_over_year": 5})
    with pytest.raises(PartExceedsWholeError) as caught:
        read_inputs(item, {"without_contract": 5, "without_contract_over_year": 6})
    assert caught.value.values["whole"] == "超过一个月未签书面合同人数"
    assert caught.value.values["limit"] == 5
    assert read_inputs(item, {"without_contract_over_year": 6}) == {"without_contract_over_year": 6}


def test_figures_that_are_not_called_parts_are_not_compared() -> None:
    read_inputs(shipped_item("COLL-06"), {"electors": 10, "attended": 11, "agreed": 12})


def test_a_field_the_item_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownInputError) as caught:
        read_inputs(shipped_item("CONT-01"), {"affected": 1})
    assert caught.value.values == {"code": "CONT-01", "name": "affected"}


def test_none_stays_a_given_answer_and_an_absent_field_stays_absent() -> None:
    item = shipped_item("COLL-04")
    given_inputs = read_inputs(item, {"received_on": "2023-08-01", "replied_on": None})
    assert given_inputs == {"received_on": date(2023, 8, 1), "replied_on": None}


def test_what_cannot_be_read_from_a_stored_answer_is_missing() -> None:
    item = made_item(inputs=[raw_field("affected"), raw_field("since", "date"), raw_field("more")])
    stored = {"affected": "many", "since": "2023-08-25", "newer_field": 1}
    assert restore_inputs(item, stored) == {"since": date(2023, 8, 25)}
    assert restore_inputs(item, None) == {}


def test_stored_inputs_hold_no_floats() -> None:
    inputs: Inputs = {
        "a": Decimal("90000.00"),
        "b": date(2023, 8, 25),
        "c": True,
        "d": 7,
        "e": "样例",
        "f": None,
    }
    assert plain_inputs(inputs) == {
        "a": "90000.00",
        "b": "2023-08-25",
        "c": True,
        "d": 7,
        "e": "样例",
        "f": None,
    }


def test_yuan_become_fen() -> None:
    assert fen_of(Decimal("90000.01")) == 9_000_001
    assert fen_of(Decimal("0.29")) == 29


anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=60)
    | st.decimals()
    | st.dates()
    | st.lists(st.integers())
)


@given(st.sampled_from([PERSONS, HOURS, AMOUNT, DAY, FLAG, WORDS]), anything)
def test_any_value_is_read_or_refused_with_a_sentence(field: CheckInput, raw: object) -> None:
    try:
        value = read_input(field, raw)
    except InvalidInputError:
        return
    assert read_input(field, plain_inputs({"x": value})["x"]) == value
