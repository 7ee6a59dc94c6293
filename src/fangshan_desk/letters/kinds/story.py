"""Turns the blocks of a letter into flowables."""

from collections.abc import Mapping, Sequence

from fangshan_desk.letters import styles
from fangshan_desk.letters.content.model import (
    Annex,
    Blank,
    Block,
    DottedLine,
    Enclosures,
    Form,
    ItemTable,
    LetterContent,
    Level,
    Note,
    Signature,
    Text,
)
from fangshan_desk.letters.flow import PageStyle, Section
from fangshan_desk.letters.flowables import Flowable, Group, ListEntry, Paragraph, Space, Tail
from fangshan_desk.letters.kinds.forms import form_table, item_table
from fangshan_desk.letters.signing import CopyLine, DottedRule, SealedSignature, UnsealedSignature
from fangshan_desk.letters.typography import (
    ANNEX_LABEL,
    ARTICLE,
    ARTICLE_TITLE,
    BODY,
    FLUSH,
    FORM_TEXT,
    LEVEL_1,
    LEVEL_2,
    SUBTITLE,
    TABLE_CAPTION,
    TITLE,
    TextStyle,
)

_STYLES: Mapping[Level, TextStyle] = {
    Level.BODY: BODY,
    Level.FLUSH: FLUSH,
    Level.HEADING: LEVEL_1,
    Level.SUBHEADING: LEVEL_2,
    Level.ARTICLE_TITLE: ARTICLE_TITLE,
    Level.ARTICLE: ARTICLE,
    Level.FORM: FORM_TEXT,
    Level.CAPTION: TABLE_CAPTION,
}

# Tables need the height; a turned page is only fifteen lines high.
_ANNEX_GAPS: Mapping[type[Block], float] = {ItemTable: 0.2, Form: 0.5}

Signatures = Mapping[str, bytes]


def sections_of(content: LetterContent, signatures: Signatures) -> list[Section]:
    """The letter and its annexes, each starting on a new page."""
    foot = CopyLine(content.copied_to) if content.copied_to else None
    if not content.mark:
        body = [Paragraph(content.title, TITLE), Space(styles.LEADING / 2)]
        body += [_flowable(block, signatures) for block in content.blocks]
        return [Section(PageStyle.PLAIN, PageStyle.PLAIN, body)]
    story = [*_head(content), *_body(content.blocks, signatures)]
    first = Section(PageStyle.LETTERHEAD, PageStyle.PLAIN, story, foot)
    return [first, *(_annex(annex, signatures) for annex in content.annexes)]


def _head(content: LetterContent) -> list[Flowable]:
    head: list[Flowable] = [Paragraph(content.title, TITLE)]
    if content.subtitle:
        head.append(Paragraph(content.subtitle, SUBTITLE))
    return [*head, Space(styles.LEADING), Paragraph(content.addressee, FLUSH)]


def _body(blocks: Sequence[Block], signatures: Signatures) -> list[Flowable]:
    """The text, whose last paragraph goes with the signature and the receipt."""
    last = max(place for place, block in enumerate(blocks) if _is_body_text(block))
    flowables = [_flowable(block, signatures) for block in blocks]
    paragraph = flowables[last]
    following = flowables[last + 1 :]
    if not isinstance(paragraph, Paragraph) or not following:
        return flowables
    return [*flowables[:last], Tail(paragraph, Group(following))]


def _is_body_text(block: Block) -> bool:
    return isinstance(block, Text) and block.level is Level.BODY


def _flowable(block: Block, signatures: Signatures) -> Flowable:
    match block:
        case Text(text, level):
            return Paragraph(text, _STYLES[level])
        case Blank(lines):
            return Space(lines * styles.LEADING)
        case Enclosures(label, names):
            return _enclosures(label, names)
        case Signature(bodies, date, is_sealed):
            return SealedSignature(bodies, date) if is_sealed else UnsealedSignature(bodies, date)
        case Note(text):
            return Paragraph(text, BODY)
        case DottedLine():
            return DottedRule()
        case ItemTable():
            return item_table(block)
        case Form():
            return form_table(block, signatures)


def _enclosures(label: str, names: Sequence[str]) -> Flowable:
    if len(names) == 1:
        return ListEntry(label, "", names[0], BODY)
    entries = [
        ListEntry("" if number > 1 else label, f"{number}.", name, BODY)
        for number, name in enumerate(names, start=1)
    ]
    return Group(entries)


def _annex(annex: Annex, signatures: Signatures) -> Section:
    style = PageStyle.LANDSCAPE if annex.is_landscape else PageStyle.PLAIN
    gap = _ANNEX_GAPS.get(type(annex.blocks[0]), 1.0)
    flowables: list[Flowable] = [
        Paragraph(annex.label, ANNEX_LABEL),
        Space(gap * styles.LEADING),
        Paragraph(annex.title, TITLE),
        Space(gap * styles.LEADING),
    ]
    flowables += [_flowable(block, signatures) for block in annex.blocks]
    return Section(style, style, flowables)
