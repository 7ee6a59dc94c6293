"""What a process that may be killed says about its work, and what must therefore be found afterwards."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fangshan_desk.data.repository import record_values
from fangshan_desk.domain.records.catalogue import ENTITIES
from fangshan_desk.domain.records.declaring import Record

PLACE = "desk_state/visit"
Rows = Mapping[str, str | None]


def content_hash(record: Record) -> str:
    """Equal for equal content, whoever reads it."""
    return _hash(record_values(record))


def place_hash(place: Any) -> str:
    """The same for the place the desk comes back to."""
    return _hash(place)


def row_name(record: Record) -> str:
    """Entity and id."""
    return f"{record.entity.name}/{record.id}"


def all_rows(uow: Any) -> dict[str, str | None]:
    """Name and hash of everything the file holds."""
    rows: dict[str, str | None] = {PLACE: place_hash(uow.recall("visit"))}
    for entity in ENTITIES:
        rows.update((row_name(record), content_hash(record)) for record in uow.find(entity.record))
    return rows


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:24]


class Announcer:
    """The killed side: writes each line at once to a pipe that outlives it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._number = 0

    def ready(self) -> None:
        """The desk is open."""
        self._say("ready", None)

    def intend(self, rows: Rows) -> int:
        """Said inside the transaction: this is what its COMMIT will make true."""
        self._number += 1
        self._say("intend", [self._number, dict(rows)])
        return self._number

    def acknowledge(self, number: int) -> None:
        """Said after COMMIT returned: from here on 已保存 may stand on the screen."""
        self._say("saved", number)

    def fact(self, name: str, value: Any) -> None:
        """Anything else that was promised, say a finished backup."""
        self._say(name, value)

    def _say(self, kind: str, value: Any) -> None:
        os.write(self._descriptor, json.dumps([kind, value]).encode() + b"\n")


@dataclass
class Ledger:
    """The surviving side: what was there, what was promised since, what hung in the air."""

    rows: dict[str, str | None]
    pending: dict[str, str | None] = field(default_factory=dict)
    facts: list[tuple[str, Any]] = field(default_factory=list)
    is_ready: bool = False
    saved: int = 0
    _intended: dict[int, dict[str, str | None]] = field(default_factory=dict)

    def take(self, said: bytes) -> None:
        """Read what one process said before it died; a line it could not finish counts as not said."""
        self.is_ready = False
        self._intended = {}
        for line in said.split(b"\n")[:-1]:
            kind, value = json.loads(line)
            self._take_line(kind, value)
        # Later promises on the same rows replace earlier ones; only the last one can hang in the air.
        self.pending = self._intended.popitem()[1] if self._intended else {}

    def settle(self, found: Mapping[str, str | None]) -> None:
        """Go on from what was found and judged."""
        self.rows = dict(found)
        self.pending = {}

    def _take_line(self, kind: str, value: Any) -> None:
        if kind == "ready":
            self.is_ready = True
        elif kind == "intend":
            number, rows = value
            self._intended[number] = rows
        elif kind == "saved":
            self.rows.update(self._intended.pop(value))
            self.saved += 1
        else:
            self.facts.append((kind, value))

    def losses(self, found: Mapping[str, str | None]) -> list[str]:
        """Promises broken: rows missing, other than promised, or there though nobody wrote them."""
        without = _differences({**self.rows}, found)
        if not without or not self.pending:
            return without
        # The transaction under way at the end may be there as a whole, or not at all.
        return _differences({**self.rows, **self.pending}, found) and without


def _differences(expected: Mapping[str, str | None], found: Mapping[str, str | None]) -> list[str]:
    names = sorted(expected.keys() | found.keys())
    return [
        f"{name}: promised {expected.get(name)}, found {found.get(name)}"
        for name in names
        if expected.get(name) != found.get(name)
    ]
