"""A draft as the officer reads it over: every item with what may be changed and what still is in the way."""

from dataclasses import dataclass
from datetime import date

from fangshan_desk.domain.letter_facts import FindingKind, LetterItem, PrescriptionFacts
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.usecases.composing_prescriptions import compose_prescription, deadline_for
from fangshan_desk.usecases.issuing import discard_draft
from fangshan_desk.usecases.kept_facts import prescription_facts
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import BLANK, draft_prescription, letter_of_visit


@dataclass(frozen=True, kw_only=True)
class DraftItem:
    """One item of the draft; ``latest_deadline`` is the default, which the officer should not exceed."""

    item: LetterItem
    latest_deadline: date | None
    tracker_id: str
    edited: frozenset[str]

    @property
    def has_blank(self) -> bool:
        """Whether a sentence still lacks a figure."""
        return BLANK in self.item.finding + self.item.advice

    @property
    def unverified(self) -> tuple[str, ...]:
        """Cites that will not be printed because the office has not read the original."""
        return tuple(basis.cite for basis in self.item.bases if not basis.is_verified)

    @property
    def is_too_late(self) -> bool:
        """Whether the deadline is later than the default."""
        deadline, latest = self.item.deadline, self.latest_deadline
        return deadline is not None and latest is not None and deadline > latest

    @property
    def lacks_owner(self) -> bool:
        """Whether name, post or telephone of the rectification owner are missing."""
        owner = self.item.owner
        return self.item.kind is FindingKind.VIOLATION and not all((owner.name, owner.post, owner.phone))


@dataclass(frozen=True, kw_only=True)
class DraftSheet:
    """The letter, its facts and its items."""

    letter: Letter
    facts: PrescriptionFacts
    items: tuple[DraftItem, ...]
    officers: tuple[Officer, ...]

    @property
    def is_editable(self) -> bool:
        """Whether it is still a draft."""
        return self.letter.confirmed_at is None


def review_draft(*, visit_id: str, uow: UnitOfWork, services: Services) -> DraftSheet | None:
    """The visit's draft brought up to date, or its letter when that is confirmed already.

    None where there is nothing to write about: looking at a visit must not make a letter.
    """
    letter = letter_of_visit(visit_id, uow)
    if letter is None and not _has_something_to_tell(visit_id, uow, services):
        return None
    letter = draft_prescription(visit_id=visit_id, uow=uow, services=services)
    facts = prescription_facts(letter)
    if not facts.items and letter.confirmed_at is None and not letter.edits:
        # The answers were changed back; nobody has put a hand to the draft.
        discard_draft(letter_id=letter.id, uow=uow, services=services)
        return None
    edits = (letter.edits or {}).get("items", {})
    return DraftSheet(
        letter=letter,
        facts=facts,
        items=tuple(_draft_item(item, facts, edits.get(item.code, {}), services) for item in facts.items),
        officers=tuple(officer for officer in uow.find(Officer) if officer.is_active),
    )


def _has_something_to_tell(visit_id: str, uow: UnitOfWork, services: Services) -> bool:
    visit = uow.get(Visit, visit_id)
    if visit.state is not VisitState.UNDER_WAY:
        return False
    return bool(compose_prescription(visit, field_number="", edits=None, uow=uow, services=services).items)


def _draft_item(
    item: LetterItem, facts: PrescriptionFacts, edit: dict[str, str], services: Services
) -> DraftItem:
    checked = services.reference.checklist.item(item.code)
    latest = deadline_for(checked, facts.visited_on, services).date if item.deadline else None
    return DraftItem(
        item=item,
        latest_deadline=latest,
        tracker_id=str(edit.get("tracker_id") or services.actor.id),
        edited=frozenset(name for name, value in edit.items() if value),
    )
