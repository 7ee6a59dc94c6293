"""Who goes: a chip for each officer, the bureau first; those who went along last are chosen already."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.domain.records.people import Officer
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.filters import FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label


class VisitorChips(QWidget):
    """Chooses visitors; says below what is still missing."""

    changed = Signal()

    def __init__(self, texts: Texts, *, needed: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._needed = needed
        self._officers: dict[str, Officer] = {}
        self._chips: dict[str, FilterChip] = {}
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=6)
        self._missing = text_label(role="orange", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._holder)
        column.addWidget(self._missing)

    def show_officers(self, officers: Sequence[Officer], *, chosen: Collection[str]) -> None:
        """Replaces what is offered."""
        for chip in self._chips.values():
            chip.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        self._officers = {officer.id: officer for officer in officers}
        self._chips = {}
        for officer in officers:
            words = self._texts(
                "visit-person", name=officer.name, body=self._texts(f"body-{officer.body.value}")
            )
            chip = FilterChip(words)
            chip.setChecked(officer.id in chosen)
            chip.clicked.connect(self._on_clicked)
            self._chips[officer.id] = chip
            self._flow.addWidget(chip)
        self._tell()

    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen officers."""
        return tuple(officer_id for officer_id, chip in self._chips.items() if chip.isChecked())

    def choose(self, officer_id: str, *, is_chosen: bool = True) -> None:
        """Choose or leave out one officer, as a click would."""
        if self._chips[officer_id].isChecked() != is_chosen:
            self._chips[officer_id].click()

    def set_read_only(self, is_read_only: bool) -> None:
        """Shows who took part."""
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

    def _on_clicked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        problem = self.problem()
        self._missing.setText(problem)
        self._missing.setVisible(bool(problem))
