"""How the county lets a laptop in: a file with everything, or a code short enough to be typed.

Both carry where the server is, a secret that works once, and what the server must show to be believed: the
fingerprint of its certificate and its signing key. The code carries ten bytes of a hash of these two.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

SECRET_BYTES = 10
FINGERPRINT_BYTES = 32
_PROOF_BYTES = 10
_PREFIX = "FS1"
_FILE_KIND = "fangshan-desk invitation 1"
_GROUP = 5
_MOST_CHARACTERS = 4096
_MOST_ADDRESS = 200
# 0 and O, 1 and I look alike on paper; base32 has none of the digits.
_LOOK_ALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})


@dataclass(frozen=True)
class Invitation:
    """What a code or a file says; only a file names key and fingerprint outright."""

    address: str
    secret: bytes
    proof: bytes
    county: str = ""
    fingerprint: bytes = b""
    public_key: bytes = b""

    def believes(self, *, fingerprint: bytes, public_key: bytes) -> bool:
        """Whether a server that shows these is the one that made this invitation."""
        return self.proof == server_proof(fingerprint=fingerprint, public_key=public_key)

    def to_code(self) -> str:
        """In groups of five, for reading aloud."""
        content = self.secret + self.proof + self.address.encode("utf-8")
        checked = content + hashlib.sha256(content).digest()[:2]
        text = base64.b32encode(checked).decode("ascii").rstrip("=")
        groups = [text[start : start + _GROUP] for start in range(0, len(text), _GROUP)]
        return "-".join([_PREFIX, *groups])

    def to_file(self) -> bytes:
        """For a stick or a message."""
        content = {
            "kind": _FILE_KIND,
            "address": self.address,
            "county": self.county,
            "fingerprint": self.fingerprint.hex(),
            "public_key": self.public_key.hex(),
            "secret": self.secret.hex(),
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def server_proof(*, fingerprint: bytes, public_key: bytes) -> bytes:
    """Stands for the server in a code: nobody else has a certificate and a key with this hash."""
    return hashlib.sha256(b"fangshan-desk server proof 1\0" + fingerprint + public_key).digest()[
        :_PROOF_BYTES
    ]


def invitation(
    *, address: str, county: str, secret: bytes, fingerprint: bytes, public_key: bytes
) -> Invitation:
    """A complete one, as the server makes it."""
    proof = server_proof(fingerprint=fingerprint, public_key=public_key)
    return Invitation(address, secret, proof, county, fingerprint, public_key)


def read_invitation(text: str) -> Invitation | None:
    """From a typed code or the content of a file; None when it is neither or a letter is wrong."""
    if len(text) > _MOST_CHARACTERS:
        return None
    stripped = text.strip().lstrip("\ufeff")
    return _from_file(stripped) if stripped.startswith("{") else _from_code(stripped)


def _from_code(text: str) -> Invitation | None:
    letters = "".join(text.upper().split()).replace("-", "")
    if not letters.startswith(_PREFIX):
        return None
    body = letters.removeprefix(_PREFIX).translate(_LOOK_ALIKES)
    try:
        checked = base64.b32decode(body + "=" * (-len(body) % 8))
        content, check = checked[:-2], checked[-2:]
        if hashlib.sha256(content).digest()[:2] != check:
            return None
        address = content[SECRET_BYTES + _PROOF_BYTES :].decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    if not _is_address(address):
        return None
    return Invitation(address, content[:SECRET_BYTES], content[SECRET_BYTES : SECRET_BYTES + _PROOF_BYTES])


def _from_file(text: str) -> Invitation | None:
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("kind") != _FILE_KIND:
            return None
        found = invitation(
            address=str(content["address"]),
            county=str(content["county"]),
            secret=bytes.fromhex(content["secret"]),
            fingerprint=bytes.fromhex(content["fingerprint"]),
            public_key=bytes.fromhex(content["public_key"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    is_sound = len(found.secret) == SECRET_BYTES and len(found.public_key) == FINGERPRINT_BYTES
    return found if is_sound and _is_address(found.address) else None


def _is_address(address: str) -> bool:
    return address.startswith(("https://", "http://")) and len(address) <= _MOST_ADDRESS and address.isascii()
