"""Every refusal, answer and doubt has a sentence."""

from collections.abc import Iterator
from datetime import date

import pytest

from fangshan_desk.domain.checklist import InvalidInputError, Origin, expression_errors, items, parameters
from fangshan_desk.domain.checklist import inputs as input_rules
from fangshan_desk.domain.checklist.expressions import compile_expression
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.domain.reference_reading import BrokenReferenceError
from fangshan_desk.domain.statutes import Doubt, UnknownStatuteError
from fangshan_desk.support.text import chinese_texts
from tests.helpers.reference import shipped_checklist, shipped_item

TEXT = chinese_texts()


def error_classes() -> Iterator[type[ExpectedError]]:
    for module in (expression_errors, items, parameters, input_rules):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, ExpectedError) and value is not ExpectedError:
                yield value
    yield from (BrokenReferenceError, UnknownStatuteError)


@pytest.mark.parametrize("error", list(error_classes()), ids=lambda error: error.__name__)
def test_every_error_has_a_sentence(error: type[ExpectedError]) -> None:
    assert TEXT.has(error.key)


@pytest.mark.parametrize(
    "key",
    [
        *(f"check-answer-{answer}" for answer in Answer),
        *(f"check-origin-{origin}" for origin in Origin),
        *(f"check-kind-{kind}" for kind in items.ItemKind),
        *(f"statute-doubt-{doubt}" for doubt in Doubt),
        *(f"checklist-parameter-{name}" for name in sorted(shipped_checklist().parameters.names)),
    ],
)
def test_every_word_of_an_enumeration_has_a_label(key: str) -> None:
    assert TEXT(key)


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("CONT-03", {"affected": "3.5"}),
        ("CONT-03", {"affected": -1}),
        ("CONT-03", {"affected": "many"}),
        ("CONT-03", {"affected": 10**15}),
        ("CONT-03", {"none": 1}),
        ("CONT-01", {"without_contract": 1, "without_contract_over_year": 2}),
        ("WAGE-02", {"agreed_pay_day": 40}),
        ("WAGE-02", {"last_pay_date": "x"}),
        ("WAGE-03", {"amount": "0.001"}),
        ("COLL-01", {"has_contract": "x"}),
        ("HOUR-03", {"posts": "x" * 600}),
    ],
)
def test_a_refused_input_fills_its_sentence(code: str, raw: dict[str, object]) -> None:
    with pytest.raises(ExpectedError) as caught:
        input_rules.read_inputs(shipped_item(code), raw)
    sentence = TEXT(caught.value.key, **caught.value.values)
    if isinstance(caught.value, InvalidInputError):
        assert str(caught.value.values["label"]) in sentence


@pytest.mark.parametrize("source", ["a >", "b > 0", "a", "(" * 50])
def test_a_refused_condition_fills_its_sentence(source: str) -> None:
    kinds = {"a": items.InputKind.INTEGER.value_kind}
    with pytest.raises(expression_errors.ExpressionError) as caught:
        compile_expression(source, kinds).evaluate({}, date(2023, 8, 25))
    assert str(caught.value.position) in TEXT(caught.value.key, **caught.value.values)
