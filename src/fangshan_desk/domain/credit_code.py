"""Unified social credit codes (GB 32100—2015), the organisation code inside, and the old 15-digit number.

A wrong code never blocks work on site: it is stored, flagged, and a person picks among the suggestions.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice, product

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
OLD_LENGTH = 15
_ORGANISATION_LENGTH = 9
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DIVISION = slice(2, 8)
_BODY = slice(8, 17)
_MOST_READINGS = 8
# Letters the standard leaves out, and what they are usually misread for.
_CONFUSED: Mapping[str, str] = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "UY"}
_LOOK_ALIKE = frozenset(
    map(frozenset, ("0D", "0Q", "DQ", "8B", "1L", "17", "1T", "6G", "CG", "EF", "MN", "UW"))
)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")


class CodeKind(StrEnum):
    """What a code is, by its length."""

    CREDIT_CODE = "credit_code"
    OLD_NUMBER = "old_number"
    UNKNOWN = "unknown"


class RepairKind(StrEnum):
    """How a suggestion differs from what was entered; the earlier the likelier."""

    CONFUSED = "confused"
    SWAPPED = "swapped"
    LOOK_ALIKE = "look_alike"
    REPLACED = "replaced"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"uscc-repair-{self.value}"


@dataclass(frozen=True)
class CodeProblem:
    """One thing that is wrong; ``position`` counts from 1, 0 means the whole code."""

    key: str
    position: int = 0
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CodeCheck:
    """The cleaned code and what is wrong with it; warnings do not make it invalid."""

    code: str
    kind: CodeKind
    problems: tuple[CodeProblem, ...]
    warnings: tuple[CodeProblem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether the check character fits; true for an old number as well."""
        return not self.problems

    @property
    def is_valid_credit_code(self) -> bool:
        """Whether this is a valid code of 18 characters."""
        return self.is_valid and self.kind is CodeKind.CREDIT_CODE


@dataclass(frozen=True)
class Repair:
    """A suggestion, accepted only by a person; ``position`` counts from 1."""

    code: str
    kind: RepairKind
    position: int


