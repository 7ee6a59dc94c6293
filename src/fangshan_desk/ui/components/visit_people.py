"""Who goes: chips for those who go, a menu with everybody else; who went along last is chosen already."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fangshan_desk.domain.records.people import Officer
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.filters import FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label


class VisitorChips(QWidget):
    """Chooses visitors; says below what is still missing."""

    changed = Signal()
    shown = Signal()

    def __init__(self, texts: Texts, *, needed: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._needed = needed
        self._officers: dict[str, Officer] = {}
        self._chips: dict[str, FilterChip] = {}
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=6)
        self.add = SecondaryButton(texts("visit-person-add"), icon="plus", compact=True, parent=self._holder)
        self.add.clicked.connect(self._on_add)
        self._flow.addWidget(self.add)
        self._missing = text_label(role="orange", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._holder)
        column.addWidget(self._missing)

    def show_officers(self, officers: Sequence[Officer], *, chosen: Collection[str]) -> None:
        """Replaces what is offered."""
        self._officers = {officer.id: officer for officer in officers}
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = {}
        for officer in officers:
            if officer.id in chosen:
                self._show_chip(officer)
        self._tell()
        self.shown.emit()

    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen officers."""
        return tuple(officer_id for officer_id, chip in self._chips.items() if chip.isChecked())

    def choose(self, officer_id: str, *, is_chosen: bool = True) -> None:
        """Choose or leave out one officer, as a click would."""
        if officer_id not in self._chips:
            self._show_chip(self._officers[officer_id], is_checked=False)
        if self._chips[officer_id].isChecked() != is_chosen:
            self._chips[officer_id].click()

    def set_read_only(self, is_read_only: bool) -> None:
        """Shows who took part."""
        self.add.setVisible(not is_read_only)
        for chip in self._chips.values():
            chip.setEnabled(not is_read_only)

    def problem(self) -> str:
        """What is missing, in words; empty when the visit may start."""
        bodies = [self._officers[officer_id].body.value for officer_id in self.chosen()]
        if len(bodies) < self._needed:
            return self._texts("visit-too-few-visitors", needed=self._needed)
        if not any(body in ("hrss", "ftu") for body in bodies):
            return self._texts("visit-no-leading-body")
        return ""

    def menu(self) -> QMenu:
        """Everybody who is not shown yet."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for officer in self._officers.values():
            if officer.id not in self._chips:
                action = menu.addAction(self._words(officer))
                action.setData(officer.id)
        menu.triggered.connect(lambda action: self.choose(str(action.data())))
        return menu

    def _show_chip(self, officer: Officer, *, is_checked: bool = True) -> None:
        chip = FilterChip(self._words(officer), parent=self._holder)
        chip.setChecked(is_checked)
        chip.clicked.connect(self._on_clicked)
        self._chips[officer.id] = chip
        # The button stays the last.
        self._flow.removeWidget(self.add)
        self._flow.addWidget(chip)
        self._flow.addWidget(self.add)
        chip.show()

    def _words(self, officer: Officer) -> str:
        body = self._texts(f"body-{officer.body.value}")
        return self._texts("visit-person", name=officer.name, body=body)

    def _on_add(self) -> None:
        self.menu().popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _on_clicked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        problem = self.problem()
        self._missing.setText(problem)
        self._missing.setVisible(bool(problem))
