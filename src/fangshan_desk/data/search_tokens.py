"""The fragments one enterprise is found by; the same kinds that `search_terms` asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from fangshan_desk.data.search_terms import (
    CODE,
    CODE_WINDOW,
    INITIALS,
    LONGEST_TAIL,
    START,
    SYLLABLE,
    SYLLABLES,
    TAIL,
    is_literal,
    searchable,
)

Readings = Mapping[str, tuple[str, ...]]
SEPARATOR = "\n"


@dataclass(frozen=True)
class Searched:
    """What can be found of one enterprise, already made `searchable`.

    ``core`` is where the name goes on behind the county's and the town's name.
    """

    name: str
    core: int
    representative: str
    uscc: str
    phone: str
    aliases: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def characters(self) -> frozenset[str]:
        """Every character whose readings are needed."""
        return frozenset("".join(self.texts()))

    def content(self) -> str:
        """What a hit is compared with, one line each."""
        lines = (self.name, self.representative, self.uscc, self.phone)
        return SEPARATOR.join((*lines, " ".join(self.aliases), " ".join(self.codes)))

    def texts(self) -> Sequence[str]:
        """What may be spelt in pinyin."""
        return (self.name, self.representative, *self.aliases)

    def all_codes(self) -> Sequence[str]:
        """What is found by its end and by three neighbouring characters."""
        return (self.uscc, self.phone, *self.codes)


def core_start(name: str, prefixes: Iterable[str]) -> int:
    """Where the name begins that tells this enterprise from others of the county.

    ``prefixes`` are `searchable` names of province, city, county and towns, in any order.
    """
    ordered = sorted(prefixes, key=len, reverse=True)
    start = 0
    while found := next((item for item in ordered if name.startswith(item, start)), ""):
        start += len(found)
    return start if start < len(name) else 0


def searched_name(name: str) -> str:
    """The searchable form of a name or code."""
    return searchable(name)


def fragments_of(searched: Searched, readings: Readings) -> str:
    """The text for the index."""
    found: set[str] = set()
    for text in searched.texts():
        _add_text(found, text, readings)
    for start in {0, searched.core}:
        found.update(START + token for token in _opening(searched.name[start : start + 2], readings))
    for code in searched.all_codes():
        found.update(_code_tokens(code))
    return " ".join(found)


def _add_text(found: set[str], text: str, readings: Readings) -> None:
    known = [readings.get(character, ()) for character in text]
    initials = [_initials(*pair) for pair in zip(text, known, strict=True)]
    for place, character in enumerate(text):
        found.update(_single_tokens(character, known[place]))
        if place > 0:
            before = place - 1
            found.update(_pair_tokens(text[before], character, initials[before], initials[place]))
            found.update(_spelt_pair(known[before], known[place]))
        if place > 1:
            found.update(_triple_tokens(*initials[place - 2 : place + 1]))


def _opening(opening: str, readings: Readings) -> Iterator[str]:
    known = [readings.get(character, ()) for character in opening]
    initials = [_initials(*pair) for pair in zip(opening, known, strict=True)]
    if opening:
        yield from _single_tokens(opening[0], known[0])
    if len(opening) > 1:
        yield from _pair_tokens(*opening, *initials)


@lru_cache(maxsize=20_000)
def _initials(character: str, readings: tuple[str, ...]) -> tuple[str, ...]:
    if character.isascii():
        return (character,)
    return tuple(sorted({reading[0] for reading in readings}))


@lru_cache(maxsize=20_000)
def _single_tokens(character: str, readings: tuple[str, ...]) -> frozenset[str]:
    tokens = {INITIALS + initial for initial in _initials(character, readings)}
    tokens |= {SYLLABLE + reading[:end] for reading in readings for end in range(2, len(reading) + 1)}
    return frozenset(tokens if character.isascii() else tokens | {character})


@lru_cache(maxsize=50_000)
def _pair_tokens(
    first: str, second: str, initials: tuple[str, ...], next_initials: tuple[str, ...]
) -> tuple[str, ...]:
    pairs = tuple(INITIALS + one + other for one in initials for other in next_initials)
    is_text = is_literal(first) and is_literal(second) and not (first + second).isascii()
    return (first + second, *pairs) if is_text else pairs


@lru_cache(maxsize=50_000)
def _spelt_pair(readings: tuple[str, ...], next_readings: tuple[str, ...]) -> tuple[str, ...]:
    # The next initial too: what is typed last is seldom a whole syllable.
    following = {*(item for item in next_readings if len(item) > 1), *(item[0] for item in next_readings)}
    return tuple(SYLLABLES + one + other for one in readings for other in following if len(one) > 1)


@lru_cache(maxsize=50_000)
def _triple_tokens(*initials: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(INITIALS + "".join(letters) for letters in product(*initials))


def _code_tokens(code: str) -> Iterator[str]:
    for start in range(len(code) - CODE_WINDOW + 1):
        yield CODE + code[start : start + CODE_WINDOW]
    for length in range(1, min(LONGEST_TAIL, len(code)) + 1):
        yield TAIL + code[-length:]
