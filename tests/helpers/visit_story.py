"""An enterprise, two officers and the use cases of a visit in short words, on a real file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from fangshan_desk.domain.checklist import ItemKind
from fangshan_desk.domain.records.letters import Letter, RectificationItem, ServiceWay
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import (
    Enterprise,
    RiskAssessmentRecord,
    SharedFact,
    SharedSource,
)
from fangshan_desk.domain.records.visits import Answer, CheckAnswer, Visit
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.domain.states.item_facts import CloseReason
from fangshan_desk.usecases.answering import answer_item
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.grading import GradedCase, grade_enterprise, preview_grade
from fangshan_desk.usecases.prescribing import Signing, confirm_prescription, draft_prescription
from fangshan_desk.usecases.rectifying import pass_recheck, report_done
from fangshan_desk.usecases.serving import ServiceProof, serve_letter
from fangshan_desk.usecases.visiting import start_visit
from tests.helpers.clocks import FixedClock
from tests.helpers.desk_files import TemporaryDesk, temporary_desk
from tests.helpers.office import office_options

T = TypeVar("T")
SIGNED = (Signing(signer="enterprise", name="李四", post="经理"),)


class VisitStory:
    """Does one thing after the other, each in its own transaction."""

    def __init__(self, desk: TemporaryDesk, *, categories: tuple[str, ...] = ("industry",)) -> None:
        self.desk = desk
        self.enterprise = Enterprise(
            id=desk.new_id(),
            name="方山县金鑫建材有限公司",
            uscc="91141128MA0K1T2C0E",
            township="141128100",
            categories=categories,
            contact_person="李四",
            headcount=40,
        )
        self.second = Officer(id=desk.new_id(), name="王五", body=Body.FTU, role=Role.FTU)
        desk.keep(self.enterprise, self.second)

    @property
    def today(self) -> date:
        """The office's day."""
        return self.desk.clock.today()

    def do(self, use_case: Callable[..., T], **arguments: Any) -> T:
        """One use case in one transaction."""
        return self.desk.transact(
            lambda uow, services: use_case(uow=uow, services=services, **arguments)
        ).result

    def start(self, **options: Any) -> Visit:
        """An unplanned visit with both officers."""
        people = (self.desk.officer.id, self.second.id)
        return self.do(start_visit, enterprise_id=self.enterprise.id, visitor_ids=people, **options)

    def answer(self, visit: Visit, code: str, chosen: Answer | None = None, **inputs: object) -> CheckAnswer:
        """One answer."""
        return self.do(answer_item, visit_id=visit.id, code=code, chosen=chosen, inputs=inputs or None)

    def answer_core(self, visit: Visit) -> None:
        """Every core item of every enterprise compliant."""
        for item in self.desk.services.reference.checklist.items:
            if item.is_core and "all" in item.applies_to and item.kind is not ItemKind.INFO:
                self.answer(visit, item.code, Answer.COMPLIANT)

    def share(self, source: SharedSource, period_end: date, **facts: object) -> SharedFact:
        """What a department reported."""
        fact = SharedFact(
            id=self.desk.new_id(),
            enterprise_id=self.enterprise.id,
            source=source,
            period_end=period_end,
            facts=facts,
            provider="税务局",
            received_on=self.today,
        )
        self.desk.keep(fact)
        return fact

    def preview(self) -> GradedCase:
        """The grade that would be made now."""
        return self.do(preview_grade, enterprise_id=self.enterprise.id)

    def grade(self, visit: Visit | None = None) -> RiskAssessmentRecord:
        """The grade, kept."""
        return self.do(
            grade_enterprise, enterprise_id=self.enterprise.id, visit_id=visit.id if visit else None
        )

    def serve(self, visit: Visit) -> list[RectificationItem]:
        """Draft, confirm and hand over the prescription."""
        letter: Letter = self.do(draft_prescription, visit_id=visit.id)
        self.do(confirm_prescription, letter_id=letter.id, signings=SIGNED)
        proof = ServiceProof(way=ServiceWay.DIRECT, served_on=self.today, recipient="李四")
        return list(self.do(serve_letter, letter_id=letter.id, proof=proof))

    def close(self, item: RectificationItem) -> None:
        """Report and recheck one item, with a coded reason instead of a photo."""
        self.do(
            add_attachment,
            subject="rectification_item",
            subject_id=item.id,
            data=b"photo",
            media_type="image/jpeg",
            file_name="a.jpg",
        )
        self.do(report_done, item_id=item.id, reported_on=self.today)
        self.do(
            pass_recheck,
            item_id=item.id,
            officers=(self.desk.officer.id, self.second.id),
            rechecked_on=self.today,
            close_reason=CloseReason.CAUSE_ENDED,
        )

    def now(self) -> Enterprise:
        """The enterprise as the register holds it."""
        [found] = self.desk.find(Enterprise, id=self.enterprise.id)
        assert isinstance(found, Enterprise)
        return found


@contextmanager
def visit_story(
    folder: Path, *, role: Role = Role.HRSS, clock: FixedClock | None = None, **options: Any
) -> Iterator[VisitStory]:
    """A story on a new file in the folder."""
    with temporary_desk(folder, role=role, clock=clock, **office_options()) as desk:
        yield VisitStory(desk, **options)
