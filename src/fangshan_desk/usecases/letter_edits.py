"""Which passages and days of a drafted letter an officer may put in other words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fangshan_desk.domain.letter_facts import (
    ExtensionApprovalFacts,
    LayoffNoticeFacts,
    LetterFacts,
    RecheckOpinionFacts,
    RectificationRequestFacts,
    ReferralFacts,
    ServiceReceiptFacts,
)
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.letter_sources import LetterSource

_WORDS = "words."


class FieldForm(StrEnum):
    """How a field is filled in."""

    DAY = "day"
    COUNT = "count"
    TEXT = "text"


@dataclass(frozen=True)
class EditField:
    """One thing to change; ``name`` is a field of LetterSource, or ``words.`` and a passage."""

    name: str
    form: FieldForm
    value: str
    code: str = ""

    @property
    def label(self) -> str:
        """Last part of the key of its label."""
        return self.name.removeprefix(_WORDS).removesuffix(f"-{self.code}").replace("_", "-")


def edit_fields(letter: Letter) -> Sequence[EditField]:
    """What may be changed in this draft, with what stands there now."""
    facts = letter_facts(letter)
    fields = _FIELDS.get(type(facts))
    return tuple(fields(facts, LetterSource.of(letter.edits or {}))) if fields else ()


def changes_of(values: Mapping[str, str]) -> dict[str, Any]:
    """Filled-in fields as `edit_letter` takes them."""
    words = {name.removeprefix(_WORDS): value for name, value in values.items() if name.startswith(_WORDS)}
    changes: dict[str, Any] = {name: value for name, value in values.items() if not name.startswith(_WORDS)}
    if "planned_count" in changes:
        changes["planned_count"] = int(changes["planned_count"] or 0)
    return {**changes, "words": words} if words else changes


def _request(facts: RectificationRequestFacts, _source: LetterSource) -> Iterator[EditField]:
    yield _day("deadline", facts.deadline.isoformat())
    for item in (outstanding.item for outstanding in facts.items):
        yield _text(f"finding-{item.code}", item.finding, item.code)


def _opinion(facts: RecheckOpinionFacts, _source: LetterSource) -> Iterator[EditField]:
    for result in facts.results:
        yield _text(f"result-{result.code}", result.result, result.code)


def _layoff(facts: LayoffNoticeFacts, source: LetterSource) -> Iterator[EditField]:
    yield EditField("planned_count", FieldForm.COUNT, str(facts.planned_count))
    yield _day("informed_on", facts.informed_on.isoformat())
    yield _day("explained_on", source.explained_on)
    yield _day("planned_on", source.planned_on)


def _referral(facts: ReferralFacts, _source: LetterSource) -> Iterator[EditField]:
    yield _text("target", facts.target)
    for number, finding in enumerate(facts.findings, 1):
        yield _text(f"finding-{number}", finding, str(number))
    yield _text("history", facts.rectification_history)


def _receipt(facts: ServiceReceiptFacts, _source: LetterSource) -> Iterator[EditField]:
    yield _text("place", facts.place)


def _extension(facts: ExtensionApprovalFacts, _source: LetterSource) -> Iterator[EditField]:
    for name in ("reason", "safeguards", "repayment_plan", "handler_opinion"):
        yield _text(name, str(getattr(facts, name)))


def _day(name: str, value: str) -> EditField:
    return EditField(name, FieldForm.DAY, value)


def _text(name: str, value: str, code: str = "") -> EditField:
    return EditField(f"{_WORDS}{name}", FieldForm.TEXT, value, code)


_FIELDS: Mapping[type[LetterFacts], Callable[[Any, LetterSource], Iterator[EditField]]] = {
    RectificationRequestFacts: _request,
    RecheckOpinionFacts: _opinion,
    LayoffNoticeFacts: _layoff,
    ReferralFacts: _referral,
    ServiceReceiptFacts: _receipt,
    ExtensionApprovalFacts: _extension,
}
