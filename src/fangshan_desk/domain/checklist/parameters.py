"""Dated values that conditions and sentences use, such as the minimum wage of the day of the visit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.reference_reading import ReferenceEntry

# How the unit column of the reference files writes "yuan".
YUAN = "\u5143"


class UnknownParameterError(ExpectedError):
    """No parameter has this name: ``name``."""

    key = "checklist-unknown-parameter"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from its first to its last day, both included; None leaves that side open."""

    value: Decimal
    first_day: date | None = None
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named value with its unit, source and the days it holds on."""

    name: str
    unit: str | None
    is_verified: bool
    basis: str | None
    note: str | None
    values: tuple[DatedValue, ...]

    def value_on(self, day: date) -> Decimal | None:
        """The value of that day; of two that hold, the one given last."""
        holding = [dated.value for dated in self.values if dated.holds_on(day)]
        return holding[-1] if holding else None

    @property
    def is_money(self) -> bool:
        """Whether it counts yuan (unit "yuan" or "yuan per …")."""
        return self.unit is not None and self.unit.startswith(YUAN)


@dataclass(frozen=True)
class Parameters:
    """All parameters: those shipped, with the office's own values on top."""

    entries: tuple[Parameter, ...] = ()

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.entries)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parameters."""
        return frozenset(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in self.entries}

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name."""
        if name not in self._by_name:
            raise UnknownParameterError(name=name)
        return self._by_name[name]

    def value_on(self, name: str, day: date) -> Decimal | None:
        """The value of that day, or None where nobody has entered one."""
        return self.parameter(name).value_on(day)

    def with_value(
        self, name: str, value: Decimal, *, first_day: date | None = None, last_day: date | None = None
    ) -> "Parameters":
        """A copy in which the office's value goes before the shipped one on its days."""
        changed = self.parameter(name)
        dated = DatedValue(value, first_day, last_day)
        new = replace(changed, values=(*changed.values, dated))
        return Parameters(tuple(new if entry is changed else entry for entry in self.entries))


def parse_parameters(entries: Iterator[ReferenceEntry]) -> Parameters:
    """The parameters of the file; ``value`` is null, a number, or a list of dated numbers."""
    return Parameters(tuple(_parse_parameter(entry) for entry in entries))


def _parse_parameter(entry: ReferenceEntry) -> Parameter:
    return Parameter(
        name=entry.text("name"),
        unit=entry.optional_text("unit"),
        is_verified=entry.flag("verified"),
        basis=entry.optional_text("basis"),
        note=entry.optional_text("note"),
        values=tuple(_parse_values(entry)),
    )


def _parse_values(entry: ReferenceEntry) -> Iterator[DatedValue]:
    if not entry.is_list("value"):
        value = entry.optional_number("value")
        if value is not None:
            yield DatedValue(value)
        return
    for dated in entry.entries("value"):
        value = dated.optional_number("value")
        if value is None:
            raise dated.broken("value: expected number")
        yield DatedValue(value, dated.optional_day("from"), dated.optional_day("to"))
