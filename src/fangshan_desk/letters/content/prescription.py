"""The prescription: findings with their basis, advice, what follows, and the receipt of the on-site copy."""

from itertools import groupby

from fangshan_desk.domain.letter_facts import (
    FindingKind,
    LetterCopy,
    LetterItem,
    PrescriptionFacts,
    Visitor,
)
from fangshan_desk.letters.content import common
from fangshan_desk.letters.content.model import Annex, Block, LetterContent, Level, Text
from fangshan_desk.letters.content.receipt_part import receipt_part
from fangshan_desk.letters.content.wording import Wording, bare


def prescription_content(facts: PrescriptionFacts, wording: Wording) -> LetterContent:
    """The whole letter, on-site or official copy."""
    is_onsite = facts.copy is LetterCopy.ONSITE
    annexes = _annexes(facts, wording)
    blocks: list[Block] = [Text(_opening(facts, wording))]
    for number, (heading, paragraphs) in enumerate(_parts(facts, wording), start=1):
        blocks += common.headed(wording, number, heading, paragraphs)
    blocks += common.closing(facts, wording, [annex.title for annex in annexes], is_sealed=not is_onsite)
    if is_onsite:
        blocks += receipt_part(facts, wording)
    return common.letter(
        facts,
        wording,
        title=wording("prescription-title"),
        subtitle=wording("onsite-mark") if is_onsite else "",
        blocks=blocks,
        annexes=annexes,
    )


def _opening(facts: PrescriptionFacts, wording: Wording) -> str:
    campaign = wording("campaign", title=facts.campaign_title)
    if facts.campaign_document:
        campaign = wording("campaign-with-number", title=facts.campaign_title, number=facts.campaign_document)
    return wording("prescription-opening", campaign=campaign, date=wording.written(facts.visited_on))


def _parts(facts: PrescriptionFacts, wording: Wording) -> list[tuple[str, list[Block]]]:
    signals = facts.items_of(FindingKind.SIGNAL)
    guidance = facts.items_of(FindingKind.GUIDANCE)
    parts: list[tuple[str, list[Block]]] = [
        (wording("part-basics"), [Text(line) for line in _basics(facts, wording)]),
        (wording("part-findings"), _findings(facts, wording)),
        (wording("part-signals"), [Text(line) for line in _signals(signals, wording)]),
        (wording("part-guidance"), [Text(line) for line in _guidance(guidance, wording)]),
        (wording("part-matters"), [Text(line) for line in _matters(facts, wording)]),
    ]
    return [(heading, blocks) for heading, blocks in parts if blocks]


def _basics(facts: PrescriptionFacts, wording: Wording) -> list[str]:
    block = facts.enterprise
    known = {
        "uscc": block.uscc,
        "address": block.address,
        "town": block.town,
        "industry": block.industry,
        "headcount": "" if block.headcount is None else str(block.headcount),
        "representative": block.legal_representative,
    }
    clauses = [wording(f"basics-{name}", value=value) for name, value in known.items() if value]
    if clauses:
        clauses[0] = wording("basics-you", clause=clauses[0])
    people = [wording("basics-visitors", people=_people(facts.visitors, wording)) if facts.visitors else ""]
    if facts.enterprise_representative:
        people.append(wording("basics-present", person=_representative(facts, wording)))
    presence = wording.joined(people, "semicolon")
    return [wording.sentence(clauses) + wording.closed(presence)] if clauses or presence else []


def _people(visitors: tuple[Visitor, ...], wording: Wording) -> str:
    return wording.joined((visitor.name for visitor in visitors), "enumeration")


def _representative(facts: PrescriptionFacts, wording: Wording) -> str:
    if not facts.representative_post:
        return facts.enterprise_representative
    return wording("person-with-post", name=facts.enterprise_representative, post=facts.representative_post)


def _findings(facts: PrescriptionFacts, wording: Wording) -> list[Block]:
    violations = facts.items_of(FindingKind.VIOLATION)
    if not violations:
        return [Text(wording("no-violation"))]
    blocks: list[Block] = []
    numbered = enumerate(violations, start=1)
    sections = groupby(numbered, key=lambda pair: pair[1].section_title)
    for place, (title, group) in enumerate(sections, start=1):
        heading = wording("section", number=wording.numeral(place), title=title)
        blocks.append(Text(heading, Level.SUBHEADING))
        for number, item in group:
            blocks += [Text(line) for line in _violation(number, item, wording)]
    return blocks


def _violation(number: int, item: LetterItem, wording: Wording) -> list[str]:
    lines = [wording("finding", number=number, finding=bare(item.finding), code=item.code)]
    if item.printable_bases:
        lines.append(wording.basis(item.printable_bases))
    clauses = (
        wording("item-deadline", date=wording.written(item.deadline)) if item.deadline else "",
        wording("item-owner", person=wording.person(item.owner)) if item.owner.name else "",
    )
    advice = wording.closed(item.advice) + wording.sentence(clauses)
    return [*lines, wording("advice", advice=advice)] if advice else lines


def _signals(items: tuple[LetterItem, ...], wording: Wording) -> list[str]:
    return [
        wording("numbered", number=number, text=wording.closed(item.finding) + wording.closed(item.advice))
        for number, item in enumerate(items, start=1)
    ]


def _guidance(items: tuple[LetterItem, ...], wording: Wording) -> list[str]:
    lines = []
    for number, item in enumerate(items, start=1):
        advice = bare(item.advice)
        if item.printable_bases:
            advice = wording("advice-with-basis", advice=advice, cites=wording.cites(item.printable_bases))
        lines.append(wording("numbered", number=number, text=wording.closed(advice)))
    return lines


def _matters(facts: PrescriptionFacts, wording: Wording) -> list[str]:
    has_violations = bool(facts.items_of(FindingKind.VIOLATION))
    body = wording.report_to(facts.letterhead.issuing_body, facts.contact)
    matters = [wording("matter-nature-with-violations" if has_violations else "matter-nature")]
    if has_violations:
        until = wording("matter-until", date=wording.written(facts.report_by)) if facts.report_by else ""
        matters.append(wording("matter-report", until=until, body=body))
    matters += [wording("matter-objection"), wording("matter-services")]
    return [
        wording("bracketed", number=wording.numeral(number), text=matter)
        for number, matter in enumerate(matters, start=1)
    ]


def _annexes(facts: PrescriptionFacts, wording: Wording) -> list[Annex]:
    violations = facts.items_of(FindingKind.VIOLATION)
    # Risk alerts cite nothing, so their articles stay out of the annex.
    citing = (*violations, *facts.items_of(FindingKind.GUIDANCE))
    law = common.quoted_law(basis for item in citing for basis in item.printable_bases)
    is_numbered = bool(violations and law)
    annexes = []
    if violations:
        annexes.append(common.item_annex(violations, wording, 1 if is_numbered else None))
    if law:
        label = common.annex_label(wording, 2 if is_numbered else None)
        annexes.append(Annex(label, wording("law-list"), tuple(law)))
    return annexes
