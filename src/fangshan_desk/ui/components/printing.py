"""Prints and exports letters: every page at its real size, at 300 dots per inch or more."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.atomic_files import write_atomically
from fangshan_desk.ui.context import Context, JobControl
from fangshan_desk.usecases.ports import LetterPress

LEAST_DPI = 300
# A page of more dots is too large for the memory of a cheap laptop.
MOST_DPI = 400
_POINTS = 72
_READABLE_BY_ALL = 0o644


class PrinterRefusedError(ExpectedError):
    """The printer, or the file printed to, does not take the job: ``printer``."""

    key = "printing-refused"


@dataclass(frozen=True)
class PrintWish:
    """How a letter should be printed when the dialog opens."""

    copies: int = 2
    is_duplex: bool = False


def print_letter(
    context: Context,
    pdf: bytes,
    *,
    pages: int,
    name: str,
    parent: QWidget,
    wish: PrintWish | None = None,
) -> QPrintDialog:
    """Ask for the printer, then print; the ``pages`` are counted already, so that nothing is waited for."""
    printer = made_printer(name, wish or PrintWish())
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(context.texts("printing-title"))
    # The dialog asks for a range only when it knows how many pages there are.
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)

    def finished(result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            start_printing(context, pdf, printer, name=name, initiator=parent)
        dialog.deleteLater()

    dialog.finished.connect(finished)
    QDialog.open(dialog)
    return dialog


def made_printer(name: str, wish: PrintWish) -> QPrinter:
    """A4, both margins nought, fine enough, with the copies wished for."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setCreator("fangshan-desk")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setCopyCount(wish.copies)
    duplex = QPrinter.DuplexMode.DuplexLongSide if wish.is_duplex else QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(duplex)
    return printer


def start_printing(
    context: Context,
    pdf: bytes,
    printer: QPrinter,
    *,
    name: str,
    initiator: object,
    on_done: Callable[[int], None] | None = None,
) -> None:
    """Print page by page as a long job that can be cancelled."""
    press, texts = context.desk.services.press, context.texts
    job = PrintJob(press, pdf, printer)

    def done(pages: int) -> None:
        context.operations.say(texts("printing-done", name=name, pages=pages), kind="success")
        if on_done is not None:
            on_done(pages)

    context.operations.run_long(
        job, on_done=done, label=texts("printing-label", name=name), initiator=initiator
    )


class PrintJob:
    """Paints rasterised pages on a printer; Qt allows a printer, like an image, in any one thread."""

    def __init__(self, press: LetterPress, pdf: bytes, printer: QPrinter) -> None:
        self._press = press
        self._pdf = pdf
        self._printer = printer
        self._dpi = raster_dpi(printer.resolution())

    def __call__(self, control: JobControl) -> int:
        numbers = self._wanted_pages()
        rounds = self._rounds()
        painter = QPainter()
        painted = 0
        try:
            for number in numbers * rounds:
                control.check()
                control.report(painted, len(numbers) * rounds)
                self._begin_page(painter, number, is_first=painted == 0)
                self._paint(painter, number)
                painted += 1
        except BaseException:
            self._printer.abort()
            raise
        finally:
            if painter.isActive():
                painter.end()
        return painted

    def _wanted_pages(self) -> list[int]:
        count = len(self._press.page_sizes(self._pdf))
        first, last = self._printer.fromPage() or 1, self._printer.toPage() or count
        return list(range(first - 1, min(last, count)))

    def _rounds(self) -> int:
        # Some printers do not count copies themselves; a file needs none.
        is_file = self._printer.outputFormat() is QPrinter.OutputFormat.PdfFormat
        counts_itself = is_file or self._printer.supportsMultipleCopies()
        return 1 if counts_itself else max(1, self._printer.copyCount())

    def _begin_page(self, painter: QPainter, number: int, *, is_first: bool) -> None:
        width, height = self._press.page_sizes(self._pdf)[number]
        turned = QPageLayout.Orientation.Landscape
        upright = QPageLayout.Orientation.Portrait
        layout = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            turned if width > height else upright,
            QMarginsF(0, 0, 0, 0),
            QPageLayout.Unit.Point,
        )
        layout.setMode(QPageLayout.Mode.FullPageMode)
        # Before the page begins: each page may lie differently.
        self._printer.setPageLayout(layout)
        is_ready = painter.begin(self._printer) if is_first else self._printer.newPage()
        if not is_ready:
            raise PrinterRefusedError(printer=self._printer.printerName() or self._printer.outputFileName())

    def _paint(self, painter: QPainter, number: int) -> None:
        page = self._press.page_image(self._pdf, number, dpi=self._dpi)
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
        painter.drawImage(self._room(number), image)

    def _room(self, number: int) -> QRect:
        """The page at its real size in dots of the printer."""
        width, height = self._press.page_sizes(self._pdf)[number]
        dots = self._printer.resolution() / _POINTS
        return QRect(0, 0, *QSize(round(width * dots), round(height * dots)).toTuple())


def raster_dpi(printer_dpi: int) -> float:
    """The finest division of the printer's dots between the limits: whole dots keep strokes even."""
    return max(float(LEAST_DPI), printer_dpi / -(-printer_dpi // MOST_DPI))


def export_pdf(context: Context, pdf: bytes, *, file_name: str, parent: QWidget) -> QFileDialog:
    """Ask where, then write the file whole or not at all."""
    dialog = QFileDialog(parent, context.texts("printing-export-title"), str(Path.home() / file_name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(context.texts("printing-export-kind"))
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(file_name)
    dialog.fileSelected.connect(lambda chosen: write_pdf(context, pdf, Path(chosen), initiator=parent))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def write_pdf(context: Context, pdf: bytes, path: Path, *, initiator: object) -> None:
    """Write the paper and say where it is."""
    texts = context.texts

    def work(_control: JobControl) -> Path:
        write_atomically(path, pdf, mode=_READABLE_BY_ALL)
        return path

    def done(written: Path) -> None:
        context.operations.say(texts("printing-exported", file=str(written)), kind="success")

    context.operations.run_long(
        work, on_done=done, label=texts("printing-export-label", name=path.name), initiator=initiator
    )
