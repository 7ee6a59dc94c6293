"""Cases on which other systems were tried or stumbled, told again with our laptops; each names its source.

Only what happens is retold. Commits: MerginMaps/geodiff 5449f6d, getodk/central-backend 4f5943d,
vlcn-io/cr-sqlite 891fe9e, opengisch/qfieldcloud 91aa976, actualbudget/actual 210e2a3.
"""

import itertools
from collections.abc import Iterator

import pytest

from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit
from tests.helpers.merge_oracle import all_entries, expected, picture_of
from tests.helpers.replicas import Replica, device_id, exchange_all, packed, send

FIRST = "0190f3a0-0000-7000-8000-000000000001"
SECOND = "0190f3a0-0000-7000-8000-000000000002"
THIRD = "0190f3a0-0000-7000-8000-000000000003"


@pytest.fixture
def laptops() -> Iterator[list[Replica]]:
    """Three laptops; the first has made two enterprises and everybody knows them."""
    made = [Replica(device_id(number)) for number in (1, 2, 3)]
    for one, other in itertools.permutations(made, 2):
        one.meet(other)
    keep(made[0], Enterprise(id=FIRST, name="枫树", note="原"), Enterprise(id=SECOND, name="橡树", note="原"))
    exchange_all(made)
    yield made
    for replica in made:
        replica.close()


def keep(replica: Replica, *records: Enterprise | Visit) -> None:
    """Insert and commit."""
    with replica.transaction() as uow:
        uow.insert(*records)
        uow.commit()


def edit(replica: Replica, row_id: str, **fields: object) -> None:
    """Write fields and commit."""
    with replica.transaction() as uow:
        uow.update(uow.get(Enterprise, row_id), **fields)
        uow.commit()


def delete(replica: Replica, row_id: str) -> None:
    """Remove and commit."""
    with replica.transaction() as uow:
        uow.delete(uow.get(Enterprise, row_id))
        uow.commit()


def names(replica: Replica) -> dict[str, str]:
    """Names on view."""
    return dict(replica.rows("SELECT id, name FROM enterprise"))


def losing(replica: Replica) -> list[object]:
    """Values that stand beside the shown ones."""
    return [row[0] for row in replica.rows("SELECT value FROM sync_conflict ORDER BY value")]


def agree(laptops: list[Replica]) -> None:
    """Everybody shows what the slow way finds."""
    wanted = expected(all_entries(laptops))
    assert [picture_of(replica) for replica in laptops] == [wanted] * len(laptops)


# geodiff/tests/test_concurrent_commits.cpp


def test_geodiff_2_inserts(laptops: list[Replica]) -> None:
    keep(laptops[0], Enterprise(id=THIRD, name="甲的"))
    keep(laptops[1], Enterprise(id=THIRD[:-1] + "4", name="乙的"))
    exchange_all(laptops)
    agree(laptops)
    assert sorted(names(laptops[2]).values()) == ["乙的", "枫树", "橡树", "甲的"]


def test_geodiff_2_edits_of_different_columns(laptops: list[Replica]) -> None:
    edit(laptops[0], FIRST, name="枫树改")
    edit(laptops[1], FIRST, note="注")
    exchange_all(laptops)
    agree(laptops)
    assert laptops[2].rows("SELECT name, note FROM enterprise WHERE id = ?", FIRST) == [("枫树改", "注")]
    assert losing(laptops[2]) == []


def test_geodiff_2_deletes_of_one_row(laptops: list[Replica]) -> None:
    delete(laptops[0], FIRST)
    delete(laptops[1], FIRST)
    exchange_all(laptops)
    agree(laptops)
    assert list(names(laptops[2])) == [SECOND]


