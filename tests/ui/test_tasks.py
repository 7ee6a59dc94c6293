"""Lanes: order, cancelling, progress, closing, and where results arrive."""

import gc
import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import (
    GarbageCollector,
    Lane,
    Lanes,
    Progress,
    TaskCancelledError,
    TaskControl,
)

Wait = Callable[[], None]


def test_a_result_arrives_on_the_thread_of_the_screen(lanes: Lanes, wait: Wait) -> None:
    threads: list[tuple[str, bool]] = []

    def done(name: str) -> None:
        threads.append((name, threading.current_thread() is threading.main_thread()))

    lanes.submit(lambda _: threading.current_thread().name, lane=Lane.DATA, on_done=done)
    wait()
    assert threads == [("data-0", True)]


def test_changes_run_one_after_the_other_in_the_order_given(lanes: Lanes, wait: Wait) -> None:
    ran: list[int] = []

    def job(number: int) -> Callable[[TaskControl], None]:
        def work(_: TaskControl) -> None:
            time.sleep(0.002 if number % 2 else 0)
            ran.append(number)

        return work

    for number in range(20):
        lanes.submit(job(number), lane=Lane.DATA)
    wait()
    assert ran == list(range(20))


def test_a_failing_job_does_not_stop_its_lane(lanes: Lanes, wait: Wait) -> None:
    errors: list[BaseException] = []
    results: list[int] = []

    def fail(_: TaskControl) -> int:
        raise ValueError("broken")

    lanes.submit(fail, lane=Lane.DATA, on_failed=errors.append)
    lanes.submit(lambda _: 7, lane=Lane.DATA, on_done=results.append)
    wait()
    assert [type(error) for error in errors] == [ValueError]
    assert results == [7]


def test_a_cancelled_lookup_is_not_delivered(lanes: Lanes, wait: Wait) -> None:
    results: list[int] = []
    gate = threading.Event()
    lanes.submit(lambda _: gate.wait(5), lane=Lane.READ)
    second = lanes.submit(lambda _: 2, lane=Lane.READ, on_done=results.append)
    second.cancel()
    gate.set()
    wait()
    assert results == []


def test_a_long_job_notices_that_it_was_cancelled(lanes: Lanes, wait: Wait) -> None:
    errors: list[BaseException] = []
    started = threading.Event()

    def work(control: TaskControl) -> None:
        started.set()
        while True:
            control.check()
            time.sleep(0.005)

    task = lanes.submit(work, lane=Lane.SIDE, on_failed=errors.append, is_long=True)
    assert started.wait(5)
    task.cancel()
    wait()
    assert [type(error) for error in errors] == [TaskCancelledError]


def test_many_reports_arrive_as_few_and_the_last_one_is_among_them(lanes: Lanes, wait: Wait) -> None:
    seen: list[Progress] = []

    def work(control: TaskControl) -> None:
        for done in range(1, 5001):
            control.report(done, 5000)
        time.sleep(0.05)

    lanes.submit(work, lane=Lane.SIDE, on_progress=seen.append, is_long=True)
    wait()
    assert seen[-1] == Progress(5000, 5000)
    assert len(seen) < 2500


def test_nothing_is_delivered_to_a_deleted_owner(lanes: Lanes, wait: Wait) -> None:
    results: list[int] = []
    owner = QObject()
    gate = threading.Event()

    def work(_: TaskControl) -> int:
        gate.wait(5)
        return 1

    lanes.submit(work, lane=Lane.READ, on_done=results.append, owner=owner)
    owner.deleteLater()
    settle()
    gate.set()
    wait()
    assert results == []


def test_a_slow_job_of_one_lane_does_not_hold_up_another(lanes: Lanes, wait: Wait) -> None:
    gate = threading.Event()
    found: list[str] = []
    lanes.submit(lambda _: gate.wait(5), lane=Lane.DATA)
    lanes.submit(lambda _: "read", lane=Lane.READ, on_done=found.append)
    deadline = time.monotonic() + 5
    while not found and time.monotonic() < deadline:
        QCoreApplication.processEvents()
    gate.set()
    wait()
    assert found == ["read"]


def test_closing_finishes_queued_changes_and_drops_lookups(desk_app: object) -> None:
    lanes = Lanes()
    ran: list[str] = []
    gate = threading.Event()
    lanes.submit(lambda _: gate.wait(5), lane=Lane.DATA)
    lanes.submit(lambda _: gate.wait(5), lane=Lane.READ)
    lanes.submit(lambda _: ran.append("saved"), lane=Lane.DATA)
    lanes.submit(lambda _: ran.append("looked up"), lane=Lane.READ)
    threading.Timer(0.05, gate.set).start()
    assert lanes.shutdown(patience_seconds=5)
    assert ran == ["saved"]
    assert [
        thread for thread in threading.enumerate() if thread.name.startswith(("data", "read", "side"))
    ] == []


@pytest.mark.expected_log("a job failed while the program was closing")
def test_a_change_that_fails_while_closing_is_logged(desk_app: object) -> None:
    lanes = Lanes()

    def fail(_: TaskControl) -> None:
        raise ValueError("disk full")

    lanes.submit(fail, lane=Lane.DATA)
    assert lanes.shutdown(patience_seconds=5)


@pytest.mark.expected_log("came after the lanes were closed")
def test_a_change_that_comes_after_closing_is_logged(desk_app: object) -> None:
    lanes = Lanes()
    lanes.shutdown()
    lanes.submit(lambda _: None, lane=Lane.DATA)
    assert lanes.is_idle()


def test_idleness_is_told_once_everything_is_delivered(lanes: Lanes, wait: Wait) -> None:
    order: list[str] = []
    lanes.became_idle.connect(lambda: order.append("idle"))
    lanes.submit(lambda _: None, lane=Lane.DATA, on_done=lambda _: order.append("first"))
    lanes.submit(lambda _: None, lane=Lane.DATA, on_done=lambda _: order.append("second"))
    assert not lanes.is_idle()
    wait()
    assert order[-1] == "idle"
    assert "second" in order


def test_the_collector_takes_over_from_automatic_collection_and_gives_it_back(desk_app: object) -> None:
    collector = GarbageCollector()
    collector.start()
    try:
        assert not gc.isenabled()
        cycles = [[] for _ in range(2000)]  # type: list[list[object]]
        for cycle in cycles:
            cycle.append(cycle)
        del cycles, cycle
        assert collector.collect() >= 1000
    finally:
        collector.stop()
    assert gc.isenabled()
