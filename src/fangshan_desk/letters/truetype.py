"""Reads TrueType outlines and writes subsets of them; much faster than reportlab's own reader."""

import struct
import sys
from array import array
from collections.abc import Sequence
from functools import cached_property

from fangshan_desk.letters.errors import UnreadableFontError

_COPIED_TABLES = ("cvt ", "fpgm", "prep")
_ARGS_ARE_WORDS, _HAS_SCALE, _MORE, _HAS_XY_SCALE, _HAS_MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


class TrueTypeFace:
    """One font file: its characters, widths and outlines."""

    def __init__(self, data: bytes | memoryview, file_name: str) -> None:
        self._data = memoryview(data)
        try:
            self._tables = self._table_directory()
            self._read_head()
            self.advances = self._read_advances()
            self._offsets = self._read_offsets()
            self.glyph_of = self._read_characters()
        except (KeyError, IndexError, struct.error, ValueError) as problem:
            raise UnreadableFontError(file=file_name) from problem

    def width(self, character: str) -> float | None:
        """Advance in ems, or None when the font lacks the character."""
        glyph = self.glyph_of.get(ord(character), 0)
        return self.advances[glyph] / self.units_per_em if glyph else None

    def outline(self, glyph: int) -> memoryview:
        """The glyph's entry in the `glyf` table."""
        start, end = self._offsets[glyph], self._offsets[glyph + 1]
        return self._glyf[start:end]

    @cached_property
    def postscript_name(self) -> str:
        """Name ID 6 of the font."""
        table = self.table("name")
        _, count, storage = struct.unpack_from(">3H", table)
        for record in range(count):
            platform, _, _, name_id, length, offset = struct.unpack_from(">6H", table, 6 + 12 * record)
            if name_id == 6 and platform == 3:
                raw = bytes(table[storage + offset : storage + offset + length])
                return "".join(c for c in raw.decode("utf-16-be") if c.isalnum() or c == "-")
        return "Unnamed"

    def table(self, tag: str) -> memoryview:
        """The bytes of one table."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def has_table(self, tag: str) -> bool:
        """Whether the font has the table."""
        return tag in self._tables

    def _table_directory(self) -> dict[str, tuple[int, int]]:
        start = 0
        if bytes(self._data[:4]) == b"ttcf":
            (start,) = struct.unpack_from(">L", self._data, 12)
        if bytes(self._data[start : start + 4]) not in (b"\0\1\0\0", b"true"):
            raise ValueError("no TrueType outlines")
        (count,) = struct.unpack_from(">H", self._data, start + 4)
        tables = {}
        for number in range(count):
            tag, _, offset, length = struct.unpack_from(">4s3L", self._data, start + 12 + 16 * number)
            if offset + length > len(self._data):
                raise ValueError("cut off")
            tables[tag.decode("latin-1")] = (offset, length)
        return tables

    def _read_head(self) -> None:
        head, hhea = self.table("head"), self.table("hhea")
        self.units_per_em: int
        (self.units_per_em,) = struct.unpack_from(">H", head, 18)
        self.bounds: tuple[int, ...] = struct.unpack_from(">4h", head, 36)
        (self._has_long_offsets,) = struct.unpack_from(">h", head, 50)
        self.ascent, self.descent = struct.unpack_from(">2h", hhea, 4)
        (self._metric_count,) = struct.unpack_from(">H", hhea, 34)
        (self.glyph_count,) = struct.unpack_from(">H", self.table("maxp"), 4)
        self._glyf = self.table("glyf")

    def _read_advances(self) -> "array[int]":
        values = _big_endian("H", self.table("hmtx"))
        full = 2 * self._metric_count
        advances = values[:full:2]
        missing = self.glyph_count - self._metric_count
        advances.extend([advances[-1]] * missing)
        self._bearings = values[1:full:2] + values[full : full + missing]
        return advances

    def _read_offsets(self) -> Sequence[int]:
        if self._has_long_offsets:
            return _big_endian("I", self.table("loca"))
        return [2 * offset for offset in _big_endian("H", self.table("loca"))]

    def _read_characters(self) -> dict[int, int]:
        table = self.table("cmap")
        (count,) = struct.unpack_from(">H", table, 2)
        found = {}
        for record in range(count):
            platform, encoding, offset = struct.unpack_from(">2HL", table, 4 + 8 * record)
            found[platform, encoding] = offset
        if (3, 10) in found:
            return _characters_of_format_12(table[found[3, 10] :])
        return _characters_of_format_4(table[found[3, 1] :])

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font file with these glyphs, renumbered from 0 in the given order."""
        numbers = list(glyphs)
        outlines = [self._renumbered(glyph, numbers) for glyph in numbers]
        for glyph in numbers[len(outlines) :]:
            outlines.append(self._renumbered(glyph, numbers))
        tables = {tag: bytes(self.table(tag)) for tag in _COPIED_TABLES if self.has_table(tag)}
        tables["glyf"], tables["loca"] = _joined(outlines)
        tables["hmtx"] = self._metrics(numbers)
        tables["head"] = _patched(self.table("head"), (8, ">L", 0), (50, ">h", 1))
        tables["hhea"] = _patched(self.table("hhea"), (34, ">H", len(numbers)))
        tables["maxp"] = _patched(self.table("maxp"), (4, ">H", len(numbers)))
        return _font_file(tables)

    def _metrics(self, glyphs: Sequence[int]) -> bytes:
        values = array("H")
        for glyph in glyphs:
            values.append(self.advances[glyph])
            values.append(self._bearings[glyph])
        return _swapped(values).tobytes()

    def _renumbered(self, glyph: int, numbers: list[int]) -> bytes:
        outline = bytes(self.outline(glyph))
        if not outline or outline[0] < 0x80:
            return outline
        # A composite names its parts by glyph number: take them along and point to their new places.
        patched = bytearray(outline)
        for position in _component_positions(outline):
            (part,) = struct.unpack_from(">H", outline, position)
            if part not in numbers:
                numbers.append(part)
            struct.pack_into(">H", patched, position, numbers.index(part))
        return bytes(patched)


