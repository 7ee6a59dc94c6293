"""Step five of a visit: signing, printing, handing over, and what begins with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from fangshan_desk.domain.records.letters import (
    Letter,
    LetterService,
    LetterSignature,
    RectificationItem,
    ServiceWay,
)
from fangshan_desk.domain.records.visits import Attachment, AttachmentKind, Visit
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.ui.components.letters.service_panel import ServicePanel
from fangshan_desk.ui.components.letters.signing_form import PAPER, REFUSED
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.ui.widgets.signature_pad import SignaturePad
from fangshan_desk.usecases.visiting import set_basics
from tests.helpers.letter_story import LetterStory
from tests.helpers.letter_window import HostPage, LetterWindow, letter_window


class Step:
    """The panel of a visit whose draft is ready."""

    def __init__(self, window: LetterWindow, panel: ServicePanel) -> None:
        self.window, self.panel = window, panel

    def only(self, record: type[Any], **equal: Any) -> Any:
        [found] = self.window.story.desk.find(record, **equal)
        return found

    @property
    def letter(self) -> Any:
        return self.only(Letter)

    def state(self) -> PrescriptionState:
        return PrescriptionState(self.letter.state)

    def sign(self) -> None:
        """The enterprise signs with the mouse."""
        write(self.panel.signing.pad("enterprise"))
        self.panel.signing.accept.click()
        self.window.wait()

    def words_on_paper(self) -> str:
        pages = pypdf.PdfReader(BytesIO(self.panel.preview.pdf)).pages
        return "".join("".join(page.extract_text().split()) for page in pages)


def write(pad: SignaturePad, *, height: int = 30) -> None:
    """A few strokes."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(40, 60))
    for place in range(1, 8):
        QTest.mouseMove(pad, QPoint(40 + 20 * place, 60 + height * (place % 2)))
    QTest.mouseRelease(pad, left, pos=QPoint(200, 90))


def photo(path: Path) -> str:
    """A picture taken on the spot."""
    Image.new("RGB", (320, 240), (120, 130, 140)).save(path, "JPEG")
    return str(path)


@contextmanager
def step_five(folder: Path, lanes: Lanes, *, has_draft: bool = True) -> Iterator[Step]:
    """The panel shown."""
    made: list[ServicePanel] = []

    def pages(story: LetterStory) -> dict[str, Any]:
        visit = story.checked()
        story.do(
            set_basics,
            visit_id=visit.id,
            enterprise_person="李四",
            enterprise_person_post="经理",
            enterprise_person_phone="13800000000",
        )
        if has_draft:
            story.draft(visit)

        def page(context: Context) -> HostPage:
            made.append(ServicePanel(context, visit.id))
            return HostPage(context, made[0])

        return {"host": page}

    with letter_window(folder, lanes, pages) as window:
        window.open("host")
        yield Step(window, made[0])


def test_signing_on_the_screen_freezes_and_handing_over_begins_the_periods(
    lanes: Lanes, tmp_path: Path
) -> None:
    with step_five(tmp_path, lanes) as step:
        panel = step.panel
        assert "请企业在签名区签字" in panel.signing.accept.toolTip()
        step.window.shoot("letter-service-sign")
        step.sign()
        assert step.state() is PrescriptionState.CONFIRMED
        signature = step.only(LetterSignature)
        assert (signature.name, signature.post, signature.is_on_paper) == ("李四", "经理", False)
        assert panel.print.isVisible()
        step.window.shoot("letter-service-print")
        panel.service.accept.click()
        step.window.wait()
        assert step.state() is PrescriptionState.IN_RECTIFICATION
        assert "期限从2026年3月3日（星期二）起算" in panel.result.text()
        assert len(step.window.story.desk.find(RectificationItem)) == 3
        step.window.shoot("letter-service-done")


