"""How far a check has come, what comes next, and what "the rest is compliant" may answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fangshan_desk.domain.checklist.applicability import ApplicableSection
from fangshan_desk.domain.checklist.items import AnswerType, CheckItem, ItemKind
from fangshan_desk.domain.checklist.judging import CheckResult
from fangshan_desk.domain.records.visits import Answer

Results = Mapping[str, CheckResult]

_CONFIRMABLE_KINDS = frozenset({ItemKind.VIOLATION, ItemKind.GUIDANCE})


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts over some items; ``violated`` includes guidance and signals that were found."""

    total: int
    answered: int
    violated: int

    @property
    def is_complete(self) -> bool:
        """Whether every item has an answer."""
        return self.answered == self.total


def progress_of(items: Iterable[CheckItem], results: Results) -> Progress:
    """The counts over the given items, usually those of one section."""
    asked = tuple(items)
    given = [results[item.code] for item in asked if item.code in results]
    return Progress(
        total=len(asked),
        answered=sum(result.is_answered for result in given),
        violated=sum(result.answer is Answer.VIOLATED for result in given),
    )


def check_progress(sections: Sequence[ApplicableSection], results: Results) -> Progress:
    """The counts over the whole check."""
    return progress_of(_items_of(sections), results)


def next_unanswered(
    sections: Sequence[ApplicableSection], results: Results, *, after: str | None = None
) -> CheckItem | None:
    """The next item without an answer, from the item ``after`` onwards and then from the beginning."""
    items = _items_of(sections)
    codes = [item.code for item in items]
    start = codes.index(after) + 1 if after is not None and after in codes else 0
    for item in (*items[start:], *items[:start]):
        if not _is_answered(item, results):
            return item
    return None


def confirmable_rest(items: Iterable[CheckItem], results: Results) -> tuple[CheckItem, ...]:
    """The items that "the rest of this section is compliant" may answer as compliant, without inputs.

    Not those with an answer or with inputs begun: a half-filled item is not nothing found.
    Not signals, urgent items and info items: each needs its own look, or has no such answer.
    Not items whose figures are the answer (dates, shares, numbers of delegates); only keys and
    "more than …" conditions, where an officer who found nothing has said all there is to say.
    """
    return tuple(item for item in items if _is_confirmable(item) and not _is_begun(item, results))


def _items_of(sections: Sequence[ApplicableSection]) -> tuple[CheckItem, ...]:
    return tuple(item for section in sections for item in section.items)


def _is_answered(item: CheckItem, results: Results) -> bool:
    return item.code in results and results[item.code].is_answered


def _is_begun(item: CheckItem, results: Results) -> bool:
    result = results.get(item.code)
    return result is not None and (result.is_answered or result.has_inputs)


def _is_confirmable(item: CheckItem) -> bool:
    if item.kind not in _CONFIRMABLE_KINDS or item.is_urgent:
        return False
    if item.violated_when is None:
        return item.answer_type is AnswerType.TRI
    return item.answer_type is AnswerType.NUMBER and item.violated_when.is_threshold
