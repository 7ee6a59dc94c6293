"""Step four of a visit: reading the draft over, changing it, seeing its paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.visits import Answer, Visit
from fangshan_desk.ui.components.letters.prescription_panel import PrescriptionPanel
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.usecases.kept_facts import prescription_facts
from tests.helpers.letter_story import LetterStory, signed_on_screen
from tests.helpers.letter_window import HostPage, LetterWindow, letter_window


class Step:
    """The panel of a visit with three violations."""

    def __init__(self, window: LetterWindow, panel: PrescriptionPanel, visit: Visit) -> None:
        self.window, self.panel, self.visit = window, panel, visit

    @property
    def letter(self) -> Letter:
        [letter] = self.window.story.desk.find(Letter)
        assert isinstance(letter, Letter)
        return letter

    def facts_of(self, code: str) -> Any:
        return next(item for item in prescription_facts(self.letter).items if item.code == code)


@contextmanager
def step_four(folder: Path, lanes: Lanes, *, is_empty: bool = False) -> Iterator[Step]:
    """The panel shown."""
    made: list[PrescriptionPanel] = []
    visits: list[Visit] = []

    def pages(story: LetterStory) -> dict[str, Any]:
        visits.append(story.start() if is_empty else story.checked())

        def page(context: Context) -> HostPage:
            made.append(PrescriptionPanel(context, visits[0].id))
            return HostPage(context, made[0])

        return {"host": page}

    with letter_window(folder, lanes, pages) as window:
        window.open("host")
        yield Step(window, made[0], visits[0])


def test_the_draft_is_a_list_beside_its_paper(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        step.window.shoot("letter-panel-draft")
        assert [step.panel.editor(code).code for code in ("CONT-01", "CONT-02", "WAGE-01")]
        assert "12名" in step.panel.editor("CONT-01").finding.toPlainText()
        assert step.panel.editor("WAGE-01").deadline.value() == date(2026, 3, 9)
        assert step.panel.preview.pdf.startswith(b"%PDF")
        assert "负责人还没有填全" in step.panel.warnings.text()


def test_typed_words_are_kept_and_printed_at_once(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        before = step.panel.preview.pdf
        field = step.panel.editor("CONT-01").advice
        field.setFocus()
        field.selectAll()
        field.insertPlainText("请于本月底前逐人补签。")
        step.panel.editor("CONT-02").finding.setFocus()
        step.window.wait()
        assert step.facts_of("CONT-01").advice == "请于本月底前逐人补签。"
        assert step.panel.preview.pdf != before
        assert step.panel.editor("CONT-01").finding.toPlainText() != ""


def test_our_wording_comes_back(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        editor = step.panel.editor("CONT-01")
        ours = editor.advice.toPlainText()
        editor.changed.emit("CONT-01", {"advice": "别的话"})
        step.window.wait()
        assert editor.advice.toPlainText() == "别的话"
        editor.changed.emit("CONT-01", {"finding": "", "advice": "", "deadline": ""})
        step.window.wait()
        assert editor.advice.toPlainText() == ours


def test_a_deadline_longer_than_the_default_is_warned_of(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        editor = step.panel.editor("WAGE-01")
        editor.deadline.setFocus()
        editor.deadline.setText("2026-4-30")
        QTest.keyClick(editor.deadline, Qt.Key.Key_Return)
        step.window.wait()
        assert "不得长于默认期限（2026-03-09）" in editor._late.text()
        assert editor._late.isVisible()
        assert editor._day.text() == "星期四"
        assert "时限长于默认期限：WAGE-01" in step.panel.warnings.text()
        step.window.shoot("letter-panel-late")


def test_a_deadline_before_the_visit_is_refused_and_taken_back(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        editor = step.panel.editor("WAGE-01")
        editor.changed.emit("WAGE-01", {"deadline": "2026-02-01"})
        step.window.wait()
        assert "不早于走访当日" in step.window.sentences()[0]
        assert editor.deadline.value() == date(2026, 3, 9)


def test_one_owner_serves_all_items(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        editor = step.panel.editor("CONT-01")
        for name, words in (("owner_name", "李四"), ("owner_post", "经理"), ("owner_phone", "13800000000")):
            editor.owner[name].setFocus()
            QTest.keyClicks(editor.owner[name], "")
            editor.owner[name].setText(words)
        editor.owner_for_all.emit({name: field.text() for name, field in editor.owner.items()})
        step.window.wait()
        assert step.facts_of("WAGE-01").owner.phone == "13800000000"
        assert "负责人" not in step.panel.warnings.text()


def test_a_character_no_font_has_is_named(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        step.panel.editor("CONT-01").changed.emit("CONT-01", {"advice": "请联系\U000f0000"})
        step.window.wait()
        assert "U+F0000" in step.panel.warnings.text()


def test_an_answer_given_meanwhile_comes_in_and_wording_stays(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        step.panel.editor("CONT-01").changed.emit("CONT-01", {"advice": "别的话"})
        step.window.wait()
        story = step.window.story
        story.answer(step.visit, "CONT-01", without_contract=15, without_contract_over_year=0)
        step.panel.refresh(None)
        step.window.wait()
        assert "15名" in step.panel.editor("CONT-01").finding.toPlainText()
        assert step.panel.editor("CONT-01").advice.toPlainText() == "别的话"


def test_a_confirmed_letter_can_only_be_read(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        from fangshan_desk.usecases.prescribing import confirm_prescription

        step.window.story.do(confirm_prescription, letter_id=step.letter.id, signings=signed_on_screen())
        step.panel.refresh(None)
        step.window.wait()
        assert step.panel.editor("CONT-01").finding.isReadOnly()
        assert step.panel.sign.text() == "去打印、送达"
        assert "只能查看" in step.panel.warnings.text()
        step.window.shoot("letter-panel-frozen")


def test_without_findings_there_is_nothing_to_sign(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes, is_empty=True) as step:
        assert not step.panel.sign.isEnabled()
        # Looking makes no letter and uses up no number.
        assert step.window.story.desk.find(Letter) == []
        step.window.shoot("letter-panel-empty")


def test_answers_changed_back_take_an_untouched_draft_away(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes, is_empty=True) as step:
        story = step.window.story
        story.answer(step.visit, "CONT-02", Answer.VIOLATED)
        step.panel.refresh(None)
        step.window.wait()
        assert step.panel.editor("CONT-02").isVisible()
        story.answer(step.visit, "CONT-02", Answer.COMPLIANT)
        step.panel.refresh(None)
        step.window.wait()
        assert step.panel.sheet is None
        assert story.desk.find(Letter) == []


def test_signing_leads_on_after_keeping_what_was_typed(lanes: Lanes, tmp_path: Path) -> None:
    with step_four(tmp_path, lanes) as step:
        asked: list[str] = []
        step.panel.step_wanted.connect(asked.append)
        field = step.panel.editor("CONT-01").owner["owner_name"]
        field.setText("李四")
        step.panel.sign.click()
        step.window.wait()
        assert asked == ["service"]
        assert step.facts_of("CONT-01").owner.name == "李四"
