"""The merge rule, one row at a time."""

import itertools
from collections.abc import Sequence

import pytest

from fangshan_desk.domain.changesets import (
    AS_CREATED,
    DELETE,
    INSERT,
    ROW_ITSELF,
    UPDATE,
    FieldChange,
    RowChange,
    Stored,
    Version,
)
from fangshan_desk.domain.merging import (
    Existence,
    RowState,
    Standing,
    as_parents,
    created_version,
    standing,
)
from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.states.steps import transition_allowed
from fangshan_desk.sync.merge import Merge

ROW = "0190f3a0-0000-7000-8000-000000000001"
NAME, NOTE = 1, 21
Change = tuple[RowChange, Version]


def at(hlc: int, device: int = 1) -> Version:
    """The version of a laptop."""
    return Version(hlc, bytes([device]) * 16)


def created(version: Version, **values: Stored) -> Change:
    """The row is made."""
    numbers = {"name": NAME, "note": NOTE}
    fields = tuple(FieldChange(numbers[name], value, ()) for name, value in values.items())
    return RowChange(INSERT, 10, ROW, fields), version


def edited(version: Version, value: Stored, *parents: Version, column: int = NOTE) -> Change:
    """One field is written."""
    return RowChange(UPDATE, 10, ROW, (FieldChange(column, value, parents),)), version


def deleted(version: Version, *seen: Version, answered: Sequence[Version] = ()) -> Change:
    """The row goes; ``seen`` are versions of the note."""
    fields = [FieldChange(NOTE, None, seen)] if seen else []
    fields += [FieldChange(ROW_ITSELF, None, tuple(answered))] if answered else []
    return RowChange(DELETE, 10, ROW, tuple(fields)), version


def rescued(version: Version, *deletes: Version) -> Change:
    """The row stays."""
    return RowChange(UPDATE, 10, ROW, (FieldChange(ROW_ITSELF, 1, deletes),)), version


def merged(*changes: Change) -> RowState:
    """The row after these, in this order."""
    state = RowState()
    for change, version in changes:
        Merge().take(state, change, version)
    return state


def facts(state: RowState) -> object:
    """Everything that must be equal everywhere."""
    filled = {column: value for column, value in state.written.items() if value is not None}
    return filled, state.heads, state.losing, dict(state.existence), state.is_there


BASE = created(at(1), name="甲", note="原")


def test_a_new_row_has_no_versions_of_its_fields() -> None:
    state = merged(BASE)
    assert (state.value(NOTE), state.heads, state.is_there) == ("原", {}, True)


def test_an_edit_that_names_what_is_there_replaces_it() -> None:
    state = merged(BASE, edited(at(2), "二"), edited(at(3), "三", at(2)))
    assert (state.value(NOTE), state.heads, state.losing) == ("三", {NOTE: (at(3),)}, {})


def test_a_later_clock_does_not_matter_when_the_parent_is_named() -> None:
    state = merged(BASE, edited(at(900), "前"), edited(at(5, 2), "后", at(900)))
    assert (state.value(NOTE), state.losing) == ("后", {})


def test_two_edits_of_one_value_stand_beside_each_other() -> None:
    state = merged(BASE, edited(at(2), "甲写"), edited(at(3, 2), "乙写"))
    assert state.value(NOTE) == "乙写"
    assert state.losing == {NOTE: {at(2): "甲写"}}


def test_equal_clocks_are_ordered_by_the_laptops_id() -> None:
    state = merged(BASE, edited(at(2, 9), "大"), edited(at(2, 3), "小"))
    assert (state.value(NOTE), state.losing) == ("大", {NOTE: {at(2, 3): "小"}})


def test_equal_values_are_no_conflict_but_both_versions_count() -> None:
    state = merged(BASE, edited(at(2), "同"), edited(at(3, 2), "同"))
    assert (state.losing, state.heads) == ({}, {NOTE: (at(2), at(3, 2))})
    after = merged(BASE, edited(at(2), "同"), edited(at(3, 2), "同"), edited(at(4, 2), "异", at(3, 2)))
    assert after.losing == {NOTE: {at(2): "同"}}


def test_an_integer_and_a_float_are_two_values() -> None:
    assert merged(BASE, edited(at(2), 1), edited(at(3, 2), 1.0)).losing == {NOTE: {at(2): 1}}


def test_an_ordinary_edit_leaves_the_conflict_open_and_a_decision_closes_it() -> None:
    open_ = (BASE, edited(at(2), "甲写"), edited(at(3, 2), "乙写"))
    ordinary = merged(*open_, edited(at(4), "再写", at(3, 2)))
    assert (ordinary.value(NOTE), ordinary.losing) == ("再写", {NOTE: {at(2): "甲写"}})
    decided = merged(*open_, edited(at(4), "甲写", at(2), at(3, 2)))
    assert (decided.value(NOTE), decided.losing, decided.heads) == ("甲写", {}, {NOTE: (at(4),)})


def test_different_fields_do_not_meet() -> None:
    state = merged(BASE, edited(at(2), "甲写"), edited(at(3, 2), "乙名", column=NAME))
    assert (state.value(NOTE), state.value(NAME), state.losing) == ("甲写", "乙名", {})


def test_a_delete_that_has_seen_everything_takes_effect() -> None:
    assert merged(BASE, deleted(at(2, 2))).is_there is False
    assert merged(BASE, edited(at(2), "改"), deleted(at(3, 2), at(2))).is_there is False


