"""What surrounds the text: red head, double rules, number, page number, code, footer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fangshan_desk.letters import styles
from fangshan_desk.letters.flow import PageStyle, Region
from fangshan_desk.letters.fonts import Face, LetterFonts
from fangshan_desk.letters.pictures import draw_code
from fangshan_desk.letters.text_drawing import Align, draw_text

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# Height of a character above its baseline, in ems.
_ASCENT = 0.86


@dataclass(frozen=True, slots=True)
class Surround:
    """The words that stand outside the type area."""

    mark: str
    number: str
    footer: str
    dash: str
    code_text: str | None
    code_caption: tuple[str, ...]


class PageFrames:
    """Draws the surround of each page and knows the type areas."""

    def __init__(self, fonts: LetterFonts, surround: Surround) -> None:
        self._fonts = fonts
        self._words = surround
        title = fonts.stack(Face.TITLE)
        ems = max(title.width(surround.mark), 1.0)
        self._mark_size = min(styles.MARK_SIZE, styles.MARK_WIDTH / ems)
        self._rule_y = styles.PAGE[1] - styles.MARK_TOP - self._mark_size - styles.MARK_TO_RULE

    def regions(self) -> dict[PageStyle, Region]:
        """The type area of every kind of page."""
        plain_top = styles.PAGE[1] - styles.MARGIN_TOP
        # Number, then two empty lines.
        first_top = self._rule_bottom() - styles.BELOW_RULE - styles.BODY_SIZE - 2 * styles.LEADING
        first = Region(styles.MARGIN_LEFT, first_top, styles.BODY_WIDTH, first_top - styles.BODY_BOTTOM)
        plain = Region(styles.MARGIN_LEFT, plain_top, styles.BODY_WIDTH, styles.BODY_HEIGHT)
        landscape_top = styles.LANDSCAPE[1] - styles.MARGIN_LEFT
        landscape = Region(styles.LANDSCAPE_LEFT, landscape_top, styles.BODY_HEIGHT, styles.BODY_WIDTH)
        return {PageStyle.LETTERHEAD: first, PageStyle.PLAIN: plain, PageStyle.LANDSCAPE: landscape}

    def draw(self, canvas: "Canvas", style: PageStyle, page_number: int) -> None:
        """Everything of one page but the text."""
        is_form = not self._words.mark
        if style is PageStyle.LETTERHEAD:
            self._draw_head(canvas)
        elif page_number > 1:
            self._draw_page_number(canvas, style, page_number)
        if is_form and page_number == 1 and self._words.code_text:
            self._draw_code(canvas, self._words.code_text, self._form_code_corner())
        self._draw_footer(canvas, style)

    def _draw_head(self, canvas: "Canvas") -> None:
        canvas.saveState()
        canvas.setFillColorRGB(*styles.RED)
        y = styles.PAGE[1] - styles.MARK_TOP - self._mark_size * _ASCENT
        stack = self._fonts.stack(Face.TITLE)
        middle = styles.PAGE[0] / 2
        draw_text(canvas, self._words.mark, stack, at=(middle, y), size=self._mark_size, align=Align.CENTRE)
        canvas.setStrokeColorRGB(*styles.RED)
        _double_rule(canvas, self._rule_y, (styles.RED_RULE_THICK, styles.RED_RULE_THIN))
        foot = styles.RED_RULE_FOOT + _rule_height()
        _double_rule(canvas, foot, (styles.RED_RULE_THIN, styles.RED_RULE_THICK))
        canvas.restoreState()
        self._draw_number(canvas)
        if self._words.code_text:
            top = self._rule_bottom() - styles.CODE_BELOW_RULE
            self._draw_code(canvas, self._words.code_text, (styles.MARGIN_LEFT, top))

    def _draw_number(self, canvas: "Canvas") -> None:
        right = styles.MARGIN_LEFT + styles.BODY_WIDTH
        y = self._rule_bottom() - styles.BELOW_RULE - styles.BODY_SIZE * _ASCENT
        stack = self._fonts.stack(Face.BODY)
        draw_text(canvas, self._words.number, stack, at=(right, y), size=styles.BODY_SIZE, align=Align.RIGHT)

    def _rule_bottom(self) -> float:
        return self._rule_y - _rule_height()

    def _form_code_corner(self) -> tuple[float, float]:
        return styles.MARGIN_LEFT, styles.PAGE[1] - styles.FORM_CODE_TOP

    def _draw_code(self, canvas: "Canvas", text: str, corner: tuple[float, float]) -> None:
        draw_code(canvas, text, corner, styles.CODE_SIDE)
        left = corner[0] + styles.CODE_SIDE + styles.CODE_CAPTION_GAP
        stack = self._fonts.stack(Face.BODY)
        for number, line in enumerate(reversed(self._words.code_caption)):
            y = corner[1] - styles.CODE_SIDE + 1 + number * styles.CAPTION_SIZE * 1.4
            draw_text(canvas, line, stack, at=(left, y), size=styles.CAPTION_SIZE)

    def _draw_page_number(self, canvas: "Canvas", style: PageStyle, page_number: int) -> None:
        dash = self._words.dash
        text = f"{dash} {page_number} {dash}"
        size = styles.PAGE_NUMBER_SIZE
        below = styles.PAGE_NUMBER_DROP + size * 0.36
        is_odd = page_number % 2 == 1
        canvas.saveState()
        if style is PageStyle.LANDSCAPE:
            # Where it stands on the upright pages: the sheet is turned, the number is not.
            canvas.translate(0, styles.PAGE[0])
            canvas.rotate(-90)
        bottom = styles.BODY_BOTTOM - below
        right = styles.MARGIN_LEFT + styles.BODY_WIDTH - size
        x = right if is_odd else styles.MARGIN_LEFT + size
        align = Align.RIGHT if is_odd else Align.LEFT
        draw_text(canvas, text, self._fonts.stack(Face.BODY), at=(x, bottom), size=size, align=align)
        canvas.restoreState()

    def _draw_footer(self, canvas: "Canvas", style: PageStyle) -> None:
        left = styles.LANDSCAPE_LEFT if style is PageStyle.LANDSCAPE else styles.MARGIN_LEFT
        stack = self._fonts.stack(Face.BODY)
        draw_text(canvas, self._words.footer, stack, at=(left, styles.FOOTER_Y), size=styles.FOOTER_SIZE)


def _rule_height() -> float:
    return styles.RED_RULE_THICK + styles.RED_RULE_GAP + styles.RED_RULE_THIN


def _double_rule(canvas: "Canvas", top: float, widths: tuple[float, float]) -> None:
    left, right = styles.RED_RULE_LEFT, styles.RED_RULE_LEFT + styles.RED_RULE_WIDTH
    upper, lower = widths
    canvas.setLineWidth(upper)
    canvas.line(left, top - upper / 2, right, top - upper / 2)
    canvas.setLineWidth(lower)
    y = top - upper - styles.RED_RULE_GAP - lower / 2
    canvas.line(left, y, right, y)
