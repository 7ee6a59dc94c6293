"""The tour's morning: the day's work, and an enterprise found by a few letters."""

from itertools import islice

from fangshan_desk.app.tour_state import Figures, Step, Tour, TourFault
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.usecases.views.today import MonthProgress, TodayQuestion

# 县: what follows it is the enterprise's own name.
_COUNTY_MARK = "\u53bf"


def see_today(tour: Tour) -> Figures:
    """The program opens on the day's work."""
    today = tour.desk.services.clock.today()
    planned = tour.desk.readers.visits.planned_on(today)
    for visit in planned:
        tour.verify(holds=tour.hand.shows(visit.enterprise), what=f"{visit.enterprise} is not on the screen")
    month = month_of(tour)
    tour.facts |= {"month_letters": str(month.letters), "month_closed": str(month.items_closed)}
    return {"count": len(planned), "letters": month.letters, "closed": month.items_closed}


def month_of(tour: Tour) -> MonthProgress:
    """The month's figures as the reader counts them."""
    services = tour.desk.services
    question = TodayQuestion(
        today=services.clock.today(),
        offset_minutes=services.clock.offset_minutes(),
        officer_id=services.actor.id,
    )
    return tour.desk.readers.today.read(question).month


def find_by_initials(tour: Tour) -> Figures:
    """Ctrl+K and a few initials list the enterprise."""
    enterprise = _not_visited(tour)
    letters = _initials(enterprise.name)
    tour.facts |= {"enterprise": enterprise.id, "enterprise_name": enterprise.name, "letters": letters}
    tour.hand.keys("Ctrl+K")
    tour.hand.type(letters)
    tour.hand.rest()
    found = [row.title for row in tour.desk.readers.register.search(letters)]
    tour.verify(holds=enterprise.name in found, what=f"{letters} does not find {enterprise.name}: {found}")
    return {"letters": letters, "count": len(found), "enterprise": enterprise.name}


def open_enterprise(tour: Tour) -> Figures:
    """Down to the enterprise in the list, Enter opens its page."""
    hits = [row.id for row in tour.desk.readers.register.search(tour.facts["letters"])]
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
