"""One question of the check: code, question, citation, answer, and the details a finding opens."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.domain.checklist import CheckItem, ItemKind
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.ui.components.check_details import CheckDetails
from fangshan_desk.ui.context import Context, Texts
from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.answers import AnswerChoice, SegmentedAnswer
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.views.check_sheet import CheckRow

_CODE_WIDTH = 64
_TONES = {
    Answer.COMPLIANT: Tone.GREEN,
    Answer.VIOLATED: Tone.RED,
    Answer.NOT_APPLICABLE: Tone.GREY,
}
_DIGITS = {"1": Answer.COMPLIANT, "2": Answer.VIOLATED, "3": Answer.NOT_APPLICABLE}


class CheckRowWidget(QFrame):
    """Shows a row and tells what the person does with it; it decides nothing.

    Details are made when they are first needed.
    """

    chosen = Signal(str, str)
    cleared = Signal(str)
    entered = Signal(str, dict)
    noted = Signal(str, str)
    reasoned = Signal(str, str)
    files_given = Signal(str, list)
    image_given = Signal(str, QImage)
    files_wanted = Signal(str)
    photo_opened = Signal(str)
    photo_removed = Signal(str)
    became_current = Signal(str)
    moved = Signal(str, int)

    def __init__(self, context: Context, row: CheckRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.code = row.item.code
        self._row = row
        self._is_current = False
        self._is_read_only = False
        self.details: CheckDetails | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(f"{row.item.code} {row.item.question}")
        self.answer = SegmentedAnswer(_choices(row.item, context.texts), parent=self)
        self.answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answer.answered.connect(self._on_answered)
        self._hint = text_label(role="orange")
        self._build()
        self.show_row(row)

    def show_row(self, row: CheckRow) -> None:
        """The row as it stands now."""
        self._row = row
        shown = row.chosen if row.needs_reason and row.chosen is not None else row.answer
        self.answer.set_value("" if shown is Answer.UNDETERMINED else shown.value)
        self._hint.setText(self._hint_of(row))
        self._hint.setVisible(bool(self._hint.text()))
        if row.shows_details:
            self._open_details()
        if self.details is not None:
            self.details.setVisible(row.shows_details or self._is_current)
            self.details.show_row(row)

    def set_current(self, is_current: bool) -> None:
        """Marks the row the keyboard is on."""
        if is_current != self._is_current:
            self._is_current = is_current
            if self.details is not None:
                self.details.set_current(is_current)
                self.details.setVisible(self._row.shows_details)
            self.update()

    def set_read_only(self, is_read_only: bool) -> None:
        """A check that is closed is shown and not changed."""
        self._is_read_only = is_read_only
        self.answer.set_read_only(is_read_only)
        self.setAcceptDrops(not is_read_only)
        if self.details is not None:
            self.details.set_read_only(is_read_only)

    def enter_details(self) -> bool:
        """Put the keyboard into the first field; says whether there is one."""
        if self._is_read_only:
            return False
        self._open_details()
        if self.details is None:
            return False
        self.details.show()
        return self.details.focus_first(needs_reason=self._row.needs_reason)

    def leave_details(self) -> bool:
        """Bring the keyboard back to the question; says whether it was in a field."""
        if self.details is None or not self.details.holds_focus():
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(self.code, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif self.hasFocus() and event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif not (self.hasFocus() and self._press(event.text())):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.became_current.emit(self.code)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.files_given.emit(self.code, files)
        elif event.mimeData().hasImage():
            self.image_given.emit(self.code, QImage(event.mimeData().imageData()))
        event.acceptProposedAction()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.answer.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_current:
            painter.fillRect(self.rect(), palette.FIELD)
            painter.fillRect(0, 0, 3, self.height(), palette.PRIMARY)
        painter.fillRect(0, self.height() - 1, self.width(), 1, palette.LINE_WEAK)

    def _build(self) -> None:
        item = self._row.item
        code = text_label(item.code, role="weak")
        code.setFixedWidth(_CODE_WIDTH)
        self._question = QLabel(_question_html(self._row, self._context.texts))
        self._question.setTextFormat(Qt.TextFormat.RichText)
        self._question.setWordWrap(True)
        self._question.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._question.setToolTip(_bases_words(self._row, self._context.texts))
        head = QHBoxLayout()
        head.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(code, 0, top)
        head.addWidget(self._question, 1, top)
        head.addWidget(self._answer_side(item), 0, top)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 11)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        # Not its hint as minimum: that is the height at the narrowest width.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _answer_side(self, item: CheckItem) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if item.kind is ItemKind.INFO:
            self.answer.hide()
            column.addWidget(Badge(self._context.texts("check-kind-info"), tone=Tone.GREY))
        else:
            column.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignRight)
        return side

    def _open_details(self) -> None:
        if self.details is not None:
            return
        self.details = CheckDetails(self._context, self._row.item, self)
        code = self.code
        self.details.entered.connect(lambda inputs: self.entered.emit(code, inputs))
        self.details.noted.connect(lambda note: self.noted.emit(code, note))
        self.details.reasoned.connect(lambda reason: self.reasoned.emit(code, reason))
        self.details.files_wanted.connect(lambda: self.files_wanted.emit(code))
        self.details.files_given.connect(lambda files: self.files_given.emit(code, files))
        self.details.image_given.connect(lambda image: self.image_given.emit(code, image))
        self.details.photo_opened.connect(self.photo_opened)
        self.details.photo_removed.connect(self.photo_removed)
        self.details.focused.connect(lambda: self.became_current.emit(code))
        self.details.setContentsMargins(_CODE_WIDTH + 12, 0, 0, 0)
        self._column.addWidget(self.details)
        self.details.set_current(self._is_current)
        self.details.set_read_only(self._is_read_only)
        self.details.show_row(self._row)

    def _on_answered(self, value: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if value:
            self.chosen.emit(self.code, value)
        else:
            self.cleared.emit(self.code)

    def _press(self, key: str) -> bool:
        if self._is_read_only or self._row.is_info:
            return False
        if key in _DIGITS:
            self.chosen.emit(self.code, _DIGITS[key].value)
        elif key == "0":
            self.cleared.emit(self.code)
        return key in _DIGITS or key == "0"

    def _on_enter(self) -> None:
        if self.details is None or not self.details.focus_next():
            self.enter_details() if self.hasFocus() else self.leave_details()

    def _paste(self) -> None:
        content = QGuiApplication.clipboard().mimeData()
        files = [url.toLocalFile() for url in content.urls() if url.isLocalFile()]
        image = QGuiApplication.clipboard().image()
        if files:
            self.files_given.emit(self.code, files)
        elif not image.isNull():
            self.image_given.emit(self.code, image)

    def _hint_of(self, row: CheckRow) -> str:
        texts = self._context.texts
        if row.needs_reason:
            return texts("visit-check-reason-first")
        if row.result.is_overridden:
            return texts("check-origin-overridden")
        begun = row.result.has_inputs and not row.is_info
        missing = row.result.missing_inputs
        if begun and row.answer is Answer.UNDETERMINED and missing:
            field = row.item.input_named(missing[0])
            return texts("visit-check-figure-missing", label=field.label if field is not None else "")
        return ""


def _choices(item: CheckItem, texts: Texts) -> Sequence[AnswerChoice]:
    return [
        AnswerChoice(answer.value, _answer_words(item, answer, texts), _TONES[answer], digit)
        for digit, answer in _DIGITS.items()
    ]


def _answer_words(item: CheckItem, answer: Answer, texts: Texts) -> str:
    # "Compliant" says nothing of a sign of trouble: it is there or not.
    if item.kind is ItemKind.SIGNAL:
        return texts(f"visit-signal-{answer.value}")
    return texts(f"check-answer-{answer.value}")


def _question_html(row: CheckRow, texts: Texts) -> str:
    printable = row.printable_bases
    parts = [escape(row.item.question)]
    if printable:
        cite = printable[0].basis.cite
        words = texts("visit-check-basis", cite=cite)
        if len(printable) > 1:
            words = texts("visit-check-bases", cite=cite, count=len(printable))
        parts.append(f'<span style="color:{palette.TEXT_WEAK};font-size:12px"> {escape(words)}</span>')
    doubted = len(row.bases) - len(printable)
    if doubted:
        words = texts("visit-check-doubted", count=doubted)
        parts.append(
            f'<span style="color:{palette.TONES[Tone.ORANGE].text};font-size:12px"> {escape(words)}</span>'
        )
    return "".join(parts)


def _bases_words(row: CheckRow, texts: Texts) -> str:
    lines = []
    for basis in row.bases:
        doubt = f" {texts(f'statute-doubt-{basis.doubt.value}')}" if basis.doubt is not None else ""
        lines.append(f"{basis.basis.cite}{doubt}")
    if row.item.evidence:
        lines.append(texts("visit-check-look-at", what=texts("list-separator").join(row.item.evidence)))
    return "\n".join(lines)
