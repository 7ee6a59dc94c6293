"""Invented people, firms, addresses, phones and credit codes."""

from collections.abc import Mapping
from random import Random
from typing import Any

from fangshan_desk.domain.credit_code import make_code

_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_COMPANY, _SELF_EMPLOYED, _NON_PROFIT = "91141128", "92141128", "52141128"


class Names:
    """Draws from the parts of `resources/sample/county.yaml`; never the same firm twice."""

    def __init__(self, parts: Mapping[str, Any], random: Random) -> None:
        self._parts, self._random = parts, random
        self._used: set[str] = set()

    def person(self) -> str:
        """A surname and a given name."""
        return f"{self._random.choice(self._parts['surnames'])}{self._random.choice(self._parts['given'])}"

    def phone(self) -> str:
        """Eleven digits from a range that no carrier was ever given."""
        return f"100{self._random.randrange(10**8):08d}"

    def firm(self, kind: Mapping[str, Any], town: str) -> str:
        """A name with region, brand, place or second brand, and form."""
        while True:
            brand = self._random.choice(self._parts["brands"])
            middle = self._middle(brand)
            region = town if kind["categories"][0] in ("self_employed", "platform") else self._region()
            name = f"{region}{middle}{kind['form']}"
            if name not in self._used:
                self._used.add(name)
                return name

    def _region(self) -> str:
        return str(self._random.choice(self._parts["regions"]))

    def _middle(self, brand: str) -> str:
        chance = self._random.random()
        if chance < 0.55 and len(self._used) < 400:
            return brand
        if chance < 0.8:
            return brand + str(self._random.choice(self._parts["places"]))
        return brand + str(self._random.choice(self._parts["brands"])) + self._numeral()

    def _numeral(self) -> str:
        if len(self._used) < 5000:
            return ""
        return "".join(self._random.choice(self._parts["numerals"]) for _ in range(3))

    def address(self, town: str) -> str:
        """Street and number in a town."""
        street = self._random.choice(self._parts["streets"])
        number = f"{self._random.randrange(1, 180)}{self._parts['house']}"
        return f"{self._parts['county_name']}{town}{street}{number}"

    def credit_code(self, categories: list[str]) -> str:
        """A code with a right check character; the county's own region, an invented body."""
        start = _SELF_EMPLOYED if "self_employed" in categories else _COMPANY
        start = _NON_PROFIT if "non_profit" in categories else start
        body = "MA" + "".join(self._random.choice(_CODE_LETTERS) for _ in range(7))
        return make_code(start + body)
