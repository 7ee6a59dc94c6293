"""The letters this desk can print: kind → facts, sentences, blocks.

A new letter is one short file in `content`, its sentences, its facts, and one line here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fangshan_desk.domain.letter_facts import (
    ExtensionApprovalFacts,
    LayoffNoticeFacts,
    LetterFacts,
    PrescriptionFacts,
    RecheckOpinionFacts,
    RectificationRequestFacts,
    ReferralFacts,
    ServiceReceiptFacts,
)
from fangshan_desk.letters.content.extension_approval import extension_approval_content
from fangshan_desk.letters.content.layoff_notice import layoff_notice_content
from fangshan_desk.letters.content.model import LetterContent
from fangshan_desk.letters.content.prescription import prescription_content
from fangshan_desk.letters.content.recheck_opinion import recheck_opinion_content
from fangshan_desk.letters.content.rectification_request import rectification_request_content
from fangshan_desk.letters.content.referral import referral_content
from fangshan_desk.letters.content.service_receipt import service_receipt_content
from fangshan_desk.letters.content.wording import Wording
from fangshan_desk.letters.errors import UnknownLetterKindError
from fangshan_desk.letters.flow import Section
from fangshan_desk.letters.kinds.story import sections_of

Signatures = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How one kind becomes sentences and then flowables."""

    facts_type: type[LetterFacts]
    content: Callable[[Any, Wording], LetterContent]
    story: Callable[[LetterContent, Signatures], Sequence[Section]] = sections_of


LETTER_KINDS: Mapping[str, LetterKind] = {
    kind.facts_type.kind: kind
    for kind in (
        LetterKind(PrescriptionFacts, prescription_content),
        LetterKind(RectificationRequestFacts, rectification_request_content),
        LetterKind(RecheckOpinionFacts, recheck_opinion_content),
        LetterKind(LayoffNoticeFacts, layoff_notice_content),
        LetterKind(ReferralFacts, referral_content),
        LetterKind(ServiceReceiptFacts, service_receipt_content),
        LetterKind(ExtensionApprovalFacts, extension_approval_content),
    )
}


def letter_kind(kind: str, facts: LetterFacts) -> LetterKind:
    """The kind by name; a name that does not belong to the facts is refused."""
    found = LETTER_KINDS.get(kind)
    if found is None or not isinstance(facts, found.facts_type):
        raise UnknownLetterKindError(kind=kind)
    return found
