"""Turns the answers of a visit into the facts of its prescription; the officer's wording goes before ours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from fangshan_desk.domain.checklist import (
    CheckItem,
    CheckResult,
    Inputs,
    ItemKind,
    advice_wording,
    fen_of,
    finding_wording,
)
from fangshan_desk.domain.checklist.parameters import Parameters
from fangshan_desk.domain.citations import full_citation
from fangshan_desk.domain.day_counting import DueDate, PeriodKind, due_date
from fangshan_desk.domain.letter_facts import (
    ContactPoint,
    EnterpriseBlock,
    FindingKind,
    LegalBasis,
    Letterhead,
    LetterItem,
    PrescriptionFacts,
    Responsible,
    Visitor,
)
from fangshan_desk.domain.records.people import Campaign, Officer, Parameter
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, Visit
from fangshan_desk.domain.records.visits import Visitor as VisitorRecord
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.statutes import BasisInForce
from fangshan_desk.usecases.answering import answers_of, dated_parameters, inputs_of, results_of, sections_of
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.visiting import visit_date

DEFAULT_DAYS = 15
REPORT_DAYS = 30
_FINDING_KINDS = {
    ItemKind.VIOLATION: FindingKind.VIOLATION,
    ItemKind.GUIDANCE: FindingKind.GUIDANCE,
    ItemKind.SIGNAL: FindingKind.SIGNAL,
}
# Who signs a prescription, in the order of the notice (letters 1.6).
SIGNING_BODIES = (Body.HRSS, Body.FTU, Body.FIC)
Edits = Mapping[str, Any]


def compose_prescription(
    visit: Visit, *, field_number: str, edits: Edits | None, uow: UnitOfWork, services: Services
) -> PrescriptionFacts:
    """The facts as they would be confirmed now."""
    enterprise = uow.get(Enterprise, visit.enterprise_id)
    day = visit_date(visit, services)
    campaign = uow.get(Campaign, visit.campaign_id) if visit.campaign_id else None
    chosen = edits or {}
    return PrescriptionFacts(
        letterhead=letterhead(field_number, services),
        enterprise=enterprise_block(enterprise, services),
        contact=contact_point(uow, services),
        visited_on=day,
        visitors=tuple(visitors_of(visit, uow, services)),
        items=tuple(_letter_items(visit, chosen, uow, services)),
        campaign_title=campaign.title if campaign else services.text("office-campaign-none"),
        campaign_document=campaign.document_number if campaign else "",
        enterprise_representative=visit.enterprise_person,
        representative_post=visit.enterprise_person_post,
        report_by=_report_by(chosen, day, services),
    )


def letterhead(
    field_number: str, services: Services, *, bodies: Sequence[Body] = SIGNING_BODIES
) -> Letterhead:
    """Head of every letter of this family: the bureau's mark, the bodies that sign."""
    names = tuple(services.text(f"body-{body.value}-full") for body in bodies)
    mark = services.text(f"body-{Body.HRSS.value}-full")
    return Letterhead(issuing_body=mark, signing_bodies=names, field_number=field_number)


def enterprise_block(enterprise: Enterprise, services: Services) -> EnterpriseBlock:
    """The enterprise as it stands today."""
    # A unit of the unassigned, or a code of another county, is no place to print.
    towns = {row.code: row.name for row in services.townships.rows}
    return EnterpriseBlock(
        name=enterprise.name,
        uscc=enterprise.uscc,
        town=towns.get(enterprise.township, ""),
        address=enterprise.address,
        legal_representative=enterprise.legal_representative,
        industry=enterprise.industry,
        headcount=enterprise.headcount,
    )


def contact_point(uow: UnitOfWork, services: Services) -> ContactPoint:
    """Whom the enterprise may call: the office's parameter, else the notice's own numbers."""
    own = {entry.name: entry.value.get("value", "") for entry in uow.find(Parameter)}
    return ContactPoint(
        person=str(own.get("contact_person", services.actor.name)),
        phone=str(own.get("contact_phone", services.text("office-contact-phone"))),
        email=str(own.get("contact_email", services.text("office-contact-email"))),
    )


