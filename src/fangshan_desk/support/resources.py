"""Finds the files of `resources/` in a checkout, an installed wheel and the frozen program."""

import sys
from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """The folder that holds fonts, texts and reference files."""
    package = Path(__file__).resolve().parent.parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else []
    candidates += [package / "_resources", package.parent.parent / "resources"]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"no resources folder in {candidates}")


def resource_path(name: str) -> Path:
    """Path of one resource, named with forward slashes: ``fonts/fsd-hei.ttf``."""
    return resource_root() / name
