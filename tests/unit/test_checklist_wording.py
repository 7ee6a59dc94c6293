"""Findings and advice as they stand in the letter."""

from datetime import date
from decimal import Decimal

import pytest

from fangshan_desk.domain.checklist import (
    BLANK,
    Inputs,
    InputValue,
    Parameters,
    Wording,
    advice_wording,
    finding_wording,
    input_words,
    label_of,
)
from fangshan_desk.domain.checklist.templates import fill, names_in
from fangshan_desk.support.text import chinese_texts
from tests.helpers.reference import made_item, raw_field, shipped_checklist, shipped_item

VISIT = date(2023, 8, 25)


def finding(
    code: str, inputs: dict[str, InputValue | None], parameters: Parameters | None = None
) -> Wording | None:
    return finding_wording(
        shipped_item(code),
        inputs,
        visit_date=VISIT,
        parameters=parameters or shipped_checklist().parameters,
        text=chinese_texts(),
    )


def test_a_finding_carries_its_figures_as_letters_write_them() -> None:
    inputs: dict[str, InputValue | None] = {
        "unpaid_workers": 1018,
        "unpaid_months": 2,
        "unpaid_amount": Decimal("90000.00"),
    }
    assert finding("WAGE-01", inputs) == Wording(
        "截至2023年8月25日，你单位拖欠1018名劳动者2个月工资，合计90000.00元。", ()
    )


def test_a_missing_value_becomes_a_blank_that_is_named() -> None:
    wording = finding("WAGE-01", {"unpaid_workers": 18, "unpaid_months": None})
    assert wording is not None
    assert wording.text == f"截至2023年8月25日，你单位拖欠18名劳动者{BLANK}个月工资，合计{BLANK}元。"
    assert wording.missing == ("unpaid_months", "unpaid_amount")
    assert not wording.is_complete


def test_the_minimum_wage_of_the_day_is_written_as_money() -> None:
    parameters = shipped_checklist().parameters.with_value("minimum_wage_monthly", Decimal(1880))
    wording = finding("WAGE-04", {"affected": 3}, parameters)
    assert wording == Wording("你单位有3名劳动者的工资低于当地月最低工资标准（1880.00元）。", ())
    unknown = finding("WAGE-04", {"affected": 3})
    assert unknown is not None
    assert unknown.missing == ("minimum_wage_monthly",)


@pytest.mark.parametrize(
    ("hours", "written"),
    [("36.50", "36.5"), ("40", "40"), ("40.0", "40"), ("100", "100"), ("0.25", "0.25"), ("4E+1", "40")],
)
def test_hours_have_no_needless_zeros(hours: str, written: str) -> None:
    item = shipped_item("HOUR-01")
    assert (
        input_words(item, "max_monthly_ot", {"max_monthly_ot": Decimal(hours)}, text=chinese_texts())
        == written
    )


@pytest.mark.parametrize(
    ("dispatched", "contracted", "percent"),
    [
        (11, 89, "11.0"),
        (1, 2, "33.3"),
        (2, 1, "66.7"),
        (1, 7, "12.5"),
        (1004, 8996, "10.04"),
        (10001, 89999, "10.001"),
        (100001, 899999, "10.0001"),
        (10, 90, "10.0"),
        (1, 0, "100.0"),
        (1, 15, "6.3"),
    ],
)
def test_a_share_has_one_decimal_unless_that_would_contradict_the_sentence(
    dispatched: int, contracted: int, percent: str
) -> None:
    wording = finding("DISP-02", {"dispatched": dispatched, "contracted": contracted})
    assert wording is not None
    assert f"占用工总量的{percent}%" in wording.text


@pytest.mark.parametrize(
    ("inputs", "missing"),
    [
        ({"planned": 20}, ("headcount",)),
        ({"planned": 20, "headcount": None}, ("headcount",)),
        ({"planned": 20, "headcount": 0}, ("planned", "headcount")),
        ({"headcount": 100}, ("planned",)),
        ({"planned": 20, "headcount": 100}, ()),
    ],
)
def test_a_share_of_nothing_known_names_the_figures_it_needs(
    inputs: dict[str, InputValue | None], missing: tuple[str, ...]
) -> None:
    wording = finding("RISK-01", inputs)
    assert wording is not None
    assert wording.missing == missing


def test_a_person_cannot_slip_a_gap_into_the_sentence() -> None:
    wording = finding("HOUR-03", {"posts": "{as_of_date}"})
    assert wording is not None
    assert "你单位{as_of_date}岗位" in wording.text
    assert wording.is_complete


def test_items_that_collect_data_have_no_sentences() -> None:
    assert finding("GEN-01", {"headcount": 5}) is None


def test_advice_is_filled_like_a_finding() -> None:
    item = made_item(advice="请在{as_of_date}前告知{affected}人。")
    parameters = shipped_checklist().parameters
    wording = advice_wording(
        item, {"affected": 2}, visit_date=VISIT, parameters=parameters, text=chinese_texts()
    )
    assert wording == Wording("请在2023年8月25日前告知2人。", ())


def test_one_input_is_worded_for_tables() -> None:
    item = made_item(
        inputs=[raw_field("amount", "money"), raw_field("is_agreed", "boolean"), raw_field("since", "date")],
        violated_when=None,
        finding="无",
    )
    inputs: Inputs = {"amount": Decimal("86400"), "is_agreed": True, "since": VISIT}
    text = chinese_texts()
    assert input_words(item, "amount", inputs, text=text) == "86400.00"
    assert input_words(item, "is_agreed", inputs, text=text) == "是"
    assert input_words(item, "is_agreed", {"is_agreed": False}, text=text) == "否"
    assert input_words(item, "since", inputs, text=text) == "2023年8月25日"
    assert input_words(item, "amount", {}, text=text) == BLANK


def test_what_is_missing_has_a_label_for_the_screen() -> None:
    item, text = shipped_item("WAGE-04"), chinese_texts()
    assert label_of(item, "affected", text=text) == "涉及人数"
    assert label_of(item, "minimum_wage_monthly", text=text) == "当地月最低工资标准"


def test_gaps_are_named_once_in_order() -> None:
    assert names_in("{b}和{a}、{b}") == ("b", "a")
    assert fill("{b}和{a}", {"a": "{b}", "b": "x"}.__getitem__) == "x和{b}"
