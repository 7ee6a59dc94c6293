"""Who may import whom: the rules of .importlinter hold, and would notice a breach."""

import configparser
import os
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import fangshan_desk

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
BORROWED = ("protocol", "changeset", "merge", "opening")


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """The linter over the package in ``root/src``."""
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", LINT, "--config", str(root / ".importlinter"), "--no-cache"]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_every_import_rule_is_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def broken_rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy in which every kind of rule is broken once."""
    copy = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", copy)
    package = copy / "src" / "fangshan_desk"
    planted = {
        "domain/planted.py": "import PySide6, httpx, reportlab\nimport fangshan_desk.support.planted\n",
        "support/planted.py": "import keyring\nimport sqlcipher3\n",
        "ui/planted.py": "import fangshan_desk.data.planted\n",
        "ui/widgets/planted.py": "import fangshan_desk.domain.planted\nimport fangshan_desk.ui.components\n",
        "data/planted.py": "import sqlcipher3\nimport fangshan_desk.data.schema\n",
        "nowhere.py": "",
    }
    for name, content in planted.items():
        (package / name).write_text(content, encoding="utf-8")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "11"])
def test_a_breach_is_noticed(broken_rules: str, number: str) -> None:
    lines = [line for line in broken_rules.splitlines() if line.startswith(f"{number} ")]
    assert any(" BROKEN" in line for line in lines)


def test_what_the_server_borrows_stands_in_its_rule() -> None:
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter", encoding="utf-8")
    named = rules["importlinter:contract:14-server-may-borrow"]["source_modules"].split()
    there = [name for name in BORROWED if (ROOT / f"src/fangshan_desk/sync/{name}.py").exists()]
    assert [f"fangshan_desk.sync.{name}" for name in there] == named


def test_every_module_can_be_imported() -> None:
    names = [found.name for found in pkgutil.walk_packages(fangshan_desk.__path__, "fangshan_desk.")]
    program = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", program], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
