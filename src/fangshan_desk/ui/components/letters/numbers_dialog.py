"""Reserved numbers by laptop and kind, void numbers, and the closing of a year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import LetterKind, NumberBlock, VoidNumber
from fangshan_desk.domain.records.people import Device
from fangshan_desk.domain.rights import Role
from fangshan_desk.ui.components.letters.form_parts import line_field, side_by_side
from fangshan_desk.ui.components.letters.notice_box import NoticeBox
from fangshan_desk.ui.components.letters.words import LetterWords
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.messages import MessageKind
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.letter_kinds import KIND_RULES, Numbering
from fangshan_desk.usecases.numbering import close_year, reserve_numbers, void_number
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.views.letters import LetterReader, NumberStock

_SIZE = (760, 620)
_ROW_HEIGHT = 30
_DEVICE_LETTERS = 14
_MOST = 99_999
_DEFAULT_BLOCK = 50
_NUMBERED = [kind for kind, rules in KIND_RULES.items() if rules.numbering is Numbering.BLOCK]


@dataclass(frozen=True)
class _Register:
    """What the dialog shows of one year."""

    year: int
    stocks: tuple[NumberStock, ...]
    void: tuple[VoidNumber, ...]
    devices: tuple[Device, ...]


class NumbersDialog(QDialog):
    """Reserving belongs to the bureau's leaders; everybody sees what is left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.context = context
        self._texts = context.texts
        self._words = LetterWords(context)
        self.setWindowTitle(self._texts("numbers-title"))
        self._register: _Register | None = None
        self.year = QSpinBox(self)
        self.stocks = _table(self._texts, ("kind", "device", "block", "next", "left"), self)
        self.void = _table(self._texts, ("kind", "number", "reason"), self)
        self.notice = NoticeBox(self)
        self.kind = QComboBox(self)
        self.device = QComboBox(self)
        self.first, self.last = QSpinBox(self), QSpinBox(self)
        self.reserve = PrimaryButton(self._texts("numbers-reserve"), compact=True)
        self.void_kind = QComboBox(self)
        self.void_number = QSpinBox(self)
        self.void_reason: QLineEdit = line_field(self._texts("numbers-reason"), width=220)
        self.void_button = SecondaryButton(self._texts("numbers-void"), compact=True)
        self.close_year = SecondaryButton(self._texts("numbers-close-year"), compact=True)
        self._build()
        self._connect()
        self._show_rights()
        self.refresh()

    def refresh(self) -> None:
        """Reads blocks and void numbers of the chosen year."""
        reader, year = self.context.desk.readers.letters, self.year.value()
        self.context.operations.read(
            partial(_read, reader, year), on_done=self._on_read, key="numbers", owner=self
        )

    def _build(self) -> None:
        today = self.context.clock.today()
        self.year.setRange(2000, today.year + 1)
        self.year.setValue(today.year)
        self.year.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.device.setMinimumContentsLength(_DEVICE_LETTERS)
        self.year.setAccessibleName(self._texts("numbers-year"))
        for box in (self.first, self.last, self.void_number):
            box.setRange(1, _MOST)
            box.setFixedWidth(84)
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.last.setValue(_DEFAULT_BLOCK)
        for combo in (self.kind, self.void_kind):
            for kind in _NUMBERED:
                combo.addItem(self._words.kind(kind), kind.value)
        self.first.setAccessibleName(self._texts("numbers-first"))
        self.last.setAccessibleName(self._texts("numbers-last"))
        self.void_number.setAccessibleName(self._texts("numbers-column-number"))
        self.void_reason.setPlaceholderText(self._texts("numbers-reason"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(text_label(self._texts("numbers-year"), role="weak"))
        head.addWidget(self.year)
        head.addStretch(1)
        head.addWidget(self.close_year)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(text_label(self._texts("numbers-blocks"), role="section"))
        column.addWidget(self.stocks, 3)
        to = text_label(self._texts("numbers-to"), role="weak")
        column.addWidget(side_by_side(self.kind, self.device, self.first, to, self.last, self.reserve))
        column.addWidget(text_label(self._texts("numbers-void-register"), role="section"))
        column.addWidget(self.void, 2)
        column.addWidget(side_by_side(self.void_kind, self.void_number, self.void_reason, self.void_button))

    def _connect(self) -> None:
        self.year.valueChanged.connect(lambda _: self.refresh())
        self.reserve.clicked.connect(self._on_reserve)
        self.void_button.clicked.connect(self._on_void)
        self.close_year.clicked.connect(self._on_close_year)

    def _show_rights(self) -> None:
        is_lead = self.context.actor.role is Role.HRSS_LEAD
        why = "" if is_lead else self._texts("number-lead-only")
        for button in (self.reserve, self.close_year):
            button.setEnabled(is_lead)
            button.setToolTip(why)
        if why:
            self.notice.show_lines([why], kind=MessageKind.INFO)

    def _on_read(self, register: _Register) -> None:
        if register.year != self.year.value():
            return
        self._register = register
        _fill(self.stocks, [self._stock_cells(stock) for stock in register.stocks])
        void = [(self._words.kind(entry.kind), str(entry.number), entry.reason) for entry in register.void]
        _fill(self.void, void)
        chosen = self.device.currentData() or self.context.desk.services.device.id
        self.device.clear()
        for device in register.devices:
            words = self._texts("numbers-device", number=device.number, name=device.name)
            self.device.addItem(words, device.id)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))

    def _stock_cells(self, stock: NumberStock) -> tuple[str, ...]:
        block = self._texts("numbers-block", first=stock.first, last=stock.last)
        following = str(stock.next) if stock.left else self._texts("numbers-used-up")
        return self._words.kind(stock.kind), stock.device, block, following, str(stock.left)

    def _on_reserve(self) -> None:
        wish = (
            str(self.device.currentData()),
            LetterKind(self.kind.currentData()),
            self.first.value(),
            self.last.value(),
            self.year.value(),
        )
        self._run(partial(_reserve, wish), "numbers-reserved")

    def _on_void(self) -> None:
        reason = self.void_reason.text().strip()
        if not reason:
            self.notice.show_lines([self._texts("numbers-reason-missing")], kind=MessageKind.WARNING)
            return
        wish = (LetterKind(self.void_kind.currentData()), self.year.value(), self.void_number.value(), reason)
        self._run(partial(_void, wish), "numbers-voided")

    def _on_close_year(self) -> None:
        self._run(partial(_close, self.year.value()), "numbers-year-closed")

    def _run(self, job: Job[Any], done_key: str) -> None:
        def done(_result: object) -> None:
            self.notice.show_lines([self._texts(done_key)], kind=MessageKind.SUCCESS)
            self.void_reason.clear()
            self.refresh()

        self.context.transact(job, on_done=done, on_failed=self._on_failed, initiator=self)

    def _on_failed(self, error: ExpectedError) -> bool:
        self.notice.show_lines([self._texts(error.key, **error.values)], kind=MessageKind.WARNING)
        return True


def _table(texts: Callable[..., str], columns: Sequence[str], parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, len(columns), parent)
    table.setHorizontalHeaderLabels([texts(f"numbers-column-{column}") for column in columns])
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.setItem(row, column, QTableWidgetItem(words))


def _read(reader: LetterReader, year: int) -> _Register:
    return _Register(
        year, tuple(reader.number_stocks(year)), tuple(reader.void_numbers(year)), tuple(reader.devices())
    )


def _reserve(wish: tuple[str, LetterKind, int, int, int], uow: UnitOfWork, services: Services) -> NumberBlock:
    device, kind, first, last, year = wish
    return reserve_numbers(
        device_id=device, kind=kind, first=first, last=last, year=year, uow=uow, services=services
    )


def _void(wish: tuple[LetterKind, int, int, str], uow: UnitOfWork, services: Services) -> VoidNumber:
    kind, year, number, reason = wish
    return void_number(kind=kind, year=year, number=number, reason=reason, uow=uow, services=services)


def _close(year: int, uow: UnitOfWork, services: Services) -> list[VoidNumber]:
    return close_year(year=year, uow=uow, services=services)
