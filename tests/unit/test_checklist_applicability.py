"""Which items a check consists of."""

from datetime import date

from fangshan_desk.domain.checklist import ApplicableSection, CheckItem, applicable_sections, applies
from tests.helpers.reference import shipped_checklist, shipped_item

VISIT = date(2023, 8, 25)
LATE = date(2026, 7, 1)


def asked(*categories: str, on: date = VISIT, core_only: bool = False) -> dict[str, ApplicableSection]:
    sections = applicable_sections(shipped_checklist(), categories, on=on, core_only=core_only)
    return {section.section.code: section for section in sections}


def codes(section: ApplicableSection) -> list[str]:
    return [item.code for item in section.items]


def all_items(sections: dict[str, ApplicableSection]) -> list[CheckItem]:
    return [item for section in sections.values() for item in section.items]


def test_items_for_all_are_asked_of_everybody() -> None:
    assert applies(shipped_item("WAGE-01"), (), on=VISIT)
    assert applies(shipped_item("WAGE-01"), ("platform", "industry"), on=VISIT)


def test_items_of_a_category_are_asked_of_it_alone() -> None:
    assert applies(shipped_item("PLAT-01"), ("platform",), on=VISIT)
    assert not applies(shipped_item("PLAT-01"), ("industry",), on=VISIT)
    assert applies(shipped_item("CONS-02"), ("construction_owner",), on=VISIT)
    assert not applies(shipped_item("CONS-01"), ("construction_owner",), on=VISIT)


def test_every_section_stands_in_order_and_says_whether_it_concerns_the_enterprise() -> None:
    sections = asked("industry")
    assert list(sections) == [section.code for section in shipped_checklist().sections]
    assert not sections["CONS"].is_applicable
    assert not sections["PLAT"].is_applicable
    assert codes(sections["CONS"]) == []
    # Only hidden dispatch by contracting (DISP-05) is asked of everybody.
    assert codes(sections["DISP"]) == ["DISP-05"]
    assert sections["DISP"].is_applicable


def test_an_enterprise_of_several_categories_is_asked_all_of_theirs() -> None:
    sections = asked("construction_general", "dispatch_user")
    assert codes(sections["CONS"]) == [f"CONS-0{number}" for number in range(1, 10)]
    assert codes(sections["DISP"]) == [f"DISP-0{number}" for number in range(1, 6)]


def test_an_item_is_asked_from_its_first_day() -> None:
    assert "CONT-08" not in codes(asked(on=date(2026, 6, 30))["CONT"])
    assert "CONT-08" in codes(asked(on=LATE)["CONT"])


def test_the_quick_check_holds_the_core_items_alone() -> None:
    every_category = [category.code for category in shipped_checklist().categories]
    quick = all_items(asked(*every_category, core_only=True))
    assert len(quick) == 23
    assert all(item.is_core for item in quick)
    assert len(all_items(asked(*every_category, on=LATE))) == 79


def test_a_section_without_core_items_still_concerns_the_enterprise() -> None:
    sections = asked("industry", core_only=True)
    empty = [code for code, section in sections.items() if section.is_applicable and not section.items]
    assert empty == ["DISP", "SAFE"]
