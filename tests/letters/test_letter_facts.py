"""Facts are kept as text for years: there and back, and one hash for one meaning."""

import json
from dataclasses import replace
from datetime import date

import pytest

from fangshan_desk.domain.frozen_json import UnreadableFactsError
from fangshan_desk.domain.letter_facts import (
    FACTS_TYPES,
    LetterCopy,
    LetterFacts,
    PrescriptionFacts,
    facts_from_json,
)
from tests.helpers import letter_samples

SAMPLES = letter_samples.one_of_each()


@pytest.mark.parametrize("kind", SAMPLES)
def test_facts_come_back_equal_from_their_text(kind: str) -> None:
    facts = SAMPLES[kind]
    assert facts_from_json(facts.to_json()) == facts
    assert type(facts).from_json(facts.to_json()) == facts


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_text_is_canonical(kind: str) -> None:
    text = SAMPLES[kind].to_json()
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert text == again


def test_kinds_and_their_codes_are_unique() -> None:
    assert len({facts.kind for facts in FACTS_TYPES}) == len(FACTS_TYPES)
    assert len({facts.kind_code for facts in FACTS_TYPES}) == len(FACTS_TYPES)


def test_number_date_and_copy_do_not_change_the_digest() -> None:
    onsite = letter_samples.prescription(2)
    head = replace(onsite.letterhead, document_number="方人社处方〔2023〕17号", issued_on=date(2023, 8, 28))
    official = replace(onsite, copy=LetterCopy.OFFICIAL, letterhead=head)
    assert official.content_digest() == onsite.content_digest()
    assert official.to_json() != onsite.to_json()


@pytest.mark.parametrize(
    "change",
    [{"objection": "有异议"}, {"objection": ""}, {"report_by": None}, {"representative_post": "厂长"}],
)
def test_anything_confirmed_changes_the_digest(change: dict[str, object]) -> None:
    facts = letter_samples.prescription(2)
    changed = replace(facts, **change)  # type: ignore[arg-type]  # fields by name
    assert changed.content_digest() != facts.content_digest()


def test_a_field_at_its_default_is_left_out_of_the_text() -> None:
    facts = letter_samples.prescription(1)
    assert "refusal_reason" not in json.loads(facts.to_json())
    assert json.loads(replace(facts, refusal_reason="拒签").to_json())["refusal_reason"] == "拒签"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"kind":"prescription"}',
        '{"kind":"greeting"}',
        SAMPLES["referral"].to_json().replace('"target"', '"goal"'),
        SAMPLES["prescription"].to_json().replace('"visited_on":"2023-08-25"', '"visited_on":"25.8."'),
        SAMPLES["layoff_notice"].to_json().replace('"planned_count":26', '"planned_count":"26"'),
        SAMPLES["layoff_notice"].to_json().replace('"planned_count":26', '"planned_count":26,"contact":"x"'),
        SAMPLES["referral"].to_json().replace('"findings":[', '"findings":"x","x":['),
        SAMPLES["referral"].to_json().replace('"evidence":[', '"evidence":3,"x":['),
    ],
)
def test_text_that_does_not_fit_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableFactsError):
        facts_from_json(text)


def test_an_explicit_nothing_is_read_as_nothing() -> None:
    facts = SAMPLES["layoff_notice"]
    values = json.loads(facts.to_json()) | {"latest_explanation_on": None}
    assert facts_from_json(json.dumps(values)) == replace(facts, latest_explanation_on=None)  # type: ignore[call-arg]  # a field of this kind


@pytest.mark.parametrize("field", ["findings", "letterhead"])
def test_a_field_of_another_shape_is_refused(field: str) -> None:
    values = json.loads(SAMPLES["referral"].to_json()) | {field: 3}
    with pytest.raises(UnreadableFactsError):
        facts_from_json(json.dumps(values))


def test_facts_of_another_kind_are_refused() -> None:
    with pytest.raises(UnreadableFactsError):
        PrescriptionFacts.from_json(SAMPLES["referral"].to_json())


def test_count_and_amount_speak_of_violations_only() -> None:
    facts: LetterFacts = letter_samples.prescription(12, extras=3)
    assert facts.item_count == 12
    assert facts.amount_fen == 28_630_000
