"""Money as people write it, as whole fen, and in capital numerals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.domain.amounts import (
    AmountNotUnderstoodError,
    AmountTooLargeError,
    AmountUnitConflictError,
    capital_amount,
    fen_from_yuan,
    parse_amount,
    yuan_decimal,
    yuan_text,
)
from fangshan_desk.support.text import chinese_texts
from tests.helpers.rules import shipped_amount_words

WORDS = shipped_amount_words()


@pytest.mark.parametrize(
    ("fen", "plain", "grouped"),
    [
        (9_000_000, "90000.00", "90,000.00"),
        (5, "0.05", "0.05"),
        (0, "0.00", "0.00"),
        (-126_550, "-1265.50", "-1,265.50"),
        (-7, "-0.07", "-0.07"),
    ],
)
def test_fen_are_written_as_yuan(fen: int, plain: str, grouped: str) -> None:
    assert yuan_text(fen) == plain
    assert yuan_text(fen, is_grouped=True) == grouped
    assert yuan_decimal(fen) == Decimal(plain)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1265.5", 126_550),
        ("1,265.50", 126_550),
        ("１２６．５", 12_650),
        ("１，２６５．５０", 126_550),
        ("126.5万", 126_500_000),
        ("126.5 万元", 126_500_000),
        ("1.2亿元", 12_000_000_000),
        ("￥90,000.00元", 9_000_000),
        ("人民币1600元", 160_000),
        ("-35", -3_500),
        ("−35.5", -3_550),
        ("0", 0),
        ("0.005", 1),
        ("0.004", 0),
        ("-0.005", -1),
        (".5", 50),
    ],
)
def test_an_amount_is_understood(text: str, fen: int) -> None:
    assert parse_amount(text, words=WORDS) == fen


def test_a_heading_in_ten_thousands_multiplies() -> None:
    assert parse_amount("126.50", words=WORDS, unit=10_000) == 126_500_000


@pytest.mark.parametrize("text", ["", "  ", "-", "－", "—", "——", "/", "无", "空", " 无 ", "\u3000"])
def test_no_data_is_not_zero(text: str) -> None:
    assert parse_amount(text, words=WORDS) is None


@pytest.mark.parametrize(
    "text", ["约5万", "1,26", "12,65.5", "9.11E+5", "1.2.3", "元", "万", "（35）", "12-13", "1265,50", "五百"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountNotUnderstoodError) as caught:
        parse_amount(f" {text} ", words=WORDS)
    assert text in chinese_texts()(caught.value.key, **caught.value.values)


def test_a_unit_in_cell_and_heading_is_asked_about() -> None:
    with pytest.raises(AmountUnitConflictError) as caught:
        parse_amount("126.5万", words=WORDS, unit=10_000)
    assert "126.5万" in chinese_texts()(caught.value.key, **caught.value.values)


@pytest.mark.parametrize(
    ("yuan", "capital"),
    [
        ("1600", "壹仟陆佰元整"),
        ("0", "零元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("10", "壹拾元整"),
        ("100000", "壹拾万元整"),
        ("1000001", "壹佰万零壹元整"),
        ("20000000300", "贰佰亿零叁佰元整"),
        ("100010000", "壹亿零壹万元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("-90000", "负玖万元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_in_capital_numerals(yuan: str, capital: str) -> None:
    assert capital_amount(fen_from_yuan(Decimal(yuan)), words=WORDS) == capital


def test_an_amount_beyond_the_numerals_is_refused() -> None:
    with pytest.raises(AmountTooLargeError) as caught:
        capital_amount(10**14, words=WORDS)
    assert chinese_texts()(caught.value.key, **caught.value.values)


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_every_amount_comes_back_from_its_text(fen: int) -> None:
    assert parse_amount(yuan_text(fen, is_grouped=True), words=WORDS) == fen
    assert parse_amount(yuan_text(fen), words=WORDS) == fen


_VALUE = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
_PLACE = {"拾": 10, "佰": 100, "仟": 1000}


def _read(capital: str) -> int:
    """Yuan of capital numerals, read independently of how they are written."""
    total = section = digit = 0
    for character in capital:
        if character in _VALUE:
            digit = _VALUE[character]
        elif character in _PLACE:
            section, digit = section + digit * _PLACE[character], 0
        else:
            total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8}[character], 0, 0
    return total + section + digit


@given(st.integers(0, 10**12 - 1))
def test_capital_numerals_say_the_number(yuan: int) -> None:
    capital = capital_amount(yuan * 100, words=WORDS).removesuffix("元整")
    assert _read(capital) == yuan
    assert "零零" not in capital
    assert yuan == 0 or not capital.endswith("零")
