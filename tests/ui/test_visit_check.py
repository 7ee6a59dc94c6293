"""The health check on the screen: keys, figures, reasons, saving, evidence; over a real encrypted file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit

from fangshan_desk.data.image_intake import ImageIntake
from fangshan_desk.data.readers.chain import ChainReader
from fangshan_desk.data.watched_folder import WatchedFolder
from fangshan_desk.domain.checklist import ItemKind
from fangshan_desk.domain.records.visits import Answer, Attachment, CheckAnswer, VisitStep
from fangshan_desk.support.failures import DiskFullFailure
from fangshan_desk.ui.components.check_row import CheckRowWidget
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.money_field import MoneyField
from tests.helpers.visit_story import VisitStory
from tests.helpers.visit_window import VisitWindow, visit_window

ENTER, DOWN, UP, ESC, F4 = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F4,
)


@pytest.fixture
def checking(tmp_path: Path, lanes: Lanes) -> Iterator[VisitWindow]:
    """A visit under way, open at its health check."""
    with visit_window(tmp_path, lanes) as window:
        window.open(window.story.start(), VisitStep.HEALTH_CHECK)
        yield window


def _kept(story: VisitStory) -> dict[str, CheckAnswer]:
    return {each.code: each for each in story.desk.find(CheckAnswer)}


def _row(window: VisitWindow, code: str) -> CheckRowWidget:
    row = window.page.check.row(code)
    assert row is not None
    return row


def _field(window: VisitWindow, code: str, name: str) -> QLineEdit:
    details = _row(window, code).details
    assert details is not None
    assert details.inputs is not None
    field = details.inputs.field(name)
    assert isinstance(field, QLineEdit)
    return field


def test_a_whole_check_is_done_with_the_keyboard(checking: VisitWindow) -> None:
    sheet = checking.page.session.sheet
    figures = {
        "GEN-01": ("40", "12", "0", "30", "2"),
        "GEN-02": ("40", "0", "0", "0", "0"),
        "WAGE-01": ("18", "2", "86400", "2026-1-15"),
    }
    for code, row in list(sheet.rows.items()):
        assert checking.page.check.current_code == code
        if code == "WAGE-01":
            checking.press("2")
        elif row.item.kind is not ItemKind.INFO:
            checking.press("1")
        if code in figures:
            checking.press(ENTER)
            for number, figure in enumerate(figures[code]):
                checking.press(*((ENTER,) if number else ()), figure)
            checking.press(ENTER, ESC)
        checking.press(DOWN)
    checking.wait()
    kept = _kept(checking.story)
    asked = {code for code, row in sheet.rows.items() if row.item.kind is not ItemKind.INFO}
    assert asked <= set(kept)
    assert {code for code in asked if kept[code].answer is not Answer.COMPLIANT} == {"WAGE-01"}
    assert kept["WAGE-01"].inputs == {
        "unpaid_workers": 18,
        "unpaid_months": 2,
        "unpaid_amount": "86400.00",
        "earliest_due_date": "2026-01-15",
    }
    assert checking.story.now().headcount == 40
    live = checking.page.session.live
    assert live is not None
    assert live.graded.assessment.floors == ("O1",)
    assert [item.code for item in live.draft.items] == ["WAGE-01"]
    checking.shoot("check-done")


def test_an_answer_is_painted_at_once_and_called_saved_only_after_the_commit(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-02")
    checking.wait()
    assert "已保存" not in checking.subtitle()
    checking.desk.turn.clear()
    checking.press("2")
    assert _row(checking, "CONT-02").answer.value() == "violated"
    assert "正在保存" in checking.subtitle()
    assert _kept(checking.story) == {}
    checking.desk.turn.set()
    checking.wait()
    assert "已保存 09:00" in checking.subtitle()
    assert _kept(checking.story)["CONT-02"].answer is Answer.VIOLATED


@pytest.mark.expected_log("failure-disk-full")
def test_when_nothing_was_kept_the_answer_goes_back_and_can_be_tried_again(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-02")
    checking.wait()
    checking.desk.failures.append(DiskFullFailure(file="desk.db"))
    checking.press("2")
    checking.wait()
    assert _row(checking, "CONT-02").answer.value() == ""
    assert checking.page.session.sheet.rows["CONT-02"].answer is Answer.UNDETERMINED
    assert "已保存" not in checking.subtitle()
    again = checking.notices[-1].action
    assert again is not None
    again()
    checking.wait()
    assert _kept(checking.story)["CONT-02"].answer is Answer.VIOLATED
    assert _row(checking, "CONT-02").answer.value() == "violated"


@pytest.mark.expected_log("failure-disk-full")
def test_a_later_answer_stands_when_an_earlier_one_failed(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-02")
    checking.wait()
    checking.desk.failures.append(DiskFullFailure(file="desk.db"))
    checking.press("2", "1")
    checking.wait()
    assert _row(checking, "CONT-02").answer.value() == "compliant"
    assert _kept(checking.story)["CONT-02"].answer is Answer.COMPLIANT


def test_zero_takes_an_answer_back(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-02")
    checking.press("2", "0")
    checking.wait()
    assert _row(checking, "CONT-02").answer.value() == ""
    assert _kept(checking.story) == {}


def test_figures_decide_against_the_key_that_was_pressed(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-01")
    checking.press("2", ENTER, "0", ENTER, "0", ENTER)
    checking.wait()
    assert _kept(checking.story)["CONT-01"].answer is Answer.COMPLIANT
    assert _row(checking, "CONT-01").answer.value() == "compliant"


def test_a_choice_against_the_figures_waits_for_its_reason(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-01")
    checking.press("2", ENTER, "3", ENTER, "0", ENTER, ESC, "1")
    checking.wait()
    assert _kept(checking.story)["CONT-01"].answer is Answer.VIOLATED
    assert "未保存" in _row(checking, "CONT-01")._hint.text()
    checking.press("已当场补签", ENTER)
    checking.wait()
    kept = _kept(checking.story)["CONT-01"]
    assert (kept.answer, kept.reason, kept.is_overridden) == (Answer.COMPLIANT, "已当场补签", True)


def test_a_choice_left_without_its_reason_goes_back_and_says_so(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-02")
    checking.press("1")
    checking.wait()
    checking.press("3")
    checking.wait()
    checking.press(DOWN)
    checking.wait()
    assert checking.page.check.current_code == "CONT-03"
    assert _row(checking, "CONT-02").answer.value() == "compliant"
    assert _kept(checking.story)["CONT-02"].answer is Answer.COMPLIANT
    assert any("CONT-02" in sentence for sentence in checking.said())


def test_not_applicable_is_kept_with_its_reason(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-07")
    checking.press("3", "没有解除合同的", ENTER)
    checking.wait()
    kept = _kept(checking.story)["CONT-07"]
    assert (kept.answer, kept.reason) == (Answer.NOT_APPLICABLE, "没有解除合同的")


def test_a_figure_that_cannot_be_read_stays_and_says_what_is_wrong(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-01")
    checking.press("2", ENTER, "3.5", ENTER)
    checking.wait()
    details = _row(checking, "CONT-01").details
    assert details is not None
    assert details.inputs is not None
    assert "整数" in details.inputs.problem()
    assert _field(checking, "CONT-01", "without_contract").text() == "3.5"
    assert _kept(checking.story)["CONT-01"].inputs is None


def test_a_part_greater_than_its_whole_is_refused_in_words(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-01")
    checking.press("2", ENTER, "2", ENTER, "5", ENTER)
    checking.wait()
    details = _row(checking, "CONT-01").details
    assert details is not None
    assert details.inputs is not None
    assert "多于" in details.inputs.problem()


def test_money_may_be_typed_in_ten_thousands(checking: VisitWindow) -> None:
    checking.page.check.go_to("WAGE-01")
    checking.press("2")
    checking.wait()
    money = _field(checking, "WAGE-01", "unpaid_amount")
    assert isinstance(money, MoneyField)
    money.setFocus()
    checking.press("8.64", "万")
    checking.press(ENTER)
    checking.wait()
    assert _kept(checking.story)["WAGE-01"].inputs == {"unpaid_amount": "86400.00"}


def test_typing_is_saved_after_a_pause_without_enter(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-01")
    checking.press("2", ENTER, "4")
    details = _row(checking, "CONT-01").details
    assert details is not None
    assert details.inputs is not None
    details.inputs.take()
    checking.wait()
    assert _kept(checking.story)["CONT-01"].inputs == {"without_contract": 4}
    assert _field(checking, "CONT-01", "without_contract").text() == "4"


def test_a_note_is_kept_beside_the_answer(checking: VisitWindow) -> None:
    checking.page.check.go_to("CONT-02")
    checking.press("2", ENTER, "合同只有一份", ENTER)
    checking.wait()
    assert _kept(checking.story)["CONT-02"].note == "合同只有一份"


def test_up_and_down_cross_sections_and_far_sections_have_no_widgets(checking: VisitWindow) -> None:
    check = checking.page.check
    check.go_to("GEN-03")
    checking.press(DOWN)
    assert check.current_code == "CONT-01"
    assert check.row("RISK-01") is None
    checking.press(UP)
    assert check.current_code == "GEN-03"


def test_looking_from_item_to_item_and_the_live_view_make_no_change_sets(checking: VisitWindow) -> None:
    chain = ChainReader(checking.story.desk.file.database)
    checking.page.check.go_to("CONT-01")
    checking.wait()
    before = chain.newest(1)
    checking.press(DOWN, DOWN)
    checking.wait()
    checking.page.session.ask_live()
    checking.wait()
    assert chain.newest(1) == before
    place = checking.story.desk.transact(lambda uow, _services: uow.recall("visit")).result
    assert place["item"] == "CONT-03"
    checking.press("1")
    checking.wait()
    assert chain.newest(1) == before + 1


def test_the_rest_of_a_section_is_compliant_with_one_press(checking: VisitWindow) -> None:
    check = checking.page.check
    check.go_to("WAGE-05")
    checking.press("2")
    check.heading.rest.click()
    checking.wait()
    kept = _kept(checking.story)
    assert kept["WAGE-05"].answer is Answer.VIOLATED
    assert kept["WAGE-09"].answer is Answer.COMPLIANT
    assert "WAGE-01" not in kept
    assert _row(checking, "WAGE-09").answer.value() == "compliant"
    assert not check.heading.rest.isEnabled()


def test_the_quick_check_asks_core_items_only_and_loses_no_answer(checking: VisitWindow) -> None:
    check = checking.page.check
    check.go_to("WAGE-09")
    checking.press("2")
    check.heading.quick.click()
    checking.wait()
    assert "WAGE-09" not in checking.page.session.sheet.rows
    check.heading.quick.click()
    checking.wait()
    check.go_to("WAGE-09")
    assert _row(checking, "WAGE-09").answer.value() == "violated"


def test_sections_count_and_name_what_does_not_concern_the_enterprise(checking: VisitWindow) -> None:
    check = checking.page.check
    check.go_to("CONT-02")
    checking.press("2", DOWN, "1")
    checking.wait()
    assert check.sections.button("CONT").accessibleName() == "劳动合同 2/7 1 项不合规"
    assert "不适用" in check.sections.button("CONS").accessibleName()
    assert not check.sections.button("CONS").isEnabled()
    check.sections.button("WAGE").click()
    assert check.current_code == "WAGE-01"


def test_the_card_says_unknown_and_the_draft_grows_beside_the_questions(checking: VisitWindow) -> None:
    check = checking.page.check
    lines = check.risk.lines()
    assert [line.is_missing for line in lines] == [True]
    assert "缴税" in lines[0].sentence
    check.go_to("CONT-01")
    checking.press("2", ENTER, "12", ENTER, "0", ENTER)
    checking.wait()
    assert [line.points for line in check.risk.lines()] == [5, 0]
    [item] = check.draft.items()
    assert "12名" in item.finding
    checking.shoot("check-draft")


def test_a_check_the_enterprise_confirmed_is_shown_and_not_changed(tmp_path: Path, lanes: Lanes) -> None:
    with visit_window(tmp_path, lanes) as window:
        visit = window.story.start()
        window.story.answer(visit, "CONT-02", Answer.VIOLATED)
        window.story.serve(visit)
        window.open(visit, VisitStep.HEALTH_CHECK)
        window.page.check.go_to("CONT-02")
        window.press("1", "0", F4)
        window.wait()
        assert _kept(window.story)["CONT-02"].answer is Answer.VIOLATED
        assert _row(window, "CONT-02").answer.value() == "violated"
        assert not window.page.check.heading.rest.isEnabled()


@pytest.fixture
def with_photos(tmp_path: Path, lanes: Lanes) -> Iterator[VisitWindow]:
    """A check with a real intake and a camera's folder."""
    (tmp_path / "camera").mkdir()
    with ImageIntake() as intake:
        options = {
            "intake": intake,
            "watch_folder": lambda folder, known: WatchedFolder(folder, remembered=known, settle_seconds=0),
        }
        with visit_window(tmp_path, lanes, options=options) as window:
            window.open(window.story.start(), VisitStep.HEALTH_CHECK)
            window.page.check.go_to("CONT-02")
            yield window


