"""The process that gets killed: a small server that forks one worker after the other, all imports done.

`python -m tests.helpers.fault_child server DESCRIPTOR` serves requests of `fault_driver`;
`python -m tests.helpers.fault_child once REQUEST` does one piece of work, for strace.
"""

import contextlib
import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fangshan_desk.letters.fonts import shipped_fonts
from tests.helpers import fault_pieces
from tests.helpers.fault_county import start_small_county
from tests.helpers.fault_ledger import Announcer
from tests.helpers.fault_mutants import plant
from tests.helpers.fault_work import work_without_end

DEFECT_VARIABLE = "FANGSHAN_DESK_PLANTED_DEFECT"


def main() -> None:
    """Serve or work once."""
    plant(os.environ.get(DEFECT_VARIABLE, ""))
    mode, argument = sys.argv[1:]
    if mode == "once":
        _work(json.loads(argument), sys.stdout.fileno())
        return
    _warm_up()
    _serve(socket.socket(fileno=int(argument)))


def _warm_up() -> None:
    """Load everything a worker would load at its first use, so that it spends its short life at work."""
    shipped_fonts()
    with TemporaryDirectory() as folder:
        start_small_county(Path(folder) / "county")


def _serve(channel: socket.socket) -> None:
    while True:
        said, descriptors, _, _ = socket.recv_fds(channel, 1 << 16, 1)
        if not said:
            return
        request = json.loads(said)
        answer = _start(request, descriptors[0], channel) if descriptors else _end(request)
        channel.sendall(json.dumps(answer).encode())


def _start(request: dict[str, Any], descriptor: int, channel: socket.socket) -> dict[str, int]:
    process = os.fork()
    if process == 0:
        channel.close()
        _work_and_exit(request, descriptor)
    os.close(descriptor)
    return {"process": process}


def _end(request: dict[str, Any]) -> dict[str, int]:
    process = request["process"]
    if request["kill"]:
        # Not reaped before this server has waited for it, so the number is still its own.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return {"status": status}


def _work_and_exit(request: dict[str, Any], descriptor: int) -> None:
    try:
        _work(request, descriptor)
    except BaseException:  # noqa: BLE001 - the end of the process: say why and leave without the server's clean-up
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _work(request: dict[str, Any], descriptor: int) -> None:
    announcer = Announcer(descriptor)
    folder = Path(request["folder"])
    if request["piece"]:
        fault_pieces.PIECES[request["piece"]](folder, announcer, **request["options"])
    else:
        work_without_end(folder, request["scenario"], announcer, request["seed"])


if __name__ == "__main__":
    main()
