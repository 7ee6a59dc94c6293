"""A small invented county, made once and copied for every story."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.command_line import CommandLine

ENTERPRISES = 30


@pytest.fixture(scope="session")
def county_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace every story starts from; nobody changes it."""
    folder = tmp_path_factory.mktemp("county") / "workspace"
    made = CommandLine(folder)("init", "--sample", "--enterprises", str(ENTERPRISES))
    assert made.status == 0, made.err
    return folder


@pytest.fixture
def county(county_once: Path, tmp_path: Path) -> CommandLine:
    """A copy of the invented county to work in."""
    folder = tmp_path / "workspace"
    shutil.copytree(county_once, folder)
    return CommandLine(folder)


@pytest.fixture
def new_desk(tmp_path: Path) -> Callable[[], CommandLine]:
    """A folder in which nothing was started yet."""
    return lambda: CommandLine(tmp_path / "new")
