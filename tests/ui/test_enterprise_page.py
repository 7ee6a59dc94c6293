from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from fangshan_desk.domain.records.letters import Letter, LetterKind, RectificationItem
from fangshan_desk.domain.records.register import (
    CollectiveContract,
    DuplicateDecision,
    Enterprise,
    EnterpriseAlias,
    RiskAssessmentRecord,
)
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.tasks import Lanes
from tests.helpers.register_window import RegisterWindow, register_window

CODE = "91141128MA0K1T2C0E"
NAME = "方山县金鑫建材有限公司"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(tmp_path: Path, lanes: Lanes) -> Iterator[RegisterWindow]:
    """An empty register."""
    with register_window(tmp_path, lanes) as window:
        yield window


def enterprise(opened: RegisterWindow, **fields: Any) -> Enterprise:
    """An enterprise of which much is known."""
    given: dict[str, Any] = {
        "name": NAME,
        "uscc": CODE,
        "is_uscc_valid": True,
        "township": "141128100",
        "address": "方山县圪洞镇府前路12号",
        "legal_representative": "李四",
        "contact_person": "王会计",
        "contact_phone": "13503580101",
        "industry": "建材",
        "categories": ("industry",),
        "headcount": 46,
        "established_on": date(2015, 4, 1),
        "union_exists": False,
    }
    made = Enterprise(id=opened.desk.new_id(), **{**given, **fields})
    opened.desk.keep(made)
    return made


def history(opened: RegisterWindow, of: Enterprise) -> dict[str, str]:
    """A visit, a letter, an item, a contract and a grade."""
    desk = opened.desk
    visit = Visit(
        id=desk.new_id(),
        enterprise_id=of.id,
        state=VisitState.FINISHED,
        started_at=datetime(2026, 2, 11, 1, tzinfo=UTC),
        purpose="首次体检",
    )
    letter = Letter(
        id=desk.new_id(),
        kind=LetterKind.PRESCRIPTION,
        state=PrescriptionState.IN_RECTIFICATION,
        enterprise_id=of.id,
        title="用工处方",
        document_number="方人社处方〔2026〕31号",
        issued_on=date(2026, 2, 12),
        content={},
        made_at=datetime(2026, 2, 11, tzinfo=UTC),
    )
    item = RectificationItem(
        id=desk.new_id(),
        letter_id=letter.id,
        enterprise_id=of.id,
        code="WAGE-01",
        title="补发6—7月工资 86,400 元",
        state=ItemState.OVERDUE,
        days=15,
        original_deadline=date(2026, 2, 27),
        deadline=date(2026, 2, 27),
    )
    contract = CollectiveContract(
        id=desk.new_id(),
        enterprise_id=of.id,
        kind="wage",
        title="工资专项集体合同",
        signed_on=date(2024, 5, 6),
        ends_on=date(2026, 5, 5),
    )
    grade = RiskAssessmentRecord(
        id=desk.new_id(),
        enterprise_id=of.id,
        as_of=date(2026, 2, 12),
        model_version="FSR-1.0",
        inputs={"case": {}, "origins": {}},
        components={},
        score=62,
        score_high=62,
        coverage=80,
        level=RiskLevel.RED,
        potential_level=RiskLevel.RED,
        published_level=RiskLevel.RED,
        reasons=({"key": "risk-missing-tax", "values": {}, "points": 0, "source": "tax"},),
        made_at=datetime(2026, 2, 12, tzinfo=UTC),
    )
    alias = EnterpriseAlias(id=desk.new_id(), enterprise_id=of.id, name="金鑫料场")
    desk.keep(visit, letter, item, contract, grade, alias)
    return {"visit": visit.id, "letter": letter.id, "item": item.id}


def test_the_page_shows_facts_grade_and_history(opened: RegisterWindow) -> None:
    made = enterprise(opened, risk_level=RiskLevel.RED, risk_score=62)
    history(opened, made)
    opened.open("enterprise", made.id)
    opened.shoot("enterprise")
    page = opened.page
    assert page.title == NAME
    assert "圪洞镇" in page.subtitle
    assert "逾期 1 项" in page.subtitle
    assert page.grade.badge.text() == "红 62分"
    assert [line.is_missing for line in page.grade.shown] == [True]
    titles = [row.accessibleName() for row in page.timeline.list.rows()]
    assert len(titles) == 5
    assert any("方人社处方〔2026〕31号" in title for title in titles)


