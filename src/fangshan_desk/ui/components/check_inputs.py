"""The figures of one check item: a field for each, in the form its kind asks for."""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.checklist import CheckInput, CheckItem, InputKind, Inputs, fen_of, read_inputs
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.ui.components.worded import date_field, money_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.answers import AnswerChoice, SegmentedAnswer
from fangshan_desk.ui.widgets.date_field import DateField
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.money_field import MoneyField
from fangshan_desk.ui.widgets.palette import Tone

# Typing pauses longer than this are saved without waiting for Enter.
_PAUSE_MS = 700
_NUMBER_WIDTH, _TEXT_WIDTH = 76, 220
YES, NO = "yes", "no"


class InputFields(QWidget):
    """Typed fields with their labels and units; what cannot be read stays visible with the reason."""

    entered = Signal(dict)

    def __init__(self, context: Context, item: CheckItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item = item
        self._last: dict[str, Any] = {}
        self._fields: dict[str, QWidget] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.take)
        self._problem = text_label(role="red", wrap=True)
        self._problem.hide()
        self._build()

    def fields(self) -> list[QWidget]:
        """The fields in the order of typing."""
        return list(self._fields.values())

    def field(self, name: str) -> QWidget:
        """One field by the name of its input."""
        return self._fields[name]

    def problem(self) -> str:
        """What cannot be used, in words; empty when everything can."""
        return "" if self._problem.isHidden() else self._problem.text()

    def show_inputs(self, inputs: Inputs) -> None:
        """Show what is kept, but never over what somebody is typing."""
        self._last = {name: value for name, value in inputs.items() if value is not None}
        for declared in self._item.inputs:
            widget = self._fields[declared.name]
            if not _is_being_typed(widget):
                _show(widget, inputs.get(declared.name))

    def set_read_only(self, is_read_only: bool) -> None:
        """Shows the figures of a closed check."""
        for widget in self._fields.values():
            if isinstance(widget, (QLineEdit, SegmentedAnswer)):
                (widget.setReadOnly if isinstance(widget, QLineEdit) else widget.set_read_only)(is_read_only)

    def take(self) -> None:
        """Read all fields; tell them when they can be used and are new."""
        self._pause.stop()
        raw = {name: _raw(widget) for name, widget in self._fields.items()}
        try:
            inputs = read_inputs(
                self._item, {name: value for name, value in raw.items() if value is not None}
            )
        except ExpectedError as error:
            self._tell(self._context.texts(error.key, **error.values), name=str(error.values.get("name", "")))
            return
        self._tell("")
        given = {name: value for name, value in inputs.items() if value is not None}
        if given != self._last:
            self._last = given
            self.entered.emit(given)

    def _build(self) -> None:
        flow_holder = QWidget(self)
        flow = FlowLayout(flow_holder, gap=8)
        for declared in self._item.inputs:
            widget = self._made(declared)
            widget.setAccessibleName(declared.label)
            self._fields[declared.name] = widget
            flow.addWidget(self._labelled(declared, widget))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(flow_holder)
        column.addWidget(self._problem)

    def _made(self, declared: CheckInput) -> QWidget:
        if declared.kind is InputKind.BOOLEAN:
            return self._yes_or_no()
        if declared.kind is InputKind.DATE:
            day = date_field(self._context)
            day.date_changed.connect(self.take)
            return day
        if declared.kind is InputKind.MONEY:
            money = money_field(self._context)
            money.setFixedWidth(110)
            money.amount_changed.connect(self.take)
            return money
        line = QLineEdit()
        is_text = declared.kind is InputKind.TEXT
        line.setFixedWidth(_TEXT_WIDTH if is_text else _NUMBER_WIDTH)
        if not is_text:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.textEdited.connect(self._pause.start)
        line.editingFinished.connect(self.take)
        return line

    def _yes_or_no(self) -> SegmentedAnswer:
        texts = self._context.texts
        choice = SegmentedAnswer(
            (
                AnswerChoice(YES, texts("checklist-yes"), Tone.BLUE),
                AnswerChoice(NO, texts("checklist-no"), Tone.BLUE),
            )
        )
        choice.answered.connect(self.take)
        return choice

    def _labelled(self, declared: CheckInput, widget: QWidget) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(5)
        row.addWidget(text_label(declared.label, role="weak"))
        row.addWidget(widget)
        # An amount shows its unit in the field itself.
        if declared.unit and declared.kind is not InputKind.MONEY:
            row.addWidget(text_label(declared.unit, role="weak"))
        return holder

    def _tell(self, problem: str, *, name: str = "") -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        for field_name, widget in self._fields.items():
            if isinstance(widget, QLineEdit) and not isinstance(widget, (DateField, MoneyField)):
                widget.setProperty("invalid", bool(problem) and field_name == name)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


def _raw(widget: QWidget) -> object:
    if isinstance(widget, DateField):
        # Half-typed days are refused in words, not left out.
        return widget.value() if widget.is_valid() else widget.text()
    if isinstance(widget, MoneyField):
        fen = widget.fen() if widget.is_valid() else None
        return Decimal(fen).scaleb(-2) if fen is not None else (widget.text().strip() or None)
    if isinstance(widget, SegmentedAnswer):
        return {YES: True, NO: False}.get(widget.value())
    return widget.text().strip() or None if isinstance(widget, QLineEdit) else None


def _show(widget: QWidget, value: Any) -> None:
    if isinstance(widget, DateField):
        widget.set_value(value if isinstance(value, date) else None)
    elif isinstance(widget, MoneyField):
        widget.set_fen(fen_of(value) if isinstance(value, Decimal) else None)
    elif isinstance(widget, SegmentedAnswer):
        widget.set_value("" if value is None else YES if value else NO)
    elif isinstance(widget, QLineEdit):
        widget.setText("" if value is None else _typed(value))


def _typed(value: object) -> str:
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)


def _is_being_typed(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit) and widget.hasFocus() and widget.isModified()
