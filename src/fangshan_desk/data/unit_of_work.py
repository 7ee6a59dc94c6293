"""One transaction of the desk: records, captured changes and the sealed change-set commit together."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from fangshan_desk.data.engine import Database
from fangshan_desk.data.head_mark import HeadMark
from fangshan_desk.data.incoming import Arrival, Tools, receive
from fangshan_desk.data.journal import DECIDED, UNKNOWN_ACTOR, Journal
from fangshan_desk.data.open_conflicts import OpenConflict, open_conflicts
from fangshan_desk.data.repository import Repository
from fangshan_desk.data.row_states import DeviceNumbers, RowStates
from fangshan_desk.data.search_index import refresh_after_save
from fangshan_desk.domain.changesets import CLOCK_COUNTER_BITS, ROW_ITSELF, Stored
from fangshan_desk.domain.errors import RecordNotFoundError
from fangshan_desk.domain.exchange import Reception
from fangshan_desk.domain.merging import TransitionAllowed
from fangshan_desk.domain.records.declaring import Entity, moment_text
from fangshan_desk.domain.records.register import Enterprise, EnterpriseAlias
from fangshan_desk.domain.records.storable import is_storable

# Every save asks: only these can have put an enterprise into the queue of the search index.
_SEARCHED = frozenset({Enterprise.entity.name, EnterpriseAlias.entity.name})
FURTHEST_AHEAD_S = 300


class SQLUnitOfWork(Repository):
    """Open with ``with``; leaving without `commit` rolls back.

    "Saved" may be shown only after `commit` has returned.
    """

    def __init__(self, database: Database, journal: Journal, head_mark: HeadMark, *, actor: str) -> None:
        super().__init__(database.raw_writer)
        self._journal = journal
        self._head_mark = head_mark
        self._actor = actor

    def __enter__(self) -> Self:
        self._connection.execute("BEGIN IMMEDIATE")
        return self

    def commit(self) -> None:
        """Seal, COMMIT with FULL synchronisation, then note the new head beside the file."""
        if self._changed.keys() & _SEARCHED:
            refresh_after_save(self._connection)
        head = self._journal.seal(self._actor, self._written)
        self._connection.execute("COMMIT")
        if head != self._journal.head:
            self._journal.accept(head)
            self._head_mark.write(head.sequence, head.digest)

    def receive(
        self, arrivals: Iterable[Arrival], tools: Tools, *, moment: datetime, may_retract: bool = False
    ) -> Reception:
        """Take change-sets of other devices in; the transaction must hold nothing else.

        Raises MassRetractionError unless ``may_retract``; then nothing is changed.
        """
        self._seal_foreign_writes()
        reception, clocks = receive(
            self._connection, arrivals, tools, now=moment_text(moment), may_retract=may_retract
        )
        furthest = int((moment.timestamp() + FURTHEST_AHEAD_S) * 1000) << CLOCK_COUNTER_BITS
        # A clock that is far ahead is not followed: it would spread from laptop to laptop.
        self._journal.witness(max((hlc for hlc in clocks if hlc <= furthest), default=0))
        for name, ids in reception.changes.ids.items():
            self._changed.setdefault(name, set()).update(ids)
        return reception

    def _seal_foreign_writes(self) -> None:
        # What another program wrote must name the versions it saw, not the ones that come in now.
        if self._changed:
            raise ValueError("change-sets are received in a transaction of their own")
        if self._connection.execute("SELECT 1 FROM sync_capture LIMIT 1").fetchone() is None:
            return
        head = self._journal.seal(UNKNOWN_ACTOR)
        self._connection.execute("COMMIT")
        self._journal.accept(head)
        self._head_mark.write(head.sequence, head.digest)
        self._connection.execute("BEGIN IMMEDIATE")

    def contest(
        self, entity: Entity, record_id: str, field: str, allowed: TransitionAllowed | None
    ) -> OpenConflict | None:
        """What is open at this field (empty: the row itself), or nothing."""
        number = entity.column(field).number if field else ROW_ITSELF
        place = (entity.number, record_id, number)
        return next(open_conflicts(self._connection, allowed, place=place), None)

    def decide(self, entity: Entity, record_id: str, field: str, stored: Stored) -> None:
        """Choose a value, in storage form, over all others that stand beside it."""
        column = entity.column(field)
        statement = f'UPDATE "{entity.name}" SET "{field}" = ? WHERE id = ?'  # noqa: S608 - declared names
        self._connection.execute(statement, (stored, record_id))
        self._note_decision(entity, record_id, column.number)

    def keep_row(self, entity: Entity, record_id: str) -> None:
        """The row stays, whoever has deleted it; one that is gone comes back from its grave."""
        states = RowStates(self._connection, DeviceNumbers(self._connection))
        key = (entity.number, record_id)
        states.load([key])
        if not states[key].is_known:
            raise RecordNotFoundError(entity=entity.name, id=record_id)
        if not states[key].is_there:
            self._put_back(entity, record_id, states.content(key))
        else:
            self._note_decision(entity, record_id, ROW_ITSELF)

    def _put_back(self, entity: Entity, record_id: str, content: Mapping[int, Stored]) -> None:
        found = ((column.number, content.get(column.number)) for column in entity.columns)
        values = [value if is_storable(entity.number, number, value) else None for number, value in found]
        marks = ", ".join("?" * (len(values) + 1))
        names = ", ".join(f'"{column.name}"' for column in entity.columns)
        statement = f'INSERT INTO "{entity.name}" (id, {names}) VALUES ({marks})'  # noqa: S608 - declared
        self._connection.execute(statement, (record_id, *values))
        self._changed.setdefault(entity.name, set()).add(record_id)

    def _note_decision(self, entity: Entity, record_id: str, column: int) -> None:
        self._connection.execute(
            "INSERT INTO sync_capture(kind, tno, row_id, cno) VALUES (?, ?, ?, ?)",
            (DECIDED, entity.number, record_id, column),
        )
        self._changed.setdefault(entity.name, set()).add(record_id)

    def remember(self, name: str, value: Any) -> None:
        """Keep where the person was; stays on this laptop."""
        self._connection.execute(
            "INSERT OR REPLACE INTO desk_state(name, value) VALUES (?, ?)", (name, json.dumps(value))
        )

    def recall(self, name: str) -> Any:
        """What `remember` kept under this name, or None."""
        row = self._connection.execute("SELECT value FROM desk_state WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
