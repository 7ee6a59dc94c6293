"""Kills one piece of work exactly at its n-th system call, with strace."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.helpers.fault_driver import NO_KEY_STORE, ROOT

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "rename", "unlink", "ftruncate")
_CALL = re.compile(r"^\d+\s+(\w+)\(", re.MULTILINE)


def is_installed() -> bool:
    """Whether this machine can do it at all."""
    return shutil.which("strace") is not None


def count_calls(folder: Path, piece: str, log: Path) -> Counter[str]:
    """How often the piece makes each call when nobody kills it."""
    # Compiled modules are written, and counted, at the first run only.
    _traced(folder, "import_all", ["-e", "trace=none", "-o", os.devnull])
    done = _traced(folder, piece, ["-e", f"trace={','.join(CALLS)}", "-o", str(log)])
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())
    return Counter(_CALL.findall(log.read_text(errors="replace")))


def run_killed(folder: Path, piece: str, *, call: str, number: int) -> bytes:
    """What the piece said before it died at the n-th call of this name."""
    injection = f"inject={call}:signal=KILL:when={number}"
    return _traced(folder, piece, ["-e", f"trace={call}", "-e", injection, "-o", os.devnull]).stdout


def _traced(folder: Path, piece: str, options: list[str]) -> subprocess.CompletedProcess[bytes]:
    request = {"folder": str(folder), "piece": piece, "options": {}}
    worker = [sys.executable, "-m", "tests.helpers.fault_child", "once", json.dumps(request)]
    environment = {
        **os.environ,
        **NO_KEY_STORE,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONPYCACHEPREFIX": str(ROOT / "out" / "faults" / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        ["strace", "-f", "-qq", *options, *worker],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
