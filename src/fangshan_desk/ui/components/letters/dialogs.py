"""Small dialogs of a letter: a reason, a number, how it was handed over, what a draft says."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.ui.components.letters.service_form import ServiceForm
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import DangerButton, PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.views.letters import LetterPage

_WIDTH = 520
_REASON_HEIGHT = 88


class LetterDialog(QDialog):
    """A question with its answer below; a refusal is shown inside and the dialog stays open."""

    taken = Signal(object)

    def __init__(self, context: Context, title: str, *, width: int = _WIDTH, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(width)
        self.context = context
        self.why = text_label(role="orange", wrap=True)
        self.why.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(10)

    def run(self, job: Job[Any]) -> None:
        """Takes the step; closes when it is kept."""
        self.setEnabled(False)
        self.context.transact(job, on_done=self._on_done, on_failed=self._on_failed, initiator=self)

    def add_buttons(self, accept: QWidget) -> None:
        """Cancel and accept in the last row."""
        cancel = SecondaryButton(self.context.texts("shell-cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(accept)
        self.column.addWidget(self.why)
        self.column.addLayout(row)

    def _on_done(self, result: object) -> None:
        self.taken.emit(result)
        self.accept()

    def _on_failed(self, error: ExpectedError) -> bool:
        self.setEnabled(True)
        self.why.setText(self.context.texts(error.key, **error.values))
        self.why.show()
        return True


class ReasonDialog(LetterDialog):
    """Asks why; the step is taken with the reason."""

    def __init__(
        self,
        context: Context,
        *,
        title: str,
        question: str,
        accept: str,
        job: Callable[[str], Job[Any]],
        parent: QWidget,
    ) -> None:
        super().__init__(context, title, parent=parent)
        self._job = job
        self.reason = QPlainTextEdit(self)
        self.reason.setFixedHeight(_REASON_HEIGHT)
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(question)
        self.button = DangerButton(accept)
        self.button.setEnabled(False)
        self.button.clicked.connect(lambda: self.run(self._job(self.reason.toPlainText().strip())))
        self.reason.textChanged.connect(
            lambda: self.button.setEnabled(bool(self.reason.toPlainText().strip()))
        )
        self.column.addWidget(text_label(question, wrap=True))
        self.column.addWidget(self.reason)
        self.add_buttons(self.button)


class NumberDialog(LetterDialog):
    """Asks for the number the bureau's registry gave."""

    def __init__(self, context: Context, *, job: Callable[[str], Job[Any]], parent: QWidget) -> None:
        texts = context.texts
        super().__init__(context, texts("letter-event-issue"), parent=parent)
        self._job = job
        self.number = QLineEdit(self)
        self.number.setAccessibleName(texts("letter-registry-number"))
        self.number.setPlaceholderText(texts("letter-registry-example"))
        self.button = PrimaryButton(texts("letter-event-issue"))
        self.button.setEnabled(False)
        self.button.clicked.connect(lambda: self.run(self._job(self.number.text().strip())))
        self.number.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        self.column.addWidget(text_label(texts("letter-registry-question"), wrap=True))
        self.column.addWidget(self.number)
        self.add_buttons(self.button)


class ServiceDialog(LetterDialog):
    """The form of service for a letter that is not served in a visit, or is served again."""

    photos_changed = Signal()

    def __init__(
        self,
        context: Context,
        page: LetterPage,
        *,
        title: str,
        job: Callable[[Any], Job[Any]],
        parent: QWidget,
    ) -> None:
        super().__init__(context, title, width=600, parent=parent)
        self.form = ServiceForm(context, self)
        self.form.show_letter(page)
        self.form.proven.connect(lambda proof: self.run(job(proof)))
        self.form.photos_changed.connect(self.photos_changed)
        self.column.addWidget(text_label(f"{page.letter.title}  {page.number}", role="weak"))
        self.column.addWidget(self.form)
        self.column.addWidget(self.why)

    def show_page(self, page: LetterPage) -> None:
        """The letter was read again, such as after a photo was added."""
        self.form.show_letter(page)
