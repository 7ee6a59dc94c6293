"""What was last seen of each check item at one enterprise, over all visits of the past year."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fangshan_desk.domain.checklist import CheckItem, CheckResult, Inputs
from fangshan_desk.domain.records.visits import Answer, Visit
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.usecases.answering import answers_of, inputs_of, results_of
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.visiting import visit_date

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """The judged answer to one item with the visit it was given in."""

    item: CheckItem
    visit_id: str
    day: date
    result: CheckResult
    inputs: Inputs

    @property
    def is_violated(self) -> bool:
        """Whether the item was violated then."""
        return self.result.answer is Answer.VIOLATED


def seen_answers(
    enterprise_id: str,
    as_of: date,
    *,
    also_visits: Collection[str] = (),
    uow: UnitOfWork,
    services: Services,
) -> Mapping[str, tuple[SeenAnswer, ...]]:
    """Every answer that says something, newest first, by item code.

    Visits of the year before ``as_of`` and those named (an open item may be older).
    """
    seen: dict[str, list[SeenAnswer]] = {}
    for visit, day in _visits(enterprise_id, as_of, also_visits, uow, services):
        for answer in _answers(visit, day, uow, services):
            seen.setdefault(answer.item.code, []).append(answer)
    return {code: tuple(answers) for code, answers in seen.items()}


def _visits(
    enterprise_id: str, as_of: date, also: Collection[str], uow: UnitOfWork, services: Services
) -> list[tuple[Visit, date]]:
    made = [
        (visit, visit_date(visit, services))
        for visit in uow.find(Visit, enterprise_id=enterprise_id)
        if visit.state in (VisitState.UNDER_WAY, VisitState.FINISHED)
    ]
    recent = [(visit, day) for visit, day in made if visit.id in also or timedelta(0) <= as_of - day <= YEAR]
    return sorted(recent, key=lambda pair: (pair[1], pair[0].id), reverse=True)


def _answers(visit: Visit, day: date, uow: UnitOfWork, services: Services) -> Iterator[SeenAnswer]:
    stored = answers_of(visit.id, uow)
    for code, result in results_of(visit, uow, services).items():
        if result.is_answered:
            item = services.reference.checklist.item(code)
            yield SeenAnswer(item, visit.id, day, result, inputs_of(item, stored[code]))
