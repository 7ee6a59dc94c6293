"""The list of letters with chips for what they wait for."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.ui.components.lazy_table import LazyTable
from fangshan_desk.ui.components.letters.layoff_dialog import LayoffDialog
from fangshan_desk.ui.components.letters.letter_columns import LetterSource, letter_columns
from fangshan_desk.ui.components.letters.numbers_dialog import NumbersDialog
from fangshan_desk.ui.components.letters.words import LetterWords
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.filters import DropDownFilter, FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.search_field import SearchField
from fangshan_desk.usecases.views.letters import (
    LetterCounts,
    LetterFilter,
    LetterRow,
    LetterWait,
)

_SEARCH_DELAY_MS = 120


class LettersPage(Page):
    """Every letter; a row opens its page."""

    watches: ClassVar[frozenset[str]] = frozenset({"letter", "letter_service", "rectification_item"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._texts = context.texts
        self._words = LetterWords(context)
        self._wanted = LetterFilter()
        self.search = SearchField(self._texts("letters-search"), delay_ms=_SEARCH_DELAY_MS)
        self.chips = {wait: FilterChip(self._words.wait(wait)) for wait in LetterWait}
        self.all = FilterChip(self._texts("letters-all"))
        self.kind = DropDownFilter(self._texts("letters-kind"), options=self._kinds())
        self.state = DropDownFilter(self._texts("letters-state"), options=self._states())
        self.township = DropDownFilter(self._texts("letters-township"), options=self._townships())
        self._empty = EmptyState(self._texts("letters-empty"), icon="letter")
        self.table: LazyTable[LetterRow] = LazyTable(
            letter_columns(context),
            operations=context.operations,
            texts=context.texts,
            empty=self._empty,
            name=self._texts("letters-title"),
        )
        self.numbers = SecondaryButton(self._texts("letters-numbers"))
        self.check = SecondaryButton(self._texts("letters-check"), icon="search")
        self.set_title(self._texts("letters-title"))
        self._build()
        self._connect()

    def open(self, target: Target) -> None:
        """A target may name what to wait for, an enterprise, or words to find."""
        extra = target.extra
        if {"wait", "enterprise", "text"} & set(extra):
            self.search.setText(extra.get("text", ""))
            self._want(
                wait=LetterWait(extra["wait"]) if extra.get("wait") else None,
                enterprise_id=extra.get("enterprise", ""),
                text=extra.get("text", ""),
            )
        if extra.get("layoff"):
            LayoffDialog(self.context, extra["layoff"], extra.get("signal", ""), self).open()

    def refresh(self, changes: Changes | None) -> None:
        """Reads list and numbers again."""
        reader = self.context.desk.readers.letters
        self.table.set_source(LetterSource(reader, self._wanted))
        wanted = self._wanted
        self.context.operations.read(
            lambda: reader.counts(wanted), on_done=self._on_counts, key="counts", owner=self
        )

    @property
    def wanted(self) -> LetterFilter:
        """What is shown now."""
        return self._wanted

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        filters = QWidget(self)
        row = QHBoxLayout(filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.search.setMaximumWidth(260)
        row.addWidget(self.search)
        holder = QWidget(filters)
        flow = FlowLayout(holder, gap=8)
        for chip in (self.all, *self.chips.values(), self.kind, self.state, self.township):
            flow.addWidget(chip)
        row.addWidget(holder, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(filters)
        column.addWidget(self.table, 1)
        self.add_header_widget(self.check)
        self.add_header_widget(self.numbers)
        self._show_filter()

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self._want(text=text))
        self.search.down_pressed.connect(lambda: self.table.view.setFocus(Qt.FocusReason.TabFocusReason))
        self.all.clicked.connect(lambda: self._want(wait=None))
        for wait, chip in self.chips.items():
            chip.clicked.connect(partial(self._on_chip, wait))
        self.kind.value_chosen.connect(lambda value: self._want(kind=LetterKind(value) if value else None))
        self.state.value_chosen.connect(
            lambda value: self._want(state=PrescriptionState(value) if value else None)
        )
        self.township.value_chosen.connect(lambda value: self._want(township=value))
        self.table.row_opened.connect(lambda letter: self.context.navigator.open(Target("letter", letter)))
        self.table.typed.connect(self._on_typed)
        self.numbers.clicked.connect(lambda: NumbersDialog(self.context, self).open())
        self.check.clicked.connect(lambda: self.context.navigator.open(Target("code_check")))

    def _kinds(self) -> list[tuple[str, str]]:
        return [
            ("", self._texts("letters-all")),
            *((kind.value, self._words.kind(kind)) for kind in LetterKind),
        ]

    def _states(self) -> list[tuple[str, str]]:
        states = ((state.value, self._words.state(state)) for state in PrescriptionState)
        return [("", self._texts("letters-all")), *states]

    def _townships(self) -> list[tuple[str, str]]:
        towns = self.context.desk.services.townships.rows
        return [("", self._texts("letters-all")), *((town.code, town.name) for town in towns)]

    def _want(self, **changes: object) -> None:
        self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type] # fields of the filter
        self._show_filter()
        self.refresh(None)

    def _on_chip(self, wait: LetterWait) -> None:
        self._want(wait=None if self._wanted.wait is wait else wait)

    def _show_filter(self) -> None:
        self.all.setChecked(self._wanted.wait is None)
        for wait, chip in self.chips.items():
            chip.setChecked(self._wanted.wait is wait)
        is_narrowed = self._wanted != LetterFilter()
        if is_narrowed:
            words, hint = self._texts("letters-none-found"), self._texts("letters-none-found-hint")
        else:
            words, hint = self._texts("letters-empty"), self._texts("letters-empty-hint")
        self._empty.show_words(words, hint=hint)

    def _on_counts(self, counts: LetterCounts) -> None:
        self.all.set_count(counts.total)
        for wait, chip in self.chips.items():
            chip.set_count(counts.of(wait))
        waiting = counts.of(LetterWait.SERVICE)
        words = self._texts("letters-subtitle", count=counts.total, waiting=waiting)
        self.set_title(self._texts("letters-title"), subtitle=words)

    def _on_typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(text)
        self.search.textEdited.emit(self.search.text())
