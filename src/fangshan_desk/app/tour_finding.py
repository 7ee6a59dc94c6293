"""The tour's morning: the day's work, and an enterprise found by a few letters."""

from itertools import islice

from fangshan_desk.app.tour_state import Figures, Step, Tour, TourFault
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit

# 县: what follows it is the enterprise's own name.
_COUNTY_MARK = "\u53bf"


def see_today(tour: Tour) -> Figures:
    """The program opens on the day's work."""
    return {}


def find_by_initials(tour: Tour) -> Figures:
    """Ctrl+K and a few initials list the enterprise."""
    enterprise = _not_visited(tour)
    tour.facts |= {"enterprise": enterprise.id, "enterprise_name": enterprise.name}
    letters = _initials(enterprise.name)
    tour.hand.keys("Ctrl+K")
    tour.hand.type(letters)
    tour.hand.rest()
    found = [row.title for row in tour.desk.readers.register.search(letters)]
    tour.verify(holds=enterprise.name in found, what=f"{letters} does not find {enterprise.name}: {found}")
    return {"letters": letters, "count": len(found), "enterprise": enterprise.name}


def open_enterprise(tour: Tour) -> Figures:
    """Down to the enterprise in the list, Enter opens its page."""
    letters = _initials(tour.facts["enterprise_name"])
    hits = [row.id for row in tour.desk.readers.register.search(letters)]
    tour.hand.keys("Down", times=hits.index(tour.facts["enterprise"]))
    tour.hand.keys("Return")
    name = tour.facts["enterprise_name"]
    tour.verify(holds=name in tour.hand.window.windowTitle(), what=f"the page of {name} did not open")
    return {"enterprise": name}


def _not_visited(tour: Tour) -> Enterprise:
    visited = {visit.enterprise_id for visit in tour.look(lambda uow: uow.find(Visit))}
    everybody = tour.look(lambda uow: uow.find(Enterprise))
    suited = (
        each
        for each in everybody
        if each.id not in visited and "industry" in each.categories and (each.headcount or 0) >= 30
    )
    chosen = next(islice(suited, 2, None), None)
    if chosen is None:
        raise TourFault("the county has no enterprise that was not visited")
    return chosen


def _initials(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    # A person leaves the place and the legal form away.
    start = name.find(_COUNTY_MARK) + 1 or 2
    return "".join(lazy_pinyin(name[start : start + 4], style=Style.FIRST_LETTER))


FINDING = (
    Step("today", see_today),
    Step("search", find_by_initials),
    Step("enterprise", open_enterprise),
)
