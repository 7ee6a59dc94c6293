"""The grade of an enterprise from what the file holds: visits, ledger, shared data, negotiation, signals."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from fangshan_desk.domain.records.register import (
    CollectiveContract,
    Negotiation,
    RiskAssessmentRecord,
    SharedFact,
    SharedSource,
    WarningSignal,
)
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.domain.rights import Role
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.risk.publishing import (
    OverrideNotPermittedError,
    OverrideReasonMissingError,
)
from fangshan_desk.domain.states.item_facts import EscalationReason
from fangshan_desk.usecases.grading import override_grade, rate_case, risk_case_of
from fangshan_desk.usecases.rectifying import escalate_item
from tests.helpers.office import risk_model
from tests.helpers.visit_story import VisitStory, visit_story

VECTORS = yaml.safe_load((Path(__file__).parents[1] / "unit" / "risk_vectors.yaml").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["id"])
def test_a_case_file_is_rated_as_the_vectors_say(vector: dict[str, dict[str, object]]) -> None:
    assert rate_case(vector["input"], risk_model()) == vector["expected"]


def test_an_enterprise_nobody_knows_is_unrated_and_nothing_counts_as_zero(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        record = story.grade()
        assert set(record.components.values()) == {None}
        assert (record.level, record.coverage) == (RiskLevel.UNRATED, 0)
        assert story.now().risk_level is RiskLevel.UNRATED


def test_arrears_are_counted_from_the_oldest_unpaid_pay_day(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        due = story.today - timedelta(days=45)
        story.answer(visit, "WAGE-01", unpaid_workers=30, unpaid_amount="90000", earliest_due_date=due)
        record = story.grade(visit)
        assert record.inputs["case"]["wage"] == {
            "overdue_days": 45,
            "unpaid_workers": 30,
            "unpaid_amount": 90000,
        }
        assert record.inputs["origins"]["wage"]["code"] == "WAGE-01"
        assert record.components["A"] == 34
        assert (record.floors, record.level) == (("O1",), RiskLevel.ORANGE)
        assert story.now().risk_level is RiskLevel.ORANGE
        assert story.now().risk_assessed_on == story.today


def test_arrears_without_a_date_are_never_milder_than_the_months_say(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "WAGE-01", unpaid_workers=2, unpaid_months=3)
        graded = story.preview()
        assert graded.inputs.case["wage"]["overdue_days"] == 57
        assert graded.inputs.origins["wage"]["is_least"] is True
        assert graded.assessment.level is RiskLevel.ORANGE


def test_a_half_done_check_is_unknown_and_one_finding_counts_at_once(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "CONT-02", Answer.COMPLIANT)
        assert story.preview().assessment.components["B"] is None
        story.answer(visit, "CONT-01", without_contract=3, without_contract_over_year=0)
        assert story.preview().assessment.components["B"] == 5


def test_a_clean_core_check_is_a_known_zero(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.answer_core(story.start())
        found = story.preview().assessment
        assert (found.components["A"], found.components["B"]) == (0, 0)


def test_a_check_goes_stale_and_is_then_unknown_again(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.answer_core(story.start())
        story.desk.clock.move(days=46)
        assert story.preview().assessment.components["A"] is None
        story.desk.clock.move(days=135)
        assert story.preview().assessment.components["B"] is None


def test_fresh_sheets_count_with_their_period_and_old_ones_do_not(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.share(SharedSource.TAX, date(2026, 1, 31), arrears_months=2, remark="备注")
        story.share(SharedSource.LOAN, date(2025, 10, 31), overdue_days=95)
        graded = story.preview()
        assert graded.assessment.components["C1"] == 5
        assert graded.assessment.components["C3"] is None
        assert graded.inputs.origins["tax"]["period_end"] == "2026-01-31"
        assert graded.inputs.origins["tax"]["provider"] == "税务局"


def test_two_sheets_of_one_period_are_laid_together_and_older_periods_left_alone(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.share(SharedSource.SOCIAL_INSURANCE, date(2025, 12, 31), unregistered=True)
        story.share(SharedSource.SOCIAL_INSURANCE, date(2026, 1, 31), insured_change_6m=-0.25)
        story.share(SharedSource.SOCIAL_INSURANCE, date(2026, 1, 31), owed_months=1)
        case = story.preview().inputs.case
        assert case["social_insurance"] == {"insured_change_6m": -0.25, "owed_months": 1}


def test_figures_that_cannot_be_read_are_missing_and_do_not_stop_the_grade(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.share(SharedSource.TAX, date(2026, 1, 31), arrears_months="两个月")
        graded = story.preview()
        assert graded.assessment.components["C1"] is None
        assert graded.inputs.origins["tax"]["unusable"] == "tax.arrears_months"


def test_what_the_visit_found_of_contributions_counts_when_it_is_worse(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.share(SharedSource.SOCIAL_INSURANCE, date(2026, 1, 31), owed_months=1)
        visit = story.start()
        story.answer(visit, "SOCI-02", owed_months=3, owed_amount="1000")
        found = story.preview().assessment
        assert found.components["C2"] == 7
        assert found.floors == ("Y3",)


def test_the_winter_stop_of_building_sites_does_not_count(tmp_path: Path) -> None:
    with visit_story(tmp_path, categories=("construction_general",)) as story:
        story.share(SharedSource.LOGISTICS, date(2026, 1, 31), volume_yoy=-0.9)
        assert story.preview().assessment.components["C4"] == 0


def test_contract_and_offer_come_from_the_ledger(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        desk, enterprise = story.desk, story.enterprise
        desk.keep(
            CollectiveContract(
                id=desk.new_id(),
                enterprise_id=enterprise.id,
                kind="wage",
                title="工资协议",
                starts_on=date(2025, 1, 1),
                ends_on=date(2025, 12, 31),
            )
        )
        assert story.preview().inputs.case["negotiation"]["contract_status"] == "expired"
        desk.keep(
            Negotiation(
                id=desk.new_id(),
                enterprise_id=enterprise.id,
                state="offered",
                offered_on=story.today - timedelta(days=21),
            )
        )
        found = story.preview()
        assert found.inputs.case["negotiation"]["offer_status"] == "unanswered_over_20"
        assert found.assessment.components["D"] == 4


def test_an_overdue_item_doubles_its_finding_and_holds_the_level_up(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "CONT-01", without_contract=3, without_contract_over_year=0)
        [item] = story.serve(visit)
        story.desk.clock.set(story.desk.clock.now + timedelta(days=(item.deadline - story.today).days + 1))
        found = story.preview().assessment
        assert found.components["B"] == 10
        assert found.floors == ("Y4",)


def test_a_closed_item_counts_no_more_but_arrears_stay_in_memory_for_a_year(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        _arrears_cleared(story)
        found = story.preview()
        assert found.inputs.case["wage"] == {"arrears_in_12_months": True}
        assert found.assessment.components["A"] == 6


def _arrears_cleared(story: VisitStory) -> None:
    visit = story.start()
    story.answer(
        visit,
        "WAGE-01",
        unpaid_workers=3,
        unpaid_months=2,
        unpaid_amount=9000,
        earliest_due_date=story.today - timedelta(days=40),
    )
    assert story.grade(visit).published_level is RiskLevel.ORANGE
    [item] = story.serve(visit)
    story.desk.clock.move(days=3)
    story.close(item)


def test_the_published_level_waits_out_the_observation_and_then_falls(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        _arrears_cleared(story)
        held = story.grade()
        assert (held.level, held.published_level) == (RiskLevel.BLUE, RiskLevel.ORANGE)
        story.desk.clock.move(days=30)
        assert story.grade().published_level is RiskLevel.YELLOW
        assert story.grade().published_level is RiskLevel.YELLOW
        story.desk.clock.move(days=1)
        assert story.grade().published_level is RiskLevel.BLUE


def test_a_level_does_not_fall_because_the_information_grew_old(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        due = story.today - timedelta(days=45)
        story.answer(visit, "WAGE-01", unpaid_workers=3, earliest_due_date=due)
        story.grade(visit)
        story.desk.clock.move(days=60)
        later = story.grade()
        assert later.components["A"] is None
        assert later.published_level is RiskLevel.ORANGE


def test_the_same_grade_is_kept_once(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        assert story.grade(visit).id == story.grade(visit).id
        story.answer(visit, "CONT-01", without_contract=3, without_contract_over_year=0)
        story.grade(visit)
        assert len(story.desk.find(RiskAssessmentRecord)) == 2


def test_a_signal_seen_on_site_raises_one_warning_and_fixes_the_level(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "RISK-05", persons=12)
        story.grade(visit)
        record = story.grade(visit)
        assert (record.level, record.floors) == (RiskLevel.RED, ("F3",))
        kinds = [(each.kind, each.persons) for each in story.desk.find(WarningSignal)]
        assert kinds == [("work_stoppage", 12), ("risk_grade", None)]


def test_an_answer_taken_back_takes_its_untouched_warning_with_it(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "RISK-04", Answer.VIOLATED)
        assert story.grade(visit).level is RiskLevel.RED
        story.answer(visit, "RISK-04", Answer.COMPLIANT)
        assert story.grade(visit).level is RiskLevel.UNRATED
        assert [each.kind for each in story.desk.find(WarningSignal)] == ["risk_grade"]


def test_a_signal_raised_elsewhere_counts_until_it_is_settled(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        signal = WarningSignal(
            id=story.desk.new_id(),
            enterprise_id=story.enterprise.id,
            kind="collective_wage_demand",
            persons=11,
            source="12345",
            raised_at=story.desk.clock.now_utc(),
        )
        story.desk.keep(signal)
        assert story.preview().assessment.floors == ("F3",)
        story.desk.transact(lambda uow, _services: uow.update(signal, state="dismissed"))
        assert story.preview().assessment.floors == ()


def test_a_level_set_by_hand_needs_right_and_reason_and_ends_by_itself(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.grade()
        with pytest.raises(OverrideReasonMissingError):
            _override(story, RiskLevel.RED, " ")
        record = _override(story, RiskLevel.RED, "群众反映强烈")
        assert record.override_until == story.today + timedelta(days=30)
        assert story.now().risk_level is RiskLevel.RED
        with pytest.raises(OverrideNotPermittedError):
            _override(story, RiskLevel.YELLOW, "已缓和")
        story.desk.clock.move(days=30)
        assert story.preview().level is RiskLevel.RED
        story.desk.clock.move(days=1)
        story.grade()
        assert story.now().risk_level is RiskLevel.UNRATED


def _override(story: VisitStory, level: RiskLevel, reason: str) -> RiskAssessmentRecord:
    return story.do(override_grade, enterprise_id=story.enterprise.id, level=level, reason=reason)


def test_only_the_leader_lowers_a_level(tmp_path: Path) -> None:
    with visit_story(tmp_path, role=Role.HRSS_LEAD) as story:
        visit = story.start()
        story.answer(visit, "RISK-04", Answer.VIOLATED)
        story.grade(visit)
        _override(story, RiskLevel.ORANGE, "已联系上法定代表人")
        assert story.now().risk_level is RiskLevel.ORANGE


def test_a_case_of_an_earlier_day_knows_only_what_was_there_then(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.share(SharedSource.TAX, date(2026, 1, 31), arrears_months=2)
        early = story.do(risk_case_of, enterprise_id=story.enterprise.id, as_of=date(2026, 2, 10))
        today = story.do(risk_case_of, enterprise_id=story.enterprise.id, as_of=story.today)
        assert early.tax is None
        assert today.tax is not None
        assert story.desk.find(SharedFact)[0].facts == {"arrears_months": 2}


def test_a_refused_item_and_an_expired_payment_order_fix_the_level(tmp_path: Path) -> None:
    with visit_story(tmp_path, role=Role.HRSS_LEAD) as story:
        visit = story.start()
        story.answer(visit, "CONT-01", without_contract=3, without_contract_over_year=0)
        [item] = story.serve(visit)
        story.do(
            escalate_item,
            item_id=item.id,
            cause=EscalationReason.REFUSED,
            reason="拒不整改",
            letter_id="移送函1号",
        )
        assert story.preview().assessment.floors == ("O5",)
        _signal(story, "layoff", persons=25, facts={"procedure_done": True, "payment_order_expired": True})
        assert set(story.preview().assessment.floors) == {"F5", "O5", "Y6"}


def test_restructuring_without_a_settlement_plan_is_orange_and_with_one_is_not(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "RISK-07", Answer.VIOLATED, event="破产")
        assert story.preview().assessment.floors == ("O3",)
        _signal(story, "restructuring", facts={"settlement_plan": True})
        assert story.preview().assessment.floors == ()


def _signal(story: VisitStory, kind: str, **fields: object) -> None:
    given: dict[str, object] = {"source": "grid", **fields}
    story.desk.keep(
        WarningSignal(
            id=story.desk.new_id(),
            enterprise_id=story.enterprise.id,
            kind=kind,
            raised_at=story.desk.clock.now_utc(),
            **given,  # type: ignore[arg-type]  # fields of the record, given by name
        )
    )


def test_layoffs_and_a_stop_seen_on_site_count_with_their_figures(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "RISK-01", planned=25, headcount=180)
        story.answer(visit, "RISK-03", stopped_days=40)
        assert story.preview().assessment.floors == ("O2", "Y2")


def test_what_the_visit_heard_of_contract_and_offer_counts_where_the_ledger_is_silent(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "COLL-01", has_contract=True, expires_on=date(2026, 4, 1))
        story.answer(visit, "COLL-04", received_on=date(2026, 1, 5), refused_without_reason=False)
        case = story.preview().inputs.case["negotiation"]
        assert case == {"union": None, "contract_status": "expiring", "offer_status": "unanswered_over_20"}
        story.answer(visit, "COLL-04", received_on=date(2026, 1, 5), refused_without_reason=True)
        assert story.preview().inputs.case["negotiation"]["offer_status"] == "refused"
        story.answer(visit, "COLL-01", has_contract=False)
        assert story.preview().inputs.case["negotiation"]["contract_status"] == "none"


def test_an_enterprise_of_less_than_a_year_is_new(tmp_path: Path) -> None:
    with visit_story(tmp_path, categories=("new_enterprise",)) as story:
        assert story.preview().inputs.case["new_enterprise"] is True
        old = date(2020, 1, 1)
        story.desk.transact(lambda uow, _services: uow.update(story.enterprise, established_on=old))
        assert story.preview().inputs.case["new_enterprise"] is False


def test_the_insured_stand_in_for_an_unknown_headcount(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        story.desk.transact(lambda uow, _services: uow.update(story.enterprise, headcount=None))
        story.share(SharedSource.SOCIAL_INSURANCE, date(2026, 1, 31), owed_months=0, insured=31)
        assert story.preview().inputs.case["headcount"] == 31


def test_paid_late_is_arrears_of_the_year_that_are_cleared(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        visit = story.start()
        story.answer(visit, "WAGE-01", Answer.COMPLIANT)
        story.answer(visit, "WAGE-02", agreed_pay_day=15, delay_days=6)
        found = story.preview().assessment
        assert found.components["A"] == 6


def test_a_later_clean_answer_makes_arrears_history(tmp_path: Path) -> None:
    with visit_story(tmp_path) as story:
        first = story.start()
        story.answer(first, "WAGE-01", unpaid_workers=3, earliest_due_date=story.today - timedelta(days=5))
        story.desk.clock.move(days=20)
        story.answer(story.start(), "WAGE-01", Answer.COMPLIANT)
        assert story.preview().inputs.case["wage"] == {"arrears_in_12_months": True}
