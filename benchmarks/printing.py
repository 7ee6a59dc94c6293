"""A letter of two pages and a prescription with its annexes: first of a process, next ones, size."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Line, Samples
from benchmarks.places import Bench, child_environment

COLD_LIMIT_MS, NEXT_LIMIT_MS, SIZE_LIMIT = 400.0, 30.0, 170.0
PROCESSES = 5
NEXT_LETTERS = 60
ROOT = Path(__file__).parents[1]


def measure(bench: Bench) -> list[Line]:
    """CPU time, as the comparison with typst was made."""
    runs, letters = bench.runs(PROCESSES), bench.runs(NEXT_LETTERS)
    short = [_one_process("recheck_opinion", letters) for _ in range(runs)]
    long = [_one_process("prescription", letters) for _ in range(runs)]
    return [*_lines("letter of two pages", short, has_aim=True), *_lines("prescription", long, has_aim=False)]


def _lines(name: str, found: list["Printed"], *, has_aim: bool) -> list[Line]:
    cold = Samples(tuple(each.cold for each in found))
    later = Samples(tuple(seconds for each in found for seconds in each.next))
    size, pages = found[0].bytes / 1024, found[0].pages
    works = (
        (f"{name}: first of a process, from its start (CPU)", cold.median * 1000, COLD_LIMIT_MS, "ms"),
        (f"{name}: next one (CPU)", later.median * 1000, NEXT_LIMIT_MS, "ms"),
        (f"{name}: size of {pages} pages", size, SIZE_LIMIT, "KiB"),
    )
    return [
        Line(
            work=work,
            median=median,
            unit=unit,
            aim=f"≤ {limit:.0f} {unit}" if has_aim else "",
            is_met=median <= limit if has_aim else None,
        )
        for work, median, limit, unit in works
    ]


@dataclass(frozen=True)
class Printed:
    """What one process measured, in seconds."""

    cold: float
    next: tuple[float, ...]
    bytes: int
    pages: int


def _one_process(kind: str, letters: int) -> Printed:
    command = [sys.executable, "-m", "benchmarks.printing_child", kind, str(letters)]
    done = subprocess.run(command, cwd=ROOT, env=child_environment(), capture_output=True, check=True)
    answer = json.loads(done.stdout)
    return Printed(answer["cold"], tuple(answer["next"]), answer["bytes"], answer["pages"])
