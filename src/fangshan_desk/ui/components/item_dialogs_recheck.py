"""Dialogs for what the office decides: the recheck and an extension asked for."""

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.states.item_facts import ItemEvent
from fangshan_desk.ui.components.item_dialog import ItemDialog
from fangshan_desk.ui.components.item_dialog_fields import (
    CloseReasonBox,
    DaysField,
    EvidencePanel,
    OfficerPicker,
    day_objection,
    first_recheck_day,
)
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.lists import KeyValueRows
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.item_options import CLOSE_REASONS, longest_extension, why_not
from fangshan_desk.usecases.rectifying import decide_extension, fail_recheck, pass_recheck
from fangshan_desk.usecases.views.ledger import ItemPage

_KEY_WIDTH = 76


class Choice(QWidget):
    """Two ways to decide, side by side."""

    def __init__(self, context: Context, first: str, second: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = QRadioButton(context.texts(first), self)
        self.second = QRadioButton(context.texts(second), self)
        self.first.setChecked(True)
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        for button in (self.first, self.second):
            self.group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)

    def is_first(self) -> bool:
        """Whether the first way is chosen."""
        return self.first.isChecked()


class RecheckDialog(ItemDialog):
    """Two officers looked: put right and closed, or not and given back."""

    kind = "recheck"

    def build_fields(self) -> None:
        """The result first; what it asks for follows it."""
        texts = self.context.texts
        self.choice = Choice(self.context, "item-recheck-passed", "item-recheck-failed")
        self.choice.first.toggled.connect(self._on_result)
        self.add_row("item-field-result", self.choice)
        self.day = self.add_date("item-field-rechecked-on", self.context.clock.today())
        self.by = OfficerPicker(self.context, self.officers, self)
        self.by.changed.connect(self._on_changed)
        self.add_row("item-field-officers", self.by)
        self.evidence = EvidencePanel(self.context, self)
        self.evidence.show_item(self.page)
        self.add_row("item-field-evidence", self.evidence)
        self.close_reason = CloseReasonBox(
            self.context, CLOSE_REASONS[ItemEvent.VERIFY], none=texts("item-reason-by-evidence")
        )
        self.close_reason.currentIndexChanged.connect(self._on_changed)
        self.add_row("item-field-close-reason", self.close_reason)
        self.days = self._new_days()
        self.add_row("item-field-new-days", self.days)
        self.second_failure = self.add_words(texts("item-words-second-failure"), role="orange")
        self.note = self.add_text("item-field-note")
        self._show_result()

    def show_page(self, page: ItemPage) -> None:
        """Evidence arrived."""
        self.evidence.show_item(page)
        super().show_page(page)

    def event_wanted(self) -> ItemEvent:
        """What the result means."""
        return ItemEvent.VERIFY if self.choice.is_first() else ItemEvent.RETURN

    def given(self) -> dict[str, Any]:
        """Who looked and why it is so."""
        return {
            "officers": frozenset(self.by.ids()),
            "close_reason": self.close_reason.reason() if self.choice.is_first() else None,
            "reason": self.note.toPlainText(),
        }

    def own_objection(self) -> str:
        """The day lies between the report and today."""
        earliest = first_recheck_day(self.page)
        return day_objection(self.day.value(), earliest=earliest, context=self.context)

    def job(self) -> Job[RectificationItem]:
        """Close it or give it back."""
        day = self.day.value()
        assert day is not None  # noqa: S101 - own_objection asks for it
        item_id, officers = self.page.item.id, self.by.ids()
        note, reason = self.note.toPlainText().strip(), self.close_reason.reason()
        if self.choice.is_first():
            return lambda uow, services: pass_recheck(
                item_id=item_id,
                officers=officers,
                rechecked_on=day,
                note=note,
                close_reason=reason,
                uow=uow,
                services=services,
            )
        days = self.days.days()
        return lambda uow, services: fail_recheck(
            item_id=item_id,
            officers=officers,
            rechecked_on=day,
            reason=note,
            new_days=days,
            uow=uow,
            services=services,
        )

    def _new_days(self) -> DaysField:
        longest = self.context.desk.services.limits.item.reopen_max_days
        field = DaysField(self.context, longest=longest, days=longest)
        field.count_from(self.context.clock.today())
        field.changed.connect(self._on_changed)
        self.day.date_changed.connect(self._on_day)
        return field

    def _on_day(self, _day: object) -> None:
        day = self.day.value()
        if day is not None:
            self.days.count_from(day)

    def _on_result(self, _checked: bool) -> None:
        self._show_result()
        self.look_again()

    def _show_result(self) -> None:
        texts, passed = self.context.texts, self.choice.is_first()
        is_last = self.page.item.return_count >= self.context.desk.services.limits.item.reopen_max_count
        self.form.setRowVisible(self.close_reason, passed)
        self.form.setRowVisible(self.days, not passed and not is_last)
        self.form.setRowVisible(self.second_failure, not passed and is_last)
        key = "item-note-passed" if passed else "item-note-failed"
        self.note.setPlaceholderText(texts(key))
        self.set_accept(texts("item-accept-recheck" if passed else "item-accept-return"))


