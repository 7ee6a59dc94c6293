"""The answer: computed, given by a person, or overridden with a reason."""

from datetime import date
from decimal import Decimal

from fangshan_desk.domain.checklist import CheckResult, Inputs, Origin, judge, parse_checklist
from fangshan_desk.domain.records.visits import Answer
from tests.helpers.reference import made_item, raw_checklist, raw_field, shipped_checklist, shipped_item

VISIT = date(2023, 8, 25)
PAID: Inputs = {"unpaid_workers": 0, "unpaid_amount": Decimal(0)}
UNPAID: Inputs = {"unpaid_workers": 18, "unpaid_amount": Decimal("86400.00")}


def judged(
    code: str,
    inputs: Inputs,
    chosen: Answer | None = None,
    reason: str = "",
) -> CheckResult:
    return judge(
        shipped_item(code),
        inputs,
        visit_date=VISIT,
        parameters=shipped_checklist().parameters,
        chosen=chosen,
        reason=reason,
    )


def test_inputs_alone_give_a_computed_answer() -> None:
    result = judged("WAGE-01", UNPAID)
    assert result.answer is result.computed is Answer.VIOLATED
    assert result.origin is Origin.COMPUTED
    assert result.is_answered
    assert judged("WAGE-01", PAID).answer is Answer.COMPLIANT


def test_missing_inputs_are_named_until_the_answer_is_determined() -> None:
    assert judged("WAGE-01", {}).missing_inputs == ("unpaid_workers", "unpaid_amount")
    assert judged("WAGE-01", {"unpaid_workers": 0}).missing_inputs == ("unpaid_amount",)
    assert judged("WAGE-01", {"unpaid_workers": 1}).missing_inputs == ()


def test_the_input_behind_a_derived_value_is_named() -> None:
    result = judged("COLL-07", {"signed_on": date(2023, 8, 1)})
    assert result.missing_inputs == ("is_wage_agreement", "filed_on")


def test_a_condition_may_use_a_share_and_parameters() -> None:
    item = made_item(
        inputs=[raw_field("planned"), raw_field("headcount")],
        violated_when="ratio_percent >= minimum_wage",
        finding="无",
    )
    parameters = parse_checklist(raw_checklist()).parameters
    open_result = judge(item, {"planned": 5}, visit_date=VISIT, parameters=parameters)
    assert (open_result.missing_inputs, open_result.missing_parameters) == (("headcount",), ("minimum_wage",))
    known = parameters.with_value("minimum_wage", Decimal(5))
    inputs = {"planned": 5, "headcount": 100}
    assert judge(item, inputs, visit_date=VISIT, parameters=known).answer is Answer.VIOLATED


def test_a_key_answers_an_item_without_condition() -> None:
    result = judged("WAGE-06", {}, Answer.VIOLATED)
    assert (result.answer, result.origin, result.is_answered) == (Answer.VIOLATED, Origin.GIVEN, True)
    assert result.computed is Answer.UNDETERMINED
    assert not result.needs_reason


def test_a_key_answers_an_item_whose_inputs_are_missing() -> None:
    result = judged("WAGE-03", {}, Answer.COMPLIANT)
    assert (result.answer, result.origin) == (Answer.COMPLIANT, Origin.GIVEN)


def test_the_computed_answer_chosen_again_is_no_override() -> None:
    result = judged("WAGE-01", UNPAID, Answer.VIOLATED, "多余的理由")
    assert (result.origin, result.reason, result.is_overridden) == (Origin.COMPUTED, "", False)


def test_an_override_needs_a_reason() -> None:
    bare = judged("WAGE-01", UNPAID, Answer.COMPLIANT, "  ")
    assert (bare.answer, bare.needs_reason) == (Answer.VIOLATED, True)
    explained = judged("WAGE-01", UNPAID, Answer.COMPLIANT, " 已于今晨付清 ")
    assert (explained.answer, explained.computed) == (Answer.COMPLIANT, Answer.VIOLATED)
    assert (explained.origin, explained.reason) == (Origin.OVERRIDDEN, "已于今晨付清")
    assert explained.is_overridden
    assert not explained.needs_reason


def test_figures_entered_after_a_key_count_until_the_key_is_explained() -> None:
    assert judged("WAGE-01", {}, Answer.COMPLIANT).answer is Answer.COMPLIANT
    later = judged("WAGE-01", UNPAID, Answer.COMPLIANT)
    assert (later.answer, later.needs_reason) == (Answer.VIOLATED, True)


def test_not_applicable_is_a_persons_choice_only() -> None:
    assert judged("DISP-03", {}, Answer.NOT_APPLICABLE).answer is Answer.NOT_APPLICABLE
    against = judged("WAGE-01", PAID, Answer.NOT_APPLICABLE)
    assert (against.answer, against.needs_reason) == (Answer.COMPLIANT, True)


def test_info_items_are_done_when_all_figures_are_there_but_never_judged() -> None:
    inputs: Inputs = {"union_exists": False, "union_members": 0}
    assert not judged("GEN-03", inputs).is_answered
    done = judged("GEN-03", {**inputs, "acfic_member": False})
    assert (done.answer, done.is_answered) == (Answer.UNDETERMINED, True)
    assert done.missing_inputs == ()


def test_a_result_knows_whether_anything_was_entered() -> None:
    assert not judged("HOUR-03", {}).has_inputs
    assert not judged("HOUR-03", {"posts": None}).has_inputs
    assert judged("HOUR-03", {"posts": "门卫"}).has_inputs