@pytest.mark.parametrize("deleter", [0, 1])
def test_geodiff_delete_update_and_update_delete(laptops: list[Replica], deleter: int) -> None:
    """geodiff drops the edit; here it survives and the deletion is an open question on every laptop."""
    delete(laptops[deleter], FIRST)
    edit(laptops[1 - deleter], FIRST, name="仍在")
    exchange_all(laptops)
    agree(laptops)
    assert names(laptops[2])[FIRST] == "仍在"
    assert laptops[2].rows("SELECT row_id, cno FROM sync_conflict") == [(FIRST, 0)]


def test_geodiff_conflict_and_rebase_conflict(laptops: list[Replica]) -> None:
    """geodiff keeps the loser in a file beside the database; here it stands in the database of everybody."""
    edit(laptops[0], FIRST, name="枫树甲")
    edit(laptops[1], FIRST, name="枫树乙")
    exchange_all(laptops)
    agree(laptops)
    assert {names(laptops[2])[FIRST], *losing(laptops[2])} == {"枫树甲", "枫树乙"}


def test_geodiff_insert_multiple_with_text_keys(laptops: list[Replica]) -> None:
    """Its rebase cut text keys down to 32 bits: two rows became one."""
    made = [f"0190f3a0-{number:04x}-7000-8000-00000000abcd" for number in range(40)]
    for number, row_id in enumerate(made):
        keep(laptops[number % 2], Enterprise(id=row_id, name=f"{number}号"))
    exchange_all(laptops)
    agree(laptops)
    assert len(names(laptops[2])) == 42


# pygeodiff/tests/test_rebase_db_constraint.py


def test_geodiff_unique_constraint_violation(laptops: list[Replica]) -> None:
    """geodiff gives up; here both rows stay, to be merged by a person."""
    code = "91141128MA0K0K0K0X"
    keep(laptops[0], Enterprise(id=THIRD, name="桦", uscc=code))
    keep(laptops[1], Enterprise(id=THIRD[:-1] + "4", name="榉", uscc=code))
    exchange_all(laptops)
    agree(laptops)
    assert len(laptops[2].rows("SELECT id FROM enterprise WHERE uscc = ?", code)) == 2


def test_geodiff_the_same_id_made_twice(laptops: list[Replica]) -> None:
    keep(laptops[0], Enterprise(id=THIRD, name="桦", note="同"))
    keep(laptops[1], Enterprise(id=THIRD, name="榉", note="同"))
    exchange_all(laptops)
    agree(laptops)
    assert {names(laptops[2])[THIRD], *losing(laptops[2])} == {"桦", "榉"}


def test_geodiff_fkey_constraint_violation(laptops: list[Replica]) -> None:
    """A visit to an enterprise that is deleted meanwhile is not lost, and the enterprise can come back."""
    delete(laptops[0], FIRST)
    keep(laptops[1], Visit(id=THIRD, enterprise_id=FIRST))
    exchange_all(laptops)
    agree(laptops)
    assert laptops[2].rows("SELECT enterprise_id FROM visit") == [(FIRST,)]
    with laptops[2].transaction() as uow:
        uow.keep_row(Enterprise.entity, FIRST)
        uow.commit()
    exchange_all(laptops)
    agree(laptops)
    assert names(laptops[0])[FIRST] == "枫树"


# getodk/central-backend, test/integration/api/offline-entities.js


def test_odk_several_updates_of_one_branch_are_applied_in_order(laptops: list[Replica]) -> None:
    for name in ("一", "二", "三"):
        edit(laptops[0], FIRST, name=name)
    send(laptops[0], laptops[1])
    assert (names(laptops[1])[FIRST], losing(laptops[1])) == ("三", [])


def test_odk_a_branch_that_starts_with_a_create(laptops: list[Replica]) -> None:
    keep(laptops[0], Enterprise(id=THIRD, name="新"))
    edit(laptops[0], THIRD, name="新改")
    send(laptops[0], laptops[1])
    assert names(laptops[1])[THIRD] == "新改"


