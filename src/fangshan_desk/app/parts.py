"""The parts of one open workspace, built once and handed on."""

from dataclasses import dataclass, field
from functools import cached_property

from fangshan_desk.app.keys import device_signing_key
from fangshan_desk.app.press import SignedPress
from fangshan_desk.app.reference import Reference, read_reference_files
from fangshan_desk.data.attachments import AttachmentStore
from fangshan_desk.data.desk_file import DeskFile
from fangshan_desk.data.image_intake import ImageIntake
from fangshan_desk.data.readers.chain import ChainReader
from fangshan_desk.data.readers.ledger import SQLLedgerReader
from fangshan_desk.data.readers.letters import SQLLetterReader
from fangshan_desk.data.readers.register import SQLRegisterReader
from fangshan_desk.data.readers.today import SQLTodayReader
from fangshan_desk.data.readers.visits import SQLVisitReader
from fangshan_desk.data.spreadsheets.handing_out import write_table
from fangshan_desk.data.watched_folder import WatchedFolder
from fangshan_desk.domain.day_counting import CalendarYear, HolidayCalendar
from fangshan_desk.domain.records.people import CalendarDay, Device, Officer
from fangshan_desk.support.clock import Clock
from fangshan_desk.support.data_key import DataKey, KeyLabel
from fangshan_desk.support.holidays import DayOverride, holiday_year
from fangshan_desk.support.identifiers import IdentifierSource
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.usecases.desk import Readers
from fangshan_desk.usecases.ports import Services

YEARS_AROUND = 3


@dataclass
class Parts:
    """Everything behind one open desk."""

    workspace: Workspace
    key: DataKey
    file: DeskFile
    clock: Clock
    attachments: AttachmentStore
    readers: Readers
    reference: Reference
    press: SignedPress
    new_id: IdentifierSource
    _intake: list[ImageIntake] = field(default_factory=list)

    @property
    def intake(self) -> ImageIntake:
        """Takes in photos and scans; its child process starts at first use."""
        if not self._intake:
            self._intake.append(ImageIntake())
        return self._intake[0]

    @property
    def chain(self) -> ChainReader:
        """The stored change-sets."""
        return ChainReader(self.file.database)

    def services(self, officer: Officer, device: Device) -> Services:
        """What use cases get for this person on this laptop."""
        return Services(
            clock=self.clock,
            new_id=self.new_id,
            actor=officer,
            device=device,
            reference=self.reference.library,
            risk_model=self.reference.risk_model,
            limits=self.reference.limits,
            townships=self.reference.townships,
            name_rules=self.reference.name_rules,
            calendar=self.calendar,
            text=chinese_texts(),
            press=self.press,
            attachments=self.attachments,
            intake=self.intake,
            watch_folder=lambda folder, remembered: WatchedFolder(folder, remembered=remembered),
            write_table=write_table,
        )

    @cached_property
    def calendar(self) -> HolidayCalendar:
        """Holidays around today: the library's, with the office's own days over them."""
        with self.file.transaction("") as uow:
            own = [DayOverride(entry.day, entry.is_working) for entry in uow.find(CalendarDay)]
        today = self.clock.today()
        years = range(today.year - YEARS_AROUND, today.year + YEARS_AROUND)
        known = (holiday_year(year, overrides=own) for year in years)
        return HolidayCalendar.of(
            CalendarYear(each.year, each.holidays, each.makeup_workdays) for each in known if each is not None
        )

    def close(self) -> None:
        """End the child process, if one was started."""
        while self._intake:
            self._intake.pop().close()


def build_parts(
    workspace: Workspace, key: DataKey, file: DeskFile, *, clock: Clock, new_id: IdentifierSource
) -> Parts:
    """Build everything once."""
    database = file.database
    return Parts(
        workspace=workspace,
        key=key,
        file=file,
        clock=clock,
        attachments=AttachmentStore(workspace.attachments, key.sub_key(KeyLabel.ATTACHMENTS)),
        readers=Readers(
            register=SQLRegisterReader(database),
            visits=SQLVisitReader(database),
            letters=SQLLetterReader(database),
            ledger=SQLLedgerReader(database),
            today=SQLTodayReader(database),
        ),
        reference=read_reference_files(workspace.folder / "cache"),
        press=SignedPress(device_signing_key(key)),
        new_id=new_id,
    )