def test_an_edit_survives_a_delete_that_had_not_seen_it_whichever_comes_first() -> None:
    edit, delete = edited(at(2), "改"), deleted(at(3, 2))
    for state in (merged(BASE, edit, delete), merged(BASE, delete, edit)):
        assert (state.is_there, state.value(NOTE)) == (True, "改")
        assert state.existence == {at(3, 2): Existence.OVERRULED}


def test_a_decision_counts_as_an_edit_the_delete_had_not_seen() -> None:
    changes = (BASE, edited(at(2), "一"), edited(at(3, 2), "二"), edited(at(4), "一", at(2), at(3, 2)))
    assert merged(*changes, deleted(at(5, 2), at(2), at(3, 2))).is_there is True


def test_a_delete_that_names_an_overruled_one_answers_it() -> None:
    state = merged(BASE, edited(at(2), "改"), deleted(at(3, 2)), deleted(at(4), at(2), answered=[at(3, 2)]))
    assert (state.is_there, state.existence) == (False, {at(4): Existence.DELETED})


def test_a_rescue_brings_a_row_back_and_answers_the_delete() -> None:
    state = merged(BASE, deleted(at(2, 2)), rescued(at(3), at(2, 2)))
    assert (state.is_there, state.existence) == (True, {at(3): Existence.KEPT})


def test_a_delete_the_rescuer_had_not_seen_stays_open() -> None:
    state = merged(BASE, deleted(at(2, 2)), rescued(at(3), at(2, 2)), deleted(at(4, 3)))
    assert state.is_there is True
    assert state.existence == {at(3): Existence.KEPT, at(4, 3): Existence.DELETED}


def test_two_inserts_of_one_id_merge_field_by_field() -> None:
    state = merged(BASE, created(at(2, 2), name="甲", note="别"))
    first, second = created_version("原"), created_version("别")
    assert state.value(NOTE) == {first: "原", second: "别"}[max(first, second)]
    assert list(state.losing) == [NOTE]
    assert state.heads[NOTE] == tuple(sorted((first, second)))


def test_an_insert_that_says_nothing_of_a_field_takes_nothing_away() -> None:
    for order in itertools.permutations((created(at(1), name="甲"), BASE)):
        state = merged(*order)
        assert (state.value(NOTE), state.losing) == ("原", {})


def test_a_third_insert_stands_beside_the_others() -> None:
    state = merged(BASE, created(at(2, 2), note="别"), created(at(3, 3), note="第三"))
    assert len(state.heads[NOTE]) == 3


def test_an_edit_as_created_replaces_every_created_value_before_or_after() -> None:
    other, edit = created(at(2, 2), name="甲", note="别"), edited(at(3), "改")
    for order in ((BASE, other, edit), (BASE, edit, other), (other, edit, BASE)):
        state = merged(*order)
        assert (state.value(NOTE), state.heads, state.losing) == ("改", {NOTE: (at(3),)}, {})


def test_an_edit_that_names_what_never_was_leaves_the_created_value_beside_it() -> None:
    state = merged(BASE, edited(at(5), "改", at(3, 7)))
    assert state.losing == {NOTE: {created_version("原"): "原"}}
    decided = merged(BASE, edited(at(5), "改", at(3, 7)), edited(at(6), "定", AS_CREATED, at(5)))
    assert (decided.value(NOTE), decided.losing) == ("定", {})


def test_a_column_this_program_does_not_know_is_merged_like_any_other() -> None:
    state = merged(BASE, edited(at(2), "新", column=999), edited(at(3, 2), "更新", column=999))
    assert state.losing == {999: {at(2): "新"}}


def test_what_parents_say_about_created_values() -> None:
    made = created_version("x")
    assert as_parents([made]) == ()
    assert as_parents([at(2)]) == (at(2),)
    assert as_parents([made, at(2)]) == (AS_CREATED, at(2))


CONCURRENT = (
    edited(at(2), "一"),
    edited(at(3, 2), "二"),
    edited(at(2, 3), "一"),
    deleted(at(4, 4)),
    created(at(9, 5), name="甲", note="别"),
    edited(at(7, 6), "名", column=NAME),
)


def test_concurrent_changes_give_the_same_row_in_every_order() -> None:
    results = [facts(merged(BASE, *order)) for order in itertools.permutations(CONCURRENT)]
    assert all(result == results[0] for result in results)


def test_changes_grouped_otherwise_give_the_same_row() -> None:
    later = edited(at(8), "三", at(2), at(3, 2))
    orders = [
        (BASE, CONCURRENT[0], CONCURRENT[1], later, *CONCURRENT[2:]),
        (CONCURRENT[4], CONCURRENT[1], CONCURRENT[5], CONCURRENT[0], later, BASE, *CONCURRENT[2:4]),
        (BASE, *CONCURRENT, later),
    ]
    results = [facts(merged(*order)) for order in orders]
    assert results[0] == results[1] == results[2]


STATE = RectificationItem.entity.number, RectificationItem.entity.column("state").number


@pytest.mark.parametrize(
    ("losing", "shown", "who"),
    [
        ("overdue", "reported", Standing.SETTLED),
        ("reported", "overdue", Standing.LEAD_BODY),
        ("verified", "open", Standing.LEAD_BODY),
    ],
)
def test_a_step_the_workflow_forbids_is_for_the_lead_body(losing: str, shown: str, who: Standing) -> None:
    assert standing(transition_allowed, *STATE, losing=losing, shown=shown) is who


def test_a_field_that_is_no_state_is_open_to_anybody() -> None:
    assert standing(transition_allowed, 10, NOTE, losing="a", shown="b") is Standing.OPEN
    assert standing(None, *STATE, losing="verified", shown="open") is Standing.OPEN
