"""Writes THIRD_PARTY_NOTICES.md from the metadata of the installed runtime libraries."""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements" / "runtime.txt"
NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
# Libraries whose metadata names no licence, an unclear one, or that this platform does not install.
KNOWN = {
    "base45": "BSD-2-Clause",
    "fluent-runtime": "Apache-2.0",
    "fluent-syntax": "Apache-2.0",
    "pypdfium2": "BSD-3-Clause, Apache-2.0",
    "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
    "sqlite-fts4": "Apache-2.0",
    "chinesecalendar": "MIT",
    "defusedxml": "PSF-2.0",
    "backports-tarfile": "MIT",
    "importlib-metadata": "Apache-2.0",
    "lazy-importer": "Apache-2.0",
    "tzdata": "Apache-2.0",
    "zipp": "MIT",
    "jeepney": "MIT",
    "secretstorage": "BSD-3-Clause",
}
CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Public Domain": "Public domain",
    "BSD License": "BSD",
}
HEAD = """\
# What the desk is built from

The desk itself is under the Apache License 2.0 (`LICENSE`). It uses and ships the works below under their own
licences; the full texts are in each library's `*.dist-info` folder and in `resources/fonts/licenses/`.
The list of libraries is written by `scripts/write_notices.py`.

## Libraries

| library | version | licence |
|---|---|---|
"""
TAIL = """
## Inside those libraries

| work | carried by | licence |
|---|---|---|
| Qt 6 | PySide6-Essentials, shiboken6 | LGPL-3.0 (chosen here); separate, replaceable shared libraries |
| SQLCipher, SQLite | sqlcipher3 | BSD-3-Clause; public domain |
| OpenSSL | sqlcipher3, cryptography, psycopg-binary | Apache-2.0 |
| libpq | psycopg-binary | PostgreSQL licence |
| OpenLDAP, Cyrus SASL, MIT Kerberos | psycopg-binary on Linux | OLDAP-2.8; BSD; MIT |
| libxcrypt, keyutils | psycopg-binary on Linux | LGPL-2.1; separate, replaceable shared libraries |
| PDFium and what it includes | pypdfium2 | BSD-3-Clause, Apache-2.0 and others, see its `licenses` |
| qpdf | pikepdf | Apache-2.0 |
| libxml2, libxslt | lxml | MIT |
| ZXing-C++ | zxing-cpp | Apache-2.0 |
| Zstandard, Intel ISA-L | zstandard, isal | BSD-3-Clause |
| Argon2 reference code | argon2-cffi-bindings | CC0-1.0 or Apache-2.0 |

## Fonts

Subsets as TrueType, renamed as the licences ask; `resources/fonts/README.md` has origin and changes.

| file | made from | licence |
|---|---|---|
| `fsd-fangsong.ttf`, `fsd-kai.ttf` | FandolFang, FandolKai | GPL-3.0 with font exception |
| `fsd-title.ttf`, `fsd-last.ttf.xz` | Noto Serif CJK SC | OFL-1.1 |
| `fsd-hei.ttf`, `fsd-fill.ttf` | Noto Sans CJK SC | OFL-1.1 |
| `fsd-rare.ttf` | LXGW WenKai Light | OFL-1.1 |
| `fsd-latin.ttf` | Liberation Serif | OFL-1.1 |
| `fsd-symbols.ttf` | DejaVu Sans | Bitstream Vera and DejaVu licence |
"""


def main() -> int:
    """Write the file; ``--check`` only tells whether it is up to date."""
    wanted = notices()
    if "--check" in sys.argv[1:]:
        return 0 if NOTICES.read_text(encoding="utf-8") == wanted else 1
    NOTICES.write_text(wanted, encoding="utf-8")
    return 0


def notices() -> str:
    """The text of the file for the libraries in requirements/runtime.txt."""
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)", PINS.read_text(encoding="utf-8"), re.MULTILINE)
    return HEAD + "".join(f"| {name} | {version} | {_licence(name)} |\n" for name, version in pins) + TAIL


def _licence(name: str) -> str:
    if name in KNOWN:
        return KNOWN[name]
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        raise SystemExit(f"{name} is not installed here: add its licence to KNOWN") from None
    return _declared(installed) or _classified(installed)


def _declared(installed: Distribution) -> str:
    metadata = installed.metadata.json
    words = str(metadata.get("license_expression") or metadata.get("license") or "")
    return words if "\n" not in words and len(words) <= 60 else ""


def _classified(installed: Distribution) -> str:
    for classifier in installed.metadata.get_all("Classifier") or []:
        if classifier.startswith("License ::"):
            name = str(classifier).rsplit(" :: ", 1)[-1]
            return CLASSIFIERS.get(name, name)
    raise SystemExit(f"{installed.name} declares no licence: add it to KNOWN")


if __name__ == "__main__":
    raise SystemExit(main())
