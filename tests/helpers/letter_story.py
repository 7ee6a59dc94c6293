"""A prescription with real paper: the visit of `visit_story`, the real press, pictures of signatures."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from fangshan_desk.app.press import SignedPress
from fangshan_desk.domain.records.letters import Letter, LetterKind, ServiceWay
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.visits import Answer, Visit
from fangshan_desk.domain.rights import Role
from fangshan_desk.support.signing import SigningKey
from fangshan_desk.usecases.issuing import approve_letter, issue_letter
from fangshan_desk.usecases.numbering import reserve_numbers
from fangshan_desk.usecases.prescribing import Signing, confirm_prescription, draft_prescription
from fangshan_desk.usecases.printing import letter_pdf
from fangshan_desk.usecases.serving import ServiceProof, serve_letter
from tests.helpers.clocks import FixedClock
from tests.helpers.desk_files import temporary_desk
from tests.helpers.office import office_options
from tests.helpers.visit_story import VisitStory

OWN_SEED = bytes(range(64, 96))


def ink(seed: int = 0) -> bytes:
    """A signature as the pad gives it: dark strokes on nothing."""
    picture = Image.new("RGBA", (360, 120), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    points = [(20 + step * 32, 60 + (-1) ** step * (20 + seed % 20)) for step in range(10)]
    pen.line(points, fill=(31, 41, 51, 255), width=6)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def signed_on_screen() -> tuple[Signing, ...]:
    """The enterprise and both visitors sign on the pad."""
    return (
        Signing(signer="enterprise", name="李四", post="经理", phone="13800000000", image=ink(1)),
        Signing(signer="visitor_1", name="张三", image=ink(5)),
        Signing(signer="visitor_2", name="王五", image=ink(9)),
    )


class LetterStory(VisitStory):
    """Adds letters to the visit."""

    def checked(self) -> Visit:
        """A visit that found two violations, one of wages."""
        visit = self.start()
        self.answer(visit, "CONT-01", without_contract=12, without_contract_over_year=0)
        self.answer(
            visit,
            "WAGE-01",
            unpaid_workers=18,
            unpaid_months=2,
            unpaid_amount="86400.00",
            earliest_due_date="2026-01-15",
        )
        self.answer(visit, "CONT-02", Answer.VIOLATED)
        return visit

    def draft(self, visit: Visit | None = None) -> Letter:
        """The draft of the visit."""
        return self.do(draft_prescription, visit_id=(visit or self.checked()).id)

    def confirmed(self, **options: Any) -> Letter:
        """Signed on the screen."""
        chosen = {"signings": signed_on_screen(), **options}
        return self.do(confirm_prescription, letter_id=self.draft().id, **chosen)

    def handed_over(self) -> Letter:
        """Confirmed and taken by the enterprise."""
        letter = self.confirmed()
        proof = ServiceProof(way=ServiceWay.DIRECT, served_on=self.today, recipient="李四")
        self.do(serve_letter, letter_id=letter.id, proof=proof)
        return self.letter(letter.id)

    def reserve(self, kind: LetterKind = LetterKind.PRESCRIPTION, first: int = 31, last: int = 50) -> None:
        """Numbers for this laptop; works as the leader for a moment."""
        with self.working_as(role=Role.HRSS_LEAD):
            self.do(reserve_numbers, device_id=self.desk.device.id, kind=kind, first=first, last=last)

    def issued(self, letter: Letter) -> Letter:
        """Approved by both leads and numbered."""
        self.do(approve_letter, letter_id=letter.id)
        with self.working_as(self.second):
            self.do(approve_letter, letter_id=letter.id)
        return self.do(issue_letter, letter_id=letter.id)

    def pdf(self, letter: Letter, **options: Any) -> bytes:
        """The letter's paper."""
        return self.do(letter_pdf, letter_id=letter.id, **options)

    def letter(self, letter_id: str) -> Letter:
        """The letter as it is kept."""
        [found] = self.desk.find(Letter, id=letter_id)
        assert isinstance(found, Letter)
        return found

    @contextmanager
    def working_as(self, officer: Officer | None = None, *, role: Role | None = None) -> Iterator[None]:
        """Somebody else, or the same person in another role."""
        from dataclasses import replace

        before = self.desk.officer
        self.desk.officer = officer or replace(before, role=role or before.role)
        try:
            yield
        finally:
            self.desk.officer = before


@contextmanager
def letter_story(
    folder: Path, *, role: Role = Role.HRSS, clock: FixedClock | None = None, seed: bytes = OWN_SEED
) -> Iterator[LetterStory]:
    """A story on a new file whose letters are really printed."""
    options = {**office_options(), "press": SignedPress(SigningKey(seed))}
    with temporary_desk(folder, role=role, clock=clock, **options) as desk:
        yield LetterStory(desk)
