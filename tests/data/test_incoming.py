"""Taking change-sets into a real file: all or nothing, what is bad is set aside, what is new is kept."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fangshan_desk.data import incoming
from fangshan_desk.data.enterprise_search import EnterpriseSearch
from fangshan_desk.data.outgoing import OutgoingReader
from fangshan_desk.domain.changesets import DELETE, RowChange, Version
from fangshan_desk.domain.exchange import MassRetractionError, Reception
from fangshan_desk.domain.merging import RowState
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.sync.changeset import encode_leaf
from fangshan_desk.sync.merge import Merge
from fangshan_desk.sync.opening import open_entry, pack_entry, unpack_entry
from tests.helpers.leaves import NOTE, edit, ids, names, new
from tests.helpers.replicas import FileReplica, Ghost, Replica, check_of, device_id, packed, send


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FileReplica]:
    """A laptop with its file, which knows one other laptop's key."""
    with FileReplica(device_id(1), folder=tmp_path / "one") as made:
        made.meet(Ghost(2), Ghost(3))
        yield made


@pytest.fixture
def ghost() -> Ghost:
    """The other laptop."""
    return Ghost(2)


def reasons(desk: Replica) -> list[str]:
    """Why something is held or set aside."""
    return [row[0] for row in desk.rows("SELECT reason FROM sync_pending ORDER BY number")]


def everything(desk: Replica) -> list[object]:
    """All that a refusal must leave alone."""
    tables = ["enterprise", "sync_changeset", "sync_vector", "sync_head", "sync_conflict", "sync_pending"]
    return [desk.rows(f"SELECT * FROM {table}") for table in (*tables, "sync_self", "sync_parked")]


def test_what_comes_in_is_there_with_its_chain_and_what_it_changed(desk: FileReplica, ghost: Ghost) -> None:
    reception = desk.receive([ghost.seal(new(1, "甲")), ghost.seal(edit(1, NOTE, "改"))])
    assert (reception.stored, reception.applied, reception.waiting) == (2, 2, {})
    assert reception.changes.ids == {"enterprise": frozenset({ids[1]})}
    assert desk.rows("SELECT name, note FROM enterprise") == [("甲", "改")]
    assert desk.vector() == {ghost.device: 2}


def test_a_conflict_is_told_with_its_place(desk: FileReplica, ghost: Ghost) -> None:
    desk.receive([ghost.seal(new(1))])
    with desk.transaction() as uow:
        uow.update(uow.get(Enterprise, ids[1]), note="本机")
        uow.commit()
    reception = desk.receive([ghost.seal(edit(1, NOTE, "他机"))])
    assert reception.opened == ((10, ids[1], NOTE),)


class _BreaksLate(Merge):
    """Fails at the third change."""

    def __init__(self) -> None:
        self._count = 0

    def take(self, state: RowState, change: RowChange, version: Version) -> None:
        self._count += 1
        if self._count == 3:
            raise RuntimeError("power")
        super().take(state, change, version)


def test_a_failure_half_way_leaves_nothing_and_capture_goes_on(desk: FileReplica, ghost: Ghost) -> None:
    entries = [ghost.seal(new(1)), ghost.seal(new(2)), ghost.seal(new(3))]
    before = everything(desk)
    desk.tools = incoming.Tools(desk.tools.reader, _BreaksLate())
    with pytest.raises(RuntimeError):
        desk.receive(entries)
    assert everything(desk) == before
    with desk.transaction() as uow:
        uow.insert(Enterprise(id=ids[9], name="本机"))
        uow.commit()
    assert desk.journal.head.sequence == 1
    desk.tools = incoming.Tools(desk.tools.reader, Merge())
    assert desk.receive(entries).applied == 3


def test_a_caught_failure_leaves_the_transaction_usable(desk: FileReplica, ghost: Ghost) -> None:
    entries = [ghost.seal(new(1)), ghost.seal(new(2)), ghost.seal(new(3))]
    good = desk.tools
    desk.tools = incoming.Tools(desk.tools.reader, _BreaksLate())
    with desk.transaction() as uow:
        with pytest.raises(RuntimeError):
            uow.receive(_opened(entries), desk.tools, moment=desk.moment)
        uow.receive(_opened(entries[:1]), good, moment=desk.moment)
        uow.commit()
    assert (names(desk), desk.vector()) == (["新"], {ghost.device: 1})


def _opened(entries: list[bytes]) -> list[incoming.Arrival]:
    return [open_entry(data, check_of=check_of) for data in entries]


