"""Nothing that names a person gets through the redaction."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.support.redaction import NUMBER, TEXT, redact, redact_strictly, safe_value

_ID = st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True)
_PHONE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
_CARD = st.from_regex(r"62[0-9]{14,17}", fullmatch=True)
_CREDIT_CODE = st.from_regex(r"9[1-3][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", fullmatch=True)


@given(
    before=st.text(max_size=12),
    secret=st.one_of(_ID, _PHONE, _CARD, _CREDIT_CODE),
    after=st.text(max_size=12),
)
def test_no_number_of_a_person_or_firm_survives_in_any_text(before: str, secret: str, after: str) -> None:
    for cleaned in (redact(before + secret + after), redact_strictly(before + secret + after)):
        assert secret not in cleaned
        assert not re.search(r"\d{7}", cleaned)
        assert secret[-9:] not in cleaned


@given(secret=st.one_of(_PHONE, _CARD), mark=st.sampled_from([" ", "-", "\u00a0", "\u2013"]))
def test_grouping_hides_nothing(secret: str, mark: str) -> None:
    groups = mark.join(re.findall(r"\d{1,4}", secret))
    assert redact(f"card {groups}.") == f"card {NUMBER}."


@given(digits=st.from_regex(r"[0-9]{0,20}", fullmatch=True), code=_CREDIT_CODE)
def test_digits_glued_in_front_of_a_code_leave_nothing_of_it(digits: str, code: str) -> None:
    assert not re.search(r"[0-9A-Z]{9}", redact(digits + code).replace(NUMBER, ""))


@pytest.mark.parametrize("short", ["0358-3021234", "3021234", "1990-03-07 12", "19900307"])
def test_landlines_and_dates_of_birth_go_too(short: str) -> None:
    assert redact(f"({short})") == f"({NUMBER})"


def test_full_width_digits_and_a_full_width_x_are_found() -> None:
    assert redact("号码１１０１０１１９９００３０７１２３Ｘ。") == f"号码{NUMBER}。"


def test_the_x_goes_with_the_number() -> None:
    for last in "Xx":
        assert "1101" not in redact(f"id=11010119900307123{last};")
        assert last not in redact(f"id=11010119900307123{last};").removeprefix("id=")


def test_ids_of_records_and_small_numbers_stay() -> None:
    text = "record 0195555a-1111-7222-8333-123456789012 has 120 rows"
    assert redact(text) == text


def test_chinese_goes_where_the_origin_is_unknown() -> None:
    assert redact_strictly("cannot save 张三 (石桥乡)") == f"cannot save {TEXT} ({TEXT})"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (12, 12),
        (True, True),
        (None, None),
        (1.5, 1.5),
        ("enterprise", "enterprise"),
        ("0195555a-1111-7222-8333-123456789012", "0195555a-1111-7222-8333-123456789012"),
        (13800138000, NUMBER),
        (-110101199003071234, NUMBER),
        ("13800138000", NUMBER),
        ("王五", TEXT),
        ("two words", TEXT),
        ("x" * 121, TEXT),
        ("line\n", TEXT),
        ({"name": "赵六"}, TEXT),
    ],
)
def test_a_fields_value_is_a_small_number_or_one_plain_word(value: object, kept: object) -> None:
    assert safe_value(value) == kept
