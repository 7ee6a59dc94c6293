"""The grade that was kept last, with every point explained."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.components.risk_card import ReasonRow
from fangshan_desk.ui.components.risk_words import (
    LEVEL_TONES,
    level_badge,
    level_words,
    scale_position,
    score_bands,
)
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.figures import RiskBar
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.explaining_grades import ReasonLine, explain_record
from fangshan_desk.usecases.views.register import EnterprisePageState

MOST_LINES = 6


class KeptGradeCard(Card):
    """Level, scale, reasons and the day of the grade; an unrated enterprise says how to get a grade."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("register-risk"), padding=14, parent=parent)
        self._texts = context.texts
        self._scores = context.desk.services.risk_model.level_scores
        self.badge = level_badge(self._texts)
        self.heading.add_control(self.badge)
        self.bar = RiskBar(score_bands(self._scores))
        self.add(self.bar)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.hint = text_label(role="weak", wrap=True)
        self.add(self.hint)
        self.shown: tuple[ReasonLine, ...] = ()

    def show_state(self, state: EnterprisePageState) -> None:
        """Replaces what is shown."""
        texts, enterprise, kept = self._texts, state.enterprise, state.assessment
        level, score = enterprise.risk_level, enterprise.risk_score
        words = level_words(level, texts, score=score)
        self.badge.show_state(words, tone=LEVEL_TONES[level])
        self.bar.set_position(scale_position(level, score or 0, self._scores), description=words)
        self._show_lines(explain_record(kept, texts) if kept is not None else [])
        if kept is None:
            self.hint.setText(texts("register-risk-none"))
        elif kept.override_level is not None and kept.override_until is not None:
            day = kept.override_until.isoformat()
            self.hint.setText(texts("register-risk-by-hand", reason=kept.override_reason, until=day))
        else:
            self.hint.setText(texts("register-risk-day", day=kept.as_of.isoformat(), coverage=kept.coverage))
        self.bar.setVisible(level is not RiskLevel.UNRATED)

    def _show_lines(self, lines: list[ReasonLine]) -> None:
        rest = len(lines) - MOST_LINES
        self.shown = tuple(lines[:MOST_LINES])
        self.heading.set_remark(self._texts("visit-risk-more", count=rest) if rest > 0 else "")
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in self.shown:
            self._lines.addWidget(ReasonRow(line, self._texts))
