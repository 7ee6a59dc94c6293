"""Writes requirements/*.txt: one set of hashed versions for Linux, Windows and macOS, Python 3.11 to 3.13.

``make pins`` keeps the versions that stand there; ``make pins ARGS=--upgrade`` takes newer ones.
"""

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Resolves for every platform at once, which pip-tools cannot.
RESOLVER = "uv==0.13.9"
HEADER = (
    "# Written by scripts/write_pins.py from pyproject.toml and requirements/*.in; not edited by hand.\n\n"
)
INPUTS = {
    "runtime": ["pyproject.toml", "requirements/runtime.in"],
    "development": ["pyproject.toml", "requirements/runtime.in", "requirements/development.in"],
}


def main() -> int:
    """Resolve both files, or stop at the first that cannot be resolved."""
    with tempfile.TemporaryDirectory() as folder:
        resolver = _install_resolver(Path(folder))
        for name, inputs in INPUTS.items():
            _resolve(resolver, name, inputs, sys.argv[1:])
    return 0


def _install_resolver(folder: Path) -> Path:
    builder = venv.EnvBuilder(with_pip=True)
    builder.create(folder)
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([binaries / "python", "-m", "pip", "install", "--quiet", RESOLVER], check=True)
    return binaries / "uv"


def _resolve(resolver: Path, name: str, inputs: list[str], extra: list[str]) -> None:
    target = ROOT / "requirements" / f"{name}.txt"
    command: list[str | Path] = [
        resolver,
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
    ]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--output-file", target, *inputs, *extra]
    environment = dict(os.environ)
    if certificates := environment.get("PIP_CERT"):
        environment.setdefault("SSL_CERT_FILE", certificates)
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    pins = target.read_text(encoding="utf-8").removeprefix(HEADER)
    if found := re.search(r"\w+://|--(?:index|extra-index|find-links|trusted)\S*", pins):
        raise SystemExit(f"{target.name} names a place instead of a package: {found.group()}")
    target.write_text(HEADER + pins, encoding="utf-8")
    sys.stdout.write(f"{target.name}: {len(re.findall(r'^[a-z]', pins, re.MULTILINE))} packages\n")


if __name__ == "__main__":
    raise SystemExit(main())
