"""Reads typed values out of a parsed YAML or JSON mapping and names the key that is wrong."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from fangshan_desk.domain.errors import ExpectedError

C = TypeVar("C", bound=StrEnum)
T = TypeVar("T")


class InvalidInputError(ExpectedError):
    """A given value cannot be used: ``path`` names the key, ``problem`` what is wrong with it."""

    key = "input-invalid"

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path=path, problem=problem)


class RawFields:
    """One mapping being read; ``done`` refuses keys nobody asked for."""

    def __init__(self, raw: object, path: str = "") -> None:
        self.path = path
        if not isinstance(raw, Mapping):
            raise InvalidInputError(path or "input", "not-a-mapping")
        self._raw: Mapping[str, object] = raw
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key is given and not null."""
        return self._value(key) is not None

    def names(self) -> list[str]:
        """All keys of the mapping, as text; asking counts as reading them."""
        self._asked.update(self._raw)
        return [str(key) for key in self._raw]

    def inner(self, key: str) -> "RawFields":
        """A mapping inside this one."""
        return RawFields(self._required(key), self._at(key))

    def each(self, key: str) -> list["RawFields"]:
        """A list of mappings."""
        return [RawFields(item, f"{self._at(key)}[{n}]") for n, item in enumerate(self._list(key))]

    def whole(self, key: str, default: int | None = None) -> int:
        """An integer that is not negative."""
        return self._or_default(key, default, lambda value: self._whole(key, value))

    def optional_whole(self, key: str) -> int | None:
        """An integer that is not negative, or None."""
        return self.whole(key) if self.has(key) else None

    def number(self, key: str) -> float:
        """A finite number."""
        return self._number(key, self._required(key))

    def optional_number(self, key: str) -> float | None:
        """A finite number, or None."""
        return self.number(key) if self.has(key) else None

    def optional_amount(self, key: str) -> float | None:
        """A number that is not negative, or None."""
        amount = self.optional_number(key)
        if amount is not None and amount < 0:
            raise InvalidInputError(self._at(key), "negative")
        return amount

    def optional_change(self, key: str) -> float | None:
        """A relative change, or None; −0.35 is 35 % less, and nothing can fall by more than all of it."""
        change = self.optional_number(key)
        if change is not None and change < -1:
            raise InvalidInputError(self._at(key), "not-a-fraction")
        return change

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false."""
        return self._or_default(key, default, lambda value: self._is(key, value, bool, "not-a-flag"))

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        return self._or_default(key, default, lambda value: self._is(key, value, str, "not-a-text"))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; an absent one is empty."""
        if not self.has(key):
            return ()
        return tuple(self._is(key, value, str, "not-a-text") for value in self._list(key))

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of integers, which may be negative."""
        return tuple(int(self._number(key, value)) for value in self._list(key))

    def choice(self, key: str, choices: type[C], default: C | None = None) -> C:
        """One of an enum's values."""

        def chosen(value: object) -> C:
            try:
                return choices(str(value))
            except ValueError:
                raise InvalidInputError(self._at(key), "unknown-choice") from None

        return self._or_default(key, default, chosen)

    def optional_day(self, key: str) -> date | None:
        """A date, given as such or in ISO form, or None."""
        value = self._value(key)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise InvalidInputError(self._at(key), "not-a-day") from None

    def done(self, *, ignoring: Iterable[str] = ()) -> None:
        """Refuse keys that were never asked for: a misspelt key must not count as missing data."""
        for key in self._raw:
            if key not in self._asked and key not in set(ignoring):
                raise InvalidInputError(self._at(str(key)), "unknown-key")

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _value(self, key: str) -> object:
        self._asked.add(key)
        return self._raw.get(key)

    def _required(self, key: str) -> object:
        value = self._value(key)
        if value is None:
            raise InvalidInputError(self._at(key), "missing")
        return value

    def _or_default(self, key: str, default: T | None, read: Callable[[object], T]) -> T:
        if default is not None and not self.has(key):
            return default
        return read(self._required(key))

    def _list(self, key: str) -> list[object]:
        value = self._required(key)
        if not isinstance(value, (list, tuple)):
            raise InvalidInputError(self._at(key), "not-a-list")
        return list(value)

    def _whole(self, key: str, value: object) -> int:
        number = self._number(key, value)
        if number < 0 or number != int(number):
            raise InvalidInputError(self._at(key), "not-a-whole-number")
        return int(number)

    def _number(self, key: str, value: object) -> float:
        # YAML reads "yes" as a flag, and a flag would pass for 1.
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
            raise InvalidInputError(self._at(key), "not-a-number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise InvalidInputError(self._at(key), "not-a-number")
        return number

    def _is(self, key: str, value: object, kind: type[T], problem: str) -> T:
        if not isinstance(value, kind):
            raise InvalidInputError(self._at(key), problem)
        return value
