"""The facts of a letter as its row keeps them."""

import json
from typing import Any

from fangshan_desk.domain.letter_facts import LetterFacts, PrescriptionFacts, facts_from_json
from fangshan_desk.domain.records.letters import Letter


def letter_facts(letter: Letter) -> LetterFacts:
    """The facts kept with a letter of any kind; raises UnreadableFactsError."""
    return facts_from_json(json.dumps(dict(letter.content)))


def prescription_facts(letter: Letter) -> PrescriptionFacts:
    """The facts kept with a prescription."""
    facts = letter_facts(letter)
    assert isinstance(facts, PrescriptionFacts)  # noqa: S101 - the kind was checked when it was stored
    return facts


def stored_facts(facts: LetterFacts) -> dict[str, Any]:
    """Facts in the form the letter's row keeps."""
    content: dict[str, Any] = json.loads(facts.to_json())
    return content
