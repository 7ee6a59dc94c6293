"""Checks a letter's code without a network: drop a photo or PDF, paste, type, or scan."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.ui.components.letters.verdict_card import VerdictCard
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.context import Context, JobControl, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.views.code_checks import CodeChecker, CodeFinding

_SUFFIXES = "*.pdf *.png *.jpg *.jpeg *.txt"


class CodeCheckPage(Page):
    """The verdict is large and in words; what the code says stands below, to compare with the paper."""

    watches: ClassVar[frozenset[str]] = frozenset()
    shows_search: ClassVar[bool] = False

    def __init__(self, context: Context, checker: CodeChecker, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._texts = context.texts
        self._checker = checker
        self._asked = 0
        self.findings: tuple[CodeFinding, ...] = ()
        self.set_title(self._texts("code-check-title"), subtitle=self._texts("code-check-subtitle"))
        self.code = QLineEdit(self)
        self.check = PrimaryButton(self._texts("code-check-do"))
        self.choose = SecondaryButton(self._texts("code-check-choose"), icon="attachment")
        self.paste = SecondaryButton(self._texts("code-check-paste"), icon="copy")
        self._empty = EmptyState(
            self._texts("code-check-empty"), hint=self._texts("code-check-empty-hint"), icon="search"
        )
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, target: Target) -> None:
        """A target may bring a file or a code along."""
        if target.extra.get("subject"):
            self.ask(target.extra["subject"])

    def ask(self, subject: str) -> None:
        """Check a file, a code or a short code."""
        if subject.strip():
            self._run(partial(self._checker.check, subject))

    def ask_picture(self, image: QImage) -> None:
        """Check a picture from the clipboard."""
        if not image.isNull():
            self._run(partial(self._checker.check_bytes, _png(image), "clipboard.png"))

    def take_content(self, content: QMimeData | None) -> bool:
        """Files, a picture or text that was dropped or pasted; an empty clipboard has no content at all."""
        if content is None:
            return False
        files = [url.toLocalFile() for url in content.urls() if url.isLocalFile()]
        if files:
            self.ask(files[0])
        elif content.hasImage():
            self.ask_picture(QImage(content.imageData()))
        elif content.hasText() and content.text().strip():
            self.code.setText(content.text().strip())
            self.ask(content.text())
        else:
            return False
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        content = event.mimeData()
        if content.hasUrls() or content.hasImage() or content.hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_content(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take_content(QGuiApplication.clipboard().mimeData())
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card()
        card.add(text_label(self._texts("code-check-how"), role="weak-body", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.code.setPlaceholderText(self._texts("code-check-placeholder"))
        self.code.setAccessibleName(self._texts("code-check-placeholder"))
        self.code.setFixedHeight(34)
        row.addWidget(self.code, 1)
        for button in (self.check, self.choose, self.paste):
            row.addWidget(button)
        card.body.addLayout(row)
        column.addWidget(card)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        self._results = QVBoxLayout(holder)
        self._results.setContentsMargins(0, 0, 0, 0)
        self._results.setSpacing(12)
        self._results.addWidget(self._empty, 1)
        self._results.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.check.clicked.connect(lambda: self.ask(self.code.text()))
        self.code.returnPressed.connect(lambda: self.ask(self.code.text()))
        self.choose.clicked.connect(self._on_choose)
        self.paste.clicked.connect(self._on_paste)

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, self._texts("code-check-choose"), str(Path.home()))
        dialog.setNameFilter(self._texts("code-check-kinds", suffixes=_SUFFIXES))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.ask)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_paste(self) -> None:
        if not self.take_content(QGuiApplication.clipboard().mimeData()):
            self.context.operations.say(self._texts("code-check-nothing-pasted"), kind="warning")

    def _run(self, job: Callable[[], Sequence[CodeFinding]]) -> None:
        self._asked += 1
        asked = self._asked

        def work(_control: JobControl) -> tuple[int, tuple[CodeFinding, ...]]:
            return asked, tuple(job())

        self.context.operations.run_long(
            work,
            on_done=self._on_found,
            on_failed=self._on_failed,
            label=self._texts("code-check-working"),
            initiator=self,
        )

    def _on_found(self, found: tuple[int, tuple[CodeFinding, ...]]) -> None:
        asked, findings = found
        if asked == self._asked:
            self._show(findings)

    def _on_failed(self, _error: ExpectedError) -> bool:
        # An old verdict must not stand beside a file that could not be read.
        self._show(())
        return False

    def _show(self, findings: tuple[CodeFinding, ...]) -> None:
        self.findings = findings
        while self._results.count() > 2:
            entry = self._results.takeAt(0)
            if entry is not None and (old := entry.widget()) is not None:
                old.deleteLater()
        self._empty.setVisible(not findings)
        for place, finding in enumerate(findings):
            card = VerdictCard(self.context, finding)
            card.letter_wanted.connect(lambda letter: self.context.navigator.open(Target("letter", letter)))
            self._results.insertWidget(place, card)


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt wants text
    return bytes(held.data())
