"""Photos and scans kept with a letter: a refusal, the place where it was left, the signed paper."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.ui.components.evidence_strip import EvidenceStrip
from fangshan_desk.ui.components.evidence_taking import EvidenceTaker
from fangshan_desk.ui.components.evidence_viewer import EvidenceViewer
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.collecting_evidence import remove_attachment
from fangshan_desk.usecases.prescribing import PROOF_KINDS


class LetterPhotos(QWidget):
    """Adds by file, drop or paste; the clean-up of each file happens away from the screen."""

    changed = Signal()

    def __init__(self, context: Context, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._letter_id = ""
        self._attachments: dict[str, Attachment] = {}
        self._strip = EvidenceStrip(context, self)
        self._taker = EvidenceTaker(context, self)
        self._add = SecondaryButton(context.texts("letter-photo-add"), compact=True, icon="camera")
        self._hint = text_label(hint, role="hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._strip)
        line = QHBoxLayout()
        line.addWidget(self._add)
        line.addWidget(self._hint, 1)
        column.addLayout(line)
        self._add.clicked.connect(self._on_files_wanted)
        self._strip.files_wanted.connect(self._on_files_wanted)
        self._strip.files_given.connect(self.take_files)
        self._strip.image_given.connect(self._on_image)
        self._strip.photo_opened.connect(self._on_opened)
        self._strip.photo_removed.connect(self._on_removed)
        self._taker.kept.connect(self._on_kept)

    @property
    def is_empty(self) -> bool:
        """Whether nothing proves anything yet."""
        return not self._attachments

    def show_letter(self, letter_id: str, attachments: Sequence[Attachment]) -> None:
        """Shows what is kept with the letter, its own paper and signatures left out."""
        self._letter_id = letter_id
        photos = [one for one in attachments if one.kind in PROOF_KINDS]
        self._attachments = {one.id: one for one in photos}
        self._strip.show_attachments(photos)
        # The strip has a tile of its own for more.
        self._add.setVisible(not photos)

    def take_files(self, paths: Sequence[str]) -> None:
        """Attach files by their places."""
        if paths and self._letter_id:
            self._taker.take_files(paths, subject=Letter.entity.name, subject_id=self._letter_id)

    def _on_image(self, image: QImage) -> None:
        if self._letter_id and not image.isNull():
            self._taker.take_image(image, subject=Letter.entity.name, subject_id=self._letter_id)

    def _on_files_wanted(self) -> None:
        self.take_files([str(path) for path in self._taker.ask_files(self)])

    def _on_opened(self, attachment_id: str) -> None:
        found = self._attachments.get(attachment_id)
        if found is not None:
            EvidenceViewer(self._context, found, self).open()

    def _on_removed(self, attachment_id: str) -> None:
        self._context.transact(
            lambda uow, services: remove_attachment(attachment_id=attachment_id, uow=uow, services=services),
            on_done=lambda _nothing: self.changed.emit(),
            initiator=self,
        )

    def _on_kept(self, _subject_id: str, _topic: str) -> None:
        self.changed.emit()
