"""Puts the verdict on a letter's code into words, with what the code says for comparing by eye."""

from collections.abc import Iterator

from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.people import Device
from fangshan_desk.letters.check_words import check_words
from fangshan_desk.letters.verification_code import CodeRecord
from fangshan_desk.usecases.desk import Desk
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.views.code_checks import CodeFacts, CodeFinding, CodeVerdict

_ON_FILE = frozenset({CodeVerdict.GENUINE})


def finding(
    verdict: CodeVerdict,
    desk: Desk,
    *,
    code: str = "",
    record: CodeRecord | None = None,
    letter: Letter | None = None,
    device: Device | None = None,
) -> CodeFinding:
    """The verdict with its sentence, facts and details."""
    if verdict is CodeVerdict.ALTERED:
        # What an altered code says proves nothing and must not look as if it did.
        record = letter = device = None
    facts = _facts(desk, record, letter, device)
    details = tuple(_details(facts, desk))
    is_on_file = letter is not None
    key = f"code-sentence-{verdict.value}"
    if verdict in _ON_FILE and is_on_file:
        key = "code-sentence-genuine_on_file"
    sentence = desk.services.text(key)
    if details:
        listed = desk.services.text("list-separator").join(f"{label} {value}" for label, value in details)
        sentence = desk.services.text("code-sentence-with-details", sentence=sentence, details=listed)
    return CodeFinding(
        verdict=verdict,
        sentence=sentence,
        code=code,
        facts=facts,
        details=details,
        letter_id=letter.id if letter is not None else "",
        is_on_file=is_on_file,
    )


def _facts(desk: Desk, record: CodeRecord | None, letter: Letter | None, device: Device | None) -> CodeFacts:
    if record is None:
        return CodeFacts() if letter is None else _facts_of_letter(desk, letter)
    return CodeFacts(
        kind=record.kind,
        number=record.number,
        issued_on=record.issued_on,
        uscc=record.uscc,
        enterprise=desk.readers.letters.enterprise_name(record.uscc),
        item_count=record.item_count,
        amount_fen=record.amount_fen,
        device=device.name if device is not None else "",
        check_words=check_words(record.content_digest),
    )


def _facts_of_letter(desk: Desk, letter: Letter) -> CodeFacts:
    facts = letter_facts(letter)
    return CodeFacts(
        kind=letter.kind.value,
        number=facts.letterhead.number,
        issued_on=facts.letterhead.issued_on,
        uscc=facts.enterprise.uscc,
        enterprise=facts.enterprise.name,
        item_count=facts.item_count,
        amount_fen=facts.amount_fen,
        check_words=desk.services.press.check_words(facts),
    )


def _details(facts: CodeFacts, desk: Desk) -> Iterator[tuple[str, str]]:
    text = desk.services.text
    day = facts.issued_on
    values = {
        "kind": text(f"letter-kind-{facts.kind}") if facts.kind else "",
        "number": facts.number,
        "day": text("letter-date", year=day.year, month=day.month, day=day.day) if day else "",
        "enterprise": facts.enterprise,
        "uscc": facts.uscc,
        "items": str(facts.item_count) if facts.item_count else "",
        "amount": text("letter-amount", yuan=_yuan(facts.amount_fen)) if facts.amount_fen else "",
        "words": facts.check_words,
        "device": facts.device,
    }
    for name, value in values.items():
        if value:
            yield text(f"code-fact-{name}"), value


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
