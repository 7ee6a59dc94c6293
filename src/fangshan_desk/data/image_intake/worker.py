"""The parent's hold on the child process: starts it, asks it, ends it."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

from fangshan_desk.data.image_intake import messages, pipes
from fangshan_desk.data.image_intake.child import CHILD_ARGUMENT

# Passphrases and workspace paths of the program are no business of the child.
_PRIVATE_VARIABLES = "FANGSHAN_DESK_"


class ChildEndedError(Exception):
    """The child ended or talked nonsense before its answer was complete."""


class ChildTooSlowError(Exception):
    """The child was ended because its time was up."""


class Worker:
    """One warm child process; one question at a time."""

    def __init__(self) -> None:
        self.asked = 0
        # S603: fixed arguments, no shell.
        self._process = subprocess.Popen(  # noqa: S603
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        pipes.prepare(self._question_pipe)
        pipes.prepare(self._answer_pipe)

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.poll() is None

    def ask(self, question: messages.Message, *, seconds: float) -> messages.Message:
        """The child's answer; after an error the child is gone."""
        deadline = time.monotonic() + seconds
        self.asked += 1
        try:
            pipes.write_all(self._question_pipe, messages.packed(question), deadline)
            return messages.unpacked(lambda count: pipes.read_exactly(self._answer_pipe, count, deadline))
        except pipes.DeadlinePassedError as error:
            self.end()
            raise ChildTooSlowError from error
        except (OSError, EOFError, messages.BadMessageError) as error:
            self.end()
            raise ChildEndedError from error

    def end(self) -> None:
        """End the child at once; it holds nothing worth keeping."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    @property
    def _question_pipe(self) -> int:
        assert self._process.stdin is not None  # noqa: S101 (PIPE was asked for)
        return self._process.stdin.fileno()

    @property
    def _answer_pipe(self) -> int:
        assert self._process.stdout is not None  # noqa: S101 (PIPE was asked for)
        return self._process.stdout.fileno()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    # -P: nothing is imported from the folder the desk was started in.
    return [sys.executable, "-P", "-m", "fangshan_desk.data.image_intake", CHILD_ARGUMENT]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_PRIVATE_VARIABLES)}
    if not getattr(sys, "frozen", False):
        # The parent may have found the package through a path of its own.
        source = str(Path(__file__).resolve().parents[3])
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, (source, kept.get("PYTHONPATH"))))
    return kept
