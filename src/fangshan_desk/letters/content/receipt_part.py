"""The receipt at the foot of the on-site copy: who took it, who was there, what was objected."""

from collections.abc import Sequence

from fangshan_desk.domain.letter_facts import PrescriptionFacts, Visitor
from fangshan_desk.letters.content.model import (
    Blank,
    Block,
    BoxAlign,
    DottedLine,
    Form,
    FormCell,
    FormGrid,
    FormRow,
    Level,
    Text,
)
from fangshan_desk.letters.content.wording import Wording, bare

ENTERPRISE = "enterprise"
WITNESS = "witness"


def visitor_signer(number: int) -> str:
    """The name under which a visitor's signature picture is handed in: visitor_1, visitor_2 …"""
    return f"visitor_{number}"


def receipt_part(facts: PrescriptionFacts, wording: Wording) -> list[Block]:
    """Dotted line, statement, boxes to sign in."""
    pairs = list(enumerate(facts.visitors, start=1))
    rows = (
        _row(wording("receipt-seal"), "", wording("receipt-head"), "", ENTERPRISE),
        _row(wording("receipt-post"), "", wording("receipt-date"), wording("receipt-day")),
        *(_visitors_row(pairs[place : place + 2], wording) for place in range(0, len(pairs), 2)),
        _row(
            wording("receipt-refusal"),
            facts.refusal_reason,
            wording("receipt-witness"),
            facts.witness_name,
            WITNESS,
        ),
    )
    statement = Text(_statement(facts, wording), Level.FORM)
    return [DottedLine(), statement, Blank(0.3), Form(rows, is_compact=True)]


def _statement(facts: PrescriptionFacts, wording: Wording) -> str:
    if facts.objection is None:
        return wording("receipt-open")
    if not facts.objection.strip():
        return wording("receipt-agreed")
    return wording("receipt-objected", objection=bare(facts.objection))


def _visitors_row(pair: Sequence[tuple[int, Visitor]], wording: Wording) -> FormRow:
    boxes = [
        FormCell(_badge(visitor, wording), align=BoxAlign.RIGHT, signer=visitor_signer(number))
        for number, visitor in pair
    ]
    boxes += [FormCell("")] * (2 - len(boxes))
    return FormRow((FormCell(wording("receipt-visitor"), is_label=True), *boxes), FormGrid.HALVES)


def _badge(visitor: Visitor, wording: Wording) -> str:
    return wording("receipt-badge", number=visitor.badge_number or wording("four-blanks"))


def _row(first: str, first_value: str, second: str, second_value: str, signer: str = "") -> FormRow:
    align = BoxAlign.RIGHT if signer else BoxAlign.CENTRE
    cells = (
        FormCell(first, is_label=True),
        FormCell(first_value),
        FormCell(second, is_label=True),
        FormCell(second_value, align=align, signer=signer),
    )
    return FormRow(cells, FormGrid.QUARTERS)
