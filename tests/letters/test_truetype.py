"""Reading and cutting font files."""

import struct

import pytest

from fangshan_desk.letters.errors import UnreadableFontError
from fangshan_desk.letters.truetype import TrueTypeFace
from fangshan_desk.support.resources import resource_path

FONTS = ("fangsong", "kai", "title", "hei", "rare", "latin", "symbols", "fill")


def _data(role: str) -> bytes:
    return resource_path(f"fonts/fsd-{role}.ttf").read_bytes()


def _face(role: str) -> TrueTypeFace:
    return TrueTypeFace(_data(role), role)


def _cut(face: TrueTypeFace, text: str) -> tuple[TrueTypeFace, list[int]]:
    glyphs = [0, *(face.glyph_of[ord(character)] for character in text)]
    # A subset needs no character map of its own: the PDF names glyphs by number.
    program = face.subset(glyphs)
    return _SubsetFace(program, "subset"), glyphs


class _SubsetFace(TrueTypeFace):
    """Reads a file without a character map."""

    def _read_characters(self) -> dict[int, int]:
        return {}


@pytest.mark.parametrize("role", FONTS)
def test_a_subset_keeps_outlines_and_widths(role: str) -> None:
    face = _face(role)
    text = "".join(chr(code) for code in list(face.glyph_of)[:40])
    subset, glyphs = _cut(face, text)
    assert subset.glyph_count >= len(glyphs)
    for number, glyph in enumerate(glyphs):
        outline = bytes(face.outline(glyph))
        assert subset.advances[number] == face.advances[glyph]
        if not outline or outline[0] < 0x80:
            assert bytes(subset.outline(number))[: len(outline)] == outline


def test_a_composite_takes_its_parts_along() -> None:
    face = _face("latin")
    subset, _ = _cut(face, "é")
    outline = bytes(subset.outline(1))
    assert outline[0] >= 0x80
    assert subset.glyph_count > 2
    (part,) = struct.unpack_from(">H", outline, 12)
    assert 1 < part < subset.glyph_count
    assert len(subset.outline(part)) > 10


@pytest.mark.parametrize("role", FONTS)
def test_both_forms_of_the_character_map_say_the_same(role: str) -> None:
    data = bytearray(_data(role))
    face = TrueTypeFace(bytes(data), role)
    start = data.index(b"cmap")
    (offset,) = struct.unpack_from(">L", data, start + 8)
    (count,) = struct.unpack_from(">H", data, offset + 2)
    for record in range(offset + 4, offset + 4 + 8 * count, 8):
        if struct.unpack_from(">2H", data, record) == (3, 10):
            struct.pack_into(">2H", data, record, 9, 9)
    old = TrueTypeFace(bytes(data), role)
    assert old.glyph_of == {code: glyph for code, glyph in face.glyph_of.items() if code < 0xFFFF}


@pytest.mark.parametrize("data", [b"", b"OTTO" + bytes(40), b"\0\1\0\0\0\1" + bytes(40), b"ttcf" + bytes(8)])
def test_what_cannot_be_embedded_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFontError):
        TrueTypeFace(data, "simfang.ttf")


def test_a_cut_off_font_is_refused() -> None:
    with pytest.raises(UnreadableFontError):
        TrueTypeFace(_data("latin")[:4000], "simfang.ttf")
