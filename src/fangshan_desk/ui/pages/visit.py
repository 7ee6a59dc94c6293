"""One visit from the door to the served letter, in five steps; everything saves itself."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtWidgets import QInputDialog, QStackedWidget, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.records.visits import Visit, VisitStep
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.check_step import CheckStep
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.components.risk_step import RiskStep
from fangshan_desk.ui.components.visit_basics import BasicsStep
from fangshan_desk.ui.components.visit_header import visit_subtitle
from fangshan_desk.ui.components.visit_panels import PanelFactory, PanelHost, panel_from
from fangshan_desk.ui.components.visit_session import VisitSession
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.steps import StepBar
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.visiting import (
    cancel_visit,
    finish_visit,
    resume_visit,
    set_basics,
    start_visit,
)

STEPS = tuple(VisitStep)
PANELS = {
    VisitStep.PRESCRIPTION: ("prescription_panel", "PrescriptionPanel"),
    VisitStep.SERVICE: ("service_panel", "ServicePanel"),
}


class VisitPage(Page):
    """Opens at the step and item where the visit was left.

    A target with a record id opens that visit, at ``extra["step"]`` if given; one with
    ``extra["enterprise"]`` begins an unplanned visit.
    ``panels`` replace the components of the last two steps.
    """

    rail_entry: ClassVar[str] = "visits"
    watches = frozenset({"visit", "visitor", "check_answer", "attachment", "enterprise", "letter"})
    shows_search = False

    def __init__(
        self, context: Context, *, panels: Mapping[VisitStep, PanelFactory | None] | None = None
    ) -> None:
        super().__init__(context)
        self._texts = context.texts
        self._step = VisitStep.BASICS
        self._is_arriving = False
        self._asked_step: VisitStep | None = None
        self.session = VisitSession(context, self)
        self.basics = BasicsStep(self.session)
        self.check = CheckStep(self.session)
        self.risk = RiskStep(self.session)
        self.hosts = {step: PanelHost(context, _factory(step, panels)) for step in PANELS}
        self._build()
        self._connect()

    @property
    def step(self) -> VisitStep:
        """The step being shown."""
        return self._step

    def open(self, target: Target) -> None:
        """Shows a visit, or begins one."""
        asked = target.extra.get("step")
        self._asked_step = VisitStep(asked) if asked else None
        if target.record_id and target.record_id == self.session.visit_id:
            if self._asked_step is not None:
                self.show_step(self._asked_step)
            return
        if not target.record_id and not target.extra.get("enterprise"):
            return
        self._is_arriving = True
        self.check.forget()
        self.basics.forget()
        for host in self.hosts.values():
            host.forget()
        self.set_title(self._texts("visit-title"))
        if target.record_id:
            self.session.open(target.record_id)
        else:
            self.session.prepare(target.extra["enterprise"])

    def refresh(self, changes: Changes | None) -> None:
        """Follows what other pages and the panels of this one changed."""
        if changes is not None:
            self.session.follow(changes)
            for host in self.hosts.values():
                host.refresh(changes)

    def take_focus(self) -> None:
        """The keyboard goes on where it was."""
        if self.session.is_loaded:
            self._focus_step()

    def handle(self, command: Command) -> bool:
        """Esc leads from a field back to its question; Ctrl+P prints the letter of the last step."""
        if command is Command.PRINT:
            return self._step in self.hosts and self.hosts[self._step].print_now()
        return (
            command is Command.ESCAPE and self._step is VisitStep.HEALTH_CHECK and self.check.leave_details()
        )

    def show_step(self, step: VisitStep) -> None:
        """Goes to a step; planned visits have only the first."""
        if not self.session.is_loaded:
            return
        if self.session.visit.state is VisitState.PLANNED:
            step = VisitStep.BASICS
        self._step = step
        number = STEPS.index(step)
        self.bar.set_current(number)
        if step in self.hosts:
            self.hosts[step].show_visit(self.session.visit_id)
        self._stack.setCurrentIndex(number)
        self.check.set_active(step is VisitStep.HEALTH_CHECK)
        if step is VisitStep.RISK:
            self.risk.enter()
        self._show_header()
        self.session.go_to(step)
        self._focus_step()

    def _build(self) -> None:
        self.bar = StepBar([self._texts(f"visit-step-{step.value}") for step in STEPS])
        self.next = PrimaryButton(self._texts("visit-next"))
        header: tuple[QWidget, ...] = (self.bar, self.next)
        for widget in header:
            self.add_header_widget(widget)
        self._stack = QStackedWidget()
        steps: list[QWidget] = [self.basics, self.check, self.risk, *self.hosts.values()]
        for widget in steps:
            self._stack.addWidget(widget)
        self._gone = EmptyState(self._texts("visit-gone"), hint=self._texts("visit-gone-hint"))
        self._stack.addWidget(self._gone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.set_title(self._texts("visit-title"))

    def _connect(self) -> None:
        session = self.session
        session.loaded.connect(self._on_loaded)
        session.gone.connect(self._on_gone)
        session.saving.connect(self._show_header)
        session.saved.connect(lambda _when: self._show_header())
        self.bar.step_chosen.connect(lambda number: self.show_step(STEPS[number]))
        self.next.clicked.connect(self._on_next)
        self.basics.cancel.clicked.connect(self._on_cancel)
        self.basics.visitors.changed.connect(self._show_header)
        self.basics.visitors.shown.connect(self._show_header)
        for host in self.hosts.values():
            host.step_wanted.connect(lambda step: self.show_step(VisitStep(step)))
        self.check.preview_wanted.connect(lambda: self.show_step(VisitStep.PRESCRIPTION))

    def _on_loaded(self) -> None:
        # Every step of a visit under way is reachable; figures may be known in any order.
        planned = self.session.visit.state is VisitState.PLANNED
        self.bar.set_reachable(0 if planned else len(STEPS) - 1)
        if self._is_arriving:
            self._is_arriving = False
            self.show_step(self._asked_step or self.session.visit.step)
        else:
            self._show_header()

    def _on_gone(self) -> None:
        self._stack.setCurrentWidget(self._gone)
        self.next.setEnabled(False)

    def _focus_step(self) -> None:
        if self._step is VisitStep.HEALTH_CHECK:
            self.check.take_focus()
        elif self._step is VisitStep.BASICS and self.session.is_open:
            self.basics.take_focus()
        else:
            panel = self._stack.currentWidget()
            if panel is not None:
                panel.setFocus()

    def _show_header(self) -> None:
        if not self.session.is_loaded:
            return
        state = self.session.state
        subtitle = visit_subtitle(
            self.context,
            state.visit,
            township=state.enterprise.township,
            saved_at=self.session.saved_at,
            is_saving=self.session.is_busy,
        )
        caption, is_enabled = self._next_words()
        self.next.setText(self._texts(caption))
        self.next.setEnabled(is_enabled)
        is_bound = state.visit.state is VisitState.FINISHED and not is_enabled
        self.next.setToolTip(self._texts("step-visit-letter-confirmed") if is_bound else "")
        self.next.updateGeometry()
        self.set_title(state.enterprise.name, subtitle=subtitle)

    def _next_words(self) -> tuple[str, bool]:
        state = self.session.visit.state
        if state is VisitState.PLANNED:
            return "visit-start", self.basics.may_start
        if state is VisitState.FINISHED:
            return "visit-resume", self.session.state.letter is None or self._is_draft()
        if state is VisitState.CANCELLED:
            return "visit-next", False
        return ("visit-finish" if self._step is STEPS[-1] else "visit-next"), True

    def _is_draft(self) -> bool:
        letter = self.session.state.letter
        return letter is not None and letter.confirmed_at is None

    def _on_next(self) -> None:
        state = self.session.visit.state
        if state is VisitState.PLANNED:
            self._start()
        elif state is VisitState.FINISHED:
            self._resume()
        elif self._step is STEPS[-1]:
            self._finish()
        else:
            self.show_step(STEPS[STEPS.index(self._step) + 1])

    def _start(self) -> None:
        visit, people, typed = self.session.visit, self.basics.visitors.chosen(), self.basics.typed()
        is_quick = self.basics.quick.isChecked()

        def start(uow: UnitOfWork, services: Services) -> Visit:
            started = start_visit(
                enterprise_id=visit.enterprise_id,
                visitor_ids=people,
                visit_id=visit.id or None,
                is_quick_check=is_quick,
                uow=uow,
                services=services,
            )
            return set_basics(visit_id=started.id, uow=uow, services=services, **typed)

        self.context.transact(
            start, on_done=lambda started: self.session.open(started.id), initiator=self.session
        )

    def _resume(self) -> None:
        visit_id = self.session.visit_id
        self.session.run(
            lambda uow, services: resume_visit(visit_id=visit_id, uow=uow, services=services),
            on_done=lambda _visit: self.session.reload(),
        )

    def _finish(self) -> None:
        visit_id = self.session.visit_id
        self.session.run(
            lambda uow, services: finish_visit(visit_id=visit_id, uow=uow, services=services),
            on_done=self._on_finished,
        )

    def _on_finished(self, _visit: object) -> None:
        self.session.reload()
        self.context.operations.say(
            self._texts("visit-finished", enterprise=self.session.state.enterprise.name), kind="success"
        )

    def _on_cancel(self) -> None:
        reason, is_given = QInputDialog.getText(
            self, self._texts("visit-cancel"), self._texts("visit-cancel-reason")
        )
        if is_given:
            self.cancel(reason)

    def cancel(self, reason: str) -> None:
        """Give the visit up; nothing entered is removed."""
        visit_id = self.session.visit_id
        self.session.run(
            lambda uow, services: cancel_visit(visit_id=visit_id, reason=reason, uow=uow, services=services),
            on_done=lambda _visit: self.session.reload(),
        )


def _factory(step: VisitStep, panels: Mapping[VisitStep, PanelFactory | None] | None) -> PanelFactory | None:
    if panels is not None:
        return panels.get(step)
    module, name = PANELS[step]
    return panel_from(module, name)
