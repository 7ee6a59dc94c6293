"""What every page is: a title, actions in the header, and a way to be told what changed."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.context import Context, Target


class Command(StrEnum):
    """A key the window offers to the open page first."""

    NEW_VISIT = "new-visit"
    PRINT = "print"
    SYNC = "sync"
    ESCAPE = "escape"


class Page(QWidget):
    """One place of the rail.

    A page names the entities it shows in ``watches``; the window calls :meth:`refresh` when one of them
    changed, at once if the page is visible, otherwise when it is shown again.
    """

    watches: ClassVar[frozenset[str]] = frozenset()
    shows_search: ClassVar[bool] = True
    # For a page that is not in the rail itself: the entry it belongs to.
    rail_entry: ClassVar[str] = ""

    header_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.title = ""
        self.subtitle = ""
        self._header_widgets: list[QWidget] = []
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContentsMargins(20, 16, 20, 16)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def open(self, target: Target) -> None:
        """Shows the record the target names; called on every arrival, before :meth:`refresh`."""

    def refresh(self, changes: Changes | None) -> None:
        """Reloads what is stale; ``None`` means everything, as on the first showing."""

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on; called on every arrival."""
        self.setFocus()

    def may_leave(self) -> bool:
        """Whether the person may go elsewhere now; a page that refuses says why itself."""
        return True

    def handle(self, command: Command) -> bool:
        """Takes a global key; True when the page has acted on it."""
        return False

    def is_stale_after(self, changes: Changes) -> bool:
        """Whether these changes touch what the page shows."""
        return not self.watches.isdisjoint(changes.entities)

    def set_title(self, title: str, *, subtitle: str = "") -> None:
        """Words at the top of the window."""
        self.title, self.subtitle = title, subtitle
        self.header_changed.emit()

    def add_header_widget(self, widget: QWidget) -> None:
        """Puts a button, step bar or other control at the right of the header."""
        self._header_widgets.append(widget)
        self.header_changed.emit()

    def header_widgets(self) -> Sequence[QWidget]:
        """The controls of the header, left to right."""
        return tuple(self._header_widgets)
