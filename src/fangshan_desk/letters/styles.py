"""Every measure of a letter: the only file with millimetres (GB/T 9704-2012; sizes in points)."""

from typing import Final

MM: Final = 72 / 25.4

PAGE: Final = (210 * MM, 297 * MM)
LANDSCAPE: Final = (PAGE[1], PAGE[0])
MARGIN_LEFT: Final = 28 * MM
MARGIN_TOP: Final = 37 * MM
BODY_WIDTH: Final = 156 * MM
BODY_HEIGHT: Final = 225 * MM
BODY_BOTTOM: Final = PAGE[1] - MARGIN_TOP - BODY_HEIGHT
# A turned page is bound with the others: its top lies at their left edge.
LANDSCAPE_LEFT: Final = BODY_BOTTOM
LANDSCAPE_BOTTOM: Final = PAGE[0] - MARGIN_LEFT - BODY_WIDTH

LINES_PER_PAGE: Final = 22
CHARACTERS_PER_LINE: Final = 28
LEADING: Final = BODY_HEIGHT / LINES_PER_PAGE
PITCH: Final = BODY_WIDTH / CHARACTERS_PER_LINE

BODY_SIZE: Final = 16.0
TITLE_SIZE: Final = 22.0
TITLE_LEADING: Final = 1.1 * LEADING
TITLE_WIDTH: Final = BODY_WIDTH - 4 * MM
PAGE_NUMBER_SIZE: Final = 14.0
COPIES_SIZE: Final = 14.0
FOOTER_SIZE: Final = 10.5
CAPTION_SIZE: Final = 9.0

# The annex with quoted law is smaller than the body: twelve items would fill nine pages otherwise.
ARTICLE_SIZE: Final = 12.0
ARTICLE_LEADING: Final = BODY_HEIGHT / 36

TABLE_SIZE: Final = 10.5
TABLE_LEADING: Final = 14.2
TABLE_PADDING: Final = 2.6
TABLE_RULE: Final = 0.5
TABLE_FRAME: Final = 1.0
FORM_SIZE: Final = 12.0
FORM_LEADING: Final = 18.0
FORM_PADDING: Final = 5.0
SMALLEST_SIZE: Final = 7.5

RED: Final = (0.898, 0.0, 0.071)
MARK_TOP: Final = 30 * MM
MARK_SIZE: Final = 36.0
MARK_WIDTH: Final = 146 * MM
MARK_TO_RULE: Final = 4 * MM
RED_RULE_LEFT: Final = 20 * MM
RED_RULE_WIDTH: Final = 170 * MM
RED_RULE_THICK: Final = 2.0
RED_RULE_THIN: Final = 0.5
RED_RULE_GAP: Final = 1.0
RED_RULE_FOOT: Final = 20 * MM
# Seven eighths of a body character.
BELOW_RULE: Final = 4.94 * MM
# The dash of the page number stands this far below the type area.
PAGE_NUMBER_DROP: Final = 7 * MM
FOOTER_Y: Final = 12 * MM

CODE_SIDE: Final = 26 * MM
CODE_BELOW_RULE: Final = 2.2 * MM
# A form has no head; its code stands in the upper margin.
FORM_CODE_TOP: Final = 8 * MM
CODE_CAPTION_GAP: Final = 2.5 * MM

SEAL_LINES_ABOVE: Final = 2.0
SEAL_LINES_ABOVE_JOINT: Final = 1.5
SIGNATORIES_PER_ROW: Final = 3
SIGNATORY_GAP: Final = 2 * MM
# A county body's seal is 42 mm wide.
SEAL_ROOM: Final = 44 * MM

# Widths of the item list, in the order of its columns.
ITEM_COLUMNS: Final = tuple(width * MM for width in (8, 15, 48, 36, 40, 18, 24, 16, 20))
RECEIPT_COLUMNS: Final = (40 * MM, 116 * MM)
FORM_QUARTERS: Final = (29 * MM, 54 * MM, 29 * MM, 44 * MM)
FORM_WIDE_QUARTERS: Final = (40 * MM, 38 * MM, 40 * MM, 38 * MM)
FORM_HALVES: Final = (29 * MM, 63.5 * MM, 63.5 * MM)
RECEIPT_HALVES: Final = (40 * MM, 58 * MM, 58 * MM)
FORM_LABEL: Final = 29 * MM
FORM_ROW: Final = 12 * MM
COMPACT_ROW: Final = 9.5 * MM
SIGNATURE_HEIGHT: Final = 8.5 * MM
