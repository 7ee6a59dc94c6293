"""Every sentence a person reads, by key, from `resources/text`."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

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
        for file in sorted(folder.glob("*.ftl")):
            self._bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    def __call__(self, key: str, **values: object) -> str:
        message = self._bundle.get_message(key) if self._bundle.has_message(key) else None
        if message is None or message.value is None:
            raise MissingTextError(key)
        sentence, errors = self._bundle.format_pattern(message.value, _plain(values))
        if errors:
            raise MissingTextError(f"{key}: {errors[0]}")
        return str(sentence)

    def has(self, key: str) -> bool:
        """Whether the key has a sentence."""
        return self._bundle.has_message(key)


def _plain(values: dict[str, object]) -> dict[str, object]:
    # Fluent would print 1000 as "1,000": numbers are formatted by the caller.
    return {name: str(value) for name, value in values.items()}


@cache
def chinese_texts() -> Texts:
    """The texts shipped with the program."""
    return Texts(resource_path("text/zh_CN"))
