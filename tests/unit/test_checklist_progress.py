"""How far a check has come, and what "the rest is compliant" may answer."""

from datetime import date

from fangshan_desk.domain.checklist import (
    ApplicableSection,
    CheckResult,
    InputValue,
    Progress,
    applicable_sections,
    check_progress,
    confirmable_rest,
    judge,
    next_unanswered,
    progress_of,
)
from fangshan_desk.domain.records.visits import Answer
from tests.helpers.reference import made_item, shipped_checklist, shipped_item

VISIT = date(2023, 8, 25)


def sections() -> tuple[ApplicableSection, ...]:
    return applicable_sections(shipped_checklist(), ("industry",), on=VISIT)


def result(
    code: str, chosen: Answer | None = None, inputs: dict[str, InputValue | None] | None = None
) -> CheckResult:
    return judge(
        shipped_item(code),
        inputs or {},
        visit_date=VISIT,
        parameters=shipped_checklist().parameters,
        chosen=chosen,
    )


def results(*given: CheckResult) -> dict[str, CheckResult]:
    return {one.code: one for one in given}


def test_a_section_counts_answered_and_violated_items() -> None:
    wages = shipped_checklist().items_of("WAGE")
    given = results(
        result("WAGE-01", inputs={"unpaid_workers": 18}),
        result("WAGE-02", inputs={"last_pay_date": VISIT}),
        result("WAGE-06", Answer.VIOLATED),
        result("WAGE-09", Answer.NOT_APPLICABLE),
        result("HOUR-02", Answer.VIOLATED),
    )
    assert progress_of(wages, given) == Progress(total=9, answered=3, violated=2)
    assert not progress_of(wages, given).is_complete
    assert progress_of((), {}).is_complete


def test_the_whole_check_counts_what_is_asked() -> None:
    given = results(result("WAGE-06", Answer.COMPLIANT), result("CONS-01", Answer.VIOLATED))
    whole = check_progress(sections(), given)
    assert (whole.answered, whole.violated) == (1, 0)
    assert whole.total == sum(len(section.items) for section in sections())


def test_the_next_item_is_the_next_without_an_answer() -> None:
    given = results(result("WAGE-02", inputs={"delay_days": 0}), result("WAGE-03"))
    following = next_unanswered(sections(), given, after="WAGE-01")
    assert following is not None
    assert following.code == "WAGE-03"


def test_after_the_last_item_the_search_starts_again() -> None:
    first = next_unanswered(sections(), {})
    assert first is not None
    assert first.code == "GEN-01"
    assert next_unanswered(sections(), {}, after="RISK-08") == first
    assert next_unanswered(sections(), {}, after="CONS-01") == first


def test_a_complete_check_has_no_next_item() -> None:
    given = {
        item.code: result(item.code, Answer.NOT_APPLICABLE)
        for section in sections()
        for item in section.items
    }
    assert next_unanswered(sections(), given, after="WAGE-01") is None


def test_the_rest_is_what_an_officer_who_found_nothing_can_vouch_for() -> None:
    given = results(
        result("WAGE-03", Answer.VIOLATED),
        result("WAGE-05", inputs={"amount": 5}),
        result("WAGE-06"),
    )
    rest = confirmable_rest(shipped_checklist().items_of("WAGE"), given)
    # Not WAGE-01 (urgent), not the answered WAGE-03, not WAGE-05 where somebody began to write.
    assert [item.code for item in rest] == ["WAGE-02", "WAGE-04", "WAGE-06", "WAGE-07", "WAGE-08", "WAGE-09"]


def test_the_rest_never_holds_data_signals_or_what_needs_figures() -> None:
    rest = {item.code for item in confirmable_rest(shipped_checklist().items, {})}
    assert not {code for code in rest if code.startswith("GEN")}
    # RISK-02 is a violation, all other items of the section are signals.
    assert {code for code in rest if code.startswith("RISK")} == {"RISK-02"}
    assert {code for code in rest if code.startswith("COLL")} == {"COLL-08"}
    assert rest.isdisjoint({"DISP-02", "PROT-01", "WAGE-01"})


def test_text_items_and_items_answered_by_dates_stay_with_the_officer() -> None:
    by_text = made_item(answer_type="text", violated_when=None)
    by_date = made_item(answer_type="date")
    assert confirmable_rest((by_text, by_date), {}) == ()
    assert confirmable_rest((made_item(),), {}) == (made_item(),)
