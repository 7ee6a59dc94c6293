"""From the start of the process to a usable first screen, beside an empty Qt window; memory then."""

import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import Line, Samples
from benchmarks.places import Bench, child_environment

STARTS = 7
LIMIT = 2.0
Starts = list[dict[str, float]]
ROOT = Path(__file__).parents[1]


def measure(bench: Bench) -> list[Line]:
    """Both kinds of start in turns."""
    folder = str(bench.county().folder)
    empty: Starts = []
    desk: Starts = []
    for number in range(bench.runs(STARTS) + 1):
        first, second = _start("empty", folder), _start("desk", folder)
        # The first of each warms the disk.
        if number:
            empty.append(first)
            desk.append(second)
    return [
        *_lines("wall", "seconds", empty, desk),
        *_lines("CPU", "cpu", empty, desk),
        Line(
            work="memory at the usable day",
            median=_middle(desk, "megabytes"),
            floor=_middle(empty, "megabytes"),
            unit="MiB",
        ),
    ]


def _lines(clock: str, name: str, empty: Starts, desk: Starts) -> list[Line]:
    floor = Samples(tuple(each[name] for each in empty))
    ours = Samples(tuple(each[name] for each in desk))
    return [
        Line(work=f"floor: an empty Qt window ({clock})", median=floor.median * 1000, p99=floor.p99 * 1000),
        Line(
            work=f"start to the usable day ({clock})",
            median=ours.median * 1000,
            p99=ours.p99 * 1000,
            floor=floor.median * 1000,
            aim=f"≤ {LIMIT:.0f} ×",
            is_met=ours.median <= LIMIT * floor.median,
        ),
    ]


def _middle(found: Starts, name: str) -> float:
    return sorted(each[name] for each in found)[len(found) // 2]


def _start(kind: str, folder: str) -> dict[str, float]:
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.starting_child", kind, folder],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environment(),
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    seconds = time.perf_counter() - begin
    process.stdout.close()
    if process.wait(timeout=60) != 0 or not line:
        raise RuntimeError(f"the {kind} start failed")
    said: dict[str, float] = json.loads(line)
    return {**said, "seconds": seconds}
