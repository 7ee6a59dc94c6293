"""Small workspaces to be killed in: a few enterprises, all officers a letter needs, and reserved numbers."""

import shutil
from pathlib import Path

from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.app.starting import start_workspace
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.support.paths import Workspace
from fangshan_desk.usecases.numbering import reserve_numbers
from fangshan_desk.usecases.starting import FirstStart

OWNER = FirstStart(name="张三", body=Body.HRSS, role=Role.HRSS)
ENTERPRISES = 20


def start_small_county(folder: Path, passphrase: str | None = None) -> Path:
    """A workspace ready for every scenario; without a passphrase its key lies open."""
    start_workspace(Workspace(folder), OWNER, passphrase)
    with open_desk(Workspace(folder), passphrase) as desk:
        _staff(desk)
    return folder


def _staff(desk: OpenDesk) -> None:
    new_id = desk.services.new_id
    lead = Officer(id=new_id(), name="赵六", body=Body.HRSS, role=Role.HRSS_LEAD)
    officers = (
        lead,
        Officer(id=new_id(), name="王五", body=Body.FTU, role=Role.FTU),
        Officer(id=new_id(), name="孙七", body=Body.FTU, role=Role.FTU_LEAD),
    )
    enterprises = [
        Enterprise(id=new_id(), name=f"方山县{number}号商行", township="141128100", categories=("industry",))
        for number in range(ENTERPRISES)
    ]
    desk.transact(lambda uow, _: uow.insert(*officers, *enterprises))
    desk.work_as(lead)
    desk.transact(
        lambda uow, services: reserve_numbers(
            device_id=services.device.id,
            kind=LetterKind.PRESCRIPTION,
            first=1,
            last=99_999,
            uow=uow,
            services=services,
        )
    )


class CountyCopies:
    """Copies of one small county, made at the first copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, name: str) -> Path:
        """A county of its own."""
        first = self._folder / "first"
        if not first.exists():
            start_small_county(first)
        return Path(shutil.copytree(first, self._folder / name))
