"""The code on a letter: genuine ones pass, one changed character never does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from fangshan_desk.letters.check_words import check_words, is_same_check
from fangshan_desk.letters.errors import MalformedCodeError
from fangshan_desk.letters.verification_code import (
    CodeRecord,
    PublicKeyEntry,
    Verdict,
    build_code,
    check_code,
    parse_code,
    record_of,
)
from fangshan_desk.support.text import chinese_texts
from tests.helpers import letter_samples

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DEVICE = bytes(range(16))
FACTS = letter_samples.prescription(3)
RECORD = record_of(FACTS, device_id=DEVICE, issued_on=date(2023, 8, 26))
CODE = build_code(RECORD, KEY.sign)
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def _keys(
    *, is_certified: bool = True, revoked_on: date | None = None, key: Ed25519PrivateKey = KEY
) -> Callable[[bytes], PublicKeyEntry | None]:
    entry = PublicKeyEntry(key.public_key().public_bytes_raw(), is_certified, revoked_on)
    return {DEVICE: entry}.get


def test_a_genuine_code_says_what_the_letter_says() -> None:
    record, signature, signed = parse_code(CODE)
    assert record == RECORD
    assert record.kind == "prescription"
    assert record.issued_on == date(2023, 8, 25)
    assert record.content_digest == FACTS.content_digest()
    assert len(signature) == 64
    assert KEY.sign(signed) == signature
    assert check_code(CODE, _keys(), FACTS.content_digest()) is Verdict.GENUINE


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_one_changed_character_is_noticed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CODE) - 1))
    other = data.draw(st.sampled_from(BASE45.replace(CODE[place], "")))
    changed = CODE[:place] + other + CODE[place + 1 :]
    assert check_code(changed, _keys()) in {Verdict.ALTERED, Verdict.MALFORMED, Verdict.UNKNOWN_DEVICE}


@settings(deadline=None, max_examples=100)
@given(st.integers(0, len(CODE) - 1), st.integers(1, 6))
def test_missing_characters_are_noticed(place: int, count: int) -> None:
    shorter = CODE[:place] + CODE[place + count :]
    assert check_code(shorter, _keys()) is not Verdict.GENUINE


def test_changed_content_is_noticed() -> None:
    other = replace(FACTS, objection="有异议").content_digest()
    assert check_code(CODE, _keys(), other) is Verdict.ALTERED


def test_a_code_signed_by_another_key_is_altered() -> None:
    forged = build_code(RECORD, Ed25519PrivateKey.generate().sign)
    assert check_code(forged, _keys()) is Verdict.ALTERED


def test_the_verdict_depends_on_what_is_known_of_the_device() -> None:
    assert check_code(CODE, lambda device: None) is Verdict.UNKNOWN_DEVICE
    assert check_code(CODE, _keys(is_certified=False)) is Verdict.UNCERTIFIED
    assert check_code(CODE, _keys(revoked_on=date(2023, 8, 25))) is Verdict.REVOKED
    assert check_code(CODE, _keys(revoked_on=date(2023, 8, 26))) is Verdict.GENUINE
    assert check_code(CODE, lambda device: PublicKeyEntry(b"short", True)) is Verdict.ALTERED


@pytest.mark.parametrize(
    "text", ["", "FSD1:", "FSD1:ABC", CODE.lower(), CODE[1:], "FSD2" + CODE[4:], CODE + CODE, "喆"]
)
def test_what_is_no_code_is_malformed(text: str) -> None:
    assert check_code(text, _keys()) is Verdict.MALFORMED
    with pytest.raises(MalformedCodeError):
        parse_code(text)


def test_blanks_around_a_code_do_no_harm() -> None:
    assert check_code(f"\r\n {CODE.rstrip()} \n", _keys()) is Verdict.GENUINE


def test_a_code_never_ends_in_a_blank_that_copying_would_lose() -> None:
    for count in range(200):
        code = build_code(replace(RECORD, item_count=count, number="号" * (count % 2)), KEY.sign)
        assert not code.endswith(" ")


@settings(deadline=None, max_examples=50)
@given(
    st.builds(
        CodeRecord,
        kind_code=st.integers(0, 255),
        device_id=st.just(DEVICE),
        number=st.text("方人社处〔2023〕17号喆𬭎", max_size=20),
        issued_on=st.dates(date(2000, 1, 1)),
        uscc=st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", max_size=18),
        item_count=st.integers(0, 65535),
        amount_fen=st.integers(0, 2**48 - 1),
        content_digest=st.binary(min_size=32, max_size=32),
    )
)
def test_every_record_comes_back(record: CodeRecord) -> None:
    assert parse_code(build_code(record, KEY.sign))[0] == record


def test_what_cannot_be_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        build_code(replace(RECORD, uscc="9" * 19), KEY.sign)
    with pytest.raises(ValueError, match="16 bytes"):
        build_code(replace(RECORD, device_id=b"short"), KEY.sign)
    with pytest.raises(ValueError, match="64 bytes"):
        build_code(RECORD, lambda signed: b"short")


def test_every_verdict_has_a_sentence() -> None:
    assert all(chinese_texts().has(verdict.key) for verdict in Verdict)


def test_the_check_code_survives_careless_typing() -> None:
    digest = FACTS.content_digest()
    words = check_words(digest)
    assert len(words) == 9
    assert is_same_check(words.lower().replace("-", " "), digest)
    assert is_same_check(words.replace("0", "O").replace("1", "l"), digest)
    assert not is_same_check(words[:-1], digest)
    assert not is_same_check(check_words(bytes(32)), digest)
