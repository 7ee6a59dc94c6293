"""The health check of one visit as it is filled in: sections, rows, what each row still needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from fangshan_desk.domain.checklist import (
    ApplicableSection,
    CheckItem,
    CheckResult,
    Inputs,
    ItemKind,
    Parameters,
    Progress,
    applicable_sections,
    check_progress,
    confirmable_rest,
    judge,
    next_unanswered,
    progress_of,
)
from fangshan_desk.domain.records.visits import Answer, Attachment, CheckAnswer
from fangshan_desk.domain.reference_library import ReferenceLibrary
from fangshan_desk.domain.statutes import BasisInForce
from fangshan_desk.usecases.answering import chosen_of, inputs_of, office_parameters
from fangshan_desk.usecases.views.visits import VisitPageState


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One item with its answer; ``chosen`` is the key that was pressed, None where figures speak."""

    item: CheckItem
    bases: tuple[BasisInForce, ...] = ()
    inputs: Inputs
    chosen: Answer | None = None
    reason: str = ""
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    result: CheckResult
    is_stored: bool = False

    @property
    def answer(self) -> Answer:
        """What counts now."""
        return self.result.answer

    @property
    def is_info(self) -> bool:
        """Whether the item only collects figures."""
        return self.item.kind is ItemKind.INFO

    @property
    def is_found(self) -> bool:
        """Whether it goes into the prescription."""
        return self.answer is Answer.VIOLATED

    @property
    def needs_reason(self) -> bool:
        """Whether the choice waits for a reason and is not kept until it stands there."""
        is_unexplained = self.chosen is Answer.NOT_APPLICABLE and not self.reason.strip()
        return self.result.needs_reason or is_unexplained

    @property
    def shows_details(self) -> bool:
        """Whether figures, evidence and note are open beside the question."""
        given = self.result.has_inputs or self.note or self.reason or self.attachments
        return self.is_info or self.is_found or self.needs_reason or bool(given)

    @property
    def printable_bases(self) -> tuple[BasisInForce, ...]:
        """What a letter may rest on."""
        return tuple(basis for basis in self.bases if basis.may_be_printed)


@dataclass(frozen=True)
class CheckSheet:
    """The whole check; a changed row makes a new sheet."""

    sections: tuple[ApplicableSection, ...]
    rows: Mapping[str, CheckRow]
    day: date
    parameters: Parameters

    @cached_property
    def results(self) -> Mapping[str, CheckResult]:
        """The results of every item that has any answer or input."""
        return {
            code: row.result
            for code, row in self.rows.items()
            if row.is_stored or row.chosen is not None or row.result.has_inputs
        }

    @property
    def progress(self) -> Progress:
        """The counts over the whole check."""
        return check_progress(self.sections, self.results)

    def progress_of(self, section: str) -> Progress:
        """The counts over one section."""
        return progress_of(self.items_of(section), self.results)

    def items_of(self, section: str) -> Sequence[CheckItem]:
        """The items of a section in their order."""
        return next((each.items for each in self.sections if each.section.code == section), ())

    def section_of(self, code: str) -> str:
        """The section an item stands in, empty where the item is not asked."""
        return self.rows[code].item.section if code in self.rows else ""

    def first_item(self) -> str:
        """Where the check begins."""
        return next(iter(self.rows), "")

    def after(self, code: str, *, step: int = 1) -> str:
        """The item before or after another, in the order of asking; the ends stay."""
        codes = list(self.rows)
        if code not in codes:
            return self.first_item()
        return codes[max(0, min(len(codes) - 1, codes.index(code) + step))]

    def next_open(self, code: str) -> str:
        """The next item without an answer, empty when all have one."""
        found = next_unanswered(self.sections, self.results, after=code)
        return found.code if found is not None else ""

    def confirmable(self, section: str) -> tuple[str, ...]:
        """What "the rest of this section is compliant" would answer."""
        return tuple(item.code for item in confirmable_rest(self.items_of(section), self.results))

    def judged(
        self,
        row: CheckRow,
        *,
        chosen: Answer | None,
        inputs: Inputs | None = None,
        reason: str | None = None,
    ) -> CheckRow:
        """The row with another answer, judged at once by the same rule that keeps it."""
        given = row.inputs if inputs is None else inputs
        said = row.reason if reason is None else reason
        result = judge(
            row.item, given, visit_date=self.day, parameters=self.parameters, chosen=chosen, reason=said
        )
        return replace(row, chosen=chosen, inputs=given, reason=said, result=result)

    def with_row(self, row: CheckRow) -> "CheckSheet":
        """The sheet with one row replaced."""
        return replace(self, rows={**self.rows, row.item.code: row})


def check_sheet(state: VisitPageState, reference: ReferenceLibrary, *, day: date) -> CheckSheet:
    """The sheet of a visit as the file holds it."""
    sections = applicable_sections(
        reference.checklist, state.enterprise.categories, on=day, core_only=state.visit.is_quick_check
    )
    parameters = office_parameters(reference.checklist, state.parameters)
    sheet = CheckSheet(sections, {}, day, parameters)
    evidence: dict[str, list[Attachment]] = {}
    for attachment in state.attachments:
        evidence.setdefault(attachment.topic, []).append(attachment)
    rows = {}
    for section in sections:
        for item in section.items:
            row = stored_row(sheet, item, state.answers.get(item.code))
            bases = reference.statutes.bases_in_force(item, on=day)
            rows[item.code] = replace(row, bases=bases, attachments=tuple(evidence.get(item.code, ())))
    return replace(sheet, rows=rows)


def stored_row(sheet: CheckSheet, item: CheckItem, answer: CheckAnswer | None) -> CheckRow:
    """The row of a stored answer, or of none."""
    inputs = inputs_of(item, answer)
    chosen = chosen_of(answer) if answer is not None else None
    reason = answer.reason if answer is not None else ""
    result = judge(
        item, inputs, visit_date=sheet.day, parameters=sheet.parameters, chosen=chosen, reason=reason
    )
    return CheckRow(
        item=item,
        inputs=inputs,
        chosen=chosen,
        reason=reason,
        note=answer.note if answer is not None else "",
        result=result,
        is_stored=answer is not None,
    )
