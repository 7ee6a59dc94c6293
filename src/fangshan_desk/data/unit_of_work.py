"""One transaction of the desk: records, captured changes and the sealed change-set commit together."""

import json
from types import TracebackType
from typing import Any, Self

from fangshan_desk.data.engine import Database
from fangshan_desk.data.head_mark import HeadMark
from fangshan_desk.data.journal import Journal
from fangshan_desk.data.repository import Repository
from fangshan_desk.data.search_index import refresh_after_save
from fangshan_desk.domain.records.register import Enterprise, EnterpriseAlias

# Every save asks: only these can have put an enterprise into the queue of the search index.
_SEARCHED = frozenset({Enterprise.entity.name, EnterpriseAlias.entity.name})


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
