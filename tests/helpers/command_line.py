"""Runs the real program as a process of its own and keeps what it said."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[2] / "src"


@dataclass(frozen=True)
class Answer:
    """Exit status and what was said where."""

    status: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects, one per line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class CommandLine:
    """The commands of one workspace."""

    folder: Path

    def __call__(
        self,
        *arguments: str | Path,
        passphrase: str | None = None,
        given: str | bytes = "",
        options: Sequence[str | Path] = (),
        patience: float = 90,
    ) -> Answer:
        """Run one command; ``options`` stand before it, ``given`` is its standard input."""
        command = [sys.executable, "-m", "fangshan_desk", "--workspace", self.folder, *options, *arguments]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        # As on a Windows machine: nothing may rely on the system's encoding.
        environment |= {"PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"}
        if passphrase is not None:
            environment["FANGSHAN_DESK_PASSPHRASE"] = passphrase
        done = subprocess.run(
            [str(part) for part in command],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            env=environment,
            timeout=patience,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def count(self, entity: str) -> int:
        """How many records there are."""
        return len(self("rows", entity, "--json").objects())
