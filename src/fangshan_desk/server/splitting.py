"""Cuts a change-set into the parts that different circles of readers may see, and joins them again."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import msgspec

from fangshan_desk.domain.changesets import Entry, ReceivedChangeset, RowChange
from fangshan_desk.domain.disclosure import UNKNOWN_READERS
from fangshan_desk.server.store.backend import SERVER
from fangshan_desk.server.store.changesets import LogEntry, LogPart
from fangshan_desk.server.visibility import EVERYBODY, ROLE_BITS, audience_of
from fangshan_desk.sync.changeset import (
    decode_body,
    encode_body,
    encode_withheld,
    leaf_hash,
    leaf_salt,
)

_NODE_BYTES = 32
_UNKNOWN = sum(ROLE_BITS[role] for role in UNKNOWN_READERS) | SERVER
_pack = msgspec.msgpack.Encoder().encode
_numbers = msgspec.msgpack.Decoder(list[int]).decode


@dataclass(frozen=True, slots=True)
class SplitEntry:
    """The parts of one change-set; ``nodes`` only where some role may never see some leaf."""

    parts: tuple[LogPart, ...]
    nodes: bytes | None


def is_partial(entry: Entry) -> bool:
    """Whether leaves are withheld: such a copy proves itself but must not become the county's only one."""
    return entry.seed == b""


def numbered_rows(item: ReceivedChangeset, count: int) -> dict[int, RowChange]:
    """The readable rows by the number of their leaf."""
    unreadable = {leaf.number for leaf in item.unreadable}
    readable = (number for number in range(count) if number not in unreadable)
    return dict(zip(readable, item.rows, strict=False))


def split(item: ReceivedChangeset, *, leaves: int) -> SplitEntry:
    """Sort the leaves by who may read them; nearly always all of them go together."""
    rows = numbered_rows(item, leaves)
    audiences = [audience_of(rows[number]) if number in rows else _UNKNOWN for number in range(leaves)]
    circles = sorted(set(audiences)) or [EVERYBODY]
    if circles == [EVERYBODY]:
        return SplitEntry((LogPart(EVERYBODY, None, item.entry.body),), None)
    contents = decode_body(item.entry.body)
    seed = item.entry.seed
    nodes = b"".join(leaf_hash(leaf_salt(seed, number), leaf) for number, leaf in enumerate(contents))
    if len(circles) == 1:
        return SplitEntry((LogPart(circles[0], None, item.entry.body),), nodes)
    members = {
        circle: [n for n, audience in enumerate(audiences) if audience == circle] for circle in circles
    }
    parts = (
        LogPart(circle, _pack(numbers), encode_body([contents[number] for number in numbers]))
        for circle, numbers in members.items()
    )
    return SplitEntry(tuple(parts), nodes)


def seen_leaves(entry: LogEntry) -> Mapping[int, bytes]:
    """The leaves that the parts at hand hold, by number."""
    pairs = (
        zip(_part_numbers(part, entry.leaves), decode_body(part.body), strict=True) for part in entry.parts
    )
    return dict(chain.from_iterable(pairs))


def whole(entry: LogEntry) -> Entry | None:
    """The entry as its author sealed it, when every part is at hand."""
    first = entry.parts[0] if len(entry.parts) == 1 else None
    if first is not None and first.numbers is None:
        return Entry(entry.header, entry.signature, entry.seed, first.body)
    leaves = seen_leaves(entry)
    if len(leaves) < entry.leaves:
        return None
    body = encode_body([leaves[number] for number in range(entry.leaves)])
    return Entry(entry.header, entry.signature, entry.seed, body)


def with_gaps(entry: LogEntry, leaves: Mapping[int, bytes], hidden: Container[int]) -> Entry:
    """The entry for a reader who may see these leaves but the hidden ones; the root still holds."""
    items: list[bytes | tuple[bytes, bytes]] = []
    for number in range(entry.leaves):
        leaf = leaves.get(number)
        if leaf is None:
            nodes = entry.nodes or b""
            items.append(nodes[number * _NODE_BYTES : (number + 1) * _NODE_BYTES])
        else:
            salt = leaf_salt(entry.seed, number)
            items.append(leaf_hash(salt, leaf) if number in hidden else (salt, leaf))
    return Entry(entry.header, entry.signature, b"", encode_withheld(items))


def _part_numbers(part: LogPart, leaves: int) -> Sequence[int]:
    return range(leaves) if part.numbers is None else _numbers(part.numbers)