def _photo(path: Path) -> Path:
    Image.new("RGB", (320, 200), "#3366aa").save(path)
    return path


def _drop(window: VisitWindow, code: str, *paths: Path) -> None:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    _row(window, code).dropEvent(event)


def test_a_dropped_photo_is_kept_with_its_item_and_shown(with_photos: VisitWindow, tmp_path: Path) -> None:
    _drop(with_photos, "CONT-02", _photo(tmp_path / "合同.jpg"))
    with_photos.wait()
    [kept] = with_photos.story.desk.find(Attachment)
    assert (kept.subject, kept.topic, kept.media_type) == ("visit", "CONT-02", "image/jpeg")
    details = _row(with_photos, "CONT-02").details
    assert details is not None
    assert details.evidence.isVisible()
    with_photos.shoot("check-evidence")


def test_a_refused_file_is_told_and_does_not_hold_back_the_others(
    with_photos: VisitWindow, tmp_path: Path
) -> None:
    (tmp_path / "台账.jpg").write_bytes(b"not a picture")
    _drop(with_photos, "CONT-02", tmp_path / "台账.jpg", _photo(tmp_path / "b.png"))
    with_photos.wait()
    assert [each.file_name for each in with_photos.story.desk.find(Attachment)] == ["b.png"]
    assert any("台账" in sentence for sentence in with_photos.said())


