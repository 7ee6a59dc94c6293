"""What distinguishes the kinds of letters: who signs, who approves, where the number comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.states.prescription import BOTH_LEADS, PrescriptionEvent


class Numbering(StrEnum):
    """Where a kind's official number comes from."""

    BLOCK = "block"
    REGISTRY = "registry"
    NONE = "none"


_E = PrescriptionEvent
_FORM = frozenset({_E.CONFIRM, _E.WITHDRAW})
_LETTER = _FORM | {_E.APPROVE, _E.ISSUE, _E.SERVE}
_BUREAU = frozenset({Body.HRSS.value})


@dataclass(frozen=True, kw_only=True)
class KindRules:
    """One row of the table below; ``events`` are the steps that make sense for the kind."""

    signed_by: tuple[Body, ...] = (Body.HRSS,)
    approved_by: frozenset[str] = _BUREAU
    numbering: Numbering = Numbering.BLOCK
    asks_enterprise: bool = False
    needs_lead: bool = False
    events: frozenset[PrescriptionEvent] = _LETTER | {_E.SERVE_ON_SITE}


# letters 1.6: order of the signing bodies; referrals take their number from the bureau's own registry.
KIND_RULES: Mapping[LetterKind, KindRules] = {
    LetterKind.PRESCRIPTION: KindRules(
        signed_by=(Body.HRSS, Body.FTU, Body.FIC),
        approved_by=BOTH_LEADS,
        asks_enterprise=True,
        events=frozenset(PrescriptionEvent),
    ),
    LetterKind.RECTIFICATION_REQUEST: KindRules(),
    LetterKind.RECHECK_OPINION: KindRules(signed_by=(Body.HRSS, Body.FTU), approved_by=BOTH_LEADS),
    LetterKind.LAYOFF_NOTICE: KindRules(),
    LetterKind.REFERRAL: KindRules(numbering=Numbering.REGISTRY, needs_lead=True, events=_LETTER),
    LetterKind.SERVICE_RECEIPT: KindRules(approved_by=frozenset(), numbering=Numbering.NONE, events=_FORM),
    LetterKind.EXTENSION_APPROVAL: KindRules(approved_by=frozenset(), numbering=Numbering.NONE, events=_FORM),
}
