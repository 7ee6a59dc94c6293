"""Signatures and device certificates hold for exactly what was signed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.support.certificates import (
    CertificateProblem,
    DeviceCertificate,
    SignedCertificate,
    certificate_problem,
    certify,
    read_certificate,
)
from fangshan_desk.support.signing import SigningKey, verify

COUNTY = SigningKey(b"c" * 32)
DEVICE = SigningKey(b"d" * 32)
IN_FORCE = datetime(2026, 6, 1, tzinfo=UTC)
CERTIFICATE = DeviceCertificate(
    device_id="0195555a-0000-7000-8000-00000000000d",
    name="监察大队二号机",
    public_key=DEVICE.public_key,
    valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    valid_to=datetime(2027, 1, 1, tzinfo=UTC),
    county_id="141128",
)
SIGNED = certify(CERTIFICATE, COUNTY)


def _problem(signed: SignedCertificate, at: datetime | None = IN_FORCE) -> CertificateProblem | None:
    return certificate_problem(signed, COUNTY.public_key, county_id="141128", at=at)


@given(content=st.binary(max_size=200), other=st.binary(max_size=200))
def test_a_signature_holds_for_its_content_only(content: bytes, other: bytes) -> None:
    signature = DEVICE.sign(content)
    assert verify(DEVICE.public_key, signature, content)
    assert verify(DEVICE.public_key, signature, other) == (content == other)
    assert not verify(COUNTY.public_key, signature, content)


def test_the_key_follows_from_its_seed() -> None:
    # RFC 8032, first test vector.
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    expected = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert SigningKey(seed).public_key.hex() == expected


@pytest.mark.parametrize(
    ("key", "signature"), [(b"", b""), (b"k" * 31, b"s" * 64), (DEVICE.public_key, b"s")]
)
def test_malformed_keys_and_signatures_are_not_valid(key: bytes, signature: bytes) -> None:
    assert not verify(key, signature, b"content")


def test_a_certificate_comes_back_from_its_bytes() -> None:
    assert read_certificate(SIGNED.to_bytes()) == SIGNED
    assert _problem(SIGNED) is None


def test_every_flipped_byte_of_a_certificate_is_noticed() -> None:
    whole = SIGNED.to_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << (place % 8)
        signed = read_certificate(bytes(changed))
        assert signed is None or _problem(signed) is not None


def test_other_spellings_of_the_same_certificate_are_none() -> None:
    whole = SIGNED.to_bytes()
    for other in (whole + b"\n", whole.replace(b'","', b'", "', 1), whole[:-1] + b',"suite":1}', whole[:64]):
        assert read_certificate(other) is None


@given(content=st.binary(max_size=120))
def test_any_other_bytes_are_no_certificate(content: bytes) -> None:
    assert read_certificate(content) is None
    prefix = SIGNED.to_bytes()[: 64 + len(b"fangshan-desk device certificate 1\n")]
    assert read_certificate(prefix + content) is None


def test_reasons_are_told_apart() -> None:
    assert _problem(SIGNED, datetime(2025, 12, 31, tzinfo=UTC)) is CertificateProblem.NOT_YET_VALID
    assert _problem(SIGNED, CERTIFICATE.valid_to) is CertificateProblem.EXPIRED
    assert _problem(certify(CERTIFICATE, DEVICE)) is CertificateProblem.BAD_SIGNATURE
    renamed = SignedCertificate(replace(CERTIFICATE, name="x"), SIGNED.signature)
    assert _problem(renamed) is CertificateProblem.BAD_SIGNATURE
    elsewhere = certify(replace(CERTIFICATE, county_id="141129"), COUNTY)
    assert _problem(elsewhere) is CertificateProblem.OTHER_COUNTY
    assert _problem(certify(replace(CERTIFICATE, suite=2), COUNTY)) is CertificateProblem.UNREADABLE


def test_without_a_moment_a_wrong_clock_stops_nothing() -> None:
    assert _problem(SIGNED, None) is None


def test_a_certificate_without_a_zone_is_never_made() -> None:
    with pytest.raises(ValueError, match="aware"):
        certify(replace(CERTIFICATE, valid_to=datetime(2027, 1, 1)), COUNTY)  # noqa: DTZ001 - the mistake itself
