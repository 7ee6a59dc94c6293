"""A real encrypted workspace in a temporary folder, with a clock that stands still and one officer."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fangshan_desk.data.attachments import AttachmentStore
from fangshan_desk.data.desk_file import DeskFile, FilePlaces, create_desk_file, open_desk_file
from fangshan_desk.data.unit_of_work import SQLUnitOfWork
from fangshan_desk.domain.day_counting import HolidayCalendar
from fangshan_desk.domain.letter_facts import LetterFacts
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.people import Device, Officer
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.support.identifiers import IdentifierSource
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.sync.sealing import ChangesetSealer
from tests.helpers.clocks import FixedClock
from tests.helpers.reference import name_rules, reference_library, risk_model, townships, workflow_limits

if TYPE_CHECKING:
    from fangshan_desk.usecases.desk import Job, Outcome, Readers
    from fangshan_desk.usecases.ports import PageImage, Services

T = TypeVar("T")

FILE_KEY = bytes(range(32))
DEVICE_ID = bytes(range(16, 32))
SIGNING_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(64, 96)))


class PlainPress:
    """Prints nothing pretty: same facts, same bytes."""

    def render(self, facts: LetterFacts, *, code_text: str, signatures: Mapping[str, bytes]) -> bytes:
        """A recognisable stand-in for the PDF."""
        return f"%PDF {facts.to_json()} {code_text} {sorted(signatures)}".encode()

    def code_text(self, facts: LetterFacts) -> str:
        """A recognisable stand-in for the QR text."""
        return f"CODE {facts.letterhead.number} {facts.content_digest().hex()}"

    def check_glyphs(self, facts: LetterFacts) -> None:
        """Everything can be printed."""

    def plain_text(self, facts: LetterFacts) -> str:
        """The facts as they are kept."""
        return facts.to_json()

    def check_words(self, facts: LetterFacts) -> str:
        """The first letters of the digest."""
        return facts.content_digest().hex()[:8]

    def code_modules(self, code_text: str) -> Sequence[bytes]:
        """A square without a meaning."""
        return [bytes(21)] * 21

    def page_sizes(self, pdf: bytes) -> Sequence[tuple[float, float]]:
        """One sheet of A4."""
        return [(595.0, 842.0)]

    def page_image(self, pdf: bytes, number: int, *, dpi: float) -> "PageImage":
        """Prints nothing, so there is nothing to see."""
        raise NotImplementedError


@dataclass
class TemporaryDesk:
    """The open file and what use cases need besides; ``options`` replace single services."""

    file: DeskFile
    clock: FixedClock
    new_id: IdentifierSource
    officer: Officer
    device: Device
    attachments: AttachmentStore
    options: dict[str, Any] = field(default_factory=dict)

    def transaction(self) -> AbstractContextManager[SQLUnitOfWork]:
        """A unit of work signed by the officer."""
        return self.file.transaction(self.officer.id)

    def keep(self, *records: Record) -> None:
        """Insert the records and commit."""
        with self.transaction() as uow:
            uow.insert(*records)
            uow.commit()

    def find(self, record: type[Any], **equal: Any) -> list[Any]:
        """Committed records whose fields equal the given values."""
        with self.transaction() as uow:
            return uow.find(record, **equal)

    @property
    def services(self) -> "Services":
        """Services with the fixed clock; what a test needs more of goes into ``options``."""
        from fangshan_desk.usecases.ports import Services

        given: dict[str, Any] = {
            "clock": self.clock,
            "new_id": self.new_id,
            "actor": self.officer,
            "device": self.device,
            "reference": reference_library(),
            "risk_model": risk_model(),
            "limits": workflow_limits(),
            "townships": townships(),
            "name_rules": name_rules(),
            "text": chinese_texts(),
            "calendar": HolidayCalendar.of([]),
            "press": PlainPress(),
            "attachments": self.attachments,
        }
        return Services(**{**given, **self.options})

    @cached_property
    def readers(self) -> "Readers":
        """The real readers of the open file."""
        from fangshan_desk.data.readers.ledger import SQLLedgerReader
        from fangshan_desk.data.readers.letters import SQLLetterReader
        from fangshan_desk.data.readers.register import SQLRegisterReader
        from fangshan_desk.data.readers.today import SQLTodayReader
        from fangshan_desk.data.readers.visits import SQLVisitReader
        from fangshan_desk.usecases.desk import Readers

        database = self.file.database
        return Readers(
            register=SQLRegisterReader(database),
            visits=SQLVisitReader(database),
            letters=SQLLetterReader(database),
            ledger=SQLLedgerReader(database),
            today=SQLTodayReader(database),
        )

    def transact(self, job: "Job[T]") -> "Outcome[T]":
        """Run one job in one transaction and commit it, as the real desk does."""
        from fangshan_desk.usecases.desk import Outcome

        with self.transaction() as uow:
            result = job(uow, self.services)
            uow.commit()
            return Outcome(result, uow.changes)


@contextmanager
def temporary_desk(
    folder: Path, *, clock: FixedClock | None = None, role: Role = Role.HRSS, **options: Any
) -> Iterator[TemporaryDesk]:
    """Create and open a desk file in the folder; the officer and the laptop are already in it."""
    fixed = clock or FixedClock()
    places = FilePlaces(folder / "desk.db", folder / "head.bin", folder / "backups")
    public = SIGNING_KEY.public_key().public_bytes_raw()
    if not places.database.exists():
        create_desk_file(places, FILE_KEY, device=DEVICE_ID, public_key=public)
    opened = open_desk_file(places, FILE_KEY, sealer=_sealer(fixed), backup=lambda _database: None)
    try:
        yield _staffed(opened, fixed, role, AttachmentStore(folder / "attachments", FILE_KEY), options)
    finally:
        opened.close()


def _sealer(clock: FixedClock) -> ChangesetSealer:
    def wall() -> tuple[int, int]:
        return int(clock.now_utc().timestamp() * 1000), clock.offset_minutes()

    return ChangesetSealer(sign=SIGNING_KEY.sign, wall=wall)


def _staffed(
    opened: DeskFile,
    clock: FixedClock,
    role: Role,
    attachments: AttachmentStore,
    options: dict[str, Any],
) -> TemporaryDesk:
    new_id = IdentifierSource(clock)
    body = {Role.FTU: Body.FTU, Role.FTU_LEAD: Body.FTU, Role.FIC: Body.FIC, Role.TOWN: Body.TOWN}
    officer = Officer(id=new_id(), name="张三", body=body.get(role, Body.HRSS), role=role)
    device = Device(
        id=new_id(), number=7, name="一号笔记本", public_key=SIGNING_KEY.public_key().public_bytes_raw().hex()
    )
    desk = TemporaryDesk(opened, clock, new_id, officer, device, attachments, options=options)
    known = desk.find(Officer)
    if known:
        desk.officer, desk.device = cast(Officer, known[0]), cast(Device, desk.find(Device)[0])
    else:
        desk.keep(officer, device)
    return desk
