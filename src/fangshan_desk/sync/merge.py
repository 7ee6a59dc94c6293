"""The merge rule of docs/changeset-format.md: every replica with the same change-sets has the same rows.

Pure: no clock, no network, no file. Laptops and the county server use this very code.
"""

from collections.abc import Mapping

from fangshan_desk.domain.changesets import (
    AS_CREATED,
    DELETE,
    INSERT,
    ROW_ITSELF,
    FieldChange,
    RowChange,
    Stored,
    Version,
)
from fangshan_desk.domain.merging import (
    Existence,
    RowState,
    created_version,
    is_created,
    is_same,
    shown_among,
)

Heads = tuple[Version, ...]
_NO_PARENTS = (AS_CREATED,)


class Merge:
    """Takes changes into rows, in any order in which parents come before their children."""

    def take(self, state: RowState, change: RowChange, version: Version) -> None:
        """Change the state; the row must have been created unless this creates it."""
        if change.kind == INSERT:
            self._insert(state, change)
        elif change.kind == DELETE:
            self._delete(state, change, version)
        else:
            self._update(state, change, version)

    def _insert(self, state: RowState, change: RowChange) -> None:
        created = {field.column: field.value for field in change.fields if field.column != ROW_ITSELF}
        if not state.is_known:
            state.is_known = True
            state.written.update(created)
            return
        for column, value in created.items():
            if value is not None:
                self._meet(state, column, value)

    def _meet(self, state: RowState, column: int, value: Stored) -> None:
        """Another insert of the same id brings this value."""
        heads, shown = state.heads.get(column), state.value(column)
        if heads is None:
            if shown is None:
                state.written[column] = value
            elif not is_same(shown, value):
                self._settle(state, column, {created_version(item): item for item in (shown, value)})
        elif any(is_created(head) for head in heads):
            self._settle(state, column, {**state.values(column), created_version(value): value})

    def _update(self, state: RowState, change: RowChange, version: Version) -> None:
        for field in change.fields:
            if field.column == ROW_ITSELF:
                self._rescue(state, field.parents, version)
            else:
                self._set(state, field, version)
        if any(field.column != ROW_ITSELF for field in change.fields):
            self._overrule(state)

    def _set(self, state: RowState, field: FieldChange, version: Version) -> None:
        heads, parents = state.heads.get(field.column), field.parents or _NO_PARENTS
        if self._is_next(heads, parents):
            state.put(field.column, field.value, (version,))
            return
        if heads is None:
            shown = state.value(field.column)
            known: Mapping[Version, Stored] = {created_version(shown): shown}
        else:
            known = state.values(field.column)
        left = {head: value for head, value in known.items() if not _is_named(head, parents)}
        self._settle(state, field.column, {**left, version: field.value})

    def _is_next(self, heads: Heads | None, parents: Heads) -> bool:
        """Whether nobody has changed the field since the author saw it."""
        if heads is None:
            return AS_CREATED in parents
        return heads == parents or all(_is_named(head, parents) for head in heads)

    def _settle(self, state: RowState, column: int, values: Mapping[Version, Stored]) -> None:
        """Keep every value: one is shown, the others stand beside it."""
        shown, losing = self._shown(values)
        state.put(column, values[shown], tuple(sorted(values)))
        if losing:
            state.losing[column] = losing

    def _shown(self, values: Mapping[Version, Stored]) -> tuple[Version, dict[Version, Stored]]:
        return shown_among(values)

    def _delete(self, state: RowState, change: RowChange, version: Version) -> None:
        seen = {parent for field in change.fields for parent in field.parents}
        left = {item: said for item, said in state.existence.items() if item not in seen}
        takes_effect = self._has_seen_all(state, seen)
        left[version] = Existence.DELETED if takes_effect else Existence.OVERRULED
        state.existence = left

    def _has_seen_all(self, state: RowState, seen: set[Version]) -> bool:
        """Whether the deleting person had seen every change of the row."""
        return all(head in seen or is_created(head) for heads in state.heads.values() for head in heads)

    def _rescue(self, state: RowState, parents: Heads, version: Version) -> None:
        left = {item: said for item, said in state.existence.items() if item not in parents}
        state.existence = {**left, version: Existence.KEPT}

    def _overrule(self, state: RowState) -> None:
        """The edit survives: no delete that is still a head can have seen it."""
        # A delete that had seen this edit comes after it in every causal order.
        if Existence.DELETED in state.existence.values():
            state.existence = {
                item: Existence.OVERRULED if said is Existence.DELETED else said
                for item, said in state.existence.items()
            }


def _is_named(head: Version, parents: Heads) -> bool:
    return head in parents or (is_created(head) and AS_CREATED in parents)
