"""The health check as data: sections, items, their inputs and legal bases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from fangshan_desk.domain.checklist.expression_nodes import ValueKind
from fangshan_desk.domain.checklist.expressions import Expression
from fangshan_desk.domain.checklist.parameters import Parameters
from fangshan_desk.domain.errors import ExpectedError

EVERY_ENTERPRISE = "all"


class UnknownItemError(ExpectedError):
    """The checklist has no item of this code: ``code``."""

    key = "checklist-unknown-item"


class UnknownSectionError(ExpectedError):
    """The checklist has no section of this code: ``code``."""

    key = "checklist-unknown-section"


class ItemKind(StrEnum):
    """What an item leads to: findings, advice, an alert, or only data."""

    VIOLATION = "violation"
    GUIDANCE = "guidance"
    SIGNAL = "signal"
    INFO = "info"


class AnswerType(StrEnum):
    """How an item is answered: ``tri`` with a key, all others through their inputs."""

    TRI = "tri"
    NUMBER = "number"
    DATE = "date"
    RATIO = "ratio"
    TEXT = "text"


class InputKind(StrEnum):
    """What a person enters in a field; money is yuan with two decimals."""

    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    TEXT = "text"

    @property
    def value_kind(self) -> ValueKind:
        """What the value is for a condition."""
        return _VALUE_KINDS.get(self, ValueKind.NUMBER)


_VALUE_KINDS: Mapping[InputKind, ValueKind] = {
    InputKind.DATE: ValueKind.DATE,
    InputKind.BOOLEAN: ValueKind.BOOLEAN,
    InputKind.TEXT: ValueKind.TEXT,
}


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of enterprise that decides which items are asked."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class SeverityLevel:
    """One step of the scale from 1 (guidance) to 5 (fixes the grade alone)."""

    level: int
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the check."""

    code: str
    title: str
    note: str | None


@dataclass(frozen=True, slots=True)
class CheckInput:
    """A field of an item; ``whole`` names the field it is a part of, so it cannot be greater."""

    name: str
    label: str
    kind: InputKind
    unit: str | None = None
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An article an item rests on, with its operative words and the days it may be cited on."""

    statute: str
    article: str | None
    cite: str
    version: str | None
    quote: str | None
    is_verified: bool
    valid_from: date | None
    valid_to: date | None
    note: str | None

    def holds_on(self, day: date) -> bool:
        """Whether the file lets it be cited for a visit of that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One question of the check with everything its answer leads to."""

    code: str
    section: str
    kind: ItemKind
    is_core: bool
    question: str
    applies_to: tuple[str, ...]
    answer_type: AnswerType
    inputs: tuple[CheckInput, ...]
    violated_when: Expression | None
    severity: int
    severity_rationale: str
    is_urgent: bool
    evidence: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    finding: str | None
    advice: str | None
    default_deadline_days: int | None
    competent_authority: str
    risk_feeds: tuple[str, ...]
    valid_from: date | None
    retired_on: date | None
    note: str | None

    def is_asked_on(self, day: date) -> bool:
        """Whether a check of that day contains the item at all."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.retired_on is None or day < self.retired_on
        )

    def input_named(self, name: str) -> CheckInput | None:
        """The field of this name, if the item has it."""
        return next((field for field in self.inputs if field.name == name), None)


@dataclass(frozen=True)
class Checklist:
    """One edition of the health check; the order of sections and items is the order of asking."""

    schema_version: int
    compiled_on: date
    categories: tuple[Category, ...]
    severity_levels: tuple[SeverityLevel, ...]
    parameters: Parameters
    sections: tuple[Section, ...]
    items: tuple[CheckItem, ...]

    @property
    def version(self) -> str:
        """Short name of the edition, kept with every visit."""
        return f"{self.schema_version}-{self.compiled_on.isoformat()}"

    @cached_property
    def items_by_code(self) -> Mapping[str, CheckItem]:
        """Every item by its code."""
        return {item.code: item for item in self.items}

    @cached_property
    def _items_by_section(self) -> Mapping[str, tuple[CheckItem, ...]]:
        return {
            section.code: tuple(item for item in self.items if item.section == section.code)
            for section in self.sections
        }

    def item(self, code: str) -> CheckItem:
        """The item of this code."""
        if code not in self.items_by_code:
            raise UnknownItemError(code=code)
        return self.items_by_code[code]

    def section(self, code: str) -> Section:
        """The section of this code."""
        for section in self.sections:
            if section.code == code:
                return section
        raise UnknownSectionError(code=code)

    def items_of(self, section_code: str) -> tuple[CheckItem, ...]:
        """The items of a section in their order, retired ones included."""
        if section_code not in self._items_by_section:
            raise UnknownSectionError(code=section_code)
        return self._items_by_section[section_code]
