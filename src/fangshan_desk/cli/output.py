"""What a command says: lines for people or one JSON object per line for programs."""

import json
from collections.abc import Mapping
from typing import Any, TextIO

from fangshan_desk.domain.records.validating import to_plain


class Output:
    """Standard output and error of one command."""

    def __init__(self, out: TextIO, err: TextIO, *, as_json: bool) -> None:
        self._out, self._err, self.as_json = out, err, as_json

    def line(self, text: str) -> None:
        """One line for a person; silent in JSON mode."""
        if not self.as_json:
            self._out.write(text + "\n")

    def row(self, values: Mapping[str, Any]) -> None:
        """One object: JSON, or its values separated by tabs."""
        plain = to_plain(values)
        if self.as_json:
            self._out.write(json.dumps(plain, ensure_ascii=False) + "\n")
        else:
            self._out.write("\t".join(_cell(value) for value in plain.values()) + "\n")

    def say(self, text: str) -> None:
        """Progress and results beside the data, on standard error."""
        self._err.write(text + "\n")

    def refuse(self, sentence: str) -> None:
        """Why nothing was done."""
        self._err.write(sentence + "\n")


def _cell(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # A tab or line end inside a cell would look like another cell or row.
    return " ".join(text.split()) if any(mark in text for mark in "\t\r\n") else text
