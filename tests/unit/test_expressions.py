"""Conditions of check items: grammar, kinds, missing values, bounds."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from fangshan_desk.domain.checklist.expression_errors import (
    ExpressionError,
    ExpressionTooLongError,
    MalformedExpressionError,
    UnknownNameError,
    WrongKindError,
)
from fangshan_desk.domain.checklist.expression_nodes import Value, ValueKind
from fangshan_desk.domain.checklist.expressions import MAX_DEPTH, compile_expression

VISIT = date(2023, 8, 25)
KINDS: Mapping[str, ValueKind] = {
    "a": ValueKind.NUMBER,
    "b": ValueKind.NUMBER,
    "amount": ValueKind.NUMBER,
    "day": ValueKind.DATE,
    "later": ValueKind.DATE,
    "refused": ValueKind.BOOLEAN,
    "signed": ValueKind.BOOLEAN,
    "event": ValueKind.TEXT,
}


def evaluated(source: str, **values: Value) -> bool | None:
    return compile_expression(source, KINDS).evaluate(values, VISIT)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3 == 7", True),
        ("(1 + 2) * 3 == 9", True),
        ("7 - 2 - 1 == 4", True),
        ("12 / 3 / 2 == 2", True),
        ("-2 * -3 == 6", True),
        ("--2 == 2", True),
        ("1 / 3 * 3 == 1", True),
        ("0.1 + 0.2 == 0.3", True),
        ("2 != 2", False),
        ("2 <= 2", True),
        ("2 >= 3", False),
        ("2 < 2", False),
        ("3 > 2", True),
        ("not 1 > 2", True),
        ("not not true", True),
        ("true or false and false", True),
        ("(true or false) and false", False),
        ("not false and false", False),
        ("true == (1 > 0)", True),
        ("'破产' == \"破产\"", True),
        ("'or' != 'and'", True),
        ("null == null", True),
        ("null != null", False),
        ("true", True),
    ],
)
def test_constants_are_evaluated_with_the_usual_precedence(source: str, expected: bool) -> None:
    assert evaluated(source) is expected


def test_names_stand_for_the_given_values() -> None:
    assert evaluated("a * 10 > a + b", a=11, b=89) is True
    assert evaluated("amount > 0", amount=Decimal("0.01")) is True
    assert evaluated("event == '破产'", event="破产") is True
    assert evaluated("refused == false", refused=False) is True


def test_an_expression_knows_the_names_it_reads() -> None:
    expression = compile_expression("a > 0 or days_until(day) <= 90", KINDS)
    assert expression.names == {"a", "day"}
    assert expression.source == "a > 0 or days_until(day) <= 90"


@pytest.mark.parametrize(
    ("source", "days"),
    [
        ("days_until(day)", 1),
        ("days_since(day)", -1),
        ("days_between(day, later)", 4),
        ("days_between(later, day)", -4),
    ],
)
def test_days_are_calendar_days_without_the_first(source: str, days: int) -> None:
    values: Mapping[str, Value] = {"day": date(2023, 8, 26), "later": date(2023, 8, 30)}
    assert evaluated(f"{source} == {days}", **values) is True


def test_dates_compare_by_order() -> None:
    assert evaluated("day < later", day=VISIT, later=date(2023, 9, 1)) is True
    assert evaluated("day == later", day=VISIT, later=VISIT) is True


@pytest.mark.parametrize(
    "source",
    [
        "a > 0",
        "a == 0",
        "a != 0",
        "not a > 0",
        "-a < 0",
        "a + b > 0",
        "b * a > 0",
        "days_until(day) <= 90",
        "days_between(day, later) > 1",
        "refused",
        "not refused",
        "refused == false",
        "event == '破产'",
    ],
)
def test_a_missing_input_leaves_the_result_open(source: str) -> None:
    assert evaluated(source, b=1, later=VISIT) is None
    assert evaluated(source, a=None, b=1, day=None, later=VISIT, refused=None, event=None) is None


@pytest.mark.parametrize("wrong", ["a / 0 > 1", "a / (b - 1) == 0", "1 / 0 == 1 / 0"])
def test_dividing_by_zero_leaves_the_result_open(wrong: str) -> None:
    assert evaluated(wrong, a=3, b=1) is None


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("a > 0 or b > 0", {"a": 1}, True),
        ("b > 0 or a > 0", {"a": 1}, True),
        ("a > 0 or b > 0", {"a": 0}, None),
        ("a > 0 and b > 0", {"a": 0}, False),
        ("b > 0 and a > 0", {"a": 0}, False),
        ("a > 0 and b > 0", {"a": 1}, None),
        ("not (a > 0 and b > 0)", {"a": 0}, True),
    ],
)
def test_an_operand_that_decides_makes_the_missing_one_needless(
    source: str, values: dict[str, int], expected: bool | None
) -> None:
    assert evaluated(source, **values) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("day == null", True),
        ("null == day", True),
        ("day != null", False),
        ("day == null or days_until(day) <= 60", True),
        ("day != null and days_since(day) > 20", False),
        ("(a > 0) == null", True),
    ],
)
def test_only_a_comparison_with_null_answers_for_a_missing_input(source: str, expected: bool) -> None:
    assert evaluated(source) is expected
    assert evaluated("day == null", day=VISIT) is False


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 1),
        ("a >", 4),
        ("a > 0 0", 7),
        ("a > > 0", 5),
        ("(a > 0", 7),
        ("a > 0)", 6),
        ("a < b < 3", 7),
        ("a = 0", 3),
        ("a & b", 3),
        ("a > 1.", 5),
        ("a > 1x", 5),
        ("a > 1e3", 5),
        ("a > 'x", 5),
        ("and a", 1),
        ("a > or", 5),
        ("a > not b", 5),
        ("days_until", 11),
        ("days_until day", 12),
        ("days_until(day, day) > 0", 15),
        ("days_between(day) > 0", 17),
        ("days_until() > 0", 12),
        ("人数 > 0", 1),
        ("a > ٣", 5),
        ("__import__('os')", 1),
        ("a.b > 0", 2),
    ],
)
def test_what_the_grammar_does_not_allow_is_refused_with_its_place(source: str, position: int) -> None:
    with pytest.raises((MalformedExpressionError, UnknownNameError)) as caught:
        compile_expression(source, KINDS)
    assert caught.value.position == position


def test_an_unknown_name_is_refused_with_its_place() -> None:
    with pytest.raises(UnknownNameError) as caught:
        compile_expression("a > 0 or hidden > 0", KINDS)
    assert caught.value.position == 10
    assert caught.value.values["found"] == "hidden"


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("a", 1),
        ("1 + 2", 1),
        ("null", 1),
        ("'text'", 1),
        ("a > day", 5),
        ("day > 3", 7),
        ("day + 1 > a", 1),
        ("1 + day > a", 5),
        ("a * refused > 0", 5),
        ("-refused > 0", 2),
        ("-day > later", 2),
        ("refused > signed", 9),
        ("event < 'x'", 7),
        ("null < null", 6),
        ("a > null", 5),
        ("null > a", 8),
        ("a == 'x'", 6),
        ("a and refused", 1),
        ("refused or a", 12),
        ("not a", 5),
        ("refused and null", 13),
        ("days_until(a) > 0", 12),
        ("days_until(null) > 0", 12),
        ("days_between(day, 3) > 0", 19),
    ],
)
def test_values_of_different_kinds_do_not_mix(source: str, position: int) -> None:
    with pytest.raises(WrongKindError) as caught:
        compile_expression(source, KINDS)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "source",
    [
        "a > 0 or " * 70 + "a > 0",
        "a>0 or " * 55 + "a > 0",
        "(" * (MAX_DEPTH + 1) + "a > 0" + ")" * (MAX_DEPTH + 1),
        "not " * (MAX_DEPTH + 1) + "refused",
        "-" * (MAX_DEPTH + 1) + "1 > 0",
        "(" * 5000,
    ],
)
def test_length_and_depth_are_bounded(source: str) -> None:
    with pytest.raises(ExpressionTooLongError):
        compile_expression(source, KINDS)


def test_the_deepest_allowed_nesting_is_evaluated() -> None:
    assert evaluated("(" * MAX_DEPTH + "a > 0" + ")" * MAX_DEPTH, a=1) is True
    assert evaluated("+".join(["a"] * 99) + "> 98", a=1) is True


@pytest.mark.parametrize(
    ("source", "is_threshold"),
    [
        ("a > 0", True),
        ("a > 36 or b > 3", True),
        ("a > 0 and b > 0", False),
        ("a >= 20", False),
        ("a > b", False),
        ("a * 10 > b", False),
        ("a > 0 or b == 0", False),
        ("refused", False),
        ("not a > 0", False),
    ],
)
def test_a_threshold_only_asks_whether_a_figure_exceeds_a_number(source: str, is_threshold: bool) -> None:
    assert compile_expression(source, KINDS).is_threshold is is_threshold


def test_an_error_carries_text_and_position_for_its_sentence() -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression("a > ?", KINDS)
    assert caught.value.values == {"position": 5, "source": "a > ?", "found": "?"}
