"""The PDFs: the same bytes everywhere, all text readable, fonts embedded, sizes kept."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image, ImageDraw

from fangshan_desk.domain.letter_facts import LetterCopy, LetterFacts
from fangshan_desk.letters.errors import MissingGlyphsError, UnreadableFontError
from fangshan_desk.letters.fonts import Face, LetterFonts, printable, shipped_fonts
from fangshan_desk.letters.pdf import letter_content, refuse_unprintable, render_letter
from fangshan_desk.support.resources import resource_path
from tests.helpers import letter_samples

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = letter_samples.one_of_each()
CODE = "FSD1:" + "0A9B" * 62
HASH_OF_ONE = """
import hashlib
from fangshan_desk.letters.pdf import render_letter
from tests.helpers.letter_samples import prescription
facts = prescription(3)
print(hashlib.sha256(render_letter(facts.kind, facts, qr_text={code!r})).hexdigest())
"""


@cache
def _pdf(facts: LetterFacts) -> bytes:
    return render_letter(facts.kind, facts, qr_text=CODE)


def _reader(facts: LetterFacts) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(_pdf(facts)))


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_word_can_be_read_back(kind: str) -> None:
    facts = SAMPLES[kind]
    found = _plain("".join(page.extract_text() for page in _reader(facts).pages))
    # Table cells are read in lines, so long cells are compared by their characters.
    for text in letter_content(kind, facts).texts():
        for line in text.split("\n"):
            start = _plain(line)[:6]
            assert start in found, (line, start)
    characters = {c for text in letter_content(kind, facts).texts() for c in _plain(text)}
    assert characters <= set(found) | {"|"}


def test_rare_names_survive_in_both_readers() -> None:
    import pypdfium2

    facts = letter_samples.prescription(2)
    head = replace(facts, enterprise_representative=letter_samples.RARE_NAMES)
    pdf = _pdf(head)
    assert letter_samples.RARE_NAMES in _plain("".join(p.extract_text() for p in _reader(head).pages))
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert letter_samples.RARE_NAMES in _plain(text)


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_font_is_an_embedded_subset_with_meanings(kind: str) -> None:
    fonts: dict[str, Any] = {}
    for page in _reader(SAMPLES[kind]).pages:
        resources: Any = page["/Resources"]
        fonts.update(resources["/Font"])
    assert fonts
    for entry in fonts.values():
        font = entry.get_object()
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert font["/BaseFont"][7] == "+"
        assert "Helvetica" not in font["/BaseFont"]
        assert "/ToUnicode" in font
        assert len(descriptor["/FontFile2"].get_data()) < 400_000
    assert b"Helvetica" not in _pdf(SAMPLES[kind])


def test_the_same_facts_give_the_same_bytes_in_two_processes() -> None:
    facts = letter_samples.prescription(3)
    here = hashlib.sha256(render_letter(facts.kind, facts, qr_text=CODE)).hexdigest()
    script = HASH_OF_ONE.format(code=CODE)
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONHASHSEED": "7"}
    there = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == here


def test_two_renderings_in_one_process_are_equal() -> None:
    facts = letter_samples.recheck_opinion()
    assert render_letter(facts.kind, facts, qr_text=None) == render_letter(facts.kind, facts, qr_text=None)


@pytest.mark.parametrize(
    "facts",
    [letter_samples.recheck_opinion(), letter_samples.prescription(0, extras=0)],
    ids=lambda f: f.kind,
)
def test_a_letter_of_two_pages_stays_small(facts: LetterFacts) -> None:
    assert len(_reader(facts).pages) == 2
    assert len(_pdf(facts)) <= 170 * 1024


def test_the_first_page_has_no_number_and_the_second_has() -> None:
    pages = [_plain(page.extract_text()) for page in _reader(letter_samples.prescription(12)).pages]
    assert "—1—" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert f"—{number}—" in text


def test_the_footer_names_digest_and_field_number_on_every_page() -> None:
    facts = letter_samples.prescription(12)
    footer = f"内容摘要{facts.content_digest().hex()[:8]}现场编号现场-A1-20230825-3"
    assert all(footer in _plain(page.extract_text()) for page in _reader(facts).pages)


def test_the_item_list_lies_on_turned_pages_that_all_carry_the_headings() -> None:
    pages = _reader(letter_samples.prescription(12)).pages
    turned = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(turned) >= 2
    assert all("整改负责人" in _plain(page.extract_text()) for page in turned)


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    facts = letter_samples.prescription(1)
    broken = replace(facts, enterprise=replace(facts.enterprise, name="方山县\U0002a6d6😀有限公司"))
    with pytest.raises(MissingGlyphsError) as refusal:
        render_letter(broken.kind, broken, qr_text=None)
    assert "\U0002a6d6" in str(refusal.value.values["characters"])
    assert "U+1F600" in str(refusal.value.values["characters"])


def test_characters_of_the_last_resort_font_print() -> None:
    facts = letter_samples.recheck_opinion()
    rare = replace(facts, enterprise=replace(facts.enterprise, name="方山县㐂龘㐭商行"))
    assert "㐂龘㐭" in _plain("".join(p.extract_text() for p in _reader(rare).pages))


def test_invisible_marks_are_dropped_and_tabs_become_spaces() -> None:
    assert printable("张\u200b三\ufeff\t李\ufe00\x07\r\n四") == "张三 李\n四"


def test_unprintable_facts_are_refused_before_anything_is_signed() -> None:
    facts = letter_samples.prescription(1)
    refuse_unprintable(facts.kind, facts)
    broken = replace(facts, enterprise_representative="赵😀")
    with pytest.raises(MissingGlyphsError):
        refuse_unprintable(broken.kind, broken)


@pytest.mark.parametrize("face", [Face.KAI, Face.TITLE, Face.HEI])
def test_every_face_prints_what_the_body_prints(face: Face) -> None:
    fonts = shipped_fonts()
    stack = fonts.stack(face)
    roles = ("fangsong", "latin", "rare", "symbols", "fill")
    characters = {chr(code) for role in roles for code in fonts.font(role).face.glyph_of}
    assert not [c for c in characters if fonts.stack(Face.BODY).find(c) and stack.find(c) is None]


def test_missing_glyphs_are_listed_once_in_order() -> None:
    assert shipped_fonts().missing_glyphs(["张😀三", "😀😁"]) == "😀😁"


def test_a_damaged_replacement_font_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "simfang.ttf"
    path.write_bytes(b"no font at all")
    fonts = LetterFonts(resource_path("fonts"), {"fangsong": path})
    facts = letter_samples.recheck_opinion()
    with pytest.raises(UnreadableFontError):
        render_letter(facts.kind, facts, qr_text=None, fonts=fonts)


def test_an_office_may_print_with_its_own_font() -> None:
    fonts = LetterFonts(resource_path("fonts"), {"fangsong": resource_path("fonts/fsd-kai.ttf")})
    facts = letter_samples.recheck_opinion()
    pdf = render_letter(facts.kind, facts, qr_text=None, fonts=fonts)
    assert b"FSDKai" in pdf
    assert b"FSDFangSong" not in pdf


def _signature() -> bytes:
    picture = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(10, 150), (200, 10), (390, 120)], fill=(0, 0, 80, 255), width=9)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_signatures_given_on_the_screen_stand_in_the_receipt() -> None:
    facts = letter_samples.prescription(1)
    signers = ("enterprise", "visitor_1", "visitor_2", "witness")
    pdf = render_letter(facts.kind, facts, qr_text=None, signatures=dict.fromkeys(signers, _signature()))
    pages: Any = pypdf.PdfReader(BytesIO(pdf)).pages
    drawn = b"".join(page.get_contents().get_data() for page in pages)
    assert drawn.count(b" Do") == 4
    plain = render_letter(facts.kind, facts, qr_text=None)
    assert b"/Subtype /Image" not in plain


def test_title_and_number_stand_in_the_document_information() -> None:
    facts = letter_samples.prescription(1, copy=LetterCopy.OFFICIAL)
    information = _reader(facts).metadata
    assert information is not None
    assert information.title == "劳动用工法治“体检”用工处方"
    assert information.subject == "方人社处方〔2023〕17号"
    assert information.author == letter_samples.BUREAU
