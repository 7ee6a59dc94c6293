"""One open visit on the screen: what the file holds, the place in it, saving, live grade and draft."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.letter_facts import PrescriptionFacts
from fangshan_desk.domain.local_time import local_date, local_moment
from fangshan_desk.domain.records.visits import Visit, VisitStep
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.check_editing import CheckEditor
from fangshan_desk.ui.context import Context
from fangshan_desk.usecases.composing_prescriptions import compose_prescription
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.grading import GradedCase, preview_grade
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.views.check_sheet import CheckSheet
from fangshan_desk.usecases.views.visits import VisitPageState
from fangshan_desk.usecases.visiting import go_to_step, look_at_item

# Long enough to take several quick answers together, short enough to seem at once.
_LIVE_DELAY_MS = 120
_PLACE_DELAY_MS = 250


@dataclass(frozen=True)
class LiveView:
    """Grade and draft as they stand with the answers kept so far."""

    graded: GradedCase
    draft: PrescriptionFacts


class VisitSession(QObject):
    """Loads a visit, saves its changes, keeps the place; shared by all parts of the page.

    "Saved" is told only after the commit.
    """

    loaded = Signal()
    gone = Signal()
    saving = Signal()
    saved = Signal(object)
    live_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.visit_id = ""
        self.live: LiveView | None = None
        self.saved_at: datetime | None = None
        self.editor = CheckEditor(self, self)
        self._state: VisitPageState | None = None
        self._open_jobs = 0
        self._is_stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LIVE_DELAY_MS)
        self._timer.timeout.connect(self._on_live_due)
        self._place_timer = QTimer(self)
        self._place_timer.setSingleShot(True)
        self._place_timer.setInterval(_PLACE_DELAY_MS)
        self._place_timer.timeout.connect(self._on_place_due)

    @property
    def is_loaded(self) -> bool:
        """Whether the visit is here."""
        return self._state is not None

    @property
    def state(self) -> VisitPageState:
        """What the file held when it was read last."""
        if self._state is None:
            raise LookupError("no visit is open")
        return self._state

    @property
    def sheet(self) -> CheckSheet:
        """The check with everything that was answered since."""
        return self.editor.sheet

    @property
    def visit(self) -> Visit:
        """The visit itself."""
        return self.state.visit

    @property
    def is_open(self) -> bool:
        """Whether the visit is under way."""
        return self.is_loaded and self.visit.state is VisitState.UNDER_WAY

    @property
    def may_answer(self) -> bool:
        """Whether answers may still be changed: under way, and no letter confirmed on them."""
        letter = self.state.letter if self.is_loaded else None
        return self.is_open and (letter is None or letter.confirmed_at is None)

    @property
    def day(self) -> date:
        """The day of the visit, which chooses the articles."""
        visit = self.visit
        if visit.started_at is not None:
            return local_date(visit.started_at, self.context.clock.offset_minutes())
        return visit.planned_on or self.context.clock.today()

    @property
    def is_busy(self) -> bool:
        """Whether something is being saved."""
        return self._open_jobs > 0

    @property
    def is_waiting(self) -> bool:
        """Whether something is being saved or the live view is due."""
        return self.is_busy or self._timer.isActive() or self._place_timer.isActive()

    def open(self, visit_id: str) -> None:
        """Another visit; what is shown of the one before goes away first."""
        if visit_id != self.visit_id or not visit_id:
            self.visit_id, self._state, self.live, self.saved_at = visit_id, None, None, None
            self.editor.unload()
        self.reload()

    def prepare(self, enterprise_id: str) -> None:
        """A visit that is not in the file yet: everything the first step asks for."""
        self.open("")
        reader, today = self.context.desk.readers.visits, self.context.clock.today()
        self.context.operations.read(
            lambda: ("", reader.blank_page(enterprise_id, today)),
            on_done=self._on_read,
            key="visit",
            owner=self,
        )

    def reload(self) -> None:
        """Read the visit again."""
        visit_id, reader = self.visit_id, self.context.desk.readers.visits
        if visit_id:
            self.context.operations.read(
                lambda: (visit_id, reader.page(visit_id)), on_done=self._on_read, key="visit", owner=self
            )

    def follow(self, changes: Changes | None) -> None:
        """Something changed; our own answers are on the screen already."""
        if changes is None or not self.is_busy:
            self.reload()

    def go_to(self, step: VisitStep, code: str = "") -> None:
        """Keep where the person is; the program comes back to it after any end."""
        if not self.is_open:
            return
        if code:
            self._state = replace(self.state, looked_at=code)
        if self.visit.step is step:
            # Looking from item to item is no change of the visit: kept here only, and not for each key.
            self._place_timer.start()
            return
        self._state = replace(self.state, visit=replace(self.visit, step=step))
        visit_id = self.visit_id
        self.run(
            lambda uow, services: go_to_step(
                visit_id=visit_id, step=step, current_item=code, uow=uow, services=services
            ),
            is_quiet=True,
        )

    def run(
        self,
        job: Job[Any],
        *,
        on_done: Callable[[Any], None] | None = None,
        on_undone: Callable[[], None] | None = None,
        is_quiet: bool = False,
    ) -> None:
        """A use case of this visit; counts as saving until it is committed."""
        self._open_jobs += 1
        if not is_quiet:
            self.saving.emit()

        def done(result: Any) -> None:
            if not is_quiet:
                clock = self.context.clock
                self.saved_at = local_moment(clock.now_utc(), clock.offset_minutes())
            self._end_job()
            if on_done is not None:
                on_done(result)

        def undone() -> None:
            self._end_job()
            if on_undone is not None:
                on_undone()

        self.context.transact(job, on_done=done, on_undone=undone, initiator=self)

    def ask_live(self) -> None:
        """Bring grade and draft up to date, a little later so that quick answers are taken together."""
        self._timer.start()

    def _end_job(self) -> None:
        self._open_jobs -= 1
        if self.is_busy:
            return
        self.saved.emit(self.saved_at)
        if self._is_stale:
            self._is_stale = False
            self.reload()

    def _on_read(self, found: tuple[str, VisitPageState | None]) -> None:
        visit_id, state = found
        if visit_id != self.visit_id:
            return
        if self.is_busy:
            # What is being saved is newer than what was read.
            self._is_stale = True
            return
        if state is None:
            self.gone.emit()
            return
        self._state = state
        self.editor.load(state, self.context.desk.services.reference, day=self.day)
        self.loaded.emit()
        self.ask_live()

    def _on_place_due(self) -> None:
        visit_id, code = self.visit_id, self.state.looked_at if self.is_open else ""
        if code:
            self.run(
                lambda uow, services: look_at_item(visit_id=visit_id, code=code, uow=uow, services=services),
                is_quiet=True,
            )

    def _on_live_due(self) -> None:
        if not self.is_loaded or self.visit.state is VisitState.PLANNED:
            return
        if self.is_busy:
            self._timer.start()
            return
        visit_id, enterprise_id, letter = self.visit_id, self.visit.enterprise_id, self.state.letter

        def look(uow: UnitOfWork, services: Services) -> tuple[str, LiveView]:
            draft = compose_prescription(
                uow.get(Visit, visit_id),
                field_number=letter.field_number if letter is not None else "",
                edits=letter.edits if letter is not None else None,
                uow=uow,
                services=services,
            )
            graded = preview_grade(enterprise_id=enterprise_id, uow=uow, services=services)
            return visit_id, LiveView(graded, draft)

        self.context.transact(look, on_done=self._on_live, initiator=self)

    def _on_live(self, found: tuple[str, LiveView]) -> None:
        visit_id, live = found
        if visit_id == self.visit_id:
            self.live = live
            self.live_changed.emit()
