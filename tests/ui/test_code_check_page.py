"""The page that checks codes: files dropped, pictures pasted, codes typed; one clear verdict."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from fangshan_desk.app.checking_codes import DeskCodeChecker
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.letters.rasterising import render_page
from fangshan_desk.ui.components.letters.verdict_card import VerdictCard
from fangshan_desk.ui.pages.code_check import CodeCheckPage
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.views.code_checks import CodeVerdict
from tests.helpers.letter_story import LetterStory
from tests.helpers.letter_window import LetterWindow, letter_window


class Checking:
    """The page and a confirmed letter."""

    def __init__(self, window: LetterWindow, letter: Letter) -> None:
        self.window, self.letter = window, letter
        self.page: CodeCheckPage = window.open("code_check")

    def card(self) -> VerdictCard:
        """The one verdict shown."""
        [card] = self.page.findChildren(VerdictCard)
        return card

    def drop(self, path: Path) -> None:
        """A file dropped on the page."""
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(path))])
        assert self.page.take_content(content)
        self.window.wait()


@contextmanager
def checking(folder: Path, lanes: Lanes) -> Iterator[Checking]:
    """The page shown."""
    letters: list[Letter] = []

    def pages(story: LetterStory) -> dict[str, Any]:
        letters.append(story.confirmed())

        def page(context: Any) -> CodeCheckPage:
            return CodeCheckPage(context, DeskCodeChecker(context.desk))

        return {"code_check": page}

    with letter_window(folder, lanes, pages) as window:
        yield Checking(window, letters[0])


def test_a_dropped_pdf_is_genuine_in_large_words(lanes: Lanes, tmp_path: Path) -> None:
    with checking(tmp_path, lanes) as check:
        check.window.shoot("code-check-empty")
        paper = tmp_path / "处方.pdf"
        paper.write_bytes(check.window.story.pdf(check.letter))
        check.drop(paper)
        card = check.card()
        assert card.word.text() == "真实有效"
        assert "与本机存档一致" in card.sentence.text()
        check.window.shoot("code-check-genuine")


def test_a_pasted_picture_is_checked(lanes: Lanes, tmp_path: Path) -> None:
    with checking(tmp_path, lanes) as check:
        page = render_page(check.window.story.pdf(check.letter), 0, dpi=150)
        photo = Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)
        photo.save(tmp_path / "a.png")
        QGuiApplication.clipboard().setImage(QImage(str(tmp_path / "a.png")))
        check.page.paste.click()
        check.window.wait()
        assert check.card().finding.verdict is CodeVerdict.GENUINE


def test_a_typed_code_with_one_wrong_character_fails_in_red(lanes: Lanes, tmp_path: Path) -> None:
    with checking(tmp_path, lanes) as check:
        code = check.letter.code_text
        wrong = code[:80] + ("A" if code[80] != "A" else "B") + code[81:]
        check.page.code.setText(wrong)
        check.page.check.click()
        check.window.wait()
        assert check.card().word.text() == "核验不通过"
        check.window.shoot("code-check-altered")


def test_the_short_code_leads_to_the_letter(lanes: Lanes, tmp_path: Path) -> None:
    with checking(tmp_path, lanes) as check:
        short = check.window.story.desk.services.press.check_words(letter_facts(check.letter))
        check.page.ask(short.lower())
        check.window.wait()
        assert check.card().finding.letter_id == check.letter.id


def test_a_file_that_cannot_be_read_leaves_no_old_verdict(lanes: Lanes, tmp_path: Path) -> None:
    with checking(tmp_path, lanes) as check:
        check.page.ask(check.letter.code_text)
        check.window.wait()
        assert check.page.findings
        broken = tmp_path / "a.pdf"
        broken.write_bytes(b"%PDF-1.7 broken")
        check.drop(broken)
        assert check.page.findings == ()
        assert check.page.findChildren(VerdictCard) == []
        assert "打不开" in check.window.sentences()[-1]


def test_nothing_on_the_clipboard_is_told(lanes: Lanes, tmp_path: Path) -> None:
    with checking(tmp_path, lanes) as check:
        QGuiApplication.clipboard().clear()
        check.page.paste.click()
        check.window.wait()
        assert "剪贴板里没有" in check.window.sentences()[-1]
