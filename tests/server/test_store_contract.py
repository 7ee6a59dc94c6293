"""What both databases promise: an append-only log by county, kept apart by audience, and places that lock."""

import hashlib
import threading
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from fangshan_desk.domain.changesets import DELETE, UPDATE, FieldChange, RowChange, Version
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.server.store.backend import SERVER, Backend, Transactions
from fangshan_desk.server.store.blobs import CHUNK_BYTES
from fangshan_desk.server.store.changesets import EntryKey, LackingEntry, LogEntry, LogPart
from fangshan_desk.server.store.devices import Assignment, CountyRow, EnrolledDevice, EnrolmentCode
from fangshan_desk.server.store.embedded import EmbeddedBackend, ServerFileUnreadableError
from fangshan_desk.server.store.incidents import RELEASED, Event, Incident
from fangshan_desk.server.store.migrations import NewerStoreError
from fangshan_desk.server.store.sessions import Session, SQLStore
from fangshan_desk.server.store.tables import LOG_TABLES, metadata
from fangshan_desk.sync.merge import Merge

A, B = bytes([10]) * 16, bytes([11]) * 16
READER = 1 << 3


def entry(device: bytes, sequence: int, hlc: int, *parts: LogPart) -> LogEntry:
    """An entry whose bytes mean nothing."""
    return LogEntry(
        device=device,
        sequence=sequence,
        hlc=hlc,
        digest=bytes([sequence]) * 32,
        leaves=1,
        size=100,
        received_ms=5,
        relayed_by=device,
        header=b"header",
        signature=b"signature",
        seed=b"seed",
        nodes=None,
        parts=parts or (LogPart(SERVER | READER, None, b"body"),),
    )


def keep(session: Session, *entries: LogEntry) -> None:
    """Add entries and their places."""
    for item in entries:
        session.log.add(item, b"receipt")
        session.chains.begin(item.device)
        session.chains.advance(item.device, sequence=item.sequence, digest=item.digest, hlc=item.hlc)


def test_the_migrations_make_exactly_todays_tables(backend: Backend) -> None:
    found = inspect(backend.writer)
    assert set(found.get_table_names()) == set(metadata.tables)
    for name, table in metadata.tables.items():
        columns = [(column["name"], column["nullable"]) for column in found.get_columns(name)]
        assert columns == [(column.name, column.nullable) for column in table.columns], name
        assert found.get_pk_constraint(name)["constrained_columns"] == [
            column.name for column in table.primary_key
        ]
        assert {index["name"] for index in found.get_indexes(name)} == {index.name for index in table.indexes}


def test_every_key_but_the_schema_version_starts_with_the_county() -> None:
    firsts = {table.name: next(iter(table.primary_key)).name for table in metadata.tables.values()}
    assert {name for name, first in firsts.items() if first != "county"} == {"server_schema"}


def test_tables_of_a_newer_program_are_left_alone(new_backend: Backend) -> None:
    Transactions(new_backend, "1").write(lambda connection: None)
    owner = getattr(new_backend, "_owner", new_backend.writer)
    prefix = "" if owner is new_backend.writer else "fangshan_desk."
    with owner.begin() as connection:
        connection.execute(text(f"INSERT INTO {prefix}server_schema VALUES (99, 1)"))
    with pytest.raises(NewerStoreError):
        new_backend.migrate(now_ms=2)


@pytest.mark.parametrize("table", LOG_TABLES)
@pytest.mark.parametrize("deed", ["UPDATE {} SET county = 'x'", "DELETE FROM {}"])
def test_the_log_is_only_added_to(
    store: SQLStore, backend: Backend, county_name: str, table: str, deed: str
) -> None:
    def fill(session: Session) -> None:
        keep(session, entry(A, 1, 10))
        session.incidents.add(incident("one", is_held=True))
        session.incidents.decide("one", verdict=RELEASED, made_by="x", now_ms=1)
        session.incidents.note(Event(id="e", kind="enrolled", is_alarm=False, happened_ms=1))

    store.write(fill)
    with pytest.raises(DBAPIError):
        Transactions(backend, county_name).write(
            lambda connection: connection.execute(text(deed.format(table)))
        )


def test_a_transaction_that_fails_leaves_nothing(store: SQLStore) -> None:
    def fail(session: Session) -> None:
        keep(session, entry(A, 1, 10))
        raise LookupError

    with pytest.raises(LookupError):
        store.write(fail)
    assert store.read(lambda session: session.log.count()) == 0


def test_counties_do_not_see_one_another(store: SQLStore, backend: Backend) -> None:
    store.write(lambda session: keep(session, entry(A, 1, 10)))
    other = SQLStore(backend, "another")
    assert other.read(lambda session: session.log.count()) == 0
    assert other.read(lambda session: dict(session.chains.vector())) == {}
    assert store.read(lambda session: dict(session.chains.vector())) == {A: 1}


