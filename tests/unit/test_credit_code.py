"""Credit codes are checked, explained and repaired as suggestions only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.domain.credit_code import (
    ALPHABET,
    CodeKind,
    RepairKind,
    check_character,
    check_code,
    clean_code,
    is_valid_code,
    is_valid_old_number,
    is_valid_organisation_code,
    make_code,
    organisation_code,
    repair_candidates,
)
from fangshan_desk.support.text import chinese_texts

TEXT = chinese_texts()
PUBLIC = ["91330100799655058B", "9144030071526726XG", "914403001922038216"]
INVENTED = [
    "91141128MA0K1T2C0E",
    "91141128MA0GXY1272",
    "92141128MA0K1T2C0B",
    "92141128MA0GXY127Y",
    "93141128MA0K1T2C08",
    "52141128MA0K1T2C0F",
]


@pytest.mark.parametrize("code", PUBLIC + INVENTED)
def test_a_right_code_is_valid(code: str) -> None:
    check = check_code(code)
    assert check.is_valid
    assert check.is_valid_credit_code
    assert make_code(code[:17]) == code


@pytest.mark.parametrize("code", PUBLIC)
def test_public_codes_pass_the_inner_check_too(code: str) -> None:
    assert is_valid_organisation_code(organisation_code(code))
    assert check_code(code).warnings == ()


def test_a_failing_inner_check_is_a_warning_only() -> None:
    check = check_code(make_code("91141128MA0K1T2C1"))
    assert [warning.key for warning in check.warnings] == ["uscc-warning-organisation"]
    assert check.is_valid


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ("９１１４１１２８ＭＡ０Ｋ１Ｔ２Ｃ０Ｅ", "91141128MA0K1T2C0E"),
        ("'91141128MA0K1T2C0E\t", "91141128MA0K1T2C0E"),
        (" 9114 1128 ma0k\u00a01t2c\u200b0e\u3000", "91141128MA0K1T2C0E"),
        ("\ufeff91141128MA0K1T2C0E\r\n", "91141128MA0K1T2C0E"),
    ],
)
def test_dirt_around_a_code_is_cleaned(entered: str, code: str) -> None:
    assert clean_code(entered) == code
    assert check_code(entered).is_valid


def test_a_wrong_check_character_names_the_right_one() -> None:
    problem = check_code("91141128MA0K1T2C0F").problems[0]
    assert (problem.key, problem.position) == ("uscc-problem-check", 18)
    assert problem.values == {"found": "F", "expected": "E"}


def test_a_letter_the_standard_leaves_out_is_named_with_its_place() -> None:
    check = check_code("91141128MA0K1T2CO E")
    assert [(p.key, p.position, p.values["meant"]) for p in check.problems] == [
        ("uscc-problem-character", 17, "0")
    ]
    assert check_code("91141128MA0K1T2C#E").problems[0].values["meant"] == "none"


def test_a_letter_in_the_division_code_is_named() -> None:
    problem = check_code("9114112AMA0K1T2C0E").problems[0]
    assert (problem.key, problem.position) == ("uscc-problem-division", 8)


@pytest.mark.parametrize(
    ("entered", "key"),
    [
        ("9114112800000000", "uscc-problem-length"),
        ("", "uscc-problem-empty"),
        ("  ", "uscc-problem-empty"),
        ("9.11411E+17", "uscc-problem-scientific"),
    ],
)
def test_a_code_of_another_length_is_unknown(entered: str, key: str) -> None:
    check = check_code(entered)
    assert (check.kind, check.problems[0].key) == (CodeKind.UNKNOWN, key)
    assert not check.is_valid


@pytest.mark.parametrize("number", ["141128000000018", "440301103097413"])
def test_an_old_number_has_its_own_check(number: str) -> None:
    check = check_code(number)
    assert (check.kind, check.is_valid, check.is_valid_credit_code) == (CodeKind.OLD_NUMBER, True, False)


def test_a_wrong_old_number_is_noticed() -> None:
    assert [p.key for p in check_code("141128000000017").problems] == ["uscc-problem-old-check"]
    assert not is_valid_old_number("1411280000000A8")


@pytest.mark.parametrize("code", ["79965505", "79965505-", "79965505Б"])
def test_nine_letters_and_digits_make_an_organisation_code(code: str) -> None:
    assert not is_valid_organisation_code(code)


@pytest.mark.parametrize("prefix", ["9114112", "91141128MA0K1T2CO"])
def test_a_check_character_needs_seventeen_right_characters(prefix: str) -> None:
    with pytest.raises(ValueError, match="first 17"):
        check_character(prefix)


@pytest.mark.parametrize(
    ("entered", "code", "kind", "position"),
    [
        ("91141128MA0K1T2COE", "91141128MA0K1T2C0E", RepairKind.CONFUSED, 17),
        ("9ll41128MA0K1T2C0E", None, None, None),
        ("9I141128MA0KIT2C0E", "91141128MA0K1T2C0E", RepairKind.CONFUSED, 2),
        ("91141128MAOK1TZC0E", "91141128MA0K1T2C0E", RepairKind.CONFUSED, 11),
        ("91141128AM0K1T2C0E", "91141128MA0K1T2C0E", RepairKind.SWAPPED, 9),
        ("9133010079965505B8", "91330100799655058B", RepairKind.SWAPPED, 17),
        ("9144030071526726XC", "9144030071526726XG", RepairKind.LOOK_ALIKE, 18),
    ],
)
def test_a_repair_is_suggested_first(
    entered: str, code: str | None, kind: RepairKind | None, position: int | None
) -> None:
    candidates = repair_candidates(entered)
    first = candidates[0] if candidates else None
    if code is None:
        assert all(candidate.kind is not RepairKind.CONFUSED for candidate in candidates)
    else:
        assert first is not None
        assert (first.code, first.kind, first.position) == (code, kind, position)


@pytest.mark.parametrize("entered", ["91141128MA0K1T2C0E", "9114", "91141128MA0K1T2C#E"])
def test_nothing_is_suggested_for_a_right_or_hopeless_code(entered: str) -> None:
    assert repair_candidates(entered) == ()


def test_a_confused_letter_with_two_readings_tries_both() -> None:
    code = make_code("91141128MA0K1U2C0")
    assert repair_candidates(code.replace("U", "V"))[0].code == code


def test_genuine_looking_repairs_come_before_lucky_ones() -> None:
    right = "91330100799655058B"
    kinds = [candidate.kind for candidate in repair_candidates("91330100799655038B")]
    assert kinds == sorted(kinds, key=list(RepairKind).index)
    assert right in [candidate.code for candidate in repair_candidates("91330100799655038B")][:4]


_prefixes = st.builds(
    lambda head, body: f"91{head}{body}",
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@given(_prefixes, st.integers(8, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed_and_repairable(prefix: str, at: int, new: str) -> None:
    code = make_code(prefix)
    wrong = code[:at] + new + code[at + 1 :]
    if wrong != code:
        assert not is_valid_code(wrong)
        assert code in {candidate.code for candidate in repair_candidates(wrong)}


@pytest.mark.parametrize(
    "entered",
    [
        "91141128MA0K1T2C0F",
        "91141128MA0K1T2COE",
        "91141128MA0K1T2C#E",
        "9114112AMA0K1T2C0E",
        "9114",
        "",
        "9.1E+17",
        "141128000000017",
    ],
)
def test_every_problem_is_told_in_a_sentence(entered: str) -> None:
    check = check_code(entered)
    assert check.problems
    for problem in check.problems:
        assert "代码" in TEXT(problem.key, **problem.values) or "注册号" in TEXT(
            problem.key, **problem.values
        )


def test_repairs_and_warnings_have_words() -> None:
    assert all(TEXT.has(kind.label_key) for kind in RepairKind)
    assert TEXT("uscc-warning-organisation")
