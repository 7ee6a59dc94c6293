"""The signed text in a letter's QR code, checked without a network.

`FSD1:` + base45 of record and signature. The record, big-endian:

| bytes | content |
|---|---|
| 1 | layout version, 1 |
| 1 | kind of letter (`LetterFacts.kind_code`) |
| 16 | device id |
| 4 | date as the number yyyymmdd |
| 18 | unified social credit code, ASCII, filled up with zero bytes |
| 2 | number of items |
| 6 | amount in fen |
| 32 | SHA-256 of the confirmed content (`LetterFacts.content_digest`) |
| 1 | length of the document number in bytes |
| n | document number, UTF-8 |

The last 64 bytes are the device's Ed25519 signature over all bytes before them.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from fangshan_desk.domain.letter_facts import FACTS_TYPES, LetterFacts
from fangshan_desk.letters.errors import MalformedCodeError

PREFIX = "FSD1:"
CODE_PATTERN = re.compile(r"FSD1:[0-9A-Z $%*+\-./:]*[0-9A-Z$%*+\-./:]")
_VERSION = 1
_FIXED = struct.Struct(">BB16sI18sH6s32sB")
_SIGNATURE_LENGTH = 64
_MOST_ITEMS = 0xFFFF
_LONGEST_NUMBER = 200


class Verdict(Enum):
    """What a check found; the sentence is `letter-verdict-…`."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN_DEVICE = "unknown_device"
    UNCERTIFIED = "uncertified"
    REVOKED = "revoked"
    MALFORMED = "malformed"

    @property
    def key(self) -> str:
        """Key of the sentence for the person at the desk."""
        return f"letter-verdict-{self.value.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """What the code says about its letter."""

    kind_code: int
    device_id: bytes
    number: str
    issued_on: date
    uscc: str
    item_count: int
    amount_fen: int
    content_digest: bytes

    @property
    def kind(self) -> str:
        """The kind by name; empty for a kind of a newer desk."""
        return next((facts.kind for facts in FACTS_TYPES if facts.kind_code == self.kind_code), "")


@dataclass(frozen=True, slots=True)
class PublicKeyEntry:
    """What this desk knows of a device's signing key."""

    public_key: bytes
    is_certified: bool
    # Letters dated on or after this day are doubtful.
    revoked_on: date | None = None


def record_of(facts: LetterFacts, *, device_id: bytes, issued_on: date) -> CodeRecord:
    """The record of a letter; the date is the letter's, or the day of printing when it has none."""
    return CodeRecord(
        kind_code=facts.kind_code,
        device_id=device_id,
        number=facts.letterhead.number,
        issued_on=facts.letterhead.issued_on or issued_on,
        uscc=facts.enterprise.uscc,
        item_count=facts.item_count,
        amount_fen=facts.amount_fen,
        content_digest=facts.content_digest(),
    )


def build_code(record: CodeRecord, sign: Callable[[bytes], bytes]) -> str:
    """The text for the QR code; `sign` is the device's Ed25519 signature."""
    from base45 import b45encode

    signed = _packed(record)
    signature = sign(signed)
    if len(signature) != _SIGNATURE_LENGTH:
        raise ValueError("an Ed25519 signature has 64 bytes")
    body: bytes = b45encode(signed + signature)
    return PREFIX + body.decode("ascii")


def parse_code(text: str) -> tuple[CodeRecord, bytes, bytes]:
    """Record, signature and the signed bytes; nothing is checked yet."""
    data = _decoded(text)
    signed, signature = data[:-_SIGNATURE_LENGTH], data[-_SIGNATURE_LENGTH:]
    try:
        record = _unpacked(signed)
    except (struct.error, ValueError) as problem:
        raise MalformedCodeError from problem
    return record, signature, signed


def check_code(
    text: str,
    keys: Callable[[bytes], PublicKeyEntry | None],
    content_digest: bytes | None = None,
) -> Verdict:
    """Judge a code by the keys this desk knows and, if the letter is on file, by its content."""
    try:
        record, signature, signed = parse_code(text)
    except MalformedCodeError:
        return Verdict.MALFORMED
    entry = keys(record.device_id)
    if entry is None:
        return Verdict.UNKNOWN_DEVICE
    if not _is_signed(signed, signature, entry.public_key):
        return Verdict.ALTERED
    if content_digest is not None and content_digest != record.content_digest:
        return Verdict.ALTERED
    if entry.revoked_on is not None and record.issued_on >= entry.revoked_on:
        return Verdict.REVOKED
    return Verdict.GENUINE if entry.is_certified else Verdict.UNCERTIFIED


def _is_signed(signed: bytes, signature: bytes, public_key: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _packed(record: CodeRecord) -> bytes:
    number = record.number.encode()
    uscc = record.uscc.encode("ascii")
    if len(record.device_id) != 16 or len(record.content_digest) != 32:
        raise ValueError("device id has 16 bytes, digest 32")
    if len(uscc) > 18 or len(number) > _LONGEST_NUMBER:
        raise ValueError("credit code or document number too long")
    day = record.issued_on.year * 10000 + record.issued_on.month * 100 + record.issued_on.day
    fixed = _FIXED.pack(
        _VERSION,
        record.kind_code,
        record.device_id,
        day,
        uscc,
        min(record.item_count, _MOST_ITEMS),
        record.amount_fen.to_bytes(6, "big"),
        record.content_digest,
        len(number),
    )
    return fixed + number


def _unpacked(signed: bytes) -> CodeRecord:
    version, kind, device, day, uscc, items, amount, digest, length = _FIXED.unpack_from(signed)
    number = signed[_FIXED.size :]
    if version != _VERSION or len(number) != length:
        raise ValueError("layout")
    return CodeRecord(
        kind_code=kind,
        device_id=device,
        number=number.decode(),
        issued_on=date(day // 10000, day // 100 % 100, day % 100),
        uscc=uscc.rstrip(b"\0").decode("ascii"),
        item_count=items,
        amount_fen=int.from_bytes(amount, "big"),
        content_digest=digest,
    )


def _decoded(text: str) -> bytes:
    from base45 import b45decode

    # A code never ends in a blank, though blanks are digits of base45: stripping loses nothing.
    code = text.strip()
    if not CODE_PATTERN.fullmatch(code):
        raise MalformedCodeError
    try:
        data: bytes = b45decode(code.removeprefix(PREFIX))
    except ValueError as problem:
        raise MalformedCodeError from problem
    return data
