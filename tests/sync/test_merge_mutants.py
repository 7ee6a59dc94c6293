"""The property test is tested: each planted defect of merging must be found by the very same stories."""

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fangshan_desk.data import incoming
from fangshan_desk.data.journal import Journal
from fangshan_desk.domain.changesets import RowChange, Stored, Version
from fangshan_desk.domain.merging import MergeRule, RowState, as_parents
from fangshan_desk.sync.merge import Heads, Merge
from tests.helpers.merge_stories import CLOCK_FAULTS, STORIES, County, check_agreement
from tests.helpers.replicas import device_id

# No shrinking: any failure will do. The same stories every time.
HUNT = settings(
    max_examples=400,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class DeleteAlwaysWins(Merge):
    """Does not ask what the deleting person had seen."""

    def _has_seen_all(self, state: RowState, seen: set[Version]) -> bool:
        return True

    def _overrule(self, state: RowState) -> None:
        pass


class LateEditDoesNotBringBack(Merge):
    """A delete is looked at once and never again."""

    def _overrule(self, state: RowState) -> None:
        pass


class LastWriterWins(Merge):
    """The greatest version is kept, the others are dropped."""

    def _settle(self, state: RowState, column: int, values: Mapping[Version, Stored]) -> None:
        greatest = max(values)
        state.put(column, values[greatest], (greatest,))


class LastToArriveWins(Merge):
    """Whatever comes replaces what is there."""

    def _is_next(self, heads: Heads | None, parents: Heads) -> bool:
        return True


class CountsOnly(Merge):
    """Compares how many heads there are instead of which."""

    def _is_next(self, heads: Heads | None, parents: Heads) -> bool:
        return len(heads or ()) <= len(parents)


class TiesByLocalNumber(Merge):
    """Breaks ties by the number this laptop gave a device when it met it."""

    def __init__(self, own: int) -> None:
        met = [own, *(number for number in range(4) if number != own)]
        self._numbers = {device_id(9 - number): place for place, number in enumerate(met)}

    def _shown(self, values: Mapping[Version, Stored]) -> tuple[Version, dict[Version, Stored]]:
        shown = max(values, key=lambda version: (version.hlc, self._numbers.get(version.device, -1)))
        return shown, {head: value for head, value in values.items() if value != values[shown]}


class InsertsWipe(Merge):
    """Another insert of a known id starts the row anew."""

    def _insert(self, state: RowState, change: RowChange) -> None:
        state.is_known = True
        state.written.update({field.column: field.value for field in change.fields})


class RescueIsForgotten(Merge):
    """A decision to keep a row is dropped."""

    def _rescue(self, state: RowState, parents: Heads, version: Version) -> None:
        pass


class EditClosesConflict(Journal):
    """An ordinary edit names versions the person never saw."""

    def _parents(self, row: Any, column: int, heads: Mapping[int, Heads]) -> Heads:
        self._beside.leave((row.table, row.row_id, column), {})
        return as_parents(heads.get(column, ()))


class ForgetsParents(Journal):
    """Every edit claims to follow the row as it was created."""

    def _parents(self, row: Any, column: int, heads: Mapping[int, Heads]) -> Heads:
        return ()


def _hunt(county: Callable[[list[int]], County]) -> None:
    @HUNT
    @given(STORIES, st.permutations(CLOCK_FAULTS))
    def stories(story: list[tuple[Any, ...]], clock_faults: list[int]) -> None:
        with county(clock_faults) as played:
            played.play(story)
            played.meet_all()
            check_agreement(played)

    stories()


RULES: dict[str, Callable[[int], MergeRule]] = {
    "delete always wins": lambda _: DeleteAlwaysWins(),
    "a late edit does not bring back": lambda _: LateEditDoesNotBringBack(),
    "last writer wins": lambda _: LastWriterWins(),
    "last to arrive wins": lambda _: LastToArriveWins(),
    "counts only": lambda _: CountsOnly(),
    "ties by local number": TiesByLocalNumber,
    "inserts wipe": lambda _: InsertsWipe(),
    "a rescue is forgotten": lambda _: RescueIsForgotten(),
}


@pytest.mark.parametrize("name", RULES)
def test_a_wrong_rule_is_found(name: str) -> None:
    with pytest.raises(AssertionError):
        _hunt(lambda faults: County(rule=RULES[name], clock_faults=faults))


@pytest.mark.parametrize("journal", [EditClosesConflict, ForgetsParents])
def test_a_wrong_journal_is_found(journal: type[Journal]) -> None:
    with pytest.raises(AssertionError):
        _hunt(lambda faults: County(journal_type=journal, clock_faults=faults))


def test_applying_before_the_parents_are_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    application = incoming._Application
    monkeypatch.setattr(application, "_obstacle", lambda *_: "")
    with pytest.raises(AssertionError):
        _hunt(lambda faults: County(clock_faults=faults))


def test_capturing_what_is_received_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "applying", lambda _connection: contextlib.nullcontext())
    with pytest.raises(AssertionError):
        _hunt(lambda faults: County(clock_faults=faults))
