"""What a file is, by its first bytes and never by its name."""

from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of attachment we take, as media types."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    BMP = "image/bmp"
    TIFF = "image/tiff"
    PDF = "application/pdf"


SUFFIXES: dict[FileKind, tuple[str, ...]] = {
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.PNG: (".png",),
    FileKind.WEBP: (".webp",),
    FileKind.BMP: (".bmp",),
    FileKind.TIFF: (".tif", ".tiff"),
    FileKind.PDF: (".pdf",),
}
ACCEPTED_SUFFIXES = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)

_STARTS = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"BM", FileKind.BMP),
    (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF),
    (b"%PDF-", FileKind.PDF),
)
# Readers of PDF tolerate junk in front, some scanners write it.
_PDF_SEARCHED = 1024


def kind_of(data: bytes) -> FileKind | None:
    """The kind, or None for anything else."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.PDF if _is_late_pdf(data[:_PDF_SEARCHED]) else None


def _is_late_pdf(start: bytes) -> bool:
    before, mark, _ = start.partition(b"%PDF-")
    # A zip or a program that is also a PDF opens as something else elsewhere.
    return bool(mark) and not before.strip(b"\0\t\r\n\f \xef\xbb\xbf")
