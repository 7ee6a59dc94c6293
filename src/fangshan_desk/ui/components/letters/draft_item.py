"""One item of a draft to be read over: wording, deadline, owner, tracker, and what is in the way."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.letter_facts import FindingKind
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.ui.components.letters.growing_text import GrowingText
from fangshan_desk.ui.components.letters.words import LetterWords
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import LinkButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.reviewing_drafts import DraftItem

_OWNER = ("owner_name", "owner_post", "owner_phone")
_WIDTHS = {"owner_name": 96, "owner_post": 96, "owner_phone": 124}


class DraftItemEditor(QFrame):
    """Emits what was changed by the names of `edit_draft`; an empty value takes our wording again."""

    changed = Signal(str, object)
    owner_for_all = Signal(object)

    def __init__(self, context: Context, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._context = context
        self._texts = context.texts
        self._words = LetterWords(context)
        self._code = code
        self._shown: DraftItem | None = None
        self._is_filling = False
        self._title = text_label(role="strong")
        self._blank = Badge(self._texts("draft-item-blank"), tone=Tone.RED)
        self._edited = Badge(self._texts("draft-item-edited"), tone=Tone.BLUE)
        self._restore = LinkButton(self._texts("draft-item-restore"), compact=True)
        self.finding = GrowingText(self._texts("draft-item-finding"), parent=self)
        self.advice = GrowingText(self._texts("draft-item-advice"), parent=self)
        self.deadline = date_field(context, self)
        self._day = text_label(role="weak")
        self._late = text_label(role="orange", wrap=True)
        self.owner = {name: self._owner_field(name) for name in _OWNER}
        self._for_all = LinkButton(self._texts("draft-item-owner-for-all"), compact=True)
        self.tracker = QComboBox(self)
        self._basis = text_label(role="weak", wrap=True)
        self._build()
        self._connect()

    @property
    def code(self) -> str:
        """The checklist item."""
        return self._code

    def show_item(self, item: DraftItem, *, number: int, officers: Sequence[Officer], editable: bool) -> None:
        """Shows what is kept; fields under the person's hands stay as they are."""
        self._shown = item
        self._is_filling = True
        facts = item.item
        is_violation = facts.kind is FindingKind.VIOLATION
        self._title.setText(
            self._texts("draft-item-title", number=number, code=facts.code, section=facts.section_title)
        )
        self.finding.show_text(facts.finding)
        self.advice.show_text(facts.advice)
        self._show_deadline(item)
        for name, field in self.owner.items():
            self._show_field(field, getattr(facts.owner, name.removeprefix("owner_")))
        self._show_officers(officers, item.tracker_id)
        self._deadline_row.setVisible(is_violation)
        self._owner_row.setVisible(is_violation)
        self._blank.setVisible(item.has_blank)
        self._edited.setVisible(bool(item.edited & {"finding", "advice", "deadline"}))
        self._restore.setVisible(editable and bool(item.edited & {"finding", "advice", "deadline"}))
        self._basis.setText(self._basis_words(item))
        self._basis.setVisible(bool(self._basis.text()))
        for text in (self.finding, self.advice):
            text.setReadOnly(not editable)
        for field in (self.deadline, *self.owner.values()):
            field.setReadOnly(not editable)
        self.tracker.setEnabled(editable)
        self._for_all.setVisible(editable and bool(facts.owner.name))
        self._is_filling = False

    def flush(self) -> None:
        """Tells everything typed and not told yet."""
        self.finding.flush()
        self.advice.flush()
        for name in _OWNER:
            self._tell_owner(name)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(_row([self._title, self._blank, self._edited], last=self._restore))
        column.addWidget(self._labelled("draft-item-finding", self.finding))
        column.addWidget(self._labelled("draft-item-advice", self.advice))
        column.addWidget(self._basis)
        self._deadline_row = QWidget(self)
        stack = QVBoxLayout(self._deadline_row)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        stack.addWidget(self._labelled("draft-item-deadline", _row([self.deadline, self._day])))
        stack.addWidget(self._late)
        column.addWidget(self._deadline_row)
        self._owner_row = QWidget(self)
        stack = QVBoxLayout(self._owner_row)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(6)
        owners = _row([*self.owner.values()], last=self._for_all)
        stack.addWidget(self._labelled("draft-item-owner", owners))
        self.tracker.setAccessibleName(self._texts("draft-item-tracker"))
        self.tracker.setFixedWidth(200)
        stack.addWidget(self._labelled("draft-item-tracker", _row([self.tracker])))
        column.addWidget(self._owner_row)

    def _connect(self) -> None:
        self.finding.edited.connect(lambda text: self._tell(finding=text))
        self.advice.edited.connect(lambda text: self._tell(advice=text))
        self.deadline.date_changed.connect(self._on_deadline_changed)
        self.tracker.activated.connect(lambda _: self._tell(tracker_id=str(self.tracker.currentData())))
        self._restore.clicked.connect(lambda: self._tell(finding="", advice="", deadline=""))
        self._for_all.clicked.connect(self._on_owner_for_all)
        for name, field in self.owner.items():
            field.editingFinished.connect(lambda name=name: self._tell_owner(name))

    def _owner_field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(self._texts(f"draft-item-{name.replace('_', '-')}"))
        field.setAccessibleName(self._texts(f"draft-item-{name.replace('_', '-')}"))
        field.setFixedWidth(_WIDTHS[name])
        return field

    def _labelled(self, key: str, field: QWidget) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = text_label(self._texts(key), role="weak")
        label.setFixedWidth(56)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(field, 1)
        return holder

    def _show_deadline(self, item: DraftItem) -> None:
        deadline = item.item.deadline
        if not self.deadline.hasFocus() or self.deadline.value() != deadline:
            self.deadline.set_value(deadline)
        self._day.setText(self._words.weekday(deadline) if deadline else "")
        late = item.latest_deadline if item.is_too_late else None
        self._late.setText(self._texts("draft-item-too-late", day=late.isoformat()) if late else "")
        self._late.setVisible(late is not None)

    def _show_field(self, field: QLineEdit, text: str) -> None:
        if not field.hasFocus():
            field.setText(text)

    def _show_officers(self, officers: Sequence[Officer], chosen: str) -> None:
        known = [self.tracker.itemData(row) for row in range(self.tracker.count())]
        if known != [officer.id for officer in officers]:
            self.tracker.clear()
            for officer in officers:
                body = self._texts(f"body-{officer.body.value}")
                words = self._texts("letter-person-with-post", name=officer.name, post=body)
                self.tracker.addItem(words, officer.id)
        self.tracker.setCurrentIndex(max(0, self.tracker.findData(chosen)))

    def _basis_words(self, item: DraftItem) -> str:
        if not item.unverified:
            return ""
        cites = self._texts("letter-enumeration").join(item.unverified)
        key = "draft-item-some-unverified" if item.item.printable_bases else "draft-item-none-verified"
        return self._texts(key, cites=cites)

    def _on_deadline_changed(self, day: date | None) -> None:
        self._tell(deadline=day.isoformat() if day else "")

    def _tell_owner(self, name: str) -> None:
        text = self.owner[name].text().strip()
        kept = self._shown.item.owner if self._shown is not None else None
        if kept is not None and text != getattr(kept, name.removeprefix("owner_")):
            self._tell(**{name: text})

    def _on_owner_for_all(self) -> None:
        self.flush()
        self.owner_for_all.emit({name: field.text().strip() for name, field in self.owner.items()})

    def _tell(self, **changes: str) -> None:
        if not self._is_filling:
            self.changed.emit(self._code, changes)


def _row(widgets: Sequence[QWidget], *, last: QWidget | None = None) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    if last is not None:
        row.addWidget(last)
    return holder
