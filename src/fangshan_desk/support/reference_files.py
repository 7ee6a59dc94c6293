"""Reads the reference files of `resources/` as plain dicts and lists, from a JSON copy where one fits."""

import contextlib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fangshan_desk.support.atomic_files import write_atomically
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.resources import resource_path


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """The content of one file and the SHA-256 of its bytes."""

    content: dict[str, Any]
    sha256: str


def read_reference(name: str, *, cache_folder: Path | None = None) -> ReferenceFile:
    """One file by its name without ending: ``read_reference("checklist")``."""
    return read_yaml(resource_path(f"reference/{name}.yaml"), cache_folder=cache_folder)


def read_yaml(path: Path, *, cache_folder: Path | None = None) -> ReferenceFile:
    """Any YAML mapping; with a cache folder the next reading of the same bytes needs no YAML."""
    source = path.read_bytes()
    sha256 = hashlib.sha256(source).hexdigest()
    copy = None if cache_folder is None else cache_folder / f"{path.stem}.json"
    content = None if copy is None else _cached(copy, sha256)
    if content is None:
        content = _parse(source, path)
        if copy is not None:
            _store(copy, sha256, content)
    return ReferenceFile(content, sha256)


def _parse(source: bytes, path: Path) -> dict[str, Any]:
    # Slow to import, and not needed once a copy fits.
    import yaml

    # Written in C: ten times faster than the loader in Python, and as safe; it builds plain values only.
    content = yaml.load(source, Loader=yaml.CSafeLoader)
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} holds no mapping")
    return content


def _cached(copy: Path, sha256: str) -> dict[str, Any] | None:
    # A missing, cut or foreign copy is no failure: the file itself is there.
    try:
        stored = json.loads(copy.read_bytes())
        content = stored["content"] if stored["sha256"] == sha256 else None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return content if isinstance(content, dict) else None


def _store(copy: Path, sha256: str, content: dict[str, Any]) -> None:
    text = json.dumps({"sha256": sha256, "content": content}, ensure_ascii=False)
    # A full disk or a folder without rights costs milliseconds at the next start, nothing else.
    with contextlib.suppress(EnvironmentFailure, OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(copy, text.encode())
