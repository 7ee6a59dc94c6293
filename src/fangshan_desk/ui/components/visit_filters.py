"""The row above the list of visits: groups with their numbers, and what else narrows it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.ui.components.enterprise_words import township_words
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.filters import DropDownFilter, FilterChip
from fangshan_desk.ui.widgets.search_field import SearchField
from fangshan_desk.usecases.views.visits import VisitCounts, VisitFilter, VisitGroup


class VisitFilters(QWidget):
    """Tells which visits are wanted; the chips exclude each other."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        texts = context.texts
        self.search = SearchField(texts("visit-search-placeholder"))
        self.chips = {group: FilterChip(texts(f"visit-group-{group.value}")) for group in VisitGroup}
        self.own = FilterChip(texts("visit-filter-own"))
        every = ("", texts("visit-filter-every"))
        codes = context.desk.services.townships.reporting_units
        self.township = DropDownFilter(
            texts("visit-filter-township"),
            options=[every, *((code, township_words(code, texts)) for code in codes)],
        )
        self._build()
        self.chips[VisitGroup.ALL].setChecked(True)

    def wanted(self) -> VisitFilter:
        """The filter as chosen."""
        group = next((group for group, chip in self.chips.items() if chip.isChecked()), VisitGroup.ALL)
        return VisitFilter(
            group=group,
            township=self.township.value(),
            officer_id=self._context.actor.id if self.own.isChecked() else "",
            text=self.search.text(),
        )

    def choose(self, group: VisitGroup) -> None:
        """Shows one group."""
        self._on_group(group)

    def show_counts(self, counts: VisitCounts) -> None:
        """Numbers on the chips."""
        for group, chip in self.chips.items():
            chip.set_count(counts.of(group))

    def is_narrowed(self) -> bool:
        """Whether anything else than all visits is asked for."""
        return self.wanted() != VisitFilter()

    def clear(self) -> None:
        """All visits."""
        self.search.clear()
        self.own.setChecked(False)
        self.township.set_value("")
        self._on_group(VisitGroup.ALL)

    def type_on(self, words: str) -> None:
        """Goes on typing that began in the table."""
        self.search.setFocus()
        self.search.setText(self.search.text() + words)
        self.changed.emit()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search)
        for group, chip in self.chips.items():
            row.addWidget(chip)
            chip.clicked.connect(lambda _checked=False, group=group: self._on_group(group))
        row.addWidget(self.township)
        row.addWidget(self.own)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self.search.setMaximumWidth(240)
        self.search.searched.connect(self.changed)
        self.township.value_chosen.connect(self.changed)
        self.own.clicked.connect(self.changed)

    def _on_group(self, group: VisitGroup) -> None:
        for each, chip in self.chips.items():
            chip.setChecked(each is group)
        self.changed.emit()
