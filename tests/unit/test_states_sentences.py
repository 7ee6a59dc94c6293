"""Every refusal of a step or right is a sentence that names no code word."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fangshan_desk.domain.raw_fields import InvalidInputError
from fangshan_desk.domain.rights import (
    SYSTEM,
    Action,
    Actor,
    Measure,
    Role,
    Subject,
    may,
)
from fangshan_desk.domain.states.machine import Requirement, StateMachine
from fangshan_desk.domain.states.prescription import (
    PrescriptionEvent,
    PrescriptionFacts,
    prescription_machine,
)
from fangshan_desk.domain.states.prescription import PrescriptionState as LetterState
from fangshan_desk.domain.states.rectification_item import (
    CloseReason,
    EscalationReason,
    ItemEvent,
    ItemFacts,
    ItemState,
    item_machine,
)
from fangshan_desk.domain.states.visit import VisitEvent, VisitFacts, VisitState, visit_machine
from fangshan_desk.support.text import chinese_texts
from tests.helpers.rules import shipped_limits

TEXT = chinese_texts()
ITEM = ItemFacts(code="CONT-01", today=date(2023, 9, 5), deadline=date(2023, 9, 8), original_days=7)
MACHINES: list[tuple[StateMachine[Any, Any, Any], list[Any]]] = [
    (
        item_machine(shipped_limits()),
        [
            ITEM,
            replace(ITEM, code="PROT-01", new_days=90, close_reason=CloseReason.OTHER_AUTHORITY),
            replace(ITEM, code="WAGE-01", escalation_reason=EscalationReason.URGENT, return_count=2),
            replace(ITEM, escalation_reason=EscalationReason.SECOND_FAILURE, extension_count=1),
            replace(ITEM, escalation_reason=EscalationReason.OVERDUE, requested_on=date(2023, 9, 9)),
            replace(ITEM, new_days=90),
        ],
    ),
    (
        prescription_machine(shipped_limits()),
        [
            PrescriptionFacts(),
            PrescriptionFacts(approved_by=frozenset({"hrss"}), open_item_count=2),
            PrescriptionFacts(approved_by=frozenset({"hrss", "ftu"}), is_numbered=True),
        ],
    ),
    (visit_machine(shipped_limits()), [VisitFacts(), VisitFacts(is_letter_confirmed=True)]),
]
# Codes of check items (PROT-01) are known to every officer; bare code words are not.
CODE_WORD = re.compile(r"(?<![A-Za-z-])[a-z]{2,}")


def _refusals(machine: StateMachine[Any, Any, Any], facts: list[Any]) -> dict[str, set[str]]:
    people = [SYSTEM, *map(Actor.of, Role)]
    options = [
        option
        for state in machine.states
        for case in facts
        for actor in people
        for option in machine.allowed_events(state, facts=case, actor=actor)
    ]
    refusals = [option.refusal for option in options if option.refusal is not None]
    sentences: dict[str, set[str]] = {}
    for refusal in refusals:
        sentences.setdefault(refusal.key, set()).add(TEXT(refusal.key, **refusal.values))
    return sentences


@pytest.mark.parametrize(("machine", "facts"), MACHINES, ids=["item", "letter", "visit"])
def test_every_refused_step_has_a_plain_sentence(
    machine: StateMachine[Any, Any, Any], facts: list[Any]
) -> None:
    sentences = _refusals(machine, facts)
    assert {f"{machine.texts}{name}" for name in machine.guards} <= set(sentences)
    assert [text for texts in sentences.values() for text in texts if CODE_WORD.search(text)] == []


def test_every_proof_is_asked_for_in_a_sentence() -> None:
    assert all(TEXT.has(f"step-missing-{item.value}") for item in Requirement)


@pytest.mark.parametrize(
    "word",
    [
        *ItemState,
        *ItemEvent,
        *CloseReason,
        *EscalationReason,
        *LetterState,
        *PrescriptionEvent,
        *VisitState,
        *VisitEvent,
        *Role,
    ],
)
def test_every_state_event_and_role_has_a_word(word: Any) -> None:
    assert TEXT.has(word.label_key)


def test_every_refused_right_has_a_plain_sentence() -> None:
    subjects = [
        Subject(measure=measure, is_member=known) for measure in Measure for known in (True, False, None)
    ]
    answers = [
        may(Actor.of(role), action, subject) for role in Role for action in Action for subject in subjects
    ]
    sentences = {answer.key: TEXT(answer.key, **answer.values) for answer in answers if not answer.is_allowed}
    assert len(sentences) == 8
    assert [sentence for sentence in sentences.values() if CODE_WORD.search(sentence)] == []


def test_a_wrong_input_is_told_in_words() -> None:
    sentence = TEXT(
        InvalidInputError.key, **InvalidInputError("wage.overdue_days", "not-a-whole-number").values
    )
    assert "wage.overdue_days" in sentence
    assert "整数" in sentence