def test_a_part_is_hidden_from_readers_it_is_not_for(store: SQLStore) -> None:
    parts = (LogPart(SERVER, b"\x01", b"secret"), LogPart(SERVER | READER, b"\x02", b"open"))
    store.write(lambda session: keep(session, entry(A, 1, 10, *parts)))
    key = EntryKey(A, 1)
    seen = store.read(lambda session: session.log.entries([key], audience=READER), audience=READER)
    assert [part.body for part in seen[key].parts] == [b"open"]
    everything = store.read(lambda session: session.log.entries([key], audience=SERVER))
    assert {part.body for part in everything[key].parts} == {b"secret", b"open"}


def test_what_the_other_side_lacks_comes_in_the_order_of_the_clocks(store: SQLStore) -> None:
    entries = [entry(A, 1, 10), entry(A, 2, 40), entry(B, 1, 20), entry(B, 2, 30)]
    store.write(lambda session: keep(session, *entries))

    def lacking(lacks: dict[bytes, int], most: int = 10) -> list[tuple[bytes, int]]:
        found: list[LackingEntry] = store.read(lambda session: session.log.lacking(lacks, most=most))
        return [(item.device, item.sequence) for item in found]

    assert lacking({A: 0, B: 0}) == [(A, 1), (B, 1), (B, 2), (A, 2)]
    assert lacking({A: 0, B: 0}, most=2) == [(A, 1), (B, 1)]
    assert lacking({A: 1, B: 2}) == [(A, 2)]
    assert lacking({A: 2, B: 2}) == []


