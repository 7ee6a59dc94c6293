"""Dialogs that hand an item on or end it another way: inspectorate, other authority, result, disproof."""

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QVBoxLayout, QWidget

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.states.item_facts import EscalationReason, ItemEvent
from fangshan_desk.domain.states.machine import RefusalKind
from fangshan_desk.ui.components.item_dialog import ItemDialog
from fangshan_desk.ui.components.item_dialog_fields import CloseReasonBox, EvidencePanel
from fangshan_desk.ui.components.item_dialogs_recheck import Choice
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.escalating import Escalated, escalate_with_referral
from fangshan_desk.usecases.item_options import CLOSE_REASONS, escalation_reasons
from fangshan_desk.usecases.rectifying import disprove_item, record_enforcement, transfer_item
from fangshan_desk.usecases.views.ledger import ItemPage

# Stands for the letter that is drafted together with the step.
_DRAFTED_TOGETHER = "drafted"
_AUTHORITIES = ("health", "safety", "housing", "tax")


class EscalationDialog(ItemDialog):
    """Hands the item to labour inspection and drafts the referral letter."""

    kind = "escalate"

    def build_fields(self) -> None:
        """The reasons that hold, those that do not with what is in their way."""
        texts, services = self.context.texts, self.context.desk.services
        self.reasons = QButtonGroup(self)
        self._by_button: dict[QRadioButton, EscalationReason] = {}
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for reason, refusal in escalation_reasons(self.page, services):
            button = QRadioButton(texts(reason.label_key), holder)
            self.reasons.addButton(button)
            self._by_button[button] = reason
            column.addWidget(button)
            if refusal is not None and refusal.kind is not RefusalKind.MISSING:
                button.setEnabled(False)
                column.addWidget(text_label(self.sentence(refusal), role="hint", wrap=True))
        self.reasons.buttonToggled.connect(self._on_changed)
        self.add_row("item-field-escalation-reason", holder)
        self.words = self.add_text("item-field-reason", placeholder=texts("item-note-escalate"))
        limit = services.limits["escalate"]
        self.add_words(texts("item-words-escalate", days=limit.n), role="hint")

    def chosen(self) -> EscalationReason | None:
        """The reason, if one is chosen."""
        return next((reason for button, reason in self._by_button.items() if button.isChecked()), None)

    def choose(self, reason: EscalationReason) -> None:
        """Chooses a reason that holds."""
        next(button for button, known in self._by_button.items() if known is reason).setChecked(True)

    def event_wanted(self) -> ItemEvent:
        """One step only."""
        return ItemEvent.ESCALATE

    def given(self) -> dict[str, Any]:
        """Reason and letter; the letter is drafted in the same transaction."""
        return {
            "escalation_reason": self.chosen(),
            "reason": self.words.toPlainText(),
            "escalation_letter": _DRAFTED_TOGETHER,
        }

    def job(self) -> Job[Escalated]:
        """Draft the letter and hand the item over."""
        item_id, cause, reason = self.page.item.id, self.chosen(), self.words.toPlainText().strip()
        assert cause is not None  # noqa: S101 - the rules ask for it
        return lambda uow, services: escalate_with_referral(
            item_id=item_id, cause=cause, reason=reason, uow=uow, services=services
        )


class TransferDialog(ItemDialog):
    """Hands the item to the authority that is competent for it."""

    kind = "transfer"

    def build_fields(self) -> None:
        """Where to, and why."""
        self.authority = QComboBox(self)
        self.authority.setEditable(True)
        self.authority.addItems([self.context.texts(f"item-authority-{name}") for name in _AUTHORITIES])
        self.authority.setCurrentText("")
        self.authority.editTextChanged.connect(self._on_changed)
        self.add_row("item-field-authority", self.authority)
        self.words = self.add_text("item-field-reason")
        limit = self.context.desk.services.limits["transfer"]
        self.add_words(self.context.texts("item-words-transfer", days=limit.n), role="hint")

    def event_wanted(self) -> ItemEvent:
        """One step only."""
        return ItemEvent.TRANSFER

    def given(self) -> dict[str, Any]:
        """Authority and reason."""
        return {"authority": self.authority.currentText(), "reason": self.words.toPlainText()}

    def job(self) -> Job[RectificationItem]:
        """Record the transfer."""
        item_id, given = self.page.item.id, self.given()
        return lambda uow, services: transfer_item(
            item_id=item_id,
            authority=given["authority"].strip(),
            reason=given["reason"].strip(),
            uow=uow,
            services=services,
        )


class ResultDialog(ItemDialog):
    """The inspectorate's result: put right, or closed by its decision."""

    kind = "result"

    def build_fields(self) -> None:
        """The result with its proof."""
        texts = self.context.texts
        self.choice = Choice(self.context, "item-result-corrected", "item-result-enforced")
        self.choice.first.toggled.connect(self._on_changed)
        self.add_row("item-field-result", self.choice)
        self.evidence = EvidencePanel(self.context, self)
        self.evidence.show_item(self.page)
        self.add_row("item-field-evidence", self.evidence)
        reasons = CLOSE_REASONS[ItemEvent.RECORD_ENFORCEMENT]
        self.close_reason = CloseReasonBox(self.context, reasons, none=texts("item-reason-by-evidence"))
        self.close_reason.currentIndexChanged.connect(self._on_changed)
        self.add_row("item-field-close-reason", self.close_reason)
        self.note = self.add_text("item-field-note", placeholder=texts("item-note-result"))

    def show_page(self, page: ItemPage) -> None:
        """Evidence arrived."""
        self.evidence.show_item(page)
        super().show_page(page)

    def event_wanted(self) -> ItemEvent:
        """What the result means."""
        return ItemEvent.RECORD_CORRECTED if self.choice.is_first() else ItemEvent.RECORD_ENFORCEMENT

    def given(self) -> dict[str, Any]:
        """The coded reason, if one is chosen."""
        return {"close_reason": self.close_reason.reason()}

    def job(self) -> Job[RectificationItem]:
        """Record the result."""
        item_id, is_corrected = self.page.item.id, self.choice.is_first()
        note, reason = self.note.toPlainText().strip(), self.close_reason.reason()
        return lambda uow, services: record_enforcement(
            item_id=item_id,
            is_corrected=is_corrected,
            note=note,
            close_reason=reason,
            uow=uow,
            services=services,
        )


class DisproofDialog(ItemDialog):
    """The fact turned out wrong: nothing has to be put right."""

    kind = "disprove"

    def build_fields(self) -> None:
        """A coded reason and words."""
        texts = self.context.texts
        self.close_reason = CloseReasonBox(
            self.context, CLOSE_REASONS[ItemEvent.DISPROVE], none=texts("item-reason-choose")
        )
        self.close_reason.currentIndexChanged.connect(self._on_changed)
        self.add_row("item-field-close-reason", self.close_reason)
        self.words = self.add_text("item-field-reason", placeholder=texts("item-note-disprove"))

    def event_wanted(self) -> ItemEvent:
        """One step only."""
        return ItemEvent.DISPROVE

    def given(self) -> dict[str, Any]:
        """Reason in code and in words."""
        return {"close_reason": self.close_reason.reason(), "reason": self.words.toPlainText()}

    def job(self) -> Job[RectificationItem]:
        """End the item."""
        item_id, reason, words = self.page.item.id, self.close_reason.reason(), self.words.toPlainText()
        assert reason is not None  # noqa: S101 - the rules ask for it
        return lambda uow, services: disprove_item(
            item_id=item_id, close_reason=reason, reason=words.strip(), uow=uow, services=services
        )
