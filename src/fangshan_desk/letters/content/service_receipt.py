"""The proof of service: one form, mostly filled in by hand."""

from collections.abc import Sequence

from fangshan_desk.domain.letter_facts import ServiceReceiptFacts, ServiceWay
from fangshan_desk.letters.content import common
from fangshan_desk.letters.content.model import BoxAlign, Form, FormCell, FormGrid, FormRow, LetterContent
from fangshan_desk.letters.content.receipt_part import ENTERPRISE, WITNESS, visitor_signer
from fangshan_desk.letters.content.wording import Wording

_WAYS = (
    (ServiceWay.DIRECT, ServiceWay.LEFT, ServiceWay.LEFT_RECORDED),
    (ServiceWay.POST, ServiceWay.ELECTRONIC),
)


def service_receipt_content(facts: ServiceReceiptFacts, wording: Wording) -> LetterContent:
    """The whole form."""
    block = facts.enterprise
    receiver = wording("enterprise-with-uscc", name=block.name, uscc=block.uscc) if block.uscc else block.name
    rows = (
        _row("letter", _letter(facts, wording), wording),
        _row("receiver", receiver, wording),
        _row("place", facts.place or block.address, wording),
        _row("way", "\n".join(_ways(ways, facts, wording) for ways in _WAYS), wording),
        _row("signature", wording("receipt-form-signature-line"), wording, signer=ENTERPRISE),
        _row("received", wording("receipt-form-received-line"), wording),
        _row("deputy", wording("receipt-form-deputy-note"), wording),
        _row("refusal", facts.refusal_reason, wording),
        _row("witness", _bracketed(facts.witness_name, wording), wording, signer=WITNESS),
        _servers(facts, wording),
        _row("date", wording.written(facts.served_on), wording),
        _row("remarks", wording("receipt-form-remarks-line", recordings=facts.recordings), wording),
    )
    return common.form_paper(facts, wording, title=wording("receipt-form-title"), blocks=[Form(rows)])


def _letter(facts: ServiceReceiptFacts, wording: Wording) -> str:
    return wording(
        "receipt-form-served", title=facts.letter_title, number=facts.letter_number, pages=facts.page_count
    )


def _ways(ways: Sequence[ServiceWay], facts: ServiceReceiptFacts, wording: Wording) -> str:
    return wording.joined((_way(way, facts, wording) for way in ways), "wide-space")


def _way(way: ServiceWay, facts: ServiceReceiptFacts, wording: Wording) -> str:
    box = wording("box-ticked" if way is facts.way else "box-empty")
    number = facts.tracking_number or wording("four-blanks")
    return box + wording(f"way-{way.value.replace('_', '-')}", number=number)


def _servers(facts: ServiceReceiptFacts, wording: Wording) -> FormRow:
    names = (*facts.servers, "", "")[:2]
    boxes = [
        FormCell(_bracketed(name, wording), align=BoxAlign.RIGHT, signer=visitor_signer(number))
        for number, name in enumerate(names, start=1)
    ]
    label = FormCell(wording("receipt-form-servers"), is_label=True)
    return FormRow((label, *boxes), FormGrid.RECEIPT_HALVES)


def _bracketed(name: str, wording: Wording) -> str:
    # Printed beside the room to sign, so that it is clear whose signature belongs there.
    return wording("receipt-form-server", name=name) if name else ""


def _row(name: str, value: str, wording: Wording, *, signer: str = "") -> FormRow:
    label = FormCell(wording(f"receipt-form-{name}"), is_label=True)
    align = BoxAlign.RIGHT if signer else BoxAlign.LEFT
    return FormRow((label, FormCell(value, align=align, signer=signer)))