def _flipped(data: bytes, place: int) -> bytes:
    entry = list(unpack_entry(data))
    entry[place] = bytes([*entry[place][:-1], entry[place][-1] ^ 1])
    return pack_entry(type(unpack_entry(data))(*entry))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data[:-5], "unreadable"),
        (lambda data: b"<html>login</html>", "unreadable"),
        (lambda data: _flipped(data, 1), "signature"),
        (lambda data: _flipped(data, 2), "content"),
        (lambda data: _flipped(data, 3), "content"),
        (lambda data: Ghost(3).sign(data), "signature"),
        (lambda data: Ghost(9).seal(new(5)), "unknown-device"),
    ],
)
def test_what_proves_nothing_is_set_aside_and_blocks_nothing_else(
    desk: FileReplica, ghost: Ghost, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    good = ghost.seal(new(1, "甲"))
    other = Ghost(3).seal(new(2, "旁人"))
    reception = desk.receive([spoil(good), other])
    assert [item.reason for item in reception.quarantined] == [reason]
    assert (reasons(desk), names(desk)) == ([reason], ["旁人"])
    assert desk.receive([good]).applied == 1
    assert names(desk) == ["甲", "旁人"]


def test_a_good_copy_takes_the_place_of_the_forged_one(desk: FileReplica, ghost: Ghost) -> None:
    good = ghost.seal(new(1))
    desk.receive([_flipped(good, 3)])
    assert reasons(desk) == ["content"]
    desk.receive([good])
    assert reasons(desk) == []


def test_a_forged_copy_does_not_keep_a_good_one_from_being_held(desk: FileReplica, ghost: Ghost) -> None:
    first, second = ghost.seal(new(1)), ghost.seal(new(2))
    desk.receive([_flipped(second, 3)])
    desk.receive([second])
    assert reasons(desk) == ["gap"]
    assert desk.receive([first]).applied == 2


def test_entries_out_of_reach_are_held_until_the_gap_closes(desk: FileReplica, ghost: Ghost) -> None:
    first, second, third = (ghost.seal(new(number)) for number in (1, 2, 3))
    assert desk.receive([third, second]).held == 2
    assert reasons(desk) == ["gap", "gap"]
    reception = desk.receive([first])
    assert (reception.stored, reception.applied, reasons(desk)) == (3, 3, [])


def test_the_same_sequence_with_another_content_is_a_fork(desk: FileReplica, ghost: Ghost) -> None:
    twin = Ghost(2)
    desk.receive([ghost.seal(new(1, "一")), ghost.seal(new(2, "二"))])
    twin.seal(new(1, "一"))
    reception = desk.receive([twin.seal(new(2, "另"))])
    assert [(item.reason, item.sequence) for item in reception.quarantined] == [("fork", 2)]
    assert names(desk) == ["一", "二"]


def test_a_link_that_does_not_fit_is_a_fork_and_others_go_on(desk: FileReplica, ghost: Ghost) -> None:
    twin = Ghost(2)
    desk.receive([ghost.seal(new(1, "一"))])
    twin.seal(new(1, "另一"))
    reception = desk.receive([twin.seal(new(2)), Ghost(3).seal(new(3, "旁人"))])
    assert [item.reason for item in reception.quarantined] == ["fork"]
    assert names(desk) == ["一", "旁人"]


def test_a_clock_that_does_not_rise_is_set_aside(desk: FileReplica, ghost: Ghost) -> None:
    first = ghost.seal(new(1))
    clock = ghost.head.hlc
    second = ghost.sign(ghost.seal(new(2)), hlc=clock)
    assert [item.reason for item in desk.receive([first, second]).quarantined] == ["clock"]
    assert desk.vector() == {ghost.device: 1}


def test_entries_of_ones_own_that_one_does_not_know_tell_of_a_restored_file(desk: FileReplica) -> None:
    reception = desk.receive([Ghost(1).seal(new(1))])
    assert (reception.is_restored, reception.applied, reasons(desk)) == (True, 0, ["own-future"])


def test_ones_own_entries_coming_back_are_known(desk: FileReplica) -> None:
    with desk.transaction() as uow:
        uow.insert(Enterprise(id=ids[1], name="本机"))
        uow.commit()
    assert desk.receive(packed(desk.lacking({}))).known == 1


def test_an_unreadable_leaf_is_set_aside_and_the_others_go_on(desk: FileReplica, ghost: Ghost) -> None:
    sound = [encode_leaf(new(1, "甲")), encode_leaf(new(2, "乙"))]
    entry = ghost.sign(ghost.seal(new(1)), [sound[0], b"\xc1", b"\x94\x0a\x07\xc4\x00\x90", sound[1]])
    reception = desk.receive([entry, ghost.seal(new(3, "丙"))])
    assert [item.reason for item in reception.quarantined] == ["leaf", "leaf"]
    assert (names(desk), desk.vector()) == (["甲", "乙", "丙"], {ghost.device: 2})
    assert desk.rows("SELECT leaf FROM sync_pending ORDER BY leaf") == [(1,), (2,)]


def test_an_entry_for_newer_programs_is_kept_and_passed_on_but_not_applied(
    desk: FileReplica, ghost: Ghost
) -> None:
    newer = ghost.sign(ghost.seal(new(1)), [b"future"], oldest_reader=2)
    reception = desk.receive([newer, ghost.seal(new(2))])
    assert reception.waiting == {ghost.device: "newer"}
    assert (reception.stored, reception.applied, names(desk)) == (2, 0, [])
    assert packed(desk.lacking({}))[0] == newer


@pytest.mark.parametrize("count", [3, 9])
def test_a_transaction_in_parts_is_applied_when_all_of_them_are_there(
    desk: FileReplica, ghost: Ghost, count: int
) -> None:
    parts = [ghost.seal(new(number), number=number, count=count, name=b"t" * 16) for number in range(count)]
    for part in parts[:-1]:
        assert desk.receive([part]).waiting == {ghost.device: "part"}
        assert names(desk) == []
    assert desk.receive(parts[-1:]).applied == count
    assert len(names(desk)) == count


@pytest.mark.parametrize("count", [2, 9])
def test_a_transaction_in_parts_waits_for_what_one_of_them_stands_on(
    desk: FileReplica, ghost: Ghost, count: int
) -> None:
    maker = Ghost(3)
    made = maker.seal(new(99, "前提"))
    rows = [new(number) for number in range(count - 1)] + [edit(99, NOTE, "改")]
    parts = [ghost.seal(row, number=number, count=count) for number, row in enumerate(rows)]
    assert desk.receive(parts).waiting == {ghost.device: "row"}
    assert names(desk) == []
    assert desk.receive([made]).applied == count + 1
    assert len(names(desk)) == count


def test_an_import_of_five_thousand_rows_arrives_whole(desk: FileReplica, tmp_path: Path) -> None:
    with FileReplica(device_id(2), folder=tmp_path / "two") as source:
        with source.transaction() as uow:
            uow.insert_checked([Enterprise(id=row_id, name=f"{row_id[-4:]}号") for row_id in ids[:5000]])
            uow.commit()
        entries = packed(source.lacking({}))
        assert len(entries) == 3
        assert desk.receive(entries[:2]).applied == 0
        assert desk.receive(entries[2:]).applied == 3
        assert desk.rows("SELECT count(*) FROM enterprise") == [(5000,)]
        assert desk.rows("SELECT * FROM sync_head") == []


def test_parts_that_do_not_follow_one_another_are_set_aside(desk: FileReplica, ghost: Ghost) -> None:
    stray = ghost.seal(new(1), number=1, count=2)
    first = ghost.seal(new(2), number=0, count=2, name=b"a" * 16)
    other = ghost.seal(new(3), number=1, count=2, name=b"b" * 16)
    reception = desk.receive([stray, first, other, ghost.seal(new(4, "后"))])
    assert [item.reason for item in reception.quarantined] == ["parts", "parts", "parts"]
    assert names(desk) == ["后"]


def test_an_edit_waits_for_the_version_it_names(desk: FileReplica, ghost: Ghost) -> None:
    other = Ghost(3)
    made, written = ghost.seal(new(1, "甲")), ghost.seal(edit(1, NOTE, "一"))
    late = other.seal(edit(1, NOTE, "二", ghost.version))
    assert desk.receive([made, late]).waiting == {other.device: "parent"}
    assert desk.receive([written]).waiting == {}
    assert desk.rows("SELECT note FROM enterprise") == [("二",)]
    assert desk.rows("SELECT * FROM sync_conflict") == []


def _many(desk: FileReplica, ghost: Ghost, count: int) -> list[bytes]:
    desk.receive([ghost.seal(*(new(number) for number in range(count)))])
    return [ghost.seal(*(RowChange(DELETE, 10, ids[number]) for number in range(count)))]


def test_taking_away_very_much_asks_first_and_changes_nothing(desk: FileReplica, ghost: Ghost) -> None:
    deletes = _many(desk, ghost, 30)
    before = everything(desk)
    with pytest.raises(MassRetractionError) as caught:
        desk.receive(deletes)
    assert caught.value.values == {"count": 30, "visible": 30}
    assert everything(desk) == before
    assert desk.receive(deletes, may_retract=True).retracted == 30


def test_taking_away_a_few_does_not_ask(desk: FileReplica, ghost: Ghost) -> None:
    assert desk.receive(_many(desk, ghost, 20)).retracted == 20


def test_taking_away_a_small_share_does_not_ask(desk: FileReplica, ghost: Ghost) -> None:
    desk.receive([ghost.seal(*(new(number) for number in range(1000)))])
    delete = ghost.seal(*(RowChange(DELETE, 10, ids[number]) for number in range(40)))
    assert desk.receive([delete]).retracted == 40


def test_what_came_in_is_found_by_search(desk: FileReplica, ghost: Ghost) -> None:
    desk.receive([ghost.seal(new(1, "方山县金鑫建材有限公司"))])
    found = EnterpriseSearch(desk.file.database)("金鑫")
    assert [hit.enterprise_id for hit in found.hits] == [ids[1]]


def test_what_another_program_wrote_names_what_it_saw(desk: FileReplica, ghost: Ghost) -> None:
    desk.receive([ghost.seal(new(1))])
    desk.connection.execute("UPDATE enterprise SET note = 'shell'")
    desk.receive([ghost.seal(edit(1, NOTE, "他机"))])
    assert {desk.rows("SELECT note FROM enterprise")[0], *desk.rows("SELECT value FROM sync_conflict")} == {
        ("shell",),
        ("他机",),
    }


def test_receiving_has_a_transaction_of_its_own(desk: FileReplica) -> None:
    with desk.transaction() as uow:
        uow.insert(Enterprise(id=ids[1], name="本机"))
        with pytest.raises(ValueError, match="own"):
            uow.receive([], desk.tools, moment=desk.moment)


def test_ones_own_clock_follows_others_but_not_one_that_is_far_ahead(desk: FileReplica) -> None:
    now = desk.wall_ms
    near, far = Ghost(2, wall_ms=now + 60_000), Ghost(3, wall_ms=now + 86_400_000)
    desk.receive([near.seal(new(1)), far.seal(new(2))])
    assert desk.journal.head.hlc == near.head.hlc
    with desk.transaction() as uow:
        uow.insert(Enterprise(id=ids[3], name="本机"))
        uow.commit()
    assert desk.journal.head.hlc == near.head.hlc + 1


def test_others_get_what_they_lack_by_clock_and_device(desk: FileReplica, ghost: Ghost) -> None:
    late = Ghost(3, wall_ms=desk.wall_ms + 5000)
    desk.receive([late.seal(new(1)), ghost.seal(new(2)), ghost.seal(new(3))])
    found = list(OutgoingReader(desk.file.database).lacking({ghost.device: 1}))
    assert [(item.device, item.sequence) for item in found] == [(ghost.device, 2), (late.device, 1)]


def test_nothing_is_passed_on_beyond_a_body_that_was_compacted(desk: FileReplica, ghost: Ghost) -> None:
    desk.receive([ghost.seal(new(number)) for number in range(3)])
    desk.connection.execute("UPDATE sync_changeset SET body = NULL WHERE sequence = 2")
    assert [item.sequence for item in desk.lacking({})] == [1]


def test_a_laptop_closed_and_opened_goes_on_with_its_exchange(tmp_path: Path, ghost: Ghost) -> None:
    first, second = ghost.seal(new(1, "甲")), ghost.seal(new(2, "乙"))
    with FileReplica(device_id(1), folder=tmp_path) as desk:
        desk.meet(ghost)
        desk.receive([second])
    with FileReplica(device_id(1), folder=tmp_path) as desk:
        desk.receive([first])
        assert names(desk) == ["甲", "乙"]


def test_two_files_end_alike(tmp_path: Path) -> None:
    with (
        FileReplica(device_id(1), folder=tmp_path / "1") as one,
        FileReplica(device_id(2), folder=tmp_path / "2") as two,
    ):
        for first, second in itertools.permutations((one, two)):
            first.meet(second)
        with one.transaction() as uow:
            uow.insert(*(Enterprise(id=ids[number], name=f"{number}号") for number in range(50)))
            uow.commit()
        send(one, two)
        for replica, note in ((one, "甲"), (two, "乙")):
            with replica.transaction() as uow:
                for record in uow.find(Enterprise)[10:40]:
                    uow.update(record, note=note)
                uow.commit()
        receptions: list[Reception] = [send(one, two), send(two, one)]
        assert [len(item.opened) for item in receptions] == [30, 30]
        statement = "SELECT id, name, note FROM enterprise ORDER BY id"
        assert one.rows(statement) == two.rows(statement)
        assert datetime.fromisoformat(one.rows("SELECT opened_at FROM sync_conflict")[0][0]).tzinfo == UTC
