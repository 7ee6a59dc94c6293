"""Saving one answer: committed, captured, sealed and signed, beside the bare UPDATE."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.floors import FloorFile
from benchmarks.measuring import Line, in_turns
from benchmarks.places import Bench
from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, CheckAnswer
from fangshan_desk.domain.rights import Body
from fangshan_desk.usecases.answering import answer_item
from fangshan_desk.usecases.visiting import start_visit

RUNS = 600
LIMIT = 1.5
_CODES = ("CONT-02", "CONT-03")


def measure(bench: Bench) -> list[Line]:
    """The real use case and the bare unit of work against one statement on the same kind of file."""
    with bench.small_desk() as desk, bench.temporary() as folder:
        visit_id = _visit(desk)
        floor = FloorFile(folder, desk, CheckAnswer)
        real = _real(desk, visit_id)
        real(0)
        floor.copy_rows()
        jobs = [_bare_update(floor), _unit_of_work(desk, visit_id), real]
        bare, unit, use_case = in_turns(jobs, bench.runs(RUNS))
        floor.close()
    lowest = bare.median * 1000
    return [
        Line(work="floor: one UPDATE, SQLCipher, FULL", median=lowest, p99=bare.p99 * 1000),
        _line("unit of work: captured, sealed, signed", unit.median, unit.p99, lowest),
        _line("use case: answer an item", use_case.median, use_case.p99, lowest),
    ]


def _line(work: str, median: float, p99: float, floor: float) -> Line:
    met = median * 1000 <= LIMIT * floor
    return Line(work=work, median=median * 1000, p99=p99 * 1000, floor=floor, aim=f"≤ {LIMIT} ×", is_met=met)


def _visit(desk: OpenDesk) -> str:
    officers = desk.transact(lambda uow, _: uow.find(Officer)).result
    second = next(each for each in officers if each.body is Body.FTU)
    enterprise = desk.transact(lambda uow, _: uow.find(Enterprise)).result[0]
    people = (desk.services.actor.id, second.id)
    started = desk.transact(
        lambda uow, services: start_visit(
            enterprise_id=enterprise.id, visitor_ids=people, uow=uow, services=services
        )
    )
    return started.result.id


def _bare_update(floor: FloorFile) -> Callable[[int], object]:
    row_id = floor.first_id()

    def job(number: int) -> None:
        floor.connection.execute("BEGIN IMMEDIATE")
        floor.connection.execute(
            "UPDATE check_answer SET answer = ?, answered_at = ? WHERE id = ?",
            (("violated", "compliant")[number % 2], f"2026-11-23T08:00:{number:06d}Z", row_id),
        )
        floor.connection.execute("COMMIT")

    return job


def _unit_of_work(desk: OpenDesk, visit_id: str) -> Callable[[int], object]:
    [answer] = desk.transact(lambda uow, _: uow.find(CheckAnswer, visit_id=visit_id)).result
    now = desk.services.clock.now_utc()
    current = [answer]

    def update(uow: Any, number: int) -> None:
        chosen = (Answer.VIOLATED, Answer.COMPLIANT)[number % 2]
        moment = now + timedelta(seconds=number)
        current[0] = uow.update(current[0], answer=chosen, answered_at=moment)

    return lambda number: desk.transact(lambda uow, _: update(uow, number))


def _real(desk: OpenDesk, visit_id: str) -> Callable[[int], object]:
    def job(number: int) -> object:
        chosen = (Answer.VIOLATED, Answer.COMPLIANT)[number % 2]
        return desk.transact(
            lambda uow, services: answer_item(
                visit_id=visit_id, code=_CODES[0], chosen=chosen, uow=uow, services=services
            )
        )

    return job