def test_very_many_devices_lack_something(store: SQLStore) -> None:
    devices = [bytes([0, number // 256, number % 256]) + bytes(13) for number in range(230)]

    def fill(session: Session) -> None:
        # The later devices come first, and each has one late entry.
        for place, device in enumerate(devices):
            keep(session, entry(device, 1, 1000 - place), entry(device, 2, 2000 + place))

    store.write(fill)
    lacks = dict.fromkeys(devices, 0)
    seen: list[tuple[int, bytes]] = []
    while page := store.read(lambda session: session.log.lacking(lacks, most=64)):
        for item in page:
            assert item.sequence == lacks[item.device] + 1
            lacks[item.device] = item.sequence
            seen.append((item.hlc, item.device))
    assert seen == sorted(seen)
    assert len(seen) == 460


def test_two_writers_of_one_chain_wait_for_one_another(store: SQLStore) -> None:
    store.write(lambda session: session.chains.begin(A))

    def count_up(session: Session) -> None:
        place = session.chains.locked(A)
        assert place is not None
        session.chains.advance(A, sequence=place.sequence + 1, digest=b"", hlc=0)

    threads = [threading.Thread(target=lambda: [store.write(count_up) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read(lambda session: session.chains.places()[A].sequence) == 40


def test_a_device_and_its_code_come_back_as_they_were(store: SQLStore, county_name: str) -> None:
    assignment = Assignment(
        officer="王五", body=Body.TOWN, role=Role.TOWN, townships=("141128001",), number=3
    )
    code = EnrolmentCode(secret_hash=b"h" * 32, assignment=assignment, created_ms=1, expires_ms=9)
    device = EnrolledDevice(
        device=A,
        name="三号",
        officer_id="o",
        assignment=assignment,
        public_key=b"k" * 32,
        certificate=b"c",
        enrolled_ms=2,
    )

    def fill(session: Session) -> None:
        row = CountyRow(county=county_name, name="方山县", public_key=b"p", epoch=1, created_ms=1)
        session.devices.found_county(row)
        session.devices.found_county(row)
        session.devices.add_code(code)
        session.devices.use_code(code.secret_hash, device=A, now_ms=4)
        session.devices.put(device)
        session.devices.saw(A, now_ms=7)
        session.devices.revoke(A, after=5, reason="stolen", now_ms=8)

    store.write(fill)
    found = store.read(lambda session: session.devices.get(A))
    assert found is not None
    assert (found.assignment, found.name, found.public_key) == (assignment, "三号", b"k" * 32)
    assert (found.last_seen_ms, found.revoked_ms, found.revoked_after) == (7, 8, 5)
    assert store.read(lambda session: session.devices.all()) == [found]
    used = store.write(lambda session: session.devices.locked_code(code.secret_hash))
    assert used is not None
    assert (used.device, used.used_ms) == (A, 4)
    county = store.read(lambda session: session.devices.county())
    assert county is not None
    assert county.name == "方山县"


def incident(name: str, *, is_held: bool) -> Incident:
    """An entry put aside."""
    return Incident(
        id=name,
        reason="rights",
        device=A,
        sequence=1,
        digest=b"d" * 32,
        relayed_by=B,
        received_ms=3,
        is_held=is_held,
        content=b"bytes",
    )


def test_an_entry_is_held_until_somebody_decides(store: SQLStore) -> None:
    store.write(lambda session: session.incidents.add(incident("one", is_held=True)))
    keys = [(A, 1), (A, 2)]
    assert store.read(lambda session: session.incidents.held(keys)) == {(A, 1)}
    assert store.read(lambda session: session.incidents.count()) == 1
    assert store.read(lambda session: session.incidents.is_known(device=A, sequence=1, digest=b"d" * 32))
    store.write(lambda session: session.incidents.decide("one", verdict=RELEASED, made_by="x", now_ms=4))
    store.write(lambda session: session.incidents.decide("one", verdict="discarded", made_by="y", now_ms=5))
    assert store.read(lambda session: session.incidents.held(keys)) == set()
    assert store.read(lambda session: session.incidents.count()) == 0
    found = store.read(lambda session: session.incidents.get("one"))
    assert found is not None
    assert (found.verdict, found.content) == (RELEASED, b"bytes")
    assert [item.id for item in store.read(lambda session: session.incidents.all(device=B))] == ["one"]


def _add_chunk(session: Session, *, name: bytes, number: int, body: bytes) -> None:
    session.blobs.add_chunk(name, number, body)


def test_chunks_make_an_attachment_in_any_order(store: SQLStore) -> None:
    content = bytes(range(256)) * 2000
    name = hashlib.sha256(content).digest()
    pieces = [content[start : start + CHUNK_BYTES] for start in range(0, len(content), CHUNK_BYTES)]
    assert len(pieces) == 2

    def begin(session: Session) -> None:
        session.blobs.begin(name, size=len(content), started_by=A, now_ms=1)
        session.blobs.note_uses([(name, 23, "row", READER)])
        session.blobs.add_chunk(name, 1, pieces[1])
        session.blobs.add_chunk(name, 1, pieces[1])

    store.write(begin)
    row = store.read(lambda session: session.blobs.get(name))
    assert row is not None
    assert store.read(lambda session: session.blobs.missing(row)) == [0]
    assert store.read(lambda session: session.blobs.wanted(audience=READER, most=9)) == [name]
    assert not store.read(lambda session: session.blobs.is_whole(row))
    store.write(lambda session: session.blobs.forget_chunks(name))
    assert store.read(lambda session: session.blobs.missing(row)) == [0, 1]
    for number in (0, 1):
        store.write(partial(_add_chunk, name=name, number=number, body=pieces[number]))
    assert store.read(lambda session: session.blobs.is_whole(row))
    store.write(lambda session: session.blobs.complete(name, now_ms=2))
    assert store.read(lambda session: session.blobs.wanted(audience=READER, most=9)) == []
    assert store.read(lambda session: session.blobs.totals()) == (1, len(content))
    assert store.read(lambda session: session.blobs.uses(name, audience=READER)) == [(23, "row")]
    assert store.read(lambda session: session.blobs.uses(name, audience=1)) == []


def test_a_record_keeps_heads_losers_and_deletes(store: SQLStore) -> None:
    key, first = (10, "row"), Version(5, A)
    created = RowChange(1, 10, "row", (FieldChange(1, "甲公司", ()), FieldChange(11, 3, ())))
    one = RowChange(UPDATE, 10, "row", (FieldChange(11, 4, ()),))
    other = RowChange(UPDATE, 10, "row", (FieldChange(11, 5, ()),))
    delete = RowChange(DELETE, 10, "row", (FieldChange(11, None, (first,)),))

    for change, version in (
        (created, Version(1, A)),
        (one, first),
        (other, Version(6, B)),
        (delete, Version(7, A)),
    ):

        def take(session: Session, change: RowChange = change, version: Version = version) -> None:
            loaded = session.records.load([key])
            Merge().take(loaded[key].state, change, version)
            loaded[key].is_changed = True
            session.records.save(loaded)

        store.write(take)
    assert store.read(lambda session: session.records.contents([key, (10, "none")])) == {
        key: {1: "甲公司", 11: 5}
    }
    assert store.read(lambda session: session.records.conflicts()) == 2
    assert store.read(lambda session: session.records.counts()) == {10: 1}
    state = store.write(lambda session: session.records.load([key])[key].state)
    assert state.heads[11] == (first, Version(6, B))
    assert state.losing[11] == {first: 4}
    assert store.read(lambda session: list(session.records.table(10))) == [("row", {1: "甲公司", 11: 5})]


def test_usage_adds_up_by_day(store: SQLStore) -> None:
    for _ in range(2):
        store.write(lambda session: session.usage.add(A, "2026-03-02", size=6))
    assert store.read(lambda session: session.usage.bytes_of(A, "2026-03-02")) == 12
    assert store.read(lambda session: session.usage.bytes_of(A, "2026-03-03")) == 0


def test_a_file_with_another_key_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    made = EmbeddedBackend(path, bytes(32))
    made.migrate(now_ms=1)
    made.close()
    before = path.read_bytes()
    with pytest.raises(ServerFileUnreadableError):
        EmbeddedBackend(path, bytes([1]) * 32).migrate(now_ms=1)
    assert path.read_bytes() == before
    assert b"SQLite format" not in before
