"""The list of letters: chips, filters, search, keyboard; numbers and layoff notices from there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from fangshan_desk.domain.letter_facts import LayoffNoticeFacts
from fangshan_desk.domain.records.letters import Letter, LetterKind, NumberBlock, VoidNumber
from fangshan_desk.domain.rights import Role
from fangshan_desk.ui.components.letters.layoff_dialog import LayoffDialog
from fangshan_desk.ui.components.letters.numbers_dialog import NumbersDialog
from fangshan_desk.ui.pages.letter import LetterPage
from fangshan_desk.ui.pages.letters import LettersPage
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.views.letters import LetterWait
from tests.helpers.letter_story import LetterStory
from tests.helpers.letter_window import LetterWindow, letter_window


class Letters:
    """The list with three letters: one in rectification, one confirmed, one draft."""

    def __init__(self, window: LetterWindow) -> None:
        self.window = window
        self.page: LettersPage = window.open("letters")

    def shown(self) -> list[str]:
        """Ids from top to bottom."""
        model = self.page.table.model
        return [model.row_id(row) for row in range(model.rowCount())]

    def cell(self, row: int, key: str) -> str:
        """The words of a cell."""
        model = self.page.table.model
        column = next(column for column in model.columns if column.key == key)
        return model.cell_text(row, column)


@contextmanager
def list_of_letters(
    folder: Path, lanes: Lanes, *, role: Role = Role.HRSS, is_empty: bool = False
) -> Iterator[Letters]:
    """The page shown."""

    def pages(story: LetterStory) -> dict[str, Any]:
        if not is_empty:
            story.reserve()
            story.issued(story.handed_over())
            story.confirmed()
            story.draft()
        return {"letters": LettersPage, "letter": LetterPage}

    with letter_window(folder, lanes, pages, role=role) as window:
        yield Letters(window)


def test_the_list_shows_what_each_letter_waits_for(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        letters.window.shoot("letters-list")
        assert len(letters.shown()) == 3
        assert [letters.cell(row, "state") for row in range(3)] == ["草稿", "现场确认", "整改中"]
        assert [letters.cell(row, "waits") for row in range(3)] == ["待签字", "待审签、待送达", ""]
        assert letters.cell(2, "number") == "方人社处方〔2026〕31号"
        assert letters.cell(2, "items") == "0/3"
        assert letters.page.chips[LetterWait.SIGNATURE].text() == "待签字 1"
        assert "共 3 份" in letters.page.subtitle


def test_a_chip_narrows_and_widens_again(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        chip = letters.page.chips[LetterWait.SERVICE]
        chip.click()
        letters.window.wait()
        assert [letters.cell(row, "state") for row in range(len(letters.shown()))] == ["现场确认"]
        chip.click()
        letters.window.wait()
        assert len(letters.shown()) == 3


def test_typing_in_the_list_searches(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        letters.page.table.view.setFocus()
        QTest.keyClicks(letters.page.table.view, "3")
        QTest.qWait(200)
        letters.window.wait()
        assert letters.page.wanted.text == "3"
        letters.page.search.setText("31号")
        letters.page.search.textEdited.emit("31号")
        QTest.qWait(200)
        letters.window.wait()
        assert letters.shown() == [letters.window.story.desk.find(Letter)[0].id]


def test_a_filter_without_rows_says_so(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        letters.page.kind.value_chosen.emit(LetterKind.REFERRAL.value)
        letters.window.wait()
        assert letters.shown() == []
        assert letters.page._empty.isVisible()
        assert "没有符合条件" in letters.page._empty._sentence.text()


def test_an_empty_list_teaches(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes, is_empty=True) as letters:
        assert "还没有文书" in letters.page._empty._sentence.text()
        letters.window.shoot("letters-empty")


def test_enter_opens_the_letter_and_back_returns(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        view = letters.page.table.view
        view.setFocus()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
        QTest.keyClick(view, Qt.Key.Key_Return)
        letters.window.wait()
        page = letters.window.window.current_page()
        assert isinstance(page, LetterPage)
        letters.window.window.back()
        letters.window.wait()
        assert letters.window.window.current_page() is letters.page


def test_another_page_may_ask_for_letters_that_wait(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        letters.window.open("letters", wait="signature")
        assert letters.page.chips[LetterWait.SIGNATURE].isChecked()
        assert [letters.cell(row, "state") for row in range(len(letters.shown()))] == ["草稿"]


def test_leaders_reserve_and_void_numbers(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes, role=Role.HRSS_LEAD) as letters:
        letters.page.numbers.click()
        letters.window.wait()
        [dialog] = letters.page.findChildren(NumbersDialog)
        if os.environ.get("SHOOT"):
            dialog.grab().save("/tmp/ui/letters-numbers.png")
        cells = [dialog.stocks.item(0, column) for column in range(5)]
        assert [cell.text() if cell else "" for cell in cells] == [
            "用工处方",
            "一号笔记本",
            "31—50",
            "32",
            "19",
        ]
        dialog.first.setValue(40)
        dialog.last.setValue(60)
        dialog.reserve.click()
        letters.window.wait()
        assert "重叠" in dialog.notice.text()
        dialog.first.setValue(51)
        dialog.reserve.click()
        letters.window.wait()
        assert [block.first for block in letters.window.story.desk.find(NumberBlock)] == [31, 51]
        dialog.void_number.setValue(40)
        dialog.void_reason.setText("纸张打坏")
        dialog.void_button.click()
        letters.window.wait()
        assert [one.number for one in letters.window.story.desk.find(VoidNumber)] == [40]
        dialog.close_year.click()
        letters.window.wait()
        assert "还没有结束" in dialog.notice.text()
        dialog.grab().save("/tmp/ui/letters-numbers.png") if Path("/tmp/ui").is_dir() else None
        dialog.reject()
        letters.window.wait()


def test_officers_see_the_numbers_but_reserve_none(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        dialog = NumbersDialog(letters.window.context, letters.page)
        dialog.open()
        letters.window.wait()
        assert not dialog.reserve.isEnabled()
        assert "只有县人社局领导" in dialog.reserve.toolTip()
        dialog.reject()
        letters.window.wait()


def test_a_layoff_notice_is_drafted_from_a_plan(lanes: Lanes, tmp_path: Path) -> None:
    with list_of_letters(tmp_path, lanes) as letters:
        letters.window.open("letters", layoff=letters.window.story.enterprise.id)
        [dialog] = letters.page.findChildren(LayoffDialog)
        dialog.button.click()
        letters.window.wait()
        assert "没有可写进" in dialog.why.text() or "没有可写" in dialog.why.text()
        dialog.count.setValue(26)
        dialog.planned_on.set_iso("2026-04-30")
        dialog.button.click()
        letters.window.wait()
        [notice] = letters.window.story.desk.find(Letter, kind=LetterKind.LAYOFF_NOTICE)
        facts = letter_facts(notice)
        assert isinstance(facts, LayoffNoticeFacts)
        assert (facts.planned_count, str(facts.latest_explanation_on)) == (26, "2026-03-31")
        page = letters.window.window.current_page()
        assert isinstance(page, LetterPage)
