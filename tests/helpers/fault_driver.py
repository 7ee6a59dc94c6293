"""Starts workers in a process of their own, listens to what they promise, and kills them."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers.fault_child import DEFECT_VARIABLE

ROOT = Path(__file__).parents[2]
NO_KEY_STORE = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
_LONGEST_SECONDS = 60.0


@dataclass(frozen=True)
class Ended:
    """How a worker ended and what it had said."""

    said: bytes
    was_killed: bool


class WorkerError(AssertionError):
    """A worker failed by itself; its traceback stands in the test's captured output."""


@dataclass
class WorkerServer:
    """The forking process: one worker at a time."""

    channel: socket.socket
    process: subprocess.Popen[bytes] = field(repr=False)

    def run(
        self,
        folder: Path,
        *,
        scenario: str = "",
        piece: str = "",
        options: Mapping[str, Any] | None = None,
        seed: int = 0,
        seconds: float | None = None,
    ) -> Ended:
        """Let a worker work for so long, then kill it; without ``seconds`` it ends by itself."""
        request = {
            "folder": str(folder),
            "scenario": scenario,
            "piece": piece,
            "options": dict(options or {}),
            "seed": seed,
        }
        listening, speaking = os.pipe()
        try:
            process = self._ask(request, [speaking])["process"]
            os.close(speaking)
            limit = _LONGEST_SECONDS if seconds is None else seconds
            said, is_over = _heard(listening, limit)
            status = self._ask({"process": process, "kill": not is_over}, [])["status"]
            said += _rest(listening)
        finally:
            os.close(listening)
        was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if not was_killed and status != 0:
            raise WorkerError(f"the worker failed with status {status}")
        return Ended(said, was_killed)

    def _ask(self, request: Mapping[str, Any], descriptors: list[int]) -> dict[str, int]:
        socket.send_fds(self.channel, [json.dumps(request).encode()], descriptors)
        answer = self.channel.recv(1 << 16)
        if not answer:
            raise WorkerError("the worker server is gone")
        answered: dict[str, int] = json.loads(answer)
        return answered


def _heard(descriptor: int, seconds: float) -> tuple[bytes, bool]:
    """Everything said until the time is over, and whether the worker ended before."""
    said = b""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            more = os.read(descriptor, 1 << 16)
            if not more:
                return said, True
            said += more
    return said, False


def _rest(descriptor: int) -> bytes:
    said = b""
    while more := os.read(descriptor, 1 << 16):
        said += more
    return said


@contextmanager
def worker_server(*, defect: str = "") -> Iterator[WorkerServer]:
    """A server whose workers carry the planted defect, if any."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    environment = {**os.environ, **NO_KEY_STORE, "PYTHONPATH": f"{ROOT / 'src'}", DEFECT_VARIABLE: defect}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.fault_child", "server", str(theirs.fileno())],
        cwd=ROOT,
        env=environment,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    try:
        yield WorkerServer(ours, process)
    finally:
        ours.close()
        process.wait(timeout=30)
