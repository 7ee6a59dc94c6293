"""Focus that shows only when the keyboard brought it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Base
else:
    # Two Qt bases would be two C++ objects.
    _Base = object

_BY_MOUSE = {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason}


class KeyboardFocus(_Base):
    """Mixed into a control that shows its ring after Tab or a shortcut, not after a click."""

    _came_by_keyboard = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._came_by_keyboard = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)

    def shows_focus(self) -> bool:
        """Whether to paint the ring."""
        return self.hasFocus() and self._came_by_keyboard
