"""The line above the questions: section, keys, quick check, waiting photos, "the rest is compliant"."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import IconButton, SecondaryButton
from fangshan_desk.ui.widgets.filters import FilterChip
from fangshan_desk.ui.widgets.labels import ElidedLabel, text_label
from fangshan_desk.ui.widgets.palette import Tone


class CheckHeading(QFrame):
    """Offers what concerns a whole section."""

    rest_confirmed = Signal()
    quick_toggled = Signal(bool)
    photos_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setProperty("surface", "fact")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title = text_label(role="section")
        self._keys = ElidedLabel(texts("visit-check-keys"), role="hint")
        self._keys.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.quick = FilterChip(texts("visit-check-quick"))
        self.quick.setToolTip(texts("visit-check-quick-hint"))
        self.quick.clicked.connect(self._on_quick)
        self.photos = SecondaryButton("", icon="camera", compact=True)
        self.photos.clicked.connect(self.photos_wanted)
        self.photos.hide()
        self.folder = IconButton("camera", name=texts("visit-camera-choose"))
        self.folder.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.folder.clicked.connect(self.folder_wanted)
        self.live = Badge("")
        self.live.hide()
        self.rest = SecondaryButton(texts("visit-check-rest"), compact=True)
        self.rest.clicked.connect(self.rest_confirmed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 14, 9)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addWidget(self._keys, 1)
        for widget in (self.live, self.photos, self.folder, self.quick, self.rest):
            row.addWidget(widget)

    def show_section(self, title: str, *, rest: int, is_quick: bool, may_change: bool) -> None:
        """The open section; ``rest`` items would be answered at once."""
        self._title.setText(title)
        self.quick.setChecked(is_quick)
        self.quick.setEnabled(may_change)
        self.rest.setEnabled(rest > 0)
        self.rest.setToolTip(self._texts("visit-check-rest-hint", count=rest))

    def show_live(self, words: str, *, tone: Tone, is_needed: bool) -> None:
        """Grade and draft in a word, where there is no room for their cards."""
        self.live.show_state(words, tone=tone)
        self.live.setVisible(is_needed and bool(words))

    def show_folder(self, path: str) -> None:
        """The camera's folder that is watched."""
        words = self._texts("visit-camera-watched", path=path) if path else self._texts("visit-camera-choose")
        self.folder.setToolTip(words)

    def show_waiting(self, count: int) -> None:
        """Photos from the camera's folder that have no place yet."""
        self.photos.setVisible(count > 0)
        self.photos.setText(self._texts("visit-camera-waiting", count=count))
        self.photos.updateGeometry()

    def _on_quick(self, is_quick: bool) -> None:
        self.quick_toggled.emit(is_quick)
