"""Success, refusal, failure of the computer and the unexpected: each is told in its own way."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.errors import ExpectedError, RecordNotFoundError
from fangshan_desk.support.failures import DiskFullFailure
from fangshan_desk.ui.context import JobControl
from fangshan_desk.ui.operations import LongJob, Operations
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.messages import MessageKind
from fangshan_desk.usecases.desk import Outcome
from tests.ui.conftest import Listener

Wait = Callable[[], None]
VISIT_CHANGED = Changes({"visit": frozenset({"1"})})


SENTENCES = {
    RecordNotFoundError.key: "找不到这条记录。",
    f"{RecordNotFoundError.key}-next": "请返回列表重新选择。",
    DiskFullFailure.key: "磁盘已满。",
    "shell-try-again": "再试一次",
    "shell-cancelled": "已取消",
}


class Texts:
    """Sentences for the failures used here."""

    def __call__(self, key: str, **values: object) -> str:
        return SENTENCES[key]

    def has(self, key: str) -> bool:
        return key in SENTENCES


@pytest.fixture
def operations(lanes: Lanes) -> Operations:
    return Operations(lanes, Texts())


def refuse() -> None:
    raise RecordNotFoundError


def fill_the_disk() -> None:
    raise DiskFullFailure(file="desk.db")


def test_what_changed_is_published_before_the_page_goes_on(
    operations: Operations, listener: Listener, wait: Wait
) -> None:
    order: list[str] = []
    operations.changed.connect(lambda *_: order.append("published"))
    operations.run(
        lambda: Outcome("v1", VISIT_CHANGED), on_done=lambda _: order.append("done"), initiator="page"
    )
    wait()
    assert listener.changes == [(VISIT_CHANGED, "page")]
    assert order == ["published", "done"]


def test_a_job_that_changed_nothing_publishes_nothing(
    operations: Operations, listener: Listener, wait: Wait
) -> None:
    operations.run(Changes)
    operations.run(lambda: "a plain result")
    wait()
    assert listener.changes == []


def test_changes_are_published_even_if_the_page_is_gone(
    operations: Operations, listener: Listener, wait: Wait
) -> None:
    done: list[object] = []
    page = QObject()
    gate = threading.Event()
    operations.run(lambda: Outcome(gate.wait(5), VISIT_CHANGED), on_done=done.append, initiator=page)
    page.deleteLater()
    settle()
    gate.set()
    wait()
    assert [changes for changes, _ in listener.changes] == [VISIT_CHANGED]
    assert done == []


def test_a_refusal_is_a_sentence_with_what_to_do(
    operations: Operations, listener: Listener, wait: Wait
) -> None:
    operations.run(refuse)
    wait()
    (notice,) = listener.notices
    assert (notice.sentence, notice.detail) == ("找不到这条记录。", "请返回列表重新选择。")
    assert notice.kind is MessageKind.WARNING


def test_a_page_may_show_a_refusal_itself(operations: Operations, listener: Listener, wait: Wait) -> None:
    seen: list[ExpectedError] = []

    def show(error: ExpectedError) -> bool:
        seen.append(error)
        return True

    operations.run(refuse, on_failed=show)
    wait()
    assert [error.key for error in seen] == [RecordNotFoundError.key]
    assert listener.notices == []


@pytest.mark.expected_log("failure-disk-full")
def test_a_failure_of_the_computer_can_be_tried_again(
    operations: Operations, listener: Listener, wait: Wait
) -> None:
    attempts: list[int] = []

    def save() -> str:
        attempts.append(1)
        if len(attempts) == 1:
            fill_the_disk()
        return "saved"

    done: list[str] = []
    operations.run(save, on_done=done.append, label="save")
    wait()
    (notice,) = listener.notices
    assert (notice.sentence, notice.next_step, notice.kind) == ("磁盘已满。", "再试一次", MessageKind.ERROR)
    assert notice.action is not None
    notice.action()
    wait()
    assert done == ["saved"]


@pytest.mark.expected_log("count failed")
def test_anything_else_becomes_a_report(operations: Operations, listener: Listener, wait: Wait) -> None:
    operations.run(lambda: 1 // 0, label="count")
    wait()
    assert [type(error) for error in listener.crashes] == [ZeroDivisionError]
    assert listener.notices == []


def test_only_the_latest_of_several_searches_is_answered(operations: Operations, wait: Wait) -> None:
    found: list[str] = []
    gate = threading.Event()
    owner = QObject()

    def search(words: str) -> Callable[[], str]:
        def look() -> str:
            gate.wait(5)
            return words

        return look

    for words in ("j", "jx", "jxj"):
        operations.read(search(words), on_done=found.append, key="search", owner=owner)
    gate.set()
    wait()
    assert found == ["jxj"]


def test_lookups_without_a_key_are_all_answered(operations: Operations, wait: Wait) -> None:
    found: list[int] = []
    for number in range(3):
        operations.read(partial(int, number), on_done=found.append)
    wait()
    assert found == [0, 1, 2]


def test_a_long_job_is_shown_from_start_to_end(operations: Operations, wait: Wait) -> None:
    shown: list[LongJob] = []
    ended: list[LongJob] = []
    operations.long_job_moved.connect(shown.append)
    operations.long_job_ended.connect(ended.append)

    def work(control: JobControl) -> str:
        control.report(1, 2, "a.jpg")
        return "imported"

    done: list[str] = []
    operations.run_long(work, on_done=done.append, label="导入")
    wait()
    assert [(job.label, job.progress.done, job.progress.total) for job in shown] == [
        ("导入", 0, 0),
        ("导入", 1, 2),
    ]
    assert len(ended) == 1
    assert done == ["imported"]


def test_a_cancelled_long_job_says_so(operations: Operations, listener: Listener, wait: Wait) -> None:
    started = threading.Event()

    def work(control: JobControl) -> None:
        started.set()
        while True:
            control.check()

    task = operations.run_long(work, label="导入")
    assert started.wait(5)
    task.cancel()
    wait()
    assert [notice.sentence for notice in listener.notices] == ["已取消"]


@dataclass
class Failing:
    """A listener whose own code is broken."""

    def __call__(self, result: object) -> None:
        raise KeyError(result)


def test_a_broken_page_does_not_keep_others_from_their_results(
    operations: Operations, wait: Wait, qtbot: object
) -> None:
    found: list[int] = []
    with capture_exceptions() as caught:
        operations.run(lambda: 1, on_done=Failing())
        operations.run(lambda: 2, on_done=found.append)
        wait()
    assert [kind for kind, _, _ in caught] == [KeyError]
    assert found == [2]
