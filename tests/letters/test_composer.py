"""Lines of Chinese text: nothing lost, nothing too wide, no mark at the wrong end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fangshan_desk.letters import styles
from fangshan_desk.letters.composer import NOT_AT_END, NOT_AT_START, Line, Measure, compose
from fangshan_desk.letters.fonts import Face, shipped_fonts

_HANZI = st.text("的一是在人有我他这工资劳动合同法喆堃玥㛃𬭎", min_size=1, max_size=9)
_WORDS = st.sampled_from(
    [
        "2023年8月25日",
        "91141128MA0KXYZ23K",
        "286,300.00元",
        "85.8%",
        "fsldjc@163.com",
        "CONT-01",
        "0358-6021700",
    ]
)
_MARKS = st.sampled_from(
    ["，", "。", "、", "：“", "”。", "《", "》", "》（", "）。", "——", "……", "；", "“", "” "]
)
_TEXT = st.lists(
    st.one_of(_HANZI, _WORDS, st.tuples(_HANZI, _MARKS).map("".join)), min_size=1, max_size=40
).map("".join)


def _measure(size: float = styles.BODY_SIZE, pitch: float | None = styles.PITCH) -> Measure:
    stack = shipped_fonts().stack(Face.BODY)
    return Measure(lambda character: stack[character][1], size, pitch)


def _lines(text: str, width: float = styles.BODY_WIDTH, first: float | None = None) -> list[Line]:
    return compose(text, _measure(), first or width, width)


@settings(deadline=None, max_examples=150)
@given(_TEXT, st.floats(12, 40))
def test_no_character_is_lost_or_added(text: str, ems: float) -> None:
    joined = "".join(line.text for line in _lines(text, ems * styles.PITCH))
    assert joined.replace(" ", "") == text.replace(" ", "")


@settings(deadline=None, max_examples=150)
@given(_TEXT, st.floats(12, 40))
def test_no_line_is_wider_than_its_place(text: str, ems: float) -> None:
    width = ems * styles.PITCH
    for line in _lines(text, width):
        assert line.width - line.blank_tail <= width * 1.02 + 0.01


@settings(deadline=None, max_examples=150)
@given(_TEXT, st.floats(12, 40))
def test_no_line_starts_or_ends_with_a_forbidden_mark(text: str, ems: float) -> None:
    lines = _lines(text, ems * styles.PITCH)
    assert all(line.text[0] not in NOT_AT_START for line in lines[1:])
    assert all(line.text[-1] not in NOT_AT_END for line in lines[:-1])


def test_a_full_line_has_twenty_eight_characters() -> None:
    lines = _lines("工" * 100)
    assert [len(line.text) for line in lines] == [28, 28, 28, 16]


def test_the_first_line_leaves_room_for_the_indent() -> None:
    first = styles.BODY_WIDTH - 2 * styles.PITCH
    lines = _lines("工" * 60, styles.BODY_WIDTH, first)
    assert [len(line.text) for line in lines] == [26, 28, 6]


def test_a_closing_mark_is_squeezed_in_rather_than_pushed_down() -> None:
    first, second = _lines("工" * 28 + "。" + "资" * 3)
    assert first.text == "工" * 28 + "。"
    assert second.text == "资资资"


def test_marks_that_meet_share_their_blank_half() -> None:
    together = _lines("》（")[0].width
    apart = _lines("》工（")[0].width - styles.PITCH
    assert together == pytest.approx(apart - styles.BODY_SIZE / 2)


@pytest.mark.parametrize("whole", ["2023年", "17号", "CONT-01", "——", "……", "85.8%", "286300.00元"])
def test_numbers_words_and_dashes_stay_whole(whole: str) -> None:
    for before in range(20, 29):
        lines = _lines("工" * before + whole + "资" * 20)
        assert any(whole in line.text for line in lines), before


def test_a_credit_code_is_cut_when_pushing_it_down_would_tear_the_line() -> None:
    first, second = _lines("工" * 22 + "91141128MA0KXYZ23K，住所")
    assert len(first.text) > 22
    assert len(first.text) + len(second.text) == 22 + 18 + 3


def test_an_endless_word_is_cut() -> None:
    lines = _lines("A" * 300, 10 * styles.PITCH)
    assert "".join(line.text for line in lines) == "A" * 300
    assert all(line.width <= 10 * styles.PITCH + 0.01 for line in lines)


def test_line_breaks_in_the_text_are_kept_and_empty_text_is_one_empty_line() -> None:
    assert [line.text for line in _lines("甲\n\n乙")] == ["甲", "", "乙"]
    assert [line.text for line in _lines("")] == [""]


def test_only_the_last_line_of_a_paragraph_stays_short() -> None:
    assert [line.is_last for line in _lines("工" * 60)] == [False, False, True]
