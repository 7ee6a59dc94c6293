"""The blocks a letter is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

_NOT_PRINTED: Final = MappingProxyType({"is_printed": False})


class Level(Enum):
    """The rank of a paragraph."""

    BODY = "body"
    FLUSH = "flush"
    HEADING = "heading"
    SUBHEADING = "subheading"
    ARTICLE_TITLE = "article_title"
    ARTICLE = "article"
    FORM = "form"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    text: str
    level: Level = Level.BODY


@dataclass(frozen=True, slots=True)
class Enclosures:
    """The list of annexes below the text."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when; room for seals is kept when the letter will be sealed."""

    bodies: tuple[str, ...]
    date: str
    is_sealed: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """The bracketed line below the date."""

    text: str


@dataclass(frozen=True, slots=True)
class DottedLine:
    """Where the receipt part begins."""


class BoxAlign(Enum):
    """How the text of a box stands."""

    LEFT = "left"
    CENTRE = "centre"
    # Leaves room for a signature before the text.
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class ItemTable:
    """The landscape list of rectification items; widths belong to the style sheet."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FormCell:
    """One box of a form; `signer` names whose picture goes there."""

    text: str
    is_label: bool = False
    align: BoxAlign = BoxAlign.LEFT
    signer: str = field(default="", metadata=_NOT_PRINTED)


class FormGrid(Enum):
    """How wide the boxes of a form row are."""

    LABEL_AND_FIELD = "label_and_field"
    NARROW_LABEL = "narrow_label"
    QUARTERS = "quarters"
    WIDE_QUARTERS = "wide_quarters"
    HALVES = "halves"
    RECEIPT_HALVES = "receipt_halves"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of boxes; `lines` asks for more height than a single line."""

    cells: tuple[FormCell, ...]
    grid: FormGrid = FormGrid.LABEL_AND_FIELD
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A ruled form to be filled in by hand."""

    rows: tuple[FormRow, ...]
    is_compact: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty lines between parts."""

    lines: float = 1.0


Block = Text | Enclosures | Signature | Note | DottedLine | ItemTable | Form | Blank


@dataclass(frozen=True, slots=True)
class Annex:
    """A part on its own pages."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    is_landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """Everything a letter shows, in reading order."""

    # Without a mark the paper is a form: no red head, title on the first line.
    mark: str = ""
    number: str = ""
    title: str
    subtitle: str = ""
    addressee: str = ""
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    copied_to: str = ""
    footer: str
    # Printed beside the verification code.
    code_caption: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every string that reaches the paper."""
        return _strings(self)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif is_dataclass(value):
        for part in fields(value):
            if part.metadata.get("is_printed", True):
                yield from _strings(getattr(value, part.name))
