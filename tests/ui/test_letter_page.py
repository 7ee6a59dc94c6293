"""One letter on the screen: its paper, what may be done and why not, its code, items and history."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from fangshan_desk.domain.letter_facts import LetterCopy, RectificationRequestFacts
from fangshan_desk.domain.records.letters import Letter, LetterKind, LetterService, RectificationItem
from fangshan_desk.domain.rights import Role
from fangshan_desk.domain.states.prescription import PrescriptionEvent, PrescriptionState
from fangshan_desk.letters.scanning import read_codes
from fangshan_desk.ui.components.letters.dialogs import NumberDialog, ReasonDialog, ServiceDialog
from fangshan_desk.ui.components.letters.edit_dialog import LetterEditDialog
from fangshan_desk.ui.pages.letter import LetterPage
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.usecases.drafting_letters import confirm_letter, draft_letter
from fangshan_desk.usecases.issuing import approve_letter
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.letter_sources import LetterSource
from tests.helpers.letter_story import LetterStory
from tests.helpers.letter_window import LetterWindow, letter_window

E = PrescriptionEvent


@contextmanager
def window_of(folder: Path, lanes: Lanes, *, role: Role = Role.HRSS) -> Iterator[LetterWindow]:
    """A window that knows the page."""

    def pages(story: LetterStory) -> dict[str, Any]:
        story.reserve()
        return {"letter": LetterPage}

    with letter_window(folder, lanes, pages, role=role) as window:
        yield window


def shown(window: LetterWindow, letter: Letter) -> LetterPage:
    """The letter's page."""
    page = window.open("letter", letter.id)
    assert isinstance(page, LetterPage)
    return page


def captions(page: LetterPage) -> list[str]:
    """What the menu offers."""
    return [action.text() for action in page.menu().actions() if action.text()]


def kept(window: LetterWindow, letter: Letter) -> Any:
    """The letter as the file has it."""
    return window.story.letter(letter.id)


