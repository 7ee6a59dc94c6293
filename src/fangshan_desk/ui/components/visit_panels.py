"""Holds the panels of the last two steps; a panel that is not there yet says so instead."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.messages import EmptyState

PanelFactory = Callable[[Context, str], QWidget]


class PanelHost(QWidget):
    """Makes the panel of a visit when its step is first shown; passes on where the panel leads."""

    step_wanted = Signal(str)

    def __init__(self, context: Context, factory: PanelFactory | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._factory = factory
        self._visit_id = ""
        self.panel: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_visit(self, visit_id: str) -> None:
        """The panel of this visit."""
        if visit_id == self._visit_id and self.panel is not None:
            return
        self._visit_id = visit_id
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel.deleteLater()
        self.panel = self._made(visit_id)
        self._column.addWidget(self.panel)

    def forget(self) -> None:
        """Another visit is opened."""
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel.deleteLater()
        self.panel, self._visit_id = None, ""

    def refresh(self, changes: Changes | None) -> None:
        """Something changed; the panel reloads what is stale."""
        reload: Any = getattr(self.panel, "refresh", None)
        if reload is not None:
            reload(changes)

    def print_now(self) -> bool:
        """Opens the print dialog of a panel that has something to print."""
        print_panel: Any = getattr(self.panel, "print_now", None)
        return print_panel is not None and bool(print_panel())

    def _made(self, visit_id: str) -> QWidget:
        if self._factory is None:
            texts = self._context.texts
            return EmptyState(texts("visit-panel-missing"), hint=texts("visit-panel-missing-hint"))
        panel = self._factory(self._context, visit_id)
        leads_on: Any = getattr(panel, "step_wanted", None)
        if leads_on is not None:
            leads_on.connect(self.step_wanted)
        return panel


def panel_from(module: str, name: str) -> PanelFactory | None:
    """The factory of a panel, None where this program has none; imported when the page is first opened."""
    try:
        found = import_module(f"fangshan_desk.ui.components.letters.{module}")
    except ModuleNotFoundError:
        return None
    factory: PanelFactory = getattr(found, name)
    return factory
