"""Laptops in memory or with a real file: the real tables, triggers, journal and merging, no running clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self, cast

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlcipher3 import dbapi2

from fangshan_desk.data.capture import install_triggers
from fangshan_desk.data.chains import introduce
from fangshan_desk.data.desk_file import FilePlaces, _begin_chain, create_desk_file, open_desk_file
from fangshan_desk.data.engine import Database
from fangshan_desk.data.head_mark import HeadMark
from fangshan_desk.data.incoming import Arrival, Tools
from fangshan_desk.data.journal import Journal
from fangshan_desk.data.migrations import apply_pending
from fangshan_desk.data.outgoing import OutgoingEntry, lacking, vector
from fangshan_desk.data.unit_of_work import SQLUnitOfWork
from fangshan_desk.domain.changesets import ChainHead, Entry, Part, RowChange, Version
from fangshan_desk.domain.exchange import Reception
from fangshan_desk.domain.merging import MergeRule
from fangshan_desk.sync.changeset import (
    decode_header,
    digest_of,
    encode_body,
    encode_header,
    merkle_root,
    signed_bytes,
)
from fangshan_desk.sync.merge import Merge
from fangshan_desk.sync.opening import CheckSignature, StoredEntries, open_entry, pack_entry, unpack_entry
from fangshan_desk.sync.sealing import ChangesetSealer

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICER = "0190f3a0-0000-7000-8000-0000000000aa"


@dataclass
class _MemoryDatabase:
    raw_writer: Any


class _NoMark:
    """Nothing in memory survives to be compared."""

    def write(self, sequence: int, digest: bytes) -> None:
        """Forget it."""


@cache
def _template() -> Any:
    connection = dbapi2.connect(":memory:", isolation_level=None)
    apply_pending(connection)
    install_triggers(connection)
    return connection


def key_of(device: bytes) -> Ed25519PrivateKey:
    """The signing key of an invented laptop."""
    return Ed25519PrivateKey.from_private_bytes(device * 2)


def check_of(device: bytes) -> CheckSignature:
    """The check of its signature."""
    public = key_of(device).public_key()

    def check(signature: bytes, content: bytes) -> bool:
        try:
            public.verify(signature, content)
        except InvalidSignature:
            return False
        return True

    return check


@dataclass
class Replica:
    """One laptop; ``wall_ms`` is what its clock says, right or wrong."""

    device: bytes
    rule: MergeRule = field(default_factory=Merge)
    journal_type: type[Journal] = Journal
    wall_ms: int = int(START.timestamp() * 1000)

    def __post_init__(self) -> None:
        self.connection = dbapi2.connect(":memory:", isolation_level=None)
        _template().backup(self.connection)
        _begin_chain(self.connection, self.device, key_of(self.device).public_key().public_bytes_raw())
        sealer = ChangesetSealer(sign=key_of(self.device).sign, wall=lambda: (self.wall_ms, 480))
        self.journal = self.journal_type(self.connection, sealer)
        self.tools = Tools(StoredEntries(), self.rule)

    @property
    def moment(self) -> datetime:
        """The laptop's clock."""
        return datetime.fromtimestamp(self.wall_ms / 1000, tz=UTC)

    @contextmanager
    def transaction(self) -> Iterator[SQLUnitOfWork]:
        """As on the real desk: nothing is kept without `commit`."""
        database = cast(Database, _MemoryDatabase(self.connection))
        mark = cast(HeadMark, _NoMark())
        with SQLUnitOfWork(database, self.journal, mark, actor=OFFICER) as uow:
            yield uow

    def meet(self, *others: "Replica | Ghost") -> None:
        """Learn the keys of other laptops."""
        for other in others:
            introduce(self.connection, other.device, key_of(other.device).public_key().public_bytes_raw())

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return [tuple(row) for row in self.connection.execute(statement, values).fetchall()]

    def vector(self) -> dict[bytes, int]:
        """What the laptop has."""
        return {item.device: item.sequence for item in vector(self.connection)}

    def lacking(self, have: Mapping[bytes, int]) -> list[OutgoingEntry]:
        """What another one lacks."""
        return list(lacking(self.connection, have))

    def receive(self, entries: Iterable[bytes], **options: Any) -> Reception:
        """Open, check and take in."""
        arrivals: list[Arrival] = [open_entry(data, check_of=check_of) for data in entries]
        with self.transaction() as uow:
            reception = uow.receive(arrivals, self.tools, moment=self.moment, **options)
            uow.commit()
        return reception

    def close(self) -> None:
        """Forget everything."""
        self.connection.close()


