"""Looks into a camera's or scanner's folder for new files that are completely written."""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from fangshan_desk.data.image_intake.kinds import ACCEPTED_SUFFIXES

_SETTLE_SECONDS = 2.0


@dataclass(frozen=True)
class _Sighting:
    size: int
    changed_ns: int
    since: float


class WatchedFolder:
    """Polled by a timer; every file is offered once, and never again after ``mark_taken``.

    ``remembered`` belongs into the encrypted database: it is given back at the next start.
    """

    def __init__(
        self,
        folder: Path,
        *,
        remembered: Collection[str] = (),
        settle_seconds: float = _SETTLE_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._remembered = set(remembered)
        self._offered: set[str] = set()
        self._seen: dict[Path, _Sighting] = {}
        self._settle_seconds = settle_seconds
        self._monotonic = monotonic

    @property
    def is_available(self) -> bool:
        """Whether the folder is there (a card or a share may be away)."""
        return self._folder.is_dir()

    @property
    def remembered(self) -> frozenset[str]:
        """Fingerprints of what was taken; they do not tell a name."""
        return frozenset(self._remembered)

    def poll(self) -> list[Path]:
        """Complete files not offered before, oldest first; refused ones are not offered again today."""
        now = self._monotonic()
        found = self._candidates()
        self._seen = {path: self._sighting(path, *state, now=now) for path, state in found.items()}
        ready = [path for path in found if self._is_ready(path, now)]
        ready.sort(key=lambda path: (found[path][1], path.name))
        self._offered.update(self._fingerprint(path) for path in ready)
        return ready

    def mark_taken(self, path: Path) -> None:
        """The file's content is stored: do not offer it again, even after a restart."""
        if path in self._seen:
            self._remembered.add(self._fingerprint(path))

    def remember_all_present(self) -> int:
        """Skip what lies there already (the first time a folder is chosen); returns how many."""
        now = self._monotonic()
        found = self._candidates()
        self._seen = {path: self._sighting(path, *state, now=now) for path, state in found.items()}
        self._remembered.update(self._fingerprint(path) for path in found)
        return len(found)

    def _candidates(self) -> dict[Path, tuple[int, int]]:
        try:
            with os.scandir(self._folder) as entries:
                states = ((Path(entry.path), _state(entry)) for entry in entries)
                return {path: state for path, state in states if state is not None}
        except OSError:
            return {}

    def _sighting(self, path: Path, size: int, changed_ns: int, *, now: float) -> _Sighting:
        before = self._seen.get(path)
        if before and (before.size, before.changed_ns) == (size, changed_ns):
            return before
        return _Sighting(size=size, changed_ns=changed_ns, since=now)

    def _is_ready(self, path: Path, now: float) -> bool:
        fingerprint = self._fingerprint(path)
        if fingerprint in self._remembered or fingerprint in self._offered:
            return False
        return now - self._seen[path].since >= self._settle_seconds and _may_be_read(path)

    def _fingerprint(self, path: Path) -> str:
        seen = self._seen[path]
        state = f"{path.name}|{seen.size}|{seen.changed_ns}"
        return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()


def _state(entry: os.DirEntry[str]) -> tuple[int, int] | None:
    is_hidden = entry.name.startswith((".", "~$"))
    if is_hidden or Path(entry.name).suffix.lower() not in ACCEPTED_SUFFIXES:
        return None
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    # A camera begins with an empty file; links could lead anywhere.
    if not stat.S_ISREG(found.st_mode) or found.st_size == 0:
        return None
    return found.st_size, found.st_mtime_ns


def _may_be_read(path: Path) -> bool:
    # Windows refuses while the camera's program still holds the file.
    try:
        with open(path, "rb"):
            return True
    except OSError:
        return False
