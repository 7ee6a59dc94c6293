"""How a laptop proves to the county's server who asks: each request is signed over the server's challenge.

No clock takes part: a laptop whose battery is dead still gets through. TLS keeps strangers from listening.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

DEVICE_HEADER = "X-Fangshan-Device"
CHALLENGE_HEADER = "X-Fangshan-Challenge"
SIGNATURE_HEADER = "X-Fangshan-Signature"
_CONTEXT = b"fangshan-desk request 1\0"
_MOST_CHALLENGE = 200


@dataclass(frozen=True)
class SignedBy:
    """What the headers of a request claim."""

    device: bytes
    challenge: str
    signature: bytes


def request_content(*, county: str, method: str, target: str, body: bytes, challenge: str) -> bytes:
    """What is signed; ``target`` is the path with its query as it stands in the request line."""
    digest = hashlib.sha256(body).hexdigest()
    return _CONTEXT + "\n".join((county, method.upper(), target, digest, challenge)).encode("utf-8")


def signed_headers(*, device: bytes, challenge: str, signature: bytes) -> dict[str, str]:
    """The headers that carry the proof."""
    return {
        DEVICE_HEADER: device.hex(),
        CHALLENGE_HEADER: challenge,
        SIGNATURE_HEADER: signature.hex(),
    }


def read_signed_headers(headers: Mapping[str, str]) -> SignedBy | None:
    """None when one is missing or has another form."""
    try:
        device = bytes.fromhex(headers.get(DEVICE_HEADER, ""))
        signature = bytes.fromhex(headers.get(SIGNATURE_HEADER, ""))
    except ValueError:
        return None
    challenge = headers.get(CHALLENGE_HEADER, "")
    if len(device) != 16 or len(signature) != 64 or not 0 < len(challenge) <= _MOST_CHALLENGE:
        return None
    return SignedBy(device, challenge, signature)


def enrolment_content(*, county: str, secret: bytes, device: bytes, public_key: bytes) -> bytes:
    """What a new laptop signs to show that the key is its own."""
    digest = hashlib.sha256(secret).hexdigest()
    parts = (county, digest, device.hex(), public_key.hex())
    return b"fangshan-desk enrolment 1\0" + "\n".join(parts).encode("utf-8")
