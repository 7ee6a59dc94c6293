"""Takes a batch of received change-sets into the file, all of it in the caller's one transaction.

Entries first find their place in their chains; then whatever has everything it stands on is merged into the
rows, some thousand leaves at a time.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fangshan_desk.data.chains import WHOLE_ENTRY, ChainEnd, Chains
from fangshan_desk.data.row_states import DeviceNumbers, Key, RowStates
from fangshan_desk.data.row_writing import RowWriter
from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.changesets import (
    INSERT,
    ChangesetReader,
    Part,
    ReceivedChangeset,
    RefusedEntry,
    RowChange,
    Version,
)
from fangshan_desk.domain.exchange import MassRetractionError, Reception
from fangshan_desk.domain.merging import MergeRule
from fangshan_desk.domain.records.catalogue import BY_NUMBER, ENTITIES

Arrival = ReceivedChangeset | RefusedEntry
LEAVES_AT_ONCE = 4000
PARTS_AT_ONCE = 6
# Taking away more than the greater of the two asks a person first.
RETRACTED_ROWS, RETRACTED_SHARE = 20, 0.05


@dataclass(frozen=True)
class Tools:
    """What the exchange knows and this layer does not: the format and the rule."""

    reader: ChangesetReader
    rule: MergeRule


@contextmanager
def applying(connection: Any) -> Iterator[None]:
    """Nothing is captured meanwhile; on an error everything written meanwhile is taken back."""
    connection.execute("SAVEPOINT incoming")
    connection.execute("UPDATE sync_self SET applying = 1")
    try:
        yield
    except BaseException:
        # A full disk may have ended the whole transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK TO incoming")
            connection.execute("RELEASE incoming")
        raise
    connection.execute("UPDATE sync_self SET applying = 0")
    connection.execute("RELEASE incoming")


def receive(
    connection: Any, arrivals: Iterable[Arrival], tools: Tools, *, now: str, may_retract: bool = False
) -> tuple[Reception, list[int]]:
    """Take the batch in; returns the outcome and the clocks of what was new.

    Raises MassRetractionError unless ``may_retract``; then nothing is changed.
    """
    with applying(connection):
        devices = DeviceNumbers(connection)
        chains = Chains(connection, devices, tools.reader, now=now)
        for arrival in arrivals:
            chains.take(arrival)
        application = _Application(connection, chains, devices, tools, now=now)
        application.run()
        chains.save()
        if not may_retract:
            application.refuse_mass_retraction()
    return application.reception(), chains.newest_hlcs


class _Application:
    """Merges what the chains hold and the rows lack, until nothing more can be merged."""

    def __init__(
        self, connection: Any, chains: Chains, devices: DeviceNumbers, tools: Tools, *, now: str
    ) -> None:
        self._connection = connection
        self._chains = chains
        self._tools = tools
        self._states = RowStates(connection, devices)
        self._writer = RowWriter(connection, devices, opened_at=now)

    def run(self) -> None:
        """Small transactions together, large ones one by one, as long as something moves."""
        while self._apply_window() + self._apply_large():
            pass

    def reception(self) -> Reception:
        """What came of it."""
        counts, written = self._chains.counts, self._writer.result
        ids = {
            BY_NUMBER[table].name: frozenset(found)
            for table, found in written.ids.items()
            if table in BY_NUMBER
        }
        return Reception(
            changes=Changes(ids),
            stored=counts["stored"],
            known=counts["known"],
            held=counts["gap"] + counts["own-future"],
            applied=counts["applied"],
            quarantined=tuple(self._chains.quarantined),
            opened=tuple(written.opened),
            closed=tuple(written.closed),
            retracted=written.retracted,
            waiting={end.device: end.waits_for for end in self._chains.ends.values() if end.waits_for},
            is_restored=bool(counts["own-future"]),
        )

    def refuse_mass_retraction(self) -> None:
        """Raises MassRetractionError when very many of the visible rows would go."""
        retracted = self._writer.result.retracted
        if retracted <= RETRACTED_ROWS:
            return
        counts = [
            self._connection.execute(f'SELECT count(*) FROM "{entity.name}"').fetchone()[0]  # noqa: S608
            for entity in ENTITIES
        ]
        visible = sum(counts) + retracted
        if retracted > RETRACTED_SHARE * visible:
            raise MassRetractionError(count=retracted, visible=visible)

    def _backlogs(self) -> list[ChainEnd]:
        ends = (end for end in self._chains.ends.values() if end.has_backlog)
        return sorted(ends, key=lambda end: end.device)

    def _apply_window(self) -> int:
        """Merge transactions of one entry; returns how many."""
        window = self._window()
        before = self._chains.counts["applied"]
        self._states.load(key for queue in window.values() for item in queue for key in _keys(item))
        has_moved = True
        while has_moved:
            has_moved = False
            for number, queue in window.items():
                while queue and self._has_applied(self._chains.ends[number], queue[0]):
                    queue.popleft()
                    has_moved = True
        self._writer.write(self._states)
        return self._chains.counts["applied"] - before

    def _window(self) -> dict[int, deque[ReceivedChangeset]]:
        # Every device with a backlog is in it: if none of their next entries moves, nothing can.
        backlogs = self._backlogs()
        share = LEAVES_AT_ONCE // max(1, len(backlogs))
        window: dict[int, deque[ReceivedChangeset]] = {}
        for end in backlogs:
            queue: deque[ReceivedChangeset] = deque()
            leaves = 0
            for sequence in range(end.applied_sequence + 1, end.sequence + 1):
                if (queue and leaves >= share) or self._chains.part(end.number, sequence).count > 1:
                    break
                queue.append(self._chains.read(end.number, sequence))
                leaves += len(queue[-1].rows)
            window[end.number] = queue
        return window

    def _has_applied(self, end: ChainEnd, item: ReceivedChangeset) -> bool:
        obstacle = self._obstacle(item, set())
        self._chains.wait(end, obstacle)
        if not obstacle:
            self._apply(end, item)
        return not obstacle

    def _obstacle(self, item: ReceivedChangeset, created: set[Key]) -> str:
        """What has to come before this entry, or nothing; ``created`` are rows of its own transaction."""
        if not item.is_readable:
            return "newer"
        for row in item.rows:
            key = (row.table, row.row_id)
            if row.kind == INSERT:
                created.add(key)
            elif key not in created and not self._states[key].is_known:
                return "row"
            elif not all(map(self._chains.is_applied, _parents(row))):
                return "parent"
        return ""

    def _apply(self, end: ChainEnd, item: ReceivedChangeset) -> None:
        version, take = Version(item.hlc, item.device), self._tools.rule.take
        for row in item.rows:
            take(self._states[row.table, row.row_id], row, version)
        for leaf in item.unreadable:
            self._chains.keep_leaf(item, leaf.number, "leaf", leaf.content)
        self._chains.advance(end, item)

    def _apply_large(self) -> int:
        """Merge transactions of several entries, each as a whole; returns how many entries."""
        before = self._chains.counts["applied"]
        for end in self._backlogs():
            first = end.applied_sequence + 1
            place = self._chains.part(end.number, first)
            if place.count == 1:
                continue
            if place.number == 0 and end.sequence < first + place.count - 1:
                self._chains.wait(end, "part")
            elif not self._belong_together(end, first, place):
                item = self._chains.read(end.number, first)
                self._chains.keep_leaf(item, WHOLE_ENTRY, "parts", b"")
                self._chains.advance(end, item)
            else:
                self._apply_parts(end, range(first, first + place.count))
        return self._chains.counts["applied"] - before

    def _belong_together(self, end: ChainEnd, first: int, place: Part) -> bool:
        return all(
            self._chains.part(end.number, first + step) == Part(place.transaction, step, place.count)
            for step in range(place.count)
        )

    def _apply_parts(self, end: ChainEnd, sequences: range) -> None:
        if len(sequences) > PARTS_AT_ONCE:
            self._apply_many_parts(end, sequences)
            return
        items = [self._chains.read(end.number, sequence) for sequence in sequences]
        self._states.load(key for item in items for key in _keys(item))
        created: set[Key] = set()
        obstacle = next(filter(None, (self._obstacle(item, created) for item in items)), "")
        self._chains.wait(end, obstacle)
        for item in items if not obstacle else ():
            self._apply(end, item)
        self._writer.write(self._states)

    def _apply_many_parts(self, end: ChainEnd, sequences: range) -> None:
        # Twice through the parts rather than all of them in memory.
        created: set[Key] = set()
        for sequence in sequences:
            item = self._chains.read(end.number, sequence)
            self._states.load(_keys(item, but=INSERT))
            obstacle = self._obstacle(item, created)
            self._states.take_all()
            self._chains.wait(end, obstacle)
            if obstacle:
                return
        for sequence in sequences:
            item = self._chains.read(end.number, sequence)
            self._states.load(_keys(item))
            self._apply(end, item)
            self._writer.write(self._states)


def _keys(item: ReceivedChangeset, *, but: int = 0) -> Iterator[Key]:
    return ((row.table, row.row_id) for row in item.rows if row.kind != but)


def _parents(row: RowChange) -> Iterator[Version]:
    return (parent for field in row.fields for parent in field.parents)
