"""One enterprise: its facts, its grade, everything that happened with it, and what may be its double."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.components.enterprise_dialog import EnterpriseDialog
from fangshan_desk.ui.components.enterprise_duplicates import DuplicatesCard, MergeDialog
from fangshan_desk.ui.components.enterprise_facts import FactsCard
from fangshan_desk.ui.components.enterprise_risk import KeptGradeCard
from fangshan_desk.ui.components.enterprise_timeline import TimelineCard
from fangshan_desk.ui.components.enterprise_words import (
    category_list,
    day_of,
    day_words,
    joined,
    township_words,
)
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.usecases.registering import Merged, mark_as_different, merge_enterprises
from fangshan_desk.usecases.views.register import EnterprisePageState, LikelyDuplicate, TimelineRow


@dataclass(frozen=True)
class _Loaded:
    """One reading of everything the page shows."""

    enterprise_id: str
    state: EnterprisePageState | None
    events: Sequence[TimelineRow] = ()


class EnterprisePage(Page):
    """Shows one enterprise; Ctrl+N starts or resumes a visit to it."""

    rail_entry: ClassVar[str] = "enterprises"
    watches = frozenset(
        {
            "enterprise",
            "enterprise_alias",
            "duplicate_decision",
            "visit",
            "letter",
            "rectification_item",
            "collective_contract",
            "negotiation",
            "warning_signal",
            "risk_assessment",
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._texts = context.texts
        self._reader = context.desk.readers.register
        self.enterprise_id = ""
        self.state: EnterprisePageState | None = None
        self.facts = FactsCard(context)
        self.grade = KeptGradeCard(context)
        self.timeline = TimelineCard(context)
        self.duplicates = DuplicatesCard(context)
        self.missing = EmptyState(
            self._texts("register-gone"),
            hint=self._texts("register-gone-hint"),
            action=self._texts("register-to-list"),
            icon="enterprise",
        )
        self._build()
        self._connect()

    def open(self, target: Target) -> None:
        """Shows the enterprise of the target."""
        if target.record_id == self.enterprise_id:
            return
        self.enterprise_id = target.record_id
        self.state = None
        self.set_title(self._texts("register-one"))
        self.duplicates.show_likely([])
        self.refresh(None)

    def refresh(self, changes: Changes | None) -> None:
        """Reads everything again; what is painted stays until then."""
        wanted, today, reader = self.enterprise_id, self.context.clock.today(), self._reader
        rules = self.context.desk.services.name_rules
        if not wanted:
            return

        def load() -> _Loaded:
            state = reader.enterprise(wanted, today=today)
            return _Loaded(wanted, state, reader.timeline(wanted) if state else ())

        read = self.context.operations.read
        read(load, on_done=self._on_loaded, key="enterprise", owner=self)
        read(
            lambda: (wanted, reader.likely_duplicates(wanted, rules=rules)),
            on_done=self._on_compared,
            key="duplicates",
            owner=self,
        )

    def take_focus(self) -> None:
        """To the action one most likely wants."""
        self._visit.setFocus(Qt.FocusReason.OtherFocusReason)

    def handle(self, command: Command) -> bool:
        """Ctrl+N visits this enterprise."""
        if command is Command.NEW_VISIT and self.state is not None:
            self.visit()
            return True
        return False

    def visit(self) -> None:
        """Resumes the visit under way, starts the planned one, or begins a new one."""
        state = self.state
        if state is None:
            return
        if state.open_visit_id:
            target = Target("visit", state.open_visit_id)
        else:
            extra = {"new": "1", "enterprise_id": self.enterprise_id, "visit_id": state.planned_visit_id}
            target = Target("visits", extra={key: value for key, value in extra.items() if value})
        self.context.navigator.open(target)

    def plan(self) -> None:
        """Goes to the form that puts a visit on the calendar."""
        extra = {"plan": "1", "enterprise_id": self.enterprise_id}
        self.context.navigator.open(Target("visits", extra=extra))

    def edit(self) -> None:
        """Opens the form with this enterprise."""
        if self.state is not None:
            dialog = EnterpriseDialog(self.context, enterprise=self.state.enterprise, parent=self)
            dialog.other_chosen.connect(self._go_to)
            dialog.open()

    def merge(self, keep_id: str, drop_id: str) -> None:
        """Makes one entry of two and stays with the one that is left."""
        self.context.transact(
            lambda uow, services: merge_enterprises(
                keep_id=keep_id, drop_id=drop_id, uow=uow, services=services
            ),
            on_done=self._on_merged,
            initiator=self,
        )

    def call_different(self, other_id: str) -> None:
        """Remembers that the two are different enterprises."""
        own = self.enterprise_id
        self.context.transact(
            lambda uow, services: mark_as_different(
                first_id=own, second_id=other_id, uow=uow, services=services
            ),
            on_done=lambda _decision: self.refresh(None),
            initiator=self,
        )

    def _build(self) -> None:
        texts = self._texts
        self._edit = SecondaryButton(texts("register-edit-short"), icon="pen")
        self._plan = SecondaryButton(texts("register-plan"), icon="calendar")
        self._visit = PrimaryButton(texts("register-visit"), shortcut="Ctrl+N")
        for button in (self._edit, self._plan, self._visit):
            self.add_header_widget(button)
        self._cards = QWidget()
        row = QHBoxLayout(self._cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.grade)
        right.addWidget(self.duplicates)
        right.addStretch(1)
        row.addWidget(self.facts, 4)
        row.addWidget(self.timeline, 5)
        row.addLayout(right, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # Belongs to the page before it holds anything: it would show its first part as a window.
        self._stack = QStackedLayout()
        column.addLayout(self._stack)
        self._stack.addWidget(self._cards)
        self._stack.addWidget(self.missing)

    def _connect(self) -> None:
        self._edit.clicked.connect(self.edit)
        self._plan.clicked.connect(self.plan)
        self._visit.clicked.connect(self.visit)
        self.timeline.chosen.connect(self.context.navigator.open)
        self.duplicates.opened.connect(self._go_to)
        self.duplicates.merge_wanted.connect(self._on_merge_wanted)
        self.duplicates.different.connect(self.call_different)
        self.missing.action_chosen.connect(lambda: self.context.navigator.open(Target("enterprises")))

    def _on_loaded(self, loaded: _Loaded) -> None:
        if loaded.enterprise_id != self.enterprise_id:
            return
        self.state = loaded.state
        for button in (self._edit, self._plan, self._visit):
            button.setEnabled(loaded.state is not None)
        if loaded.state is None:
            self._stack.setCurrentWidget(self.missing)
            return
        if loaded.state.merged_into is not None:
            self._say_merged(loaded.state)
            return
        self._stack.setCurrentWidget(self._cards)
        self._show(loaded.state)
        self.timeline.show_events(loaded.events)

    def _on_compared(self, answer: tuple[str, Sequence[LikelyDuplicate]]) -> None:
        enterprise_id, likely = answer
        if enterprise_id == self.enterprise_id:
            self.duplicates.show_likely(likely)

    def _show(self, state: EnterprisePageState) -> None:
        texts, enterprise = self._texts, state.enterprise
        visited = day_words(day_of(state.last_visit_at, self.context))
        remarks = [
            township_words(enterprise.township, texts),
            category_list(enterprise.categories, texts),
            texts("register-visited", day=visited) if visited else texts("register-never-visited"),
            texts("register-open-items", count=state.open_items) if state.open_items else "",
            texts("register-overdue-items", count=state.overdue_items) if state.overdue_items else "",
        ]
        self.set_title(enterprise.name, subtitle=joined(texts, *remarks))
        self.facts.show_state(state)
        self.grade.show_state(state)
        caption = "register-resume" if state.open_visit_id else "register-visit"
        self._visit.setText(texts(caption))
        self._visit.updateGeometry()
        planned = state.planned_on
        day = texts("register-planned", day=planned.isoformat()) if planned else texts("register-plan")
        self._plan.setText(day)
        self._plan.updateGeometry()

    def _say_merged(self, state: EnterprisePageState) -> None:
        kept = state.merged_into
        if kept is not None:
            sentence = self._texts("register-is-merged", name=state.enterprise.name, into=kept.name)
            self.context.operations.say(sentence)
            self.open(Target("enterprise", kept.id))

    def _on_merge_wanted(self, other: LikelyDuplicate) -> None:
        if self.state is not None:
            dialog = MergeDialog(self.context, self.state.enterprise, other, parent=self)
            dialog.decided.connect(self.merge)
            dialog.open()

    def _on_merged(self, merged: Merged) -> None:
        count = sum(merged.moved.values())
        sentence = self._texts("register-merged", name=merged.kept.name, count=count)
        self.context.operations.say(sentence, kind="success")
        self.enterprise_id = ""
        self.open(Target("enterprise", merged.kept.id))

    def _go_to(self, enterprise_id: str) -> None:
        self.context.navigator.open(Target("enterprise", enterprise_id))
