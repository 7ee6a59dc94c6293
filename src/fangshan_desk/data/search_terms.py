"""What a person typed, made harmless and cut into the fragments that the index holds.

The index knows three kinds of fragments: of characters, of pinyin and of codes (see decision 0003).
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

# Names have at most 120 characters, so more can match nothing.
LONGEST_QUERY = 256
LONGEST_TERM = 120
MOST_TERMS = 8
# Enough letters to tell names apart; the comparison afterwards looks at all of them.
_LONGEST_SPELLING = 48
_LONGEST_CODE = 40
_SHORT_SPELLING = 3
_MOST_SPLITS = 12
_MOST_MIXTURES = 3
_LONGEST_SYLLABLE = 6
_CHARACTERS, _LETTERS, _DIGITS = range(3)
DIGRAPHS = ("zh", "ch", "sh")
# A single letter costs more than a syllable: whole spellings are tried first.
_SYLLABLE_COST, _LETTER_COST = 10, 16

# One digit tells the kinds of fragments apart; characters need none.
INITIALS, SYLLABLE, CODE, TAIL, START, SYLLABLES = "1", "2", "3", "4", "5", "6"
LONGEST_INITIALS = 3
NOTHING = '"0"'
LONGEST_TAIL = 4
CODE_WINDOW = 3


def searchable(text: str) -> str:
    """The text as it is indexed and compared: NFKC, small letters, only letters, digits and characters."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


@dataclass(frozen=True)
class Term:
    """One word of the query; all words must match."""

    text: str

    @cached_property
    def is_code(self) -> bool:
        """Whether it may be part of a code or phone number."""
        return self.text.isascii()

    @cached_property
    def is_short(self) -> bool:
        """Whether it fits so many names that their beginnings should be tried first."""
        return len(self.text) <= (_SHORT_SPELLING if self.text.isascii() else 1)

    @cached_property
    def has_digit(self) -> bool:
        """Letters alone are a code only at its very end."""
        return any(character.isdigit() for character in self.text)

    @cached_property
    def is_spelt(self) -> bool:
        """Whether letters in it may stand for the pinyin of characters."""
        return any(character.isascii() and character.isalpha() for character in self.text)


def terms_of(query: str) -> tuple[Term, ...]:
    """The words of the query; none when nothing searchable was typed."""
    words = (searchable(word) for word in query[:LONGEST_QUERY].split())
    return tuple(Term(word[:LONGEST_TERM]) for word in words if word)[:MOST_TERMS]


class Fragments:
    """Finds the index expressions of a term; ``syllables`` are the readings the index holds."""

    def __init__(self, syllables: Collection[str]) -> None:
        self._syllables = frozenset(syllables)
        self._openings = frozenset(item[:end] for item in self._syllables for end in range(1, len(item)))

    def anywhere(self, term: Term) -> str:
        """Entries that hold the term in a name, an alias, a person's name, a code or a phone number."""
        branches = [_all_of(self._tokens(units)) for units in self._readings_of(term)]
        if term.is_code:
            branches += _code_branch(term)
        return _any_of(branches)

    def at_start(self, term: Term) -> str:
        """Entries whose name, or the name behind the county's, begins with the term."""
        return _any_of(
            _all_of([_start_token(units), *self._tokens(units)]) for units in self._readings_of(term)
        )

    def at_code_end(self, term: Term) -> str:
        """Entries whose code or phone number ends with the term; empty when it cannot be one."""
        if not term.is_code or len(term.text) > _LONGEST_CODE:
            return NOTHING
        return _all_of([TAIL + term.text[-LONGEST_TAIL:], *_windows(term.text)])

    def _readings_of(self, term: Term) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = [()]
        for run in _runs(term.text):
            parts = [tuple(run)] if _kind(run[0]) != _LETTERS else self._splits(run[:_LONGEST_SPELLING])
            found = [(*units, *part) for units in found for part in parts][:_MOST_SPLITS]
            if len(found[0]) >= _LONGEST_SPELLING:
                break
        return found

    def _splits(self, letters: str) -> list[tuple[str, ...]]:
        """Ways to read the letters: as initials, as whole syllables, or failing that as a mixture."""
        plain = tuple(letters)
        whole = self._cheapest(letters, self._syllable_cost)
        others = whole or self._cheapest(letters, self._mixed_cost)[:_MOST_MIXTURES]
        return [plain, *(units for units in others if units != plain)]

    def _cheapest(self, letters: str, cost_of: Callable[..., int]) -> list[tuple[str, ...]]:
        best: list[list[tuple[int, tuple[str, ...]]]] = [[(0, ())]]
        for end in range(1, len(letters) + 1):
            ways: list[tuple[int, tuple[str, ...]]] = []
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                cost = cost_of(letters[start:end], is_last=end == len(letters)) if best[start] else 0
                if cost:
                    ways += [(before + cost, (*units, letters[start:end])) for before, units in best[start]]
            best.append(sorted(ways)[:_MOST_SPLITS])
        return [units for _, units in best[-1]]

    def _syllable_cost(self, part: str, *, is_last: bool) -> int:
        is_syllable = part in self._syllables or (is_last and part in self._openings)
        return _SYLLABLE_COST if is_syllable else 0

    def _mixed_cost(self, part: str, *, is_last: bool) -> int:
        is_initial = part in DIGRAPHS or (len(part) == 1 and part in self._openings)
        return self._syllable_cost(part, is_last=is_last) or (_LETTER_COST if is_initial else 0)

    def _tokens(self, units: tuple[str, ...]) -> list[str]:
        """The most telling fragments of the units; together they touch every unit."""
        tokens: list[str] = []
        covered: set[int] = set()
        partly: set[int] = set()
        for index, (first, second) in enumerate(pairwise(units)):
            pair, is_complete = self._pair(first, second, is_last=index + 2 == len(units))
            if pair:
                tokens.append(pair)
                covered |= {index, index + 1} if is_complete else {index}
                partly |= {index, index + 1}
        tokens += _initials_tokens(units, partly)
        tokens += [
            SYLLABLE + unit for index, unit in enumerate(units) if len(unit) > 1 and index not in covered
        ]
        return list(dict.fromkeys(tokens))

    def _pair(self, first: str, second: str, *, is_last: bool) -> tuple[str, bool]:
        """The fragment for two neighbours, and whether it says all about the second."""
        if self._is_whole(first) and is_letter(second[0]):
            if self._is_whole(second) and not (is_last and second in self._openings):
                return SYLLABLES + first + second, True
            return SYLLABLES + first + second[0], len(second) == 1
        if is_literal(first) and is_literal(second) and not (first + second).isascii():
            return first + second, True
        # A letter beside a character may stand for any character: no fragment says so.
        return "", False

    def _is_whole(self, unit: str) -> bool:
        # A single letter may stand for itself.
        return len(unit) > 1 and unit in self._syllables


