"""Handing an item to labour inspection together with the letter that does it."""

from dataclasses import dataclass

from fangshan_desk.domain.records.letters import LetterKind, RectificationItem
from fangshan_desk.domain.states.item_facts import EscalationReason
from fangshan_desk.usecases.drafting_letters import draft_letter
from fangshan_desk.usecases.letter_sources import LetterSource
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.rectifying import escalate_item


@dataclass(frozen=True)
class Escalated:
    """The item as it is now and the referral letter that has to be numbered and handed over."""

    item: RectificationItem
    letter_id: str


def escalate_with_referral(
    *, item_id: str, cause: EscalationReason, reason: str, uow: UnitOfWork, services: Services
) -> Escalated:
    """Draft the referral and hand the item over, both or neither; the leader signs the letter next."""
    letter = draft_letter(
        kind=LetterKind.REFERRAL, source=LetterSource(item_ids=(item_id,)), uow=uow, services=services
    )
    item = escalate_item(
        item_id=item_id, cause=cause, reason=reason, letter_id=letter.id, uow=uow, services=services
    )
    return Escalated(item, letter.id)
