"""The referral to the labour inspectorate: facts, history, evidence."""

from fangshan_desk.domain.letter_facts import ReferralFacts
from fangshan_desk.letters.content import common
from fangshan_desk.letters.content.model import Annex, Block, LetterContent, Text
from fangshan_desk.letters.content.wording import Wording, bare


def referral_content(facts: ReferralFacts, wording: Wording) -> LetterContent:
    """The whole letter."""
    lines = [wording("referral-opening", enterprise=_enterprise(facts, wording))]
    lines += [
        wording("numbered", number=number, text=wording.closed(finding))
        for number, finding in enumerate(facts.findings, start=1)
    ]
    lines += [line for line in (_history(facts, wording),) if line]
    lines += [wording("referral-request"), wording("referral-end")]
    annexes, names = _annexes(facts, wording)
    blocks: list[Block] = [Text(line) for line in lines]
    blocks += common.closing(facts, wording, names)
    return common.letter(
        facts,
        wording,
        title=wording("referral-title", enterprise=facts.enterprise.name),
        addressee=facts.target,
        blocks=blocks,
        annexes=annexes,
    )


def _enterprise(facts: ReferralFacts, wording: Wording) -> str:
    block = facts.enterprise
    if not block.uscc:
        return block.name
    return wording("enterprise-with-uscc", name=block.name, uscc=block.uscc)


def _history(facts: ReferralFacts, wording: Wording) -> str:
    history = wording.closed(facts.rectification_history)
    if not facts.prescription_number:
        return history
    served = wording(
        "referral-served",
        date=wording.written(facts.prescription_served_on),
        number=facts.prescription_number,
    )
    return wording.closed(wording.joined((served, bare(facts.rectification_history))))


def _annexes(facts: ReferralFacts, wording: Wording) -> tuple[list[Annex], list[str]]:
    names = [wording("evidence-list")] if facts.evidence else []
    if facts.prescription_number:
        # Copies of what exists on paper already: named here, laid behind by hand.
        names.append(wording("referral-copies"))
    if not facts.evidence:
        return [], names
    lines = [
        Text(wording("numbered", number=number, text=bare(piece)))
        for number, piece in enumerate(facts.evidence, start=1)
    ]
    label = common.annex_label(wording, 1 if len(names) > 1 else None)
    return [Annex(label, wording("evidence-list"), tuple(lines))], names
