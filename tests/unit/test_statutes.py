"""Which version of a statute holds on a day, and which bases a letter may rest on."""

from datetime import date
from typing import Any

import pytest

from fangshan_desk.domain.checklist import CheckItem
from fangshan_desk.domain.reference_library import build_reference_library
from fangshan_desk.domain.reference_reading import BrokenReferenceError
from fangshan_desk.domain.statutes import Doubt, StatuteLibrary, UnknownStatuteError, parse_statutes
from tests.helpers.reference import (
    made_item,
    raw_basis,
    raw_checklist,
    raw_item,
    raw_statute,
    raw_statutes,
    reference_library,
    shipped_checklist,
    shipped_item,
)

VISIT = date(2023, 8, 25)
LATE = date(2026, 11, 1)


def library() -> StatuteLibrary:
    return reference_library().statutes


def cites(item: CheckItem, on: date) -> list[str]:
    return [found.basis.cite for found in library().bases_in_force(item, on=on)]


def printable(item: CheckItem) -> list[str]:
    bases = library().bases_in_force(item, on=VISIT)
    return [found.basis.cite for found in bases if found.may_be_printed]


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2013, 12, 31), None),
        (date(2014, 1, 1), "holidays_2013"),
        (date(2024, 12, 31), "holidays_2013"),
        (date(2025, 1, 1), "holidays_2024"),
    ],
)
@pytest.mark.parametrize("asked_for", ["holidays_2013", "holidays_2024"])
def test_the_version_of_the_day_is_found_from_any_version(
    asked_for: str, on: date, version: str | None
) -> None:
    found = library().version_in_force(asked_for, on=on)
    assert (found.id if found else None) == version


def test_an_article_is_followed_into_the_version_in_force() -> None:
    early = library().article("holidays_2024", "2", on=VISIT)
    late = library().article("holidays_2013", "2", on=LATE)
    assert early is not None
    assert late is not None
    assert (early.statute.id, late.statute.id) == ("holidays_2013", "holidays_2024")
    assert "春节，放假3天" in early.article.text
    assert "春节，放假4天" in late.article.text


def test_an_article_that_was_renumbered_is_found_under_its_new_number() -> None:
    late = library().article("company_law_2018", "18", on=LATE)
    early = library().article("company_law", "17", on=VISIT)
    assert late is not None
    assert early is not None
    assert (late.statute.id, late.article.number) == ("company_law", "17")
    assert (early.statute.id, early.article.number) == ("company_law_2018", "18")


def test_what_the_library_does_not_hold_is_none() -> None:
    assert library().article("labour_contract_law", "999", on=VISIT) is None
    assert library().article("holidays_2013", "2", on=date(2000, 1, 1)) is None
    assert library().statute("labour_contract_law").article(None) is None
    with pytest.raises(UnknownStatuteError):
        library().statute("none")
    with pytest.raises(UnknownStatuteError):
        library().article("none", "1", on=VISIT)


def test_a_statute_without_a_first_day_is_neither_in_force_nor_not() -> None:
    minimum_wage = library().statute("shanxi_minimum_wage")
    assert minimum_wage.is_in_force(VISIT) is None
    assert library().version_in_force("shanxi_minimum_wage", on=VISIT) is None


def test_the_basis_of_a_public_holiday_depends_on_the_day_of_the_visit() -> None:
    item = shipped_item("HOUR-05")
    assert cites(item, VISIT)[-1] == "《全国年节及纪念日放假办法》（2013年修订）第二条"
    assert cites(item, date(2025, 1, 1))[-1] == "《全国年节及纪念日放假办法》第二条"
    assert cites(item, date(2024, 12, 31))[-1] == "《全国年节及纪念日放假办法》（2013年修订）第二条"


def test_the_basis_of_democratic_management_depends_on_the_day_of_the_visit() -> None:
    item = shipped_item("RULE-03")
    assert "《公司法》（2018年修正）第十八条" in cites(item, date(2024, 6, 30))
    assert "《公司法》第十七条" in cites(item, date(2024, 7, 1))
    assert "《公司法》第十七条" not in cites(item, date(2024, 6, 30))


def test_the_notice_is_no_basis_before_it_was_issued() -> None:
    assert "方人社函〔2023〕33号第三部分（三）" in cites(shipped_item("WAGE-09"), VISIT)
    assert "方人社函〔2023〕33号第三部分（三）" not in cites(shipped_item("WAGE-09"), date(2023, 8, 24))


