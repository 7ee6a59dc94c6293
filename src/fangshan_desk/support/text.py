"""Every sentence a person reads, by key, from `resources/text`."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from threading import RLock  # noqa: TID251 - guards the sentences read so far, starts nothing

from fluent.runtime import FluentBundle, FluentResource

from fangshan_desk.support.resources import resource_path

Text = Callable[..., str]


class MissingTextError(LookupError):
    """A key stands in the code but in no file of `resources/text`."""


class Texts:
    """Sentences of one language; call it with a key and named values."""

    def __init__(self, folder: Path) -> None:
        # Isolation marks around values would end up in PDFs and on the clipboard.
        self._bundle = FluentBundle(["zh-CN"], use_isolating=False)
        # Reading every sentence takes longer than opening the database; a day needs a few hundred of them.
        self._unread: dict[str, str] = {}
        self._turn = RLock()
        for file in sorted(folder.glob("*.ftl")):
            for key, entry in _entries(file.read_text(encoding="utf-8")):
                self._unread.setdefault(key, entry)

    def __call__(self, key: str, **values: object) -> str:
        message = self._bundle.get_message(key) if self.has(key) else None
        if message is None or message.value is None:
            raise MissingTextError(key)
        sentence, errors = self._bundle.format_pattern(message.value, _plain(values))
        if errors:
            raise MissingTextError(f"{key}: {errors[0]}")
        return str(sentence)

    def has(self, key: str) -> bool:
        """Whether the key has a sentence."""
        self._read(key)
        return self._bundle.has_message(key)

    def _read(self, key: str) -> None:
        if key not in self._unread:
            return
        with self._turn:
            entry = self._unread.get(key)
            if not entry:
                return
            # Empty while it is being read: a sentence that refers to itself must not be read for ever.
            self._unread[key] = ""
            for reference in _REFERENCE.findall(entry):
                self._read(reference)
            self._bundle.add_resource(FluentResource(entry))
            # Last, so that another lane waits until the sentence is whole.
            del self._unread[key]


_ENTRY = re.compile(r"^(-?[A-Za-z][\w-]*)[ ]*=", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[A-Za-z][\w-]*)")


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Key and source of every message and term; they begin where a line does."""
    starts = list(_ENTRY.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield start[1], text[start.start() : end]


def _plain(values: dict[str, object]) -> dict[str, object]:
    # Fluent would print 1000 as "1,000": numbers are formatted by the caller.
    return {name: str(value) for name, value in values.items()}


@cache
def chinese_texts() -> Texts:
    """The texts shipped with the program."""
    return Texts(resource_path("text/zh_CN"))
