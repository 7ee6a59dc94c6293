"""What a letter other than a prescription is made from; kept with the draft, so that it can be made anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import LetterFacts
from fangshan_desk.domain.records.letters import Letter, LetterService, RectificationItem
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.usecases.ports import Services, UnitOfWork


class NothingToTellError(ExpectedError):
    """No record gives this letter a content: ``kind``."""

    key = "letter-nothing-to-tell"


class DifferentEnterprisesError(ExpectedError):
    """One letter goes to one enterprise; the chosen items belong to several."""

    key = "letter-different-enterprises"


class LetterDayUnreadableError(ExpectedError):
    """A day chosen for the letter cannot be read: ``day``."""

    key = "letter-day-unreadable"


@dataclass(frozen=True, kw_only=True)
class LetterSource:
    """The records a letter tells of, and what the officer chose; days are ISO text.

    ``words`` replace single passages by the officer's own, by the passage's name.
    """

    item_ids: tuple[str, ...] = ()
    letter_id: str = ""
    enterprise_id: str = ""
    signal_id: str = ""
    deadline: str = ""
    informed_on: str = ""
    explained_on: str = ""
    planned_on: str = ""
    planned_count: int = 0
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def plain(self) -> dict[str, Any]:
        """For the letter's row."""
        values = {name: getattr(self, name) for name in _NAMES}
        return {**values, "item_ids": list(self.item_ids), "words": dict(self.words)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "LetterSource":
        """Back from the row; what an older or newer desk adds is left out."""
        known = {name: plain[name] for name in _NAMES if name in plain}
        known["item_ids"] = tuple(known.get("item_ids", ()))
        return cls(**known)

    def changed(self, changes: Mapping[str, Any]) -> "LetterSource":
        """With other choices; words are replaced one by one, an empty one takes ours again."""
        words = {**self.words, **changes.get("words", {})}
        kept = {name: value for name, value in words.items() if value}
        return replace(self, **{**changes, "words": kept})

    def day(self, name: str, default: date | None = None) -> date | None:
        """One of the days."""
        text = getattr(self, name)
        if not text:
            return default
        try:
            return date.fromisoformat(text)
        except ValueError as problem:
            raise LetterDayUnreadableError(day=text) from problem


_NAMES = tuple(one.name for one in fields(LetterSource))


@dataclass(frozen=True, kw_only=True)
class Composed:
    """The facts of a draft and where it belongs."""

    facts: LetterFacts
    enterprise_id: str
    visit_id: str | None = None
    parent_id: str | None = None


@dataclass(frozen=True)
class Composing:
    """What every composer is handed."""

    source: LetterSource
    field_number: str
    uow: UnitOfWork
    services: Services

    def items(self) -> list[RectificationItem]:
        """The chosen items, all of one enterprise."""
        items = [self.uow.get(RectificationItem, item_id) for item_id in self.source.item_ids]
        if len({item.enterprise_id for item in items}) > 1:
            raise DifferentEnterprisesError
        return items

    def enterprise(self, enterprise_id: str) -> Enterprise:
        """The register's entry."""
        return self.uow.get(Enterprise, enterprise_id)

    def served_on(self, letter_id: str) -> date | None:
        """The first day the letter was handed over."""
        return min((one.served_on for one in self.uow.find(LetterService, letter_id=letter_id)), default=None)

    def word(self, name: str, ours: str) -> str:
        """The officer's passage, else ours."""
        return self.source.words.get(name) or ours


def number_of(letter: Letter) -> str:
    """The official number, or the field number before issue."""
    return letter.document_number or letter.field_number
