"""Takes photos and scans in for a record: cleaned in a side lane, kept in the data lane, refusals told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.visits import Attachment, AttachmentKind
from fangshan_desk.ui.context import Context, JobControl
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.ports import FileIntake, Services, TakenFile, UnitOfWork

_SUFFIXES = "*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.pdf"
_PDF = "application/pdf"


@dataclass(frozen=True)
class Source:
    """One file to take in: where it lies, or its bytes with a name."""

    path: Path | None = None
    data: bytes = b""
    name: str = ""


@dataclass(frozen=True)
class Taken:
    """What came of one source."""

    source: Source
    file: TakenFile | None = None
    refusal: ExpectedError | None = None


Run = Callable[[Job[Any], Callable[[Any], None]], None]


class EvidenceTaker(QObject):
    """Attaches files to a record; ``kept`` tells its subject's id and topic once they are committed."""

    kept = Signal(str, str)
    taken_from = Signal(list)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def ask_files(self, parent: QWidget, *, folder: str = "") -> list[Path]:
        """Let the person choose files."""
        texts = self._context.texts
        kinds = texts("visit-evidence-kinds", suffixes=_SUFFIXES)
        chosen, _ = QFileDialog.getOpenFileNames(parent, texts("visit-evidence-choose"), folder, kinds)
        return [Path(name) for name in chosen]

    def take_image(self, image: QImage, *, subject: str, subject_id: str, topic: str = "") -> None:
        """Attach a picture from the clipboard."""
        name = self._context.texts("visit-evidence-pasted")
        source = Source(data=_png(image), name=f"{name}.png")
        self.take([source], subject=subject, subject_id=subject_id, topic=topic)

    def take_files(
        self, paths: Sequence[str | Path], *, subject: str, subject_id: str, topic: str = ""
    ) -> None:
        """Attach files by their places."""
        sources = [Source(path=Path(path)) for path in paths]
        self.take(sources, subject=subject, subject_id=subject_id, topic=topic)

    def take(self, sources: Sequence[Source], *, subject: str, subject_id: str, topic: str = "") -> None:
        """Attach what can be taken; each refusal is told and keeps nothing else from being kept."""
        intake = self._context.desk.services.intake
        if intake is None or not sources:
            return

        def work(control: JobControl) -> list[Taken]:
            return [_take(intake, source, n, len(sources), control) for n, source in enumerate(sources)]

        def done(taken: list[Taken]) -> None:
            self._on_taken(taken, subject=subject, subject_id=subject_id, topic=topic)

        self._context.operations.run_long(
            work, on_done=done, label=self._context.texts("visit-evidence-taking"), initiator=self
        )

    def _on_taken(self, taken: list[Taken], *, subject: str, subject_id: str, topic: str) -> None:
        for each in taken:
            if each.refusal is not None:
                texts, refusal = self._context.texts, each.refusal
                self._context.operations.say(texts(refusal.key, **refusal.values), kind="warning")
        files = [each.file for each in taken if each.file is not None]
        if not files:
            return
        paths = [each.source.path for each in taken if each.file is not None and each.source.path]

        def keep(uow: UnitOfWork, services: Services) -> list[Attachment]:
            return [
                add_attachment(
                    subject=subject,
                    subject_id=subject_id,
                    topic=topic,
                    data=file.data,
                    media_type=file.mime,
                    file_name=file.file_name,
                    kind=AttachmentKind.SCAN if file.mime == _PDF else AttachmentKind.PHOTO,
                    thumbnail=file.thumbnail_png,
                    taken_at=_moment(file.taken_at, services.clock.offset_minutes()),
                    uow=uow,
                    services=services,
                )
                for file in files
            ]

        def kept(_attachments: list[Attachment]) -> None:
            self.taken_from.emit(paths)
            self.kept.emit(subject_id, topic)

        self._context.transact(keep, on_done=kept, initiator=self)


def _take(intake: FileIntake, source: Source, number: int, total: int, control: JobControl) -> Taken:
    control.check()
    control.report(number, total, source.name or (source.path.name if source.path else ""))
    try:
        return Taken(source, file=intake.take(source.path or source.data, source.name or None))
    except ExpectedError as refusal:
        return Taken(source, refusal=refusal)


def _moment(written: str | None, offset_minutes: int) -> datetime | None:
    """The camera's time; without an offset of its own it is the office's."""
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    office = timezone(timedelta(minutes=offset_minutes))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=office)


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt wants text
    return bytes(held.data())
