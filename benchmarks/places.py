"""Where the measurements work, and the county of a hundred thousand enterprises they look at."""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.app.sampling import start_sample
from fangshan_desk.data.migrations import STEPS
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.support.paths import Workspace
from fangshan_desk.usecases.ports import Services, UnitOfWork

FOLDER = Path(__file__).parents[1] / "out" / "benchmarks"
ENTERPRISES = 100_000
ITEMS = 100_000
_ROWS_PER_TRANSACTION = 5000


def child_environment() -> dict[str, str]:
    """For processes whose start is measured: compiled modules as in the shipped program, no screen."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(FOLDER / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


@dataclass(frozen=True)
class Bench:
    """How much to measure, and where."""

    folder: Path
    is_quick: bool
    is_fresh: bool

    def runs(self, count: int) -> int:
        """So many runs, a tenth when only looking whether everything works."""
        return max(3, count // 10) if self.is_quick else count

    def rows(self, count: int) -> int:
        """So many rows, likewise."""
        return count // 20 if self.is_quick else count

    def county(self) -> Workspace:
        """The big county; made once and kept between runs, because making it takes minutes."""
        enterprises, items = self.rows(ENTERPRISES), self.rows(ITEMS)
        workspace = Workspace(self.folder / f"county-{enterprises}")
        # Another set of migrations is another file.
        mark, wanted = workspace.folder / "made-with.json", [step.__name__ for step in STEPS]
        if self.is_fresh or not mark.exists() or json.loads(mark.read_text()) != wanted:
            _make_county(workspace, enterprises, items)
            mark.write_text(json.dumps(wanted))
        return workspace

    @contextmanager
    def small_desk(self) -> Iterator[OpenDesk]:
        """A new county of a few hundred enterprises, on the same disk."""
        with TemporaryDirectory(dir=self.folder) as folder:
            workspace = Workspace(Path(folder) / "desk")
            start_sample(workspace, enterprises=40)
            with open_desk(workspace, None) as desk:
                yield desk

    @contextmanager
    def temporary(self) -> Iterator[Path]:
        """An empty folder on the same disk."""
        with TemporaryDirectory(dir=self.folder) as folder:
            yield Path(folder)


def insert_all(batch: Sequence[Record], uow: UnitOfWork, _services: Services) -> None:
    """A job that adds records."""
    uow.insert(*batch)


def ready_bench(*, is_quick: bool, is_fresh: bool) -> Bench:
    """The bench in `out/`, on the disk the project is on."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return Bench(FOLDER, is_quick, is_fresh)


def _make_county(workspace: Workspace, enterprises: int, items: int) -> None:
    sys.stdout.write(f"making a county of {enterprises} enterprises …\n")
    sys.stdout.flush()
    shutil.rmtree(workspace.folder, ignore_errors=True)
    start_sample(workspace, enterprises=enterprises)
    with open_desk(workspace, None) as desk:
        _add_items(desk, items)
        desk.parts.file.database.checkpoint()


def _add_items(desk: OpenDesk, count: int) -> None:
    found = desk.transact(lambda uow, _: uow.find(RectificationItem)).result
    template = found[0]
    enterprises = desk.transact(lambda uow, _: uow.find(Enterprise, township="141128100")).result
    ids = [each.id for each in enterprises]
    states = list(ItemState)
    today = desk.services.clock.today()
    for start in range(0, count, _ROWS_PER_TRANSACTION):
        batch = [
            RectificationItem(
                id=desk.services.new_id(),
                letter_id=template.letter_id,
                enterprise_id=ids[number % len(ids)],
                code=template.code,
                ordinal=1,
                title=f"{template.title[:60]}{number}",
                finding=template.finding,
                advice=template.advice,
                severity=template.severity,
                state=states[number % len(states)],
                original_deadline=today + timedelta(days=number % 400 - 200),
                deadline=today + timedelta(days=number % 400 - 200),
                owner_name=f"负责人{number % 977}",
                lead_body=("hrss", "ftu")[number % 2],
                days=template.days,
            )
            for number in range(start, min(count, start + _ROWS_PER_TRANSACTION))
        ]
        desk.transact(partial(insert_all, batch))
