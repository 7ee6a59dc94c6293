"""Step four of a visit: the draft as an editable list at the left, its paper at the right."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.letter_facts import FindingKind
from fangshan_desk.domain.records.visits import VisitStep
from fangshan_desk.ui.components.letters.draft_item import DraftItemEditor
from fangshan_desk.ui.components.letters.notice_box import NoticeBox
from fangshan_desk.ui.components.letters.paper import PaperPreview
from fangshan_desk.ui.components.letters.words import LetterWords
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.messages import EmptyState, MessageKind
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import edit_draft
from fangshan_desk.usecases.printing import letter_pdf
from fangshan_desk.usecases.reviewing_drafts import DraftItem, DraftSheet, review_draft

_LEFT_WIDTH = 500
_EDITORS_AT_A_TIME = 2


class PrescriptionPanel(QWidget):
    """Everything is kept at once; ``step_wanted`` leads on to the last step."""

    step_wanted = Signal(str)
    sheet_shown = Signal(object)

    def __init__(self, context: Context, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._texts = context.texts
        self._words = LetterWords(context)
        self._visit_id = visit_id
        self._sheet: DraftSheet | None = None
        self._editors: dict[str, DraftItemEditor] = {}
        self._waiting: list[str] = []
        self._making = QTimer(self)
        self._making.setSingleShot(True)
        self._making.setInterval(0)
        self._making.timeout.connect(self._make_some)
        self._refusal = ""
        self._running = 0
        self.preview = PaperPreview(context, self)
        self.warnings = NoticeBox(self)
        self.report_by = date_field(context, self)
        self._report_day = text_label(role="weak")
        self._empty = EmptyState(
            self._texts("draft-empty"), hint=self._texts("draft-empty-hint"), icon="letter", parent=self
        )
        self.sign = PrimaryButton(self._texts("draft-sign"), icon="pen")
        self._build()
        self._connect()
        self.refresh(None)

    @property
    def sheet(self) -> DraftSheet | None:
        """What is shown now."""
        return self._sheet

    def editor(self, code: str) -> DraftItemEditor:
        """The editor of one item."""
        return self._editors[code]

    def show_visit(self, visit_id: str) -> None:
        """Another visit."""
        self.flush()
        self._visit_id = visit_id
        self._sheet = None
        self.preview.clear()
        self.refresh(None)

    def refresh(self, changes: Changes | None) -> None:
        """Brings the draft up to date with the answers; what we changed ourselves is on its way already."""
        if self._visit_id and (changes is None or not self._running):
            self._run(partial(_review, self._visit_id))

    def flush(self) -> None:
        """Keeps what was typed and not kept yet."""
        for editor in self._editors.values():
            editor.flush()

    def objections(self) -> list[str]:
        """Why the letter cannot be signed yet, or should be looked at again."""
        sheet = self._sheet
        if sheet is None or not sheet.is_editable:
            return []
        found = []
        for key, fits in _WARNINGS.items():
            codes = [item.item.code for item in sheet.items if fits(item)]
            if codes:
                listed = self._texts("letter-enumeration").join(codes)
                found.append(self._texts(key, codes=listed))
        return [self._refusal, *found] if self._refusal else found

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        left = QWidget(self)
        left.setMinimumWidth(_LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.warnings)
        column.addWidget(self._scrolled_items(), 1)
        column.addWidget(self._foot())
        row.addWidget(left, 9)
        row.addWidget(self.preview, 10)

    def _scrolled_items(self) -> QScrollArea:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        self._items = QVBoxLayout(holder)
        self._items.setContentsMargins(0, 0, 6, 0)
        self._items.setSpacing(10)
        self._items.addWidget(self._empty)
        self._items.addStretch(1)
        self._empty.hide()
        scroll = QScrollArea(self)
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        return scroll

    def _foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("surface", "card")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(text_label(self._texts("draft-report-by"), role="weak"))
        row.addWidget(self.report_by)
        row.addWidget(self._report_day)
        row.addStretch(1)
        row.addWidget(self.sign)
        return foot

    def _connect(self) -> None:
        self.report_by.date_changed.connect(
            lambda day: self._change("", {"report_by": day.isoformat() if day else ""})
        )
        self.sign.clicked.connect(self._on_sign)
        self.preview.refused.connect(self._on_refused)

    def _run(self, job: Job[DraftSheet | None]) -> None:
        self._running += 1
        self.context.transact(job, on_done=self._on_sheet, on_undone=self._on_undone, initiator=self)

    def _change(self, code: str, changes: Mapping[str, str]) -> None:
        sheet = self._sheet
        if sheet is not None and sheet.is_editable:
            self._run(partial(_edit_and_review, sheet.letter.id, self._visit_id, code, dict(changes)))

    def _on_sheet(self, sheet: DraftSheet | None) -> None:
        self._running -= 1
        if sheet is None:
            self._show_nothing()
            return
        if sheet.letter.visit_id != self._visit_id:
            return
        before, self._sheet = self._sheet, sheet
        self._show_editors(sheet)
        self.report_by.set_value(sheet.facts.report_by)
        self.report_by.setReadOnly(not sheet.is_editable)
        day = sheet.facts.report_by
        self._report_day.setText(self._words.weekday(day) if day else "")
        self.sign.setText(self._texts("draft-sign" if sheet.is_editable else "draft-go-on"))
        self.sign.updateGeometry()
        self._show_objections()
        if before is None or before.facts != sheet.facts or before.letter.state != sheet.letter.state:
            self._show_paper(sheet)
        self.sheet_shown.emit(sheet)

    def _show_nothing(self) -> None:
        self._sheet = None
        self._drop_editors(keep=[])
        self._empty.show()
        self.preview.clear()
        self._show_objections()

    def _on_undone(self) -> None:
        self._running -= 1
        # Show again what is kept: the change was refused.
        if self._sheet is not None:
            self._show_editors(self._sheet)

    def _show_editors(self, sheet: DraftSheet) -> None:
        codes = [item.item.code for item in sheet.items]
        self._drop_editors(keep=codes)
        self._empty.setVisible(not codes)
        for code in codes:
            if code in self._editors:
                self._show_item(sheet, code)
        # A few at a time: a long draft must not be felt while one types or clicks.
        self._waiting = [code for code in codes if code not in self._editors]
        self._make_some()

    def _drop_editors(self, *, keep: list[str]) -> None:
        for code in [code for code in self._editors if code not in keep]:
            gone = self._editors.pop(code)
            self._items.removeWidget(gone)
            gone.deleteLater()

    def _make_some(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        codes = [item.item.code for item in sheet.items]
        for code in self._waiting[:_EDITORS_AT_A_TIME]:
            editor = DraftItemEditor(self.context, code, self)
            editor.changed.connect(self._change)
            editor.owner_for_all.connect(self._on_owner_for_all)
            self._editors[code] = editor
            before = sum(known in self._editors for known in codes[: codes.index(code)])
            self._items.insertWidget(before, editor)
            self._show_item(sheet, code)
        self._waiting = self._waiting[_EDITORS_AT_A_TIME:]
        if self._waiting:
            self._making.start()

    def _show_item(self, sheet: DraftSheet, code: str) -> None:
        number, item = next(
            (number, item) for number, item in enumerate(sheet.items, 1) if item.item.code == code
        )
        self._editors[code].show_item(
            item, number=number, officers=sheet.officers, editable=sheet.is_editable
        )

    def _show_paper(self, sheet: DraftSheet) -> None:
        if sheet.is_editable:
            self.preview.show_facts(sheet.facts)
            return
        letter_id = sheet.letter.id
        self.context.transact(
            lambda uow, services: letter_pdf(letter_id=letter_id, uow=uow, services=services),
            on_done=self.preview.show_pdf,
            initiator=self,
        )

    def _show_objections(self) -> None:
        found, sheet = self.objections(), self._sheet
        self.warnings.show_lines(found, kind=MessageKind.WARNING)
        if sheet is not None and not sheet.is_editable:
            self.warnings.show_lines([self._texts("draft-frozen")], kind=MessageKind.SUCCESS)
        self.sign.setEnabled(sheet is not None and bool(sheet.items))
        self.sign.setToolTip("" if self.sign.isEnabled() else self._texts("draft-empty"))

    def _on_refused(self, sentence: str) -> None:
        self._refusal = sentence
        self._show_objections()

    def _on_owner_for_all(self, owner: Mapping[str, str]) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        codes = [item.item.code for item in sheet.items if item.item.kind is FindingKind.VIOLATION]
        self._run(partial(_edit_all_and_review, sheet.letter.id, self._visit_id, codes, dict(owner)))

    def _on_sign(self) -> None:
        self.flush()
        self.step_wanted.emit(VisitStep.SERVICE.value)


_WARNINGS: Mapping[str, Callable[[DraftItem], bool]] = {
    "draft-warning-blank": lambda item: item.has_blank,
    "draft-warning-unverified": lambda item: bool(item.unverified) and not item.item.printable_bases,
    "draft-warning-owner": lambda item: item.lacks_owner,
    "draft-warning-late": lambda item: item.is_too_late,
}


def _review(visit_id: str, uow: UnitOfWork, services: Services) -> DraftSheet | None:
    return review_draft(visit_id=visit_id, uow=uow, services=services)


def _edit_and_review(
    letter_id: str,
    visit_id: str,
    code: str,
    changes: dict[str, Any],
    uow: UnitOfWork,
    services: Services,
) -> DraftSheet | None:
    edit_draft(letter_id=letter_id, code=code, uow=uow, services=services, **changes)
    return review_draft(visit_id=visit_id, uow=uow, services=services)


def _edit_all_and_review(
    letter_id: str,
    visit_id: str,
    codes: list[str],
    changes: dict[str, Any],
    uow: UnitOfWork,
    services: Services,
) -> DraftSheet | None:
    for code in codes:
        edit_draft(letter_id=letter_id, code=code, uow=uow, services=services, **changes)
    return review_draft(visit_id=visit_id, uow=uow, services=services)
