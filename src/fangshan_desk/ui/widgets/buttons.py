"""Buttons that say what they do and which keys do the same."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.focus import KeyboardFocus
from fangshan_desk.ui.widgets.icons import line_icon
from fangshan_desk.ui.widgets.painting import paint_focus, sized_font

_GAP = 6
_ICON = 14


class HintButton(KeyboardFocus, QPushButton):
    """A push button that shows its shortcut in small letters after the caption."""

    kind = "secondary"
    caption_colour = palette.TEXT
    hint_colour = palette.TEXT_HINT

    def __init__(
        self,
        caption: str,
        *,
        shortcut: str = "",
        icon: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(caption, parent)
        self._hint = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        self._icon = line_icon(icon, colour=self.caption_colour) if icon else None
        self._compact = compact
        self.setProperty("kind", self.kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if self._hint:
            self.setToolTip(f"{caption} ({self._hint})")
        self.setAccessibleName(caption)

    def sizeHint(self) -> QSize:
        padding = 10 if self._compact else 15
        return QSize(self._content_width() + 2 * padding, 28 if self._compact else 34)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        self._paint_content(painter)
        if self.shows_focus():
            paint_focus(painter, QRectF(self.rect()))

    def _caption_pixels(self) -> int:
        return 12 if self._compact else 13

    def _content_width(self) -> int:
        caption = QFontMetrics(sized_font(self.font(), pixels=self._caption_pixels()))
        width = caption.horizontalAdvance(self.text())
        if self._hint:
            width += _GAP + QFontMetrics(sized_font(self.font(), pixels=11)).horizontalAdvance(self._hint)
        return width + (_ICON + 4 if self._icon else 0)

    def _paint_content(self, painter: QPainter) -> None:
        left = (self.width() - self._content_width()) // 2
        colour = QColor(self.caption_colour if self.isEnabled() else palette.TEXT_HINT)
        if self._icon:
            box = QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON)
            mode = self._icon.Mode.Normal if self.isEnabled() else self._icon.Mode.Disabled
            self._icon.paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)
            left += _ICON + 4
        left = self._paint_words(
            painter, self.text(), left=left, pixels=self._caption_pixels(), colour=colour
        )
        if self._hint:
            weak = QColor(self.hint_colour if self.isEnabled() else palette.TEXT_HINT)
            self._paint_words(painter, self._hint, left=left + _GAP, pixels=11, colour=weak)

    def _paint_words(self, painter: QPainter, words: str, *, left: int, pixels: int, colour: QColor) -> int:
        painter.setFont(sized_font(self.font(), pixels=pixels))
        painter.setPen(colour)
        width = painter.fontMetrics().horizontalAdvance(words)
        box = QRect(left, 0, width + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        return left + width


class PrimaryButton(HintButton):
    """The one blue action of a page."""

    kind = "primary"
    caption_colour = "#ffffff"
    hint_colour = "#cfe0f5"


class SecondaryButton(HintButton):
    """Any other action."""


class QuietButton(HintButton):
    """An action that stays in the background, such as one in a card's heading."""

    kind = "quiet"
    caption_colour = palette.TEXT_WEAK


class DangerButton(HintButton):
    """An action that takes something away; never the default."""

    kind = "danger"
    caption_colour = "#b71c1c"


class LinkButton(HintButton):
    """An action that reads like a word of the sentence around it."""

    kind = "link"
    caption_colour = palette.PRIMARY

    def sizeHint(self) -> QSize:
        return QSize(self._content_width() + 8, 24)


class IconButton(QToolButton):
    """A button with a picture only; the name is read aloud and shown as tooltip."""

    def __init__(
        self, icon: str, *, name: str, colour: str = palette.TEXT_WEAK, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setIcon(line_icon(icon, colour=colour))
        self.setIconSize(QSize(16, 16))
        self.setFixedSize(28, 28)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
