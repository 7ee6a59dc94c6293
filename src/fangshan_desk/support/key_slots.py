"""The bytes of the key file: two framed slots, each complete and checked by itself."""

import hashlib
import struct
from collections.abc import Iterator

import msgspec

FORMAT_VERSION = 1
SUITE = 1
SLOT_BYTES = 4096
_MAGIC = b"FSDKEY\r\n"
_LENGTH = struct.Struct(">I")
_HEAD_BYTES = len(_MAGIC) + _LENGTH.size
_CHECKSUM_BYTES = hashlib.sha256().digest_size


class PassphraseWrap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The data key under a passphrase and, where one took part, the device secret of a key store."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes
    nonce: bytes
    wrapped: bytes
    key_store: str | None = None
    device_check: bytes | None = None


class RecoveryWrap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The data key for the holder of the county's recovery key."""

    public_key: bytes
    ephemeral: bytes
    nonce: bytes
    wrapped: bytes


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything needed to reach the data key; ``open_key`` only for the invented county."""

    version: int = FORMAT_VERSION
    suite: int = SUITE
    generation: int
    workspace: str
    key_check: bytes
    sample: bool = False
    note: str | None = None
    open_key: bytes | None = None
    passphrase: PassphraseWrap | None = None
    recovery: RecoveryWrap | None = None


class SlotFromNewerProgramError(Exception):
    """The checksum is right, but the version or the suite is unknown here."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class _Versions(msgspec.Struct):
    version: int
    suite: int


def encode(newest: Slot, other: Slot) -> bytes:
    """The file's bytes."""
    return _frame(newest) + _frame(other)


def decode(content: bytes) -> list[Slot]:
    """The readable slots without repeats, newest first; empty if the file is damaged."""
    slots = sorted(_readable(content), key=lambda slot: slot.generation, reverse=True)
    return [slot for place, slot in enumerate(slots) if slot not in slots[:place]]


def is_settled(content: bytes) -> bool:
    """Whether both slots are readable and say the same."""
    slots = list(_readable(content))
    return len(slots) == 2 and slots[0] == slots[1]


def _frame(slot: Slot) -> bytes:
    payload = msgspec.json.encode(slot)
    head = _MAGIC + _LENGTH.pack(len(payload)) + payload
    if len(head) + _CHECKSUM_BYTES > SLOT_BYTES:
        raise ValueError("a slot of the key file is too long")
    return (head + hashlib.sha256(head).digest()).ljust(SLOT_BYTES, b"\0")


def _readable(content: bytes) -> Iterator[Slot]:
    for start in (0, SLOT_BYTES):
        payload = _checked_payload(content[start : start + SLOT_BYTES])
        slot = _slot(payload) if payload is not None else None
        if slot is not None:
            yield slot


def _checked_payload(frame: bytes) -> bytes | None:
    if not frame.startswith(_MAGIC) or len(frame) < _HEAD_BYTES:
        return None
    (length,) = _LENGTH.unpack_from(frame, len(_MAGIC))
    end = _HEAD_BYTES + length
    if frame[end : end + _CHECKSUM_BYTES] != hashlib.sha256(frame[:end]).digest():
        return None
    return frame[_HEAD_BYTES:end]


def _slot(payload: bytes) -> Slot | None:
    try:
        versions = msgspec.json.decode(payload, type=_Versions)
        if versions.version > FORMAT_VERSION or versions.suite != SUITE:
            raise SlotFromNewerProgramError(versions.version)
        return msgspec.json.decode(payload, type=Slot)
    except msgspec.MsgspecError:
        return None
