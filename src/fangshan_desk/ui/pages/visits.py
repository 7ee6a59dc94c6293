"""All visits: planned, under way, finished; from here one plans, begins and goes on."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.lazy_table import LazyTable
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.components.visit_dialog import NewVisitDialog, PlanDialog
from fangshan_desk.ui.components.visit_filters import VisitFilters
from fangshan_desk.ui.components.visit_table import VisitSource, visit_columns
from fangshan_desk.ui.context import Context, JobControl, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.usecases.views.visits import VisitCounts, VisitFilter, VisitGroup, VisitRow
from fangshan_desk.usecases.visit_table import write_visits
from fangshan_desk.usecases.visiting import plan_visit, reschedule_visit


class VisitsPage(Page):
    """The list of visits; Enter opens one, Ctrl+N begins a new one.

    Targets: ``group`` chooses a chip; ``new`` begins a visit and ``plan`` plans one, both for
    ``enterprise_id`` when it is given; ``visit_id`` goes to a planned visit.
    """

    watches = frozenset({"visit", "visitor", "check_answer", "enterprise", "letter"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._texts = context.texts
        self._reader = context.desk.readers.visits
        self._source = VisitSource(self._reader, VisitFilter())
        self.set_title(self._texts("visit-list-title"))
        self.filters = VisitFilters(context)
        self.empty = EmptyState(self._texts("visit-list-empty"), icon="visit")
        self.table: LazyTable[VisitRow] = LazyTable(
            visit_columns(context),
            operations=context.operations,
            texts=self._texts,
            empty=self.empty,
            name=self._texts("visit-list-title"),
        )
        self._build()
        self._connect()

    def open(self, target: Target) -> None:
        """Shows a group, or begins what the target asks for."""
        extra = target.extra
        if extra.get("group") in set(VisitGroup):
            self.filters.choose(VisitGroup(extra["group"]))
        if target.record_id:
            self.table.choose(target.record_id)
        # Once this page is shown: another page cannot be opened while one is being opened.
        if extra.get("new"):
            known = (extra.get("enterprise_id", ""), extra.get("visit_id", ""))
            QTimer.singleShot(0, self, lambda: self.begin(*known))
        elif extra.get("plan"):
            enterprise_id = extra.get("enterprise_id", "")
            QTimer.singleShot(0, self, lambda: self.plan(enterprise_id))

    def refresh(self, changes: Changes | None) -> None:
        """Reads the list and its numbers again; what is painted stays until then."""
        self._show_list()

    def take_focus(self) -> None:
        """To the list: one goes on with what was begun."""
        self.table.view.setFocus()

    def handle(self, command: Command) -> bool:
        """Ctrl+N begins a visit."""
        if command is Command.NEW_VISIT:
            self.begin()
            return True
        return False

    def begin(self, enterprise_id: str = "", visit_id: str = "") -> None:
        """Goes to the planned visit or to a new one; asks for the enterprise when it is not known."""
        if visit_id:
            self.context.navigator.open(Target("visit", visit_id))
        elif enterprise_id:
            self.context.navigator.open(Target("visit", extra={"enterprise": enterprise_id}))
        else:
            dialog = NewVisitDialog(self.context, self)
            dialog.chosen.connect(self.begin)
            dialog.open()

    def plan(self, enterprise_id: str = "") -> None:
        """Opens the form that puts a visit on the calendar."""
        dialog = PlanDialog(self.context, enterprise_id=enterprise_id, parent=self)
        dialog.planned.connect(self._on_planned)
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Writes what is listed, in the order shown."""
        ids, desk = self._source.listed, self.context.desk

        def job(control: JobControl) -> int:
            return write_visits(
                path,
                ids,
                reader=desk.readers.visits,
                services=desk.services,
                progress=lambda done: control.report(done, len(ids)),
                cancelled=lambda: control.is_cancelled,
            )

        self.context.operations.run_long(
            job, on_done=self._on_exported, label=self._texts("visit-export"), initiator=self
        )

    def _build(self) -> None:
        texts = self._texts
        export = SecondaryButton(texts("visit-export"), icon="export")
        self.postpone = SecondaryButton(texts("visit-reschedule"), icon="calendar")
        plan = SecondaryButton(texts("visit-plan"), icon="plus")
        new = PrimaryButton(texts("visit-new"), shortcut="Ctrl+N")
        for button, act in (
            (export, self._on_export),
            (self.postpone, self._on_move),
            (plan, lambda: self.plan()),
            (new, lambda: self.begin()),
        ):
            button.clicked.connect(act)
            self.add_header_widget(button)
        self.postpone.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show_list)
        self.filters.search.left.connect(self.table.view.setFocus)
        self.filters.search.down_pressed.connect(self.table.view.setFocus)
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.typed.connect(self.filters.type_on)
        self.table.loaded.connect(self._on_loaded)
        self.empty.action_chosen.connect(self._on_empty_action)

    def _show_list(self) -> None:
        wanted, reader = self.filters.wanted(), self._reader
        self._source = VisitSource(reader, wanted)
        self.table.set_source(self._source)
        self.context.operations.read(
            lambda: reader.counts(wanted), on_done=self._on_counted, key="counts", owner=self
        )

    def _on_counted(self, counts: VisitCounts) -> None:
        self.filters.show_counts(counts)
        words = self._texts("visit-list-remark", planned=counts.planned, under_way=counts.under_way)
        self.set_title(self._texts("visit-list-title"), subtitle=words)

    def _on_loaded(self, count: int) -> None:
        if count:
            return
        texts = self._texts
        if self.filters.is_narrowed():
            self.empty.show_words(texts("visit-list-none-here"), action=texts("visit-list-show-all"))
        else:
            words = {"hint": texts("visit-list-empty-hint"), "action": texts("visit-new")}
            self.empty.show_words(texts("visit-list-empty"), **words)

    def _on_empty_action(self) -> None:
        self.filters.clear() if self.filters.is_narrowed() else self.begin()

    def _on_chosen(self, visit_id: str) -> None:
        row = self.table.model.row_at(self.table.model.row_of(visit_id))
        self.postpone.setEnabled(row is not None and row.state is VisitState.PLANNED)

    def _open(self, visit_id: str) -> None:
        self.context.navigator.open(Target("visit", visit_id))

    def _on_move(self) -> None:
        row = self.table.model.row_at(self.table.model.row_of(self.table.current_id()))
        if row is None:
            return
        dialog = PlanDialog(
            self.context,
            enterprise_id=row.enterprise_id,
            day=row.planned_on,
            time=row.planned_time,
            is_moved=True,
            parent=self,
        )
        visit_id = row.id
        dialog.planned.connect(lambda _enterprise, day, time, _purpose: self._on_moved(visit_id, day, time))
        dialog.open()

    def _on_moved(self, visit_id: str, day: date, time: str) -> None:
        self.context.transact(
            lambda uow, services: reschedule_visit(
                visit_id=visit_id, planned_on=day, planned_time=time, uow=uow, services=services
            ),
            initiator=self,
        )

    def _on_planned(self, enterprise_id: str, day: date, time: str, purpose: str) -> None:
        self.context.transact(
            lambda uow, services: plan_visit(
                enterprise_id=enterprise_id,
                planned_on=day,
                planned_time=time,
                purpose=purpose,
                uow=uow,
                services=services,
            ),
            on_done=lambda visit: self.context.operations.say(
                self._texts("visit-planned-done", day=day.isoformat()), kind="success"
            ),
            initiator=self,
        )

    def _on_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._texts("visit-export"), self._texts("visit-export-name"), "Excel (*.xlsx)"
        )
        if chosen:
            self.export_to(Path(chosen).with_suffix(".xlsx"))

    def _on_exported(self, count: int) -> None:
        self.context.operations.say(self._texts("visit-exported", count=count), kind="success")
