"""Checks a device's chain: every header signed, linked to the one before, and true to its body."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fangshan_desk.sync.changeset import (
    Header,
    MalformedChangesetError,
    decode_header,
    digest_of,
    leaves_of,
    signed_bytes,
)

Verify = Callable[[bytes, bytes], bool]


@dataclass(frozen=True)
class StoredChangeset:
    """A change-set as a replica keeps it; ``body`` is None once compacted."""

    sequence: int
    header: bytes
    signature: bytes
    seed: bytes
    body: bytes | None


@dataclass(frozen=True)
class ChainFault:
    """The first entry of a chain that does not hold; ``reason`` is a text key's last part."""

    sequence: int
    reason: str


@dataclass(frozen=True)
class ChainReport:
    """Outcome of one chain: how many entries hold and what broke, if anything."""

    device: bytes
    checked: int
    fault: ChainFault | None
    last_digest: bytes


def audit_chain(device: bytes, entries: Iterable[StoredChangeset], verify: Verify) -> ChainReport:
    """Walk a chain from its first entry; stops at the first fault."""
    place = _Place(1, b"", -1)
    for entry in entries:
        reason = _broken_reason(entry, device, place, verify)
        if reason is not None:
            return ChainReport(device, place.sequence - 1, ChainFault(place.sequence, reason), place.previous)
        header = decode_header(entry.header)
        place = _Place(place.sequence + 1, digest_of(entry.header), header.hlc)
    return ChainReport(device, place.sequence - 1, None, place.previous)


class _Place(NamedTuple):
    """What the next entry must have: its number, its predecessor, a later clock."""

    sequence: int
    previous: bytes
    hlc: int


def _broken_reason(entry: StoredChangeset, device: bytes, place: _Place, verify: Verify) -> str | None:
    if entry.sequence != place.sequence:
        return "missing"
    try:
        header = decode_header(entry.header)
        if header.device != device or header.sequence != entry.sequence:
            return "reordered"
        return next(_faults(header, entry, place, verify), None)
    except MalformedChangesetError:
        return "unreadable"


def _faults(header: Header, entry: StoredChangeset, place: _Place, verify: Verify) -> Iterator[str]:
    if header.previous != place.previous:
        yield "broken-link"
    if header.hlc <= place.hlc:
        yield "clock"
    if not verify(signed_bytes(entry.header), entry.signature):
        yield "signature"
    if entry.body is not None and not _body_matches(header, entry.seed, entry.body):
        yield "content"


def _body_matches(header: Header, seed: bytes, body: bytes) -> bool:
    try:
        leaves_of(header, seed, body)
    except MalformedChangesetError as error:
        if error.args[0] == "content":
            return False
        raise
    return True
