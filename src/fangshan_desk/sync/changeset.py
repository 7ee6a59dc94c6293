"""The change-set in bytes: leaves, Merkle root, signed header. See docs/changeset-format.md.

Pure: no clock, no network, no file. The county server reads the same bytes.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import zstandard

from fangshan_desk.domain.changesets import DELETE, INSERT, FieldChange, NewRow, RowChange, Version

FORMAT_VERSION = 1
SUITE_ED25519_SHA256 = 1
SCHEMA_VERSION = 1
SIGNATURE_CONTEXT = b"fangshan-desk change-set 1\0"
LARGEST_BODY = 16 * 1024 * 1024
_COMPRESS_FROM = 256
_PLAIN, _ZSTANDARD = b"\x00", b"\x01"
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_encoder = msgspec.msgpack.Encoder()
_compressor = zstandard.ZstdCompressor(level=3, write_content_size=True)


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
    except msgspec.MsgspecError as error:
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


def _unpacked(value: Any) -> Any:
    if isinstance(value, bytes):
        if len(value) != 16:
            raise MalformedChangesetError("leaf")
        text = value.hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    return value


def _parents(versions: Sequence[Version]) -> list[list[Any]]:
    return [[version.hlc, version.device] for version in versions]


def decode_leaf(data: bytes) -> RowChange:
    """Raises MalformedChangesetError."""
    try:
        table, kind, row_id, payload = msgspec.msgpack.decode(data)
        return RowChange(int(kind), int(table), _unpacked(row_id), _fields(int(kind), payload))
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise MalformedChangesetError("leaf") from error


def _fields(kind: int, payload: list[Any]) -> tuple[FieldChange, ...]:
    if kind == INSERT:
        pairs = zip(payload[::2], payload[1::2], strict=True)
        return tuple(FieldChange(number, _unpacked(value), ()) for number, value in pairs)
    if kind == DELETE:
        return tuple(FieldChange(number, None, _versions(parents)) for number, parents in payload)
    return tuple(
        FieldChange(number, _unpacked(value), _versions(parents)) for number, value, parents in payload
    )


def _versions(parents: list[list[Any]]) -> tuple[Version, ...]:
    return tuple(Version(hlc, device) for hlc, device in parents)


def encode_body(leaves: Sequence[bytes]) -> bytes:
    """All leaves behind one another, compressed when it pays."""
    plain = _encoder.encode(list(leaves))
    if len(plain) < _COMPRESS_FROM:
        return _PLAIN + plain
    return _ZSTANDARD + _compressor.compress(plain)


def decode_body(data: bytes) -> list[bytes]:
    """The leaves; refuses bodies that unpack to more than LARGEST_BODY bytes."""
    try:
        plain = data[1:] if data[:1] == _PLAIN else _decompressed(data)
        return msgspec.msgpack.decode(plain, type=list[bytes])
    except (msgspec.MsgspecError, zstandard.ZstdError) as error:
        raise MalformedChangesetError("body") from error


def _decompressed(data: bytes) -> bytes:
    if data[:1] != _ZSTANDARD or zstandard.frame_content_size(data[1:]) > LARGEST_BODY:
        raise MalformedChangesetError("body")
    return zstandard.ZstdDecompressor().decompress(data[1:], max_output_size=LARGEST_BODY)


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