def test_an_event_leads_to_its_page(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    ids = history(opened, made)
    opened.open("enterprise", made.id)
    for kind, page in (("visit", "visit"), ("letter", "letter"), ("item", "item")):
        opened.page.timeline.list.opened.emit(f"{kind}:{ids[kind]}")
        opened.wait()
        assert opened.went_to(page).record_id == ids[kind]
        opened.window.back()
    opened.page.timeline.list.opened.emit("contract:nowhere")
    assert opened.window.current_page() is opened.page


def test_an_unvisited_enterprise_says_what_to_do(opened: RegisterWindow) -> None:
    made = enterprise(opened, uscc="91141128MA0K1T2C0F", is_uscc_valid=False, headcount=None)
    opened.open("enterprise", made.id)
    opened.shoot("enterprise-new")
    page = opened.page
    assert "尚未走访" in page.subtitle
    assert page.timeline.empty.isVisible()
    assert "未评" in page.grade.hint.text()
    assert page.grade.badge.text() == "未评"


def test_the_visit_button_starts_resumes_or_takes_the_planned_one(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    opened.open("enterprise", made.id)
    opened.press(Qt.Key.Key_N, CTRL)
    assert opened.went_to("visits").extra == {"new": "1", "enterprise_id": made.id}
    opened.open("enterprise", made.id)
    planned = Visit(id=opened.desk.new_id(), enterprise_id=made.id, planned_on=date(2026, 3, 9))
    opened.desk.keep(planned)
    opened.page.refresh(None)
    opened.wait()
    opened.page.visit()
    assert opened.went_to("visits").extra["visit_id"] == planned.id
    opened.open("enterprise", made.id)
    under_way = Visit(
        id=opened.desk.new_id(),
        enterprise_id=made.id,
        state=VisitState.UNDER_WAY,
        started_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
    )
    opened.desk.keep(under_way)
    opened.page.refresh(None)
    opened.wait()
    opened.page.visit()
    assert opened.went_to("visit").record_id == under_way.id


def test_a_visit_is_planned_from_here(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    opened.open("enterprise", made.id)
    opened.page.plan()
    assert opened.went_to("visits").extra == {"plan": "1", "enterprise_id": made.id}


def test_likely_doubles_are_merged_only_after_a_question(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    double = enterprise(opened, name="金鑫建材有限公司", uscc="", is_uscc_valid=False)
    ids = history(opened, double)
    opened.open("enterprise", made.id)
    opened.shoot("enterprise-duplicates")
    assert [each.enterprise_id for each in opened.page.duplicates.likely] == [double.id]
    opened.page.duplicates.merge_wanted.emit(opened.page.duplicates.likely[0])
    opened.wait()
    opened.shoot("enterprise-merge")
    assert opened.desk.find(Enterprise, id=double.id)[0].merged_into_id is None
    opened.dialog.accept()
    opened.wait()
    assert opened.desk.find(Enterprise, id=double.id)[0].merged_into_id == made.id
    assert opened.desk.find(Visit, id=ids["visit"])[0].enterprise_id == made.id
    assert not opened.page.duplicates.isVisible()
    assert NAME in opened.notices[-1].sentence


def test_the_other_entry_may_stay(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    double = enterprise(opened, name="金鑫建材有限公司", uscc="", is_uscc_valid=False)
    opened.open("enterprise", made.id)
    opened.page.duplicates.merge_wanted.emit(opened.page.duplicates.likely[0])
    opened.wait()
    opened.dialog.choices.button(1).setChecked(True)
    opened.dialog.accept()
    opened.wait()
    assert opened.page.enterprise_id == double.id
    assert opened.page.title == "金鑫建材有限公司"


def test_different_enterprises_are_not_offered_again(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    double = enterprise(opened, name="金鑫建材有限公司", uscc="", is_uscc_valid=False)
    opened.open("enterprise", made.id)
    opened.page.duplicates.different.emit(double.id)
    opened.wait()
    assert len(opened.desk.find(DuplicateDecision)) == 1
    assert opened.page.duplicates.likely == ()


def test_a_merged_entry_leads_to_the_one_that_stayed(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    merged = enterprise(opened, name="旧名", merged_into_id=made.id)
    opened.open("enterprise", merged.id)
    assert opened.page.title == NAME
    assert "旧名" in opened.notices[-1].sentence


def test_an_entry_that_is_gone_leads_back_to_the_list(opened: RegisterWindow) -> None:
    opened.open("enterprise", "nowhere")
    assert opened.page.missing.isVisible()
    opened.page.missing.action_chosen.emit()
    opened.wait()
    assert opened.window.current_page() is opened.list_page


def test_editing_shows_at_once(opened: RegisterWindow) -> None:
    made = enterprise(opened)
    opened.open("enterprise", made.id)
    opened.page.edit()
    opened.wait()
    opened.shoot("enterprise-edit")
    opened.dialog.form.headcount.setText("50")
    opened.dialog.form.lines["name"].setText("方山县金鑫新材料有限公司")
    opened.dialog.keep.click()
    opened.wait()
    assert opened.page.title == "方山县金鑫新材料有限公司"
    assert opened.desk.find(Enterprise, id=made.id)[0].headcount == 50
