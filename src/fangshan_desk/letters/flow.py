"""Puts flowables on pages."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from fangshan_desk.letters.flowables import TOLERANCE, Flowable
from fangshan_desk.letters.fonts import LetterFonts


class PageStyle(Enum):
    """What a page carries besides the text."""

    LETTERHEAD = "letterhead"
    PLAIN = "plain"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Region:
    """The type area of a page, from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Section:
    """Flowables that start on a new page; the first page may look different."""

    first: PageStyle
    later: PageStyle
    flowables: Sequence[Flowable]
    # Stands at the foot of the section's last page.
    foot: Flowable | None = None


@dataclass(slots=True)
class Page:
    """One page with everything placed on it."""

    style: PageStyle
    region: Region
    used: float = 0.0
    placed: list[tuple[Flowable, float]] = field(default_factory=list)

    @property
    def left_over(self) -> float:
        """Height that is still free."""
        return self.region.height - self.used

    def place(self, flowable: Flowable, height: float) -> None:
        """Put a flowable below the others."""
        self.placed.append((flowable, self.region.top - self.used))
        self.used += height


class Flow:
    """Lays out sections page after page."""

    def __init__(self, fonts: LetterFonts, regions: dict[PageStyle, Region]) -> None:
        self._fonts = fonts
        self._regions = regions

    def pages(self, sections: Sequence[Section]) -> list[Page]:
        """All pages of a letter."""
        return [page for section in sections for page in self._section_pages(section)]

    def _section_pages(self, section: Section) -> Iterator[Page]:
        page = self._new_page(section.first)
        waiting = deque(section.flowables)
        while waiting:
            flowable = waiting.popleft()
            if flowable.is_space and not page.placed:
                continue
            rest = self._place(page, flowable)
            if rest is not None:
                yield page
                page = self._new_page(section.later)
                waiting.appendleft(rest)
        if section.foot is not None and not self._place_at_foot(page, section.foot):
            yield page
            page = self._new_page(section.later)
            self._place_at_foot(page, section.foot)
        yield page

    def _new_page(self, style: PageStyle) -> Page:
        return Page(style, self._regions[style])

    def _place(self, page: Page, flowable: Flowable) -> Flowable | None:
        """Place what fits; the rest comes back for the next page."""
        height = flowable.fit(page.region.width, self._fonts)
        if height + flowable.needed_below <= page.left_over + TOLERANCE:
            page.place(flowable, height)
            return None
        if flowable.is_space:
            # The page is full; its gap belongs to nobody.
            page.used = page.region.height
            return None
        parts = None if flowable.needed_below else flowable.split(page.left_over)
        if parts is not None:
            head, rest = parts
            page.place(head, head.fit(page.region.width, self._fonts))
            return rest
        if page.placed:
            return flowable
        # Higher than a whole page and indivisible: better cut at the foot than lost.
        page.place(flowable, height)
        return None

    def _place_at_foot(self, page: Page, foot: Flowable) -> bool:
        height = foot.fit(page.region.width, self._fonts)
        if height > page.left_over + TOLERANCE:
            return False
        page.used = page.region.height - height
        page.place(foot, height)
        return True