def test_odk_a_branch_with_an_interruption(laptops: list[Replica]) -> None:
    """Another label meanwhile is no conflict for the status; a field both wrote is one."""
    edit(laptops[0], FIRST, note="到达")
    send(laptops[0], laptops[1])
    edit(laptops[1], FIRST, name="改名")
    edit(laptops[0], FIRST, note="离开")
    exchange_all(laptops)
    agree(laptops)
    assert laptops[2].rows("SELECT name, note FROM enterprise WHERE id = ?", FIRST) == [("改名", "离开")]
    assert losing(laptops[2]) == []


def test_odk_an_update_that_comes_before_its_create_waits(laptops: list[Replica]) -> None:
    keep(laptops[0], Enterprise(id=THIRD, name="新"))
    send(laptops[0], laptops[1])
    edit(laptops[1], THIRD, name="先到")
    own = [item for item in laptops[1].lacking({}) if item.device == laptops[1].device]
    reception = laptops[2].receive(packed(own))
    assert reception.waiting == {laptops[1].device: "row"}
    assert THIRD not in names(laptops[2])
    send(laptops[0], laptops[2])
    assert names(laptops[2])[THIRD] == "先到"
    assert laptops[2].rows("SELECT waits_for FROM sync_vector WHERE waits_for <> ''") == []


def test_odk_a_branch_that_comes_in_backwards(laptops: list[Replica]) -> None:
    keep(laptops[0], Enterprise(id=THIRD, name="一"))
    for name in ("二", "三"):
        edit(laptops[0], THIRD, name=name)
    entries = packed(laptops[0].lacking(laptops[2].vector()))
    for entry in reversed(entries):
        laptops[2].receive([entry])
    assert names(laptops[2])[THIRD] == "三"
    assert laptops[2].rows("SELECT * FROM sync_pending") == []


def test_odk_what_was_held_is_not_applied_by_force(laptops: list[Replica]) -> None:
    """ODK applies a held update after some days; here it waits, by name, for what it stands on."""
    edit(laptops[0], FIRST, name="缺的")
    edit(laptops[0], FIRST, name="后来")
    late = packed(laptops[0].lacking(laptops[2].vector()))[1:]
    laptops[2].wall_ms += 30 * 24 * 3_600_000
    assert laptops[2].receive(late).held == 1
    assert names(laptops[2])[FIRST] == "枫树"
    assert laptops[2].rows("SELECT reason FROM sync_pending") == [("gap",)]


# opengisch/qfieldcloud, docker-app/qfieldcloud/core/tests/test_delta.py


def test_qfieldcloud_push_apply_delta_file_twice(laptops: list[Replica]) -> None:
    edit(laptops[0], FIRST, name="两次")
    entries = packed(laptops[0].lacking(laptops[1].vector()))
    laptops[1].receive(entries)
    again = laptops[1].receive([*entries, *entries])
    assert (again.stored, again.known, names(laptops[1])[FIRST]) == (0, 2, "两次")


def test_qfieldcloud_conflicts_keep_both_instead_of_overwriting(laptops: list[Replica]) -> None:
    edit(laptops[0], FIRST, name="云上")
    edit(laptops[1], FIRST, name="手上")
    send(laptops[1], laptops[0])
    assert {names(laptops[0])[FIRST], *losing(laptops[0])} == {"云上", "手上"}


def test_qfieldcloud_change_and_delete_of_a_row_that_only_one_knows(laptops: list[Replica]) -> None:
    keep(laptops[0], Enterprise(id=THIRD, name="短命"))
    edit(laptops[0], THIRD, name="改过")
    delete(laptops[0], THIRD)
    exchange_all(laptops)
    agree(laptops)
    assert THIRD not in names(laptops[2])


# vlcn-io/cr-sqlite, py/correctness/tests