def test_the_signature_stands_on_the_paper_that_is_shown(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        panel = step.panel
        panel.signing._who.choose("visitor_1")
        write(panel.signing.pad("visitor_1"), height=50)
        panel.signing._who.choose("enterprise")
        step.sign()
        images = sum(len(page.images) for page in pypdf.PdfReader(BytesIO(panel.preview.pdf)).pages)
        assert images == 2
        assert "☑无异议" in step.words_on_paper()


def test_answers_given_after_the_draft_are_on_the_paper_to_be_signed(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        story = step.window.story
        visit = story.desk.find(Visit)[0]
        story.answer(visit, "CONT-01", without_contract=15, without_contract_over_year=0)
        write(step.panel.signing.pad("enterprise"))
        step.panel.signing.accept.click()
        step.window.wait()
        assert "草稿已经更新" in step.window.sentences()[0]
        assert step.state() is PrescriptionState.DRAFT
        assert "15名" in step.words_on_paper()
        assert not step.panel.signing.pad("enterprise").is_blank()
        step.panel.signing.accept.click()
        step.window.wait()
        assert step.state() is PrescriptionState.CONFIRMED


def test_an_objection_is_frozen_with_the_letter(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        step.panel.signing.objection.setPlainText("其中三人系外包单位人员")
        step.sign()
        assert step.letter.objection == "其中三人系外包单位人员"
        assert "其中三人系外包单位人员" in step.words_on_paper()


def test_on_paper_the_boxes_stay_open(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        step.panel.signing.way.choose(PAPER)
        step.panel.signing.accept.click()
        step.window.wait()
        assert step.only(LetterSignature).is_on_paper
        assert "☐无异议" in step.words_on_paper()


def test_a_refusal_needs_a_witness_or_a_photo(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        signing = step.panel.signing
        signing.way.choose(REFUSED)
        signing.refusal.setPlainText("负责人称须请示总公司")
        assert not signing.accept.isEnabled()
        assert "见证人" in signing.accept.toolTip()
        signing.photos.take_files([photo(tmp_path / "a.jpg")])
        step.window.wait()
        assert signing.accept.isEnabled()
        step.window.shoot("letter-service-refused")
        signing.accept.click()
        step.window.wait()
        assert (step.letter.is_refused, step.letter.refusal_note) == (True, "负责人称须请示总公司")
        assert step.panel.service.way.way() == ServiceWay.LEFT_RECORDED.value
        step.panel.service.accept.click()
        step.window.wait()
        assert step.only(LetterService).way is ServiceWay.LEFT_RECORDED


@pytest.mark.parametrize(
    ("way", "field"),
    [
        (ServiceWay.DIRECT, "recipient"),
        (ServiceWay.LEFT, "witness"),
        (ServiceWay.POST, "tracking"),
        (ServiceWay.ELECTRONIC, "consent"),
    ],
)
def test_every_way_of_service_asks_for_its_proof(
    lanes: Lanes, tmp_path: Path, way: ServiceWay, field: str
) -> None:
    with step_five(tmp_path, lanes) as step:
        step.sign()
        form = step.panel.service
        form.way.choose(way.value)
        proof = getattr(form, field)
        proof.clear()
        assert not form.accept.isEnabled()
        assert "缺少送达凭证" in form.accept.toolTip()
        proof.setText("赵六 2026-03-02 EMS1234")
        assert form.accept.isEnabled()
        form.accept.click()
        step.window.wait()
        service = step.only(LetterService)
        assert (service.way, service.servers) == (way, ("张三", "王五"))


def test_leaving_with_a_photo_needs_the_photo(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        step.sign()
        form = step.panel.service
        form.way.choose(ServiceWay.LEFT_RECORDED.value)
        # The letter's own paper and signatures are files too; they prove nothing here.
        assert step.window.story.desk.find(Attachment, kind=AttachmentKind.LETTER)
        assert not form.accept.isEnabled()
        form.photos.take_files([photo(tmp_path / "a.jpg")])
        step.window.wait()
        assert form.accept.isEnabled()
        step.window.shoot("letter-service-left")


def test_a_day_that_cannot_be_is_refused_and_the_form_stays(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        step.sign()
        form = step.panel.service
        form.served_on.set_iso("2026-03-09")
        form.accept.click()
        step.window.wait()
        assert "晚于今天" in step.window.sentences()[-1]
        assert step.state() is PrescriptionState.CONFIRMED
        assert form.isEnabled()


def test_ctrl_p_opens_the_print_dialog_with_two_copies(lanes: Lanes, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    with step_five(tmp_path, lanes) as step:
        assert step.panel.print_now()
        [dialog] = step.panel.findChildren(QPrintDialog)
        assert dialog.printer().copyCount() == 2
        dialog.reject()
        step.window.wait()


def test_without_a_draft_it_leads_back(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes, has_draft=False) as step:
        asked: list[str] = []
        step.panel.step_wanted.connect(asked.append)
        step.panel._empty.action_chosen.emit()
        assert asked == ["prescription"]
        assert not step.panel.print_now()
        step.window.shoot("letter-service-empty")


def test_an_item_of_the_result_leads_to_its_page(lanes: Lanes, tmp_path: Path) -> None:
    with step_five(tmp_path, lanes) as step:
        step.sign()
        step.panel.service.accept.click()
        step.window.wait()
        first = step.panel._items.rows()[0]
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        step.window.wait()
        page: Any = step.window.window.current_page()
        assert page.opened[0].record_id == first.key()
