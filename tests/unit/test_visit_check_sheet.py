"""The health check as it is filled in: rows, judging while one types, order and gaps."""

from dataclasses import replace
from datetime import UTC, date, datetime

from fangshan_desk.domain.checklist import plain_inputs
from fangshan_desk.domain.records.people import Parameter
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, Attachment, AttachmentKind, CheckAnswer, Visit
from fangshan_desk.usecases.views.check_sheet import CheckSheet, check_sheet
from fangshan_desk.usecases.views.visits import VisitPageState
from tests.helpers.reference import reference_library

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def _answer(code: str, answer: Answer, **options: object) -> CheckAnswer:
    fields: dict[str, object] = {"computed": Answer.UNDETERMINED, **options}
    return CheckAnswer(
        id=code,
        visit_id="v",
        code=code,
        answer=answer,
        answered_at=NOW,
        **fields,  # type: ignore[arg-type]  # fields of the record, given by name
    )


def _sheet(*answers: CheckAnswer, categories: tuple[str, ...] = (), quick: bool = False) -> CheckSheet:
    state = VisitPageState(
        visit=Visit(id="v", enterprise_id="e", is_quick_check=quick),
        enterprise=Enterprise(id="e", name="某企业", categories=categories),
        answers={answer.code: answer for answer in answers},
        attachments=(
            Attachment(
                id="p",
                subject="visit",
                subject_id="v",
                topic="CONT-02",
                kind=AttachmentKind.PHOTO,
                sha256="0" * 64,
                size=1,
                media_type="image/jpeg",
                added_at=NOW,
            ),
        ),
        parameters=(Parameter(id="m", name="minimum_wage_monthly", value={"value": "1880"}),),
    )
    return check_sheet(state, reference_library(), day=DAY)


def test_a_section_that_does_not_concern_the_enterprise_is_shown_and_has_no_rows() -> None:
    sheet = _sheet()
    by_code = {each.section.code: each for each in sheet.sections}
    assert not by_code["CONS"].is_applicable
    assert sheet.items_of("CONS") == ()
    assert "CONS-01" in _sheet(categories=("construction_general",)).rows


def test_a_quick_check_asks_the_core_items_only() -> None:
    assert all(row.item.is_core for row in _sheet(quick=True).rows.values())


def test_stored_answers_come_back_with_figures_note_and_evidence() -> None:
    figures = plain_inputs({"without_contract": 3, "without_contract_over_year": 0})
    sheet = _sheet(
        _answer("CONT-01", Answer.VIOLATED, computed=Answer.VIOLATED, inputs=figures, note="见名册"),
        _answer("CONT-02", Answer.COMPLIANT),
    )
    first, second = sheet.rows["CONT-01"], sheet.rows["CONT-02"]
    assert (first.answer, first.chosen, first.note) == (Answer.VIOLATED, None, "见名册")
    assert first.inputs["without_contract"] == 3
    assert (second.answer, second.chosen) == (Answer.COMPLIANT, Answer.COMPLIANT)
    assert len(second.attachments) == 1
    progress = sheet.progress_of("CONT")
    assert (progress.answered, progress.violated) == (2, 1)


def test_the_offices_own_minimum_wage_goes_before_the_shipped_one() -> None:
    assert str(_sheet().parameters.value_on("minimum_wage_monthly", DAY)) == "1880"


def test_figures_decide_while_one_types_and_a_contradiction_asks_for_a_reason() -> None:
    sheet = _sheet()
    row = sheet.judged(
        sheet.rows["CONT-01"],
        chosen=None,
        inputs={"without_contract": 3, "without_contract_over_year": 0},
    )
    assert (row.answer, row.needs_reason, row.shows_details) == (Answer.VIOLATED, False, True)
    contradicted = sheet.judged(row, chosen=Answer.COMPLIANT)
    assert contradicted.needs_reason
    assert contradicted.answer is Answer.VIOLATED
    explained = sheet.judged(contradicted, chosen=Answer.COMPLIANT, reason="已当场补签")
    assert (explained.answer, explained.needs_reason) == (Answer.COMPLIANT, False)


def test_not_applicable_waits_for_its_reason() -> None:
    sheet = _sheet()
    row = sheet.judged(sheet.rows["CONT-02"], chosen=Answer.NOT_APPLICABLE)
    assert row.needs_reason
    assert not sheet.judged(row, chosen=Answer.NOT_APPLICABLE, reason="无职工").needs_reason


def test_one_walks_through_all_items_and_jumps_to_the_open_ones() -> None:
    sheet = _sheet(_answer("CONT-01", Answer.COMPLIANT), _answer("CONT-02", Answer.COMPLIANT))
    assert sheet.first_item() == "GEN-01"
    assert sheet.after("GEN-03") == "CONT-01"
    assert sheet.after("CONT-01", step=-1) == "GEN-03"
    assert sheet.after("GEN-01", step=-1) == "GEN-01"
    assert sheet.next_open("GEN-03") == "CONT-03"
    assert sheet.section_of("WAGE-02") == "WAGE"


def test_only_what_is_verified_and_in_force_is_called_a_basis() -> None:
    sheet = _sheet(categories=("platform",))
    doubted = sheet.rows["PLAT-03"]
    assert len(doubted.bases) > len(doubted.printable_bases)
    assert all(basis.doubt is None for basis in doubted.printable_bases)


def test_the_rest_of_a_section_leaves_out_what_was_begun() -> None:
    sheet = _sheet()
    assert "CONT-05" in sheet.confirmable("CONT")
    begun = sheet.judged(sheet.rows["CONT-05"], chosen=Answer.VIOLATED)
    assert "CONT-05" not in sheet.with_row(begun).confirmable("CONT")
    assert "WAGE-01" not in sheet.confirmable("WAGE")


def test_a_row_knows_when_its_details_are_worth_showing() -> None:
    sheet = _sheet()
    assert sheet.rows["GEN-01"].shows_details
    assert not sheet.rows["CONT-05"].shows_details
    assert replace(sheet.rows["CONT-05"], note="待补").shows_details
