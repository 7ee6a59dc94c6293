"""Any text is parsed or refused, and well-formed conditions mean what Python says they mean."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.domain.checklist.expression_errors import ExpressionError, ExpressionTooLongError
from fangshan_desk.domain.checklist.expression_nodes import Value, ValueKind
from fangshan_desk.domain.checklist.expressions import compile_expression

VISIT = date(2023, 8, 25)
NUMBERS, DATES, FLAGS = ("a", "b", "c"), ("day", "later"), ("refused", "signed")
KINDS = (
    dict.fromkeys(NUMBERS, ValueKind.NUMBER)
    | dict.fromkeys(DATES, ValueKind.DATE)
    | dict.fromkeys(FLAGS, ValueKind.BOOLEAN)
)
WORDS = [*KINDS, "and", "or", "not", "true", "false", "null", "days_until", "days_since", "days_between"]
SYMBOLS = ["(", ")", ",", "+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "1", "0.5", "'x'", " "]

numbers = st.integers(0, 50) | st.decimals(0, 50, places=2)
dates = st.dates(date(2023, 1, 1), date(2024, 12, 31))
values = st.fixed_dictionaries(
    dict.fromkeys(NUMBERS, numbers) | dict.fromkeys(DATES, dates) | dict.fromkeys(FLAGS, st.booleans())
)

Sources = st.SearchStrategy[str]

literals = st.integers(0, 50).map(str) | st.decimals(0, 50, places=2).map(str)
day_counts = (
    st.sampled_from(DATES).map(lambda name: f"days_until({name})")
    | st.sampled_from(DATES).map(lambda name: f"days_since({name})")
    | st.just("days_between(day, later)")
)


def _joined(parts: Sources, symbols: tuple[str, ...]) -> Sources:
    return st.tuples(parts, st.sampled_from(symbols), parts).map(" ".join)


def _number_branches(inner: Sources) -> Sources:
    bracketed = inner.map("({})".format)
    return _joined(inner | bracketed, ("+", "-", "*", "/")) | bracketed.map("-{}".format)


def _flag_branches(inner: Sources) -> Sources:
    bracketed = inner.map("({})".format)
    return _joined(inner | bracketed, ("and", "or")) | bracketed.map("not {}".format)


number_sources = st.recursive(
    literals | st.sampled_from(NUMBERS) | day_counts, _number_branches, max_leaves=5
)
plain_comparisons = _joined(number_sources, ("==", "!=", "<", "<=", ">", ">=")) | _joined(
    st.sampled_from(DATES), ("==", "!=", "<", ">=")
)
flags = st.sampled_from([*FLAGS, "true", "false"])
null_tests = st.sampled_from([*NUMBERS, *DATES]).map("{} == null".format) | st.sampled_from(DATES).map(
    "{} != null".format
)
conditions_without_null = st.recursive(plain_comparisons | flags, _flag_branches, max_leaves=5)
conditions = st.recursive(plain_comparisons | flags | null_tests, _flag_branches, max_leaves=5)


def by_python(source: str, values: Mapping[str, Value]) -> bool:
    """The oracle: the same text read by Python itself, numbers as fractions."""
    functions: dict[str, Callable[..., int]] = {
        "days_until": lambda day: (day - VISIT).days,
        "days_since": lambda day: (VISIT - day).days,
        "days_between": lambda first, last: (last - first).days,
    }
    known: dict[str, object] = {"true": True, "false": False, "null": None, **functions}
    for name, value in values.items():
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        known[name] = Fraction(value) if is_number else value  # type: ignore[arg-type]  # told apart one line up
    return bool(eval(_with_fractions(source), {"__builtins__": {}, "F": Fraction}, known))


def _with_fractions(source: str) -> str:
    words = source.replace("(", " ( ").replace(")", " ) ").replace("-", " - ").split()
    return " ".join(f"F('{word}')" if word[0].isdigit() else word for word in words)


@given(st.text(max_size=700))
def test_any_text_is_parsed_or_refused_with_a_position(source: str) -> None:
    _parse_or_refuse(source)


@given(st.lists(st.sampled_from(WORDS + SYMBOLS), max_size=60).map(" ".join))
def test_any_row_of_words_is_parsed_or_refused_with_a_position(source: str) -> None:
    _parse_or_refuse(source)


def _parse_or_refuse(source: str) -> None:
    try:
        expression = compile_expression(source, KINDS)
    except ExpressionError as error:
        position = error.position
    else:
        position = 1
        assert expression.evaluate({}, VISIT) in (True, False, None)
    assert 1 <= position <= len(source) + 1


@given(conditions, values)
def test_conditions_mean_what_python_says(source: str, given_values: Mapping[str, Value]) -> None:
    try:
        expression = compile_expression(source, KINDS)
    except ExpressionTooLongError:
        return
    result = expression.evaluate(given_values, VISIT)
    try:
        assert result is by_python(source, given_values)
    except ZeroDivisionError:
        assert result in (True, False, None)


@given(conditions_without_null, values, st.sets(st.sampled_from(list(KINDS))), values)
def test_a_determined_result_does_not_depend_on_what_is_missing(
    source: str, given_values: dict[str, Value], hidden: set[str], others: dict[str, Value]
) -> None:
    try:
        expression = compile_expression(source, KINDS)
    except ExpressionTooLongError:
        return
    known = {name: value for name, value in given_values.items() if name not in hidden}
    result = expression.evaluate(known, VISIT)
    filled = expression.evaluate(others | known, VISIT)
    assert result is None or filled is None or filled is result


@given(dates, st.integers(-400, 400))
def test_days_until_and_since_are_opposites(day: date, distance: int) -> None:
    expression = compile_expression("days_until(day) == -days_since(day)", KINDS)
    assert expression.evaluate({"day": day + timedelta(days=distance)}, VISIT) is True
