"""The recheck opinion: items by outcome, each with what was seen."""

from fangshan_desk.domain.letter_facts import RecheckOpinionFacts, RecheckOutcome, RecheckResult
from fangshan_desk.letters.content import common
from fangshan_desk.letters.content.model import Block, LetterContent, Text
from fangshan_desk.letters.content.wording import Wording, bare


def recheck_opinion_content(facts: RecheckOpinionFacts, wording: Wording) -> LetterContent:
    """The whole letter."""
    blocks: list[Block] = [Text(_opening(facts, wording))]
    number = 0
    for outcome in RecheckOutcome:
        results = facts.results_of(outcome)
        if results:
            number += 1
            heading = wording(f"recheck-{outcome.value}", count=len(results))
            lines = [_line(place, result, wording) for place, result in enumerate(results, start=1)]
            blocks += common.headed(wording, number, heading, [Text(line) for line in lines])
    if facts.is_complete:
        blocks.append(Text(wording("recheck-complete")))
    elif facts.results_of(RecheckOutcome.RETURNED):
        blocks.append(Text(wording("recheck-go-on", body=facts.letterhead.issuing_body)))
    blocks += common.closing(facts, wording, [])
    return common.letter(facts, wording, title=wording("recheck-title"), blocks=blocks)


def _opening(facts: RecheckOpinionFacts, wording: Wording) -> str:
    received = facts.report_received_on
    report = wording("recheck-report", date=wording.written(received)) if received else ""
    people = wording.joined((person.name for person in facts.recheckers), "enumeration")
    return report + wording(
        "recheck-opening",
        date=wording.written(facts.rechecked_on),
        people=people,
        number=facts.prescription_number,
    )


def _line(number: int, result: RecheckResult, wording: Wording) -> str:
    item = wording("item-short", number=number, finding=bare(result.finding), code=result.code)
    values = {
        "item": item,
        "result": bare(result.result),
        "date": wording.written(result.deadline),
        "target": result.transferred_to,
    }
    key = f"recheck-{result.outcome.value}-line"
    if result.outcome is RecheckOutcome.VERIFIED and not result.result:
        key = "recheck-plain-line"
    return wording(key, **values)
