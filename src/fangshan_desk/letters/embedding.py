"""Fonts inside the PDF: one composite font per face, with a right ToUnicode for every character."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from fangshan_desk.letters.truetype import TrueTypeFace

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream

# Outlines hardly shrink further at higher levels, which cost three times as much.
_COMPRESSION = 3
_SYMBOLIC = 4
_BATCH = 100


@dataclass(slots=True)
class _Usage:
    """The characters of one document, numbered in the order of their first use."""

    resource: str
    codes: dict[str, str] = field(default_factory=dict)


class EmbeddedFont:
    """A face as reportlab's PDF writer wants it; used by one document at a time.

    reportlab's own TTFont cuts a face into fonts of 256 characters and writes wrong
    ToUnicode entries above U+FFFF; here codes are two bytes and both are gone.
    """

    def __init__(self, name: str, face: TrueTypeFace) -> None:
        self.name = name
        self.face = face
        self._usages: WeakKeyDictionary[PDFDocument, _Usage] = WeakKeyDictionary()

    def resource_name(self, document: "PDFDocument") -> str:
        """The font's name in page content, registered with the document on first use."""
        return self._usage(document).resource

    def encoded(self, text: str, document: "PDFDocument") -> str:
        """The text as a hexadecimal string of two-byte codes."""
        codes = self._usage(document).codes
        return "".join([codes.setdefault(character, f"{len(codes) + 1:04x}") for character in text])

    def _usage(self, document: "PDFDocument") -> _Usage:
        usage = self._usages.get(document)
        if usage is None:
            usage = _Usage(f"F{len(document.fontMapping) + 1}")
            document.fontMapping[self.name] = f"/{usage.resource}"
            document.delayedFonts.append(self)
            self._usages[document] = usage
        return usage

    def addObjects(self, document: "PDFDocument") -> None:  # noqa: N802  # called by reportlab
        """Write the subset, its widths and its meaning; reportlab calls this once at the end."""
        usage = self._usages.pop(document)
        characters = list(usage.codes)
        glyphs = [0, *(self.face.glyph_of[ord(character)] for character in characters)]
        name = f"{_subset_tag(characters)}+{self.face.postscript_name}"
        font = _font_dictionary(document, name, self.face, glyphs, characters)
        fonts = document.idToObject["BasicFonts"].dict
        fonts[usage.resource] = document.Reference(font, usage.resource)


def _font_dictionary(
    document: "PDFDocument", name: str, face: TrueTypeFace, glyphs: list[int], characters: list[str]
) -> object:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    system = PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0})
    descendant = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": PDFName(name),
            "CIDSystemInfo": system,
            "CIDToGIDMap": PDFName("Identity"),
            "DW": 1000,
            "W": PDFArray(_widths(face, glyphs)),
            "FontDescriptor": document.Reference(
                _descriptor(document, name, face, glyphs), f"descriptor:{name}"
            ),
        }
    )
    meaning = _stream(_to_unicode(name, characters).encode("ascii"))
    return PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": PDFName(name),
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(descendant, f"descendant:{name}")]),
            "ToUnicode": document.Reference(meaning, f"unicode:{name}"),
        }
    )


def _descriptor(document: "PDFDocument", name: str, face: TrueTypeFace, glyphs: Sequence[int]) -> object:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    program = face.subset(glyphs)
    stream = _stream(program)
    stream.dictionary["Length1"] = len(program)
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(name),
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArray([_per_thousand(face, bound) for bound in face.bounds]),
            "Ascent": _per_thousand(face, face.ascent),
            "Descent": _per_thousand(face, face.descent),
            "CapHeight": _per_thousand(face, face.ascent),
            "ItalicAngle": 0,
            "StemV": 80,
            "FontFile2": document.Reference(stream, f"program:{name}"),
        }
    )


def _stream(content: bytes) -> "PDFStream":
    from reportlab.pdfbase.pdfdoc import PDFName, PDFStream

    # Compressed here: reportlab would use the slowest level.
    stream = PDFStream(content=zlib.compress(content, _COMPRESSION), filters=[])
    stream.dictionary["Filter"] = PDFName("FlateDecode")
    return stream


def _widths(face: TrueTypeFace, glyphs: Sequence[int]) -> list[object]:
    from reportlab.pdfbase.pdfdoc import PDFArray

    widths: list[object] = []
    for code, glyph in enumerate(glyphs):
        width = _per_thousand(face, face.advances[glyph])
        if width != 1000:
            widths += [code, PDFArray([width])]
    return widths


def _per_thousand(face: TrueTypeFace, units: int) -> int:
    return round(units * 1000 / face.units_per_em)


def _subset_tag(characters: Sequence[str]) -> str:
    digest = hashlib.sha256("".join(characters).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(name: str, characters: Sequence[str]) -> str:
    rows = [
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(characters, start=1)
    ]
    batches = [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]
    mapping = [line for batch in batches for line in (f"{len(batch)} beginbfchar", *batch, "endbfchar")]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    tail = ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(head + mapping + tail)
