"""Pages of a PDF as pixels, for preview, printing and scanning; bytes in, bytes out."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import Lock  # noqa: TID251  # PDFium may be entered by one thread at a time
from typing import Any

from fangshan_desk.letters.errors import UnreadableScanError

_ONE_AT_A_TIME = Lock()
_POINTS_PER_INCH = 72
# 600 dpi A4 still fits; a hostile page size does not.
_MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page, four bytes a pixel in the order blue, green, red, unused; rows without gaps."""

    width: int
    height: int
    pixels: bytes

    @property
    def stride(self) -> int:
        """Bytes per row."""
        return 4 * self.width


def page_count(pdf: bytes) -> int:
    """How many pages the document has."""
    with _opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points, as seen on the screen."""
    with _opened(pdf) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
    return [(float(width), float(height)) for width, height in sizes]


def page_texts(pdf: bytes) -> list[str]:
    """The words of every page that can be selected."""
    with _opened(pdf) as document:
        return [_text(document[number]) for number in range(len(document))]


def render_page(pdf: bytes, page_index: int, *, dpi: float) -> PageImage:
    """One page on white; an enormous page is made smaller rather than refused."""
    with _opened(pdf) as document:
        return _rendered(document[page_index], dpi)


def render_pages(pdf: bytes, *, dpi: float, most: int | None = None) -> Iterator[PageImage]:
    """Page after page, each rendered when it is asked for."""
    count = page_count(pdf)
    for number in range(count if most is None else min(count, most)):
        yield render_page(pdf, number, dpi=dpi)


def _text(page: Any) -> str:
    with closing(page.get_textpage()) as text:
        return str(text.get_text_bounded())


def _rendered(page: Any, dpi: float) -> PageImage:
    width, height = page.get_size()
    scale = dpi / _POINTS_PER_INCH
    pixels = width * height * scale * scale
    if pixels > _MOST_PIXELS:
        scale *= (_MOST_PIXELS / pixels) ** 0.5
    # BGRx, so that the bytes go to a screen or a printer without another copy.
    bitmap = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=False, force_bitmap_format=_bgrx())
    with closing(bitmap):
        rows = memoryview(bitmap.buffer).cast("B")
        row = 4 * bitmap.width
        parts = [rows[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height)]
        whole = rows[: row * bitmap.height] if bitmap.stride == row else b"".join(parts)
        return PageImage(bitmap.width, bitmap.height, bytes(whole))


def _bgrx() -> int:
    import pypdfium2.raw

    return int(pypdfium2.raw.FPDFBitmap_BGRx)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as problem:
            raise UnreadableScanError(file="PDF") from problem
        try:
            yield document
        finally:
            document.close()
