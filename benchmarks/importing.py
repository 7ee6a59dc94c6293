"""Bulk import of enterprises: validated, captured and sealed, beside `executemany`; time and memory."""

import random
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

import yaml

from benchmarks.floors import FloorFile
from benchmarks.measuring import Line, resident_megabytes
from benchmarks.places import Bench, insert_all
from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.data.repository import record_values
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.samples.county import County
from fangshan_desk.support.resources import resource_path

ROWS = 100_000
ROWS_PER_TRANSACTION = 5000
LIMIT = 2.0
MEMORY_LIMIT = 64


def measure(bench: Bench) -> list[Line]:
    """CPU and wall time of the whole import, and what it added to the process at its height."""
    with bench.small_desk() as desk, bench.temporary() as folder:
        floor = FloorFile(folder, desk, Enterprise)
        lowest = _Spent()
        ours = _Spent()
        before = resident_megabytes()
        high = before
        for batch in _batches(desk, bench.rows(ROWS)):
            rows = [record_values(record) for record in batch]
            with lowest:
                _insert_plainly(floor, rows)
            with ours:
                desk.transact(partial(insert_all, batch))
            high = max(high, resident_megabytes())
        floor.close()
    return [
        Line(work=f"floor: executemany, {bench.rows(ROWS):,} rows (CPU)", median=lowest.cpu, unit="s"),
        _line("import, validated, captured, sealed (CPU)", ours.cpu, lowest.cpu),
        _line("the same (wall)", ours.wall, lowest.wall),
        Line(
            work="memory above the desk before",
            median=high - before,
            unit="MiB",
            aim=f"≤ {MEMORY_LIMIT} MiB",
            is_met=high - before <= MEMORY_LIMIT,
        ),
        Line(work="memory at its height", median=high, unit="MiB"),
    ]


def _line(work: str, seconds: float, floor: float) -> Line:
    met = seconds <= LIMIT * floor
    return Line(work=work, median=seconds, floor=floor, aim=f"≤ {LIMIT:.0f} ×", is_met=met, unit="s")


class _Spent:
    """Adds up the time spent inside."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    def __enter__(self) -> None:
        self.cpu -= time.process_time()
        self.wall -= time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.cpu += time.process_time()
        self.wall += time.perf_counter()


def _batches(desk: OpenDesk, count: int) -> Iterator[Sequence[Enterprise]]:
    parts = yaml.safe_load(resource_path("sample/county.yaml").read_text(encoding="utf-8"))
    county = County(parts, random.Random(5), desk.services.new_id, desk.services.clock.today())
    county.officers.append(desk.services.actor)
    list(county.people())
    rows = (record for record in county.register(count) if isinstance(record, Enterprise))
    while batch := list(islice(rows, ROWS_PER_TRANSACTION)):
        yield batch


def _insert_plainly(floor: FloorFile, rows: Sequence[Sequence[object]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    floor.connection.execute("BEGIN IMMEDIATE")
    floor.connection.executemany(f"INSERT INTO enterprise VALUES ({marks})", rows)
    floor.connection.execute("COMMIT")
