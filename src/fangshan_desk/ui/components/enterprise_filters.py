"""The row above the register: a search field, levels with their numbers, and what else narrows it."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.domain.records.register import RegisterStatus
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.components.enterprise_words import category_list, township_words
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.filters import DropDownFilter, FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.search_field import SearchField
from fangshan_desk.usecases.views.register import EnterpriseFilter, RegisterCounts

LEVELS = ("", *(level.value for level in RiskLevel))
_SCOPES = {"": None, "in": True, "out": False}


class RegisterFilters(QWidget):
    """Tells which enterprises are wanted; the chips exclude each other."""

    changed = Signal()
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._texts = context.texts
        self.search = SearchField(self._texts("register-search-placeholder"), shortcut="Ctrl+F")
        self.search.setFixedWidth(310)
        self.chips = {level: FilterChip(self._level_words(level)) for level in LEVELS}
        self.drop_downs = {name: self._drop_down(name) for name in ("township", "category", "status")}
        self.drop_downs |= {name: self._drop_down(name) for name in ("scope", "body")}
        self._build()
        self.show_filter(EnterpriseFilter(in_scope=True))

    def wanted(self) -> EnterpriseFilter:
        """The filter as chosen."""
        level = next((level for level, chip in self.chips.items() if chip.isChecked()), "")
        values = {name: choice.value() for name, choice in self.drop_downs.items()}
        scope = _SCOPES[values.pop("scope")]
        return EnterpriseFilter(text=self.search.text(), risk_level=level, in_scope=scope, **values)

    def show_filter(self, wanted: EnterpriseFilter) -> None:
        """Shows a filter without telling that it changed."""
        self.search.setText(wanted.text)
        for name in ("township", "category", "status", "body"):
            self.drop_downs[name].set_value(getattr(wanted, name))
        scope = next(name for name, value in _SCOPES.items() if value is wanted.in_scope)
        self.drop_downs["scope"].set_value(scope)
        self._check_level(wanted.risk_level)

    def show_counts(self, counts: RegisterCounts) -> None:
        """Numbers on the chips."""
        for level, chip in self.chips.items():
            chip.set_count(counts.of(level))

    def is_narrowed(self) -> bool:
        """Whether anything else than the usual view is asked for."""
        return self.wanted() != EnterpriseFilter(in_scope=True)

    def clear(self) -> None:
        """Back to the usual view."""
        self.show_filter(EnterpriseFilter(in_scope=True))
        self.changed.emit()

    def hides_finds(self) -> bool:
        """Whether the typed words might be found outside the other conditions."""
        wanted = self.wanted()
        return bool(wanted.text.strip()) and wanted != EnterpriseFilter(text=wanted.text)

    def search_everywhere(self) -> None:
        """Keeps the words and drops every other condition."""
        self.show_filter(EnterpriseFilter(text=self.search.text()))
        self.changed.emit()

    def clear_text(self) -> bool:
        """Takes the typed words away; says whether there were any."""
        had_words = bool(self.search.text())
        if had_words:
            self.show_filter(replace(self.wanted(), text=""))
            self.changed.emit()
        return had_words

    def type_on(self, words: str) -> None:
        """Goes on typing that began in the table."""
        self.search.setFocus()
        self.search.setText(self.search.text() + words)
        self.changed.emit()

    def _build(self) -> None:
        first, second = QHBoxLayout(), QWidget()
        first.setSpacing(8)
        first.addWidget(self.search)
        for level, chip in self.chips.items():
            first.addWidget(chip)
            chip.clicked.connect(lambda _checked=False, level=level: self._on_level_clicked(level))
        first.addStretch(1)
        flow = FlowLayout(second, gap=8)
        for choice in self.drop_downs.values():
            flow.addWidget(choice)
            choice.value_chosen.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(second)
        self.search.searched.connect(self.changed)
        self.search.left.connect(self.left)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self._on_find)

    def _level_words(self, level: str) -> str:
        return self._texts(f"risk-{level}") if level else self._texts("register-all")

    def _drop_down(self, name: str) -> DropDownFilter:
        caption = self._texts(f"register-filter-{name}")
        everything = ("", self._texts("register-filter-every"))
        return DropDownFilter(caption, options=[everything, *self._options(name)])

    def _options(self, name: str) -> list[tuple[str, str]]:
        texts, services = self._texts, self._context.desk.services
        if name == "township":
            codes = services.townships.reporting_units
            return [(code, township_words(code, texts)) for code in codes]
        if name == "category":
            codes = tuple(item.code for item in services.reference.checklist.categories if item.code != "all")
            return [(code, category_list([code], texts)) for code in codes]
        if name == "status":
            return [(status.value, texts(f"register-status-{status.value}")) for status in RegisterStatus]
        if name == "scope":
            return [(value, texts(f"register-scope-{value}")) for value in ("in", "out")]
        return [(body.value, texts(f"register-body-{body.value}")) for body in (Body.FTU, Body.FIC)]

    def _on_level_clicked(self, level: str) -> None:
        self._check_level(level)
        self.changed.emit()

    def _check_level(self, level: str) -> None:
        for each, chip in self.chips.items():
            blocker = QSignalBlocker(chip)
            chip.setChecked(each == level)
            blocker.unblock()
            chip.update()

    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
