"""What a person may set, declared once; kept as JSON in the workspace."""

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from fangshan_desk.support.atomic_files import write_atomically
from fangshan_desk.support.failures import disk_failure

_MOST_TEXT = 4000
_Metadata = Mapping[str, Callable[[object], object]]


class FontSource(StrEnum):
    """Which fonts the screens use; letters always use our own."""

    VENDORED = "vendored"
    INSTALLED = "installed"


def _number(value: object, *, least: int, most: int) -> int:
    # In Python True is an int, in a settings file it is a mistake.
    if type(value) is int and least <= value <= most:
        return value
    raise ValueError(value)


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(value)


def _text(value: object) -> str:
    if isinstance(value, str) and len(value) <= _MOST_TEXT:
        return value
    raise ValueError(value)


def _between(least: int, most: int) -> _Metadata:
    return {"read": lambda value: _number(value, least=least, most=most)}


_ON_OFF: _Metadata = {"read": _switch}
_TEXT: _Metadata = {"read": _text}


@dataclass(frozen=True)
class Settings:
    """Every setting with its default and limits; nothing personal, because the file is readable."""

    # A shared office computer: the desk locks itself after ten minutes at the latest.
    idle_lock_minutes: int = field(default=10, metadata=_between(1, 10))
    watched_folder: str = field(default="", metadata=_TEXT)
    printer_name: str = field(default="", metadata=_TEXT)
    print_copies: int = field(default=2, metadata=_between(1, 9))
    print_duplex: bool = field(default=True, metadata=_ON_OFF)
    font_source: FontSource = field(
        default=FontSource.VENDORED, metadata={"read": lambda value: FontSource(_text(value))}
    )
    text_scale_percent: int = field(default=100, metadata=_between(80, 200))
    backup_folder: str = field(default="", metadata=_TEXT)
    warn_about_synced_folder: bool = field(default=True, metadata=_ON_OFF)
    last_user_id: str = field(default="", metadata=_TEXT)
    window_layout: str = field(default="", metadata=_TEXT)


@dataclass(frozen=True)
class SettingNote:
    """A value in the file that was not usable; ``key`` names the sentence, ``setting`` the field or ""."""

    key: str
    setting: str = ""


@dataclass(frozen=True)
class LoadedSettings:
    """Usable settings and what had to be replaced."""

    settings: Settings
    notes: tuple[SettingNote, ...] = ()


class SettingsFile:
    """Reads and writes; what a newer program left in the file stays in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> LoadedSettings:
        """Never fails: what cannot be read is replaced by its default, with a note."""
        try:
            found = self._content()
        except ValueError:
            self._move_aside()
            return LoadedSettings(Settings(), (SettingNote("setting-file-unreadable"),))
        usable, notes = {}, []
        for declared in fields(Settings):
            if declared.name not in found:
                continue
            try:
                usable[declared.name] = declared.metadata["read"](found[declared.name])
            except ValueError:
                notes.append(SettingNote("setting-replaced", declared.name))
        return LoadedSettings(Settings(**usable), tuple(notes))

    def save(self, settings: Settings) -> None:
        """Write beside and rename; unknown keys stay."""
        try:
            content = self._content()
        except ValueError:
            content = {}
        content.update(asdict(settings))
        text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
        write_atomically(self._path, text.encode("utf-8"))

    def _content(self) -> dict[str, object]:
        try:
            content = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        except OSError as error:
            raise disk_failure(error, self._path) from error
        if not isinstance(content, dict):
            raise ValueError("not an object")
        return content

    def _move_aside(self) -> None:
        # Kept for a person to look at; the next save would overwrite it.
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_name(self._path.name + ".bad"))
