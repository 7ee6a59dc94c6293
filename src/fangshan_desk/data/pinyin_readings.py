"""Every reading of a Chinese character, without tones; the library is loaded when first needed."""

import os
import unicodedata
from collections.abc import Iterable
from functools import cache


def all_readings(characters: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Readings by character, in small letters with ``v`` for ü; characters without any are left out."""
    found = {character: _readings(character) for character in set(characters)}
    return {character: readings for character, readings in found.items() if readings}


@cache
def _readings(character: str) -> tuple[str, ...]:
    if character.isascii():
        return ()
    # Phrases are the big part of the library and say nothing about single characters.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    rows = pinyin(character, heteronym=True, style=Style.NORMAL, errors="ignore")
    plain = {_letters(reading) for row in rows for reading in row} - {""}
    return tuple(sorted(plain | {_as_typed(reading) for reading in plain}))


def _letters(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading.lower().replace("ü", "v"))
    return "".join(part for part in parts if part.isascii() and part.isalpha())


def _as_typed(reading: str) -> str:
    # Input methods take both "lve" and "lue".
    return reading.replace("ve", "ue")
