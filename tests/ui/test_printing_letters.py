"""Printing a letter: real size, every page, turned where the annex is turned; export whole or not at all."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from fangshan_desk.app.press import SignedPress
from fangshan_desk.letters.pdf import render_letter
from fangshan_desk.letters.rasterising import page_sizes, render_page
from fangshan_desk.letters.scanning import read_codes
from fangshan_desk.support.signing import SigningKey
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.components.printing import (
    LEAST_DPI,
    PrintJob,
    PrintWish,
    export_pdf,
    made_printer,
    print_letter,
    raster_dpi,
    start_printing,
    write_pdf,
)
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.tasks import Progress, TaskCancelledError, TaskControl
from fangshan_desk.usecases.desk import Desk
from tests.helpers.letter_samples import prescription

PRESS = SignedPress(SigningKey(bytes(32)))
FINE, COARSER = 160.0, 4
BLUR = 0.004


class PressServices:
    """Services of which only the press is asked."""

    press = PRESS


class PressDesk:
    """A desk with nothing else."""

    services = PressServices()


@pytest.fixture
def context(operations: Operations) -> Context:
    """Enough to print."""
    return Context(
        desk=cast(Desk, PressDesk()),
        operations=operations,
        texts=chinese_texts(),
        navigator=None,  # type: ignore[arg-type] # nobody goes anywhere
    )


@cache
def paper() -> bytes:
    """Two upright pages, a turned one, and more."""
    facts = prescription(2)
    return render_letter(facts.kind, facts, qr_text=PRESS.code_text(facts))


def file_printer(path: Path, **wish: int) -> QPrinter:
    """Prints to a file, as fine as a common laser printer."""
    printer = made_printer("处方", PrintWish(**wish))  # type: ignore[arg-type] # copies only
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(600)
    return printer


def control() -> TaskControl:
    """Nobody looks."""
    return TaskControl(lambda _progress: None)


def picture(pdf: bytes, number: int) -> Image.Image:
    """A page in grey, blurred so that dots do not matter."""
    page = render_page(pdf, number, dpi=FINE)
    sharp = Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)
    return sharp.convert("L").reduce(COARSER)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of the points that differ clearly."""
    points = ImageChops.difference(one.resize(other.size), other).histogram()
    return sum(points[64:]) / (other.width * other.height)


def test_every_page_comes_out_at_its_real_size_and_place(desk_app: QObject, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    assert PrintJob(PRESS, paper(), file_printer(printed))(control()) == len(page_sizes(paper()))
    result = printed.read_bytes()
    sizes = zip(page_sizes(result), page_sizes(paper()), strict=True)
    assert all(abs(a - b) < 1 for given, wanted in sizes for a, b in zip(given, wanted, strict=True))
    assert any(width > height for width, height in page_sizes(result))
    for number in range(len(page_sizes(result))):
        one, other = picture(result, number), picture(paper(), number)
        # The same ink within the blur of drawing it twice; a millimetre aside is far more.
        assert difference(one, other) < BLUR
        assert difference(ImageChops.offset(one, 2, 0), other) > 4 * BLUR


def test_the_code_can_be_read_from_what_was_printed(desk_app: QObject, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    printer = file_printer(printed)
    printer.setFromTo(1, 1)
    assert PrintJob(PRESS, paper(), printer)(control()) == 1
    assert read_codes(printed.read_bytes(), "a.pdf") == read_codes(paper(), "a.pdf")


def test_a_cancelled_job_stops_between_pages(desk_app: QObject, tmp_path: Path) -> None:
    seen: list[Progress] = []

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 1:
            chosen.cancel()

    chosen = TaskControl(report)
    with pytest.raises(TaskCancelledError):
        PrintJob(PRESS, paper(), file_printer(tmp_path / "a.pdf"))(chosen)
    assert [progress.done for progress in seen] == [0, 1]


@pytest.mark.parametrize("printer_dpi", [203, 300, 360, 600, 720, 1200, 2400])
def test_dots_are_whole_and_fine_enough(printer_dpi: int) -> None:
    dpi = raster_dpi(printer_dpi)
    assert LEAST_DPI <= dpi <= 400
    assert printer_dpi < LEAST_DPI or (printer_dpi / dpi).is_integer()


def test_a_letter_is_printed_in_a_lane_and_told(
    context: Context, wait: Callable[[], None], listener: object, tmp_path: Path
) -> None:
    pages: list[int] = []
    printer = file_printer(tmp_path / "a.pdf")
    printer.setFromTo(1, 1)
    start_printing(context, paper(), printer, name="处方", initiator=None, on_done=pages.append)
    wait()
    assert pages == [1]
    assert "处方" in listener.notices[0].sentence  # type: ignore[attr-defined] # the conftest's listener


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told_in_words(
    context: Context, wait: Callable[[], None], listener: object, tmp_path: Path
) -> None:
    printer = file_printer(tmp_path / "no such folder" / "a.pdf")
    start_printing(context, paper(), printer, name="处方", initiator=None)
    wait()
    [notice] = listener.notices  # type: ignore[attr-defined] # the conftest's listener
    assert "没有接受打印任务" in notice.sentence


def test_the_dialog_knows_copies_and_pages(
    context: Context, shown: Callable[[QWidget], QWidget], wait: Callable[[], None]
) -> None:
    window = shown(QWidget())
    dialog = print_letter(context, paper(), pages=9, name="处方", parent=window, wish=PrintWish(copies=3))
    assert dialog.printer().copyCount() == 3
    assert dialog.maxPage() == 9
    dialog.done(QDialog.DialogCode.Rejected)
    wait()


def test_an_export_is_the_very_same_bytes_under_a_chinese_name(
    context: Context, wait: Callable[[], None], tmp_path: Path
) -> None:
    path = tmp_path / "用工处方_金鑫建材_方人社处方〔2026〕31号.pdf"
    write_pdf(context, paper(), path, initiator=None)
    wait()
    assert path.read_bytes() == paper()
    assert list(tmp_path.iterdir()) == [path]


def test_the_export_asks_where_with_a_name_already_there(
    context: Context, shown: Callable[[QWidget], QWidget], wait: Callable[[], None], tmp_path: Path
) -> None:
    window = shown(QWidget())
    dialog: QFileDialog = export_pdf(context, paper(), file_name="处方.pdf", parent=window)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["处方.pdf"]
    dialog.fileSelected.emit(str(tmp_path / "处方.pdf"))
    dialog.done(QDialog.DialogCode.Accepted)
    wait()
    assert (tmp_path / "处方.pdf").read_bytes() == paper()
