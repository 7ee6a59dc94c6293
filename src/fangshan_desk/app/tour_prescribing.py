"""The tour before leaving: the draft read over, signed on the screen, printed to a file, handed over."""

from datetime import date, timedelta
from functools import partial

from fangshan_desk.app.tour_state import Figures, Step, Tour
from fangshan_desk.app.tour_visiting import ARREARS, page_of
from fangshan_desk.domain.letter_facts import LetterItem
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.letters.rasterising import page_texts
from fangshan_desk.ui.components.letters.draft_item import DraftItemEditor
from fangshan_desk.ui.driving_dialogs import choosing_files
from fangshan_desk.ui.widgets.date_field import DateField
from fangshan_desk.ui.widgets.signature_pad import SignaturePad
from fangshan_desk.usecases.kept_facts import prescription_facts
from fangshan_desk.usecases.views.letters import LetterPage

_FRIDAY = 4
_PHONE = "10000000000"


def read_draft(tour: Tour) -> Figures:
    """The draft lists the finding with its articles; deadline and owner are put right."""
    tour.press("visit-next")
    tour.hand.rest()
    tour.facts["letter"] = tour.desk.readers.letters.letter_of_visit(tour.facts["visit"])
    editor = tour.hand.find(DraftItemEditor)
    tour.same("first item", editor.code, ARREARS)
    before = _arrears(tour)
    tour.verify(holds=before.deadline is not None, what="the item has no deadline")
    assert before.deadline is not None  # noqa: S101 - just verified
    wanted = _earlier_working_day(before.deadline)
    tour.hand.click(tour.hand.find(DateField, within=editor))
    tour.hand.keys("Ctrl+A")
    tour.hand.type(wanted.isoformat())
    for key, value in (("name", "tour-owner"), ("post", "tour-owner-post")):
        tour.hand.fill(tour.texts(f"draft-item-owner-{key}"), tour.texts(value), within=editor)
    tour.hand.fill(tour.texts("draft-item-owner-phone"), _PHONE, within=editor)
    tour.hand.keys("Tab")
    tour.hand.rest()
    after = _arrears(tour)
    tour.same("deadline", after.deadline, wanted)
    tour.same("owner", after.owner.name, tour.texts("tour-owner"))
    return {"day": wanted.isoformat(), "owner": after.owner.name, "count": len(after.printable_bases)}


def sign_on_screen(tour: Tour) -> Figures:
    """The enterprise signs with the mouse; until then the button says what is missing."""
    tour.press("draft-sign")
    tour.hand.rest()
    missing = tour.texts("signing-missing-signature")
    tour.verify(holds=tour.hand.shows(missing), what="a blank signature is not asked for")
    pad = tour.hand.find(SignaturePad)
    tour.hand.sign(pad)
    tour.verify(holds=not pad.is_blank(), what="the signature left no ink")
    return {"strokes": len(pad.strokes())}


def confirm(tour: Tour) -> Figures:
    """Confirming freezes the content and keeps the signature."""
    tour.press("signing-accept")
    tour.hand.rest()
    page = letter_of(tour)
    tour.same("state", page.letter.state, PrescriptionState.CONFIRMED)
    tour.verify(holds=bool(page.letter.content_hash), what="the content was not frozen")
    images = [each for each in page.signatures if each.image_sha256]
    tour.same("signatures on the screen", len(images), 1)
    return {"number": page.letter.field_number, "name": images[0].name}


def print_to_file(tour: Tour) -> Figures:
    """The paper of the enterprise as a PDF, twice the same bytes."""
    papers = [tour.out / f"prescription{mark}.pdf" for mark in ("", "-again")]
    for paper in papers:
        choosing_files(partial(tour.press, "letter-export"), paper)
        tour.hand.rest()
    first, again = (paper.read_bytes() for paper in papers)
    papers[1].unlink()
    tour.verify(holds=first == again, what="two prints of one letter differ")
    text = "".join("".join(page_texts(first)).split())
    number = letter_of(tour).letter.field_number
    tour.verify(holds=number in text, what=f"{number} is not on the paper")
    return {"pages": len(page_texts(first)), "kilobytes": len(first) // 1024, "number": number}


def hand_over(tour: Tour) -> Figures:
    """Service is recorded; the days of every item begin to run."""
    tour.press("service-accept")
    tour.hand.rest()
    page = letter_of(tour)
    tour.same("state", page.letter.state, PrescriptionState.IN_RECTIFICATION)
    tour.verify(holds=bool(page.services and page.items), what="service or items are missing")
    own = next(item for item in page.items if item.code == ARREARS)
    tour.facts["item"] = own.id
    tour.facts["item_title"] = own.title
    return {"count": len(page.items), "day": page.services[0].served_on.isoformat()}


def finish_visit(tour: Tour) -> Figures:
    """The visit ends; what is left is the ledger's."""
    tour.press("visit-finish")
    tour.hand.rest()
    tour.same("state", page_of(tour).visit.state, VisitState.FINISHED)
    return {"told": tour.hand.told()}


def letter_of(tour: Tour) -> LetterPage:
    """The letter as the file holds it."""
    page = tour.desk.readers.letters.letter(tour.facts["letter"])
    tour.verify(holds=page is not None, what="the letter is gone")
    assert page is not None  # noqa: S101 - just verified
    return page


def _earlier_working_day(day: date) -> date:
    earlier = day - timedelta(days=1)
    return earlier if earlier.weekday() <= _FRIDAY else _earlier_working_day(earlier)


def _arrears(tour: Tour) -> LetterItem:
    facts = prescription_facts(letter_of(tour).letter)
    return next(item for item in facts.items if item.code == ARREARS)


PRESCRIBING = (
    Step("draft", read_draft),
    Step("sign", sign_on_screen),
    Step("confirm", confirm),
    Step("print", print_to_file),
    Step("serve", hand_over),
    Step("finish", finish_visit),
)
