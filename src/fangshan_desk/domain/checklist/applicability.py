"""Which sections and items a check of one enterprise on one day consists of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from fangshan_desk.domain.checklist.items import EVERY_ENTERPRISE, CheckItem, Checklist, Section


@dataclass(frozen=True, slots=True)
class ApplicableSection:
    """A section with the items to ask.

    ``is_applicable`` is False when the whole section does not concern the enterprise; a quick check
    may leave ``items`` empty although it does.
    """

    section: Section
    items: tuple[CheckItem, ...]
    is_applicable: bool


def applies(item: CheckItem, categories: Collection[str], *, on: date) -> bool:
    """Whether a check of that day asks the item of an enterprise of these categories."""
    if not item.is_asked_on(on):
        return False
    return EVERY_ENTERPRISE in item.applies_to or not set(categories).isdisjoint(item.applies_to)


def applicable_sections(
    checklist: Checklist, categories: Collection[str], *, on: date, core_only: bool = False
) -> tuple[ApplicableSection, ...]:
    """Every section in order with its items; ``core_only`` is the quick check."""
    sections = []
    for section in checklist.sections:
        items = [item for item in checklist.items_of(section.code) if applies(item, categories, on=on)]
        asked = tuple(item for item in items if item.is_core or not core_only)
        sections.append(ApplicableSection(section, asked, bool(items)))
    return tuple(sections)
