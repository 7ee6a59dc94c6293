"""Finds verification codes in what a person hands over: a PDF, a photo, or typed text."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fangshan_desk.letters.errors import ScanTooLargeError, UnreadableScanError
from fangshan_desk.letters.rasterising import PageImage, render_pages
from fangshan_desk.letters.verification_code import CODE_PATTERN

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_MEGAPIXELS = 40
_MOST_PAGES = 30
# Cheap first; the second is for faint copies.
_RESOLUTIONS = (200, 300)
_PICTURE_FORMATS = ("PNG", "JPEG")
_PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff")
_MOST_TEXT = 200_000


def read_codes(data: bytes, file_name: str) -> list[str]:
    """All codes of this office in the file, each once, in reading order; empty when there is none."""
    if data[:1024].lstrip().startswith(b"%PDF"):
        found: Iterable[str] = _codes_in_pdf(data)
    elif data.startswith(_PICTURE_STARTS):
        found = _codes_in_picture(data, file_name)
    else:
        found = CODE_PATTERN.findall(_plain_text(data, file_name))
    return list(dict.fromkeys(found))


def _codes_in_pdf(data: bytes) -> list[str]:
    for dpi in _RESOLUTIONS:
        pages = render_pages(data, dpi=dpi, most=_MOST_PAGES)
        codes = [code for page in pages for code in _codes_in(_view(page))]
        if codes:
            return codes
    return []


def _view(page: PageImage) -> Any:
    from PIL import Image

    size = (page.width, page.height)
    return Image.frombuffer("RGB", size, page.pixels, "raw", "BGRX", 0, 1).convert("L")


def _codes_in_picture(data: bytes, file_name: str) -> list[str]:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=_PICTURE_FORMATS) as picture:
            _refuse_too_large(picture, file_name)
            grey = picture.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise ScanTooLargeError(file=file_name, limit=_MOST_MEGAPIXELS) from problem
    except (OSError, ValueError, SyntaxError) as problem:
        raise UnreadableScanError(file=file_name) from problem
    return _codes_in(grey)


def _refuse_too_large(picture: "Image", file_name: str) -> None:
    # The size stands in the file's head: refused before a pixel is decoded.
    megapixels = picture.width * picture.height / 1_000_000
    if megapixels > _MOST_MEGAPIXELS:
        raise ScanTooLargeError(file=file_name, limit=_MOST_MEGAPIXELS)


def _codes_in(image: Any) -> list[str]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    barcodes = zxingcpp.read_barcodes(image, formats=formats)
    texts = [barcode.text for barcode in barcodes]
    return [text for text in texts if CODE_PATTERN.fullmatch(text)]


def _plain_text(data: bytes, file_name: str) -> str:
    if b"\0" in data[:1024]:
        raise UnreadableScanError(file=file_name)
    head = data[:_MOST_TEXT]
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError:
        return head.decode("gb18030", errors="replace")
