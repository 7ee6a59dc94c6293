"""The statutes a check rests on: which version is in force on a day, and what a letter may quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from fangshan_desk.domain.checklist.items import CheckItem, LegalBasis
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.reference_reading import BrokenReferenceError, ReferenceEntry


class UnknownStatuteError(ExpectedError):
    """The library has no statute of this name: ``statute``."""

    key = "statute-unknown"


class Doubt(StrEnum):
    """Why a legal basis may be shown but not printed."""

    UNVERIFIED = "unverified"
    FORCE_UNKNOWN = "force-unknown"
    ARTICLE_MISSING = "article-missing"
    QUOTE_DIFFERS = "quote-differs"


@dataclass(frozen=True, slots=True)
class Article:
    """One article; ``number`` is "82", "276-1" (a later insertion) or the file's word for a part or all."""

    number: str
    text: str
    is_verified: bool


@dataclass(frozen=True)
class Statute:
    """One version of a law, regulation, rule or notice."""

    id: str
    title: str
    short: str
    kind: str
    issuer: str
    document_no: str | None
    promulgated: date | None
    effective_from: date | None
    effective_to: date | None
    superseded_by: str | None
    version: str | None
    is_verified: bool
    note: str | None
    articles: tuple[Article, ...]

    @cached_property
    def _articles_by_number(self) -> Mapping[str, Article]:
        return {article.number: article for article in self.articles}

    def article(self, number: str | None) -> Article | None:
        """The article of this number, if its text is in the library."""
        return None if number is None else self._articles_by_number.get(number)

    def is_in_force(self, on: date) -> bool | None:
        """Whether this version holds on the day; None where its first day is not known."""
        if self.effective_to is not None and on > self.effective_to:
            return False
        return None if self.effective_from is None else self.effective_from <= on


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article together with the version of the statute it was found in."""

    statute: Statute
    article: Article


@dataclass(frozen=True, slots=True)
class BasisInForce:
    """A legal basis that may be named for the day; only without a ``doubt`` does it go into a letter."""

    basis: LegalBasis
    statute: Statute
    article: Article | None
    doubt: Doubt | None

    @property
    def may_be_printed(self) -> bool:
        """Whether a letter may rest on it."""
        return self.doubt is None


# A revision may number anew; without an entry here the number is taken to have stayed.
_RENUMBERED: Mapping[tuple[str, str], str] = {
    ("company_law_2018", "18"): "17",
    ("company_law", "17"): "18",
}


@dataclass(frozen=True)
class StatuteLibrary:
    """All statutes by their short names."""

    compiled_on: date
    statutes: tuple[Statute, ...]

    @cached_property
    def _by_id(self) -> Mapping[str, Statute]:
        return {statute.id: statute for statute in self.statutes}

    def __contains__(self, statute_id: object) -> bool:
        return statute_id in self._by_id

    def statute(self, statute_id: str) -> Statute:
        """The version of this name, in force or not."""
        if statute_id not in self._by_id:
            raise UnknownStatuteError(statute=statute_id)
        return self._by_id[statute_id]

    def version_in_force(self, statute_id: str, *, on: date) -> Statute | None:
        """This version, or the earlier or later one of the same statute that holds on the day."""
        named = self.statute(statute_id)
        for version in (named, *self._later(named), *self._earlier(named)):
            if version.is_in_force(on):
                return version
        return None

    def article(self, statute_id: str, number: str, *, on: date) -> CitedArticle | None:
        """The article as it stands on the day, followed into the version in force then."""
        named = self.statute(statute_id)
        version = self.version_in_force(statute_id, on=on)
        if version is None:
            return None
        current = number if version is named else _RENUMBERED.get((statute_id, number), number)
        article = version.article(current)
        return None if article is None else CitedArticle(version, article)

    def bases_in_force(self, item: CheckItem, *, on: date) -> tuple[BasisInForce, ...]:
        """The bases of an item that may be named for a visit of that day, in the item's order."""
        found = []
        for basis in item.legal_basis:
            statute = self.statute(basis.statute)
            if basis.holds_on(on) and statute.is_in_force(on) is not False:
                found.append(_based(basis, statute, on))
        return tuple(found)

    def _later(self, statute: Statute) -> tuple[Statute, ...]:
        later: list[Statute] = []
        following = statute.superseded_by
        while following is not None and following in self._by_id:
            later.append(self._by_id[following])
            following = later[-1].superseded_by
        return tuple(later)

    def _earlier(self, statute: Statute) -> tuple[Statute, ...]:
        return tuple(other for other in self.statutes if statute in self._later(other))


def parse_statutes(raw: Mapping[str, object]) -> StatuteLibrary:
    """The library of the raw file, or BrokenReferenceError saying where it is wrong."""
    entry = ReferenceEntry(raw, "")
    library = StatuteLibrary(
        compiled_on=entry.day("compiled_on"),
        statutes=tuple(_parse_statute(one) for one in entry.entries("statutes")),
    )
    _check_chain(library)
    return library


def _based(basis: LegalBasis, statute: Statute, on: date) -> BasisInForce:
    article = statute.article(basis.article)
    return BasisInForce(basis, statute, article, _doubt(basis, statute, article, on=on))


def _doubt(basis: LegalBasis, statute: Statute, article: Article | None, *, on: date) -> Doubt | None:
    if not (basis.is_verified and statute.is_verified):
        return Doubt.UNVERIFIED
    if statute.is_in_force(on) is None:
        return Doubt.FORCE_UNKNOWN
    if article is None:
        return Doubt.ARTICLE_MISSING
    if not article.is_verified:
        return Doubt.UNVERIFIED
    # A letter quotes the operative words; they must be the article's own.
    return None if basis.quote and basis.quote in article.text else Doubt.QUOTE_DIFFERS


def _parse_statute(entry: ReferenceEntry) -> Statute:
    entry.place = entry.text("id")
    return Statute(
        id=entry.place,
        title=entry.text("title"),
        short=entry.text("short"),
        kind=entry.text("kind"),
        issuer=entry.text("issuer"),
        document_no=entry.optional_text("document_no"),
        promulgated=entry.optional_day("promulgated"),
        effective_from=entry.optional_day("effective_from"),
        effective_to=entry.optional_day("effective_to"),
        superseded_by=entry.optional_text("superseded_by"),
        version=entry.optional_text("version"),
        is_verified=entry.flag("verified"),
        note=entry.optional_text("note"),
        articles=tuple(
            Article(one.text("number"), one.text("text"), one.flag("verified"))
            for one in entry.entries("articles")
        ),
    )


def _check_chain(library: StatuteLibrary) -> None:
    seen: set[str] = set()
    for statute in library.statutes:
        if statute.id in seen:
            raise BrokenReferenceError(place=statute.id, problem="id: stands twice")
        seen.add(statute.id)
        following: str | None = statute.id
        visited: set[str] = set()
        while following is not None:
            if following not in library:
                raise BrokenReferenceError(place=statute.id, problem=f"superseded_by: no {following}")
            if following in visited:
                raise BrokenReferenceError(place=statute.id, problem="superseded_by: runs in a circle")
            visited.add(following)
            following = library.statute(following).superseded_by
