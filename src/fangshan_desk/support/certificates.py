"""The county's statement that a public key belongs to a device."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from fangshan_desk.support.signing import PUBLIC_KEY_BYTES, SIGNATURE_BYTES, SigningKey, verify

SUITE = 1
_PREFIX = b"fangshan-desk device certificate 1\n"
_MOST_BYTES = 4096
_TEXT_FIELDS = ("county_id", "device_id", "name")


@dataclass(frozen=True)
class DeviceCertificate:
    """Which device a public key belongs to, and from when to when."""

    device_id: str
    name: str
    public_key: bytes
    valid_from: datetime
    valid_to: datetime
    county_id: str
    suite: int = SUITE

    def canonical_bytes(self) -> bytes:
        """What the county signs; the same bytes on every device."""
        content = {
            "county_id": self.county_id,
            "device_id": self.device_id,
            "name": self.name,
            "public_key": base64.b64encode(self.public_key).decode("ascii"),
            "suite": self.suite,
            "valid_from": _second(self.valid_from),
            "valid_to": _second(self.valid_to),
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return _PREFIX + text.encode("utf-8")


@dataclass(frozen=True)
class SignedCertificate:
    """A certificate with the county's signature."""

    certificate: DeviceCertificate
    signature: bytes

    def to_bytes(self) -> bytes:
        """For the enrolment reply, a file or a column."""
        return self.signature + self.certificate.canonical_bytes()


class CertificateProblem(StrEnum):
    """Why a certificate is not accepted; ``text_key`` names the sentence."""

    UNREADABLE = "unreadable"
    OTHER_COUNTY = "other-county"
    BAD_SIGNATURE = "bad-signature"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"

    @property
    def text_key(self) -> str:
        return f"certificate-{self}"


def certify(certificate: DeviceCertificate, county_key: SigningKey) -> SignedCertificate:
    """Sign on behalf of the county."""
    return SignedCertificate(certificate, county_key.sign(certificate.canonical_bytes()))


def read_certificate(content: bytes) -> SignedCertificate | None:
    """Parse; None if these are not the bytes of a certificate, to the last byte."""
    signature, body = content[:SIGNATURE_BYTES], content[SIGNATURE_BYTES:]
    if len(content) > _MOST_BYTES or not body.startswith(_PREFIX):
        return None
    try:
        certificate = _parsed(json.loads(body[len(_PREFIX) :]))
        # Only one spelling is a certificate: repeated keys or blanks would hide a second meaning.
        is_canonical = certificate.canonical_bytes() == body
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error, OverflowError):
        return None
    return SignedCertificate(certificate, signature) if is_canonical else None


def certificate_problem(
    signed: SignedCertificate, county_public_key: bytes, *, county_id: str, at: datetime | None = None
) -> CertificateProblem | None:
    """What is wrong, or None.

    Without ``at`` the dates are not asked: a wrong clock must not stop an exchange.
    """
    certificate = signed.certificate
    if certificate.suite != SUITE or len(certificate.public_key) != PUBLIC_KEY_BYTES:
        return CertificateProblem.UNREADABLE
    if certificate.county_id != county_id:
        return CertificateProblem.OTHER_COUNTY
    if not verify(county_public_key, signed.signature, certificate.canonical_bytes()):
        return CertificateProblem.BAD_SIGNATURE
    if at is not None and at < certificate.valid_from:
        return CertificateProblem.NOT_YET_VALID
    if at is not None and at >= certificate.valid_to:
        return CertificateProblem.EXPIRED
    return None


def _parsed(content: dict[str, object]) -> DeviceCertificate:
    texts = {name: content[name] for name in _TEXT_FIELDS}
    if not all(isinstance(text, str) for text in texts.values()) or type(content["suite"]) is not int:
        raise TypeError("a field has another type")
    return DeviceCertificate(
        county_id=str(texts["county_id"]),
        device_id=str(texts["device_id"]),
        name=str(texts["name"]),
        public_key=base64.b64decode(str(content["public_key"]), validate=True),
        valid_from=datetime.fromisoformat(str(content["valid_from"])),
        valid_to=datetime.fromisoformat(str(content["valid_to"])),
        suite=content["suite"],
    )


def _second(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a certificate needs aware times")
    return moment.astimezone(UTC).isoformat(timespec="seconds")
