"""The tour's evening: letters found again, a code checked, the data looked after, the desk locked."""

from fangshan_desk.app.desktop import Desktop
from fangshan_desk.app.tour_finding import month_of
from fangshan_desk.app.tour_prescribing import letter_of
from fangshan_desk.app.tour_state import Figures, Step, Tour
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.support.paths import Workspace
from fangshan_desk.ui.components.letters.verdict_card import VerdictCard
from fangshan_desk.ui.driving_dialogs import choosing_files
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.pages.gate import FirstStartGate, UnlockGate
from fangshan_desk.usecases.views.letters import LetterFilter
from fangshan_desk.usecases.views.register import TimelineKind

PASSPHRASE = "sanchuan river under the old tree"  # noqa: S105  # of a workspace that lives for seconds


def list_letters(tour: Tour) -> Figures:
    """The letters of the county, found by the enterprise's name."""
    tour.press("navigation-letters")
    tour.hand.fill(tour.texts("letters-search"), tour.facts["enterprise_name"])
    tour.hand.rest()
    rows = tour.hand.table_texts(tour.texts("letters-title"))
    found = tour.desk.readers.letters.find_ids(LetterFilter(enterprise_id=tour.facts["enterprise"]))
    tour.same("letters of the enterprise", len(rows), len(found))
    return {"count": len(rows)}


def open_letter(tour: Tour) -> Figures:
    """Enter shows its paper, its service and its code."""
    number = letter_of(tour).number
    tour.hand.open_row(number, table=tour.texts("letters-title"))
    tour.hand.rest()
    tour.verify(holds=tour.hand.shows(number), what=f"{number} is not on the page")
    return {"number": number}


def check_code(tour: Tour) -> Figures:
    """The paper from before is checked without network and found genuine."""
    tour.press("navigation-code_check")
    choosing_files(lambda: tour.press("code-check-choose"), tour.out / "prescription.pdf")
    tour.hand.rest()
    verdicts = [card.finding for card in tour.hand.all(VerdictCard)]
    tour.same("codes on the paper", len(verdicts), 1)
    tour.verify(holds=verdicts[0].is_genuine, what=f"the paper is called {verdicts[0].verdict}")
    return {"number": verdicts[0].facts.number, "words": verdicts[0].facts.check_words}


def find_it_again(tour: Tour) -> Figures:
    """The enterprise's page tells everything that happened with it."""
    tour.hand.keys("Ctrl+K")
    tour.hand.type(tour.facts["letters"])
    tour.hand.rest()
    hits = [row.id for row in tour.desk.readers.register.search(tour.facts["letters"])]
    tour.hand.keys("Down", times=hits.index(tour.facts["enterprise"]))
    tour.hand.keys("Return")
    tour.hand.rest()
    told = tour.desk.readers.register.timeline(tour.facts["enterprise"])
    wanted = {TimelineKind.VISIT, TimelineKind.LETTER, TimelineKind.ITEM, TimelineKind.ASSESSMENT}
    tour.verify(holds=wanted <= {row.kind for row in told}, what="the timeline is not whole")
    return {"count": len(told), "enterprise": tour.facts["enterprise_name"]}


def check_data(tour: Tour) -> Figures:
    """File, index, chain and attachments are sound after all of this."""
    tour.press("navigation-settings")
    tour.press("settings-check")
    tour.hand.rest()
    tour.verify(
        holds=tour.hand.shows(tour.texts("settings-all-sound")), what="the check found something broken"
    )
    return {"waiting": tour.desk.parts.chain.waiting()}


def start_own_workspace(tour: Tour) -> Figures:
    """A real workspace begins with three questions and a passphrase."""
    tour.go_to(Desktop(Workspace(tour.scratch / "own"), None))
    tour.verify(holds=isinstance(tour.hand.window, FirstStartGate), what="no first start")
    tour.hand.fill(tour.texts("gate-name"), tour.texts("tour-officer"))
    for key in ("gate-passphrase", "gate-passphrase-again"):
        tour.hand.fill(tour.texts(key), PASSPHRASE)
    return {"name": tour.texts("tour-officer")}


def open_own_workspace(tour: Tour) -> Figures:
    """The empty desk says what to do first."""
    tour.press("gate-start")
    tour.hand.rest()
    tour.verify(holds=isinstance(tour.hand.window, MainWindow), what="the desk did not open")
    officers = tour.look(lambda uow: uow.find(Officer))
    tour.same("officers", [officer.name for officer in officers], [tour.texts("tour-officer")])
    tour.same("enterprises", len(tour.look(lambda uow: uow.find(Enterprise))), 0)
    return {"name": officers[0].name}


def lock_desk(tour: Tour) -> Figures:
    """Without input the desk locks itself and nothing of its content is left on the screen."""
    window = tour.hand.window
    tour.verify(holds=isinstance(window, MainWindow), what="nothing to lock")
    tour.desktop.lock()
    tour.hand.rest()
    tour.verify(holds=isinstance(tour.hand.window, UnlockGate), what="the desk is not locked")
    tour.verify(holds=tour.desktop.desk is None, what="the file is still open")
    tour.verify(holds=not tour.hand.shows(tour.texts("tour-officer")), what="a name is still shown")
    tour.hand.fill(tour.texts("gate-passphrase"), PASSPHRASE[:-1])
    tour.press("gate-open")
    tour.hand.rest()
    refusal = tour.texts("failure-wrong-passphrase")
    tour.verify(holds=tour.hand.shows(refusal), what="a wrong passphrase was not refused")
    return {}


def unlock_desk(tour: Tour) -> Figures:
    """The right passphrase opens it again."""
    tour.hand.fill(tour.texts("gate-passphrase"), PASSPHRASE)
    tour.press("gate-open")
    tour.hand.rest()
    tour.verify(holds=isinstance(tour.hand.window, MainWindow), what="the right passphrase did not open")
    return {}


def see_today_again(tour: Tour) -> Figures:
    """Back in the county: the day's numbers have moved."""
    tour.come_back()
    tour.press("navigation-today")
    tour.hand.rest()
    month = month_of(tour)
    tour.same("letters of the month", month.letters, int(tour.facts["month_letters"]) + 1)
    tour.same("items closed this month", month.items_closed, int(tour.facts["month_closed"]) + 1)
    return {"letters": month.letters, "closed": month.items_closed}


LOOKING_AFTER = (
    Step("letters", list_letters),
    Step("letter", open_letter),
    Step("code", check_code),
    Step("history", find_it_again),
    Step("check", check_data),
    Step("first-start", start_own_workspace),
    Step("own-desk", open_own_workspace),
    Step("locked", lock_desk),
    Step("unlocked", unlock_desk, has_picture=False),
    Step("today-again", see_today_again),
)
