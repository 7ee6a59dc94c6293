"""Shows one photo or scan large, without writing it anywhere."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.ui.context import Context

_PDF_DPI = 110


class EvidenceViewer(QDialog):
    """A picture that fits its window; of a PDF the first page."""

    def __init__(self, context: Context, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(attachment.caption or attachment.file_name)
        self._image = QImage()
        self._picture = QLabel(context.texts("visit-evidence-loading"))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(320, 240)
        self._picture.setAccessibleName(attachment.file_name)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._picture)
        services = context.desk.services

        def read() -> QImage:
            # A QImage belongs to no thread; decoding a large photo on the screen's would be felt.
            data = services.attachments.read(attachment.sha256)
            if attachment.media_type != "application/pdf":
                return QImage.fromData(data)
            page = services.press.page_image(data, 0, dpi=_PDF_DPI)
            held = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
            # The copy owns its pixels: the page's bytes end with this job.
            return held.copy()

        context.operations.read(read, on_done=self._on_read, owner=self)

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint()

    def _on_read(self, image: QImage) -> None:
        self._image = image
        self._paint()

    def _paint(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self._picture.size() * ratio
        fitted = self._image.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown = QPixmap.fromImage(fitted)
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)
