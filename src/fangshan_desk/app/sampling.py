"""`init --sample`: makes a workspace with an open key and lives the invented months in it."""

import random
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import yaml

from fangshan_desk.app.certifying import certify_device
from fangshan_desk.app.indexing import index_all
from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.app.starting import start_workspace
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.samples.clock import MovingClock
from fangshan_desk.samples.county import County
from fangshan_desk.samples.days import Days
from fangshan_desk.support.clock import SystemClock
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.resources import resource_path
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.grading import grade_enterprise
from fangshan_desk.usecases.numbering import reserve_numbers
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.starting import FirstStart

T = TypeVar("T")
ROWS_PER_TRANSACTION = 5000
LARGEST_VISIT_COUNT = 400
_DAYS_BACK = 126
_OWNER = "owner"


def start_sample(
    workspace: Workspace,
    *,
    enterprises: int = 300,
    seed: int = 2023,
    say: Callable[[str], None] = lambda _sentence: None,
) -> dict[str, int]:
    """Make the invented county in a new workspace; returns what it holds."""
    today = SystemClock().today()
    clock = MovingClock(datetime.combine(today - timedelta(days=_DAYS_BACK), time(1), UTC))
    parts = yaml.safe_load(resource_path("sample/county.yaml").read_text(encoding="utf-8"))
    answers = FirstStart(
        name=parts["owner"]["name"],
        body=Body.HRSS,
        role=Role.HRSS,
        post=parts["owner"]["post"],
        device_name=parts["owner"]["device"],
        device_number=7,
    )
    start_workspace(workspace, answers, None, clock=clock)
    chance = random.Random(seed)  # noqa: S311  # invented data, nothing secret
    with open_desk(workspace, None, clock=clock, random_bytes=chance.randbytes) as desk:
        county = County(parts, chance, desk.services.new_id, today)
        _fill(desk, county, enterprises)
        counts = _live(desk, county, clock, enterprises)
        index_all(desk.parts.file)
        return counts


def _fill(desk: OpenDesk, county: County, enterprises: int) -> None:
    county.officers.append(desk.services.actor)
    desk.transact(lambda uow, _: uow.insert(*county.people()))
    rows = county.register(enterprises)
    while batch := list(islice(rows, ROWS_PER_TRANSACTION)):
        desk.transact(partial(_insert, batch))
    lead = next(officer for officer in county.officers if officer.role is Role.HRSS_LEAD)
    act_as(desk, lead, lambda uow, services: _reserve(desk, uow, services))
    certify_device(desk, county_seed=secrets.token_bytes(32))


def _reserve(desk: OpenDesk, uow: UnitOfWork, services: Services) -> None:
    for kind in LetterKind:
        device = desk.services.device.id
        for year in sorted({services.clock.today().year, SystemClock().today().year}):
            reserve_numbers(
                device_id=device, kind=kind, first=1, last=200, year=year, uow=uow, services=services
            )


def _live(desk: OpenDesk, county: County, clock: MovingClock, enterprises: int) -> dict[str, int]:
    pictures = [path.read_bytes() for path in _pictures()]
    days = Days(county, clock, lambda officer, job: act_as(desk, officer, job), pictures)
    for _count in days.live(min(LARGEST_VISIT_COUNT, max(12, enterprises // 2))):
        pass
    for enterprise in county.enterprises[:400]:
        desk.transact(partial(_grade, enterprise.id))
    counts = days.counts
    return {
        "enterprises": enterprises,
        "visits": counts["visits"],
        "letters": counts["letters"],
        "items": counts["items"],
    }


def _insert(batch: Sequence[Record], uow: UnitOfWork, _services: Services) -> None:
    uow.insert(*batch)


def _grade(enterprise_id: str, uow: UnitOfWork, services: Services) -> None:
    grade_enterprise(enterprise_id=enterprise_id, uow=uow, services=services)


def act_as(desk: OpenDesk, officer: Officer, job: Job[T]) -> T:
    """One transaction as another officer of the invented county."""
    before = desk.services.actor
    desk.work_as(officer)
    try:
        return desk.transact(job).result
    finally:
        desk.work_as(before)


def _pictures() -> Sequence[Path]:
    return sorted(resource_path("sample").glob("evidence_*.png"))


def records_of(county: County, count: int) -> Iterator[Record]:
    """The register alone, for measurements."""
    yield from county.people()
    yield from county.register(count)
