"""What a use case changed, so that screens reload only what is stale."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changes:
    """Ids of changed records by entity name; empty when nothing changed."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def entities(self) -> frozenset[str]:
        """Names of the entities touched."""
        return frozenset(self.ids)

    def touches(self, *names: str) -> bool:
        """Whether any of the named entities changed."""
        return any(name in self.ids for name in names)

    def __or__(self, other: "Changes") -> "Changes":
        names = self.entities | other.entities
        none: frozenset[str] = frozenset()
        return Changes({name: self.ids.get(name, none) | other.ids.get(name, none) for name in names})
