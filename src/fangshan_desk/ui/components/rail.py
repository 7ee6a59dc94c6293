"""The left column of the window: who works here, where one can go, how the county stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.ui.components.status_corner import StatusCorner, StatusFacts
from fangshan_desk.ui.widgets.labels import ElidedLabel, text_label
from fangshan_desk.ui.widgets.navigation import NavigationEntry, NavigationRail

WIDTH = 168
COMPACT_WIDTH = 56
# Below this height the lines of the corner give way to the pages.
LOW_HEIGHT = 660


@dataclass(frozen=True)
class PersonFacts:
    """Who works at this desk: name, and body with post."""

    name: str
    post: str


class Rail(QWidget):
    """Joins person, pages and status; shrinks to icons in a narrow window."""

    def __init__(
        self, person: PersonFacts, groups: Sequence[Sequence[NavigationEntry]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.navigation = NavigationRail(groups)
        self.corner = StatusCorner(self)
        self._name = ElidedLabel(person.name, role="person")
        self._post = text_label(person.post, wrap=True)
        self._post.setMaximumHeight(38)
        self._person = QWidget(self)
        self._is_compact = False
        self._is_low = False
        self._lines = [self._line(), self._line()]
        self._build()
        self.set_compact(False)

    def show_person(self, person: PersonFacts) -> None:
        self._name.setText(person.name)
        self._post.setText(person.post)

    def show_status(self, facts: StatusFacts) -> None:
        """Corner and counts."""
        self.corner.show_facts(facts)
        for key in self.navigation.page_names():
            self.navigation.set_count(key, facts.counts.get(key, 0))

    def set_compact(self, is_compact: bool) -> None:
        """Icons only."""
        self._is_compact = is_compact
        self.setFixedWidth(COMPACT_WIDTH if is_compact else WIDTH)
        self.navigation.set_compact(is_compact)
        self._person.setVisible(not is_compact)
        self._fit_corner()

    def fit_height(self, height: int) -> None:
        """Takes the corner's lines away where the pages need the room."""
        self._is_low = height < LOW_HEIGHT
        self._fit_corner()

    def _fit_corner(self) -> None:
        self.corner.set_compact(self._is_compact or self._is_low, hides_words=self._is_compact)

    def _build(self) -> None:
        words = QVBoxLayout(self._person)
        words.setContentsMargins(18, 20, 12, 14)
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._post)
        scroll = QScrollArea(self)
        scroll.setWidget(self.navigation)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.navigation.setProperty("surface", "rail")
        self.navigation.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._person)
        column.addWidget(self._lines[0])
        column.addSpacing(10)
        column.addWidget(scroll, 1)
        column.addWidget(self._lines[1])
        column.addWidget(self.corner)

    def _line(self) -> QWidget:
        holder = QWidget(self)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(8, 0, 8, 0)
        line = QFrame(holder)
        line.setProperty("surface", "navy-divider")
        line.setFixedHeight(1)
        inside.addWidget(line)
        return holder
