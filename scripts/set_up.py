"""Makes the checkout ready: an environment with exactly the pinned libraries, and system packages for Qt."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "set-up.sha256"
DECIDING_FILES = ("requirements/development.txt", "pyproject.toml")
VERSIONS = ("3.11", "3.12", "3.13")
# A version manager's shim exists without working, so each candidate has to answer.
QUESTION = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"


def ready_python(*, for_tests: bool) -> Path:
    """Path of the environment's interpreter; sets up whatever is missing."""
    _install_system_packages(for_tests=for_tests)
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if _answer([str(python)]) not in VERSIONS:
        _say("Making the virtual environment .venv")
        subprocess.run([*_suitable_python(), "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    if not _is_current():
        _install_libraries(python)
    return python


def _install_system_packages(*, for_tests: bool) -> None:
    if sys.platform != "linux":
        return
    script = ROOT / "scripts" / "install_system_packages.sh"
    subprocess.run(["bash", str(script), *(["test"] if for_tests else [])], check=True)


def _suitable_python() -> list[str]:
    for command in _candidates():
        if _answer(command) in VERSIONS:
            return command
    raise SystemExit(
        "No Python 3.11, 3.12 or 3.13 that can make virtual environments was found. "
        "On Debian: apt-get install python3 python3-venv"
    )


def _candidates() -> list[list[str]]:
    found = [[sys.executable]]
    if os.name == "nt":
        found += [["py", f"-{version}"] for version in VERSIONS]
    found += [[f"python{version}"] for version in VERSIONS] + [["python3"], ["python"]]
    managed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in VERSIONS:
        found += [[str(path)] for path in sorted(managed.glob(f"{version}.*/bin/python"))]
    return found


def _answer(command: list[str]) -> str:
    try:
        done = subprocess.run([*command, "-c", QUESTION], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _is_current() -> bool:
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == _fingerprint()


def _fingerprint() -> str:
    content = b"".join((ROOT / name).read_bytes() for name in DECIDING_FILES)
    return hashlib.sha256(content).hexdigest()


def _install_libraries(python: Path) -> None:
    _say("Installing the pinned libraries; the first time takes a few minutes")
    install = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", "requirements/development.txt"], cwd=ROOT, check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", "."], cwd=ROOT, check=True)
    STAMP.write_text(_fingerprint(), encoding="ascii")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    ready_python(for_tests=True)
