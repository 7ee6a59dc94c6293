"""Whether a stored value that came from elsewhere can stand in its column and be read back."""

import itertools
import json
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

from fangshan_desk.domain.changesets import Stored
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.declaring import Column, Kind
from fangshan_desk.domain.records.validating import FORBIDDEN, JSON_LIMIT, LARGEST

Test = Callable[[Stored], bool]
# Whoever reads a value walks through it with one call a level.
_DEEPEST_JSON = 100


@cache
def storable_tests(table: int) -> Mapping[int, Test]:
    """Tests by column number; a column or table this program does not know has none."""
    entity = BY_NUMBER.get(table)
    return {} if entity is None else {column.number: _TESTS[column.kind](column) for column in entity.columns}


def is_storable(table: int, column: int, value: Stored) -> bool:
    """An empty field always is: a row may lack what this program requires."""
    test = storable_tests(table).get(column)
    return test is not None and (value is None or test(value))


def _text_test(column: Column) -> Test:
    longest, search = column.max_length, FORBIDDEN.search
    return lambda value: type(value) is str and len(value) <= longest and not search(value)


def _number_test(column: Column) -> Test:
    smallest = -LARGEST if column.minimum is None else column.minimum
    return lambda value: type(value) is int and smallest <= value <= LARGEST


def _boolean_test(_column: Column) -> Test:
    return lambda value: type(value) is int and value in (0, 1)


def _choice_test(column: Column) -> Test:
    known = frozenset(member.value for member in column.python_type)
    return lambda value: value in known


def _date_test(_column: Column) -> Test:
    return lambda value: type(value) is str and len(value) == 10 and _is_read(date.fromisoformat, value)


def _moment_test(_column: Column) -> Test:
    return lambda value: type(value) is str and len(value) <= 40 and _is_read(_aware_moment, value)


def _aware_moment(value: str) -> None:
    if datetime.fromisoformat(value).tzinfo is None:
        raise ValueError(value)


def _json_test(column: Column) -> Test:
    opening = "[" if typing.get_origin(column.python_type) is tuple else "{"
    return lambda value: (
        type(value) is str
        and value[:1] == opening
        and len(value) <= JSON_LIMIT
        and not FORBIDDEN.search(value)
        and _is_read(_shallow_json, value)
    )


def _shallow_json(text: str) -> None:
    level: list[object] = [json.loads(text)]
    for _ in range(_DEEPEST_JSON):
        lists = [item for item in level if isinstance(item, list)]
        objects = [item.values() for item in level if isinstance(item, dict)]
        level = list(itertools.chain.from_iterable([*lists, *objects]))
        if not level:
            return
    raise ValueError("deep")


def _is_read(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except (ValueError, RecursionError):
        return False
    return True


_TESTS: Mapping[Kind, Callable[[Column], Test]] = {
    Kind.TEXT: _text_test,
    Kind.INTEGER: _number_test,
    Kind.BOOLEAN: _boolean_test,
    Kind.CHOICE: _choice_test,
    Kind.DATE: _date_test,
    Kind.MOMENT: _moment_test,
    Kind.JSON: _json_test,
}
