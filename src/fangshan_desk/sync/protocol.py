"""Bundles and receipts in bytes, as docs/changeset-format.md describes them; entries pass through unopened.

Pure: keys and the check of a signature are handed in. A bundle is written and read frame by frame, whatever
its size; a file is checked from end to end before the first entry of it is used.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import zstandard

Sign = Callable[[bytes], bytes]
CheckSignature = Callable[[bytes, bytes], bool]
"""(signature, content): whether the one who is named signed exactly this."""

BUNDLE_VERSION = 1
MAGIC = b"FSDBNDL" + bytes([BUNDLE_VERSION])
BUNDLE_CONTEXT = b"fangshan-desk bundle 1\0"
RECEIPT_CONTEXT = b"fangshan-desk receipt 1\0"
MEDIA_TYPE = "application/x-fangshan-bundle"
FRAME_BYTES = 1024 * 1024
LARGEST_FRAME = 18 * 1024 * 1024
LARGEST_PREFACE = 4 * 1024 * 1024
MOST_FRAMES = 100_000
MOST_ENTRIES = 50_000
SIGNATURE_BYTES = 64
_TOTAL_BYTES = 32
_LENGTH_BYTES = 4
_RECEIPT_VERSION = 1
_LEVEL = 3
_END = bytes(_LENGTH_BYTES)
_pack = msgspec.msgpack.Encoder().encode


class MalformedBundleError(ValueError):
    """The bytes are not a whole bundle of this format; ``args[0]`` names the broken part."""


class Preface(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """What stands before the entries; the order of fields is the order on the wire."""

    oldest_reader: int = BUNDLE_VERSION
    sender: bytes
    receiver: bytes = b""
    epoch: int = 0
    wall_ms: int = 0
    have: list[tuple[bytes, int]] = []
    certificates: list[bytes] = []
    receipts: list[bytes] = []

    @property
    def vector(self) -> Mapping[bytes, int]:
        """The newest sequence the sender has of each device."""
        return dict(self.have)


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The server's word that it keeps an entry; through the chain it covers everything before."""

    device: bytes
    sequence: int
    digest: bytes
    epoch: int
    received_ms: int


class _Frame(NamedTuple):
    """One line of the index."""

    length: int
    entries: int
    digest: bytes


_preface = msgspec.msgpack.Decoder(Preface)
_index = msgspec.msgpack.Decoder(list[_Frame])
_entries = msgspec.msgpack.Decoder(list[msgspec.Raw])
_receipt = msgspec.msgpack.Decoder(tuple[int, bytes, int, bytes, int, int])


def server_id(public_key: bytes) -> bytes:
    """The 16 bytes by which a bundle names the county's server."""
    return hashlib.sha256(b"fangshan-desk server\0" + public_key).digest()[:16]


def sign_receipt(receipt: Receipt, sign: Sign) -> bytes:
    """A receipt as it travels: the signature, then what it covers."""
    content = _pack(
        [
            _RECEIPT_VERSION,
            receipt.device,
            receipt.sequence,
            receipt.digest,
            receipt.epoch,
            receipt.received_ms,
        ]
    )
    return sign(RECEIPT_CONTEXT + content) + content


def read_receipt(data: bytes, check: CheckSignature) -> Receipt | None:
    """None unless the county's server said exactly this."""
    signature, content = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
    if not check(signature, RECEIPT_CONTEXT + content):
        return None
    try:
        version, device, sequence, digest, epoch, received_ms = _receipt.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if version != _RECEIPT_VERSION or len(device) != 16 or len(digest) != 32:
        return None
    return Receipt(device=device, sequence=sequence, digest=digest, epoch=epoch, received_ms=received_ms)


