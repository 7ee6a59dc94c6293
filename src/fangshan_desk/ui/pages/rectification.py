"""The ledger: every item that was asked to be put right, until it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.ui.components.item_actions import ActionKind
from fangshan_desk.ui.components.item_card import ItemCard
from fangshan_desk.ui.components.item_columns import MARK, LedgerSource, ledger_columns
from fangshan_desk.ui.components.item_filters import LedgerFilterBar
from fangshan_desk.ui.components.item_steps import ItemSteps
from fangshan_desk.ui.components.item_words import ItemWords
from fangshan_desk.ui.components.lazy_table import LazyTable
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.context import Context, JobControl, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.usecases.ledger_table import write_ledger
from fangshan_desk.usecases.views.ledger import (
    ItemPage,
    LedgerCounts,
    LedgerFilter,
    LedgerRow,
    StateGroup,
)

_NARROW_BELOW = 960
_LEFT_TO_THE_CARD = ("owner", "state")


@dataclass(frozen=True)
class _Numbers:
    counts: LedgerCounts
    whole: LedgerCounts
    officers: Sequence[Officer]


class RectificationPage(Page):
    """Chips and filters, the table, and beside it the chosen item.

    Up and down choose, Enter opens, Ctrl+R rechecks, Space marks for reminding several at once.
    """

    watches = frozenset({"rectification_item", "transition", "attachment", "enterprise", "letter", "officer"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words = ItemWords(context)
        self._marked: set[str] = set()
        self._is_narrow = False
        texts = context.texts
        self.filters = LedgerFilterBar(context)
        self.steps = ItemSteps(context, self)
        self.card = ItemCard(context, self._words)
        self._empty = EmptyState("", icon="rectification")
        self.table: LazyTable[LedgerRow] = LazyTable(
            ledger_columns(context, self._words, is_marked=self._marked.__contains__),
            operations=context.operations,
            texts=texts,
            empty=self._empty,
            name=texts("ledger-title"),
        )
        self.reminder_button = SecondaryButton(texts("ledger-remind"))
        self.export_button = SecondaryButton(texts("ledger-export"))
        self.recheck_button = PrimaryButton(texts("item-action-recheck"), shortcut="Ctrl+R")
        self._mark_bar = self._build_mark_bar()
        self._build()
        self._connect()

    def open(self, target: Target) -> None:
        """Chooses the item named, or shows the group named (``group`` and filter fields as extra)."""
        extra = target.extra
        if extra or target.record_id:
            group = _group_of(extra.get("group", ""), default=self.filters.wanted().group)
            wanted = LedgerFilter(
                group=group,
                township=extra.get("township", ""),
                lead_body=extra.get("lead_body", ""),
                enterprise_id=extra.get("enterprise_id", ""),
                letter_id=extra.get("letter_id", ""),
                text=extra.get("text", ""),
            )
            self.filters.show_filter(wanted)
            self._reload()
        if target.record_id:
            self.table.choose(target.record_id)

    def refresh(self, changes: Changes | None) -> None:
        """Rows, numbers and card."""
        self._reload()
        self._reload_card()

    def take_focus(self) -> None:
        """The keyboard goes to the rows."""
        self.table.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width(is_narrow=self.width() < _NARROW_BELOW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if watched is self.table.view and is_space and event.type() == QEvent.Type.KeyPress:
            self.mark(self.table.current_id())
            return True
        return False

    def marked(self) -> tuple[str, ...]:
        """Items marked for reminding together."""
        return tuple(sorted(self._marked))

    def mark(self, item_id: str) -> None:
        """Marks an item, or takes the mark away."""
        if not item_id:
            return
        self._marked ^= {item_id}
        self._show_marks()

    def recheck(self) -> None:
        """Ctrl+R: the recheck of the chosen item, or what has to come before it."""
        if self.table.current_id():
            self.steps.open(ActionKind.RECHECK, self.table.current_id())
        else:
            self.context.operations.say(self.context.texts("ledger-choose-first"))

    def export_to(self, path: Path) -> None:
        """Writes what is filtered, in the order shown."""
        reader, services = self.context.desk.readers.ledger, self.context.desk.services
        wanted, today, order = self.filters.wanted(), self.context.clock.today(), self.table.model.order
        texts = self.context.texts

        def work(control: JobControl) -> int:
            ids = LedgerSource(reader, wanted, today).ids(order)
            return write_ledger(
                path,
                ids,
                reader=reader,
                services=services,
                progress=lambda done: control.report(done, len(ids)),
                cancelled=lambda: control.is_cancelled,
            )

        def done(rows: int) -> None:
            self.context.operations.say(
                texts("ledger-exported", rows=rows, file=path.name), kind="success", detail=str(path.parent)
            )

        self.context.operations.run_long(work, on_done=done, label=texts("ledger-exporting"), initiator=self)

    def _build(self) -> None:
        for widget in (self.export_button, self.reminder_button, self.recheck_button):
            self.add_header_widget(widget)
        self.set_title(self.context.texts("ledger-title"))
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.filters)
        left.addWidget(self.table, 1)
        left.addWidget(self._mark_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self.card)

    def _build_mark_bar(self) -> QFrame:
        texts = self.context.texts
        bar = QFrame(self)
        bar.setProperty("surface", "card")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(8)
        self._mark_words = text_label(role="strong")
        remind = PrimaryButton(texts("ledger-remind-marked"), compact=True, parent=bar)
        remind.clicked.connect(self._on_remind_marked)
        clear = QuietButton(texts("ledger-unmark"), compact=True, parent=bar)
        clear.clicked.connect(self._on_unmark)
        row.addWidget(self._mark_words)
        row.addWidget(text_label(texts("ledger-mark-hint"), role="hint"), 1)
        row.addWidget(clear)
        row.addWidget(remind)
        bar.hide()
        return bar

    def _connect(self) -> None:
        self.filters.changed.connect(self._reload)
        self.filters.left.connect(self.take_focus)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_opened)
        self.table.typed.connect(self.filters.begin_typing)
        self.table.loaded.connect(self._on_loaded)
        self.table.view.installEventFilter(self)
        header = self.table.view.horizontalHeader()
        header.moveSection(header.visualIndex(self._mark_column()), 0)
        self._empty.action_chosen.connect(self.filters.clear)
        self.card.requested.connect(self._on_requested)
        self.recheck_button.clicked.connect(self.recheck)
        self.reminder_button.clicked.connect(self._on_remind_due)
        self.export_button.clicked.connect(self._on_export)
        shortcut = QShortcut(QKeySequence("Ctrl+R"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.recheck)

    def _reload(self) -> None:
        reader, wanted = self.context.desk.readers.ledger, self.filters.wanted()
        today = self.context.clock.today()
        self.table.set_source(LedgerSource(reader, wanted, today))
        everything = LedgerFilter(group=StateGroup.ALL, reminder_days=wanted.reminder_days)

        def read() -> _Numbers:
            counts = reader.counts(wanted, today=today)
            is_whole = replace(wanted, group=StateGroup.ALL) == everything
            whole = counts if is_whole else reader.counts(everything, today=today)
            return _Numbers(counts, whole, reader.officers())

        self.context.operations.read(read, on_done=self._on_numbers, key="numbers", owner=self)

    def _reload_card(self) -> None:
        page = self.card.page()
        if page is not None:
            self._read_item(page.item.id)

    def _on_numbers(self, numbers: _Numbers) -> None:
        texts, whole = self.context.texts, numbers.whole
        self.filters.show_counts(numbers.counts)
        self.filters.show_officers(numbers.officers)
        self.reminder_button.setText(
            texts("ledger-remind-due", count=whole.remind) if whole.remind else texts("ledger-remind")
        )
        self.reminder_button.updateGeometry()
        subtitle = texts("ledger-subtitle", all=whole.all, open=whole.open, overdue=whole.overdue)
        self.set_title(texts("ledger-title"), subtitle=subtitle)

    def _on_loaded(self, count: int) -> None:
        if count:
            if not self.table.current_id():
                self.table.choose(self.table.model.row_id(0))
            return
        self.card.show_item(None)
        self._show_empty()

    def _show_empty(self) -> None:
        texts = self.context.texts
        if self.filters.is_narrowed():
            self._empty.show_words(
                texts("ledger-empty-filtered"),
                hint=texts("ledger-empty-filtered-hint"),
                action=texts("ledger-show-all"),
            )
            return
        group = self.filters.wanted().group.value.replace("_", "-")
        key = f"ledger-empty-{group}"
        sentence = texts(key) if texts.has(key) else texts("ledger-empty")
        self._empty.show_words(sentence, hint=texts("ledger-empty-hint"))

    def _on_chosen(self, item_id: str) -> None:
        if item_id:
            self._read_item(item_id)

    def _read_item(self, item_id: str) -> None:
        reader = self.context.desk.readers.ledger
        self.context.operations.read(
            lambda: reader.item(item_id), on_done=self._on_item, key="item", owner=self
        )

    def _on_item(self, page: ItemPage | None) -> None:
        self.card.show_item(page)

    def _on_opened(self, item_id: str) -> None:
        self.context.navigator.open(Target("item", item_id))

    def _on_requested(self, kind: str) -> None:
        page = self.card.page()
        if page is not None:
            self.steps.open(ActionKind(kind), page.item.id)

    def _on_remind_due(self) -> None:
        if self._marked:
            self._on_remind_marked()
            return
        reader, today = self.context.desk.readers.ledger, self.context.clock.today()
        wanted = LedgerFilter(
            group=StateGroup.REMIND, reminder_days=self.context.desk.services.limits.item.reminder_days
        )
        self.context.operations.read(
            lambda: reader.find_ids(wanted, today=today), on_done=self._on_due_found, owner=self
        )

    def _on_due_found(self, ids: Sequence[str]) -> None:
        if ids:
            self.steps.remind(ids)
        else:
            self.context.operations.say(self.context.texts("ledger-nothing-due"))

    def _on_remind_marked(self) -> None:
        self.steps.remind(self.marked())

    def _on_unmark(self) -> None:
        self._marked.clear()
        self._show_marks()
        self.take_focus()

    def _show_marks(self) -> None:
        self.table.view.setColumnHidden(self._mark_column(), not self._marked)
        self._mark_bar.setVisible(bool(self._marked))
        self._mark_words.setText(self.context.texts("ledger-marked-count", count=len(self._marked)))
        self.table.view.viewport().update()

    def _fit_width(self, *, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self.card.set_narrow(is_narrow)
        keys = [column.key for column in self.table.model.columns]
        # The card beside the table names the owner and the state as well.
        for key in _LEFT_TO_THE_CARD:
            self.table.view.setColumnHidden(keys.index(key), is_narrow)

    def _mark_column(self) -> int:
        return [column.key for column in self.table.model.columns].index(MARK)

    def _on_export(self) -> None:
        texts = self.context.texts
        name = texts("ledger-file-name", day=self.context.clock.today())
        chosen, _ = QFileDialog.getSaveFileName(
            self, texts("ledger-export"), name, texts("ledger-file-kinds", patterns="*.xlsx *.csv")
        )
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix else path.with_suffix(".xlsx"))


def _group_of(name: str, *, default: StateGroup | ItemState) -> StateGroup | ItemState:
    if name in {group.value for group in StateGroup}:
        return StateGroup(name)
    return ItemState(name) if name in {state.value for state in ItemState} else default
