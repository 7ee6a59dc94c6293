"""Photos and scans of one record as thumbnails that are read when they are shown."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.ui.components.worded import photo_strip
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.photo_strip import Photo, PhotoStrip
from fangshan_desk.usecases.ports import AttachmentKeeper


class EvidenceStrip(QWidget):
    """Shows attachments by their small pictures; hidden while there is none."""

    files_given = Signal(list)
    image_given = Signal(QImage)
    files_wanted = Signal()
    photo_opened = Signal(str)
    photo_removed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: tuple[str, ...] = ()
        self._names: dict[str, str] = {}
        self._attachments: tuple[Attachment, ...] = ()
        self._is_read_only = False
        self._strip: PhotoStrip | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Replaces what is shown; pictures arrive a little later."""
        self._attachments = tuple(attachments)
        ids = tuple(each.id for each in attachments)
        self.setVisible(bool(ids))
        if ids == self._shown:
            return
        self._shown = ids
        self._names = {each.id: each.caption or each.file_name for each in attachments}
        if not ids:
            return
        keeper = self._context.desk.services.attachments
        wanted = [(each.id, each.thumbnail_sha256) for each in attachments]

        def read() -> tuple[tuple[str, bytes], ...]:
            return tuple((key, _bytes(keeper, sha256)) for key, sha256 in wanted)

        self._context.operations.read(read, on_done=self._on_read, key="thumbnails", owner=self)

    def set_read_only(self, is_read_only: bool) -> None:
        """Pictures of a closed record can be looked at only."""
        if is_read_only != self._is_read_only and self._strip is not None:
            self._strip.deleteLater()
            self._strip = None
            self._shown = ()
        self._is_read_only = is_read_only
        self.show_attachments(self._attachments)

    def _on_read(self, found: tuple[tuple[str, bytes], ...]) -> None:
        photos = [
            Photo(key, QImage.fromData(data), self._names.get(key, ""))
            for key, data in found
            if key in self._shown
        ]
        self._made().set_photos(photos)

    def _made(self) -> PhotoStrip:
        if self._strip is None:
            strip = photo_strip(self._context, is_read_only=self._is_read_only, parent=self)
            strip.add_requested.connect(self.files_wanted)
            strip.files_dropped.connect(self.files_given)
            strip.image_pasted.connect(self.image_given)
            strip.photo_opened.connect(self.photo_opened)
            strip.photo_removed.connect(self.photo_removed)
            self._column.addWidget(strip)
            self._strip = strip
        return self._strip


def _bytes(keeper: AttachmentKeeper, sha256: str) -> bytes:
    try:
        return keeper.read(sha256) if sha256 else b""
    except (ExpectedError, OSError):
        # A picture that is not on this laptop yet leaves its tile empty.
        return b""
