"""What a page is given: the open desk, the way to run jobs, texts and the way to other pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.usecases.desk import Desk, Job, Outcome
from fangshan_desk.usecases.ports import Clock

R = TypeVar("R")
T = TypeVar("T")


class Texts(Protocol):
    """Sentences by key."""

    def __call__(self, key: str, **values: object) -> str:
        """The sentence with its values filled in."""
        ...

    def has(self, key: str) -> bool:
        """Whether the key has a sentence."""
        ...


class JobControl(Protocol):
    """What a long job may ask and tell while it runs."""

    @property
    def is_cancelled(self) -> bool:
        """Whether the person asked it to stop."""
        ...

    def check(self) -> None:
        """Leaves the job by an exception when it was cancelled."""
        ...

    def report(self, done: int, total: int, note: str = "") -> None:
        """Says how far the job is; a total of zero means unknown."""
        ...


class Cancellable(Protocol):
    """A job that was handed over."""

    def cancel(self) -> None:
        """Asks it to stop; its result is dropped."""
        ...


class OperationsPort(Protocol):
    """Runs jobs away from the screen; every result comes back on the screen's thread."""

    def run(
        self,
        job: Callable[[], R],
        *,
        on_done: Callable[[R], None] | None = None,
        on_failed: Callable[[ExpectedError], bool] | None = None,
        label: str = "",
        initiator: object = None,
        on_undone: Callable[[], None] | None = None,
    ) -> Cancellable:
        """Runs a job that changes data, in turn; what it changed is published to all screens.

        ``on_failed`` may show a refusal itself and return True; otherwise the strip shows it.
        ``on_undone`` is called first when nothing was kept, so that a screen can take back what it painted.
        """
        ...

    def read(
        self,
        job: Callable[[], R],
        *,
        on_done: Callable[[R], None],
        key: str = "",
        owner: object = None,
    ) -> Cancellable:
        """Looks something up; with a key only the latest request of owner and key is answered."""
        ...

    def run_long(
        self,
        job: Callable[[JobControl], R],
        *,
        on_done: Callable[[R], None] | None = None,
        on_failed: Callable[[ExpectedError], bool] | None = None,
        label: str,
        initiator: object = None,
        lane: str = "side",
    ) -> Cancellable:
        """Runs a long job with progress; ``lane`` is ``side`` (files, network) or ``data``."""
        ...

    def say(
        self,
        sentence: str,
        *,
        kind: str = "info",
        detail: str = "",
        next_step: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Shows a sentence above the page: ``info``, ``success``, ``warning`` or ``error``."""
        ...

    def publish(self, changes: Changes, *, initiator: object = None) -> None:
        """Tells all screens what changed, for changes that came from outside."""
        ...


@dataclass(frozen=True)
class Target:
    """A place to go to: a page, a record on it, and what else the page needs to know."""

    page: str
    record_id: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


class Navigator(Protocol):
    """Goes from page to page."""

    def open(self, target: Target) -> None:
        """Shows a page; the one left can be returned to."""
        ...

    def back(self) -> None:
        """Returns to the page before."""
        ...


@dataclass(frozen=True)
class Context:
    """Everything a page may use."""

    desk: Desk
    operations: OperationsPort
    texts: Texts
    navigator: Navigator

    @property
    def clock(self) -> Clock:
        """The device's time."""
        return self.desk.services.clock

    @property
    def actor(self) -> Officer:
        """The person at the desk."""
        return self.desk.services.actor

    def transact(
        self,
        job: Job[T],
        *,
        on_done: Callable[[T], None] | None = None,
        on_failed: Callable[[ExpectedError], bool] | None = None,
        label: str = "",
        initiator: object = None,
        on_undone: Callable[[], None] | None = None,
    ) -> Cancellable:
        """Runs a use case in one transaction; ``on_done`` gets its result without the changes."""

        def work() -> Outcome[T]:
            return self.desk.transact(job)

        def done(outcome: Outcome[T]) -> None:
            if on_done is not None:
                on_done(outcome.result)

        owner = initiator if initiator is not None else getattr(on_done, "__self__", None)
        return self.operations.run(
            work,
            on_done=done,
            on_failed=on_failed,
            label=label,
            initiator=owner,
            on_undone=on_undone,
        )
