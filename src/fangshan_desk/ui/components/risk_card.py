"""The grade beside the questions: level, scale, every point with its source, what is unknown."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.components.risk_words import (
    LEVEL_TONES,
    level_badge,
    level_words,
    scale_position,
    score_bands,
)
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.figures import RiskBar
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.explaining_grades import (
    ReasonLine,
    explain_assessment,
    missing_sources,
    potential_sentence,
)
from fangshan_desk.usecases.grading import GradedCase


class ReasonRow(QFrame):
    """A sentence and its points; a floor shows its mark, a missing source the word for unknown."""

    def __init__(self, line: ReasonLine, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "fact")
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(text_label(line.sentence, role="weak" if line.is_missing else "small", wrap=True), 1)
        words, role = _points(line, texts)
        row.addWidget(text_label(words, role=role), 0, Qt.AlignmentFlag.AlignTop)


class RiskCard(Card):
    """The live grade; the first lines are what fixes the level."""

    def __init__(
        self,
        texts: Texts,
        scores: Mapping[RiskLevel, int],
        *,
        most_lines: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            texts("visit-risk-title"), remark=texts("visit-risk-live"), padding=14, parent=parent
        )
        self._texts = texts
        self._scores = scores
        self._most_lines = most_lines
        self.badge = level_badge(texts)
        self.heading.add_control(self.badge)
        self.bar = RiskBar(score_bands(scores))
        self.add(self.bar)
        self._held = text_label(role="weak", wrap=True)
        self._potential = text_label(role="orange", wrap=True)
        self._more = text_label(role="hint")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        for label in (self._more, self._held, self._potential):
            self.add(label)
            label.hide()
        self._shown: tuple[ReasonLine, ...] = ()

    def lines(self) -> tuple[ReasonLine, ...]:
        """What is listed now."""
        return self._shown

    def show_grade(self, graded: GradedCase) -> None:
        """Replaces what is shown."""
        assessment, texts = graded.assessment, self._texts
        level = graded.level
        self.badge.show_state(level_words(level, texts, score=assessment.score), tone=LEVEL_TONES[level])
        self.bar.set_position(
            scale_position(level, assessment.score, self._scores),
            description=texts(
                "visit-risk-described", level=level_words(level, texts, score=assessment.score)
            ),
        )
        lines = explain_assessment(assessment, graded.inputs.origins, texts)
        known = [line for line in lines if not line.is_missing]
        unknown = missing_sources(assessment, texts)
        # One line for all that is unknown leaves room for the draft.
        gap = [ReasonLine(unknown, is_missing=True)] if unknown else []
        self._show_lines(known, gap)
        _say(self._held, held_sentence(graded, texts))
        _say(self._potential, potential_sentence(assessment, texts))

    def _show_lines(self, known: Sequence[ReasonLine], gap: Sequence[ReasonLine]) -> None:
        listed = known[: self._most_lines] if self._most_lines else known
        rest = len(known) - len(listed)
        shown = (*listed, *gap)
        _say(self._more, self._texts("visit-risk-more", count=rest) if rest else "")
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in shown:
            self._lines.addWidget(ReasonRow(line, self._texts))


def held_sentence(graded: GradedCase, texts: Texts) -> str:
    """Why another level than the computed one is shown; empty when it is the computed one."""
    if graded.override is not None:
        return texts(
            "visit-risk-by-hand",
            level=texts(f"risk-{graded.override.level.value}"),
            until=graded.override.expires_on.isoformat(),
            reason=graded.override.reason,
        )
    if not graded.published.key:
        return ""
    computed = graded.published.computed
    return texts("visit-risk-held", computed=texts(f"risk-{computed.value}"), why=texts(graded.published.key))


def _points(line: ReasonLine, texts: Texts) -> tuple[str, str]:
    if line.is_missing:
        return texts("visit-risk-unknown"), "weak"
    if line.is_floor:
        return texts("visit-risk-floor"), "red"
    return (f"+{line.points}", "red") if line.points else ("0", "green")


def _say(label: QLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
