"""One item on its page: what is shown, what is refused before the work, and every step through its dialog."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from fangshan_desk.data.image_intake import ImageIntake
from fangshan_desk.domain.day_counting import CalendarYear, HolidayCalendar
from fangshan_desk.domain.records.letters import Letter, LetterKind, RectificationItem, TransitionRecord
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.rights import Role
from fangshan_desk.domain.states.item_facts import CloseReason, EscalationReason, ItemState
from fangshan_desk.ui.components.item_actions import ActionKind
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.badges import Badge
from tests.helpers.ledger_window import LedgerWindow, ledger_window

S, A = ItemState, ActionKind
YEAR = CalendarYear(2026, holidays=frozenset(), makeup_workdays=frozenset())


@contextmanager
def opened(folder: Path, lanes: Lanes, **options: Any) -> Iterator[LedgerWindow]:
    given = {"role": Role.HRSS_LEAD, "calendar": HolidayCalendar.of([YEAR]), **options}
    with ledger_window(folder, lanes, **given) as window:
        yield window


@pytest.fixture
def window(tmp_path: Path, lanes: Lanes) -> Iterator[LedgerWindow]:
    with opened(tmp_path, lanes) as made:
        made.case.officer()
        yield made


def show(window: LedgerWindow, days_left: int = 5, **fields: Any) -> RectificationItem:
    """An item on its page."""
    item = window.case.item(days_left, **fields)
    window.open("item", item.id)
    return item


def act(window: LedgerWindow, kind: ActionKind) -> Any:
    """Presses the button of an action; the dialog that opens."""
    button = window.item.bar.button(kind)
    assert button is not None, f"{kind} is not offered"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.wait()
    return window.dialog


def words_on(widget: QWidget) -> str:
    labels = (label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
    return "\n".join(label.text() for label in labels)


def events(window: LedgerWindow, item: RectificationItem) -> list[str]:
    return [step.event for step in window.desk.find(TransitionRecord, subject_id=item.id)]


def photo(folder: Path) -> Path:
    path = folder / "hetong.jpg"
    Image.new("RGB", (64, 48), "white").save(path)
    return path


def test_the_page_shows_finding_days_people_and_history(window: LedgerWindow) -> None:
    item = show(window, 4, unpaid_fen=8_640_050, unpaid_workers=19)
    assert window.item.title == "未与12名劳动者订立书面劳动合同"
    words = words_on(window.item)
    for part in (
        "《中华人民共和国劳动合同法》第十条",
        "请在一个月内补签。",
        "送达，自",
        "李四 厂长 13503582716",
        "19 人，86,400.50 元",
    ):
        assert part in words
    assert [badge.text() for badge in window.item.findChildren(Badge)] == ["待整改", "4 天"]
    window.case.step(item, "begin", happened_on=item.deadline - timedelta(days=15))
    window.item.refresh(None)
    window.wait()
    assert "处方送达，开始整改" in words_on(window.item)


def test_a_year_without_a_holiday_notice_is_said(window: LedgerWindow) -> None:
    show(window, is_deadline_flagged=True)
    assert "未按当年放假通知核对" in words_on(window.item)


def test_what_is_refused_says_why_before_the_work(tmp_path: Path, lanes: Lanes) -> None:
    with opened(tmp_path, lanes, role=Role.HRSS) as window:
        show(window, code="PROT-01", extension_count=0)
        words = words_on(window.item.bar)
        assert "不能申请延期：PROT-01 项（使用童工、扣押证件）不准延期" in words
        assert "不能移送监察：“移送监察”须由人社局领导签批" in words
        assert window.item.bar.button(A.EXTEND) is None
        assert window.item.bar.button(A.REPORT) is not None


def test_a_closed_item_offers_nothing_and_takes_no_evidence(window: LedgerWindow) -> None:
    show(window, state=S.VERIFIED)
    assert "已经办结" in words_on(window.item.bar)
    assert "没有附证据" in words_on(window.item.evidence)


def test_an_item_that_went_away_is_said(window: LedgerWindow) -> None:
    window.open("item", "gone")
    assert "这项整改不在本机" in words_on(window.item)


def test_a_report_waits_for_evidence_that_is_dropped_in(tmp_path: Path, lanes: Lanes) -> None:
    with ImageIntake() as intake, opened(tmp_path, lanes, intake=intake) as window:
        item = show(window)
        dialog = act(window, A.REPORT)
        assert "还没有附证据" in dialog.objection()
        assert not dialog._accept.isEnabled()
        dialog.evidence.take_files([str(photo(tmp_path))])
        window.wait()
        assert dialog._accept.isEnabled()
        dialog.note.setPlainText("合同已补签12份")
        window.accept()
        assert window.case.now(item).state is S.REPORTED
        assert window.told() == "已登记整改报告。下一步：2026-03-16 前由两名以上人员复查。"
        assert "合同已补签12份" in words_on(window.item)
        assert window.item.bar.button(A.RECHECK) is not None


def test_evidence_is_pasted_shown_and_taken_away_again(tmp_path: Path, lanes: Lanes) -> None:
    with ImageIntake() as intake, opened(tmp_path, lanes, intake=intake) as window:
        item = show(window)
        picture = QImage(40, 30, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        content = QMimeData()
        content.setImageData(picture)
        QGuiApplication.clipboard().setMimeData(content)
        window.item.evidence.setFocus()
        QTest.keyClick(window.item.evidence, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        window.wait()
        [kept] = window.desk.find(Attachment, subject_id=item.id)
        assert kept.thumbnail_sha256
        window.item.evidence._on_removed(kept.id)
        window.wait()
        assert window.desk.find(Attachment, subject_id=item.id) == []


def test_evidence_a_step_rests_on_stays(window: LedgerWindow) -> None:
    item = window.case.item(state=S.REPORTED, reported_on=window.case.today)
    kept = window.case.evidence(item)
    window.desk.clock.move(minutes=1)
    window.case.step(item, "report_done")
    window.open("item", item.id)
    window.item.evidence._on_removed(kept.id)
    window.wait()
    assert "不能移除" in window.told()
    assert len(window.desk.find(Attachment, subject_id=item.id)) == 1


def test_a_file_that_is_no_picture_is_refused_in_words(tmp_path: Path, lanes: Lanes) -> None:
    with ImageIntake() as intake, opened(tmp_path, lanes, intake=intake) as window:
        item = show(window)
        odd = tmp_path / "note.txt"
        odd.write_text("x", encoding="utf-8")
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(odd))])
        window.item.evidence._take_content(content)
        window.wait()
        assert "不是照片、扫描件或 PDF" in window.told()
        assert window.desk.find(Attachment, subject_id=item.id) == []


def test_a_recheck_needs_two_and_a_ground_then_closes(window: LedgerWindow) -> None:
    item = show(window, state=S.REPORTED, reported_on=window.case.today)
    dialog = act(window, A.RECHECK)
    assert "两人以上" in dialog.objection()
    dialog.by.choose(window.case.officer().id)
    assert "还没有附证据，也没有选销号理由" in dialog.objection()
    dialog.close_reason.setCurrentIndex(dialog.close_reason.findData(CloseReason.ORIGINALS_SEEN.value))
    window.accept()
    closed = window.case.now(item)
    assert (closed.state, closed.close_reason) == (S.VERIFIED, CloseReason.ORIGINALS_SEEN)
    assert window.told() == "复查合格，已销号。这份处方已经全部销号。"
    assert "张三、王五" in words_on(window.item)


def test_closing_one_of_two_says_how_many_are_left(window: LedgerWindow) -> None:
    window.case.item(9)
    show(window, state=S.REPORTED, reported_on=window.case.today)
    dialog = act(window, A.RECHECK)
    dialog.by.choose(window.case.officer().id)
    dialog.close_reason.setCurrentIndex(1)
    window.accept()
    assert window.told().endswith("这份处方还有 1 项没有销号。")


def test_a_failed_recheck_gives_a_short_new_period(window: LedgerWindow) -> None:
    item = show(window, state=S.REPORTED, reported_on=window.case.today)
    dialog = act(window, A.RECHECK)
    dialog.choice.second.setChecked(True)
    dialog.by.choose(window.case.officer().id)
    assert "还没有写理由" in dialog.objection()
    dialog.note.setPlainText("仍缺3份")
    dialog.days.box.setValue(3)
    window.accept()
    again = window.case.now(item)
    assert (again.state, again.deadline) == (S.OPEN, window.case.today + timedelta(days=3))
    assert "2026-03-05" in window.told()


def test_a_second_failure_says_what_it_means_first(window: LedgerWindow) -> None:
    item = show(window, state=S.REPORTED, reported_on=window.case.today, return_count=1)
    dialog = act(window, A.RECHECK)
    dialog.choice.second.setChecked(True)
    assert "第二次不合格" in words_on(dialog)
    dialog.by.choose(window.case.officer().id)
    dialog.note.setPlainText("仍缺1份")
    window.accept()
    assert window.case.now(item).state is S.RETURNED
    assert "移送监察" in window.told()


def test_a_day_in_the_future_is_refused_in_the_dialog(window: LedgerWindow) -> None:
    show(window, state=S.REPORTED, reported_on=window.case.today)
    dialog = act(window, A.RECHECK)
    dialog.day.set_value(window.case.today + timedelta(days=1))
    dialog.look_again()
    assert "应在" in dialog.objection()
    dialog.day.set_value(None)
    dialog.look_again()
    assert dialog.objection() == "请填写日期。"


def test_more_time_is_asked_for_within_the_limits_shown(window: LedgerWindow) -> None:
    item = show(window, 4, days=10)
    dialog = act(window, A.EXTEND)
    assert "最多延 10 天" in words_on(dialog)
    assert dialog.days.box.maximum() == 10
    dialog.days.box.setValue(8)
    assert "2026-03-14 是休息日，顺延至 2026-03-16" in words_on(dialog)
    dialog.reason.setPlainText("人员外出")
    assert "整改计划" in dialog.objection()
    dialog.plan.setPlainText("逐人补签")
    window.accept()
    assert window.case.now(item).requested_deadline == date(2026, 3, 14)
    assert "2026-03-05 前审批" in window.told()


def test_wage_arrears_ask_for_a_repayment_plan_first(window: LedgerWindow) -> None:
    show(window, 4, code="WAGE-01")
    dialog = act(window, A.EXTEND)
    dialog.reason.setPlainText("资金周转")
    dialog.plan.setPlainText("分两次付清")
    assert "书面清偿计划" in dialog.objection()
    dialog.has_plan.setChecked(True)
    assert dialog.objection() == ""


@pytest.mark.parametrize("is_approved", [True, False])
def test_the_leader_decides_on_more_time(window: LedgerWindow, is_approved: bool) -> None:
    until = window.case.today + timedelta(days=9)
    item = window.case.item(4, state=S.EXTENSION_REQUESTED, requested_deadline=until)
    window.case.step(item, "request_extension", note="人员外出", details={"plan": "逐人补签"})
    window.open("item", item.id)
    dialog = act(window, A.DECIDE)
    assert "人员外出" in words_on(dialog)
    if is_approved:
        dialog.days.box.setValue(3)
    else:
        dialog.choice.second.setChecked(True)
        assert "还没有写理由" in dialog.objection()
        dialog.note.setPlainText("可以按期完成")
    window.accept()
    decided = window.case.now(item)
    expected = item.deadline + timedelta(days=3) if is_approved else item.deadline
    assert (decided.state, decided.deadline) == (S.OPEN, expected)
    assert expected.isoformat() in window.told()


def test_the_inspectorate_gets_the_item_with_a_letter_that_opens_next(window: LedgerWindow) -> None:
    item = show(window, -1, state=S.OVERDUE)
    dialog = act(window, A.ESCALATE)
    assert "须在期限届满后再提醒一次" in words_on(dialog)
    dialog.choose(EscalationReason.REFUSED)
    dialog.words.setPlainText("拒不补签")
    window.accept()
    assert window.case.now(item).state is S.ESCALATED
    [referral] = window.desk.find(Letter, kind=LetterKind.REFERRAL)
    notice = window.notices[-1]
    assert notice.next_step == "打开移送函"
    assert notice.action is not None
    notice.action()
    window.wait()
    assert window.went_to("letter").record_id == referral.id


def test_another_authority_is_named_with_the_reason(window: LedgerWindow) -> None:
    item = show(window)
    dialog = act(window, A.TRANSFER)
    assert "受理部门" in dialog.objection()
    dialog.authority.setCurrentText("县应急管理局")
    dialog.words.setPlainText("属安全生产事项")
    window.accept()
    assert window.case.now(item).transferred_to == "县应急管理局"
    assert "县应急管理局" in words_on(window.item)


def test_a_wrong_fact_ends_the_item_with_a_coded_reason(window: LedgerWindow) -> None:
    item = show(window)
    dialog = act(window, A.DISPROVE)
    dialog.words.setPlainText("实为兼职人员")
    assert "销号理由" in dialog.objection()
    dialog.close_reason.setCurrentIndex(1)
    window.accept()
    assert window.case.now(item).state is S.NOT_REQUIRED


def test_owner_and_tracker_are_named(window: LedgerWindow) -> None:
    item = show(window, owner_name="", owner_post="", owner_phone="")
    assert "还没有指定" in words_on(window.item)
    dialog = act(window, A.OWNER)
    assert "要填全" in dialog.objection()
    for field, words in ((dialog.name, "赵六"), (dialog.post, "店长"), (dialog.phone, "13503580000")):
        field.setText(words)
    dialog.tracker.setCurrentIndex(dialog.tracker.findData(window.case.officer().id))
    window.accept()
    named = window.case.now(item)
    assert (named.owner_name, named.tracking_officer_id) == ("赵六", window.case.officer().id)


def test_the_inspector_records_what_came_of_it(tmp_path: Path, lanes: Lanes) -> None:
    with opened(tmp_path, lanes, role=Role.INSPECTOR) as window:
        item = show(window, state=S.ESCALATED)
        dialog = act(window, A.RESULT)
        dialog.choice.second.setChecked(True)
        dialog.close_reason.setCurrentIndex(1)
        dialog.note.setPlainText("人社监理字〔2026〕3号")
        window.accept()
        assert window.case.now(item).state is S.CLOSED_BY_ENFORCEMENT


def test_what_changed_meanwhile_is_refused_in_the_dialog(window: LedgerWindow) -> None:
    item = show(window)
    dialog = act(window, A.DISPROVE)
    dialog.words.setPlainText("误记")
    dialog.close_reason.setCurrentIndex(1)
    window.desk.transact(lambda uow, _: uow.update(item, state=S.REPORTED))
    QTest.mouseClick(dialog._accept, Qt.MouseButton.LeftButton)
    window.wait()
    assert dialog.isVisible()
    assert "已报整改" in words_on(dialog)


def test_links_lead_to_enterprise_letter_and_ledger(window: LedgerWindow) -> None:
    item = show(window)
    window.item._on_open_enterprise()
    assert window.went_to("enterprise").record_id == item.enterprise_id
    window.open("item", item.id)
    window.item._on_open_letter()
    assert window.went_to("letter").record_id == item.letter_id
    window.open("item", item.id)
    QTest.mouseClick(window.item.ledger_button, Qt.MouseButton.LeftButton)
    window.wait()
    assert window.here() == "rectification"
    assert window.ledger.table.current_id() == item.id
