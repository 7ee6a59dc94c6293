"""What every dialog for a step of an item is: fields, limits, and why the step cannot be taken yet."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.states.item_facts import ItemEvent
from fangshan_desk.domain.states.machine import Refusal
from fangshan_desk.ui.components.item_words import short_title
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.date_field import DateField
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.item_options import why_not
from fangshan_desk.usecases.views.ledger import ItemPage

WIDTH = 560
_TEXT_HEIGHT = 66


class ItemDialog(QDialog):
    """One step of one item; its button stays grey, with the reason beside it, until the rules are content.

    Subclasses build their fields, name the event with what is given, and the job that takes the step.
    """

    taken = Signal(object)
    kind = ""

    def __init__(
        self,
        context: Context,
        page: ItemPage,
        officers: Sequence[Officer] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.page = page
        self.officers = tuple(officers)
        self._is_saving = False
        self._fields: list[QWidget] = []
        texts = context.texts
        self.setWindowTitle(texts(f"item-dialog-{self.kind}"))
        self.form = QFormLayout()
        self.form.setSpacing(10)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._why = text_label(role="orange", wrap=True)
        self._accept = PrimaryButton(texts(f"item-accept-{self.kind}"))
        self._cancel = SecondaryButton(texts("shell-cancel"))
        self._accept.clicked.connect(self._on_accepted)
        self._cancel.clicked.connect(self.reject)
        self._build()
        self.build_fields()
        self.look_again()

    # What a subclass gives.

    def build_fields(self) -> None:
        """Adds the fields; called once."""

    def event_wanted(self) -> ItemEvent:
        """The step as it stands with the fields."""
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        """What the step brings with it, by the names of ItemFacts."""
        return {}

    def job(self) -> Job[Any]:
        """The use case that takes the step."""
        raise NotImplementedError

    def own_objection(self) -> str:
        """What is wrong besides the rules, such as a day in the future; empty when nothing is."""
        return ""

    # What all have.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        first = next((field for field in self._fields if field.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus()

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return taken

    def look_again(self) -> None:
        """Says why the step cannot be taken yet, or lets it be taken."""
        sentence = self.objection()
        self._why.setText(sentence)
        self._why.setVisible(bool(sentence))
        self._accept.setEnabled(not sentence and not self._is_saving)
        self._accept.setToolTip(sentence)

    def objection(self) -> str:
        """Why the step cannot be taken yet; empty when it can."""
        own = self.own_objection()
        if own:
            return own
        refusal = why_not(self.page, self.event_wanted(), self.context.desk.services, **self.given())
        return self.sentence(refusal) if refusal is not None else ""

    def sentence(self, refusal: Refusal) -> str:
        """The words of a refusal."""
        return self.context.texts(refusal.key, **refusal.values)

    def show_page(self, page: ItemPage) -> None:
        """The item was read again, such as after evidence was added."""
        self.page = page
        self.look_again()

    def set_accept(self, caption: str) -> None:
        """Other words on the button, where a choice changes what it does."""
        self._accept.setText(caption)
        self._accept.setAccessibleName(caption)
        self._accept.updateGeometry()

    def add_row(self, label: str, field: QWidget) -> QWidget:
        """A labelled field."""
        words = text_label(self.context.texts(label), role="weak")
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        words.setContentsMargins(0, 6, 0, 0)
        words.setBuddy(field)
        field.setAccessibleName(words.text())
        self.form.addRow(words, field)
        self._fields.append(field)
        return field

    def add_words(self, sentence: str, *, role: str = "weak") -> QLabel:
        """A line of explanation across the form."""
        label = text_label(sentence, role=role, wrap=True)
        self.form.addRow(label)
        return label

    def add_date(self, label: str, value: date) -> DateField:
        """A date that is looked at with every change."""
        field = date_field(self.context, self)
        field.set_value(value)
        field.date_changed.connect(self._on_changed)
        field.textEdited.connect(self._on_changed)
        self.add_row(label, field)
        return field

    def add_text(self, label: str, *, placeholder: str = "") -> QPlainTextEdit:
        """A few lines of the officer's words."""
        field = QPlainTextEdit(self)
        field.setFixedHeight(_TEXT_HEIGHT)
        field.setTabChangesFocus(True)
        field.setPlaceholderText(placeholder)
        field.textChanged.connect(self.look_again)
        self.add_row(label, field)
        return field

    def add_check(self, caption: str) -> QCheckBox:
        """Something to be confirmed."""
        box = QCheckBox(caption, self)
        box.toggled.connect(self._on_changed)
        self.form.addRow(text_label(), box)
        return box

    def _on_changed(self, *_: object) -> None:
        self.look_again()

    def _build(self) -> None:
        self.setFixedWidth(WIDTH)
        texts, page = self.context.texts, self.page
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(text_label(short_title(page.item.title, texts), role="section", wrap=True))
        column.addWidget(
            text_label(
                texts("item-dialog-about", enterprise=page.enterprise.name, letter=page.letter.number),
                role="weak",
                wrap=True,
            )
        )
        column.addLayout(self.form)
        column.addWidget(self._why)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._accept)
        column.addLayout(buttons)
        self._accept.setDefault(True)

    def _fit(self) -> None:
        # A dialog does not ask wrapped words how high they are at this width.
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(WIDTH))

    def _on_accepted(self) -> None:
        if self.objection() or self._is_saving:
            self.look_again()
            return
        self._is_saving = True
        self.look_again()
        self.context.transact(self.job(), on_done=self._on_done, on_failed=self._on_failed, initiator=self)

    def _on_done(self, result: object) -> None:
        self.taken.emit(result)
        self.accept()

    def _on_failed(self, error: ExpectedError) -> bool:
        self._is_saving = False
        self.look_again()
        self._why.setText(self.context.texts(error.key, **error.values))
        self._why.show()
        return True


DialogFactory = Callable[[Context, ItemPage, Sequence[Officer], QWidget | None], ItemDialog]
