"""The rectification request: what is still open, until when, and what follows otherwise."""

from fangshan_desk.domain.letter_facts import OutstandingItem, RectificationRequestFacts, Responsible
from fangshan_desk.letters.content import common
from fangshan_desk.letters.content.model import Block, LetterContent, Text
from fangshan_desk.letters.content.wording import Wording, bare


def rectification_request_content(facts: RectificationRequestFacts, wording: Wording) -> LetterContent:
    """The whole letter."""
    paragraphs = [_opening(facts, wording)]
    paragraphs += [_item(number, item, wording) for number, item in enumerate(facts.items, start=1)]
    paragraphs.append(_request(facts, wording))
    paragraphs.append(wording("request-consequence"))
    if any(item.concerns_wages for item in facts.items):
        paragraphs[-1] += wording("request-wages")
    annex = common.item_annex([item.item for item in facts.items], wording, None)
    blocks: list[Block] = [Text(paragraph) for paragraph in paragraphs]
    blocks += common.closing(facts, wording, [annex.title])
    return common.letter(facts, wording, title=wording("request-title"), blocks=blocks, annexes=[annex])


def _opening(facts: RectificationRequestFacts, wording: Wording) -> str:
    visited = wording.written(facts.visited_on)
    if not facts.prescription_number:
        return wording("request-opening-at-once", visited=visited)
    return wording(
        "request-opening",
        visited=visited,
        served=wording.written(facts.prescription_served_on),
        number=facts.prescription_number,
    )


def _item(number: int, outstanding: OutstandingItem, wording: Wording) -> str:
    item = outstanding.item
    sentences = [wording("finding", number=number, finding=bare(item.finding), code=item.code)]
    if item.printable_bases:
        sentences.append(wording("basis-cites", cites=wording.cites(item.printable_bases)))
    history = [
        wording("original-deadline", date=wording.written(outstanding.original_deadline))
        if outstanding.original_deadline
        else "",
        wording("was-extended") if outstanding.was_extended else "",
        wording("overdue", days=outstanding.overdue_days) if outstanding.overdue_days > 0 else "",
    ]
    return "".join(sentences) + wording.sentence(history)


def _request(facts: RectificationRequestFacts, wording: Wording) -> str:
    body = wording.report_to(facts.letterhead.issuing_body, facts.contact)
    request = wording("request-deadline", date=wording.written(facts.deadline), body=body)
    if not facts.owner.name:
        return request
    return request + wording("request-owner", person=_owner(facts.owner, wording))


def _owner(owner: Responsible, wording: Wording) -> str:
    details = wording.joined((owner.post, owner.phone))
    return wording("person-with-post", name=owner.name, post=details) if details else owner.name
