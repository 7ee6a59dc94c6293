"""Where things stand on the pages, measured on the drawn PDF."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest

from fangshan_desk.domain.letter_facts import LetterFacts
from fangshan_desk.letters import styles
from fangshan_desk.letters.flow import Flow, PageStyle, Region, Section
from fangshan_desk.letters.flowables import Group, Paragraph, Space, Tail
from fangshan_desk.letters.fonts import shipped_fonts
from fangshan_desk.letters.pdf import render_letter
from fangshan_desk.letters.rasterising import render_pages
from fangshan_desk.letters.signing import CopyLine
from fangshan_desk.letters.tables import ITEM_TABLE, Cell, Row, Table
from fangshan_desk.letters.typography import BODY, FLUSH, LEVEL_1
from tests.helpers import letter_samples

PLAIN = Region(styles.MARGIN_LEFT, styles.PAGE[1] - styles.MARGIN_TOP, styles.BODY_WIDTH, styles.BODY_HEIGHT)
FLOW = Flow(shipped_fonts(), dict.fromkeys(PageStyle, PLAIN))
MANY = [
    letter_samples.prescription(count, name=name)
    for count in (0, 1, 12)
    for name in (letter_samples.SHORT_NAME, letter_samples.LONG_NAME)
]
EVERY: list[LetterFacts] = [
    *MANY,
    *letter_samples.one_of_each().values(),
    *letter_samples.one_of_each(letter_samples.LONG_NAME).values(),
    letter_samples.rectification_request(12),
    letter_samples.recheck_opinion(12),
]


def _pages(*flowables: object) -> list[list[str]]:
    section = Section(PageStyle.PLAIN, PageStyle.PLAIN, flowables)  # type: ignore[arg-type]  # flowables
    return [[type(piece).__name__ for piece, _ in page.placed] for page in FLOW.pages([section])]


def test_a_page_holds_twenty_two_lines_of_twenty_eight_characters() -> None:
    text = Paragraph("工" * (28 * 22 + 1), FLUSH)
    section = Section(PageStyle.PLAIN, PageStyle.PLAIN, [text])
    pages = FLOW.pages([section])
    counts = [piece.line_count for page in pages for piece, _ in page.placed if isinstance(piece, Paragraph)]
    assert counts == [22, 1]


def test_space_vanishes_at_the_top_of_a_page() -> None:
    full = Paragraph("工" * 28 * 22, FLUSH)
    assert _pages(full, Space(50.0), Paragraph("资", FLUSH)) == [["Paragraph"], ["Paragraph"]]


def test_a_heading_does_not_stay_alone_at_the_foot() -> None:
    text = Paragraph("工" * 28 * 20, FLUSH)
    assert _pages(text, Paragraph("一、基本情况", LEVEL_1), Paragraph("资" * 90, BODY))[0] == ["Paragraph"]


def test_a_signature_takes_two_lines_of_text_along() -> None:
    filler = Paragraph("工" * 28 * 15, FLUSH)
    tail = Tail(Paragraph("资" * 28 * 5, FLUSH), Group([Space(4 * styles.LEADING)]))
    section = Section(PageStyle.PLAIN, PageStyle.PLAIN, [filler, tail])
    first, second = FLOW.pages([section])
    assert [type(piece) for piece, _ in first.placed] == [Paragraph, Paragraph]
    assert [type(piece) for piece, _ in second.placed] == [Tail]
    kept = first.placed[1][0]
    assert isinstance(kept, Paragraph)
    assert kept.line_count == 3


def test_the_line_of_copies_stands_at_the_foot_or_on_a_new_page() -> None:
    copies = CopyLine("抄送：方山县总工会。")
    for lines, count in ((20, 1), (22, 2)):
        text = [Paragraph("工" * 28 * lines, FLUSH)]
        pages = FLOW.pages([Section(PageStyle.PLAIN, PageStyle.PLAIN, text, copies)])
        assert len(pages) == count
        assert pages[-1].placed[-1][0] is copies
        assert pages[-1].left_over == pytest.approx(0)


def test_what_is_higher_than_a_page_is_placed_rather_than_lost() -> None:
    giant = Group([Paragraph("工" * 28 * 30, FLUSH)])
    assert _pages(Paragraph("资", FLUSH), giant) == [["Paragraph"], ["Group"]]


def test_a_gap_that_does_not_fit_fills_the_page() -> None:
    assert _pages(Paragraph("工" * 28 * 21, FLUSH), Space(99.0), Paragraph("资", FLUSH)) == [
        ["Paragraph"],
        ["Paragraph"],
    ]


def test_a_table_repeats_its_heading_and_divides_only_high_rows() -> None:
    def row(lines: int) -> Row:
        return Row((Cell("工\n" * (lines - 1) + "工", 100.0),))

    table = Table([row(1), *[row(2)] * 30], ITEM_TABLE, repeated=1)
    high = Table([row(1), row(120)], ITEM_TABLE, repeated=1)
    for piece in (table, high):
        section = Section(PageStyle.PLAIN, PageStyle.PLAIN, [piece])
        pages = FLOW.pages([section])
        assert len(pages) >= 2
        assert all(page.used <= PLAIN.height + 1 for page in pages)


@pytest.mark.parametrize("facts", EVERY, ids=lambda facts: f"{facts.kind}-{facts.item_count}")
def test_nothing_is_drawn_outside_the_page_and_every_page_has_text(facts: LetterFacts) -> None:
    pdf = render_letter(facts.kind, facts, qr_text="FSD1:" + "0A9B" * 62)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_charbox(place, loose=False) for place in range(text.count_chars())]
        shapes = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
        assert len(shapes) > 30
        assert min(box[0] for box in shapes) > 18 * styles.MM
        assert max(box[2] for box in shapes) < width - 18 * styles.MM
        assert min(box[1] for box in shapes) > 8 * styles.MM
        assert max(box[3] for box in shapes) < height - 8 * styles.MM
    document.close()


@pytest.mark.parametrize("facts", EVERY, ids=lambda facts: f"{facts.kind}-{facts.item_count}")
def test_text_stays_above_the_page_number(facts: LetterFacts) -> None:
    pdf = render_letter(facts.kind, facts, qr_text=None)
    lowest = styles.BODY_BOTTOM - 2
    pages: Any = pypdf.PdfReader(BytesIO(pdf)).pages
    for page in pages:
        if page.mediabox.width > page.mediabox.height:
            continue
        heights = [
            float(y)
            for y in re.findall(rb"BT [-\d.]+ Tc [-\d.]+ ([-\d.]+) Td", page.get_contents().get_data())
        ]
        strays = [y for y in heights if styles.FOOTER_Y + 1 < y < lowest]
        # The page number alone stands between the text and the footer.
        assert len(strays) <= 1, strays


@pytest.mark.parametrize("bodies", [1, 2, 3, 5])
@pytest.mark.parametrize("is_sealed", [True, False])
def test_any_number_of_bodies_can_sign(bodies: int, is_sealed: bool) -> None:
    names = (
        letter_samples.BUREAU,
        letter_samples.UNION,
        letter_samples.FEDERATION,
        "圪洞镇人民政府",
        "方山县公安局",
    )
    facts = letter_samples.recheck_opinion() if is_sealed else letter_samples.prescription(1)
    signed: LetterFacts = replace(facts, letterhead=letter_samples.letterhead(*names[:bodies]))
    text = "".join(
        page.extract_text()
        for page in pypdf.PdfReader(BytesIO(render_letter(signed.kind, signed, qr_text=None))).pages
    )
    assert all(name[-3:] in "".join(text.split()) for name in names[:bodies])


def test_the_red_head_fits_whatever_the_name() -> None:
    facts = letter_samples.recheck_opinion()
    head = replace(facts.letterhead, issuing_body="方山县协调劳动关系三方委员会办公室暨人力资源和社会保障局")
    pdf = render_letter(facts.kind, replace(facts, letterhead=head), qr_text=None)
    (first, *_) = render_pages(pdf, dpi=50)
    red = [
        place // 4 % first.width
        for place in range(0, len(first.pixels), 4)
        if first.pixels[place + 2] > 150 and first.pixels[place] < 110 and first.pixels[place + 1] < 110
    ]
    assert min(red) / first.width == pytest.approx(20 / 210, abs=0.01)
    assert max(red) / first.width == pytest.approx(190 / 210, abs=0.01)
