"""The faces of a letter and, for each, which font has a character."""

import lzma
import mmap
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from pathlib import Path

from fangshan_desk.letters.embedding import EmbeddedFont
from fangshan_desk.letters.errors import MissingGlyphsError
from fangshan_desk.letters.truetype import TrueTypeFace
from fangshan_desk.support.resources import resource_path

# Digits and Latin letters come from the Latin face; the middle dot and × stay full width.
_LATIN = frozenset(chr(code) for code in range(0x20, 0x100)) - set(map(chr, range(0x7F, 0xA0))) - set("·×÷")
# Invisible marks that a form or a paste may carry; paper has no use for them.
_IGNORED_RANGES = (
    (0x00, 0x09),
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x2064),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xE0100, 0xE01EF),
)


class Face(Enum):
    """A typeface by its part in the letter, with its fonts in the order they are asked."""

    BODY = ("latin", "fangsong", "rare", "symbols", "fill", "last")
    KAI = ("latin", "kai", "rare", "symbols", "fill", "last")
    TITLE = ("title", "symbols", "fill", "rare", "last", "latin", "fangsong")
    HEI = ("hei", "symbols", "fill", "rare", "last", "latin", "fangsong")


_FILES: Mapping[str, str] = {
    "fangsong": "fsd-fangsong.ttf",
    "kai": "fsd-kai.ttf",
    "title": "fsd-title.ttf",
    "hei": "fsd-hei.ttf",
    "latin": "fsd-latin.ttf",
    "rare": "fsd-rare.ttf",
    "symbols": "fsd-symbols.ttf",
    "fill": "fsd-fill.ttf",
    "last": "fsd-last.ttf.xz",
}


class LetterFonts:
    """All fonts of the letters, each opened when its first character is needed.

    `replacements` lets an office print with its own 仿宋 or 小标宋 files (keys as in the file list).
    """

    def __init__(self, folder: Path, replacements: Mapping[str, Path] | None = None) -> None:
        self._paths = {role: folder / name for role, name in _FILES.items()} | dict(replacements or {})
        self._open: dict[str, EmbeddedFont] = {}
        self._stacks = {face: FontStack(self, face) for face in Face}

    def stack(self, face: Face) -> "FontStack":
        """The fallback order of one face."""
        return self._stacks[face]

    def font(self, role: str) -> EmbeddedFont:
        """One font by its part, opened on first use."""
        if role not in self._open:
            path = self._paths[role]
            self._open[role] = EmbeddedFont(f"letter-{role}", TrueTypeFace(_font_data(path), path.name))
        return self._open[role]

    def missing_glyphs(self, texts: Iterable[str]) -> str:
        """The characters that no font of the body face can show, each once."""
        stack = self.stack(Face.BODY)
        characters = dict.fromkeys(character for text in texts for character in printable(text))
        return "".join(c for c in characters if c != "\n" and stack.find(c) is None)

    def refuse_missing_glyphs(self, texts: Iterable[str]) -> None:
        """Raise before printing: a PDF would show blanks without a word."""
        missing = self.missing_glyphs(texts)
        if missing:
            named = "、".join(f"{character}（U+{ord(character):04X}）" for character in missing)
            raise MissingGlyphsError(characters=named)


class FontStack:
    """Finds a font for every character, first come first served."""

    def __init__(self, fonts: LetterFonts, face: Face) -> None:
        self._fonts = fonts
        self._roles = face.value
        self._found: dict[str, tuple[EmbeddedFont, float] | None] = {}

    def __getitem__(self, character: str) -> tuple[EmbeddedFont, float]:
        """The font and the advance in ems."""
        found = self.find(character)
        if found is None:
            raise MissingGlyphsError(characters=f"{character}（U+{ord(character):04X}）")
        return found

    def find(self, character: str) -> tuple[EmbeddedFont, float] | None:
        """The same, or None when no font has the character."""
        if character not in self._found:
            self._found[character] = self._search(character)
        return self._found[character]

    def _search(self, character: str) -> tuple[EmbeddedFont, float] | None:
        for role in self._roles:
            if role == "latin" and character not in _LATIN:
                continue
            font = self._fonts.font(role)
            width = font.face.width(character)
            if width is not None:
                return font, width
        return None

    def width(self, text: str) -> float:
        """Natural width of one line, in ems."""
        return sum(self[character][1] for character in text)


def printable(text: str) -> str:
    """The text without marks that have no shape; line breaks stay, tabs become spaces."""
    return text.replace("\r\n", "\n").translate(_invisible())


@cache
def _invisible() -> dict[int, str | None]:
    table: dict[int, str | None] = {
        code: None for first, last in _IGNORED_RANGES for code in range(first, last + 1)
    }
    table[0x09] = table[0xA0] = " "
    return table


def _font_data(path: Path) -> bytes | memoryview:
    if path.suffix == ".xz":
        return lzma.decompress(path.read_bytes())
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


@cache
def shipped_fonts() -> LetterFonts:
    """The fonts that come with the program."""
    return LetterFonts(resource_path("fonts"))
