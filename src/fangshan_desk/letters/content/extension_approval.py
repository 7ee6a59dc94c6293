"""The approval form for an extension of a rectification deadline."""

from datetime import date

from fangshan_desk.domain.letter_facts import ExtensionApprovalFacts
from fangshan_desk.letters.content import common
from fangshan_desk.letters.content.model import Form, FormCell, FormGrid, FormRow, LetterContent
from fangshan_desk.letters.content.wording import Wording, bare

_HIGH = 3


def extension_approval_content(facts: ExtensionApprovalFacts, wording: Wording) -> LetterContent:
    """The whole form."""
    safeguards = [wording.closed(facts.safeguards)]
    if facts.repayment_plan:
        safeguards.append(wording("extension-plan", plan=bare(facts.repayment_plan)))
    rows = (
        _wide("enterprise", facts.enterprise.name, wording),
        _quarters("prescription", facts.prescription_number, "item", facts.item_code, wording),
        _wide("finding", facts.finding, wording),
        _quarters(
            "original",
            wording.written(facts.original_deadline),
            "requested",
            wording.written(facts.requested_deadline),
            wording,
        ),
        _wide("reason", facts.reason, wording, lines=_HIGH),
        _wide("safeguards", "\n".join(part for part in safeguards if part), wording, lines=_HIGH),
        _wide("requested-on", wording.written(facts.requested_on), wording),
        _opinion("handler", facts.handler_opinion, facts.handler_name, facts.handled_on, wording),
        _opinion("approver", facts.approver_opinion, facts.approver_name, facts.decided_on, wording),
    )
    return common.form_paper(facts, wording, title=wording("extension-title"), blocks=[Form(rows)])


def _wide(name: str, value: str, wording: Wording, *, lines: int = 1) -> FormRow:
    cells = (FormCell(wording(f"extension-{name}"), is_label=True), FormCell(value))
    return FormRow(cells, FormGrid.NARROW_LABEL, lines)


def _opinion(role: str, opinion: str, name: str, day: date | None, wording: Wording) -> FormRow:
    signed = wording("extension-signed", name=name or wording("four-blanks"), date=wording.written(day))
    return _wide(role, f"{opinion}\n\n{signed}" if opinion else f"\n\n{signed}", wording, lines=_HIGH + 1)


def _quarters(first: str, first_value: str, second: str, second_value: str, wording: Wording) -> FormRow:
    cells = (
        FormCell(wording(f"extension-{first}"), is_label=True),
        FormCell(first_value),
        FormCell(wording(f"extension-{second}"), is_label=True),
        FormCell(second_value),
    )
    return FormRow(cells, FormGrid.QUARTERS)
