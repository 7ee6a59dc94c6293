"""Codes read back from paper: rendered pages, photographs, PDF files, text."""

from datetime import date
from functools import cache
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageFilter

from fangshan_desk.domain.letter_facts import LetterCopy
from fangshan_desk.letters.errors import ScanTooLargeError, UnreadableScanError
from fangshan_desk.letters.pdf import render_letter
from fangshan_desk.letters.rasterising import page_count, page_sizes, render_page, render_pages
from fangshan_desk.letters.scanning import read_codes
from fangshan_desk.letters.verification_code import build_code, record_of
from tests.helpers import letter_samples

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SAMPLES = letter_samples.one_of_each()


@cache
def _code(kind: str) -> str:
    record = record_of(SAMPLES[kind], device_id=bytes(range(16)), issued_on=date(2023, 8, 25))
    return build_code(record, KEY.sign)


@cache
def _pdf(kind: str = "prescription") -> bytes:
    return render_letter(kind, SAMPLES[kind], qr_text=_code(kind))


def _photo(dpi: float, kind: str = "prescription", picture_format: str = "PNG", **options: object) -> bytes:
    page = render_page(_pdf(kind), 0, dpi=dpi)
    picture = Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)
    if options.pop("blur", False):
        picture = picture.rotate(2, Image.Resampling.BICUBIC, fillcolor="white").filter(
            ImageFilter.GaussianBlur(0.7)
        )
    file = BytesIO()
    picture.save(file, picture_format, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_code_of_every_kind_is_read_from_its_pdf(kind: str) -> None:
    assert read_codes(_pdf(kind), "letter.pdf") == [_code(kind)]


@pytest.mark.parametrize("dpi", [150, 300])
def test_the_code_is_read_from_a_scanned_page(dpi: int) -> None:
    assert read_codes(_photo(dpi), "scan.png") == [_code("prescription")]


def test_the_code_is_read_from_a_poor_photograph() -> None:
    data = _photo(200, picture_format="JPEG", quality=50, blur=True)
    assert read_codes(data, "photo.jpg") == [_code("prescription")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_codes_are_found_in_text_once_each(encoding: str) -> None:
    text = f"核验：{_code('referral')}\n再次：{_code('referral')}\n其他：{_code('prescription')}\n"
    found = [code.strip() for code in read_codes(text.encode(encoding), "code.txt")]
    assert found == [_code("referral").strip(), _code("prescription").strip()]


def test_a_file_without_a_code_gives_none() -> None:
    letter = SAMPLES["recheck_opinion"]
    assert read_codes(render_letter(letter.kind, letter, qr_text=None), "letter.pdf") == []
    assert read_codes("没有码".encode(), "a.txt") == []


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xffbroken", b"MZ\0\0binary"]
)
def test_damaged_files_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableScanError):
        read_codes(data, "broken")


@pytest.mark.parametrize("side", [7000, 10000, 16000])
def test_enormous_pictures_are_refused_before_they_are_decoded(side: int) -> None:
    file = BytesIO()
    Image.new("1", (side, side)).save(file, "PNG")
    with pytest.raises(ScanTooLargeError):
        read_codes(file.getvalue(), "huge.png")


def test_pages_are_counted_measured_and_rendered() -> None:
    pdf = render_letter(
        "prescription", letter_samples.prescription(1, copy=LetterCopy.OFFICIAL), qr_text=None
    )
    sizes = page_sizes(pdf)
    assert page_count(pdf) == len(sizes) == len(list(render_pages(pdf, dpi=20)))
    assert sizes[0] == pytest.approx((595.276, 841.89), abs=0.01)
    assert any(width > height for width, height in sizes)
    page = render_page(pdf, 0, dpi=72)
    assert (page.width, page.height) == (596, 842)
    assert len(page.pixels) == page.stride * page.height
    assert page.pixels[:3] == b"\xff\xff\xff"
    assert min(page.pixels) < 60


def test_an_absurd_resolution_is_reduced() -> None:
    page = render_page(_pdf("service_receipt"), 0, dpi=5000)
    assert page.width * page.height <= 40_200_000


def test_what_is_no_pdf_cannot_be_rendered() -> None:
    with pytest.raises(UnreadableScanError):
        page_count(b"no pdf")
