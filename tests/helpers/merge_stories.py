"""Days of several laptops told step by step: typing, deleting, deciding, and exchanges that go wrong."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from fangshan_desk.data.journal import Journal
from fangshan_desk.domain.changesets import Entry
from fangshan_desk.domain.merging import MergeRule
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.sync.merge import Merge
from fangshan_desk.sync.opening import StoredEntries
from tests.helpers.merge_oracle import Picture, all_entries, expected, picture_of
from tests.helpers.replicas import Replica, device_id, exchange_all, packed

HOUR, YEAR = 3_600_000, 31_536_000_000
CLOCK_FAULTS = (0, 0, 0, HOUR, -HOUR, YEAR)
FIELDS = ("name", "note", "headcount")
ROWS = tuple(f"0190f3a0-0000-7000-8000-{number:012d}" for number in range(5))
# Known to everybody from the start; the others are made by whoever comes first, or by several at once.
SHARED = 2

# Crowded on purpose: laptops that never touch the same field prove nothing.
_desks, _values = st.integers(0, 3), st.integers(0, 6)
_rows = st.sampled_from((0, 0, 0, 0, 1, 2, 3, 4))
_fields = st.sampled_from((("note",), ("note",), ("note",), ("headcount",), ("note", "headcount"), FIELDS))
_edits = st.tuples(st.just("edit"), _desks, _rows, _fields, _values)
_sends = st.tuples(st.just("send"), _desks, _desks, st.integers(0, 2**16))
STEPS = st.one_of(
    _edits,
    _edits,
    _edits,
    _sends,
    _sends,
    _sends,
    st.tuples(st.just("send all"), _desks),
    st.tuples(st.just("relay"), _desks, _desks, _desks, _rows, _fields),
    st.tuples(st.just("clash"), _desks, _desks, _rows, _fields),
    st.tuples(st.just("insert"), _desks, _rows, _values),
    st.tuples(st.just("delete"), _desks, _rows),
    st.tuples(st.just("rescue"), _desks, _rows),
    st.tuples(st.just("decide"), _desks, _rows, st.integers(0, 9)),
    st.tuples(st.just("give up"), _desks, _rows, _fields, _values),
    st.tuples(st.just("later")),
)
STORIES = st.lists(STEPS, min_size=15, max_size=50)


@dataclass
class County:
    """Four laptops that share two enterprises, and what was ever typed on them."""

    rule: Callable[[int], MergeRule] = lambda _number: Merge()
    journal_type: type[Journal] = Journal
    clock_faults: Sequence[int] = CLOCK_FAULTS
    typed: set[tuple[str, str, Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.replicas = [
            Replica(device_id(9 - number), rule=self.rule(number), journal_type=self.journal_type)
            for number in range(4)
        ]
        for replica, fault in zip(self.replicas, self.clock_faults, strict=False):
            replica.wall_ms += fault
            replica.meet(*(other for other in self.replicas if other is not replica))
        for row_id in ROWS[:SHARED]:
            self.insert(0, ROWS.index(row_id), 0)
        for replica in self.replicas[1:]:
            replica.receive(packed(self.replicas[0].lacking(replica.vector())))

    def add(self, number: int) -> Replica:
        """One more laptop, which knows everybody and has nothing."""
        newcomer = Replica(device_id(number), rule=self.rule(number), journal_type=self.journal_type)
        newcomer.meet(*self.replicas)
        self.replicas.append(newcomer)
        return newcomer

    def play(self, story: Sequence[tuple[Any, ...]]) -> None:
        """Step by step; a step that makes no sense there is left out."""
        for name, *values in story:
            getattr(self, name.replace(" ", "_"))(*values)

    def insert(self, desk: int, row: int, value: int) -> None:
        """A new enterprise, or one that was deleted put back under its id."""
        with self.replicas[desk].transaction() as uow:
            if not uow.find(Enterprise, id=ROWS[row]):
                uow.insert(Enterprise(id=ROWS[row], name=f"N{value}", note="" if value % 2 else f"T{value}"))
                uow.commit()
                self.typed.add((ROWS[row], "name", f"N{value}"))

    def edit(self, desk: int, row: int, fields: Sequence[str], value: int, *, keep: bool = True) -> None:
        """Some fields of one enterprise in one transaction."""
        with self.replicas[desk].transaction() as uow:
            for record in uow.find(Enterprise, id=ROWS[row]):
                new = {name: value if name == "headcount" else f"V{value}" for name in fields}
                before = self._open_values(desk, row)
                uow.update(record, **new)
                if keep:
                    uow.commit()
                    self.typed |= {(ROWS[row], name, item) for name, item in new.items()}
                    # Whoever types into a field has not decided between values that stand beside it.
                    assert before <= self._open_values(desk, row) | self._shown_values(desk, row)

    def _open_values(self, desk: int, row: int) -> set[tuple[int, Any]]:
        # Rivals for a created value go with the first edit: they have no name to be spared by.
        statement = "SELECT cno, value FROM sync_conflict WHERE row_id = ? AND cno > 0 AND hlc > 0"
        return {(column, value) for column, value in self.replicas[desk].rows(statement, ROWS[row])}

    def _shown_values(self, desk: int, row: int) -> set[tuple[int, Any]]:
        return set(picture_of(self.replicas[desk]).rows.get((10, ROWS[row]), {}).items())

    def give_up(self, desk: int, row: int, fields: Sequence[str], value: int) -> None:
        """Typed, then not saved."""
        self.edit(desk, row, fields, value, keep=False)

    def delete(self, desk: int, row: int) -> None:
        """The enterprise goes, if it is there."""
        with self.replicas[desk].transaction() as uow:
            for record in uow.find(Enterprise, id=ROWS[row]):
                uow.delete(record)
                uow.commit()

    def rescue(self, desk: int, row: int) -> None:
        """Keep the enterprise where its deletion is known."""
        replica = self.replicas[desk]
        if replica.rows("SELECT 1 FROM sync_head WHERE row_id = ? AND cno = 0", ROWS[row]):
            with replica.transaction() as uow:
                uow.keep_row(Enterprise.entity, ROWS[row])
                uow.commit()

    def decide(self, desk: int, row: int, pick: int) -> None:
        """Choose one of the values that stand beside each other."""
        replica = self.replicas[desk]
        open_ = replica.rows(
            "SELECT c.cno, c.value FROM sync_conflict c JOIN enterprise e ON e.id = c.row_id "
            "WHERE c.row_id = ? AND c.cno > 0 ORDER BY c.cno, c.value",
            ROWS[row],
        )
        if open_:
            number, value = open_[pick % len(open_)]
            names = {column.number: column.name for column in Enterprise.entity.columns}
            with replica.transaction() as uow:
                if pick % 3 == 0:
                    value = getattr(uow.get(Enterprise, ROWS[row]), names[number])
                uow.decide(Enterprise.entity, ROWS[row], names[number], value)
                uow.commit()

    def send(self, source: int, target: int, chance: int) -> None:
        """An exchange that is cut, doubled and shaken, or sent again from the beginning."""
        if source == target:
            return
        luck = random.Random(chance)
        have = {} if luck.random() < 0.2 else self.replicas[target].vector()
        entries = self._found(source, have, is_own=luck.random() < 0.3)
        if luck.random() < 0.5:
            luck.shuffle(entries)
        entries = entries[: luck.randint(0, len(entries))] if luck.random() < 0.5 else entries
        entries += luck.sample(entries, luck.randint(0, len(entries)) // 2)
        self.replicas[target].receive(entries, may_retract=True)

    def _found(self, source: int, have: dict[bytes, int], *, is_own: bool) -> list[bytes]:
        replica = self.replicas[source]
        found = replica.lacking(have)
        return packed(item for item in found if not is_own or item.device == replica.device)

    def relay(self, first: int, second: int, third: int, row: int, fields: Sequence[str]) -> None:
        """The third hears of the second's change before that of the first, on which it stands."""
        if second in (first, third):
            return
        self.edit(first, row, fields, 7)
        self.replicas[second].receive(packed(self.replicas[first].lacking({})), may_retract=True)
        self.edit(second, row, fields, 8)
        entries = self._found(second, self.replicas[third].vector(), is_own=True)
        self.replicas[third].receive(entries, may_retract=True)

    def clash(self, first: int, second: int, row: int, fields: Sequence[str]) -> None:
        """Two laptops write the same at the same tick of the clock, or make the same row."""
        self.later()
        for value, desk in enumerate((first, second), start=3):
            self.insert(desk, row, value)
            self.edit(desk, row, fields, value)

    def send_all(self, source: int) -> None:
        """One laptop gives everybody what they lack."""
        for target in range(len(self.replicas)):
            self.send(source, target, 1)

    def later(self) -> None:
        """A second passes on every clock; until then they tick alike."""
        for replica in self.replicas:
            replica.wall_ms += 1000

    def meet_all(self) -> None:
        """The evening: everybody has everything."""
        exchange_all(self.replicas)

    def close(self) -> None:
        """Forget the laptops."""
        for replica in self.replicas:
            replica.close()

    def __enter__(self) -> "County":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def check_agreement(county: County) -> None:
    """Same rows, heads, conflicts and graves everywhere, those the slow way finds; nothing typed is lost."""
    entries = all_entries(county.replicas)
    wanted = expected(entries)
    pictures = [picture_of(replica) for replica in county.replicas]
    for picture in pictures:
        _compare(picture, wanted)
    for replica in county.replicas:
        assert county.typed <= _values_kept(replica)
        assert replica.rows("SELECT reason FROM sync_pending") == []
        assert replica.rows("SELECT waits_for FROM sync_vector WHERE waits_for <> ''") == []
        assert replica.rows("SELECT applying FROM sync_self") == [(0,)]
        assert replica.rows("SELECT * FROM sync_capture") == []
        [(count,)] = replica.rows("SELECT count(*) FROM sync_changeset")
        assert count == len(entries)


def _values_kept(replica: Replica) -> set[tuple[str, str, Any]]:
    """Every value the laptop can still show: in rows, conflicts, graves or its history."""
    names = {column.number: column.name for column in Enterprise.entity.columns}
    found = replica.rows("SELECT header, signature, seed, body FROM sync_changeset")
    return {
        (change.row_id, names[part.column], part.value)
        for row in found
        for change in StoredEntries().read(Entry(*map(bytes, row))).rows
        for part in change.fields
        if part.column in names
    }


def _compare(picture: Picture, wanted: Picture) -> None:
    assert picture.rows == wanted.rows
    assert picture.heads == wanted.heads
    assert picture.beside == wanted.beside
    assert picture.graves == wanted.graves
