"""The recipes, for `make` and for Windows without it: `python -m scripts.make RECIPE [argument…]`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from scripts.set_up import ROOT, ready_python

COUNTY = ROOT / "out" / "invented-county"
# Guards nothing but invented people.
COUNTY_PASSPHRASE = "invented-county"  # noqa: S105


def run(arguments: list[str]) -> int:
    """The desk with the invented county; without a display, a tour that leaves pictures."""
    python = ready_python(for_tests=False)
    desk = [str(python), "-m", "fangshan_desk"]
    if not _has_display():
        return _call([*desk, "tour", "--out", "out/tour", *arguments])
    environment = {"FANGSHAN_DESK_WORKSPACE": str(COUNTY), "FANGSHAN_DESK_PASSPHRASE": COUNTY_PASSPHRASE}
    if not COUNTY.exists() and _call([*desk, "init", "--sample"], environment):
        return 1
    return _call([*desk, *arguments], environment)


def test(arguments: list[str]) -> int:
    """Every check, also after one has failed; arguments go to pytest."""
    python = str(ready_python(for_tests=True))
    steps = {
        "style": ["-m", "ruff", "check", "."],
        "layout (mend with: make format)": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "types": ["-m", "mypy"],
        "import rules": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        "tests": ["-m", "pytest", *(arguments or ["-n", "2"])],
    }
    environment = {"QT_QPA_PLATFORM": "offscreen"}
    failed = [name for name, step in steps.items() if _call([python, *step], environment)]
    for name in failed:
        _say(f"Failed: {name}")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """The benchmarks beside their floors and peers."""
    python = ready_python(for_tests=True)
    return _call([str(python), "-m", "benchmarks", *arguments], {"QT_QPA_PLATFORM": "offscreen"})


def faults(arguments: list[str]) -> int:
    """The long form of the tests that break processes, files and networks."""
    python = ready_python(for_tests=True)
    command = [str(python), "-m", "pytest", "-m", "faults", "--timeout", "1800", *arguments]
    return _call(command, {"QT_QPA_PLATFORM": "offscreen", "FANGSHAN_DESK_FAULTS": "long"})


def build(arguments: list[str]) -> int:
    """The wheel, and the folder that needs no Python, both in dist/."""
    python = str(ready_python(for_tests=False))
    wheel = [python, "-m", "build", "--wheel", "--no-isolation"]
    folder = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec", *arguments]
    return _call(wheel) or _call(folder)


def format_(arguments: list[str]) -> int:
    """Lay out the code the one way."""
    python = str(ready_python(for_tests=False))
    files = arguments or ["."]
    return _call([python, "-m", "ruff", "check", "--fix", *files]) or _call(
        [python, "-m", "ruff", "format", *files]
    )


def pins(arguments: list[str]) -> int:
    """Write requirements/*.txt anew."""
    return _call([sys.executable, "scripts/write_pins.py", *arguments])


RECIPES: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "faults": faults,
    "build": build,
    "format": format_,
    "pins": pins,
}


def main() -> int:
    """Carry out the recipe named first."""
    name, *arguments = sys.argv[1:] or [""]
    if name not in RECIPES:
        _say(f"Recipes: {', '.join(RECIPES)}")
        return 2
    return RECIPES[name](arguments)


def _has_display() -> bool:
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _call(command: list[str], environment: dict[str, str] | None = None) -> int:
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(environment or {})}, check=False)
    return done.returncode


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