def visitors_of(visit: Visit, uow: UnitOfWork, services: Services) -> Iterator[Visitor]:
    """The officers as letters name them."""
    for visitor in uow.find(VisitorRecord, visit_id=visit.id):
        body = services.text(f"body-{visitor.body}")
        yield Visitor(name=visitor.name, badge_number=visitor.badge_number, body=body)


def deadline_for(item: CheckItem, start: date, services: Services, *, days: int | None = None) -> DueDate:
    """Last day of an item's period, the first day not counted (民法典 §201, 203)."""
    length = days or item.default_deadline_days or DEFAULT_DAYS
    return due_date(start, length, kind=PeriodKind.LIMIT, calendar=services.calendar)


def _letter_items(visit: Visit, edits: Edits, uow: UnitOfWork, services: Services) -> Iterator[LetterItem]:
    results = results_of(visit, uow, services)
    answers = answers_of(visit.id, uow)
    parameters = dated_parameters(uow, services)
    for applicable in sections_of(visit, uow, services):
        for item in applicable.items:
            result = results.get(item.code)
            if not _belongs(item, result):
                continue
            inputs = inputs_of(item, answers.get(item.code))
            edit = edits.get("items", {}).get(item.code, {})
            words = _Words(item, inputs, visit_date(visit, services), parameters, edit)
            yield _letter_item(words, applicable.section.title, uow, services)


def _belongs(item: CheckItem, result: CheckResult | None) -> bool:
    return item.kind in _FINDING_KINDS and result is not None and result.answer is Answer.VIOLATED


class _Words:
    """One item with everything its sentences are made from."""

    def __init__(
        self, item: CheckItem, inputs: Inputs, day: date, parameters: Parameters, edit: Edits
    ) -> None:
        self.item, self.inputs, self.day, self.parameters, self.edit = item, inputs, day, parameters, edit

    def finding(self, services: Services) -> str:
        """The officer's sentence, else the checklist's."""
        made = finding_wording(
            self.item,
            self.inputs,
            visit_date=self.day,
            parameters=self.parameters,
            text=services.text,
        )
        return self.edit.get("finding") or (made.text if made else self.item.question)

    def advice(self, services: Services) -> str:
        """The officer's sentence, else the checklist's."""
        made = advice_wording(
            self.item,
            self.inputs,
            visit_date=self.day,
            parameters=self.parameters,
            text=services.text,
        )
        return self.edit.get("advice") or (made.text if made else "")

    def deadline(self, services: Services) -> date | None:
        """The officer's date, else the item's default period; only violations have one."""
        if self.item.kind is not ItemKind.VIOLATION:
            return None
        chosen = self.edit.get("deadline")
        return date.fromisoformat(chosen) if chosen else deadline_for(self.item, self.day, services).date


def _letter_item(words: _Words, section_title: str, uow: UnitOfWork, services: Services) -> LetterItem:
    item, edit = words.item, words.edit
    tracker = uow.get(Officer, edit["tracker_id"]) if edit.get("tracker_id") else services.actor
    bases = services.reference.statutes.bases_in_force(item, on=words.day)
    return LetterItem(
        code=item.code,
        section_title=section_title,
        kind=_FINDING_KINDS[item.kind],
        finding=words.finding(services),
        advice=words.advice(services),
        bases=tuple(_basis(basis, services) for basis in bases),
        deadline=words.deadline(services),
        owner=Responsible(**{name: edit.get(f"owner_{name}", "") for name in ("name", "post", "phone")}),
        tracker_name=tracker.name,
        amount_fen=_fen(words.inputs.get("unpaid_amount")),
        worker_count=_count(words.inputs.get("unpaid_workers")),
    )


def _basis(found: BasisInForce, services: Services) -> LegalBasis:
    article = found.article
    number = article.number if article is not None else None
    return LegalBasis(
        cite=found.basis.cite,
        quote=found.basis.quote or "",
        article_title=full_citation(found.statute, number, text=services.text),
        article_text=article.text if article is not None else "",
        is_verified=found.may_be_printed,
    )


def _fen(value: object) -> int:
    return fen_of(value) if value is not None else 0  # type: ignore[arg-type] # money inputs are Decimal


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _report_by(edits: Edits, day: date, services: Services) -> date:
    chosen = edits.get("report_by")
    if chosen:
        return date.fromisoformat(chosen)
    return due_date(day, REPORT_DAYS, kind=PeriodKind.LIMIT, calendar=services.calendar).date
