"""Dialogs for what the enterprise does: it reports, asks for more time, names who answers for the item."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.states.item_facts import ItemEvent
from fangshan_desk.ui.components.item_dialog import ItemDialog
from fangshan_desk.ui.components.item_dialog_fields import (
    DaysField,
    EvidencePanel,
    day_objection,
    officer_words,
)
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.item_options import longest_extension
from fangshan_desk.usecases.rectifying import name_owner, report_done, request_extension, started_on
from fangshan_desk.usecases.views.ledger import ItemPage


class ReportDialog(ItemDialog):
    """The enterprise says it is done, and shows it."""

    kind = "report"

    def build_fields(self) -> None:
        """Day, evidence, remark."""
        self.day = self.add_date("item-field-reported-on", self.context.clock.today())
        self.evidence = EvidencePanel(self.context, self)
        self.evidence.show_item(self.page)
        self.add_row("item-field-evidence", self.evidence)
        self.note = self.add_text("item-field-note", placeholder=self.context.texts("item-note-report"))
        limit = self.context.desk.services.limits["recheck"]
        self.add_words(self.context.texts("item-words-recheck", days=limit.n), role="hint")

    def show_page(self, page: ItemPage) -> None:
        """Evidence arrived."""
        self.evidence.show_item(page)
        super().show_page(page)

    def event_wanted(self) -> ItemEvent:
        """One step only."""
        return ItemEvent.REPORT_DONE

    def own_objection(self) -> str:
        """The day lies between service and today."""
        return day_objection(self.day.value(), earliest=started_on(self.page.item), context=self.context)

    def job(self) -> Job[RectificationItem]:
        """Record the report."""
        item_id, day, note = self.page.item.id, self.day.value(), self.note.toPlainText().strip()
        assert day is not None  # noqa: S101 - own_objection asks for it
        return lambda uow, services: report_done(
            item_id=item_id, reported_on=day, note=note, uow=uow, services=services
        )


class ExtensionDialog(ItemDialog):
    """The enterprise asks for more time in writing, with a reason and a plan."""

    kind = "extend"

    def build_fields(self) -> None:
        """What the rules ask for, with the limits said first."""
        texts, item = self.context.texts, self.page.item
        self.longest = longest_extension(item, self.context.desk.services)
        most = self.context.desk.services.limits.item.extension_max_days
        self.add_words(
            texts("item-words-extension", longest=self.longest, days=item.days, most=most), role="hint"
        )
        self.day = self.add_date("item-field-requested-on", min(self.context.clock.today(), item.deadline))
        self.days = DaysField(self.context, longest=self.longest, days=min(7, self.longest))
        self.days.count_from(item.deadline)
        self.days.changed.connect(self._on_changed)
        self.add_row("item-field-extension-days", self.days)
        self.reason = self.add_text("item-field-reason")
        self.plan = self.add_text("item-field-plan", placeholder=texts("item-note-plan"))
        self.has_plan: QCheckBox | None = None
        if item.code in self.context.desk.services.limits.item.wage_arrears:
            self.has_plan = self.add_check(texts("item-check-repayment-plan"))
            self.has_plan.setChecked(item.has_repayment_plan)

    def event_wanted(self) -> ItemEvent:
        """One step only."""
        return ItemEvent.REQUEST_EXTENSION

    def given(self) -> dict[str, Any]:
        """The request as it stands."""
        return {
            "requested_on": self.day.value(),
            "reason": self.reason.toPlainText(),
            "plan": self.plan.toPlainText(),
            "new_days": self.days.days(),
            "has_repayment_plan": self._has_plan(),
        }

    def own_objection(self) -> str:
        """The day lies between service and today."""
        return day_objection(self.day.value(), earliest=started_on(self.page.item), context=self.context)

    def job(self) -> Job[RectificationItem]:
        """Record the request."""
        item_id, given, until = self.page.item.id, self.given(), self.days.last_day()
        assert until is not None  # noqa: S101 - counted from the deadline
        return lambda uow, services: request_extension(
            item_id=item_id,
            requested_on=given["requested_on"],
            until=until,
            reason=given["reason"].strip(),
            plan=given["plan"].strip(),
            has_repayment_plan=given["has_repayment_plan"],
            uow=uow,
            services=services,
        )

    def _has_plan(self) -> bool:
        return self.page.item.has_repayment_plan if self.has_plan is None else self.has_plan.isChecked()


class OwnerDialog(ItemDialog):
    """Who at the enterprise answers for the item, and who of us follows it."""

    kind = "owner"

    def build_fields(self) -> None:
        """Three fields and a colleague."""
        item = self.page.item
        self.name = self._line("item-field-owner-name", item.owner_name)
        self.post = self._line("item-field-owner-post", item.owner_post)
        self.phone = self._line("item-field-owner-phone", item.owner_phone)
        self.tracker = QComboBox(self)
        for officer in self.officers:
            self.tracker.addItem(officer_words(officer, self.context), officer.id)
        self.tracker.setCurrentIndex(self.tracker.findData(item.tracking_officer_id))
        self.tracker.currentIndexChanged.connect(self._on_changed)
        self.add_row("item-field-tracker", self.tracker)

    def event_wanted(self) -> ItemEvent:
        """One step only."""
        return ItemEvent.NAME_OWNER

    def given(self) -> dict[str, Any]:
        """What is filled in."""
        return {
            "owner_name": self.name.text(),
            "owner_post": self.post.text(),
            "owner_phone": self.phone.text(),
            "tracking_officer_id": self.tracker.currentData() or "",
        }

    def job(self) -> Job[RectificationItem]:
        """Keep owner and tracker."""
        item_id, given = self.page.item.id, self.given()
        return lambda uow, services: name_owner(
            item_id=item_id,
            name=given["owner_name"].strip(),
            post=given["owner_post"].strip(),
            phone=given["owner_phone"].strip(),
            tracking_officer_id=given["tracking_officer_id"],
            uow=uow,
            services=services,
        )

    def _line(self, label: str, value: str) -> QLineEdit:
        field = QLineEdit(value, self)
        field.setMaxLength(60)
        field.textChanged.connect(self._on_changed)
        self.add_row(label, field)
        return field
