"""Times, percentiles and memory, and the lines a benchmark reports."""

import gc
import mmap
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_MEMORY = Path("/proc/self/statm")


@dataclass(frozen=True)
class Samples:
    """Durations of one job in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return sorted(self.seconds)[len(self.seconds) // 2]

    @property
    def p99(self) -> float:
        """All but one in a hundred are faster."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * 0.99))]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One measured work: in milliseconds unless ``unit`` says otherwise."""

    work: str
    median: float
    p99: float | None = None
    floor: float | None = None
    aim: str = ""
    is_met: bool | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.median / self.floor if self.floor else None


def timed(job: Callable[[int], object], runs: int, *, warm_up: int = 3, cpu: bool = False) -> Samples:
    """The job's durations; it is told the number of the run."""
    clock = time.process_time if cpu else time.perf_counter
    for number in range(warm_up):
        job(-1 - number)
    seconds = []
    for number in range(runs):
        begin = clock()
        job(number)
        seconds.append(clock() - begin)
    return Samples(tuple(seconds))


def in_turns(jobs: Sequence[Callable[[int], object]], runs: int, *, warm_up: int = 20) -> list[Samples]:
    """The same for several jobs one after the other, so that a noisy moment hits them all alike."""
    for number in range(warm_up):
        for job in jobs:
            job(-1 - number)
    seconds: list[list[float]] = [[] for _ in jobs]
    gc.collect()
    for number in range(runs):
        for place, job in enumerate(jobs):
            begin = time.perf_counter()
            job(number)
            seconds[place].append(time.perf_counter() - begin)
    return [Samples(tuple(each)) for each in seconds]


def resident_megabytes() -> float:
    """Memory this process holds now; on Linux only."""
    return int(_MEMORY.read_text().split()[1]) * mmap.PAGESIZE / 2**20
