"""Changes what a drafted letter says, field by field."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.ui.components.letters.dialogs import LetterDialog
from fangshan_desk.ui.components.letters.form_parts import labelled
from fangshan_desk.ui.components.letters.growing_text import GrowingText
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.drafting_letters import edit_letter
from fangshan_desk.usecases.letter_edits import EditField, FieldForm, changes_of, edit_fields
from fangshan_desk.usecases.ports import Services, UnitOfWork

_WIDTH = 640
_MOST_PEOPLE = 100_000


class LetterEditDialog(LetterDialog):
    """Only what was changed is kept; everything else still comes from the records."""

    def __init__(self, context: Context, letter: Letter, parent: QWidget) -> None:
        super().__init__(context, context.texts("letter-edit"), width=_WIDTH, parent=parent)
        self._letter_id = letter.id
        self._fields = edit_fields(letter)
        self._read: dict[str, Callable[[], str]] = {}
        holder = QWidget()
        holder.setProperty("surface", "clear")
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setSpacing(8)
        for field in self._fields:
            rows.addWidget(labelled(self._label(field), self._made(field), is_top=True))
        rows.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMinimumHeight(300)
        self.button = PrimaryButton(context.texts("letter-edit-keep"))
        self.button.clicked.connect(self._on_keep)
        self.column.addWidget(text_label(context.texts("letter-edit-hint"), role="weak", wrap=True))
        self.column.addWidget(scroll, 1)
        self.add_buttons(self.button)

    def values(self) -> dict[str, str]:
        """What was changed, by the names of the fields."""
        before = {field.name: field.value for field in self._fields}
        now = {name: read() for name, read in self._read.items()}
        return {name: value for name, value in now.items() if value != before[name].strip()}

    def field(self, name: str) -> QWidget:
        """The control of one field."""
        found = self.findChild(QWidget, f"edit-{name}")
        assert isinstance(found, QWidget)  # noqa: S101 - every field has one
        return found

    def _made(self, field: EditField) -> QWidget:
        widget, read = _FORMS[field.form](self.context, field)
        widget.setObjectName(f"edit-{field.name}")
        self._read[field.name] = read
        return widget

    def _label(self, field: EditField) -> str:
        return self.context.texts(f"letter-edit-{field.label}", code=field.code)

    def _on_keep(self) -> None:
        self.run(partial(_edit, self._letter_id, self.values()))


def _day(context: Context, field: EditField) -> tuple[QWidget, Callable[[], str]]:
    made = date_field(context)
    made.set_iso(field.value)
    return made, made.iso


def _count(_context: Context, field: EditField) -> tuple[QWidget, Callable[[], str]]:
    made = QSpinBox()
    made.setRange(0, _MOST_PEOPLE)
    made.setValue(int(field.value or 0))
    return made, lambda: str(made.value())


def _text(context: Context, field: EditField) -> tuple[QWidget, Callable[[], str]]:
    made = GrowingText(context.texts(f"letter-edit-{field.label}", code=field.code))
    made.show_text(field.value)
    return made, lambda: made.toPlainText().strip()


_FORMS = {FieldForm.DAY: _day, FieldForm.COUNT: _count, FieldForm.TEXT: _text}


def _edit(letter_id: str, values: dict[str, str], uow: UnitOfWork, services: Services) -> Letter:
    return edit_letter(letter_id=letter_id, changes=changes_of(values), uow=uow, services=services)
