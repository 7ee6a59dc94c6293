"""The verdict on one code: a large word in colour, a sentence, and what the code says."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fangshan_desk.ui.components.letters.words import VERDICT_TONES
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.icons import icon_pixmap
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import KeyValueRows
from fangshan_desk.ui.widgets.palette import TONES, Tone
from fangshan_desk.usecases.views.code_checks import CodeFinding

_ICONS = {Tone.GREEN: "check", Tone.RED: "close", Tone.ORANGE: "warning", Tone.GREY: "help"}
_ICON_SIZE = 44
_WORD_PIXELS = 30


class VerdictCard(QFrame):
    """Colour never stands without its word."""

    letter_wanted = Signal(str)

    def __init__(self, context: Context, finding: CodeFinding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = context.texts
        tone = VERDICT_TONES[finding.verdict]
        colours = TONES[tone]
        self.finding = finding
        self.setObjectName("verdict")
        self.setStyleSheet(
            f"QFrame#verdict {{ background: {colours.fill}; border: 1px solid {colours.line};"
            " border-radius: 8px; }"
        )
        self.word = text_label(texts(finding.verdict.key))
        font = self.word.font()
        font.setPixelSize(_WORD_PIXELS)
        font.setBold(True)
        self.word.setFont(font)
        self.word.setStyleSheet(f"color: {colours.text}; font-size: {_WORD_PIXELS}px; font-weight: bold;")
        self.sentence = text_label(texts(f"code-sentence-{finding.verdict.value}"), wrap=True)
        if finding.is_genuine and finding.is_on_file:
            self.sentence.setText(texts("code-sentence-genuine_on_file"))
        picture = QLabel()
        picture.setPixmap(
            icon_pixmap(_ICONS[tone], colour=colours.strong, size=_ICON_SIZE, ratio=self.devicePixelRatioF())
        )
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.word)
        words.addWidget(self.sentence)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        if finding.details:
            column.addWidget(KeyValueRows(finding.details, key_width=90))
        if finding.letter_id:
            button = SecondaryButton(texts("code-check-open"), compact=True)
            button.clicked.connect(lambda: self.letter_wanted.emit(finding.letter_id))
            column.addWidget(button)
        self.setAccessibleName(f"{self.word.text()} {self.sentence.text()}")