def test_a_letter_left_on_site_shows_paper_code_items_and_history(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        letter = window.story.handed_over()
        page = shown(window, letter)
        window.shoot("letter-page")
        assert read_codes(page.preview.pdf, "a.pdf") == [letter.code_text]
        assert len(page.items.rows()) == 3
        assert window.story.desk.services.press.check_words(letter_facts(letter)) in page.code.words.text()
        assert page.code.picture.sizeHint().width() > 100
        assert not page.edit.isEnabled()
        assert "内容不能再改" in page.edit.toolTip()


def test_what_cannot_be_done_says_why(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        page = shown(window, window.story.handed_over())
        issue, withdraw = page.steps.button(E.ISSUE), page.steps.button(E.WITHDRAW)
        assert issue is not None and withdraw is not None  # noqa: PT018
        assert not issue.isEnabled()
        assert "都审签" in issue.toolTip()
        assert not withdraw.isEnabled()
        assert "人社局领导" in withdraw.toolTip()
        assert page.steps.button(E.CONFIRM) is None


def test_both_approve_and_the_number_is_taken_and_the_sealed_copy_shown(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        letter = window.story.handed_over()
        page = shown(window, letter)
        page.steps.step_wanted.emit(E.APPROVE.value)
        window.wait()
        with window.story.working_as(window.story.second):
            window.story.do(approve_letter, letter_id=letter.id)
        page.refresh(None)
        window.wait()
        page.steps.step_wanted.emit(E.ISSUE.value)
        window.wait()
        issued = kept(window, letter)
        assert issued.document_number == "方人社处方〔2026〕31号"
        assert read_codes(page.preview.pdf, "a.pdf") == [issued.official_code_text]
        assert "方人社处方〔2026〕31号" in page.subtitle
        assert "看现场告知联" in captions(page)
        assert "登记正式联送达" in captions(page)
        window.shoot("letter-page-issued")
        page._show_copy(LetterCopy.ONSITE)
        window.wait()
        assert read_codes(page.preview.pdf, "a.pdf") == [issued.code_text]


def test_without_numbers_left_the_refusal_is_told(lanes: Lanes, tmp_path: Path) -> None:
    with letter_window(tmp_path, lanes, lambda _story: {"letter": LetterPage}) as window:
        letter = window.story.confirmed()
        window.story.do(approve_letter, letter_id=letter.id)
        with window.story.working_as(window.story.second):
            window.story.do(approve_letter, letter_id=letter.id)
        page = shown(window, letter)
        page.steps.step_wanted.emit(E.ISSUE.value)
        window.wait()
        assert "编号已用完" in window.sentences()[-1]
        assert kept(window, letter).document_number == ""


def test_service_is_recorded_in_a_dialog_that_stays_open_until_it_is_proven(
    lanes: Lanes, tmp_path: Path
) -> None:
    with window_of(tmp_path, lanes) as window:
        letter = window.story.confirmed()
        page = shown(window, letter)
        page.steps.step_wanted.emit(E.SERVE_ON_SITE.value)
        [dialog] = page.findChildren(ServiceDialog)
        window.shoot("letter-page-serve")
        dialog.form.recipient.clear()
        assert not dialog.form.accept.isEnabled()
        dialog.form.recipient.setText("赵六")
        dialog.form.accept.click()
        window.wait()
        assert kept(window, letter).state is PrescriptionState.IN_RECTIFICATION
        assert [one.recipient for one in window.story.desk.find(LetterService)] == ["赵六"]
        assert "送达已登记" in window.sentences()[-1]


def test_the_leader_withdraws_with_a_reason(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes, role=Role.HRSS_LEAD) as window:
        letter = window.story.confirmed()
        page = shown(window, letter)
        page.steps.step_wanted.emit(E.WITHDRAW.value)
        [dialog] = page.findChildren(ReasonDialog)
        assert not dialog.button.isEnabled()
        dialog.reason.setPlainText("企业名称有误")
        dialog.button.click()
        window.wait()
        assert kept(window, letter).withdrawn_reason == "企业名称有误"
        assert page.steps.isHidden()


def test_ctrl_p_prints_and_export_asks_with_a_chinese_name(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        letter = window.story.confirmed()
        page = shown(window, letter)
        QTest.keyClick(window.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        [dialog] = page.findChildren(QPrintDialog)
        dialog.reject()
        page.export.click()
        [chooser] = page.findChildren(QFileDialog)
        assert chooser.selectedFiles()[0].endswith(
            f"用工处方_方山县金鑫建材有限公司_{letter.field_number}.pdf"
        )
        chooser.reject()
        window.wait()


def test_the_text_is_copied_whole(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        page = shown(window, window.story.confirmed())
        page._on_copy_text()
        assert "12名劳动者" in QGuiApplication.clipboard().text()


def test_a_draft_leads_to_its_visit(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        letter = window.story.draft()
        page = shown(window, letter)
        assert page.code.isHidden()
        page.edit.click()
        window.wait()
        elsewhere: Any = window.window.current_page()
        assert (elsewhere.title, elsewhere.opened[0].record_id) == ("visit", letter.visit_id)


def test_a_letter_that_follows_is_drafted_edited_and_frozen(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        page = shown(window, window.story.handed_over())
        assert "起草限期整改建议书" in captions(page)
        assert "起草复查意见书" not in captions(page)
        view = page.view
        assert view is not None
        page.actions_of_letter.draft(LetterKind.RECTIFICATION_REQUEST, view)
        window.wait()
        [request] = window.story.desk.find(Letter, kind=LetterKind.RECTIFICATION_REQUEST)
        assert page.view is not None
        assert page.view.letter.id == request.id
        page.edit.click()
        [dialog] = page.findChildren(LetterEditDialog)
        window.shoot("letter-page-edit")
        deadline: Any = dialog.field("deadline")
        deadline.set_iso("2026-04-15")
        finding: Any = dialog.field("words.finding-CONT-01")
        finding.setPlainText("仍有十二人没有签合同")
        dialog.button.click()
        window.wait()
        facts = letter_facts(kept(window, request))
        assert isinstance(facts, RectificationRequestFacts)
        assert facts.deadline.isoformat() == "2026-04-15"
        assert facts.items[0].item.finding == "仍有十二人没有签合同"
        page.steps.step_wanted.emit(E.CONFIRM.value)
        window.wait()
        assert kept(window, request).content_hash == facts.content_digest().hex()
        window.shoot("letter-page-request")


def test_a_referral_takes_the_number_of_the_registry(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes, role=Role.HRSS_LEAD) as window:
        story = window.story
        story.handed_over()
        items = tuple(item.id for item in story.desk.find(RectificationItem))
        letter = story.do(draft_letter, kind=LetterKind.REFERRAL, source=LetterSource(item_ids=items[:1]))
        story.do(confirm_letter, letter_id=letter.id)
        story.do(approve_letter, letter_id=letter.id)
        page = shown(window, letter)
        page.steps.step_wanted.emit(E.ISSUE.value)
        [dialog] = page.findChildren(NumberDialog)
        dialog.number.setText("方人社函〔2026〕52号")
        dialog.button.click()
        window.wait()
        assert kept(window, letter).document_number == "方人社函〔2026〕52号"


def test_a_letter_that_is_not_here_says_so(lanes: Lanes, tmp_path: Path) -> None:
    with window_of(tmp_path, lanes) as window:
        page = window.open("letter", "no-such-letter")
        assert page._gone.isVisible()
        assert not page.print.isEnabled()
        assert not page.print_now()


@pytest.mark.parametrize("width", [1366, 912])
def test_the_main_actions_are_in_reach(lanes: Lanes, tmp_path: Path, width: int) -> None:
    with window_of(tmp_path, lanes) as window:
        page = shown(window, window.story.handed_over())
        window.window.resize(width, 608)
        window.wait()
        assert page.print.visibleRegion().boundingRect().width() == page.print.width()
        window.shoot(f"letter-page-{width}")