class BundleWriter:
    """Writes a bundle; memory holds one frame and the index. Nothing is a bundle before `finish`."""

    def __init__(self, write: Callable[[bytes], object], preface: Preface, sign: Sign) -> None:
        self._out = write
        self._sign = sign
        self._total = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._frames: list[_Frame] = []
        self.entries = 0
        self._write(MAGIC)
        self._write_block(_pack(preface))

    def add(self, entry: bytes) -> None:
        """One packed entry."""
        if self._waiting and self._waiting_bytes + len(entry) > FRAME_BYTES:
            self._flush()
        self._waiting.append(entry)
        self._waiting_bytes += len(entry)
        self.entries += 1
        if self._waiting_bytes >= FRAME_BYTES or len(self._waiting) >= MOST_ENTRIES:
            self._flush()

    def finish(self) -> None:
        """Write what is left, the index and the signature."""
        self._flush()
        self._write(_END)
        self._write_block(_pack(self._frames))
        total = self._total.digest()
        self._out(total)
        self._out(self._sign(BUNDLE_CONTEXT + total))

    def _flush(self) -> None:
        if not self._waiting:
            return
        content = _pack([msgspec.Raw(entry) for entry in self._waiting])
        packed = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(content)
        self._write_block(packed)
        self._frames.append(_Frame(len(packed), len(self._waiting), hashlib.sha256(packed).digest()))
        self._waiting, self._waiting_bytes = [], 0

    def _write_block(self, content: bytes) -> None:
        self._write(len(content).to_bytes(_LENGTH_BYTES, "big"))
        self._write(content)

    def _write(self, content: bytes) -> None:
        self._total.update(content)
        self._out(content)


def write_bundle(entries: Sequence[bytes], preface: Preface, sign: Sign) -> bytes:
    """A bundle in memory, for a request or a reply."""
    pieces: list[bytes] = []
    writer = BundleWriter(pieces.append, preface, sign)
    for entry in entries:
        writer.add(entry)
    writer.finish()
    return b"".join(pieces)


class BundleReader:
    """Reads a bundle from a function that gives the next bytes, as a file's ``read`` does."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._in = read
        self._total = hashlib.sha256()
        if self._read(len(MAGIC)) != MAGIC:
            raise MalformedBundleError("magic")
        self.preface = self._read_preface()

    def frames(self) -> Iterator[list[bytes]]:
        """The packed entries of each frame; each entry proves itself, so frames may be used as they come."""
        for packed in self._blocks():
            yield _unpacked(packed)

    def check(self, check: CheckSignature) -> None:
        """Read to the end without opening a frame; raises MalformedBundleError unless all of it holds."""
        for _ in self._blocks():
            pass
        self.check_signature(check)

    def check_signature(self, check: CheckSignature) -> None:
        """After the last frame: whether the sender signed exactly this."""
        total = self._total.digest()
        if self._raw(_TOTAL_BYTES) != total:
            raise MalformedBundleError("total")
        if not check(self._raw(SIGNATURE_BYTES), BUNDLE_CONTEXT + total):
            raise MalformedBundleError("signature")
        if self._in(1):
            raise MalformedBundleError("length")

    def _blocks(self) -> Iterator[bytes]:
        seen: list[tuple[int, bytes]] = []
        while length := int.from_bytes(self._read(_LENGTH_BYTES), "big"):
            if length > LARGEST_FRAME or len(seen) >= MOST_FRAMES:
                raise MalformedBundleError("frame")
            packed = self._read(length)
            seen.append((length, hashlib.sha256(packed).digest()))
            yield packed
        index = self._decoded(_index, self._read_block(), "index")
        if [(frame.length, frame.digest) for frame in index] != seen:
            raise MalformedBundleError("index")

    def _read_preface(self) -> Preface:
        preface: Preface = self._decoded(_preface, self._read_block(), "preface")
        if preface.oldest_reader > BUNDLE_VERSION:
            raise MalformedBundleError("version")
        if len(preface.sender) != 16 or len(preface.receiver) not in (0, 16):
            raise MalformedBundleError("preface")
        return preface

    def _decoded(self, decoder: Any, content: bytes, part: str) -> Any:
        try:
            return decoder.decode(content)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise MalformedBundleError(part) from error

    def _read_block(self) -> bytes:
        length = int.from_bytes(self._read(_LENGTH_BYTES), "big")
        if length > LARGEST_PREFACE:
            raise MalformedBundleError("length")
        return self._read(length)

    def _read(self, size: int) -> bytes:
        content = self._raw(size)
        self._total.update(content)
        return content

    def _raw(self, size: int) -> bytes:
        content = self._in(size)
        if len(content) != size:
            raise MalformedBundleError("end")
        return content


def _unpacked(packed: bytes) -> list[bytes]:
    try:
        if zstandard.frame_content_size(packed) > LARGEST_FRAME:
            raise MalformedBundleError("frame")
        content = zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST_FRAME)
        entries = _entries.decode(content)
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedBundleError("frame") from error
    if len(entries) > MOST_ENTRIES:
        raise MalformedBundleError("frame")
    return [bytes(entry) for entry in entries]
