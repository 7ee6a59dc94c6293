"""Opens the dialog for a step of an item and tells afterwards what happened and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.ui.components.item_actions import ActionKind, refusal_of
from fangshan_desk.ui.components.item_dialog import DialogFactory, ItemDialog
from fangshan_desk.ui.components.item_dialog_fields import EvidencePanel
from fangshan_desk.ui.components.item_dialogs_enterprise import ExtensionDialog, OwnerDialog, ReportDialog
from fangshan_desk.ui.components.item_dialogs_handing_on import (
    DisproofDialog,
    EscalationDialog,
    ResultDialog,
    TransferDialog,
)
from fangshan_desk.ui.components.item_dialogs_recheck import DecisionDialog, RecheckDialog
from fangshan_desk.ui.components.item_reminders import ReminderDialog
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.usecases.escalating import Escalated
from fangshan_desk.usecases.views.ledger import ItemPage, LedgerFilter, LedgerRow, StateGroup

DIALOGS: Mapping[ActionKind, DialogFactory] = {
    ActionKind.REPORT: ReportDialog,
    ActionKind.RECHECK: RecheckDialog,
    ActionKind.DECIDE: DecisionDialog,
    ActionKind.RESULT: ResultDialog,
    ActionKind.EXTEND: ExtensionDialog,
    ActionKind.ESCALATE: EscalationDialog,
    ActionKind.OWNER: OwnerDialog,
    ActionKind.TRANSFER: TransferDialog,
    ActionKind.DISPROVE: DisproofDialog,
}


@dataclass(frozen=True)
class _Asked:
    kind: ActionKind
    page: ItemPage | None
    officers: Sequence[Officer]


class ItemSteps(QObject):
    """One for each page that lets items be worked on."""

    opened = Signal(QObject)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._dialog: ItemDialog | None = None

    def open(self, kind: ActionKind, item_id: str) -> None:
        """Reads the item as it is now, then shows the dialog or says why not."""
        reader = self._context.desk.readers.ledger
        if kind is ActionKind.REMIND:
            self.remind((item_id,))
            return

        def read() -> _Asked:
            return _Asked(kind, reader.item(item_id), reader.officers())

        self._context.operations.read(read, on_done=self._on_read, key="step", owner=self)

    def remind(self, item_ids: Sequence[str]) -> None:
        """Shows the messages for these items."""
        reader, today = self._context.desk.readers.ledger, self._context.clock.today()
        ids = tuple(item_ids)
        self._context.operations.read(
            lambda: tuple(row for row in reader.rows(ids, today=today) if row is not None),
            on_done=self._on_rows,
            key="remind",
            owner=self,
        )

    def _on_rows(self, rows: Sequence[LedgerRow]) -> None:
        dialog = ReminderDialog(self._context, rows, self._window)
        dialog.open()
        self.opened.emit(dialog)

    def _on_read(self, asked: _Asked) -> None:
        texts = self._context.texts
        if asked.page is None:
            self._context.operations.say(texts("item-gone"), kind="warning")
            return
        refusal = refusal_of(asked.page, asked.kind, self._context.desk.services)
        if refusal is not None:
            self._context.operations.say(texts(refusal.key, **refusal.values), kind="warning")
            return
        self._show(DIALOGS[asked.kind](self._context, asked.page, asked.officers, self._window), asked)

    def _show(self, dialog: ItemDialog, asked: _Asked) -> None:
        self._dialog = dialog
        dialog.taken.connect(lambda result: self._on_taken(asked.kind, result))
        dialog.finished.connect(self._on_finished)
        evidence = getattr(dialog, "evidence", None)
        if isinstance(evidence, EvidencePanel):
            evidence.changed.connect(self._on_evidence)
        dialog.open()
        self.opened.emit(dialog)

    def _on_finished(self, _result: int) -> None:
        self._dialog = None

    def _on_evidence(self) -> None:
        if self._dialog is None:
            return
        item_id, reader = self._dialog.page.item.id, self._context.desk.readers.ledger
        self._context.operations.read(
            lambda: reader.item(item_id), on_done=self._on_read_again, key="evidence", owner=self
        )

    def _on_read_again(self, page: ItemPage | None) -> None:
        if self._dialog is not None and page is not None and page.item.id == self._dialog.page.item.id:
            self._dialog.show_page(page)

    def _on_taken(self, kind: ActionKind, result: object) -> None:
        if isinstance(result, Escalated):
            self._tell_escalated(result)
        elif isinstance(result, RectificationItem) and result.state is ItemState.VERIFIED:
            self._tell_closed(result)
        elif isinstance(result, RectificationItem):
            self._tell(kind, result)

    def _tell(self, kind: ActionKind, item: RectificationItem) -> None:
        texts = self._context.texts
        name = _outcome(kind, item)
        due = self._due(kind, item)
        self._context.operations.say(
            texts(f"item-done-{name}"), kind="success", detail=texts(f"item-next-{name}", due=due)
        )

    def _tell_closed(self, item: RectificationItem) -> None:
        reader, today = self._context.desk.readers.ledger, self._context.clock.today()
        wanted = LedgerFilter(group=StateGroup.OPEN, letter_id=item.letter_id)
        self._context.operations.read(
            lambda: reader.counts(wanted, today=today).open, on_done=self._on_left_counted, owner=self
        )

    def _on_left_counted(self, left: int) -> None:
        texts = self._context.texts
        detail = texts("item-next-verified", count=left) if left else texts("item-next-completed")
        self._context.operations.say(texts("item-done-verified"), kind="success", detail=detail)

    def _tell_escalated(self, result: Escalated) -> None:
        texts, navigator = self._context.texts, self._context.navigator
        self._context.operations.say(
            texts("item-done-escalate"),
            kind="success",
            detail=texts("item-next-escalate"),
            next_step=texts("item-open-referral"),
            action=lambda: navigator.open(Target("letter", result.letter_id)),
        )

    def _due(self, kind: ActionKind, item: RectificationItem) -> str:
        services = self._context.desk.services
        codes = {ActionKind.REPORT: "recheck", ActionKind.EXTEND: "decide_extension"}
        if kind not in codes:
            return item.deadline.isoformat()
        start = item.reported_on if kind is ActionKind.REPORT else None
        limit = services.limits[codes[kind]]
        due = limit.due(start or self._context.clock.today(), calendar=services.calendar)
        return due.date.isoformat()


def _outcome(kind: ActionKind, item: RectificationItem) -> str:
    if kind is ActionKind.RECHECK:
        return "failed-twice" if item.state is ItemState.RETURNED else "returned"
    if kind is ActionKind.DECIDE:
        return "approved" if item.extension_count else "refused"
    return str(kind)