class DecisionDialog(ItemDialog):
    """The leader agrees to an extension, for as long as asked or shorter, or refuses it."""

    kind = "decide"

    def build_fields(self) -> None:
        """The request as it was made, then the decision."""
        item = self.page.item
        asked = (item.requested_deadline - item.deadline).days if item.requested_deadline else 1
        self.form.addRow(KeyValueRows(self._request(asked), key_width=_KEY_WIDTH, has_lines=False))
        self.choice = Choice(self.context, "item-decision-approved", "item-decision-refused")
        self.choice.first.toggled.connect(self._on_result)
        self.add_row("item-field-decision", self.choice)
        longest = min(asked, longest_extension(item, self.context.desk.services))
        self.days = DaysField(self.context, longest=longest, days=longest)
        self.days.count_from(item.deadline)
        self.days.changed.connect(self._on_changed)
        self.add_row("item-field-extension-days", self.days)
        self.note = self.add_text("item-field-opinion")
        if item.requested_deadline is not None and item.requested_deadline < self.context.clock.today():
            self.add_words(self.context.texts("item-words-past-already"), role="hint")
        self._choose_possible()
        self._show_result()

    def _request(self, asked: int) -> list[tuple[str, str]]:
        texts, item = self.context.texts, self.page.item
        step = next((step for step in self.page.steps if step.event == "request_extension"), None)
        until = item.requested_deadline or item.deadline
        words = texts("item-words-asked", deadline=item.deadline, until=until, days=asked)
        if step is None:
            return [(texts("item-field-asked"), words)]
        return [
            (texts("item-field-asked"), words),
            (texts("item-field-requested-on"), step.happened_on.isoformat()),
            (texts("item-field-reason"), step.note),
            (texts("item-field-plan"), str(step.details.get("plan", ""))),
        ]

    def event_wanted(self) -> ItemEvent:
        """What the decision means."""
        return ItemEvent.APPROVE_EXTENSION if self.choice.is_first() else ItemEvent.REFUSE_EXTENSION

    def given(self) -> dict[str, Any]:
        """Days and words."""
        return {"new_days": self.days.days(), "reason": self.note.toPlainText()}

    def job(self) -> Job[RectificationItem]:
        """Record the decision."""
        item_id, is_approved = self.page.item.id, self.choice.is_first()
        reason, until = self.note.toPlainText().strip(), self.days.last_day()
        return lambda uow, services: decide_extension(
            item_id=item_id,
            is_approved=is_approved,
            reason=reason,
            until=until if is_approved else None,
            uow=uow,
            services=services,
        )

    def _choose_possible(self) -> None:
        services = self.context.desk.services
        refusal = why_not(self.page, ItemEvent.APPROVE_EXTENSION, services, new_days=self.days.days())
        if refusal is not None:
            self.choice.first.setEnabled(False)
            self.choice.first.setToolTip(self.sentence(refusal))
            self.choice.second.setChecked(True)
            self.add_words(self.sentence(refusal), role="orange")

    def _on_result(self, _checked: bool) -> None:
        self._show_result()
        self.look_again()

    def _show_result(self) -> None:
        texts, approved = self.context.texts, self.choice.is_first()
        self.form.setRowVisible(self.days, approved)
        self.note.setPlaceholderText(texts("item-note-approve" if approved else "item-note-refuse"))
        self.set_accept(texts("item-accept-decide" if approved else "item-accept-refuse"))
