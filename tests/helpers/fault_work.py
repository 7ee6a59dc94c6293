"""Endless real work on a real workspace, each committed step announced; made to be killed."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from fangshan_desk.app.keys import change_passphrase
from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.app.upkeep import back_up_workspace
from fangshan_desk.domain.checklist import ItemKind
from fangshan_desk.domain.records.catalogue import ENTITIES
from fangshan_desk.domain.records.letters import ServiceWay
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, Attachment, Visit
from fangshan_desk.domain.rights import Role
from fangshan_desk.support.paths import Workspace
from fangshan_desk.usecases.answering import answer_item, clear_answer, confirm_rest_of_section, sections_of
from fangshan_desk.usecases.collecting_evidence import add_attachment, remove_attachment
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.issuing import approve_letter, issue_letter
from fangshan_desk.usecases.prescribing import Signing, confirm_prescription, draft_prescription, edit_draft
from fangshan_desk.usecases.serving import ServiceProof, serve_letter
from fangshan_desk.usecases.visiting import finish_visit, start_visit
from tests.helpers.fault_ledger import PLACE, Announcer, content_hash, place_hash

T = TypeVar("T")
BY_NAME = {entity.name: entity for entity in ENTITIES}
SIGNED = (Signing(signer="enterprise", name="李四", post="经理", image=b"\x89PNG\r\n\x1a\n" + bytes(200)),)


class Work:
    """One open desk and somebody who never stops working at it."""

    def __init__(self, desk: OpenDesk, announcer: Announcer, chance: random.Random) -> None:
        self.desk = desk
        self.announcer = announcer
        self.chance = chance
        self.owner = desk.services.actor
        self.officers: dict[Role, Officer] = {each.role: each for each in self._all(Officer)}
        self.enterprises = self._all(Enterprise)

    def _all(self, record: Any, **equal: Any) -> list[Any]:
        return self.desk.transact(lambda uow, _: uow.find(record, **equal)).result

    def do(self, use_case: Callable[..., T], *, officer: Officer | None = None, **arguments: Any) -> T:
        """One use case in one transaction of the real desk, announced before and after its COMMIT."""
        numbers: list[int] = []

        def job(uow: Any, services: Any) -> T:
            result = use_case(uow=uow, services=services, **arguments)
            numbers.append(self.announcer.intend(_promised(uow)))
            return result

        done = self._transact(job, officer)
        self.announcer.acknowledge(numbers[0])
        return done

    def _transact(self, job: Job[T], officer: Officer | None) -> T:
        self.desk.work_as(officer or self.owner)
        return self.desk.transact(job).result

    def visit(self) -> Visit:
        """An unplanned visit that begins now."""
        people = (self.owner.id, self.officers[Role.FTU].id)
        enterprise = self.chance.choice(self.enterprises)
        return self.do(start_visit, enterprise_id=enterprise.id, visitor_ids=people)


def _promised(uow: Any) -> dict[str, str | None]:
    rows: dict[str, str | None] = {PLACE: place_hash(uow.recall("visit"))}
    for name, ids in uow.changes.ids.items():
        for row_id in ids:
            found = uow.find(BY_NAME[name].record, id=row_id)
            rows[f"{name}/{row_id}"] = content_hash(found[0]) if found else None
    return rows


def answers(work: Work) -> None:
    """Visits with all their questions; now and then an answer is taken back or a section confirmed."""
    while True:
        visit = work.visit()
        work.desk.work_as(work.owner)
        for applicable in work.desk.transact(partial(sections_of, visit)).result:
            asked = [item for item in applicable.items if item.kind is not ItemKind.INFO]
            for item in asked[: work.chance.randrange(1, 9)]:
                _answer(work, visit, item.code)
            if work.chance.random() < 0.3:
                work.do(confirm_rest_of_section, visit_id=visit.id, section=applicable.section.code)
        work.do(finish_visit, visit_id=visit.id)


def _answer(work: Work, visit: Visit, code: str) -> None:
    for _ in range(work.chance.choice((1, 1, 1, 2))):
        chosen = work.chance.choice(list(Answer))
        note = "说明" * work.chance.randrange(40)
        work.do(answer_item, visit_id=visit.id, code=code, chosen=chosen, reason="现场核实", note=note)
    if work.chance.random() < 0.1:
        work.do(clear_answer, visit_id=visit.id, code=code)


def letters(work: Work) -> None:
    """One prescription after the other."""
    while True:
        one_letter(work)


def one_letter(work: Work) -> None:
    """A prescription from the first answer to the official number."""
    visit = work.visit()
    figures = {"without_contract": 12, "without_contract_over_year": 0}
    work.do(answer_item, visit_id=visit.id, code="CONT-01", inputs=figures)
    work.do(answer_item, visit_id=visit.id, code="CONT-02", chosen=Answer.VIOLATED)
    letter = work.do(draft_prescription, visit_id=visit.id)
    work.do(edit_draft, letter_id=letter.id, code="CONT-01", advice="请于本月内补签。")
    work.do(confirm_prescription, letter_id=letter.id, signings=SIGNED)
    today = work.desk.services.clock.today()
    proof = ServiceProof(way=ServiceWay.DIRECT, served_on=today, recipient="李四")
    work.do(serve_letter, letter_id=letter.id, proof=proof)
    for role in (Role.HRSS_LEAD, Role.FTU_LEAD):
        work.do(approve_letter, officer=work.officers[role], letter_id=letter.id)
    work.do(issue_letter, officer=work.officers[Role.HRSS_LEAD], letter_id=letter.id)


def attachments(work: Work) -> None:
    """Photos of any size, some taken off again."""
    visit = work.visit()
    while True:
        kept = work.do(
            add_attachment,
            subject="visit",
            subject_id=visit.id,
            data=work.chance.randbytes(work.chance.randrange(200, 300_000)),
            media_type="image/jpeg",
            file_name="照片.jpg",
            thumbnail=work.chance.randbytes(2000),
        )
        assert isinstance(kept, Attachment)
        if work.chance.random() < 0.2:
            work.do(remove_attachment, attachment_id=kept.id)


def backups(work: Work) -> None:
    """A few answers and photos, a backup, and again."""
    visit = work.visit()
    while True:
        work.do(answer_item, visit_id=visit.id, code="CONT-02", chosen=work.chance.choice(list(Answer)[:2]))
        back_up(work, f"{work.chance.randrange(10**12):012d}.fsbak")


def back_up(work: Work, name: str) -> None:
    """One finished backup."""
    back_up_workspace(work.desk, work.desk.parts.workspace.backups / name)
    work.announcer.fact("backup", [name, work.desk.parts.file.journal.head.sequence])


SCENARIOS: dict[str, Callable[[Work], None]] = {
    "answers": answers,
    "letters": letters,
    "attachments": attachments,
    "backups": backups,
}


def work_without_end(folder: Path, scenario: str, announcer: Announcer, seed: int) -> None:
    """Open the workspace the normal way and work; the caller's parent ends this."""
    workspace = Workspace(folder)
    if scenario == "passphrases":
        _change_passphrases(workspace, announcer)
    with open_desk(workspace, None) as desk:
        announcer.ready()
        SCENARIOS[scenario](Work(desk, announcer, random.Random(seed)))


def _change_passphrases(workspace: Workspace, announcer: Announcer) -> None:
    number = int((workspace.folder / "number").read_text())
    announcer.ready()
    while True:
        announcer.fact("changing", number + 1)
        change_passphrase(workspace, passphrase(number), passphrase(number + 1))
        number += 1
        announcer.fact("changed", number)


def passphrase(number: int) -> str:
    """The passphrase after so many changes."""
    return f"passphrase {number}"
