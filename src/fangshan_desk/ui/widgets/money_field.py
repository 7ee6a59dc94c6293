"""An amount typed in yuan and kept in whole fen."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

_MOST_FEN = 10**14


def parse_yuan(text: str, *, units: Mapping[str, int] | None = None) -> int | None:
    """Fen from yuan as typed: full-width digits, thousands commas and unit words are accepted.

    ``units`` gives fen per unit word. None means unreadable, negative, or finer than a fen.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    fen_per_unit = 100
    for word, fen in sorted((units or {}).items(), key=lambda unit: -len(unit[0])):
        if word and plain.endswith(word):
            plain, fen_per_unit = plain.removesuffix(word), fen
            break
    if not plain or not all(letter in "0123456789." for letter in plain):
        return None
    try:
        amount = Decimal(plain) * fen_per_unit
    except InvalidOperation:
        return None
    return int(amount) if amount == amount.to_integral_value() and amount < _MOST_FEN else None


def format_yuan(fen: int) -> str:
    """Fen as yuan with thousands commas and two decimals: ``86,400.00``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


class MoneyField(QLineEdit):
    """Holds an amount or nothing; what cannot be read stays visible and is marked."""

    amount_changed = Signal(object)

    def __init__(
        self, *, units: Mapping[str, int] | None = None, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._units = dict(units or {})
        self._fen: int | None = None
        self.setPlaceholderText(placeholder)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(138)
        self.editingFinished.connect(self._on_editing_finished)

    def fen(self) -> int | None:
        """The amount in fen, or nothing when empty or unreadable."""
        return self._fen

    def is_valid(self) -> bool:
        """Whether what is typed is an amount or empty."""
        return not self.text().strip() or parse_yuan(self.text(), units=self._units) is not None

    def set_fen(self, fen: int | None) -> None:
        """Shows an amount; does not emit :attr:`amount_changed`."""
        self._fen = fen
        self.setText("" if fen is None else format_yuan(fen))
        self._mark()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _on_editing_finished(self) -> None:
        fen = parse_yuan(self.text(), units=self._units)
        if fen is None and self.text().strip():
            self._mark()
            return
        is_new = fen != self._fen
        self.set_fen(fen)
        if is_new:
            self.amount_changed.emit(fen)

    def _mark(self) -> None:
        self.setProperty("invalid", not self.is_valid())
        self.style().unpolish(self)
        self.style().polish(self)