def _runs(text: str) -> list[str]:
    """Maximal pieces that are all Latin letters, all digits or all characters."""
    runs = [text[0]]
    for before, character in pairwise(text):
        if _kind(before) == _kind(character):
            runs[-1] += character
        else:
            runs.append(character)
    return runs


def _kind(character: str) -> int:
    if not character.isascii():
        return _CHARACTERS
    return _LETTERS if character.isalpha() else _DIGITS


def is_letter(unit: str) -> bool:
    """Whether these are Latin letters, which may spell a character."""
    return unit.isascii() and unit.isalpha()


def is_literal(unit: str) -> bool:
    """Whether it stands for itself only."""
    return not is_letter(unit)


def _initials_tokens(units: tuple[str, ...], covered: set[int]) -> list[str]:
    """Fragments of initials, and single characters, for the units that nothing better covers."""
    tokens = []
    for start, end in _spelt_runs(units):
        width = min(LONGEST_INITIALS, end - start)
        for place in range(start, end - width + 1):
            if not covered.issuperset(range(place, place + width)):
                tokens.append(INITIALS + "".join(unit[0] for unit in units[place : place + width]))
    alone = [unit for index, unit in enumerate(units) if index not in covered and not unit.isascii()]
    return tokens + alone


def _spelt_runs(units: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    start = 0
    for is_ascii, group in groupby(units, str.isascii):
        end = start + len(list(group))
        if is_ascii:
            yield start, end
        start = end


def _start_token(units: tuple[str, ...]) -> str:
    opening = units[:2]
    if len(units) == 1 and len(units[0]) > 1:
        return START + SYLLABLE + units[0]
    if all(unit.isascii() for unit in opening):
        return START + INITIALS + "".join(unit[0] for unit in opening)
    if all(map(is_literal, opening)):
        return START + "".join(opening)
    return START + (INITIALS + units[0][0] if units[0].isascii() else units[0])


def _code_branch(term: Term) -> list[str]:
    text = term.text
    if len(text) > _LONGEST_CODE:
        return []
    if len(text) < CODE_WINDOW:
        return [TAIL + text] if term.has_digit else []
    tail = [] if term.has_digit else [TAIL + text[-LONGEST_TAIL:]]
    return [_all_of([*tail, *_windows(text)])]


def _windows(text: str) -> list[str]:
    starts = range(len(text) - CODE_WINDOW + 1)
    return list(dict.fromkeys(CODE + text[start : start + CODE_WINDOW] for start in starts))


def _all_of(tokens: Iterable[str]) -> str:
    # Quoted although tokens hold only letters and digits: AND and OR are words of the query language.
    return " AND ".join(f'"{token}"' for token in tokens)


def _any_of(branches: Iterable[str]) -> str:
    return " OR ".join(f"({branch})" for branch in dict.fromkeys(branches))


def every(expressions: Iterable[str]) -> str:
    """An index expression that holds where all the given ones hold."""
    return " AND ".join(f"({expression})" for expression in expressions)
