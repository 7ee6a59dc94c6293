"""The register: find an enterprise in any of a hundred thousand, narrow the list, hand it on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.components.enterprise_dialog import EnterpriseDialog
from fangshan_desk.ui.components.enterprise_filters import RegisterFilters
from fangshan_desk.ui.components.enterprise_table import RegisterSource, register_columns
from fangshan_desk.ui.components.lazy_table import LazyTable
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.context import Context, JobControl, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.usecases.register_table import write_register
from fangshan_desk.usecases.views.register import EnterpriseFilter, EnterpriseRow, RegisterCounts


class EnterprisesPage(Page):
    """The list of enterprises; Enter opens one, Ctrl+N starts a visit to it."""

    watches = frozenset({"enterprise", "enterprise_alias", "visit", "rectification_item", "risk_assessment"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._texts = context.texts
        self._reader = context.desk.readers.register
        self._source = RegisterSource(self._reader, EnterpriseFilter())
        self._is_loading = self._opens_first = False
        self.set_title(self._texts("register-title"))
        self.filters = RegisterFilters(context)
        self.empty = EmptyState(self._texts("register-empty"), icon="enterprise")
        self.table: LazyTable[EnterpriseRow] = LazyTable(
            register_columns(context),
            operations=context.operations,
            texts=self._texts,
            empty=self.empty,
            name=self._texts("register-title"),
        )
        self._build()
        self._connect()

    def open(self, target: Target) -> None:
        """Applies the filter the target brings, such as the level a number was counted by."""
        given: dict[str, Any] = {key: value for key, value in target.extra.items() if key in _FILTERED}
        if given:
            self.filters.show_filter(replace(EnterpriseFilter(), **given))
            self._show_list()
        if target.record_id:
            self.table.choose(target.record_id)
        if target.extra.get("new"):
            self.enter_new()

    def refresh(self, changes: Changes | None) -> None:
        """Reads the list and its numbers again; what is painted stays until then."""
        self._show_list()

    def take_focus(self) -> None:
        """To the search field: finding comes first."""
        self.filters.search.setFocus()

    def handle(self, command: Command) -> bool:
        """Ctrl+N visits the chosen enterprise, Esc takes the typed words away."""
        if command is Command.NEW_VISIT and self.table.current_id():
            self.start_visit()
            return True
        return command is Command.ESCAPE and self.filters.clear_text()

    def start_visit(self) -> None:
        """Goes to a new visit of the chosen enterprise."""
        extra = {"new": "1", "enterprise_id": self.table.current_id()}
        self.context.navigator.open(Target("visits", extra=extra))

    def enter_new(self) -> None:
        """Opens the form for a new enterprise."""
        dialog = EnterpriseDialog(self.context, name=self.filters.search.text(), parent=self)
        dialog.kept.connect(self._open)
        dialog.other_chosen.connect(self._open)
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Writes what is listed, in the order shown."""
        ids = self._source.found.ids
        desk = self.context.desk

        def job(control: JobControl) -> int:
            return write_register(
                path,
                ids,
                reader=desk.readers.register,
                services=desk.services,
                progress=lambda done: control.report(done, len(ids)),
                cancelled=lambda: control.is_cancelled,
            )

        self.context.operations.run_long(
            job, on_done=self._on_exported, label=self._texts("register-export"), initiator=self
        )

    def _build(self) -> None:
        texts = self._texts
        export = SecondaryButton(texts("register-export"), icon="export")
        create = SecondaryButton(texts("register-new"), icon="plus")
        self._visit = PrimaryButton(texts("register-visit"), shortcut="Ctrl+N")
        for button, act in (
            (export, self._on_export),
            (create, self.enter_new),
            (self._visit, self._on_visit),
        ):
            button.clicked.connect(act)
            self.add_header_widget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show_list)
        self.filters.left.connect(self.table.view.setFocus)
        self.filters.search.down_pressed.connect(self._on_down)
        self.filters.search.entered.connect(self._on_entered)
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.typed.connect(self.filters.type_on)
        self.table.loaded.connect(self._on_loaded)
        self.empty.action_chosen.connect(self._on_empty_action)
        self._on_chosen("")

    def _show_list(self) -> None:
        wanted = self.filters.wanted()
        self._source = RegisterSource(self._reader, wanted)
        self._is_loading = True
        self.table.set_source(self._source)
        reader = self._reader
        self.context.operations.read(
            lambda: reader.counts(wanted), on_done=self._on_counted, key="counts", owner=self
        )

    def _on_counted(self, counts: RegisterCounts) -> None:
        self.filters.show_counts(counts)

    def _on_loaded(self, count: int) -> None:
        self._is_loading = False
        texts, found = self._texts, self._source.found
        remark = texts("register-cut", count=count) if found.is_cut else texts("register-count", count=count)
        if found.waiting:
            remark += texts("register-waiting", count=found.waiting)
        self.set_title(texts("register-title"), subtitle=remark)
        if not count:
            self._explain_emptiness()
        elif self.filters.search.text() and self.filters.search.hasFocus():
            self.table.choose(self.table.model.row_id(0))
        if self._opens_first:
            self._opens_first = False
            self._open_first()

    def _explain_emptiness(self) -> None:
        texts = self._texts
        if self.filters.hides_finds():
            # Else a second entry would be made of one that only stands outside the filter.
            self.empty.show_words(texts("register-none-here"), action=texts("register-search-all"))
        elif self.filters.search.text().strip():
            words = {"hint": texts("register-nothing-hint"), "action": texts("register-new-typed")}
            self.empty.show_words(texts("register-nothing"), **words)
        elif self.filters.is_narrowed():
            self.empty.show_words(texts("register-none-here"), action=texts("register-clear"))
        else:
            words = {"hint": texts("register-empty-hint"), "action": texts("register-new")}
            self.empty.show_words(texts("register-empty"), **words)

    def _on_empty_action(self) -> None:
        if self.filters.hides_finds():
            self.filters.search_everywhere()
        elif self.filters.is_narrowed() and not self.filters.search.text().strip():
            self.filters.clear()
        else:
            self.enter_new()

    def _on_chosen(self, record_id: str) -> None:
        self._visit.setEnabled(bool(record_id))

    def _on_down(self) -> None:
        self.table.view.setFocus()
        if not self.table.current_id():
            self.table.choose(self.table.model.row_id(0))

    def _on_entered(self, _words: str) -> None:
        # What was typed last may still be searched for: then Enter means its first find.
        if self._is_loading:
            self._opens_first = True
        else:
            self._open_first()

    def _open_first(self) -> None:
        first = self.table.model.row_id(0)
        if first:
            self._open(first)

    def _open(self, record_id: str) -> None:
        self.context.navigator.open(Target("enterprise", record_id))

    def _on_visit(self) -> None:
        if self.table.current_id():
            self.start_visit()

    def _on_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._texts("register-export"), self._texts("register-export-name"), "Excel (*.xlsx)"
        )
        if chosen:
            self.export_to(Path(chosen).with_suffix(".xlsx"))

    def _on_exported(self, count: int) -> None:
        self.context.operations.say(self._texts("register-exported", count=count), kind="success")


_FILTERED = frozenset({"text", "township", "category", "risk_level", "body", "status"})
