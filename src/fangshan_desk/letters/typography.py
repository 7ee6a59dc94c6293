"""The named text styles of a letter: face, size, grid and place."""

from dataclasses import dataclass

from fangshan_desk.letters import styles
from fangshan_desk.letters.fonts import Face
from fangshan_desk.letters.text_drawing import Align

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one kind of paragraph is set; lengths in points."""

    face: Face = Face.BODY
    size: float = styles.BODY_SIZE
    leading: float = styles.LEADING
    pitch: float | None = styles.PITCH
    align: Align = Align.JUSTIFY
    first_indent: float = 0.0
    left: float = 0.0
    # A heading moves to the next page unless this much fits below it.
    needed_below: float = 0.0


_TWO_CHARACTERS = 2 * styles.PITCH

FLUSH = TextStyle()
BODY = TextStyle(first_indent=_TWO_CHARACTERS)
LEVEL_1 = TextStyle(Face.HEI, first_indent=_TWO_CHARACTERS, needed_below=2 * styles.LEADING)
LEVEL_2 = TextStyle(Face.KAI, first_indent=_TWO_CHARACTERS, needed_below=styles.LEADING)
TITLE = TextStyle(Face.TITLE, styles.TITLE_SIZE, styles.TITLE_LEADING, None, Align.CENTRE)
SUBTITLE = TextStyle(Face.KAI, align=Align.CENTRE)
ANNEX_LABEL = TextStyle(Face.HEI)
TABLE_CAPTION = TextStyle(size=styles.FORM_SIZE, leading=styles.FORM_LEADING, pitch=None)
ARTICLE_TITLE = TextStyle(
    Face.HEI, styles.ARTICLE_SIZE, styles.ARTICLE_LEADING, None, needed_below=styles.ARTICLE_LEADING
)
ARTICLE = TextStyle(
    size=styles.ARTICLE_SIZE,
    leading=styles.ARTICLE_LEADING,
    pitch=None,
    first_indent=2 * styles.ARTICLE_SIZE,
)
FORM_TEXT = TextStyle(
    size=styles.FORM_SIZE,
    leading=styles.FORM_LEADING,
    pitch=None,
    first_indent=2 * styles.FORM_SIZE,
)
