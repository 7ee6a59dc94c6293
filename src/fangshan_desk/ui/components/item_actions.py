"""What can be done with an item: one button each, and in words why something cannot be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fangshan_desk.domain.states.item_facts import ItemEvent
from fangshan_desk.domain.states.machine import Refusal
from fangshan_desk.ui.context import Context, Texts
from fangshan_desk.ui.widgets.buttons import HintButton, PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.item_options import ItemOption, item_options
from fangshan_desk.usecases.ports import Services
from fangshan_desk.usecases.views.ledger import REMINDABLE, ItemPage


class ActionKind(StrEnum):
    """One dialog each, in the order shown."""

    REPORT = "report"
    RECHECK = "recheck"
    DECIDE = "decide"
    RESULT = "result"
    EXTEND = "extend"
    ESCALATE = "escalate"
    OWNER = "owner"
    REMIND = "remind"
    TRANSFER = "transfer"
    DISPROVE = "disprove"


EVENTS: Mapping[ActionKind, tuple[ItemEvent, ...]] = MappingProxyType(
    {
        ActionKind.REPORT: (ItemEvent.REPORT_DONE,),
        ActionKind.RECHECK: (ItemEvent.VERIFY, ItemEvent.RETURN),
        ActionKind.DECIDE: (ItemEvent.APPROVE_EXTENSION, ItemEvent.REFUSE_EXTENSION),
        ActionKind.RESULT: (ItemEvent.RECORD_CORRECTED, ItemEvent.RECORD_ENFORCEMENT),
        ActionKind.EXTEND: (ItemEvent.REQUEST_EXTENSION,),
        ActionKind.ESCALATE: (ItemEvent.ESCALATE,),
        ActionKind.OWNER: (ItemEvent.NAME_OWNER,),
        ActionKind.TRANSFER: (ItemEvent.TRANSFER,),
        ActionKind.DISPROVE: (ItemEvent.DISPROVE,),
    }
)


# What brings an item forward; anything else is never the one blue button.
_LEADING = frozenset(
    {ActionKind.REPORT, ActionKind.RECHECK, ActionKind.DECIDE, ActionKind.RESULT, ActionKind.ESCALATE}
)


@dataclass(frozen=True)
class ItemAction:
    """A dialog that can be opened, or the reason why it cannot."""

    kind: ActionKind
    refusal: Refusal | None = None

    def caption(self, texts: Texts) -> str:
        """The word on its button."""
        return texts(f"item-action-{self.kind.value}")

    def reason(self, texts: Texts) -> str:
        """Why it cannot be done, as a sentence."""
        return texts(self.refusal.key, **self.refusal.values) if self.refusal is not None else ""


def actions_of(page: ItemPage, services: Services) -> tuple[ItemAction, ...]:
    """What the present state knows, in the order shown; what another state needs is left out."""
    options = {option.event: option for option in item_options(page, services)}
    found = []
    for kind in ActionKind:
        if kind is ActionKind.REMIND:
            if page.item.state in REMINDABLE:
                found.append(ItemAction(kind))
            continue
        mine = [options[event] for event in EVENTS[kind]]
        if any(option.belongs_to_state for option in mine):
            found.append(ItemAction(kind, _refusal(mine)))
    return tuple(found)


def refusal_of(page: ItemPage, kind: ActionKind, services: Services) -> Refusal | None:
    """Why the dialog is not opened now; None when it is."""
    options = {option.event: option for option in item_options(page, services)}
    return _refusal([options[event] for event in EVENTS.get(kind, ())])


def _refusal(options: Sequence[ItemOption]) -> Refusal | None:
    if not options or any(option.is_offered for option in options):
        return None
    return options[0].refusal


class ItemActionBar(QWidget):
    """Buttons for what can be done, and below them why the rest cannot."""

    requested = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._parts: list[QWidget] = []
        self._buttons: dict[ActionKind, HintButton] = {}

    def show_item(self, page: ItemPage) -> None:
        """Replaces buttons and reasons; the keyboard goes on to what can be done next."""
        # Of this window: the keyboard may be in a dialog and comes back here when that closes.
        focus: QWidget | None = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._clear()
        actions = actions_of(page, self._context.desk.services)
        offered = [action for action in actions if action.refusal is None]
        refused = [action for action in actions if action.refusal is not None]
        if offered:
            self._add(self._row(offered))
        elif not refused:
            self._add(text_label(self._context.texts("item-actions-none"), role="weak", wrap=True))
        for action in refused:
            self._add(self._reason(action))
        if had_focus:
            next(iter(self._buttons.values()), self).setFocus(Qt.FocusReason.OtherFocusReason)

    def button(self, kind: ActionKind) -> HintButton | None:
        """The button of an action that is offered."""
        return self._buttons.get(kind)

    def _row(self, offered: Sequence[ItemAction]) -> QWidget:
        holder = QWidget(self)
        row = FlowLayout(holder, gap=8)
        for number, action in enumerate(offered):
            leads = number == 0 and action.kind in _LEADING
            made = PrimaryButton if leads else SecondaryButton
            button = made(action.caption(self._context.texts), compact=True, parent=holder)
            button.clicked.connect(partial(self._on_clicked, action.kind))
            row.addWidget(button)
            self._buttons[action.kind] = button
        return holder

    def _reason(self, action: ItemAction) -> QWidget:
        texts = self._context.texts
        sentence = texts("item-action-refused", action=action.caption(texts), reason=action.reason(texts))
        return text_label(sentence, role="hint", wrap=True, parent=self)

    def _on_clicked(self, kind: ActionKind, _checked: bool = False) -> None:
        self.requested.emit(kind.value)

    def _add(self, part: QWidget) -> None:
        self._column.addWidget(part)
        self._parts.append(part)

    def _clear(self) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._buttons = [], {}
