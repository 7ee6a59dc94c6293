"""Which role may read which record and field at all: every cell follows from the permission matrix."""

import pytest

from fangshan_desk.domain.changesets import DELETE, INSERT, UPDATE, FieldChange, RowChange
from fangshan_desk.domain.disclosure import (
    ENTITY_SCOPES,
    FIELD_SCOPES,
    UNKNOWN_READERS,
    leaf_readers,
    parts_of,
    readers,
)
from fangshan_desk.domain.records.catalogue import BY_NAME
from fangshan_desk.domain.rights import MATRIX, Detail, Right, Role

EVERYBODY = frozenset(Role)
BUREAU = frozenset({Role.HRSS, Role.HRSS_LEAD})
ADVISERS = frozenset({Role.GUIDE, Role.COORD})


def change(entity: str, kind: int = INSERT, **values: str | int) -> RowChange:
    """A change of one row."""
    names = BY_NAME[entity].by_name
    fields = tuple(FieldChange(names[name].number, value, ()) for name, value in values.items())
    return RowChange(kind, BY_NAME[entity].number, "row", fields)


def test_every_entity_has_its_place() -> None:
    assert ENTITY_SCOPES.keys() == BY_NAME.keys()
    assert all(name in BY_NAME[entity].by_name for entity, name in FIELD_SCOPES)


@pytest.mark.parametrize("entity", sorted(BY_NAME))
@pytest.mark.parametrize("role", list(Role))
def test_who_has_no_right_to_a_measure_reads_none_of_its_records(entity: str, role: Role) -> None:
    scope = ENTITY_SCOPES[entity]
    if scope is None:
        assert role in readers(scope)
    else:
        cell = MATRIX[scope.measure][role]
        may = cell.right is not Right.NONE and cell.detail in {Detail.FULL, scope.detail}
        assert (role in leaf_readers(change(entity))) == may


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (change("shared_fact", source="tax"), BUREAU | {Role.INSPECTOR}),
        (change("enterprise", name="甲公司"), EVERYBODY),
        (change("enterprise", name="甲公司", risk_level="unrated"), EVERYBODY),
        (change("enterprise", name="甲公司", risk_level="red"), EVERYBODY - ADVISERS),
        (change("enterprise", UPDATE, risk_level="unrated"), EVERYBODY - ADVISERS),
        (change("enterprise", UPDATE, risk_score=7), EVERYBODY - ADVISERS - {Role.FIC}),
        (change("enterprise", UPDATE, name="x", risk_score=7), EVERYBODY - ADVISERS - {Role.FIC}),
        (change("enterprise", DELETE, risk_score=0), EVERYBODY),
        (change("risk_assessment", level="red"), EVERYBODY - ADVISERS),
        (change("risk_assessment", level="red", inputs="{}"), BUREAU | {Role.INSPECTOR}),
        (change("risk_assessment", reasons="[1]"), BUREAU | {Role.INSPECTOR}),
        (change("negotiation", state="offered"), EVERYBODY - {Role.INSPECTOR}),
        (change("attachment", subject="negotiation"), EVERYBODY - {Role.INSPECTOR}),
        (change("transition", subject="visit"), EVERYBODY),
        (change("transition", subject="of a newer desk"), EVERYBODY),
        (RowChange(INSERT, 7777, "row", ()), UNKNOWN_READERS),
    ],
)
def test_a_leaf_is_for_those_who_may_read_all_of_it(leaf: RowChange, expected: frozenset[Role]) -> None:
    assert leaf_readers(leaf) == expected


def test_a_change_is_cut_where_its_readers_differ() -> None:
    grade = change("risk_assessment", level="red", score=7, inputs="{}", reasons="[1]")
    parts = parts_of(grade)
    columns = BY_NAME["risk_assessment"].by_name
    assert [[field.column for field in part.fields] for part in parts] == [
        [columns["level"].number],
        [columns["score"].number],
        [columns["inputs"].number, columns["reasons"].number],
    ]
    assert {part.kind for part in parts} == {INSERT}


def test_an_insert_keeps_a_part_that_makes_the_row() -> None:
    parts = parts_of(change("risk_assessment", inputs="{}"))
    assert [len(part.fields) for part in parts] == [0, 1]
    assert [len(part.fields) for part in parts_of(change("risk_assessment", UPDATE, inputs="{}"))] == [1]


@pytest.mark.parametrize(
    "whole",
    [
        change("enterprise", name="甲公司", risk_level="unrated"),
        change("enterprise", DELETE, risk_score=0),
        RowChange(INSERT, 7777, "row", (FieldChange(1, "x", ()),)),
    ],
)
def test_what_has_one_circle_of_readers_stays_whole(whole: RowChange) -> None:
    assert parts_of(whole) == (whole,)
