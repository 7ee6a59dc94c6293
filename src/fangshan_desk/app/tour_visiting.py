"""The tour at the enterprise: who goes, the check by keyboard, a finding with its photo, the grade."""

import shutil
from datetime import timedelta

from fangshan_desk.app.tour_state import Figures, Step, Tour
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.support.resources import resource_path
from fangshan_desk.ui.components.check_row import CheckRowWidget
from fangshan_desk.ui.components.visit_sections import SectionButton
from fangshan_desk.ui.driving_dialogs import choosing_files
from fangshan_desk.ui.widgets.filters import FilterChip
from fangshan_desk.usecases.views.visits import VisitFilter, VisitGroup, VisitPageState

CONTRACTS, WAGES = "CONT", "WAGE"
ARREARS = "WAGE-01"
UNPAID_WORKERS, UNPAID_MONTHS, UNPAID_YUAN, LATE_DAYS = 9, 2, 86_400, 40


def choose_visitors(tour: Tour) -> Figures:
    """Ctrl+N prepares the visit; a colleague of the union is chosen beside oneself."""
    tour.hand.keys("Ctrl+N")
    tour.verify(holds=tour.hand.shows(tour.texts("visit-start")), what="no visit was prepared")
    colleague = _colleague(tour)
    words = tour.texts("visit-person", name=colleague.name, body=tour.texts(f"body-{colleague.body.value}"))
    # Whoever went along last is chosen already.
    if not tour.hand.all(FilterChip, words):
        tour.press("visit-person-add")
        tour.hand.pick(words)
    tour.verify(holds=tour.hand.find(FilterChip, words).isChecked(), what=f"{words} was not chosen")
    tour.facts["colleague"] = colleague.id
    return {"people": words}


def start_visit(tour: Tour) -> Figures:
    """The visit starts; who was present is written down."""
    tour.press("visit-start")
    reader = tour.desk.readers.visits
    wanted = VisitFilter(group=VisitGroup.UNDER_WAY, enterprise_id=tour.facts["enterprise"])
    found = reader.find_ids(wanted)
    tour.same("visits under way", len(found), 1)
    tour.facts["visit"] = found[0]
    person = tour.look(lambda uow: uow.get(Enterprise, tour.facts["enterprise"])).contact_person
    tour.hand.fill(tour.texts("visit-basics-enterprise_person"), person)
    tour.hand.fill(tour.texts("visit-basics-purpose"), tour.texts("tour-purpose"))
    tour.hand.keys("Tab")
    page = page_of(tour)
    tour.same("state", page.visit.state, VisitState.UNDER_WAY)
    tour.same("person present", page.visit.enterprise_person, person)
    went = {visitor.officer_id for visitor in page.visitors}
    wanted_people = {tour.desk.services.actor.id, tour.facts["colleague"]}
    tour.verify(holds=wanted_people <= went, what="not everybody chosen is on the visit")
    return {"person": person, "count": len(page.visitors)}


def answer_by_keyboard(tour: Tour) -> Figures:
    """The health check opens on its first question; 1 and Down answer the contract section."""
    tour.press("visit-next")
    open_section(tour, CONTRACTS)
    codes = [row.code for row in _rows(tour) if row.code.startswith(CONTRACTS)][1:5]
    tour.hand.click(_row(tour, codes[0]))
    for _ in codes:
        tour.hand.keys("1")
        tour.hand.keys("Down")
    answers = page_of(tour).answers
    for code in codes:
        tour.same(code, answers[code].answer, Answer.COMPLIANT)
    return {"count": len(codes), "first": codes[0], "last": codes[-1]}


def find_arrears(tour: Tour) -> Figures:
    """Figures decide by themselves: arrears of nine workers make the item violated; a photo proves it."""
    open_section(tour, WAGES)
    row = _row(tour, ARREARS)
    tour.hand.click(row)
    tour.hand.keys("2")
    tour.hand.keys("Return")
    day = tour.desk.services.clock.today() - timedelta(days=LATE_DAYS)
    for value in (UNPAID_WORKERS, UNPAID_MONTHS, UNPAID_YUAN, day.isoformat()):
        tour.hand.type(str(value))
        tour.hand.keys("Return")
    tour.hand.type(tour.texts("tour-note"))
    tour.hand.keys("Return")
    tour.hand.rest()
    _attach(tour)
    page = page_of(tour)
    answer = page.answers[ARREARS]
    tour.same(ARREARS, answer.answer, Answer.VIOLATED)
    tour.same("unpaid workers", (answer.inputs or {}).get("unpaid_workers"), UNPAID_WORKERS)
    tour.same("note", answer.note, tour.texts("tour-note"))
    tour.same("photos", len(page.attachments_of(ARREARS)), 1)
    return {"workers": UNPAID_WORKERS, "yuan": UNPAID_YUAN, "days": LATE_DAYS}


def confirm_the_rest(tour: Tour) -> Figures:
    """One button answers what is left of a section."""
    before = len(page_of(tour).answers)
    for code in (WAGES, CONTRACTS):
        open_section(tour, code)
        tour.press("visit-check-rest")
    tour.hand.rest()
    after = page_of(tour).answers
    tour.verify(holds=len(after) > before, what="the rest of the section was not answered")
    tour.same(ARREARS, after[ARREARS].answer, Answer.VIOLATED)
    return {"count": len(after) - before}


def see_the_grade(tour: Tour) -> Figures:
    """The risk step computes the grade and keeps it with its reasons."""
    tour.press("visit-next")
    tour.hand.rest()
    kept = page_of(tour).assessment
    tour.verify(holds=kept is not None and kept.components["A"] is not None, what="no grade was kept")
    assert kept is not None  # noqa: S101 - just verified
    enterprise = tour.look(lambda uow: uow.get(Enterprise, tour.facts["enterprise"]))
    tour.same("level of the register", enterprise.risk_level, kept.published_level)
    words = tour.texts(f"risk-{kept.level.value}")
    tour.verify(holds=any("40" in str(each) for each in kept.reasons), what="the late days are no reason")
    return {"level": words, "score": kept.score, "count": len(kept.reasons)}


def page_of(tour: Tour) -> VisitPageState:
    """The visit as the file holds it."""
    page = tour.desk.readers.visits.page(tour.facts["visit"])
    tour.verify(holds=page is not None, what="the visit is gone")
    assert page is not None  # noqa: S101 - just verified
    return page


def open_section(tour: Tour, code: str) -> None:
    """Click a section at the left."""
    sections = tour.desk.services.reference.checklist.sections
    title = next(section.title for section in sections if section.code == code)
    tour.hand.click(tour.hand.find(SectionButton, title))


def _rows(tour: Tour) -> list[CheckRowWidget]:
    return tour.hand.all(CheckRowWidget)


def _row(tour: Tour, code: str) -> CheckRowWidget:
    return tour.hand.find(CheckRowWidget, f"{code} ")


def _attach(tour: Tour) -> None:
    photo = tour.scratch / f"{tour.texts('tour-photo')}.png"
    shutil.copyfile(resource_path("sample/evidence_1.png"), photo)
    choosing_files(lambda: tour.hand.keys("F4"), photo)
    tour.hand.rest()


def _colleague(tour: Tour) -> Officer:
    officers = tour.desk.readers.visits.officers()
    return next(officer for officer in officers if officer.body is Body.FTU)


VISITING = (
    Step("visitors", choose_visitors),
    Step("start", start_visit),
    Step("keyboard", answer_by_keyboard),
    Step("arrears", find_arrears),
    Step("rest", confirm_the_rest),
    Step("risk", see_the_grade),
)
