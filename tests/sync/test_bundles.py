"""Bundles and receipts: there and back, frame by frame, and nothing that was touched on the way."""

import io
import random
from collections.abc import Callable

import msgspec
import pytest
import zstandard

from fangshan_desk.support.signing import SigningKey, VerifyingKey
from fangshan_desk.sync import protocol
from fangshan_desk.sync.protocol import (
    FRAME_BYTES,
    BundleReader,
    MalformedBundleError,
    Preface,
    Receipt,
    read_receipt,
    server_id,
    sign_receipt,
    write_bundle,
)

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))
CHECK = VerifyingKey(KEY.public_key).verify
DEVICE = bytes(range(16))
PREFACE = Preface(sender=DEVICE, epoch=3, wall_ms=9, have=[(DEVICE, 4)], certificates=[b"c"], receipts=[b"r"])
RECEIPT = Receipt(device=DEVICE, sequence=7, digest=bytes(32), epoch=1, received_ms=5)


def packed(*parts: bytes) -> bytes:
    """Any MessagePack array passes for an entry."""
    return protocol._pack(list(parts))


def read(data: bytes, check: Callable[[bytes, bytes], bool] = CHECK) -> tuple[Preface, list[list[bytes]]]:
    """Everything a bundle holds, after its signature was checked."""
    reader = BundleReader(io.BytesIO(data).read)
    frames = list(reader.frames())
    reader.check_signature(check)
    return reader.preface, frames


def test_a_bundle_comes_back_as_it_was() -> None:
    entries = [packed(bytes([n]) * 40) for n in range(5)]
    preface, frames = read(write_bundle(entries, PREFACE, KEY.sign))
    assert preface == PREFACE
    assert preface.vector == {DEVICE: 4}
    assert frames == [entries]


def test_an_empty_bundle_carries_its_preface() -> None:
    assert read(write_bundle([], PREFACE, KEY.sign)) == (PREFACE, [])


def test_frames_stay_small_and_a_large_entry_stands_alone() -> None:
    chance = random.Random(1)
    small = [packed(chance.randbytes(300_000)) for _ in range(7)]
    large = packed(chance.randbytes(3_000_000))
    _, frames = read(write_bundle([*small, large, small[0]], PREFACE, KEY.sign))
    assert [len(frame) for frame in frames] == [3, 3, 1, 1, 1]
    assert all(sum(map(len, frame)) <= FRAME_BYTES for frame in frames if frame != [large])


def test_a_bundle_of_another_sender_is_refused() -> None:
    with pytest.raises(MalformedBundleError, match="signature"):
        read(write_bundle([], PREFACE, OTHER.sign))


def test_a_newer_container_is_named() -> None:
    preface = Preface(sender=DEVICE, oldest_reader=2)
    with pytest.raises(MalformedBundleError, match="version"):
        read(write_bundle([], preface, KEY.sign))


def test_further_fields_of_the_preface_are_ignored() -> None:
    data = write_bundle([], PREFACE, KEY.sign)
    length = int.from_bytes(data[8:12], "big")
    fields = msgspec.msgpack.decode(data[12 : 12 + length])
    longer = protocol._pack([*fields, "of a newer program"])
    reader = BundleReader(io.BytesIO(data[:8] + len(longer).to_bytes(4, "big") + longer).read)
    assert reader.preface == PREFACE


def test_every_touched_byte_is_noticed() -> None:
    data = write_bundle([packed(bytes(range(200)))], PREFACE, KEY.sign)
    chance = random.Random(7)
    for place in range(len(data)):
        touched = bytearray(data)
        touched[place] ^= 1 << chance.randrange(8)
        with pytest.raises(MalformedBundleError):
            read(bytes(touched))


@pytest.mark.parametrize("share", [0, 1, 8, 11, 30, 200, -1, -64, -65, -97])
def test_a_bundle_that_was_cut_is_noticed(share: int) -> None:
    data = write_bundle([packed(bytes(range(200)))], PREFACE, KEY.sign)
    with pytest.raises(MalformedBundleError):
        BundleReader(io.BytesIO(data[:share]).read).check(CHECK)


def test_nothing_may_follow_a_bundle() -> None:
    with pytest.raises(MalformedBundleError, match="length"):
        read(write_bundle([], PREFACE, KEY.sign) + b"x")


@pytest.mark.parametrize(
    "head",
    [
        b"\xff\xff\xff\xff",  # a preface of 4 GB
        b"\x00\x00\x00\x01\xc1",  # never used in MessagePack
        b"\x00\x00\x00\x01\x90",  # without its fields
    ],
)
def test_a_bad_preface_is_refused_before_reading_on(head: bytes) -> None:
    with pytest.raises(MalformedBundleError):
        BundleReader(io.BytesIO(protocol.MAGIC + head).read)


def test_a_frame_that_unpacks_to_very_much_is_refused() -> None:
    bomb = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(100_000_000))
    pieces: list[bytes] = []
    writer = protocol.BundleWriter(pieces.append, PREFACE, KEY.sign)
    writer._write_block(bomb)
    with pytest.raises(MalformedBundleError, match="frame"):
        read(b"".join(pieces))


def test_a_file_is_checked_without_opening_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_bundle([packed(b"x")], PREFACE, KEY.sign)
    monkeypatch.delattr(protocol, "_unpacked")
    BundleReader(io.BytesIO(data).read).check(CHECK)


def test_a_receipt_holds_and_a_touched_one_does_not() -> None:
    data = sign_receipt(RECEIPT, KEY.sign)
    assert read_receipt(data, CHECK) == RECEIPT
    assert read_receipt(data[:-1] + b"\x06", CHECK) is None
    assert read_receipt(data, VerifyingKey(OTHER.public_key).verify) is None
    assert read_receipt(b"", CHECK) is None


@pytest.mark.parametrize("content", [b"\xc0", protocol._pack([2, DEVICE, 7, bytes(32), 1, 5])])
def test_a_signed_receipt_of_another_form_is_none(content: bytes) -> None:
    assert read_receipt(KEY.sign(protocol.RECEIPT_CONTEXT + content) + content, CHECK) is None


def test_the_server_is_named_by_its_key() -> None:
    assert len(server_id(KEY.public_key)) == 16
    assert server_id(KEY.public_key) != server_id(OTHER.public_key)
