"""Takes photos and scans from a file, a drop, the clipboard or the watched folder."""

import stat
import threading  # noqa: TID251  # one question at a time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from fangshan_desk.data.file_names import safe_file_name, with_suffix_of_content
from fangshan_desk.data.image_intake import refusals
from fangshan_desk.data.image_intake.kinds import ACCEPTED_SUFFIXES, SUFFIXES, FileKind, kind_of
from fangshan_desk.data.image_intake.messages import Message
from fangshan_desk.data.image_intake.worker import ChildEndedError, ChildTooSlowError, Worker

LARGEST_FILE = 40 * 1024 * 1024
# A little more than the child's own limit, so that usually the child ends itself.
_SECONDS = 35.0
# A decoder that was subverted must not see the files of a whole day.
_FILES_PER_CHILD = 20
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class IntakeResult:
    """A file ready for the attachment store."""

    data: bytes = field(repr=False)
    mime: str
    width: int
    height: int
    # The camera's own local time in ISO form, with an offset where the camera wrote one.
    taken_at: str | None
    thumbnail_png: bytes = field(repr=False)
    file_name: str
    pages: int = 1


class ImageIntake:
    """Keeps one child process warm; closed when the desk locks or ends."""

    def __init__(self, *, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._worker: Worker | None = None
        # The child answers one question at a time, whichever lane asks.
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def child_pid(self) -> int | None:
        """Process id of the warm child, if there is one."""
        return self._worker.pid if self._worker else None

    def warm_up(self) -> None:
        """Start the child before the first photo comes."""
        self._ready_worker()

    def close(self) -> None:
        """End the child; the next ``take`` starts a new one."""
        if self._worker:
            self._worker.end()
            self._worker = None

    def take(self, path_or_bytes: Path | bytes, file_name: str | None = None) -> IntakeResult:
        """Clean bytes with thumbnail and safe name, or an ``IntakeRefusedError``."""
        given = path_or_bytes.name if isinstance(path_or_bytes, Path) else ""
        name = safe_file_name(file_name or given)
        data = _bounded(path_or_bytes, name)
        kind = kind_of(data)
        if not data:
            raise refusals.EmptyFileError(file_name=name)
        if kind is None:
            raise refusals.NotAnImageError(file_name=name)
        return _result(self._asked(kind, data, name), kind=kind, data=data, name=name)

    def _asked(self, kind: FileKind, data: bytes, name: str) -> Message:
        question = Message(head={"kind": kind.value}, parts=(data,))
        try:
            with self._turn:
                return self._ready_worker().ask(question, seconds=self._seconds)
        except ChildTooSlowError as error:
            self._worker = None
            raise refusals.IntakeTimeoutError(file_name=name) from error
        except ChildEndedError as error:
            self._worker = None
            raise refusals.IntakeInterruptedError(file_name=name) from error

    def _ready_worker(self) -> Worker:
        if self._worker and not (self._worker.is_alive and self._worker.asked < _FILES_PER_CHILD):
            self.close()
        if self._worker is None:
            self._worker = Worker()
        return self._worker


def _bounded(source: Path | bytes, name: str) -> bytes:
    size = len(source) if isinstance(source, bytes) else _size_of(source, name)
    if size > LARGEST_FILE:
        raise refusals.FileTooLargeError(
            file_name=name, size_mb=-(-size // _MEGABYTE), limit_mb=LARGEST_FILE // _MEGABYTE
        )
    if isinstance(source, bytes):
        return source
    try:
        with open(source, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise refusals.FileUnreadableError(file_name=name) from error
    # It grew since its size was read: still being copied.
    if len(data) != size:
        raise refusals.FileUnreadableError(file_name=name)
    return data


def _size_of(path: Path, name: str) -> int:
    try:
        found = path.stat()
    except OSError as error:
        raise refusals.FileUnreadableError(file_name=name) from error
    # Reading a pipe or a device could wait for ever.
    if not stat.S_ISREG(found.st_mode):
        raise refusals.FileUnreadableError(file_name=name)
    return found.st_size


def _result(answer: Message, *, kind: FileKind, data: bytes, name: str) -> IntakeResult:
    if "refused" in answer.head:
        raise _refusal(answer, name)
    try:
        result = _believed(answer, kind, name)
    except (KeyError, TypeError, ValueError) as error:
        raise refusals.IntakeInterruptedError(file_name=name) from error
    # A PDF is kept as it came; the child's copy of it is not needed.
    is_changed_document = kind is FileKind.PDF and result.data != data
    if is_changed_document or kind_of(result.data) != result.mime:
        raise refusals.IntakeInterruptedError(file_name=name)
    return result


def _refusal(answer: Message, name: str) -> refusals.IntakeRefusedError:
    refusal = refusals.REFUSALS.get(str(answer.head["refused"]), refusals.DamagedFileError)
    values = answer.head.get("values")
    fields = cast(dict[str, object], values) if isinstance(values, dict) else {}
    return refusal(**{**fields, "file_name": name})


def _believed(answer: Message, kind: FileKind, name: str) -> IntakeResult:
    data, thumbnail = answer.parts
    mime = FileKind(str(answer.head["mime"]))
    if (mime is FileKind.PDF) != (kind is FileKind.PDF) or kind_of(thumbnail) is not FileKind.PNG:
        raise ValueError("not what was asked for")
    taken_at = answer.head["taken_at"]
    return IntakeResult(
        data=data,
        mime=mime.value,
        width=_counted(answer.head["width"]),
        height=_counted(answer.head["height"]),
        taken_at=None if taken_at is None else str(taken_at)[:40],
        thumbnail_png=thumbnail,
        file_name=with_suffix_of_content(name, SUFFIXES[mime], wrong=ACCEPTED_SUFFIXES),
        pages=_counted(answer.head["pages"]),
    )


def _counted(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("not a count")
    return value
