"""Facts in, the bytes of a PDF out; the same facts always give the same bytes."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from threading import Lock  # noqa: TID251  # reportlab's font state serves one document at a time
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING

from fangshan_desk.domain.letter_facts import LetterFacts
from fangshan_desk.letters import styles
from fangshan_desk.letters.content.model import LetterContent
from fangshan_desk.letters.content.wording import Wording
from fangshan_desk.letters.flow import Flow, Page, PageStyle
from fangshan_desk.letters.fonts import LetterFonts, printable, shipped_fonts
from fangshan_desk.letters.kinds import letter_kind
from fangshan_desk.letters.page_frames import PageFrames, Surround
from fangshan_desk.support.text import chinese_texts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_ONE_AT_A_TIME = Lock()
_NO_SIGNATURES: Mapping[str, bytes] = MappingProxyType({})
_LANGUAGE = "zh-CN"


def letter_content(kind: str, facts: LetterFacts, *, text: Callable[..., str] | None = None) -> LetterContent:
    """What the letter will say, without any paper."""
    return letter_kind(kind, facts).content(facts, _wording(text))


def refuse_unprintable(
    kind: str,
    facts: LetterFacts,
    *,
    fonts: LetterFonts | None = None,
    text: Callable[..., str] | None = None,
) -> None:
    """Raise when a character of the letter is in no font; for a warning before anything is signed."""
    (fonts or shipped_fonts()).refuse_missing_glyphs(letter_content(kind, facts, text=text).texts())


def render_letter(
    kind: str,
    facts: LetterFacts,
    *,
    qr_text: str | None,
    signatures: Mapping[str, bytes] = _NO_SIGNATURES,
    fonts: LetterFonts | None = None,
    text: Callable[..., str] | None = None,
) -> bytes:
    """The letter as PDF.

    `signatures` are PNG pictures by signer (enterprise, visitor_1 …, witness).
    Characters that no font has are refused before anything is drawn.
    """
    fonts = fonts or shipped_fonts()
    letter = letter_kind(kind, facts)
    wording = _wording(text)
    content = letter.content(facts, wording)
    with _ONE_AT_A_TIME:
        fonts.refuse_missing_glyphs(content.texts())
        surround = Surround(
            mark=content.mark,
            number=content.number,
            footer=content.footer,
            dash=wording("page-number-dash"),
            code_text=qr_text,
            code_caption=content.code_caption,
        )
        frames = PageFrames(fonts, surround)
        pages = Flow(fonts, frames.regions()).pages(letter.story(content, signatures))
        return _drawn(pages, frames, content)


def _wording(text: Callable[..., str] | None) -> Wording:
    source = text or chinese_texts()
    return Wording(lambda key, **values: printable(source(key, **values)))


def _drawn(pages: Sequence[Page], frames: PageFrames, content: LetterContent) -> bytes:
    file = BytesIO()
    canvas = _new_canvas(file)
    canvas.setTitle(content.title.replace("\n", ""))
    canvas.setAuthor(content.mark)
    canvas.setSubject(content.number)
    canvas.setCreator("fangshan-desk")
    for number, page in enumerate(pages, start=1):
        is_turned = page.style is PageStyle.LANDSCAPE
        canvas.setPageSize(styles.LANDSCAPE if is_turned else styles.PAGE)
        frames.draw(canvas, page.style, number)
        for flowable, top in page.placed:
            flowable.draw(canvas, page.region.left, top)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _new_canvas(file: BytesIO) -> "Canvas":
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    # Binary streams: half the size of reportlab's text form.
    rl_config.useA85 = 0
    none = SimpleNamespace(
        fontName="letter-none", face=SimpleNamespace(name="letter-none"), _dynamicFont=True, _multiByte=False
    )
    # A page starts with this font; being empty it keeps Helvetica out of the file.
    pdfmetrics.registerFont(none)
    return Canvas(
        file,
        pagesize=styles.PAGE,
        invariant=1,
        pageCompression=1,
        initialFontName=none.fontName,
        lang=_LANGUAGE,
    )
