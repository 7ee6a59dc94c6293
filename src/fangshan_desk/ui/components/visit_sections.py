"""The sections of the check at the left: how much is answered, how much was found."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.domain.checklist import ApplicableSection, Progress
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.focus import KeyboardFocus
from fangshan_desk.ui.widgets.painting import paint_focus, sized_font
from fangshan_desk.ui.widgets.palette import TONES, Tone

_HEIGHT = 38
_PADDING = 12


class SectionButton(KeyboardFocus, QAbstractButton):
    """One section: title, counts, and in red what was found."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setToolTip(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._counts = ""
        self._found = ""
        self._is_complete = False

    def show_counts(self, counts: str, *, found: str = "", is_complete: bool = False) -> None:
        """Changes the numbers."""
        if (counts, found, is_complete) == (self._counts, self._found, self._is_complete):
            return
        self._counts, self._found, self._is_complete = counts, found, is_complete
        self.setAccessibleName(" ".join(part for part in (self.text(), counts, found) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.SELECTED if self.isChecked() else palette.FIELD))
            painter.drawRoundedRect(self.rect(), 6, 6)
        room = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        painter.setFont(sized_font(self.font(), pixels=12))
        counts_width = painter.fontMetrics().horizontalAdvance(self._counts)
        painter.setPen(QColor(TONES[Tone.GREEN].text if self._is_complete else palette.TEXT_WEAK))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._counts)
        words = QRect(room.left(), room.top(), room.width() - counts_width - 8, room.height())
        self._paint_title(painter, words)
        if self.shows_focus():
            paint_focus(painter, self.rect().toRectF())

    def _paint_title(self, painter: QPainter, words: QRect) -> None:
        font = sized_font(self.font(), pixels=13, bold=self.isChecked())
        title = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.setFont(font)
        painter.setPen(QColor(palette.TEXT if self.isEnabled() else palette.TEXT_HINT))
        side = Qt.AlignmentFlag.AlignLeft
        if not self._found:
            painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, title)
            return
        painter.drawText(words.adjusted(0, 3, 0, 0), side | Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(sized_font(self.font(), pixels=11))
        painter.setPen(QColor(TONES[Tone.RED].text))
        painter.drawText(words.adjusted(0, 0, 0, -3), side | Qt.AlignmentFlag.AlignBottom, self._found)


class SectionList(QWidget):
    """All sections in their order; those that do not concern the enterprise are shown and stay closed."""

    section_chosen = Signal(str)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setProperty("surface", "clear")
        self._buttons: dict[str, SectionButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def show_sections(self, sections: Sequence[ApplicableSection]) -> None:
        """Replaces what is shown."""
        codes = [each.section.code for each in sections]
        if codes != list(self._buttons):
            self._rebuild(sections)
        for each in sections:
            self._buttons[each.section.code].setEnabled(bool(each.items))
            if not each.is_applicable:
                self._buttons[each.section.code].show_counts(self._texts("visit-section-not-applicable"))
            elif not each.items:
                self._buttons[each.section.code].show_counts("0/0")

    def show_progress(self, section: str, progress: Progress) -> None:
        """The counts of one section."""
        if not progress.total or section not in self._buttons:
            return
        found = self._texts("visit-section-found", count=progress.violated) if progress.violated else ""
        counts = f"{progress.answered}/{progress.total}"
        self._buttons[section].show_counts(counts, found=found, is_complete=progress.is_complete)

    def set_current(self, section: str) -> None:
        """Marks the section that is open."""
        for code, button in self._buttons.items():
            button.setChecked(code == section)

    def button(self, section: str) -> SectionButton:
        """One section's button."""
        return self._buttons[section]

    def _rebuild(self, sections: Sequence[ApplicableSection]) -> None:
        for button in self._buttons.values():
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for number, each in enumerate(sections):
            button = SectionButton(each.section.title, self)
            button.clicked.connect(self._on_clicked)
            self._buttons[each.section.code] = button
            self._column.insertWidget(number, button)

    def _on_clicked(self) -> None:
        for code, button in self._buttons.items():
            if button is self.sender():
                self.section_chosen.emit(code)
