"""The line above the ledger: chips with their numbers, filters, and words one can simply type."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.filters import DropDownFilter, FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.usecases.views.ledger import LedgerCounts, LedgerFilter, StateGroup

SHOWN_GROUPS = (
    StateGroup.OPEN,
    StateGroup.OVERDUE,
    StateGroup.DUE_IN_WEEK,
    StateGroup.RECHECK,
    StateGroup.CLOSED,
)
_LEVELS = (RiskLevel.RED, RiskLevel.ORANGE, RiskLevel.YELLOW, RiskLevel.BLUE, RiskLevel.UNRATED)
# A pause in typing, so that not every letter asks the file.
_TYPING_MS = 160
_FIELD_WIDTH = 132


class LedgerFilterBar(QWidget):
    """Holds what the ledger shows; tells when the person changes it."""

    changed = Signal()
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        limits = context.desk.services.limits
        self._wanted = LedgerFilter(reminder_days=limits.item.reminder_days)
        self._row = FlowLayout(self, gap=8)
        self._group = QButtonGroup(self)
        self._chips = {group: self._chip(group) for group in SHOWN_GROUPS}
        self._township = self._drop_down("township", self._townships())
        self._lead_body = self._drop_down("lead_body", self._bodies())
        self._risk_level = self._drop_down("risk_level", self._levels())
        self._tracker = self._drop_down("tracker_id", [("", context.texts("ledger-all"))])
        self._single = self._single_chip()
        self._field = self._text_field()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self._on_typed)
        self.show_filter(self._wanted)

    def wanted(self) -> LedgerFilter:
        """What is to be shown."""
        return self._wanted

    def show_filter(self, wanted: LedgerFilter) -> None:
        """Shows a choice made elsewhere; does not emit :attr:`changed`."""
        self._wanted = replace(wanted, reminder_days=self._wanted.reminder_days)
        # A group without a chip, such as everything, leaves every chip up.
        self._group.setExclusive(False)
        for group, chip in self._chips.items():
            chip.setChecked(group is wanted.group)
        self._group.setExclusive(True)
        self._township.set_value(wanted.township)
        self._lead_body.set_value(wanted.lead_body)
        self._risk_level.set_value(wanted.risk_level)
        self._tracker.set_value(wanted.tracker_id)
        is_single = bool(wanted.enterprise_id or wanted.letter_id)
        self._single.setVisible(is_single)
        self._single.setChecked(is_single)
        self._field.setText(wanted.text)
        self._field.setVisible(bool(wanted.text))
        self._timer.stop()

    def show_counts(self, counts: LedgerCounts) -> None:
        """Numbers on the chips."""
        for group, chip in self._chips.items():
            chip.set_count(counts.of(group))

    def show_officers(self, officers: Sequence[Officer]) -> None:
        """Who may be chosen as the one who follows an item; oneself first."""
        own = self._context.actor.id
        texts = self._context.texts
        others = [(officer.id, officer.name) for officer in officers if officer.id != own]
        mine = [(own, texts("ledger-tracker-me"))]
        self._tracker.set_options([("", texts("ledger-all")), *mine, *others])

    def begin_typing(self, text: str) -> None:
        """Goes on with words begun in the table."""
        self._field.show()
        self._field.setText(self._field.text() + text)
        self._field.setFocus()

    def clear(self) -> None:
        """Everything that is not closed, nothing narrowed."""
        self.show_filter(LedgerFilter())
        self.changed.emit()

    def is_narrowed(self) -> bool:
        """Whether something besides the chips hides items."""
        plain = LedgerFilter(group=self._wanted.group, reminder_days=self._wanted.reminder_days)
        return self._wanted != plain

    def _chip(self, group: StateGroup) -> FilterChip:
        chip = FilterChip(self._context.texts(f"ledger-{group.value.replace('_', '-')}"), parent=self)
        chip.clicked.connect(partial(self._take, group=group))
        self._group.addButton(chip)
        self._row.addWidget(chip)
        return chip

    def _drop_down(self, field: str, options: Sequence[tuple[str, str]]) -> DropDownFilter:
        caption = self._context.texts(f"ledger-filter-{field.replace('_', '-')}")
        drop_down = DropDownFilter(caption, options=options, parent=self)
        drop_down.value_chosen.connect(lambda value: self._take(**{field: value}))
        self._row.addWidget(drop_down)
        return drop_down

    def _single_chip(self) -> FilterChip:
        chip = FilterChip(self._context.texts("ledger-filter-single"), parent=self)
        chip.clicked.connect(self._on_single_left)
        self._row.addWidget(chip)
        chip.hide()
        return chip

    def _on_single_left(self, _checked: bool) -> None:
        self.show_filter(replace(self._wanted, enterprise_id="", letter_id=""))
        self.changed.emit()

    def _text_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(self._context.texts("ledger-filter-text"))
        field.setAccessibleName(self._context.texts("ledger-filter-text"))
        field.setClearButtonEnabled(True)
        field.setFixedSize(_FIELD_WIDTH, 28)
        field.textEdited.connect(self._on_edited)
        field.returnPressed.connect(self._on_return)
        self._row.addWidget(field)
        field.hide()
        return field

    def _on_edited(self, _text: str) -> None:
        self._timer.start()

    def _on_return(self) -> None:
        self._on_typed()
        self.left.emit()

    def _on_typed(self) -> None:
        self._timer.stop()
        text = self._field.text().strip()
        if not text:
            self._field.hide()
            self.left.emit()
        if text != self._wanted.text:
            self._take(text=text)

    def _take(self, _checked: bool = False, **fields: object) -> None:
        self._wanted = replace(self._wanted, **fields)  # type: ignore[arg-type]  # names of the filter
        self.changed.emit()

    def _townships(self) -> Sequence[tuple[str, str]]:
        texts, townships = self._context.texts, self._context.desk.services.townships
        names = [
            (code, townships.name_of(code) or texts("township-county")) for code in townships.reporting_units
        ]
        return [("", texts("ledger-all")), *names]

    def _bodies(self) -> Sequence[tuple[str, str]]:
        texts = self._context.texts
        bodies = [(body.value, texts(f"body-{body.value}")) for body in (Body.HRSS, Body.FTU)]
        return [("", texts("ledger-all")), *bodies]

    def _levels(self) -> Sequence[tuple[str, str]]:
        texts = self._context.texts
        levels = [(level.value, texts(f"risk-{level.value}")) for level in _LEVELS]
        return [("", texts("ledger-all")), *levels]
