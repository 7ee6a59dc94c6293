"""What gets installed is pinned, hashed, and free of places and of known bad versions."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PIN_FILES = ["requirements/runtime.txt", "requirements/development.txt"]
REQUIREMENT_FILES = [*PIN_FILES, "requirements/runtime.in", "requirements/development.in"]
PLACE = re.compile(r"\w+://|--(index|extra-index|find-links|trusted-host)|@ (file|git|https?)")
# Qt 6.12.0 aborts the process under Python 3.11.
FIRST_BAD_QT = Version("6.12")
# Older SQLite loses pages when a write-ahead log is reset under a second connection.
FIRST_GOOD_SQLITE = (3, 51, 3)


def pins(name: str) -> dict[str, Requirement]:
    """The pinned requirements of one file by name."""
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    wanted = [line.split("--hash")[0].strip() for line in lines if line and not line.startswith("#")]
    return {requirement.name: requirement for requirement in map(Requirement, wanted)}


def declared() -> dict[str, Requirement]:
    """What pyproject.toml asks for by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {wish.name.lower(): wish for wish in map(Requirement, project["dependencies"])}


@pytest.mark.parametrize("name", REQUIREMENT_FILES)
def test_no_place_is_named(name: str) -> None:
    assert PLACE.findall((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", PIN_FILES)
def test_every_library_has_one_version_and_hashes(name: str) -> None:
    entries = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    entries = [entry for entry in entries if entry and not entry.startswith("#")]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", PIN_FILES)
def test_qt_stays_below_the_release_that_aborts(name: str) -> None:
    assert not pins(name)["pyside6-essentials"].specifier.contains(FIRST_BAD_QT)
    assert not declared()["pyside6-essentials"].specifier.contains(FIRST_BAD_QT)


@pytest.mark.parametrize("name", PIN_FILES)
def test_qt_addons_stay_out(name: str) -> None:
    assert {"pyside6", "pyside6-addons"} & pins(name).keys() == set()


def test_the_installed_driver_has_a_sound_sqlite() -> None:
    dbapi2 = pytest.importorskip("sqlcipher3.dbapi2")
    assert dbapi2.sqlite_version_info >= FIRST_GOOD_SQLITE


@pytest.mark.parametrize("name", PIN_FILES)
def test_pins_satisfy_the_project(name: str) -> None:
    pinned = pins(name)
    strays = [
        wish
        for key, wish in declared().items()
        if not wish.specifier.contains(str(pinned[key.replace(".", "-")].specifier).removeprefix("=="))
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("library", "system"),
    [("pywin32-ctypes", "win32"), ("tzdata", "win32"), ("pefile", "win32"), ("colorama", "win32"),
     ("macholib", "darwin"), ("secretstorage", "linux"), ("jeepney", "linux")],
)  # fmt: skip
def test_what_only_one_system_needs_is_pinned_for_it(library: str, system: str) -> None:
    marker = pins("requirements/development.txt")[library].marker
    assert marker is None or marker.evaluate(
        {"sys_platform": system, "os_name": "nt" if system == "win32" else "posix"}
    )


def test_the_notices_name_every_pinned_library() -> None:
    done = subprocess.run([sys.executable, "scripts/write_notices.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run scripts/write_notices.py"
