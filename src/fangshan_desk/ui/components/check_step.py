"""The health check: sections at the left, questions in the middle, grade and draft at the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from fangshan_desk.domain.records.visits import Answer, VisitStep
from fangshan_desk.ui.components.check_heading import CheckHeading
from fangshan_desk.ui.components.check_row import CheckRowWidget
from fangshan_desk.ui.components.check_section import SectionRows
from fangshan_desk.ui.components.evidence_camera import CameraWatch
from fangshan_desk.ui.components.evidence_taking import EvidenceTaker
from fangshan_desk.ui.components.evidence_viewer import EvidenceViewer
from fangshan_desk.ui.components.risk_card import RiskCard
from fangshan_desk.ui.components.risk_words import LEVEL_TONES, level_words
from fangshan_desk.ui.components.visit_draft import DraftCard
from fangshan_desk.ui.components.visit_sections import SectionList
from fangshan_desk.ui.components.visit_session import VisitSession
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.collecting_evidence import remove_attachment
from fangshan_desk.usecases.visiting import set_basics

_SUBJECT = "visit"
_SIDE_WIDTH, _SECTIONS_WIDTH = 300, 196
# Narrower than this, as at 150 % on a small laptop, grade and draft are shown in their own steps only.
_ROOM_FOR_SIDE = 940
_MOST_REASONS = 5
_AHEAD_MS = 150


class CheckStep(QWidget):
    """Step two of a visit; the whole check can be done with the keyboard."""

    preview_wanted = Signal()

    def __init__(self, session: VisitSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._context = session.context
        self._current = ""
        self._section = ""
        self._is_quick = False
        self._pages: dict[str, SectionRows] = {}
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(_AHEAD_MS)
        self._ahead.timeout.connect(self._on_ahead_due)
        self.sections = SectionList(self._context.texts)
        self.heading = CheckHeading(self._context.texts)
        self.risk = RiskCard(
            self._context.texts,
            self._context.desk.services.risk_model.level_scores,
            most_lines=_MOST_REASONS,
        )
        self.draft = DraftCard(self._context.texts)
        self.taker = EvidenceTaker(self._context, self)
        self.camera = CameraWatch(self._context, self)
        self._build()
        self._connect()

    @property
    def current_code(self) -> str:
        """The item the keyboard is on."""
        return self._current

    def row(self, code: str) -> CheckRowWidget | None:
        """The widget of an item whose section was opened."""
        for page in self._pages.values():
            found = page.row(code)
            if found is not None:
                return found
        return None

    def go_to(self, code: str, *, takes_focus: bool = True) -> None:
        """Open the section of an item and put the keyboard on it."""
        session = self._session
        if not session.is_loaded or code not in session.sheet.rows:
            return
        self.open_section(session.sheet.section_of(code))
        self._make_current(code)
        row = self.row(code)
        if takes_focus and row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_section(self, section: str) -> None:
        """Show the questions of a section."""
        if not self._session.sheet.items_of(section):
            return
        self._section = section
        self._stack.setCurrentWidget(self._page(section))
        self.sections.set_current(section)
        self._show_heading()
        self._ahead.start()

    def leave_details(self) -> bool:
        """Esc: from a field back to its question."""
        row = self.row(self._current)
        return row is not None and row.leave_details()

    def take_focus(self) -> None:
        """The keyboard goes on where it was."""
        self.go_to(self._current or self._session.sheet.first_item())

    def set_active(self, is_active: bool) -> None:
        """Photos are looked for only while the check is on the screen."""
        self.camera.start() if is_active else self.camera.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self.add_evidence(self._current)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= _ROOM_FOR_SIDE)
        self._show_live()

    def add_evidence(self, code: str) -> None:
        """Attach waiting photos, or ask for files when none waits."""
        if not code or not self._session.may_answer:
            return
        paths = self.camera.give_out() or self.taker.ask_files(self, folder=self.camera.path)
        self._take_files(code, paths)

    def _build(self) -> None:
        sections = Card(padding=0)
        sections.body.setSpacing(0)
        sections.setFixedWidth(_SECTIONS_WIDTH)
        area = _scrolling(self.sections)
        sections.add(area, stretch=1)
        middle = Card(padding=0)
        middle.body.setSpacing(0)
        middle.add(self.heading)
        self._stack = QStackedWidget()
        middle.add(self._stack, stretch=1)
        cards = QWidget()
        cards.setProperty("surface", "clear")
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.risk)
        column.addWidget(self.draft, 1)
        self._side = _scrolling(cards)
        self._side.setFixedWidth(_SIDE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(sections)
        row.addWidget(middle, 1)
        row.addWidget(self._side)

    def _connect(self) -> None:
        session = self._session
        session.loaded.connect(self._on_loaded)
        session.live_changed.connect(self._on_live_changed)
        session.editor.row_changed.connect(self._on_row_changed)
        session.editor.progress_changed.connect(self._show_progress)
        self.sections.section_chosen.connect(self._on_section_chosen)
        self.heading.rest_confirmed.connect(self._on_rest_confirmed)
        self.heading.quick_toggled.connect(self._on_quick_toggled)
        self.heading.photos_wanted.connect(lambda: self.add_evidence(self._current))
        self.heading.folder_wanted.connect(lambda: self.camera.choose(self))
        self.camera.waiting_changed.connect(self.heading.show_waiting)
        self.camera.folder_changed.connect(self.heading.show_folder)
        self.taker.kept.connect(lambda _visit, _code: session.reload())
        self.taker.taken_from.connect(self.camera.mark_taken)
        self.draft.item_chosen.connect(self.go_to)
        self.draft.preview_wanted.connect(self.preview_wanted)

    def _on_ahead_due(self) -> None:
        # The next section is made while one reads this one: going on must not be felt.
        if self._session.is_loaded:
            order = [each.section.code for each in self._session.sheet.sections if each.items]
            following = order[order.index(self._section) + 1 :] if self._section in order else []
            if following:
                self._page(following[0], is_needed_now=False)

    def _page(self, section: str, *, is_needed_now: bool = True) -> SectionRows:
        if section not in self._pages:
            sheet = self._session.sheet
            rows = [sheet.rows[item.code] for item in sheet.items_of(section)]
            page = SectionRows(self._context, rows, hook=self._hook, is_needed_now=is_needed_now)
            page.set_read_only(not self._session.may_answer)
            self._pages[section] = page
            self._stack.addWidget(page)
        return self._pages[section]

    def _hook(self, row: CheckRowWidget) -> None:
        editor = self._session.editor
        row.chosen.connect(self._on_chosen)
        row.cleared.connect(editor.clear)
        row.entered.connect(editor.enter)
        row.noted.connect(editor.annotate)
        row.reasoned.connect(self._on_reasoned)
        row.moved.connect(self._on_moved)
        row.became_current.connect(self._make_current)
        row.files_wanted.connect(self.add_evidence)
        row.files_given.connect(self._take_files)
        row.image_given.connect(self._take_image)
        row.photo_opened.connect(self._on_photo_opened)
        row.photo_removed.connect(self._on_photo_removed)

    def _on_loaded(self) -> None:
        session = self._session
        codes = {code for page in self._pages.values() for code in page.codes()}
        if session.visit.is_quick_check != self._is_quick or not codes <= set(session.sheet.rows):
            self._forget_pages()
        self._is_quick = session.visit.is_quick_check
        self.sections.show_sections(session.sheet.sections)
        for page in self._pages.values():
            page.set_read_only(not session.may_answer)
            for code in page.codes():
                page.show_row(session.sheet.rows[code])
        self._show_progress()
        here = self._current or session.state.looked_at
        code = here if here in session.sheet.rows else session.sheet.first_item()
        if code:
            self.open_section(session.sheet.section_of(code))
            self._mark(code)

    def _forget_pages(self) -> None:
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}
        self._current = ""

    def forget(self) -> None:
        """Another visit is opened."""
        self._forget_pages()

    def _on_row_changed(self, code: str) -> None:
        row = self._session.editor.row(code)
        page = self._pages.get(row.item.section) if row is not None else None
        if row is not None and page is not None:
            page.show_row(row)
            if code == self._current:
                page.keep_in_view(code)

    def _on_chosen(self, code: str, value: str) -> None:
        row = self._session.editor.answer(code, Answer(value))
        widget = self.row(code)
        if widget is not None and row.needs_reason:
            widget.enter_details()
            self._page(row.item.section).keep_in_view(code)

    def _on_reasoned(self, code: str, reason: str) -> None:
        row = self._session.editor.row(code)
        if row is not None and (reason or not row.needs_reason):
            self._session.editor.answer(code, row.chosen, reason=reason)

    def _on_moved(self, code: str, step: int) -> None:
        self.go_to(self._session.sheet.after(code, step=step))

    def _on_section_chosen(self, section: str) -> None:
        items = self._session.sheet.items_of(section)
        results = self._session.sheet.results
        waiting = [item.code for item in items if item.code not in results]
        if items:
            self.go_to(waiting[0] if waiting else items[0].code)

    def _make_current(self, code: str) -> None:
        if code == self._current:
            return
        left = self._current
        self._mark(code)
        if left and self._session.editor.drop_unexplained(left):
            texts = self._context.texts
            self._context.operations.say(texts("visit-check-reason-dropped", code=left), kind="warning")
        self._session.go_to(VisitStep.HEALTH_CHECK, code)

    def _mark(self, code: str) -> None:
        self._current = code
        for page in self._pages.values():
            page.set_current(code)

    def _on_rest_confirmed(self) -> None:
        self._session.editor.confirm_rest(self._section)
        # The button goes grey; the keyboard would land on whatever comes after it.
        self.take_focus()

    def _on_quick_toggled(self, is_quick: bool) -> None:
        visit_id = self._session.visit_id
        self._session.run(
            lambda uow, services: set_basics(
                visit_id=visit_id, is_quick_check=is_quick, uow=uow, services=services
            ),
            on_done=lambda _visit: self._session.reload(),
        )

    def _show_progress(self) -> None:
        session = self._session
        for each in session.sheet.sections:
            code = each.section.code
            self.sections.show_progress(code, session.sheet.progress_of(code))
        self._show_heading()

    def _show_heading(self) -> None:
        sheet = self._session.sheet
        title = next(
            (each.section.title for each in sheet.sections if each.section.code == self._section), ""
        )
        self.heading.show_section(
            title,
            rest=len(sheet.confirmable(self._section)) if self._session.may_answer else 0,
            is_quick=self._session.visit.is_quick_check,
            may_change=self._session.may_answer,
        )

    def _on_live_changed(self) -> None:
        live = self._session.live
        if live is not None:
            self.risk.show_grade(live.graded)
            self.draft.show_draft(live.draft)
            self._show_live()

    def _show_live(self) -> None:
        live, texts = self._session.live, self._context.texts
        if live is not None:
            level = level_words(live.graded.level, texts, score=live.graded.assessment.score)
            words = texts("visit-check-live", level=level, count=len(live.draft.items))
            is_needed = self.width() < _ROOM_FOR_SIDE
            self.heading.show_live(words, tone=LEVEL_TONES[live.graded.level], is_needed=is_needed)

    def _take_files(self, code: str, paths: Sequence[str | Path]) -> None:
        if self._session.may_answer:
            self.taker.take_files(
                paths,
                subject=_SUBJECT,
                subject_id=self._session.visit_id,
                topic=code,
            )

    def _take_image(self, code: str, image: QImage) -> None:
        if self._session.may_answer:
            self.taker.take_image(image, subject=_SUBJECT, subject_id=self._session.visit_id, topic=code)

    def _on_photo_opened(self, attachment_id: str) -> None:
        for attachment in self._session.state.attachments:
            if attachment.id == attachment_id:
                EvidenceViewer(self._context, attachment, self).open()

    def _on_photo_removed(self, attachment_id: str) -> None:
        self._session.run(
            lambda uow, services: remove_attachment(attachment_id=attachment_id, uow=uow, services=services),
            on_done=lambda _nothing: self._session.reload(),
        )


def _scrolling(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
