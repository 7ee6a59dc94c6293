"""The colours of the risk grade and their order."""

from collections.abc import Iterable
from enum import StrEnum


class RiskLevel(StrEnum):
    """Red is worst; unrated stands outside the order, because silence is not health."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    UNRATED = "unrated"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"risk-{self.value}"

    @property
    def rank(self) -> int:
        """3 for red down to 0 for blue; asking it of ``unrated`` is a mistake in the program."""
        return _RANKS[self]

    def is_worse_than(self, other: "RiskLevel") -> bool:
        """Whether this colour asks for quicker action than the other one."""
        return self.rank > other.rank

    @property
    def one_better(self) -> "RiskLevel":
        """The next colour downwards; blue stays blue."""
        return _BY_RANK[max(0, self.rank - 1)]


_BY_RANK = (RiskLevel.BLUE, RiskLevel.YELLOW, RiskLevel.ORANGE, RiskLevel.RED)
_RANKS = {level: rank for rank, level in enumerate(_BY_RANK)}


def worst(levels: Iterable[RiskLevel]) -> RiskLevel:
    """The worst of several colours, blue when there is none."""
    return max(levels, key=lambda level: level.rank, default=RiskLevel.BLUE)
