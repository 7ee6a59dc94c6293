"""The open desk as screens and commands see it: readers to look, one way to change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from fangshan_desk.domain.changes import Changes
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.views.ledger import LedgerReader
from fangshan_desk.usecases.views.letters import LetterReader
from fangshan_desk.usecases.views.register import RegisterReader
from fangshan_desk.usecases.views.today import TodayReader
from fangshan_desk.usecases.views.visits import VisitReader

T = TypeVar("T")
Job = Callable[[UnitOfWork, Services], T]


@dataclass(frozen=True)
class Readers:
    """Everything that can be looked at; each reader may be used from any lane."""

    register: RegisterReader
    visits: VisitReader
    letters: LetterReader
    ledger: LedgerReader
    today: TodayReader


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a committed job returned and what it changed."""

    result: T
    changes: Changes


class Desk(Protocol):
    """One open workspace with the person who works in it."""

    @property
    def readers(self) -> Readers:
        """The readers."""
        ...

    @property
    def services(self) -> Services:
        """Clock, actor, reference files and so on."""
        ...

    def transact(self, job: Job[T]) -> Outcome[T]:
        """Run the job in one transaction and commit it; on an error nothing is kept."""
        ...