@dataclass
class FileReplica(Replica):
    """One laptop with its encrypted file in a folder; opened again it goes on where it was."""

    folder: Path = Path()

    def __post_init__(self) -> None:
        places = FilePlaces(self.folder / "desk.db", self.folder / "head.bin", self.folder / "backups")
        public = key_of(self.device).public_key().public_bytes_raw()
        if not places.database.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            create_desk_file(places, bytes(range(32)), device=self.device, public_key=public)
        sealer = ChangesetSealer(sign=key_of(self.device).sign, wall=lambda: (self.wall_ms, 480))
        self.file = open_desk_file(places, bytes(range(32)), sealer=sealer, backup=lambda _database: None)
        self.connection = self.file.database.raw_writer
        self.journal = self.file.journal
        self.tools = Tools(StoredEntries(), self.rule)

    @contextmanager
    def transaction(self) -> Iterator[SQLUnitOfWork]:
        """As on the real desk, because it is one."""
        with self.file.transaction(OFFICER) as uow:
            yield uow

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Ghost:
    """A laptop without a file that signs whatever it is told to, sound or not."""

    def __init__(self, number: int, *, wall_ms: int = int(START.timestamp() * 1000)) -> None:
        self.device = device_id(number)
        self._sealer = ChangesetSealer(sign=key_of(self.device).sign, wall=lambda: (wall_ms, 480))
        self.head = ChainHead(self.device, 1, 0, 0, b"")

    def seal(self, *rows: RowChange, number: int = 0, count: int = 1, name: bytes = bytes(16)) -> bytes:
        """The next entry of its chain."""
        sealed = self._sealer.seal(rows, head=self.head, actor=OFFICER, part=Part(name, number, count))
        self.head = replace(self.head, sequence=sealed.sequence, hlc=sealed.hlc, digest=sealed.digest)
        return pack_entry(Entry(sealed.header, sealed.signature, sealed.seed, sealed.body))

    def sign(self, data: bytes, content: Sequence[bytes] | None = None, **fields: Any) -> bytes:
        """An entry with other header fields or leaves, signed anew."""
        entry = unpack_entry(data)
        header, body = decode_header(entry.header), entry.body
        if content is not None:
            body = encode_body(content)
            fields |= {"leaves": len(content), "root": merkle_root(entry.seed, content)}
        changed = encode_header(msgspec.structs.replace(header, **fields))
        signature = key_of(self.device).sign(signed_bytes(changed))
        self.head = replace(self.head, hlc=fields.get("hlc", self.head.hlc), digest=digest_of(changed))
        return pack_entry(Entry(changed, signature, entry.seed, body))

    @property
    def version(self) -> Version:
        """What its newest entry wrote."""
        return Version(self.head.hlc, self.device)


def packed(items: Iterable[OutgoingEntry]) -> list[bytes]:
    """Entries as they travel."""
    return [pack_entry(item.entry) for item in items]


def send(source: Replica, target: Replica) -> Reception:
    """Everything the target lacks, in one batch."""
    return target.receive(packed(source.lacking(target.vector())), may_retract=True)


def exchange_all(replicas: list[Replica]) -> None:
    """Until nobody lacks anything."""
    for _ in range(2):
        for source in replicas:
            for target in replicas:
                if source is not target:
                    send(source, target)


def device_id(number: int) -> bytes:
    """The 16 bytes of an invented laptop."""
    return bytes([number]) * 16
