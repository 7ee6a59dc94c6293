"""The county's townships and how an address names one (indicators 2, imports 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fangshan_desk.domain.raw_fields import InvalidInputError, RawFields


@dataclass(frozen=True)
class Township:
    """One town as a reporting unit; aliases are its former names."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class TownshipGuess:
    """What an address says: the code, or the unit of the unassigned; a person looks where it is unsure."""

    code: str
    needs_review: bool
    matched: str = ""


@dataclass(frozen=True)
class Townships:
    """The table the office may edit."""

    rows: tuple[Township, ...]
    unassigned: str
    review_words: Mapping[str, str]
    abolished: tuple[str, ...]

    @classmethod
    def from_mapping(cls, raw: object) -> "Townships":
        """The parsed table, or InvalidInputError naming the key."""
        fields = RawFields(raw)
        fields.whole("schema_version")
        rows = tuple(map(_township, fields.each("townships")))
        words = dict(map(_review_word, fields.each("review_words")))
        table = cls(rows, fields.text("unassigned"), MappingProxyType(words), fields.texts("abolished"))
        fields.done()
        for word, code in words.items():
            if code not in table.codes:
                raise InvalidInputError(f"review_words.{word}", "unknown-choice")
        return table

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the towns, without the unit of the unassigned."""
        return frozenset(row.code for row in self.rows)

    @property
    def reporting_units(self) -> tuple[str, ...]:
        """Codes in the order of the monthly table; the unassigned come last."""
        return (*(row.code for row in self.rows), self.unassigned)

    def name_of(self, code: str) -> str:
        """The name of a town, empty for any other code."""
        return next((row.name for row in self.rows if row.code == code), "")

    def from_address(self, address: str) -> TownshipGuess:
        """The longest town name in the address; former towns and the county seat's words need a look."""
        named = [
            (word, row.code) for row in self.rows for word in (row.name, *row.aliases) if word in address
        ]
        abolished = next((word for word in self.abolished if word in address), "")
        if named:
            word, code = max(named, key=lambda pair: len(pair[0]))
            is_ambiguous = bool(abolished) or len({found for _, found in named}) > 1
            return TownshipGuess(code, is_ambiguous, word)
        if abolished:
            return TownshipGuess(self.unassigned, needs_review=True, matched=abolished)
        seat = next(((word, code) for word, code in self.review_words.items() if word in address), None)
        if seat:
            return TownshipGuess(seat[1], needs_review=True, matched=seat[0])
        return TownshipGuess(self.unassigned, needs_review=False)


def township_from_address(address: str, townships: Townships) -> TownshipGuess:
    """The township an address names; blanks inside the address do not matter."""
    return townships.from_address("".join(address.split()))


def _township(row: RawFields) -> Township:
    township = Township(row.text("code"), row.text("name"), row.texts("aliases"))
    row.done()
    return township


def _review_word(row: RawFields) -> tuple[str, str]:
    pair = row.text("word"), row.text("code")
    row.done()
    return pair
