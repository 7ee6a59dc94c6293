from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt

from fangshan_desk.domain.records.register import Enterprise, RegisterStatus
from fangshan_desk.ui.components.credit_code_field import CreditCodeField
from fangshan_desk.ui.components.enterprise_dialog import EnterpriseDialog
from fangshan_desk.ui.tasks import Lanes
from tests.helpers.register_window import RegisterWindow, register_window

CODE = "91141128MA0K1T2C0E"


@pytest.fixture
def opened(tmp_path: Path, lanes: Lanes) -> Iterator[RegisterWindow]:
    """The form for a new enterprise over an empty register."""
    with register_window(tmp_path, lanes) as window:
        window.open("enterprises")
        window.list_page.enter_new()
        window.wait()
        yield window
        for dialog in window.window.findChildren(EnterpriseDialog):
            dialog.reject()


def form(opened: RegisterWindow) -> EnterpriseDialog:
    """The open form."""
    dialog = opened.dialog
    assert isinstance(dialog, EnterpriseDialog)
    return dialog


def test_everything_entered_is_kept(opened: RegisterWindow) -> None:
    fields = form(opened).form
    assert fields.lines["name"].hasFocus()
    opened.type("Abc")
    fields.code.set_text(CODE.lower())
    fields.lines["address"].setText("方山县大武镇武当街3号")
    fields.headcount.setText("12")
    fields.established_on.set_value(date(2020, 5, 1))
    fields.union.setCurrentIndex(1)
    fields.categories["mining"].setChecked(True)
    fields.note.setPlainText("备注")
    opened.shoot("enterprise-form")
    opened.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    kept = opened.desk.find(Enterprise)[0]
    assert (kept.name, kept.uscc, kept.is_uscc_valid, kept.township) == ("Abc", CODE, True, "141128103")
    assert (kept.headcount, kept.established_on, kept.union_exists) == (12, date(2020, 5, 1), True)
    assert (kept.is_federation_member, kept.categories, kept.note) == (None, ("mining",), "备注")
    assert kept.status is RegisterStatus.ACTIVE
    assert opened.page.title == "Abc"


def test_a_form_gives_back_what_it_was_shown(opened: RegisterWindow) -> None:
    shown = Enterprise(
        id="x",
        name="甲厂",
        uscc=CODE,
        township="141128105",
        headcount=3,
        established_on=date(2001, 1, 1),
        status=RegisterStatus.SUSPENDED,
        is_in_scope=False,
        union_exists=False,
        is_federation_member=True,
        categories=("platform", "service"),
        note="注",
    )
    fields = form(opened).form
    fields.show_enterprise(shown)
    values = fields.values()
    assert {name: values[name] for name in values} == {name: getattr(shown, name) for name in values}


def test_a_wrong_code_is_explained_and_a_right_one_offered(opened: RegisterWindow) -> None:
    field: CreditCodeField = form(opened).form.code
    field.set_text("91141128MAOK1T2C0E")
    assert "O" in field.note.text()
    assert CODE in field.offers[0].text()
    field.offers[0].click()
    assert field.text() == CODE
    assert field.note.property("role") == "green"
    assert field.offers == []


def test_a_line_full_of_letters_does_not_hold_up_typing(opened: RegisterWindow) -> None:
    started = perf_counter()
    form(opened).form.code.set_text("V" * 18)
    assert perf_counter() - started < 0.5


def test_a_wrong_code_may_be_kept(opened: RegisterWindow) -> None:
    dialog = form(opened)
    dialog.form.lines["name"].setText("甲厂")
    dialog.form.code.set_text("91141128MA0K1T2C0F")
    opened.shoot("enterprise-form-wrong-code")
    dialog.keep.click()
    opened.wait()
    kept = opened.desk.find(Enterprise)[0]
    assert (kept.uscc, kept.is_uscc_valid) == ("91141128MA0K1T2C0F", False)
    assert opened.notices[-1].kind == "warning"


def test_the_town_follows_the_address_until_one_is_chosen(opened: RegisterWindow) -> None:
    fields = form(opened).form
    fields.lines["address"].setText("积翠乡")
    assert fields.township.currentData() == "141128105"
    fields.lines["address"].setText("县城")
    assert fields.township.currentData() == "141128100"
    assert "核对" in fields.township_note.text()
    fields.township.setCurrentIndex(fields.township.findData("141128101"))
    fields.township.activated.emit(fields.township.currentIndex())
    fields.lines["address"].setText("大武镇")
    assert fields.values()["township"] == "141128101"


def test_a_name_that_is_there_already_is_offered_instead(opened: RegisterWindow) -> None:
    known = Enterprise(id=opened.desk.new_id(), name="方山县金鑫建材有限公司", township="141128100")
    opened.desk.keep(known)
    dialog = form(opened)
    dialog.form.lines["name"].setText("金鑫建材有限公司")
    dialog._look_for_similar()
    opened.wait()
    opened.shoot("enterprise-form-similar")
    assert "方山县金鑫建材有限公司" in dialog.similar[0].text()
    dialog.similar[0].click()
    opened.wait()
    assert opened.page.enterprise_id == known.id
    assert len(opened.desk.find(Enterprise)) == 1


def test_the_same_code_needs_a_second_word(opened: RegisterWindow) -> None:
    opened.desk.keep(Enterprise(id=opened.desk.new_id(), name="甲厂", uscc=CODE, is_uscc_valid=True))
    dialog = form(opened)
    dialog.form.lines["name"].setText("甲厂一分厂")
    dialog.form.code.set_text(CODE)
    assert not dialog.keep_anyway.isVisible()
    dialog.keep.click()
    opened.wait()
    assert "甲厂" in dialog.refusal.text()
    assert len(opened.desk.find(Enterprise)) == 1
    dialog.keep_anyway.click()
    opened.wait()
    assert len(opened.desk.find(Enterprise)) == 2


@pytest.mark.parametrize(("name", "people"), [("", ""), ("甲厂", "十二"), ("甲厂", "-3")])
def test_a_refusal_loses_nothing(opened: RegisterWindow, name: str, people: str) -> None:
    dialog = form(opened)
    dialog.form.lines["name"].setText(name)
    dialog.form.headcount.setText(people)
    dialog.form.lines["address"].setText("大武镇")
    dialog.keep.click()
    opened.wait()
    assert dialog.isVisible()
    assert dialog.refusal.isVisible()
    assert dialog.form.lines["address"].text() == "大武镇"
    assert dialog.keep.isEnabled()
    assert opened.desk.find(Enterprise) == []
