"""Compares an entry the index proposes with what was typed, and says how well it fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from fangshan_desk.data.search_terms import DIGRAPHS, Term
from fangshan_desk.data.search_tokens import SEPARATOR, Readings


class Fit(IntEnum):
    """How a term was found, best first."""

    EXACT = 0
    NAME_START = 1
    CODE_END = 2
    NAME = 3
    ALIAS = 4
    REPRESENTATIVE = 5
    CODE = 6


@dataclass(frozen=True)
class Entry:
    """One row of `search_entry`."""

    enterprise_id: str
    core: int
    content: str


class Matcher:
    """Compares entries with a query; ``readings`` are those the index was made with."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._openers: dict[str, set[str]] = {}
        for character, known in readings.items():
            for reading in known:
                self._openers.setdefault(reading[0], {reading[0]}).add(character)

    def fit_of(self, entry: Entry, terms: Sequence[Term]) -> tuple[Fit, ...] | None:
        """How each term fits, or None when one of them does not."""
        lines = entry.content.split(SEPARATOR)
        fits = []
        for term in terms:
            fit = self._fit(lines, entry.core, term)
            if fit is None:
                return None
            fits.append(fit)
        return tuple(fits)

    def _fit(self, lines: list[str], core: int, term: Term) -> Fit | None:
        name, representative, uscc, phone, aliases, codes = lines
        text = term.text
        if text in (name, uscc):
            return Fit.EXACT
        if self._begins(name, 0, term) or (core and self._begins(name, core, term)):
            return Fit.NAME_START
        if term.is_code and term.has_digit and (uscc.endswith(text) or phone.endswith(text)):
            return Fit.CODE_END
        if self._holds(name, term):
            return Fit.NAME
        if aliases and any(self._holds(alias, term) for alias in aliases.split(" ")):
            return Fit.ALIAS
        if self._holds(representative, term):
            return Fit.REPRESENTATIVE
        return _code_fit(term, (uscc, phone, *codes.split(" ")))

    def _begins(self, text: str, start: int, term: Term) -> bool:
        if term.is_spelt:
            return spells(text, start, term.text, self._readings)
        return text.startswith(term.text, start)

    def _holds(self, text: str, term: Term) -> bool:
        typed = term.text
        if not term.is_spelt:
            return typed in text
        openers = self._openers.get(typed[0], typed[0])
        return any(
            spells(text, start, typed, self._readings)
            for start, character in enumerate(text)
            if character in openers
        )


def _code_fit(term: Term, codes: Sequence[str]) -> Fit | None:
    if not term.is_code:
        return None
    if term.has_digit:
        return Fit.CODE if any(term.text in code for code in codes) else None
    return Fit.CODE if any(code.endswith(term.text) for code in codes) else None


def spells(text: str, start: int, typed: str, readings: Readings) -> bool:
    """Whether the typed letters spell the text from ``start`` on.

    A character is spelt by itself, its syllable or its initial (z or zh), the last one by any beginning.
    """
    # All places in the typed letters that the text so far can explain; no guessing, no going back.
    reached = {0}
    complete = len(typed)
    for index in range(start, len(text)):
        character = text[index]
        known = readings.get(character, ())
        reached = {end for place in reached for end in _ends(typed, place, character, known)}
        if complete in reached:
            return True
        if not reached:
            return False
    return False


def _ends(typed: str, place: int, character: str, known: tuple[str, ...]) -> Iterator[int]:
    letter = typed[place]
    if letter == character:
        yield place + 1
    for reading in known:
        if reading[0] != letter:
            continue
        yield place + 1
        if typed.startswith(reading, place):
            yield place + len(reading)
        elif reading.startswith(typed[place:]):
            yield len(typed)
        if reading[:2] in DIGRAPHS and typed.startswith(reading[:2], place):
            yield place + 2
