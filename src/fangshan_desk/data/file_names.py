"""File names from cameras, sticks and other offices made safe to show and to write."""

import os
import re
import unicodedata
from pathlib import Path

_LONGEST = 120
# Linux file systems count bytes, and 120 Chinese characters would be 360 of them.
_MOST_BYTES = 240
_LONGEST_SUFFIX = 12
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
# Controls, bidi and zero-width marks, lone surrogates, line ends. Not private use: rare Chinese characters.
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def safe_file_name(name: str, *, fallback: str = "attachment") -> str:
    """The last part of the name, without anything that hides, escapes or cannot be written."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in _INVISIBLE
    )
    plain = _trimmed(_FORBIDDEN.sub("_", visible))
    stem, suffix = _split(plain or fallback)
    # Windows looks at the part before the first dot: "con.tar.gz" is the console.
    if _RESERVED.fullmatch(stem.split(".")[0].rstrip()):
        stem = f"_{stem}"
    return _shortened(stem, suffix) + suffix


def with_suffix_of_content(name: str, suffixes: tuple[str, ...], *, wrong: frozenset[str]) -> str:
    """A safe name that ends in one of ``suffixes``: ``wrong`` endings are replaced, others stay in front."""
    safe = safe_file_name(name)
    stem, suffix = _split(safe)
    if suffix.lower() in suffixes:
        return safe
    kept = stem if suffix.lower() in wrong else safe
    return _shortened(kept, suffixes[0]) + suffixes[0]


def path_inside(folder: Path, name: str) -> Path:
    """Where a file of this name is written in ``folder``; never outside of it."""
    root = os.path.realpath(folder)
    target = os.path.realpath(os.path.join(root, safe_file_name(name)))
    if os.path.commonpath([root, target]) != root or target == root:
        raise ValueError("the name leads out of the folder")
    return Path(target)


def _trimmed(name: str) -> str:
    # Leading dots hide a file, trailing dots and spaces vanish on Windows.
    return " ".join(name.split()).lstrip(". ").rstrip(". ")


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) >= _LONGEST_SUFFIX:
        return name, ""
    return stem, dot + suffix


def _shortened(stem: str, suffix: str) -> str:
    room = _LONGEST - len(suffix)
    short = stem[:room]
    while len((short + suffix).encode()) > _MOST_BYTES:
        short = short[:-1]
    return short.rstrip(". ") or "_"