def test_a_pasted_picture_is_kept(with_photos: VisitWindow) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    _row(with_photos, "CONT-02").setFocus()
    _row(with_photos, "CONT-02")._paste()
    with_photos.wait()
    [kept] = with_photos.story.desk.find(Attachment)
    assert kept.media_type == "image/png"


def test_new_photos_of_the_camera_wait_until_f4_gives_them_their_place(
    with_photos: VisitWindow, tmp_path: Path
) -> None:
    check = with_photos.page.check
    check.camera.use(str(tmp_path / "camera"), is_new=True)
    _photo(tmp_path / "camera" / "DSC1.jpg")
    for _ in range(2):
        check.camera.look()
        with_photos.wait()
    assert check.heading.photos.isVisible()
    check.go_to("CONT-05")
    with_photos.press(F4)
    with_photos.wait()
    [kept] = with_photos.story.desk.find(Attachment)
    assert kept.topic == "CONT-05"
    check.camera.look()
    with_photos.wait()
    assert not check.heading.photos.isVisible()
    place = with_photos.story.desk.transact(lambda uow, _services: uow.recall("camera_folder")).result
    assert len(place["taken"]) == 1


def test_a_photo_can_be_taken_off_again(with_photos: VisitWindow, tmp_path: Path) -> None:
    _drop(with_photos, "CONT-02", _photo(tmp_path / "a.jpg"))
    with_photos.wait()
    [kept] = with_photos.story.desk.find(Attachment)
    _row(with_photos, "CONT-02").photo_removed.emit(kept.id)
    with_photos.wait()
    assert with_photos.story.desk.find(Attachment) == []
