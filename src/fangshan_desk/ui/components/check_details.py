"""What opens below a question: figures, evidence, the remark, and the reason of a decision by hand."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.checklist import CheckItem
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.ui.components.check_inputs import InputFields
from fangshan_desk.ui.components.evidence_strip import EvidenceStrip
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.views.check_sheet import CheckRow


class CheckDetails(QWidget):
    """The lower part of a row; every field tells what was entered when it is left or after a pause."""

    entered = Signal(dict)
    noted = Signal(str)
    reasoned = Signal(str)
    files_wanted = Signal()
    files_given = Signal(list)
    image_given = Signal(QImage)
    photo_opened = Signal(str)
    photo_removed = Signal(str)
    focused = Signal()

    def __init__(self, context: Context, item: CheckItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._note_kept = ""
        self._is_current = False
        texts = context.texts
        self.inputs = InputFields(context, item) if item.inputs else None
        self.reason = QLineEdit()
        self.reason.setAccessibleName(texts("visit-check-reason"))
        self._reason_line = QWidget()
        self.note = QLineEdit()
        self.note.setPlaceholderText(texts("visit-check-note"))
        self.note.setAccessibleName(texts("visit-check-note"))
        self.note.setMaxLength(2000)
        self._add = SecondaryButton(texts("visit-check-evidence"), shortcut="F4", icon="camera", compact=True)
        self.evidence = EvidenceStrip(context)
        self._build()
        self._connect()

    def show_row(self, row: CheckRow) -> None:
        """What is kept of the row, but never over what somebody is typing."""
        if self.inputs is not None:
            self.inputs.show_inputs(row.inputs)
        self._note_kept = row.note
        if not (self.note.hasFocus() and self.note.isModified()):
            self.note.setText(row.note)
        self._show_reason(row)
        self.evidence.show_attachments(row.attachments)

    def set_current(self, is_current: bool) -> None:
        """Fields to add something are shown where the keyboard is."""
        self._is_current = is_current

    def set_read_only(self, is_read_only: bool) -> None:
        """Shows a closed check."""
        if self.inputs is not None:
            self.inputs.set_read_only(is_read_only)
        for line in (self.note, self.reason):
            line.setReadOnly(is_read_only)
        self._add.setVisible(not is_read_only)
        self.evidence.set_read_only(is_read_only)

    def fields(self) -> list[QWidget]:
        """The fields in the order of Enter."""
        own: list[QWidget] = [] if self.inputs is None else self.inputs.fields()
        reason: list[QWidget] = [] if self._reason_line.isHidden() else [self.reason]
        return [*reason, *own, self.note]

    def focus_first(self, *, needs_reason: bool = False) -> bool:
        """Put the keyboard into the first field, or into the reason that is waited for."""
        target = self.reason if needs_reason else self.fields()[0]
        if needs_reason:
            self._reason_line.show()
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def focus_next(self) -> bool:
        """From one field to the next; False where the keyboard is in none of them or in the last."""
        fields = self.fields()
        now = QApplication.focusWidget()
        if now is None or now not in fields[:-1]:
            return False
        fields[fields.index(now) + 1].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def holds_focus(self) -> bool:
        """Whether the keyboard is in one of the fields."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return False

    def _build(self) -> None:
        texts = self._context.texts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        reason = QHBoxLayout(self._reason_line)
        reason.setContentsMargins(0, 0, 0, 0)
        self._reason_label = text_label(texts("visit-check-reason"), role="orange", wrap=True)
        reason.addWidget(self._reason_label)
        reason.addWidget(self.reason, 1)
        column.addWidget(self._reason_line)
        if self.inputs is not None:
            column.addWidget(self.inputs)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._add)
        line.addWidget(self.note, 1)
        column.addLayout(line)
        column.addWidget(self.evidence)
        self._reason_line.hide()

    def _connect(self) -> None:
        if self.inputs is not None:
            self.inputs.entered.connect(self.entered)
        self.note.editingFinished.connect(self._on_note)
        self.reason.editingFinished.connect(self._on_reason)
        self._add.clicked.connect(self.files_wanted)
        self.evidence.files_given.connect(self.files_given)
        self.evidence.image_given.connect(self.image_given)
        self.evidence.photo_opened.connect(self.photo_opened)
        self.evidence.photo_removed.connect(self.photo_removed)
        watched = [self.note, self.reason, *([] if self.inputs is None else self.inputs.fields())]
        for field in watched:
            field.installEventFilter(self)

    def _show_reason(self, row: CheckRow) -> None:
        is_wanted = row.needs_reason or bool(row.reason)
        self._reason_line.setVisible(is_wanted)
        if not (self.reason.hasFocus() and self.reason.isModified()):
            self.reason.setText(row.reason)
        texts = self._context.texts
        label = texts("visit-check-reason")
        if row.needs_reason and row.chosen is Answer.NOT_APPLICABLE:
            label = texts("visit-check-reason-not-applicable")
        elif row.needs_reason and row.chosen is not None:
            label = texts(
                "visit-check-reason-against",
                computed=texts(f"check-answer-{row.result.computed.value}"),
                chosen=texts(f"check-answer-{row.chosen.value}"),
            )
        self._reason_label.setText(label)

    def _on_note(self) -> None:
        note = self.note.text().strip()
        if note != self._note_kept:
            self._note_kept = note
            self.note.setModified(False)
            self.noted.emit(note)

    def _on_reason(self) -> None:
        if self.reason.isModified():
            self.reason.setModified(False)
            self.reasoned.emit(self.reason.text().strip())
