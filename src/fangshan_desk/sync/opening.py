"""Opens received entries: what proves nothing is told apart from what may go into a chain.

Pure: keys and the check of a signature are handed in. The county server opens what it gets by the same code.
"""

import hashlib
from collections.abc import Callable

import msgspec

from fangshan_desk.domain.changesets import (
    NO_DEVICE,
    Authorship,
    Entry,
    Part,
    ReceivedChangeset,
    RefusedEntry,
    RowChange,
    UnreadableLeaf,
)
from fangshan_desk.sync.changeset import (
    FORMAT_VERSION,
    LARGEST_BODY,
    MOST_LEAVES,
    SUITE_ED25519_SHA256,
    Header,
    MalformedChangesetError,
    decode_header,
    decode_leaf,
    digest_of,
    leaves_of,
    signed_bytes,
)

LARGEST_HEADER = 4096
LARGEST_ENTRY = LARGEST_BODY + 2 * LARGEST_HEADER
MOST_PARTS = 10_000
_ACTOR_CHARACTERS = 64
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[bytes, bytes, bytes, bytes])

CheckSignature = Callable[[bytes, bytes], bool]
"""(signature, content): whether the device signed exactly this."""
CheckOf = Callable[[bytes], CheckSignature | None]
"""The check for a device by its 16 bytes, or None when nobody has vouched for its key."""


def pack_entry(entry: Entry) -> bytes:
    """One entry as it travels."""
    return _encoder.encode(entry)


def unpack_entry(data: bytes) -> Entry:
    """Raises MalformedChangesetError."""
    try:
        if len(data) > LARGEST_ENTRY:
            raise MalformedChangesetError("entry")
        return Entry(*_decoder.decode(data))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedChangesetError("entry") from error


def open_entry(data: bytes, *, check_of: CheckOf) -> ReceivedChangeset | RefusedEntry:
    """Signature and content are checked; whether it fits its chain is seen where the chain is."""
    try:
        entry = unpack_entry(data)
        header = _checked_header(entry.header)
    except MalformedChangesetError:
        return RefusedEntry(reason="unreadable", content=data, digest=hashlib.sha256(data).digest())
    check = check_of(header.device)
    if check is None:
        return _refused("unknown-device", data, entry, header)
    if not check(entry.signature, signed_bytes(entry.header)):
        return _refused("signature", data, entry, header)
    try:
        return _received(entry, header)
    except MalformedChangesetError:
        return _refused("content", data, entry, header)


def _refused(reason: str, data: bytes, entry: Entry, header: Header) -> RefusedEntry:
    return RefusedEntry(
        reason=reason,
        content=data,
        digest=digest_of(entry.header),
        device=header.device,
        sequence=header.sequence,
    )


def _checked_header(data: bytes) -> Header:
    if len(data) > LARGEST_HEADER:
        raise MalformedChangesetError("header")
    header = decode_header(data)
    is_sound = (
        _is_of_this_format(header)
        and len(header.device) == len(header.transaction) == 16
        and header.device != NO_DEVICE
        and len(header.root) == 32
        and len(header.previous) in (0, 32)
        and (header.sequence == 1) == (header.previous == b"")
        and len(header.actor) <= _ACTOR_CHARACTERS
        and _are_in_range(header)
    )
    if not is_sound:
        raise MalformedChangesetError("header")
    return header


def _is_of_this_format(header: Header) -> bool:
    # A newer format keeps these fields; what only it understands stays closed.
    return header.version >= 1 and header.oldest_reader >= 1 and header.suite == SUITE_ED25519_SHA256


def _are_in_range(header: Header) -> bool:
    return (
        0 < header.sequence < 2**53
        and 0 < header.hlc < 2**62
        and 0 <= header.wall_ms < 2**53
        and abs(header.offset_minutes) <= 24 * 60
        and 0 <= header.part < header.parts <= MOST_PARTS
        and 0 <= header.leaves <= MOST_LEAVES
    )


def _received(entry: Entry, header: Header) -> ReceivedChangeset:
    rows: list[RowChange] = []
    unreadable: list[UnreadableLeaf] = []
    is_readable = header.oldest_reader <= FORMAT_VERSION
    # The root holds in every format, so that what is passed on is known to be whole.
    leaves = leaves_of(header, entry.seed, entry.body)
    for number, leaf in enumerate(leaves if is_readable else ()):
        try:
            if leaf is not None:
                rows.append(decode_leaf(leaf))
        except MalformedChangesetError:
            unreadable.append(UnreadableLeaf(number, leaf or b""))
    return ReceivedChangeset(
        device=header.device,
        sequence=header.sequence,
        hlc=header.hlc,
        part=Part(header.transaction, header.part, header.parts),
        digest=digest_of(entry.header),
        previous=header.previous,
        entry=entry,
        rows=tuple(rows),
        unreadable=tuple(unreadable),
        is_readable=is_readable,
    )


class StoredEntries:
    """Reads entries that were opened and checked before they were kept."""

    def pack(self, entry: Entry) -> bytes:
        """One entry as it travels."""
        return pack_entry(entry)

    def unpack(self, content: bytes) -> Entry:
        """The entry that `pack` made."""
        return unpack_entry(content)

    def read(self, entry: Entry) -> ReceivedChangeset:
        """What the entry says; MalformedChangesetError when the file is damaged."""
        return _received(entry, decode_header(entry.header))

    def part(self, header: bytes) -> Part:
        """Its place in its transaction."""
        decoded = decode_header(header)
        return Part(decoded.transaction, decoded.part, decoded.parts)

    def authorship(self, header: bytes) -> Authorship:
        """Who and when."""
        decoded = decode_header(header)
        return Authorship(decoded.actor, decoded.wall_ms, decoded.offset_minutes)
