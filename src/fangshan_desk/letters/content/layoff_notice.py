"""The layoff notice: the statutory steps, and a blank report for the plan."""

from fangshan_desk.domain.letter_facts import LayoffNoticeFacts
from fangshan_desk.letters.content import common
from fangshan_desk.letters.content.model import (
    Annex,
    Blank,
    Block,
    Form,
    FormCell,
    FormGrid,
    FormRow,
    LetterContent,
    Level,
    Text,
)
from fangshan_desk.letters.content.wording import Wording

_PARTS = ("scope", "steps", "protected", "retained", "settlement", "rehiring", "help")
_STEPS = ("explain", "consult", "report", "execute", "tell-union")
_PLAIN_FIELDS = ("ground", "explained", "opinions", "roster", "severance", "social-insurance")


def layoff_notice_content(facts: LayoffNoticeFacts, wording: Wording) -> LetterContent:
    """The whole letter."""
    blocks: list[Block] = [Text(_opening(facts, wording))]
    for number, part in enumerate(_PARTS, start=1):
        heading = wording(f"layoff-{part}-heading")
        blocks += common.headed(wording, number, heading, _paragraphs(part, facts, wording))
    annex = _plan_report(facts, wording)
    blocks += common.closing(facts, wording, [annex.title])
    return common.letter(facts, wording, title=wording("layoff-title"), blocks=blocks, annexes=[annex])


def _opening(facts: LayoffNoticeFacts, wording: Wording) -> str:
    headcount = facts.enterprise.headcount
    share = ""
    if headcount:
        percent = f"{facts.planned_count * 100 / headcount:.1f}"
        share = wording("layoff-share", headcount=headcount, percent=percent)
    return wording(
        "layoff-opening", date=wording.written(facts.informed_on), planned=facts.planned_count, share=share
    )


def _paragraphs(part: str, facts: LayoffNoticeFacts, wording: Wording) -> list[Block]:
    if part != "steps":
        return [Text(wording(f"layoff-{part}"))]
    latest, earliest = facts.latest_explanation_on, facts.earliest_execution_on
    notes = {
        "explain": wording("layoff-latest", date=wording.written(latest)) if latest else "",
        "execute": wording("layoff-earliest", date=wording.written(earliest)) if earliest else "",
    }
    return [
        Text(
            wording(
                "bracketed",
                number=wording.numeral(number),
                text=wording(f"layoff-step-{step}", note=notes.get(step, "")),
            )
        )
        for number, step in enumerate(_STEPS, start=1)
    ]


def _plan_report(facts: LayoffNoticeFacts, wording: Wording) -> Annex:
    rows = [
        _wide("name", facts.enterprise.name, wording),
        _wide("uscc", facts.enterprise.uscc, wording),
        _quarters("headcount", "planned", wording),
        _quarters("percent", "timetable", wording),
    ]
    rows += [_wide(name, "", wording, has_prompt=True) for name in _PLAIN_FIELDS]
    rows += [
        _quarters("contact", "phone", wording),
        _wide("seal", "", wording, has_prompt=True),
    ]
    return Annex(
        common.annex_label(wording, None),
        wording("plan-title"),
        (Form(tuple(rows), is_compact=True), Blank(0.5), Text(wording("plan-receipt"), Level.CAPTION)),
    )


def _wide(name: str, value: str, wording: Wording, *, has_prompt: bool = False) -> FormRow:
    prompt = wording(f"plan-{name}-prompt") if has_prompt else value
    cells = (FormCell(wording(f"plan-{name}"), is_label=True), FormCell(prompt))
    return FormRow(cells)


def _quarters(first: str, second: str, wording: Wording) -> FormRow:
    cells = (
        FormCell(wording(f"plan-{first}"), is_label=True),
        FormCell(""),
        FormCell(wording(f"plan-{second}"), is_label=True),
        FormCell(""),
    )
    return FormRow(cells, FormGrid.WIDE_QUARTERS)