def _component_positions(outline: bytes) -> list[int]:
    positions = []
    position, flags = 10, _MORE
    while flags & _MORE:
        (flags,) = struct.unpack_from(">H", outline, position)
        positions.append(position + 2)
        position += 8 if flags & _ARGS_ARE_WORDS else 6
        position += 2 * bool(flags & _HAS_SCALE)
        position += 4 * bool(flags & _HAS_XY_SCALE) + 8 * bool(flags & _HAS_MATRIX)
    return positions


def _characters_of_format_12(table: memoryview) -> dict[int, int]:
    if struct.unpack_from(">H", table)[0] != 12:
        raise ValueError("character map")
    (count,) = struct.unpack_from(">L", table, 12)
    groups = _big_endian("I", table[16 : 16 + 12 * count])
    characters: dict[int, int] = {}
    for start, end, glyph in zip(groups[::3], groups[1::3], groups[2::3], strict=True):
        characters.update(zip(range(start, end + 1), range(glyph, glyph + end - start + 1), strict=True))
    return characters


def _characters_of_format_4(table: memoryview) -> dict[int, int]:
    if struct.unpack_from(">H", table)[0] != 4:
        raise ValueError("character map")
    length, _, twice = struct.unpack_from(">3H", table, 2)
    count = twice // 2
    values = _big_endian("H", table[14:length])
    ends, starts = values[:count], values[count + 1 : 2 * count + 1]
    deltas, ranges = values[2 * count + 1 : 3 * count + 1], values[3 * count + 1 :]
    characters = {}
    for segment in range(count):
        for code in range(starts[segment], ends[segment] + 1):
            glyph = code
            if ranges[segment]:
                glyph = ranges[segment + ranges[segment] // 2 + code - starts[segment]]
            if code != 0xFFFF and (glyph or not ranges[segment]):
                characters[code] = (glyph + deltas[segment]) & 0xFFFF
    return characters


def _joined(outlines: list[bytes]) -> tuple[bytes, bytes]:
    offsets, parts, position = array("I", [0]), [], 0
    for outline in outlines:
        padded = outline + bytes(-len(outline) % 4)
        parts.append(padded)
        position += len(padded)
        offsets.append(position)
    return b"".join(parts), _swapped(offsets).tobytes()


def _font_file(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">L4H", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    body, offset = [], 12 + 16 * count
    for tag in sorted(tables):
        content = tables[tag]
        directory += struct.pack(">4s3L", tag.encode("latin-1"), _checksum(content), offset, len(content))
        padded = content + bytes(-len(content) % 4)
        body.append(padded)
        offset += len(padded)
    return directory + b"".join(body)


def _checksum(content: bytes) -> int:
    return sum(_big_endian("I", memoryview(content + bytes(-len(content) % 4)))) & 0xFFFFFFFF


def _patched(table: memoryview, *changes: tuple[int, str, int]) -> bytes:
    patched = bytearray(table)
    for position, layout, value in changes:
        struct.pack_into(layout, patched, position, value)
    return bytes(patched)


def _big_endian(code: str, table: memoryview) -> "array[int]":
    values = array(code)
    values.frombytes(table[: len(table) - len(table) % values.itemsize])
    return _swapped(values)


def _swapped(values: "array[int]") -> "array[int]":
    if sys.byteorder == "little":
        values.byteswap()
    return values
