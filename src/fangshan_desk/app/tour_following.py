"""The tour's follow-up: the ledger, the report with its evidence, the recheck by two officers."""

import shutil

from fangshan_desk.app.tour_prescribing import letter_of
from fangshan_desk.app.tour_state import Figures, Step, Tour
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.support.resources import resource_path
from fangshan_desk.ui.components.item_words import short_title
from fangshan_desk.ui.driving_dialogs import choosing_files
from fangshan_desk.usecases.views.ledger import ItemPage, LedgerFilter, StateGroup


def see_ledger(tour: Tour) -> Figures:
    """Everything that is not closed, the most urgent first."""
    tour.press("navigation-rectification")
    tour.hand.rest()
    counts = tour.desk.readers.ledger.counts(LedgerFilter(), today=tour.desk.services.clock.today())
    rows = tour.hand.table_texts(tour.texts("ledger-title"))
    tour.same("rows of the ledger", len(rows), counts.open)
    return {"open": counts.open, "overdue": counts.overdue}


def narrow_ledger(tour: Tour) -> Figures:
    """Letters typed in the table leave the enterprise's items."""
    tour.hand.type(tour.facts["letters"])
    tour.hand.rest()
    wanted = LedgerFilter(enterprise_id=tour.facts["enterprise"])
    found = tour.desk.readers.ledger.find_ids(wanted, today=tour.desk.services.clock.today())
    rows = tour.hand.table_texts(tour.texts("ledger-title"))
    tour.same("rows of the ledger", len(rows), len(found))
    tour.same("items of the letter", len(found), len(letter_of(tour).items))
    return {"count": len(found), "enterprise": tour.facts["enterprise_name"]}


def open_item(tour: Tour) -> Figures:
    """Enter opens the item with its days and its history."""
    title = short_title(item_of(tour).item.title, tour.texts)
    tour.hand.open_row(title, table=tour.texts("ledger-title"))
    tour.hand.rest()
    tour.verify(holds=tour.hand.shows(tour.texts("item-action-report")), what="the item offers no report")
    page = item_of(tour)
    return {"day": page.item.deadline.isoformat(), "state": tour.texts(page.item.state.label_key)}


def report_it_done(tour: Tour) -> Figures:
    """The enterprise reports; the receipt is attached to the item."""
    tour.press("item-action-report")
    receipt = tour.scratch / f"{tour.texts('tour-receipt')}.png"
    shutil.copyfile(resource_path("sample/evidence_2.png"), receipt)
    choosing_files(lambda: tour.press("item-evidence-add"), receipt)
    tour.hand.rest()
    tour.hand.fill(tour.texts("item-field-note"), tour.texts("tour-report-note"))
    tour.press("item-accept-report")
    tour.hand.rest()
    page = item_of(tour)
    tour.same("state", page.item.state, ItemState.REPORTED)
    tour.verify(holds=len(page.attachments) >= 1, what="the evidence is not on the item")
    return {"photos": len(page.attachments)}


def begin_recheck(tour: Tour) -> Figures:
    """Two officers look; the dialog says what is missing until both are named."""
    tour.press("item-action-recheck")
    tour.hand.rest()
    return {"told": tour.texts("item-dialog-recheck")}


def pass_recheck(tour: Tour) -> Figures:
    """With the second officer named, the item is closed by its evidence."""
    names = {officer.id: officer.name for officer in tour.desk.readers.ledger.officers()}
    tour.hand.choose(tour.texts("item-field-officers"), names[tour.facts["colleague"]], number=1)
    tour.press("item-accept-recheck")
    tour.hand.rest()
    page = item_of(tour)
    tour.same("state", page.item.state, ItemState.VERIFIED)
    closed = tour.desk.readers.ledger.counts(
        LedgerFilter(enterprise_id=tour.facts["enterprise"]), today=tour.desk.services.clock.today()
    )
    tour.same("closed items", closed.of(StateGroup.CLOSED), 1)
    return {"state": tour.texts(page.item.state.label_key), "open": closed.of(StateGroup.OPEN)}


def item_of(tour: Tour) -> ItemPage:
    """The item as the file holds it."""
    page = tour.desk.readers.ledger.item(tour.facts["item"])
    tour.verify(holds=page is not None, what="the item is gone")
    assert page is not None  # noqa: S101 - just verified
    return page


FOLLOWING = (
    Step("ledger", see_ledger),
    Step("narrowed", narrow_ledger),
    Step("item", open_item),
    Step("report", report_it_done),
    Step("recheck", begin_recheck),
    Step("closed", pass_recheck),
)
