"""Structured logs: one JSON object per line, only named fields, nothing personal."""

import json
import logging
import os
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from fangshan_desk.support.failures import disk_failure
from fangshan_desk.support.redaction import redact_strictly, safe_value

ROOT = "fangshan_desk"
LOG_NAME = "desk.log"
ALLOWED_FIELDS = frozenset(
    {
        "attempt", "backups", "batch", "bytes", "changeset", "code", "count", "device", "entity", "epoch",
        "exit_status", "failure", "field", "files", "http_status", "kind", "milliseconds", "operation",
        "page", "reason", "record", "round", "rows", "schema", "sequence", "state", "step", "suite",
        "table", "version",
    }
)  # fmt: skip
_MOST_BYTES = 1_000_000
_FILES_KEPT = 5
_MOST_FRAMES = 30


class EventLog:
    """What a part of the program writes events with."""

    def __init__(self, part: str) -> None:
        self._logger = logging.getLogger(f"{ROOT}.{part}")

    def info(self, event: str, **fields: object) -> None:
        """Something happened as it should."""
        self._logger.info(event, extra={"fields": fields})

    def warning(self, event: str, *, error: BaseException | None = None, **fields: object) -> None:
        """Something a person at the help desk should know."""
        self._logger.warning(event, exc_info=error, extra={"fields": fields})

    def error(self, event: str, *, error: BaseException | None = None, **fields: object) -> None:
        """Something failed."""
        self._logger.error(event, exc_info=error, extra={"fields": fields})


class LogFile:
    """The running log; closing it detaches it from the logging of the process."""

    def __init__(self, folder: Path, *, level: int = logging.INFO, most_bytes: int = _MOST_BYTES) -> None:
        self.path = folder / LOG_NAME
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handler = _QuietHandler(
                self.path, maxBytes=most_bytes, backupCount=_FILES_KEPT - 1, encoding="utf-8", delay=False
            )
        except OSError as error:
            raise disk_failure(error, self.path) from error
        self._handler.setFormatter(JsonLines())
        self._handler.addFilter(_is_worth_keeping)
        logging.getLogger().addHandler(self._handler)
        own = logging.getLogger(ROOT)
        self._former_level = own.level
        own.setLevel(level)

    def close(self) -> None:
        """Flush and let go of the file."""
        logging.getLogger().removeHandler(self._handler)
        logging.getLogger(ROOT).setLevel(self._former_level)
        self._handler.close()

    def last_lines(self, count: int = 200) -> list[str]:
        """The newest lines, for a crash report."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
        except OSError:
            return []


class JsonLines(logging.Formatter):
    """Formats a record without ever using its arguments or an exception's message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": safe_value(record.name.removeprefix(f"{ROOT}.")),
            "event": _event(record),
        }
        line.update(_allowed(getattr(record, "fields", {})))
        if record.exc_info and record.exc_info[0]:
            line["error"] = safe_value(record.exc_info[0].__name__)
            line["frames"] = frames_of(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)


class _QuietHandler(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        # Also for the file that follows a full one: closed to other accounts from its first byte.
        return open(self.baseFilename, "a", encoding="utf-8", opener=_owner_only)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """A full disk must not stop the work, and the default would print the record to stderr."""


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def frames_of(traceback: TracebackType | None) -> list[str]:
    """Where it happened, innermost last: file, line and function, no values."""
    frames: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{short_path(code.co_filename)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return [redact_strictly(frame) for frame in frames[-_MOST_FRAMES:]]


def short_path(file_name: str) -> str:
    """The path inside its package: the folders before it may carry a person's name."""
    parts = file_name.replace("\\", "/").split("/")
    if ROOT in parts:
        return "/".join(parts[len(parts) - parts[::-1].index(ROOT) - 1 :])
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return parts[-1]


def _event(record: logging.LogRecord) -> str:
    # Libraries put values into the arguments, so only the pattern is kept.
    return (
        redact_strictly(record.msg[:500])[:200] if isinstance(record.msg, str) else type(record.msg).__name__
    )


def _allowed(fields: dict[str, object]) -> dict[str, object]:
    kept: dict[str, object] = {
        name: safe_value(value) for name, value in fields.items() if name in ALLOWED_FIELDS
    }
    dropped = len(fields) - len(kept)
    return {**kept, "dropped_fields": dropped} if dropped else kept


def _is_worth_keeping(record: logging.LogRecord) -> bool:
    own = record.name == ROOT or record.name.startswith(f"{ROOT}.")
    return own or record.levelno >= logging.WARNING
