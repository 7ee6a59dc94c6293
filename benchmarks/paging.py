"""Scrolling, sorting, filtering and counting in the two big tables, as their models ask for it (CPU)."""

from collections.abc import Callable, Sequence

from benchmarks.measuring import Line, timed
from benchmarks.places import Bench
from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.usecases.views.ledger import LedgerFilter, LedgerSort, StateGroup
from fangshan_desk.usecases.views.register import EnterpriseFilter, RegisterSort

RUNS = 30
LIMIT_MS = 50.0
PAGE = 60
Job = Callable[[int], object]


def measure(bench: Bench) -> list[Line]:
    """One line a gesture."""
    with open_desk(bench.county(), None) as desk:
        jobs = {**_register_jobs(desk), **_ledger_jobs(desk)}
        return [_line(work, job, bench.runs(RUNS)) for work, job in jobs.items()]


def _line(work: str, job: Job, runs: int) -> Line:
    samples = timed(job, runs, warm_up=2, cpu=True)
    p99 = samples.p99 * 1000
    aim = f"p99 ≤ {LIMIT_MS:.0f} ms"
    return Line(work=work, median=samples.median * 1000, p99=p99, aim=aim, is_met=p99 <= LIMIT_MS)


def _register_jobs(desk: OpenDesk) -> dict[str, Job]:
    register = desk.readers.register
    ids = register.find(EnterpriseFilter()).ids
    jobs: dict[str, Job] = {
        f"enterprises: a page of {PAGE} of {len(ids):,}": lambda number: register.rows(_page(ids, number))
    }
    for sort in RegisterSort:
        jobs[f"enterprises: sorted by {sort.value}"] = _finding(desk, EnterpriseFilter(), sort)
    filters = {
        "township": EnterpriseFilter(township="141128100"),
        "category": EnterpriseFilter(category="construction"),
        "risk": EnterpriseFilter(risk_level=RiskLevel.RED.value),
        "text": EnterpriseFilter(text="建材"),
    }
    for name, wanted in filters.items():
        jobs[f"enterprises: filtered by {name}"] = _finding(desk, wanted)
        jobs[f"enterprises: chips counted, {name}"] = _counting(desk, wanted)
    return jobs


def _finding(desk: OpenDesk, wanted: EnterpriseFilter, sort: RegisterSort | None = None) -> Job:
    register = desk.readers.register
    return lambda number: register.find(wanted, sort=sort, descending=number % 2 == 1)


def _counting(desk: OpenDesk, wanted: EnterpriseFilter) -> Job:
    return lambda _: desk.readers.register.counts(wanted)


def _ledger_jobs(desk: OpenDesk) -> dict[str, Job]:
    ledger, today = desk.readers.ledger, desk.services.clock.today()
    everything = LedgerFilter(group=StateGroup.ALL)
    ids = ledger.find_ids(everything, today=today)
    jobs: dict[str, Job] = {
        f"items: a page of {PAGE} of {len(ids):,}": lambda number: ledger.rows(
            _page(ids, number), today=today
        ),
        "items: chips counted": lambda _: ledger.counts(everything, today=today),
    }
    for sort in LedgerSort:
        jobs[f"items: sorted by {sort.value}"] = _listing(desk, everything, sort)
    for group in StateGroup:
        jobs[f"items: filtered by {group.value}"] = _listing(desk, LedgerFilter(group=group))
    return jobs


def _listing(desk: OpenDesk, wanted: LedgerFilter, sort: LedgerSort = LedgerSort.DEADLINE) -> Job:
    ledger, today = desk.readers.ledger, desk.services.clock.today()
    return lambda number: ledger.find_ids(wanted, sort=sort, descending=number % 2 == 1, today=today)


def _page(ids: Sequence[str], number: int) -> Sequence[str]:
    start = number * 7919 % max(1, len(ids) - PAGE)
    return ids[start : start + PAGE]
