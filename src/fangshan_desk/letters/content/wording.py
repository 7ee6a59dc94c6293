"""Dates, sums, numbering and joints of sentences, in the officers' manner."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from fangshan_desk.domain.letter_facts import ContactPoint, LegalBasis, Responsible

_STOPS = "。；，"


class Wording:
    """The texts, with the small forms every letter needs."""

    def __init__(self, text: Callable[..., str]) -> None:
        self._text = text

    def __call__(self, key: str, **values: object) -> str:
        return self._text(f"letter-{key}", **values)

    def written(self, day: date | None) -> str:
        """2023年8月25日, or room to write one."""
        if day is None:
            return self("date-blank")
        return self("date", year=day.year, month=day.month, day=day.day)

    def narrow_date(self, day: date | None) -> str:
        """A date for a narrow column; empty when there is none."""
        if day is None:
            return ""
        return self("date-in-two-lines", year=day.year, month=day.month, day=day.day)

    def amount(self, fen: int) -> str:
        """Yuan with two decimals and no grouping, as letters must not mix forms."""
        return self("amount", yuan=f"{fen // 100}.{fen % 100:02d}")

    def numeral(self, number: int) -> str:
        """A Chinese numeral from one to ninety-nine."""
        digits = self("numerals")
        tens, ones = divmod(number, 10)
        if not tens:
            return digits[ones - 1]
        lead = digits[tens - 1] if tens > 1 else ""
        return lead + digits[9] + (digits[ones - 1] if ones else "")

    def joined(self, parts: Iterable[str], key: str = "comma") -> str:
        """Non-empty parts with a mark between them."""
        return self(key).join(part for part in parts if part)

    def sentence(self, parts: Iterable[str]) -> str:
        """Clauses joined by commas and closed; nothing when there are none."""
        clauses = self.joined(parts)
        return self("sentence", clauses=clauses) if clauses else ""

    def closed(self, text: str) -> str:
        """The text with exactly one full stop."""
        return self("sentence", clauses=bare(text)) if text else ""

    def cites(self, bases: Sequence[LegalBasis]) -> str:
        """The articles by name."""
        return self.joined((basis.cite for basis in bases), "enumeration")

    def basis(self, bases: Sequence[LegalBasis]) -> str:
        """The articles with their operative words."""
        return self("basis", rules=self.joined((self._rule(basis) for basis in bases), "semicolon"))

    def _rule(self, basis: LegalBasis) -> str:
        if not basis.quote:
            return basis.cite
        return self("rule", cite=basis.cite, quote=_inner_quotes(bare(basis.quote)))

    def person(self, person: Responsible) -> str:
        """A name with the post in brackets."""
        if not person.post:
            return person.name
        return self("person-with-post", name=person.name, post=person.post)

    def report_to(self, body: str, contact: ContactPoint) -> str:
        """Where reports go: the body, with its mailbox."""
        if not contact.email:
            return body
        return self("body-with-email", body=body, email=contact.email)

    def contact(self, contact: ContactPoint) -> str:
        """The bracketed contact line; empty without a person and a telephone."""
        parts = (
            self("contact-person", person=contact.person) if contact.person else "",
            self("contact-phone", phone=contact.phone) if contact.phone else "",
        )
        inner = self.joined(parts)
        return self("note", inner=inner) if inner else ""


def bare(text: str) -> str:
    """The text without its closing mark, to be continued in a longer sentence."""
    return text.strip().rstrip(_STOPS)


def _inner_quotes(text: str) -> str:
    # A quotation inside a quotation takes single marks.
    return text.replace("\n", "").translate(str.maketrans("“”", "‘’"))
