"""Step three: the kept grade with every point explained, what is missing, what is to be done, override."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.records.register import RiskAssessmentRecord
from fangshan_desk.domain.rights import Action, Measure, Subject, may
from fangshan_desk.domain.risk.grading import SOURCES
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.components.risk_card import ReasonRow, held_sentence
from fangshan_desk.ui.components.risk_override import OverrideDialog
from fangshan_desk.ui.components.risk_words import (
    LEVEL_TONES,
    level_badge,
    level_words,
    scale_position,
    score_bands,
)
from fangshan_desk.ui.components.visit_session import VisitSession
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.figures import RiskBar
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.explaining_grades import explain_assessment, potential_sentence
from fangshan_desk.usecases.grading import GradedCase, grade_enterprise, override_grade
from fangshan_desk.usecases.recording_transitions import acting


class RiskStep(QWidget):
    """Computes and keeps the grade when the step is entered; shows what it rests on."""

    graded = Signal()

    def __init__(self, session: VisitSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._context = session.context
        self._texts = session.context.texts
        self._model = session.context.desk.services.risk_model
        self.badge = level_badge(self._texts)
        self._bar = RiskBar(score_bands(self._model.level_scores))
        self._summary = text_label(role="weak-body", wrap=True)
        self._held = text_label(role="weak", wrap=True)
        self._potential = text_label(role="orange", wrap=True)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(0)
        self._table = QGridLayout()
        self._actions = QVBoxLayout()
        self._actions.setSpacing(4)
        self.override = SecondaryButton(self._texts("visit-risk-override"), compact=True)
        self.override.clicked.connect(self._on_override)
        self._build()
        session.live_changed.connect(self._on_live_changed)

    def enter(self) -> None:
        """Compute the grade of today and keep it."""
        if not self._session.is_open:
            self._session.ask_live()
            return
        visit_id, enterprise_id = self._session.visit_id, self._session.visit.enterprise_id
        self._session.run(
            lambda uow, services: grade_enterprise(
                enterprise_id=enterprise_id, visit_id=visit_id, uow=uow, services=services
            ),
            on_done=self._on_kept,
        )

    def _build(self) -> None:
        grade = Card(self._texts("visit-risk-title"))
        grade.heading.add_control(self.override)
        grade.heading.add_control(self.badge)
        for widget in (self._bar, self._summary, self._held, self._potential):
            grade.add(widget)
        grade.body.addLayout(self._reasons)
        grade.fill()
        table = Card(self._texts("visit-risk-components"), remark=self._texts("visit-risk-model"))
        self._table.setHorizontalSpacing(14)
        self._table.setVerticalSpacing(7)
        self._table.setColumnStretch(1, 1)
        table.body.addLayout(self._table)
        table.fill()
        measures = Card(self._texts("visit-risk-actions"), remark=self._texts("visit-risk-actions-remark"))
        measures.body.addLayout(self._actions)
        measures.fill()
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(table)
        right.addWidget(measures, 1)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(grade, 5)
        row.addLayout(right, 4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self.override.setVisible(self._may_override())

    def _may_override(self) -> bool:
        actor = acting(self._context.desk.services)
        measures = (Measure.RISK_GRADE, Measure.RISK_OVERRIDE)
        return any(may(actor, Action.APPROVE, Subject(measure=measure)).is_allowed for measure in measures)

    def _on_kept(self, _record: RiskAssessmentRecord) -> None:
        self._session.ask_live()
        self.graded.emit()

    def _on_live_changed(self) -> None:
        live = self._session.live
        if live is not None:
            self._show(live.graded)

    def _show(self, graded: GradedCase) -> None:
        texts, assessment, level = self._texts, graded.assessment, graded.level
        words = level_words(level, texts, score=assessment.score)
        self.badge.show_state(words, tone=LEVEL_TONES[level])
        position = scale_position(level, assessment.score, self._model.level_scores)
        self._bar.set_position(position, description=texts("visit-risk-described", level=words))
        self._summary.setText(
            texts(
                "visit-risk-summary",
                score=assessment.score,
                high=assessment.score_high,
                coverage=assessment.coverage,
                version=assessment.model_version,
            )
        )
        for label, said in (
            (self._held, held_sentence(graded, texts)),
            (self._potential, potential_sentence(assessment, texts)),
        ):
            label.setText(said)
            label.setVisible(bool(said))
        _empty(self._reasons)
        for line in explain_assessment(assessment, graded.inputs.origins, texts):
            self._reasons.addWidget(ReasonRow(line, texts))
        self._show_components(graded)
        self._show_actions(level)

    def _show_components(self, graded: GradedCase) -> None:
        texts = self._texts
        _empty(self._table)
        for row, (name, source) in enumerate(SOURCES.items()):
            points, most = graded.assessment.components[name], self._model.maxima[name]
            # Unknown is a word: a zero would say that nothing is wrong.
            words = texts("visit-risk-unknown") if points is None else f"{points}"
            role = "weak" if points is None else "red" if points else "green"
            self._table.addWidget(text_label(name, role="weak"), row, 0)
            self._table.addWidget(text_label(texts(f"grade-input-{source}")), row, 1)
            self._table.addWidget(
                text_label(words, role=role),
                row,
                2,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            )
            self._table.addWidget(text_label(f"/ {most}", role="hint"), row, 3)

    def _show_actions(self, level: RiskLevel) -> None:
        _empty(self._actions)
        action = self._model.actions.get(level)
        if action is None:
            return
        today, calendar = self._context.clock.today(), self._context.desk.services.calendar
        due = action.visit_due(today, calendar=calendar)
        if due is not None:
            self._actions.addWidget(
                text_label(self._texts("visit-risk-due", day=due.date.isoformat()), role="strong", wrap=True)
            )
        for title, keys in (
            ("visit-risk-informed", action.informed_keys),
            ("visit-risk-measures", action.measure_keys),
        ):
            if keys:
                words = self._texts("list-separator").join(self._texts(key) for key in keys)
                self._actions.addWidget(text_label(self._texts(title, words=words), wrap=True))

    def _on_override(self) -> None:
        live = self._session.live
        if live is not None:
            dialog = OverrideDialog(self._texts, live.graded.level, self)
            dialog.decided.connect(self._on_decided)
            dialog.open()

    def _on_decided(self, level: str, reason: str) -> None:
        enterprise_id = self._session.visit.enterprise_id
        self._session.run(
            lambda uow, services: override_grade(
                enterprise_id=enterprise_id,
                level=RiskLevel(level),
                reason=reason,
                uow=uow,
                services=services,
            ),
            on_done=self._on_kept,
        )


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.deleteLater()
