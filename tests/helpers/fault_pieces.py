"""Single jobs that end by themselves, to be killed at an exact statement or system call."""

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fangshan_desk.app.keys import change_passphrase
from fangshan_desk.app.opening import open_desk
from fangshan_desk.app.starting import start_workspace
from fangshan_desk.data import engine
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.support.paths import Workspace
from fangshan_desk.usecases.answering import answer_item
from fangshan_desk.usecases.collecting_evidence import add_attachment
from tests.helpers.fault_county import OWNER, start_small_county
from tests.helpers.fault_ledger import Announcer
from tests.helpers.fault_work import Work, back_up, one_letter, passphrase


def import_all(_folder: Path, _announcer: Announcer) -> None:
    """Nothing but the imports, and what they load later."""
    with TemporaryDirectory() as folder:
        county = start_small_county(Path(folder) / "county")
        with open_desk(Workspace(county), None) as desk:
            one_letter(Work(desk, Announcer(os.open(os.devnull, os.O_WRONLY)), random.Random(1)))


def open_until(folder: Path, announcer: Announcer, *, statement: int) -> None:
    """Open the workspace; die at this statement of the writer (0: live, and tell how many there were)."""
    count = _die_at(statement)
    with open_desk(Workspace(folder), None):
        announcer.fact("statements", count[0])


def _die_at(statement: int) -> list[int]:
    count, connect = [0], engine.connect

    def noted(_statement: str) -> None:
        count[0] += 1
        if count[0] == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(path: Path, key: bytes, *, read_only: bool = False) -> Any:
        connection = connect(path, key, read_only=read_only)
        if not read_only:
            connection.set_trace_callback(noted)
        return connection

    engine.connect = traced
    return count


def first_start(folder: Path, announcer: Announcer) -> None:
    """Make a workspace."""
    start_workspace(Workspace(folder), OWNER, None)
    announcer.fact("started", None)


def save_one_answer(folder: Path, announcer: Announcer) -> None:
    """Open, begin a visit, answer one item, close."""
    with open_desk(Workspace(folder), None) as desk:
        announcer.ready()
        work = Work(desk, announcer, random.Random(1))
        visit = work.visit()
        work.do(answer_item, visit_id=visit.id, code="CONT-02", chosen=Answer.VIOLATED)


def issue_one_letter(folder: Path, announcer: Announcer) -> None:
    """Open, carry one prescription to its official number, close."""
    with open_desk(Workspace(folder), None) as desk:
        announcer.ready()
        one_letter(Work(desk, announcer, random.Random(1)))


def back_up_once(folder: Path, announcer: Announcer) -> None:
    """Open, answer one item, write one backup, close."""
    with open_desk(Workspace(folder), None) as desk:
        announcer.ready()
        work = Work(desk, announcer, random.Random(1))
        visit = work.visit()
        work.do(answer_item, visit_id=visit.id, code="CONT-02", chosen=Answer.VIOLATED)
        back_up(work, "once.fsbak")


def take_pictures(folder: Path, announcer: Announcer, *, picture: str) -> None:
    """Take in the same picture again and again, through the child process that looks at it."""
    content = Path(picture).read_bytes()
    with open_desk(Workspace(folder), None) as desk:
        work = Work(desk, announcer, random.Random(1))
        visit = work.visit()
        desk.parts.intake.warm_up()
        announcer.fact("child", desk.parts.intake.child_pid)
        while True:
            taken = desk.parts.intake.take(content, "照片.png")
            work.do(
                add_attachment,
                subject="visit",
                subject_id=visit.id,
                data=taken.data,
                media_type=taken.mime,
                file_name=taken.file_name,
                thumbnail=taken.thumbnail_png,
            )


def change_the_passphrase(folder: Path, announcer: Announcer) -> None:
    """From passphrase 0 to passphrase 1."""
    announcer.fact("changing", 1)
    change_passphrase(Workspace(folder), passphrase(0), passphrase(1))
    announcer.fact("changed", 1)


PIECES: dict[str, Callable[..., None]] = {
    "import_all": import_all,
    "open_until": open_until,
    "first_start": first_start,
    "save_one_answer": save_one_answer,
    "issue_one_letter": issue_one_letter,
    "back_up_once": back_up_once,
    "take_pictures": take_pictures,
    "change_the_passphrase": change_the_passphrase,
}
