"""Names and addresses of enterprises, made comparable without losing who is who."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.domain.enterprise_names import (
    Match,
    MatchDecision,
    MatchParty,
    clean_name,
    edit_distance,
    likely_duplicates,
    match_score,
    normalise_name,
    similarity,
)
from fangshan_desk.domain.raw_fields import InvalidInputError
from fangshan_desk.domain.townships import Townships, township_from_address
from fangshan_desk.support.reference_files import read_reference
from fangshan_desk.support.text import chinese_texts
from tests.helpers.rules import shipped_name_rules, shipped_townships

RULES = shipped_name_rules()
CODE, OTHER_CODE = "91141128MA0K1T2C0E", "91141128MA0GXY1272"
AUTO, PROPOSE, CONFLICT, NONE = MatchDecision


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("方山县　示例 洗煤有限公司", "方山县示例洗煤有限公司"),
        ("方山县示例·洗煤-有限公司。", "方山县示例洗煤有限公司"),
        ("方山示例(山西)有限公司", "方山示例（山西）有限公司"),
        ("方山县示例洗煤有限公司（原方山县老示例煤厂）", "方山县示例洗煤有限公司"),
        ("大武镇王记饭店（个体工商户）", "大武镇王记饭店"),
        ("ａｂｃ商贸有限公司", "ABC商贸有限公司"),
        ("方山縣興業煤礦廠", "方山县兴业煤矿厂"),
        ("示例公司()", "示例公司"),
        ("示例\u200b公司\t", "示例公司"),
    ],
)
def test_a_name_is_cleaned(name: str, clean: str) -> None:
    assert clean_name(name, RULES) == clean


@pytest.mark.parametrize(
    ("name", "region", "core", "org_form", "branch"),
    [
        ("方山县示例洗煤有限公司", "county", "示例洗煤", "有限公司", ""),
        ("山西方山示例洗煤有限责任公司", "county", "示例洗煤", "有限责任公司", ""),
        ("山西省吕梁市示例建筑股份有限公司", "city", "示例建筑", "股份有限公司", ""),
        ("示例商贸有限公司", "", "示例商贸", "有限公司", ""),
        ("方山县大武镇养羊农民专业合作社", "county", "大武镇养羊", "农民专业合作社", ""),
        ("山西示例运输有限公司方山分公司", "province", "示例运输", "有限公司", "方山分公司"),
        ("山西示例建筑有限公司店坪项目部", "province", "示例建筑", "有限公司", "店坪项目部"),
        ("方山县老王面馆大武分店", "county", "老王面馆大武分", "店", ""),
        ("方山县", "", "方山县", "", ""),
        ("有限公司", "", "有限公司", "", ""),
        ("", "", "", "", ""),
    ],
)
def test_a_name_is_taken_apart(name: str, region: str, core: str, org_form: str, branch: str) -> None:
    parts = normalise_name(name, RULES)
    assert (parts.region, parts.core, parts.org_form, parts.branch) == (region, core, org_form, branch)
    assert parts.is_branch is bool(branch)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("煤", "", 1),
        ("示例洗煤", "示例煤", 1),
        ("宏达", "鸿达", 1),
        ("ab", "ba", 2),
        ("洗煤厂", "焦化厂", 2),
    ],
)
def test_the_edit_distance_counts_changes(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == distance
    assert edit_distance(other, one) == distance


def test_similarity_is_relative_to_the_longer_name() -> None:
    assert similarity("示例洗煤", "示例洗煤") == 1
    assert similarity("示例洗煤", "示例煤") == 0.75
    assert similarity("", "") == 1
    assert similarity("甲", "乙") == 0


@given(
    st.text("方山煤矿厂店", max_size=8), st.text("方山煤矿厂店", max_size=8), st.text("方山煤", max_size=8)
)
def test_the_edit_distance_is_a_distance(one: str, other: str, third: str) -> None:
    assert edit_distance(one, third) <= edit_distance(one, other) + edit_distance(other, third)
    assert (edit_distance(one, other) == 0) is (one == other)


KNOWN = MatchParty(
    name="方山县示例洗煤有限公司",
    uscc=CODE,
    legal_representative="李建国",
    phone="13800000000",
    township="141128103",
    linked=frozenset({"单位编号0021"}),
)
WITHOUT_CODE = MatchParty(name="方山县示例洗煤有限公司", township="141128103", legal_representative="李建国")


def _match(row: MatchParty, enterprise: MatchParty = KNOWN) -> Match:
    return match_score(row, enterprise, rules=RULES)


@pytest.mark.parametrize(
    ("row", "score", "decision", "key"),
    [
        (MatchParty(name="示例洗煤公司", uscc="９１１４１１２８MA0K1T2C0E"), 100, AUTO, "match-code"),
        (MatchParty(name="方山县永兴焦化厂", uscc=CODE), 100, CONFLICT, "match-code-other-name"),
        (
            MatchParty(name="方山县示例洗煤有限公司大武分公司", uscc=CODE),
            100,
            CONFLICT,
            "match-code-other-name",
        ),
        (MatchParty(name="什么都不像", linked=frozenset({"单位编号0021"})), 98, AUTO, "match-linked-number"),
        (MatchParty(name="什么都不像", linked=frozenset({"MA0K1T2C0"})), 98, AUTO, "match-linked-number"),
        (WITHOUT_CODE, 95, AUTO, "match-name-and-more"),
        (MatchParty(name="方山示例洗煤有限公司", phone="13800000000"), 95, AUTO, "match-name-and-more"),
        (MatchParty(name="方山县示例洗煤有限公司"), 90, PROPOSE, "match-name"),
        (MatchParty(name="示例洗煤有限公司", phone="13800000000"), 90, PROPOSE, "match-name"),
        (
            MatchParty(name="方山县示例洗煤有限公司", township="141128101"),
            85,
            PROPOSE,
            "match-name-contradicted",
        ),
        (MatchParty(name="方山县示例洗煤有限责任公司"), 85, PROPOSE, "match-core"),
        (MatchParty(name="山西示例洗煤有限公司", legal_representative="李建国"), 85, PROPOSE, "match-core"),
        (MatchParty(name="方山县示例洗煤厂", township="141128101"), 75, PROPOSE, "match-core"),
        (
            MatchParty(name="方山县示例洗煤有限公司峪口分公司", legal_representative="李建国"),
            85,
            PROPOSE,
            "match-core",
        ),
        (MatchParty(name="方山县示列洗煤有限公司", township="141128103"), 69, PROPOSE, "match-similar"),
        (MatchParty(name="方山县示列洗煤有限公司", township="141128101"), 0, NONE, "match-none"),
        (MatchParty(name="方山县示列洗煤有限公司"), 0, NONE, "match-none"),
        (MatchParty(name="方山县永兴焦化厂", township="141128103"), 0, NONE, "match-none"),
        (MatchParty(name="方山县示例洗煤有限公司", uscc=OTHER_CODE), 60, PROPOSE, "match-other-code"),
        (MatchParty(name="方山县示例洗煤厂", uscc=OTHER_CODE), 0, NONE, "match-none"),
        (MatchParty(name=""), 0, NONE, "match-none"),
    ],
)
def test_a_row_is_matched_by_the_table(
    row: MatchParty, score: int, decision: MatchDecision, key: str
) -> None:
    assert _match(row) == Match(score, decision, key)
    assert chinese_texts().has(key)


def test_an_invalid_code_in_common_proves_nothing() -> None:
    wrong = "91141128MA0K1T2C0F"
    one, other = MatchParty(name="甲厂", uscc=wrong), MatchParty(name="乙店", uscc=wrong)
    assert _match(one, other).decision is NONE


def test_a_branch_is_never_accepted_as_its_parent() -> None:
    branch = MatchParty(
        name="方山县示例洗煤有限公司大武分公司",
        legal_representative="李建国",
        phone="13800000000",
        township="141128103",
    )
    assert _match(branch).decision is PROPOSE
    assert _match(branch, branch).decision is AUTO


def test_duplicates_come_best_first() -> None:
    others = [
        ("c", MatchParty(name="方山县示例洗煤厂")),
        ("a", MatchParty(name="方山县永兴焦化厂")),
        ("d", WITHOUT_CODE),
        ("b", MatchParty(name="方山县示例洗煤有限责任公司")),
    ]
    found = likely_duplicates(WITHOUT_CODE, others, rules=RULES)
    assert [(key, match.score) for key, match in found] == [("d", 95), ("b", 85), ("c", 85)]


def test_a_score_is_auto_only_from_ninety_five_and_proposals_stay_below() -> None:
    rows = [
        WITHOUT_CODE,
        MatchParty(name="方山县示例洗煤有限责任公司", township="141128103", phone="13800000000"),
    ]
    for row in rows:
        match = _match(row)
        assert (match.decision is AUTO) is (match.score >= 95)


@pytest.mark.parametrize(
    ("address", "code", "needs_review", "matched"),
    [
        ("山西省吕梁市方山县大武镇东坡村", "141128103", False, "大武镇"),
        ("方山县 大武 镇工业园", "141128103", False, "大武镇"),
        ("方山县积翠乡", "141128105", False, "积翠乡"),
        ("方山县北武当镇来堡村", "141128104", False, "北武当镇"),
        ("方山县麻地会乡杨家会村", "county", True, "麻地会乡"),
        ("方山县圪洞镇（原麻地会乡）", "141128100", True, "圪洞镇"),
        ("方山县大武镇（分厂在北武当镇）", "141128104", True, "北武当镇"),
        ("方山县府前路12号", "141128100", True, "府前路"),
        ("方山县县城东大街", "141128100", True, "县城"),
        ("太原市小店区", "county", False, ""),
        ("", "county", False, ""),
    ],
)
def test_an_address_names_its_township(address: str, code: str, needs_review: bool, matched: str) -> None:
    guess = township_from_address(address, shipped_townships())
    assert (guess.code, guess.needs_review, guess.matched) == (code, needs_review, matched)


def test_the_county_has_six_towns_and_a_unit_for_the_rest() -> None:
    table = shipped_townships()
    assert table.reporting_units == (
        "141128100",
        "141128101",
        "141128102",
        "141128103",
        "141128104",
        "141128105",
        "county",
    )
    assert [table.name_of(code) for code in ("141128103", "county")] == ["大武镇", ""]


Break = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("path", "problem", "break_it"),
    [
        ("townships[0].people", "unknown-key", lambda raw: raw["townships"][0].update(people=1)),
        ("review_words.县城", "unknown-choice", lambda raw: raw["review_words"][0].update(code="9")),
    ],
)
def test_a_wrong_township_table_is_named(path: str, problem: str, break_it: Break) -> None:
    raw = deepcopy(read_reference("townships").content)
    break_it(raw)
    with pytest.raises(InvalidInputError) as caught:
        Townships.from_mapping(raw)
    assert caught.value.values == {"path": path, "problem": problem}