def test_crsqlite_resurrection_of_a_live_row(laptops: list[Replica]) -> None:
    """test_cl_merging.py: deleted and made again on one laptop, alive on the other all the time."""
    delete(laptops[0], FIRST)
    keep(laptops[0], Enterprise(id=FIRST, name="重来"))
    send(laptops[0], laptops[1])
    assert names(laptops[1])[FIRST] == "重来"
    exchange_all(laptops)
    agree(laptops)


def test_crsqlite_resurrection_of_a_dead_row(laptops: list[Replica]) -> None:
    delete(laptops[0], FIRST)
    exchange_all(laptops)
    keep(laptops[0], Enterprise(id=FIRST, name="重来"))
    exchange_all(laptops)
    agree(laptops)
    assert names(laptops[2])[FIRST] == "重来"


def test_crsqlite_report_from_corrosion(laptops: list[Replica]) -> None:
    """test_discord_report_corrosion: a delete, then later updates, and the insert between them last."""
    delete(laptops[0], FIRST)
    exchange_all(laptops)
    keep(laptops[0], Enterprise(id=FIRST, name="b1", note="c1"))
    edit(laptops[0], FIRST, name="b2", note="c2")
    between, updates = packed(laptops[0].lacking(laptops[1].vector()))
    assert laptops[1].receive([updates]).applied == 0
    laptops[1].receive([between])
    send(laptops[0], laptops[2])
    agree(laptops)
    assert laptops[1].rows("SELECT name, note FROM enterprise WHERE id = ?", FIRST) == [("b2", "c2")]


def test_crsqlite_merge_same_value_is_no_conflict(laptops: list[Replica]) -> None:
    """test_sync.py, test_merge_same and test_merge_matching_clocks_lesser_value."""
    edit(laptops[0], FIRST, name="同")
    edit(laptops[1], FIRST, name="同")
    exchange_all(laptops)
    agree(laptops)
    assert losing(laptops[2]) == []


def test_crsqlite_sync_bit_nothing_received_is_captured(laptops: list[Replica]) -> None:
    """test_sync_bit.py: receiving writes no change of one's own."""
    edit(laptops[0], FIRST, name="改")
    before = laptops[1].vector().get(laptops[1].device)
    send(laptops[0], laptops[1])
    with laptops[1].transaction() as uow:
        uow.commit()
    assert laptops[1].vector().get(laptops[1].device) == before


# actualbudget/actual, packages/loot-core/src/server/sync/adversarial.test.ts


def test_actual_the_very_same_message_twice_leaves_one(laptops: list[Replica]) -> None:
    edit(laptops[0], FIRST, name="一次")
    [entry] = packed(laptops[0].lacking(laptops[1].vector()))
    laptops[1].receive([entry, entry])
    assert laptops[1].rows("SELECT count(*) FROM sync_head WHERE row_id = ?", FIRST) == [(1,)]


def test_actual_an_older_message_that_comes_late_takes_nothing_back(laptops: list[Replica]) -> None:
    edit(laptops[0], FIRST, name="旧")
    send(laptops[0], laptops[1])
    edit(laptops[1], FIRST, name="新")
    send(laptops[1], laptops[2])
    send(laptops[0], laptops[2])
    assert (names(laptops[2])[FIRST], losing(laptops[2])) == ("新", [])


@pytest.mark.parametrize("wrong_ms", [365 * 86_400_000, -10 * 365 * 86_400_000])
def test_actual_a_clock_years_off_neither_stops_nor_overwrites(laptops: list[Replica], wrong_ms: int) -> None:
    """Clock drift stops Actual's sync without an explanation."""
    laptops[0].wall_ms += wrong_ms
    edit(laptops[0], FIRST, name="错钟")
    exchange_all(laptops)
    edit(laptops[1], FIRST, name="准钟")
    exchange_all(laptops)
    agree(laptops)
    assert (names(laptops[0])[FIRST], losing(laptops[0])) == ("准钟", [])
    [(hlc,)] = laptops[1].rows("SELECT hlc FROM sync_self")
    assert hlc >> 16 <= laptops[1].wall_ms + 300_000
