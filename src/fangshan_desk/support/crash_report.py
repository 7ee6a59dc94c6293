"""A report about an unexpected failure: places in the code, no records; shown before it leaves."""

import linecache
import platform
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fangshan_desk.support.atomic_files import write_atomically
from fangshan_desk.support.clock import Clock
from fangshan_desk.support.logs import ROOT, short_path
from fangshan_desk.support.redaction import redact, redact_strictly, safe_value

_MOST_ERRORS = 8
_MOST_FRAMES = 40
_OWN_STAMP = re.compile(r'\{"time": "20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", ', re.ASCII)


@dataclass(frozen=True)
class CrashReport:
    """The exact text that is shown, saved and, if the person agrees, passed on."""

    name: str
    text: str


def build_crash_report(
    error: BaseException, *, version: str, clock: Clock, log_lines: Sequence[str] = ()
) -> CrashReport:
    """Type, place and source lines of the error and its causes; messages and values stay out."""
    now = clock.now_utc()
    lines = [
        f"fangshan-desk {version}",
        f"time {now.isoformat(timespec='seconds')}",
        f"python {platform.python_version()}",
        f"system {platform.system()} {platform.release()} {platform.machine()}",
        "",
    ]
    for place, each in enumerate(_causes(error)):
        lines += [("caused by " if place else "") + _title(each), *_frames(each), ""]
    lines += ["log", *(redact_log_line(line) for line in log_lines)]
    return CrashReport(f"crash-{now:%Y%m%dT%H%M%SZ}.txt", "\n".join(lines) + "\n")


def save_crash_report(report: CrashReport, folder: Path) -> Path:
    """Keep it beside the logs until the person decides."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / report.name
    write_atomically(path, report.text.encode("utf-8"))
    return path


def redact_log_line(line: str) -> str:
    """A line of our own log is clean already; a damaged or foreign one is made so."""
    stamp = _OWN_STAMP.match(line)
    end = stamp.end() if stamp else 0
    return line[:end] + redact_strictly(line[end:])


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    waiting = [error]
    while waiting and len(seen) < _MOST_ERRORS:
        current = waiting.pop(0)
        if any(current is each for each in seen):
            continue
        seen.append(current)
        yield current
        following = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        if following is not None:
            waiting.append(following)
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(current.exceptions)


def _title(error: BaseException) -> str:
    kind = type(error)
    key = getattr(error, "key", None)
    title = f"{safe_value(kind.__module__)}.{safe_value(kind.__qualname__)}"
    return f"{title} ({safe_value(key)})" if isinstance(key, str) else title


def _frames(error: BaseException) -> Iterator[str]:
    found = list(traceback.walk_tb(error.__traceback__))
    for frame, line in found[-_MOST_FRAMES:]:
        code = frame.f_code
        path = short_path(code.co_filename)
        yield redact_strictly(f"  {path}:{line} {code.co_name}")
        source = linecache.getline(code.co_filename, line).strip() if path.startswith(ROOT) else ""
        if source:
            yield redact(f"    {source}")
