"""The change-set in bytes: leaves, Merkle root, signed header. See docs/changeset-format.md.

Pure: no clock, no network, no file. The county server reads the same bytes.
"""

import hashlib
import math
import re
from collections.abc import Container, Sequence
from typing import Any, TypeVar

import msgspec
import zstandard

from fangshan_desk.domain.changesets import DELETE, INSERT, UPDATE, FieldChange, NewRow, RowChange, Version

FORMAT_VERSION = 1
SUITE_ED25519_SHA256 = 1
SCHEMA_VERSION = 1
SIGNATURE_CONTEXT = b"fangshan-desk change-set 1\0"
LARGEST_BODY = 16 * 1024 * 1024
MOST_LEAVES = 2000
MOST_FIELDS = 1000
MOST_PARENTS = 1000
_COMPRESS_FROM = 256
_PLAIN, _ZSTANDARD = b"\x00", b"\x01"
_WITHHELD_PLAIN, _WITHHELD_ZSTANDARD = b"\x02", b"\x03"
_LARGEST_INTEGER = 2**53
T = TypeVar("T")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_encoder = msgspec.msgpack.Encoder()
_decode = msgspec.msgpack.Decoder().decode
_LEVEL = 3


class Header(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """The signed part of a change-set; the order of fields is the order on the wire."""

    version: int
    suite: int
    device: bytes
    incarnation: int
    sequence: int
    hlc: int
    wall_ms: int
    offset_minutes: int
    actor: str
    schema: int
    oldest_reader: int
    transaction: bytes
    part: int
    parts: int
    leaves: int
    root: bytes
    previous: bytes


class MalformedChangesetError(ValueError):
    """The bytes are not a change-set of this format; ``args[0]`` names the broken part."""


def encode_header(header: Header) -> bytes:
    """The bytes that are hashed and signed."""
    return _encoder.encode(header)


def decode_header(data: bytes) -> Header:
    """Raises MalformedChangesetError; further fields belong to a newer program and are allowed."""
    try:
        return msgspec.msgpack.decode(data, type=Header)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        # A text that is no UTF-8 raises ValueError, past the library's own errors.
        raise MalformedChangesetError("header") from error


def digest_of(header: bytes) -> bytes:
    """What the next change-set of the device names as its predecessor."""
    return hashlib.sha256(header).digest()


def signed_bytes(header: bytes) -> bytes:
    """The message an Ed25519 signature covers."""
    return SIGNATURE_CONTEXT + header


def encode_leaf(row: RowChange | NewRow) -> bytes:
    """One row's change as bytes."""
    if isinstance(row, NewRow):
        return _encoder.encode([row.table, INSERT, _packed(row.row_id), _flat(row.flat)])
    return _encoder.encode([row.table, row.kind, _packed(row.row_id), _payload(row)])


def _flat(values: Sequence[Any]) -> list[Any]:
    return [_packed(item) if isinstance(item, str) and len(item) == 36 else item for item in values]


def _payload(row: RowChange) -> list[Any]:
    if row.kind == INSERT:
        return _flat([item for field in row.fields for item in (field.column, field.value)])
    if row.kind == DELETE:
        return [[field.column, _parents(field.parents)] for field in row.fields]
    return [[field.column, _packed(field.value), _parents(field.parents)] for field in row.fields]


def _packed(value: Any) -> Any:
    # Ids make up much of a row: 16 bytes instead of 36 characters. No column holds bytes otherwise.
    if isinstance(value, str) and len(value) == 36 and _IDENTIFIER.fullmatch(value):
        return bytes.fromhex(value.replace("-", ""))
    return value


def _unpacked(value: bytes) -> str:
    if len(value) != 16:
        raise MalformedChangesetError("leaf")
    text = value.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _parents(versions: Sequence[Version]) -> list[list[Any]]:
    return [[version.hlc, version.device] for version in versions]


def decode_leaf(data: bytes) -> RowChange:
    """Raises MalformedChangesetError for anything that docs/changeset-format.md does not allow."""
    try:
        table, kind, row_id, payload = _decode(data)
        if type(row_id) is not bytes or _number(kind) not in _PAYLOADS:
            raise MalformedChangesetError("leaf")
        return RowChange(kind, _number(table), _unpacked(row_id), _PAYLOADS[kind](payload))
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        raise MalformedChangesetError("leaf") from error


def _inserted(payload: Any) -> tuple[FieldChange, ...]:
    pairs = zip(_some(payload[::2]), payload[1::2], strict=True)
    return tuple([FieldChange(_number(number), _value(value), ()) for number, value in pairs])


def _updated(payload: Any) -> tuple[FieldChange, ...]:
    return tuple(
        [
            FieldChange(_number(number), _value(value), _versions(parents))
            for number, value, parents in _some(payload)
        ]
    )


def _deleted(payload: Any) -> tuple[FieldChange, ...]:
    return tuple(
        [FieldChange(_number(number), None, _versions(parents)) for number, parents in _some(payload)]
    )


_PAYLOADS = {INSERT: _inserted, UPDATE: _updated, DELETE: _deleted}


def _some(payload: Any) -> list[Any]:
    if type(payload) is not list or len(payload) > MOST_FIELDS:
        raise MalformedChangesetError("leaf")
    return payload


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**31:
        raise MalformedChangesetError("leaf")
    return value


def _value(value: Any) -> Any:
    if value is None or type(value) is str:
        return value
    if type(value) is int and -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER:
        return value
    if type(value) is bytes:
        return _unpacked(value)
    if type(value) is float and math.isfinite(value):
        return value
    raise MalformedChangesetError("leaf")


def _versions(parents: Any) -> tuple[Version, ...]:
    if type(parents) is not list or len(parents) > MOST_PARENTS:
        raise MalformedChangesetError("leaf")
    return tuple([_version(*parent) for parent in parents])


def _version(hlc: Any, device: Any) -> Version:
    if type(hlc) is not int or not 0 <= hlc < 2**63 or type(device) is not bytes or len(device) != 16:
        raise MalformedChangesetError("leaf")
    return Version(hlc, device)


def encode_body(leaves: Sequence[bytes]) -> bytes:
    """All leaves behind one another, compressed when it pays."""
    return _compressed(_encoder.encode(list(leaves)), _PLAIN, _ZSTANDARD)


def _compressed(content: bytes, plain: bytes, packed: bytes) -> bytes:
    if len(content) < _COMPRESS_FROM:
        return plain + content
    # A compressor of its own each time: one must not be used by two threads at once.
    return packed + zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(content)


def decode_body(data: bytes) -> list[bytes]:
    """The leaves; refuses bodies that unpack to more than LARGEST_BODY bytes."""
    return _decoded(data, _PLAIN, _ZSTANDARD, list[bytes])


def _decoded(data: bytes, plain: bytes, packed: bytes, form: type[T]) -> T:
    try:
        content = data[1:] if data[:1] == plain else _decompressed(data, packed)
        return msgspec.msgpack.decode(content, type=form)
    except (msgspec.MsgspecError, zstandard.ZstdError, RecursionError) as error:
        raise MalformedChangesetError("body") from error


def _decompressed(data: bytes, packed: bytes) -> bytes:
    if data[:1] != packed or zstandard.frame_content_size(data[1:]) > LARGEST_BODY:
        raise MalformedChangesetError("body")
    return zstandard.ZstdDecompressor().decompress(data[1:], max_output_size=LARGEST_BODY)


def withhold(seed: bytes, leaves: Sequence[bytes], hidden: Container[int]) -> bytes:
    """A body for a reader who may not see the leaves with these numbers; it travels without the seed."""
    items: list[bytes | tuple[bytes, bytes]] = []
    for number, leaf in enumerate(leaves):
        salt = leaf_salt(seed, number)
        items.append(leaf_hash(salt, leaf) if number in hidden else (salt, leaf))
    return encode_withheld(items)


def encode_withheld(items: Sequence[bytes | tuple[bytes, bytes]]) -> bytes:
    """The same from one item for each leaf: its node, or its salt and content."""
    return _compressed(_encoder.encode(list(items)), _WITHHELD_PLAIN, _WITHHELD_ZSTANDARD)


def leaves_of(header: Header, seed: bytes, body: bytes) -> list[bytes | None]:
    """The leaves, None where one is withheld; MalformedChangesetError when they do not fit the root."""
    if body[:1] in (_WITHHELD_PLAIN, _WITHHELD_ZSTANDARD):
        nodes, leaves = _with_gaps(body)
    else:
        whole = decode_body(body)
        leaves = [*whole]
        nodes = [leaf_hash(leaf_salt(seed, number), leaf) for number, leaf in enumerate(whole)]
    if len(leaves) != header.leaves or root_of(nodes) != header.root:
        raise MalformedChangesetError("content")
    return leaves


def _with_gaps(body: bytes) -> tuple[list[bytes], list[bytes | None]]:
    items = _decoded(body, _WITHHELD_PLAIN, _WITHHELD_ZSTANDARD, list[bytes | tuple[bytes, bytes]])
    # A salt of another length could move the border between salt and leaf without changing the hash.
    if any(len(item) != 32 if isinstance(item, bytes) else len(item[0]) != 16 for item in items):
        raise MalformedChangesetError("content")
    nodes = [item if isinstance(item, bytes) else leaf_hash(*item) for item in items]
    return nodes, [None if isinstance(item, bytes) else item[1] for item in items]


def merkle_root(seed: bytes, leaves: Sequence[bytes]) -> bytes:
    """Root over salted leaves: a withheld leaf is replaced by its hash and cannot be guessed."""
    return root_of([leaf_hash(leaf_salt(seed, number), leaf) for number, leaf in enumerate(leaves)])


def leaf_salt(seed: bytes, number: int) -> bytes:
    """Salt of one leaf; knowing it tells nothing about the others."""
    return hashlib.sha256(seed + number.to_bytes(4, "big")).digest()[:16]


def leaf_hash(salt: bytes, leaf: bytes) -> bytes:
    """Bottom node of the tree."""
    return hashlib.sha256(b"\x00" + salt + leaf).digest()


def root_of(nodes: Sequence[bytes]) -> bytes:
    """Combine bottom nodes; a node without partner moves up unchanged."""
    level = list(nodes)
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + level[place] + level[place + 1]).digest()
            for place in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0] if level else hashlib.sha256(b"\x02").digest()