def clean_code(text: str) -> str:
    """Full-width forms made narrow, blanks, apostrophes and invisible characters out, upper case."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        character
        for character in narrow
        if not character.isspace()
        and unicodedata.category(character) not in ("Cf", "Cc")
        and character != "'"
    )


def check_character(prefix: str) -> str:
    """The 18th character for the first 17 (GB 32100); ValueError when they are not 17 of its characters."""
    if len(prefix) != LENGTH - 1 or any(character not in _VALUES for character in prefix):
        raise ValueError(f"not the first 17 characters of a code: {prefix!r}")
    total = sum(_VALUES[character] * weight for character, weight in zip(prefix, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def make_code(prefix: str) -> str:
    """A whole valid code from its first 17 characters."""
    return prefix + check_character(prefix)


def is_valid_code(code: str) -> bool:
    """Whether a cleaned code has 18 right characters and the right check character."""
    is_formed = len(code) == LENGTH and all(character in _VALUES for character in code)
    return is_formed and code[_DIVISION].isdigit() and check_character(code[:-1]) == code[-1]


def organisation_code(code: str) -> str:
    """The nine characters of the organisation code inside a credit code."""
    return code[_BODY]


def is_valid_organisation_code(code: str) -> bool:
    """Whether the last of nine characters fits (GB 11714); some old genuine numbers do not."""
    if len(code) != _ORGANISATION_LENGTH or not (code.isascii() and code.isalnum()):
        return False
    total = sum(
        int(character, 36) * weight for character, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False)
    )
    return "0X987654321"[total % 11] == code[-1]


def is_valid_old_number(number: str) -> bool:
    """Whether a registration number from before 2015 has the right last digit (mod 11, 10)."""
    if len(number) != OLD_LENGTH or not (number.isascii() and number.isdigit()):
        return False
    carried = 10
    for digit in number[:-1]:
        carried = 2 * ((carried + int(digit)) % 10 or 10) % 11
    return (11 - carried) % 10 == int(number[-1])


def check_code(text: str) -> CodeCheck:
    """The cleaned code, what it is, and every character that is wrong."""
    code = clean_code(text)
    if len(code) == OLD_LENGTH and code.isascii() and code.isdigit():
        wrong = (CodeProblem("uscc-problem-old-check", OLD_LENGTH),)
        return CodeCheck(code, CodeKind.OLD_NUMBER, () if is_valid_old_number(code) else wrong)
    if len(code) != LENGTH:
        return CodeCheck(code, CodeKind.UNKNOWN, (_length_problem(code),))
    problems = tuple(_character_problems(code))
    if not problems and not is_valid_code(code):
        values = {"found": code[-1], "expected": check_character(code[:-1])}
        problems = (CodeProblem("uscc-problem-check", LENGTH, values),)
    warnings = () if problems or is_valid_organisation_code(organisation_code(code)) else _INNER_WARNING
    return CodeCheck(code, CodeKind.CREDIT_CODE, problems, warnings)


def repair_candidates(text: str) -> tuple[Repair, ...]:
    """Valid codes near the one entered, likeliest first; none for a valid code. Never accept one unasked."""
    code = clean_code(text)
    if len(code) != LENGTH or is_valid_code(code):
        return ()
    best: dict[str, Repair] = {}
    for base in _unconfused(code):
        for repair in _near(base, entered=code):
            if repair.code not in best or _order(repair) < _order(best[repair.code]):
                best[repair.code] = repair
    return tuple(sorted(best.values(), key=_order))


_INNER_WARNING = (CodeProblem("uscc-warning-organisation", 17),)


def _length_problem(code: str) -> CodeProblem:
    if not code:
        return CodeProblem("uscc-problem-empty")
    if _SCIENTIFIC.fullmatch(code):
        return CodeProblem("uscc-problem-scientific")
    return CodeProblem("uscc-problem-length", 0, {"count": str(len(code))})


def _character_problems(code: str) -> Iterator[CodeProblem]:
    for position, character in enumerate(code, start=1):
        values = {"position": str(position), "found": character}
        if character not in _VALUES:
            meant = "/".join(_CONFUSED.get(character, ""))
            yield CodeProblem("uscc-problem-character", position, {**values, "meant": meant or "none"})
        elif _DIVISION.start < position <= _DIVISION.stop and not character.isdigit():
            yield CodeProblem("uscc-problem-division", position, values)


def _unconfused(code: str) -> Iterator[str]:
    """The code with every left-out letter read as what it is usually misread for."""
    choices = [_CONFUSED.get(character, character) for character in code]
    # Every V doubles the readings: a line full of them is no code, and must not hold up typing.
    for characters in islice(product(*choices), _MOST_READINGS):
        if all(character in _VALUES for character in characters):
            yield "".join(characters)


def _near(base: str, *, entered: str) -> Iterator[Repair]:
    if base != entered and is_valid_code(base):
        yield Repair(base, RepairKind.CONFUSED, _first_difference(base, entered))
    for at in range(LENGTH - 1):
        swapped = base[:at] + base[at + 1] + base[at] + base[at + 2 :]
        if swapped != base and is_valid_code(swapped):
            yield Repair(swapped, RepairKind.SWAPPED, at + 1)
    for at, old in enumerate(base):
        for new in ALPHABET:
            replaced = base[:at] + new + base[at + 1 :]
            if new != old and is_valid_code(replaced):
                is_alike = frozenset((old, new)) in _LOOK_ALIKE
                yield Repair(replaced, RepairKind.LOOK_ALIKE if is_alike else RepairKind.REPLACED, at + 1)


def _first_difference(one: str, other: str) -> int:
    return next(at for at, pair in enumerate(zip(one, other, strict=True), start=1) if pair[0] != pair[1])


def _order(repair: Repair) -> tuple[int, bool, int, str]:
    # Genuine codes nearly always pass the inner check; a lucky wrong repair rarely does.
    fails_inside = not is_valid_organisation_code(organisation_code(repair.code))
    return list(RepairKind).index(repair.kind), fails_inside, repair.position, repair.code
