"""Answers of one check: painted at once, saved in the data lane, taken back when nothing was kept."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from fangshan_desk.domain.checklist import plain_inputs
from fangshan_desk.domain.records.visits import Answer, CheckAnswer
from fangshan_desk.domain.reference_library import ReferenceLibrary
from fangshan_desk.usecases.answering import answer_item, clear_answer, confirm_rest_of_section
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.views.check_sheet import CheckRow, CheckSheet, check_sheet, stored_row
from fangshan_desk.usecases.views.visits import VisitPageState


class SavesAnswers(Protocol):
    """What the editor needs of the open visit."""

    @property
    def visit_id(self) -> str:
        """The visit that is answered."""
        ...

    @property
    def may_answer(self) -> bool:
        """Whether answers may still be changed."""
        ...

    def run(
        self,
        job: Job[Any],
        *,
        on_done: Callable[[Any], None] | None = None,
        on_undone: Callable[[], None] | None = None,
    ) -> None:
        """Save; one of the two is called."""
        ...

    def reload(self) -> None:
        """Read the visit again."""
        ...

    def ask_live(self) -> None:
        """Bring grade and draft up to date."""
        ...


class CheckEditor(QObject):
    """Holds the sheet as it is painted and, for what is not saved yet, the row to go back to."""

    row_changed = Signal(str)
    progress_changed = Signal()

    def __init__(self, saving: SavesAnswers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saving = saving
        self._sheet: CheckSheet | None = None
        self._kept: dict[str, CheckRow] = {}
        self._attempts: Counter[str] = Counter()

    @property
    def sheet(self) -> CheckSheet:
        """The check with everything that was answered since it was read."""
        if self._sheet is None:
            raise LookupError("no check is open")
        return self._sheet

    def row(self, code: str) -> CheckRow | None:
        """One row, None where nothing is open or the item is not asked."""
        return self._sheet.rows.get(code) if self._sheet is not None else None

    def load(self, state: VisitPageState, reference: ReferenceLibrary, *, day: date) -> None:
        """Show what the file holds."""
        self._kept.clear()
        self._sheet = check_sheet(state, reference, day=day)

    def unload(self) -> None:
        """Another visit is on its way."""
        self._sheet = None
        self._kept.clear()
        self._attempts.clear()

    def answer(self, code: str, chosen: Answer | None, *, reason: str | None = None) -> CheckRow:
        """Press a key for an item; the row comes back as painted, perhaps asking for a reason first."""
        row = self.sheet.judged(self.sheet.rows[code], chosen=chosen, reason=reason)
        return self._take(row)

    def enter(self, code: str, inputs: Mapping[str, Any]) -> CheckRow:
        """Figures of an item, already typed; a key pressed against them gives way to them."""
        before = self.sheet.rows[code]
        row = self.sheet.judged(before, chosen=before.chosen, inputs=inputs)
        if row.result.needs_reason:
            row = self.sheet.judged(row, chosen=None, reason="")
        return self._take(row)

    def annotate(self, code: str, note: str) -> None:
        """A remark on an item."""
        self._take(replace(self.sheet.rows[code], note=note.strip()))

    def clear(self, code: str) -> None:
        """Take an answer back; figures, reason and note go with it."""
        if not self._saving.may_answer:
            return
        row, visit_id = self.sheet.rows[code], self._saving.visit_id
        emptied = replace(
            stored_row(self.sheet, row.item, None), bases=row.bases, attachments=row.attachments
        )
        self._save(
            code,
            self._paint(emptied),
            lambda uow, services: clear_answer(visit_id=visit_id, code=code, uow=uow, services=services),
        )

    def drop_unexplained(self, code: str) -> bool:
        """Go back to what is kept when a choice was left without its reason; says whether it was."""
        row = self.row(code)
        if row is None or not row.needs_reason:
            return False
        self._restore(code)
        return True

    def confirm_rest(self, section: str) -> int:
        """Answer "compliant" for what is left of a section; says how many items that are."""
        codes = self.sheet.confirmable(section)
        if not codes or not self._saving.may_answer:
            return 0
        for code in codes:
            self._paint(self.sheet.judged(self.sheet.rows[code], chosen=Answer.COMPLIANT))
        visit_id = self._saving.visit_id
        self._saving.run(
            lambda uow, services: confirm_rest_of_section(
                visit_id=visit_id, section=section, uow=uow, services=services
            ),
            on_done=lambda _codes: self._saving.reload(),
            on_undone=self._saving.reload,
        )
        return len(codes)

    def _take(self, row: CheckRow) -> CheckRow:
        code = row.item.code
        if not self._saving.may_answer:
            self.row_changed.emit(code)
            return self.sheet.rows[code]
        attempt = self._paint(row)
        if not row.needs_reason:
            self._save(code, attempt, _answering(row, self._saving.visit_id))
        return row

    def _paint(self, row: CheckRow) -> int:
        code = row.item.code
        self._kept.setdefault(code, self.sheet.rows[code])
        self._attempts[code] += 1
        self._show(row)
        return self._attempts[code]

    def _show(self, row: CheckRow) -> None:
        self._sheet = self.sheet.with_row(row)
        self.row_changed.emit(row.item.code)
        self.progress_changed.emit()

    def _save(self, code: str, attempt: int, job: Job[Any]) -> None:
        self._saving.run(
            job,
            on_done=lambda answer: self._on_saved(code, attempt, answer),
            on_undone=lambda: self._on_undone(code, attempt),
        )

    def _on_saved(self, code: str, attempt: int, answer: CheckAnswer | None) -> None:
        self._saving.ask_live()
        row = self.row(code)
        if row is None:
            return
        stored = stored_row(self.sheet, row.item, answer)
        kept = replace(stored, bases=row.bases, attachments=row.attachments)
        if attempt == self._attempts[code]:
            self._kept.pop(code, None)
            self._show(kept)
        else:
            # Something newer is painted; should that fail, this is what is kept.
            self._kept[code] = kept

    def _on_undone(self, code: str, attempt: int) -> None:
        if attempt == self._attempts[code]:
            self._restore(code)

    def _restore(self, code: str) -> None:
        before, now = self._kept.pop(code, None), self.row(code)
        if before is not None and now is not None:
            self._attempts[code] += 1
            self._show(replace(before, attachments=now.attachments))


def _answering(row: CheckRow, visit_id: str) -> Job[CheckAnswer]:
    inputs = plain_inputs(row.inputs)
    return lambda uow, services: answer_item(
        visit_id=visit_id,
        code=row.item.code,
        chosen=row.chosen,
        inputs=inputs,
        reason=row.reason,
        note=row.note,
        uow=uow,
        services=services,
    )
