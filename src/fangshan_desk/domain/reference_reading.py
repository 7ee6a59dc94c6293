"""Reads one entry of a reference file field by field; a wrong field is named with its place."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from fangshan_desk.domain.errors import ExpectedError

Choice = TypeVar("Choice", bound=StrEnum)


class BrokenReferenceError(ExpectedError):
    """A reference file cannot be used: ``place`` says where, ``problem`` what is wrong there."""

    key = "reference-file-broken"

    def __init__(self, *, place: str, problem: str) -> None:
        super().__init__(place=place, problem=problem)
        self.place = place
        self.problem = problem


class ReferenceEntry:
    """A mapping of the file with the place it stands at, such as ``items[12].inputs[0]``."""

    def __init__(self, raw: object, place: str) -> None:
        self.place = place
        if not isinstance(raw, Mapping):
            raise self.broken("not a mapping")
        self._raw = raw

    def broken(self, problem: str) -> BrokenReferenceError:
        """The error for this entry."""
        return BrokenReferenceError(place=self.place, problem=problem)

    def text(self, name: str) -> str:
        """A text that must not be empty."""
        value = self._raw.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._broken_field(name, "text")
        return value

    def optional_text(self, name: str) -> str | None:
        """A text, or None where the field is null or absent."""
        return None if self._raw.get(name) is None else self.text(name)

    def flag(self, name: str) -> bool:
        """True or false, nothing else."""
        value = self._raw.get(name)
        if not isinstance(value, bool):
            raise self._broken_field(name, "true or false")
        return value

    def whole(self, name: str) -> int:
        """A whole number of at least zero."""
        value = self._raw.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._broken_field(name, "whole number")
        return value

    def optional_whole(self, name: str) -> int | None:
        """A whole number, or None where the field is null or absent."""
        return None if self._raw.get(name) is None else self.whole(name)

    def optional_number(self, name: str) -> Decimal | None:
        """A number, or None where the field is null or absent."""
        value = self._raw.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._broken_field(name, "number")
        # The shortest text of a float is what the file's author wrote.
        return Decimal(str(value))

    def day(self, name: str) -> date:
        """An ISO date."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise self._broken_field(name, "date") from None

    def optional_day(self, name: str) -> date | None:
        """An ISO date, or None where the field is null or absent."""
        return None if self._raw.get(name) is None else self.day(name)

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """One of the words of an enumeration."""
        try:
            return choices(self.text(name))
        except ValueError:
            raise self._broken_field(name, "one of " + ", ".join(choices)) from None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._listed(name)
        if not all(isinstance(value, str) and value for value in values):
            raise self._broken_field(name, "list of texts")
        return tuple(str(value) for value in values)

    def entries(self, name: str) -> Iterator["ReferenceEntry"]:
        """A list of mappings, each with its own place."""
        prefix = f"{self.place}.{name}" if self.place else name
        for index, value in enumerate(self._listed(name)):
            yield ReferenceEntry(value, f"{prefix}[{index}]")

    def is_list(self, name: str) -> bool:
        """Whether the field holds a list."""
        return isinstance(self._raw.get(name), list)

    def _listed(self, name: str) -> list[object]:
        value = self._raw.get(name)
        if not isinstance(value, list):
            raise self._broken_field(name, "list")
        return value

    def _broken_field(self, name: str, expected: str) -> BrokenReferenceError:
        return self.broken(f"{name}: expected {expected}")
