"""Reminding enterprises: the words to send, copied or printed, and noted in every item's history."""

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.rectifying import remind
from fangshan_desk.usecases.reminding import ReminderMessage, reminder_messages
from fangshan_desk.usecases.views.ledger import LedgerRow

WAYS = ("phone", "message", "letter", "visit")


class ReminderDialog(QDialog):
    """One message for each enterprise; nothing is sent by the program itself."""

    def __init__(self, context: Context, rows: Sequence[LedgerRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.messages = reminder_messages(rows, context.desk.services)
        self._passed_over = len(rows) - sum(len(message.item_ids) for message in self.messages)
        self.setWindowTitle(context.texts("reminder-title"))
        self.resize(680, 480)
        self._list = QPlainTextEdit(self)
        self._list.setReadOnly(True)
        self._list.setAccessibleName(context.texts("reminder-title"))
        self._list.setPlainText(self.words())
        self.way = QComboBox(self)
        for way in WAYS:
            self.way.addItem(context.texts(f"reminder-way-{way}"), way)
        self._note = PrimaryButton(context.texts("reminder-note"))
        self._note.setEnabled(bool(self.messages))
        self._build()

    def words(self) -> str:
        """All messages with whom they go to, as plain text."""
        return "\n\n".join(self._entry(message) for message in self.messages)

    def copy(self) -> None:
        """Puts the messages on the clipboard."""
        QGuiApplication.clipboard().setText(self.words())
        self._told.setText(self._context.texts("reminder-copied"))

    def document(self) -> QTextDocument:
        """The list on paper."""
        texts = self._context.texts
        parts = [f"<h3>{escape(texts('reminder-title'))} {self._context.clock.today()}</h3>"]
        for message in self.messages:
            whom = escape(self._whom(message))
            parts.append(f"<p><b>{escape(message.enterprise)}</b> {whom}<br>{escape(message.text)}</p>")
        document = QTextDocument()
        document.setDefaultFont(self.font())
        document.setHtml("".join(parts))
        return document

    def print_list(self) -> None:
        """Prints the list through the system's dialog."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        asked = QPrintDialog(printer, self)
        if asked.exec() == QDialog.DialogCode.Accepted:
            self.document().print_(printer)

    def _build(self) -> None:
        texts = self._context.texts
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        items = sum(len(message.item_ids) for message in self.messages)
        key = "reminder-summary" if self.messages else "item-nothing-to-remind"
        summary = texts(key, enterprises=len(self.messages), items=items)
        column.addWidget(text_label(summary, role="strong", wrap=True))
        if self._passed_over and self.messages:
            passed = texts("reminder-passed-over", count=self._passed_over)
            column.addWidget(text_label(passed, role="weak", wrap=True))
        column.addWidget(self._list, 1)
        self._told = text_label(texts("reminder-not-sent"), role="weak", wrap=True)
        column.addWidget(self._told)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        texts = self._context.texts
        row = QHBoxLayout()
        row.setSpacing(8)
        copy = SecondaryButton(texts("reminder-copy"), icon="copy")
        printing = SecondaryButton(texts("reminder-print"), icon="print")
        cancel = SecondaryButton(texts("shell-cancel"))
        copy.clicked.connect(self.copy)
        printing.clicked.connect(self.print_list)
        cancel.clicked.connect(self.reject)
        self._note.clicked.connect(self._on_noted)
        for button in (copy, printing):
            button.setEnabled(bool(self.messages))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(text_label(texts("reminder-way"), role="weak"))
        row.addWidget(self.way)
        row.addWidget(cancel)
        row.addWidget(self._note)
        return row

    def _entry(self, message: ReminderMessage) -> str:
        return f"{message.enterprise}  {self._whom(message)}\n{message.text}"

    def _whom(self, message: ReminderMessage) -> str:
        texts = self._context.texts
        named = [texts("reminder-recipient", name=name, phone=phone) for name, phone in message.recipients]
        return texts("item-comma").join(named)

    def _on_noted(self) -> None:
        ids = tuple(item_id for message in self.messages for item_id in message.item_ids)
        way = str(self.way.currentData())
        self._note.setEnabled(False)
        self._context.transact(
            lambda uow, services: remind(item_ids=ids, way=way, uow=uow, services=services),
            on_done=self._on_done,
            on_failed=self._on_failed,
            initiator=self,
        )

    def _on_done(self, count: int) -> None:
        texts = self._context.texts
        self._context.operations.say(
            texts("reminder-done", count=count), kind="success", detail=texts("reminder-next")
        )
        self.accept()

    def _on_failed(self, error: ExpectedError) -> bool:
        self._note.setEnabled(True)
        self._told.setText(self._context.texts(error.key, **error.values))
        return True
