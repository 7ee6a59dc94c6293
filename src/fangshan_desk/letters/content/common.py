"""The parts that every letter shares: head, foot, signature, item list, quoted law."""

from collections.abc import Iterable, Sequence

from fangshan_desk.domain.letter_facts import LegalBasis, LetterFacts, LetterItem
from fangshan_desk.letters.check_words import check_words
from fangshan_desk.letters.content.model import (
    Annex,
    Blank,
    Block,
    Enclosures,
    ItemTable,
    LetterContent,
    Level,
    Note,
    Signature,
    Text,
)
from fangshan_desk.letters.content.titles import title_lines
from fangshan_desk.letters.content.wording import Wording

_COLUMNS = ("number", "code", "finding", "basis", "advice", "deadline", "owner", "tracker", "closing")


def letter(
    facts: LetterFacts,
    wording: Wording,
    *,
    title: str,
    blocks: Sequence[Block],
    annexes: Sequence[Annex] = (),
    subtitle: str = "",
    addressee: str | None = None,
) -> LetterContent:
    """A letter under the red head, to the enterprise unless another addressee is named."""
    head = facts.letterhead
    copies = wording.joined(head.copied_to)
    return LetterContent(
        mark=head.issuing_body,
        number=head.number,
        title=title_lines(title),
        subtitle=subtitle,
        addressee=wording("addressee", name=facts.enterprise.name if addressee is None else addressee),
        blocks=tuple(blocks),
        annexes=tuple(annexes),
        copied_to=wording("copied-to", bodies=copies) if copies else "",
        footer=_footer(facts, wording),
        code_caption=_code_caption(facts, wording),
    )


def form_paper(facts: LetterFacts, wording: Wording, *, title: str, blocks: Sequence[Block]) -> LetterContent:
    """A form without a red head."""
    return LetterContent(
        title=title,
        blocks=tuple(blocks),
        footer=_footer(facts, wording),
        code_caption=_code_caption(facts, wording),
    )


def _footer(facts: LetterFacts, wording: Wording) -> str:
    digest = facts.content_digest().hex()[:8]
    return wording("footer", digest=digest, number=facts.letterhead.field_number)


def _code_caption(facts: LetterFacts, wording: Wording) -> tuple[str, ...]:
    return (wording("code-scan"), wording("code-words", code=check_words(facts.content_digest())))


def closing(
    facts: LetterFacts, wording: Wording, enclosures: Sequence[str], *, is_sealed: bool = True
) -> list[Block]:
    """Enclosures, signature, contact line."""
    head = facts.letterhead
    blocks: list[Block] = []
    if enclosures:
        blocks += [Blank(), Enclosures(wording("enclosures"), tuple(enclosures))]
    blocks.append(Signature(head.signing_bodies, wording.written(head.issued_on), is_sealed))
    contact = wording.contact(facts.contact)
    if contact:
        blocks.append(Note(contact))
    return blocks


def headed(wording: Wording, number: int, heading: str, paragraphs: Iterable[Block]) -> list[Block]:
    """A numbered heading of the first level with its paragraphs."""
    line = wording("heading", number=wording.numeral(number), heading=heading)
    return [Text(line, Level.HEADING), *paragraphs]


def item_annex(items: Sequence[LetterItem], wording: Wording, number: int | None) -> Annex:
    """The list of rectification items with room for what comes later."""
    headings = tuple(wording(f"column-{column}") for column in _COLUMNS)
    rows = tuple(_item_row(place, item, wording) for place, item in enumerate(items, start=1))
    title = wording("item-list")
    return Annex(annex_label(wording, number), title, (ItemTable(headings, rows),), is_landscape=True)


def _item_row(place: int, item: LetterItem, wording: Wording) -> tuple[str, ...]:
    owner = item.owner
    owner_lines = "\n".join(part for part in (owner.name, owner.post, owner.phone) if part)
    return (
        str(place),
        item.code,
        item.finding,
        wording.cites(item.printable_bases),
        item.advice,
        wording.narrow_date(item.deadline),
        owner_lines,
        item.tracker_name,
        "",
    )


def quoted_law(bases: Iterable[LegalBasis]) -> list[Block]:
    """Each cited article once, in full."""
    blocks: list[Block] = []
    seen = set()
    for basis in bases:
        title = basis.article_title or basis.cite
        if basis.is_verified and basis.article_text and title not in seen:
            seen.add(title)
            blocks.append(Text(title, Level.ARTICLE_TITLE))
            blocks += [Text(line, Level.ARTICLE) for line in basis.article_text.splitlines() if line.strip()]
    return blocks


def annex_label(wording: Wording, number: int | None) -> str:
    """The label of an annex; a single annex has no number."""
    return wording("annex", number="" if number is None else number)