@pytest.mark.parametrize("on", [VISIT, LATE])
def test_only_verified_bases_may_be_printed_and_all_of_them_may(on: date) -> None:
    for item in shipped_checklist().items:
        for found in library().bases_in_force(item, on=on):
            assert found.may_be_printed is found.basis.is_verified, item.code
            assert found.may_be_printed is (found.doubt is None)
            assert not found.may_be_printed or found.article is not None


def test_every_item_asked_in_the_campaign_has_a_basis_to_print() -> None:
    asked = [item for item in shipped_checklist().items if item.is_asked_on(VISIT)]
    assert [item.code for item in asked if not printable(item)] == []


@pytest.mark.parametrize(
    ("statute", "basis", "doubt"),
    [
        ({}, {}, None),
        ({}, {"verified": False}, Doubt.UNVERIFIED),
        ({"verified": False}, {}, Doubt.UNVERIFIED),
        ({"articles": [{"number": "1", "text": "应当守法", "verified": False}]}, {}, Doubt.UNVERIFIED),
        ({"effective_from": None}, {}, Doubt.FORCE_UNKNOWN),
        ({}, {"article": "2"}, Doubt.ARTICLE_MISSING),
        ({}, {"article": None}, Doubt.ARTICLE_MISSING),
        ({}, {"quote": "可以守法"}, Doubt.QUOTE_DIFFERS),
        ({}, {"quote": None}, Doubt.QUOTE_DIFFERS),
    ],
)
def test_a_basis_with_a_doubt_is_shown_but_not_printed(
    statute: dict[str, Any], basis: dict[str, Any], doubt: Doubt | None
) -> None:
    made = parse_statutes(raw_statutes(raw_statute("law", **statute)))
    item = made_item(legal_basis=[raw_basis("law", **basis)])
    (found,) = made.bases_in_force(item, on=VISIT)
    assert found.doubt is doubt
    assert found.may_be_printed is (doubt is None)


@pytest.mark.parametrize(
    ("on", "is_named"),
    [
        (date(2023, 7, 31), False),
        (date(2023, 8, 1), True),
        (date(2023, 8, 31), True),
        (date(2023, 9, 1), False),
    ],
)
def test_a_basis_is_named_on_its_own_days_only(on: date, is_named: bool) -> None:
    made = parse_statutes(raw_statutes(raw_statute("law")))
    basis = raw_basis("law", valid_from="2023-08-01", valid_to="2023-08-31")
    assert bool(made.bases_in_force(made_item(legal_basis=[basis]), on=on)) is is_named


def test_a_basis_that_has_ended_or_not_begun_is_not_named() -> None:
    made = parse_statutes(raw_statutes(raw_statute("law", effective_to="2022-12-31")))
    item = made_item(legal_basis=[raw_basis("law")])
    assert made.bases_in_force(item, on=VISIT) == ()
    assert len(made.bases_in_force(item, on=date(2022, 12, 31))) == 1
    assert made.bases_in_force(item, on=date(2019, 12, 31)) == ()


@pytest.mark.parametrize(
    ("statutes", "place", "problem"),
    [
        ([raw_statute("a"), raw_statute("a")], "a", "id: stands twice"),
        ([raw_statute("a", superseded_by="b")], "a", "superseded_by: no b"),
        (
            [raw_statute("a", superseded_by="b"), raw_statute("b", superseded_by="a")],
            "a",
            "superseded_by: runs in a circle",
        ),
        ([raw_statute("a", articles=[{"number": "1"}])], "a.articles[0]", "text: expected text"),
    ],
)
def test_a_broken_library_is_refused_with_the_place(
    statutes: list[dict[str, Any]], place: str, problem: str
) -> None:
    with pytest.raises(BrokenReferenceError) as caught:
        parse_statutes(raw_statutes(*statutes))
    assert (caught.value.place, caught.value.problem) == (place, problem)


def test_an_item_resting_on_an_unknown_statute_is_refused() -> None:
    checklist = raw_checklist(raw_item(legal_basis=[raw_basis("nowhere")]))
    with pytest.raises(BrokenReferenceError) as caught:
        build_reference_library(
            checklist, raw_statutes(), checklist_sha256="a" * 64, statutes_sha256="b" * 64
        )
    assert caught.value.place == "TEST-01"


def test_the_library_names_edition_and_text_in_forty_characters() -> None:
    version = reference_library().version
    assert version.startswith("1-2026-11-23+")
    assert reference_library().checklist_sha256.startswith(version[13:21])
    assert len(version) <= 40
