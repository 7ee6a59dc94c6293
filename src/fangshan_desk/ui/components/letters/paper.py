"""A letter's pages as they will come out of the printer, drawn away from the screen's thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import LetterFacts
from fangshan_desk.ui.components.worded import preview_pages
from fangshan_desk.ui.context import Context
from fangshan_desk.usecases.ports import LetterPress, PageImage

# The width of A4 in inches turns pixels into dots per inch.
_SHEET_INCHES = 210 / 25.4
_FIRST_DPI = 96.0
_MOST_DPI = 220.0
# A little unsharp is better than drawing everything anew for a few pixels.
_TOLERANCE = 0.05


@dataclass(frozen=True)
class _Drawn:
    """Pages, or why there are none."""

    pdf: bytes = b""
    pages: tuple[PageImage, ...] = ()
    dpi: float = 0.0
    refusal: ExpectedError | None = None


class PaperPreview(QWidget):
    """Shows facts or a finished PDF; ``refused`` tells why a draft cannot be printed yet."""

    shown = Signal(int)
    refused = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pages = preview_pages(context, self)
        self._pages.width_wanted.connect(self._on_width_wanted)
        self._pdf = b""
        self._count = 0
        self._dpi = _FIRST_DPI
        self._is_drawing = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    @property
    def pdf(self) -> bytes:
        """What is shown; empty while nothing is."""
        return self._pdf

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self._count

    def show_facts(self, facts: LetterFacts) -> None:
        """Prints a draft and shows it; the pages before stay until then."""
        press, dpi = self._context.desk.services.press, self._dpi
        self._draw(lambda: _printed(press, facts, dpi))

    def show_pdf(self, pdf: bytes) -> None:
        """Shows a finished paper."""
        press, dpi = self._context.desk.services.press, self._dpi
        self._draw(lambda: _drawn(press, pdf, dpi))

    def clear(self) -> None:
        """Shows nothing."""
        self._pdf, self._count = b"", 0
        self._pages.set_pages([])

    def _draw(self, job: Callable[[], _Drawn]) -> None:
        self._is_drawing = True
        self._context.operations.read(job, on_done=self._on_drawn, key="paper", owner=self)

    def _on_drawn(self, drawn: _Drawn) -> None:
        self._is_drawing = False
        if drawn.refusal is not None:
            self.refused.emit(self._context.texts(drawn.refusal.key, **drawn.refusal.values))
            return
        self._pdf, self._count = drawn.pdf, len(drawn.pages)
        self._pages.set_pages(images_of(drawn.pages))
        self.refused.emit("")
        self.shown.emit(len(drawn.pages))
        if abs(self._dpi - drawn.dpi) > drawn.dpi * _TOLERANCE:
            self.show_pdf(drawn.pdf)

    def _on_width_wanted(self, pixels: int) -> None:
        wanted = min(_MOST_DPI, pixels / _SHEET_INCHES)
        if not self._pdf or abs(wanted - self._dpi) <= self._dpi * _TOLERANCE:
            return
        self._dpi = wanted
        # A newer paper on its way must not be pushed aside by a sharper old one.
        if not self._is_drawing:
            self.show_pdf(self._pdf)


def images_of(pages: Sequence[PageImage]) -> list[QImage]:
    """Pixels as Qt has them; copied, because Qt does not keep the bytes alive."""
    form = QImage.Format.Format_RGB32
    return [QImage(page.pixels, page.width, page.height, page.stride, form).copy() for page in pages]


def _printed(press: LetterPress, facts: LetterFacts, dpi: float) -> _Drawn:
    try:
        return _drawn(press, press.render(facts, code_text="", signatures={}), dpi)
    except ExpectedError as refusal:
        return _Drawn(refusal=refusal)


def _drawn(press: LetterPress, pdf: bytes, dpi: float) -> _Drawn:
    count = len(press.page_sizes(pdf))
    pages = tuple(press.page_image(pdf, number, dpi=dpi) for number in range(count))
    return _Drawn(pdf=pdf, pages=pages, dpi=dpi)
