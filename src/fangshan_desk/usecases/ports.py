"""What use cases ask of the rest of the program; `app` hands in the real things, tests their own."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.day_counting import HolidayCalendar
from fangshan_desk.domain.enterprise_names import NameRules
from fangshan_desk.domain.letter_facts import LetterFacts
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.people import Device, Officer
from fangshan_desk.domain.reference_library import ReferenceLibrary
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.domain.townships import Townships

if TYPE_CHECKING:
    from fangshan_desk.domain.risk.parameters import ModelParameters

R = TypeVar("R", bound=Record)


class Clock(Protocol):
    """The device's time."""

    def now_utc(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The date on the wall of the office."""
        ...

    def offset_minutes(self) -> int:
        """Minutes the office is ahead of UTC."""
        ...


class Text(Protocol):
    """Sentences of `resources/text` by key."""

    def __call__(self, key: str, **values: object) -> str:
        """The sentence with the values filled in."""
        ...


class NewId(Protocol):
    """Makes the id of a new record."""

    def __call__(self) -> str:
        """The next UUIDv7 in canonical text."""
        ...


class UnitOfWork(Protocol):
    """One transaction; the runner commits it when the use case returns."""

    @property
    def changes(self) -> Changes:
        """Everything written so far."""
        ...

    def get(self, record: type[R], record_id: str) -> R:
        """The record, or RecordNotFoundError."""
        ...

    def find(self, record: type[R], **equal: Any) -> list[R]:
        """Records whose fields equal the given values, oldest first."""
        ...

    def insert(self, *records: Record) -> None:
        """Add records after checking them against their declaration."""
        ...

    def update(self, record: R, **fields: Any) -> R:
        """Write the named fields; returns the record as it is now."""
        ...

    def delete(self, record: Record) -> None:
        """Remove the record."""
        ...

    def remember(self, name: str, value: Any) -> None:
        """Keep where the person was, on this laptop only."""
        ...

    def recall(self, name: str) -> Any:
        """What `remember` kept, or None."""
        ...


class PageImage(Protocol):
    """One page as pixels: four bytes each (blue, green, red, unused), rows without gaps."""

    @property
    def width(self) -> int:
        """Pixels in a row."""
        ...

    @property
    def height(self) -> int:
        """Rows."""
        ...

    @property
    def stride(self) -> int:
        """Bytes in a row."""
        ...

    @property
    def pixels(self) -> bytes:
        """The rows from top to bottom."""
        ...


class LetterPress(Protocol):
    """Prints a letter's frozen facts; same facts, same bytes. May be used from any lane."""

    def render(self, facts: LetterFacts, *, code_text: str, signatures: Mapping[str, bytes]) -> bytes:
        """The PDF; ``signatures`` are PNG images by the name of who signed."""
        ...

    def code_text(self, facts: LetterFacts) -> str:
        """The QR text over number, date and content digest, signed with the laptop's key.

        The facts carry their date: of the confirmation, or of the issue.
        """
        ...

    def check_glyphs(self, facts: LetterFacts) -> None:
        """Raises an ExpectedError naming every character no font of ours can print."""
        ...

    def plain_text(self, facts: LetterFacts) -> str:
        """What the letter says, one paragraph a line."""
        ...

    def check_words(self, facts: LetterFacts) -> str:
        """The short code a person can read out and type."""
        ...

    def code_modules(self, code_text: str) -> Sequence[bytes]:
        """The QR code row by row, one byte a module: dark below 128."""
        ...

    def page_sizes(self, pdf: bytes) -> Sequence[tuple[float, float]]:
        """Width and height of every page in points."""
        ...

    def page_image(self, pdf: bytes, number: int, *, dpi: float) -> PageImage:
        """One page on white, counted from 0."""
        ...


class StoredFile(Protocol):
    """Name and size of kept bytes."""

    @property
    def sha256(self) -> str:
        """The name, in hexadecimal."""
        ...

    @property
    def size(self) -> int:
        """Bytes of the content."""
        ...


class AttachmentKeeper(Protocol):
    """Content-addressed encrypted files beside the database."""

    def put(self, data: bytes) -> StoredFile:
        """Keep the bytes; they are durable when this returns."""
        ...

    def read(self, sha256: str) -> bytes:
        """The bytes, verified against their name."""
        ...


class TakenFile(Protocol):
    """A photo, scan or PDF that was told apart by its bytes, cleaned and made small."""

    @property
    def data(self) -> bytes:
        """The bytes to keep, without the place where it was taken."""
        ...

    @property
    def mime(self) -> str:
        """Its media type."""
        ...

    @property
    def taken_at(self) -> str | None:
        """The camera's own local time in ISO form, if it wrote one."""
        ...

    @property
    def thumbnail_png(self) -> bytes:
        """A small picture for lists."""
        ...

    @property
    def file_name(self) -> str:
        """A name that is safe on every system."""
        ...


class FileIntake(Protocol):
    """Takes files from outside in; slow, so never on the screen's lane."""

    def take(self, path_or_bytes: Path | bytes, file_name: str | None = None) -> TakenFile:
        """The cleaned file, or an ExpectedError that says why it is refused."""
        ...


class CameraFolder(Protocol):
    """A camera's or scanner's folder that is looked into now and then."""

    @property
    def is_available(self) -> bool:
        """Whether the folder is there."""
        ...

    @property
    def remembered(self) -> Collection[str]:
        """Fingerprints of what was taken, to be kept and given back."""
        ...

    def poll(self) -> list[Path]:
        """Complete files not offered before, oldest first."""
        ...

    def mark_taken(self, path: Path) -> None:
        """Do not offer the file again."""
        ...

    def remember_all_present(self) -> int:
        """Skip what lies there already; returns how many."""
        ...


WatchFolder = Callable[[Path, Collection[str]], CameraFolder]


class CellKind(StrEnum):
    """How the values of an exported column are written; money is whole fen."""

    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True)
class TableColumn:
    """Heading and kind of one exported column, and where wanted its width in Latin characters."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: float | None = None


class WriteTable(Protocol):
    """Writes a worksheet or text file that is safe against formulas; complete or not at all."""

    def __call__(
        self,
        path: Path,
        columns: Sequence[TableColumn],
        rows: Iterable[Sequence[object]],
        *,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        """The number of rows written."""
        ...


@dataclass(frozen=True, kw_only=True)
class Services:
    """What every use case may need besides its own arguments."""

    clock: Clock
    new_id: NewId
    actor: Officer
    device: Device
    reference: ReferenceLibrary
    risk_model: "ModelParameters"
    limits: WorkflowLimits
    townships: Townships
    name_rules: NameRules
    calendar: HolidayCalendar
    text: Text
    press: LetterPress
    attachments: AttachmentKeeper
    intake: FileIntake | None = None
    watch_folder: WatchFolder | None = None
    write_table: WriteTable | None = None
