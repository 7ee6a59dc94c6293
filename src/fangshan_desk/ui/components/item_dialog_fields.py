"""Fields that several dialogs of an item share: officers, coded reasons, days, evidence."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from fangshan_desk.domain.day_counting import due_date, next_working_day
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.states.item_facts import CloseReason
from fangshan_desk.ui.components.evidence_strip import EvidenceStrip
from fangshan_desk.ui.components.evidence_taking import EvidenceTaker
from fangshan_desk.ui.components.evidence_viewer import EvidenceViewer
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.item_evidence import remove_evidence
from fangshan_desk.usecases.rectifying import SUBJECT, started_on
from fangshan_desk.usecases.views.ledger import ItemPage

_PLACES = ("item-officer-first", "item-officer-second", "item-officer-third")


class OfficerPicker(QWidget):
    """Who took part: oneself, a second officer, and perhaps a third."""

    changed = Signal()

    def __init__(self, context: Context, officers: Sequence[Officer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        texts = context.texts
        self._boxes = [self._box(context, officers, none=texts(key)) for key in _PLACES]
        for box in self._boxes:
            row.addWidget(box, 1)
        self._boxes[0].setCurrentIndex(max(0, self._boxes[0].findData(context.actor.id)))
        for box in self._boxes:
            box.currentIndexChanged.connect(self._on_chosen)
        self.setFocusProxy(self._boxes[1])

    def ids(self) -> tuple[str, ...]:
        """Who is chosen, everybody once."""
        chosen = (str(box.currentData()) for box in self._boxes if box.currentData())
        return tuple(dict.fromkeys(chosen))

    def choose(self, officer_id: str, *, place: int = 1) -> None:
        """Puts an officer in a place; the second one unless said otherwise."""
        self._boxes[place].setCurrentIndex(self._boxes[place].findData(officer_id))

    def _box(self, context: Context, officers: Sequence[Officer], *, none: str) -> QComboBox:
        box = QComboBox(self)
        box.addItem(none, "")
        for officer in officers:
            box.addItem(officer_words(officer, context), officer.id)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setAccessibleName(context.texts("item-field-officers"))
        return box

    def _on_chosen(self, _index: int) -> None:
        self.changed.emit()


def officer_words(officer: Officer, context: Context) -> str:
    """Name and body."""
    body = context.texts(f"body-{officer.body.value}")
    return context.texts("item-officer", name=officer.name, body=body)


class CloseReasonBox(QComboBox):
    """A coded reason, or none."""

    def __init__(
        self, context: Context, reasons: Sequence[CloseReason], *, none: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.addItem(none, "")
        for reason in reasons:
            self.addItem(context.texts(reason.label_key), reason.value)

    def reason(self) -> CloseReason | None:
        """What is chosen."""
        value = self.currentData()
        return CloseReason(value) if value else None


class DaysField(QWidget):
    """A number of days and the day they lead to."""

    changed = Signal()

    def __init__(self, context: Context, *, longest: int, days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._start: date | None = None
        self.box = QSpinBox(self)
        self.box.setRange(1, max(1, longest))
        self.box.setValue(days)
        self.box.setSuffix(context.texts("item-days-suffix"))
        self.box.setFixedWidth(104)
        self.box.lineEdit().setTextMargins(6, 0, 0, 0)
        self.box.valueChanged.connect(self._on_changed)
        self._leads_to = text_label(role="weak")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.box)
        row.addWidget(self._leads_to, 1)
        self.setFocusProxy(self.box)

    def days(self) -> int:
        """The number chosen."""
        return self.box.value()

    def count_from(self, start: date) -> None:
        """The day the period begins after."""
        self._start = start
        self._show()

    def last_day(self) -> date | None:
        """The last day before it is moved off a rest day."""
        return date.fromordinal(self._start.toordinal() + self.days()) if self._start else None

    def _on_changed(self, _value: int) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        last = self.last_day()
        if last is None or self._start is None:
            return
        calendar = self._context.desk.services.calendar
        due = next_working_day(last, calendar=calendar).date
        key = "item-days-lead-to" if due == last else "item-days-lead-on"
        self._leads_to.setText(self._context.texts(key, last=last, due=due))


class EvidencePanel(QWidget):
    """An item's photos and scans: add by file, drop or paste, look, take away."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item_id = ""
        self._attachments: dict[str, Attachment] = {}
        self._is_read_only = False
        self._strip = EvidenceStrip(context, self)
        self._taker = EvidenceTaker(context, self)
        self._add = SecondaryButton(context.texts("item-evidence-add"), compact=True, icon="camera")
        self._hint = text_label(context.texts("item-evidence-hint"), role="hint", wrap=True)
        self._build()
        self.setAcceptDrops(True)

    def show_item(self, page: ItemPage, *, is_read_only: bool = False) -> None:
        """Shows what is attached to the item."""
        self._item_id = page.item.id
        self._attachments = {each.id: each for each in page.attachments}
        self._is_read_only = is_read_only
        self._strip.set_read_only(is_read_only)
        self._strip.show_attachments(page.attachments)
        # The strip has a tile of its own for adding.
        self._add.setVisible(not is_read_only and not page.attachments)
        self._hint.setVisible(not is_read_only or not page.attachments)
        key = "item-evidence-none" if is_read_only else "item-evidence-hint"
        self._hint.setText(self._context.texts(key))

    def take_files(self, paths: Sequence[str]) -> None:
        """Attach files by their places."""
        if paths and not self._is_read_only:
            self._taker.take_files(paths, subject=SUBJECT, subject_id=self._item_id)

    def take_image(self, image: QImage) -> None:
        """Attach a picture from the clipboard."""
        if not image.isNull() and not self._is_read_only:
            self._taker.take_image(image, subject=SUBJECT, subject_id=self._item_id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._is_read_only and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take_content(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take_content(QGuiApplication.clipboard().mimeData())
            return
        super().keyPressEvent(event)

    def _take_content(self, content: QMimeData) -> None:
        files = [url.toLocalFile() for url in content.urls() if url.isLocalFile()]
        if files:
            self.take_files(files)
        elif content.hasImage():
            self.take_image(QImage(content.imageData()))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._strip)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._add)
        line.addWidget(self._hint, 1)
        column.addLayout(line)
        self._add.clicked.connect(self._on_files_wanted)
        self._strip.files_wanted.connect(self._on_files_wanted)
        self._strip.files_given.connect(self.take_files)
        self._strip.image_given.connect(self.take_image)
        self._strip.photo_opened.connect(self._on_opened)
        self._strip.photo_removed.connect(self._on_removed)
        self._taker.kept.connect(self._on_kept)

    def _on_files_wanted(self) -> None:
        self.take_files([str(path) for path in self._taker.ask_files(self)])

    def _on_opened(self, attachment_id: str) -> None:
        attachment = self._attachments.get(attachment_id)
        if attachment is not None:
            EvidenceViewer(self._context, attachment, self).open()

    def _on_removed(self, attachment_id: str) -> None:
        self._context.transact(
            lambda uow, services: remove_evidence(attachment_id=attachment_id, uow=uow, services=services),
            on_done=self._on_gone,
            initiator=self,
        )

    def _on_gone(self, _nothing: None) -> None:
        self.changed.emit()

    def _on_kept(self, _subject_id: str, _topic: str) -> None:
        self.changed.emit()


def day_objection(day: date | None, *, earliest: date, context: Context) -> str:
    """Why a day cannot be that of a step."""
    texts, latest = context.texts, context.clock.today()
    if day is None:
        return texts("item-day-missing")
    if not earliest <= day <= latest:
        return texts("item-day-impossible", day=day, earliest=earliest, latest=latest)
    return ""


def first_recheck_day(page: ItemPage) -> date:
    """A recheck cannot lie before the report."""
    return page.item.reported_on or started_on(page.item)


def new_deadline(start: date, days: int, context: Context) -> date:
    """The last day of a new period."""
    return due_date(start, days, calendar=context.desk.services.calendar).date
