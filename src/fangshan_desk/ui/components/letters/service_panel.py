"""Step five of a visit: sign, print, hand over; then what has begun with it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.records.letters import Letter, RectificationItem
from fangshan_desk.domain.records.visits import VisitStep
from fangshan_desk.domain.states.prescription import PrescriptionState, may_be_edited
from fangshan_desk.ui.components.item_words import days_chip, short_title
from fangshan_desk.ui.components.letters.notice_box import NoticeBox
from fangshan_desk.ui.components.letters.paper import PaperPreview
from fangshan_desk.ui.components.letters.service_form import ServiceForm
from fangshan_desk.ui.components.letters.signing_form import Confirmation, SigningForm
from fangshan_desk.ui.components.letters.words import LetterWords
from fangshan_desk.ui.components.printing import PrintWish, export_pdf, print_letter
from fangshan_desk.ui.context import Context, Target, Texts
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import RecordRow, RowList
from fangshan_desk.ui.widgets.messages import EmptyState, MessageKind
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import (
    confirm_prescription,
    draft_prescription,
    letter_of_visit,
)
from fangshan_desk.usecases.printing import letter_file_name, letter_pdf
from fangshan_desk.usecases.serving import ServiceProof, serve_letter
from fangshan_desk.usecases.views.letters import LetterPage

_LEFT_WIDTH = 540
_UNSERVED = (PrescriptionState.CONFIRMED, PrescriptionState.ISSUED)


class ServicePanel(QWidget):
    """Shows what is next: signing, then printing and service, then the result."""

    served = Signal(object)
    step_wanted = Signal(str)
    page_shown = Signal(object)

    def __init__(self, context: Context, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._texts = context.texts
        self._words = LetterWords(context)
        self._visit_id = visit_id
        self._page: LetterPage | None = None
        self._running = 0
        self.preview = PaperPreview(context, self)
        self.signing = SigningForm(context, self)
        self.service = ServiceForm(context, self)
        self.copies = QSpinBox(self)
        self.duplex = QCheckBox(self._texts("service-duplex"), self)
        self.print = SecondaryButton(self._texts("service-print"), shortcut="Ctrl+P", icon="print")
        self.export = SecondaryButton(self._texts("letter-export"), icon="export")
        self.result = NoticeBox(self, kind=MessageKind.SUCCESS)
        self._items = RowList(self)
        self._empty = EmptyState(
            self._texts("service-no-letter"),
            hint=self._texts("service-no-letter-hint"),
            action=self._texts("service-to-draft"),
            icon="letter",
            parent=self,
        )
        self._build()
        self._connect()
        self.refresh(None)

    @property
    def page(self) -> LetterPage | None:
        """The letter shown now."""
        return self._page

    def show_visit(self, visit_id: str) -> None:
        """Another visit."""
        self._visit_id, self._page = visit_id, None
        self.preview.clear()
        self.refresh(None)

    def refresh(self, changes: Changes | None) -> None:
        """Reads the letter again; a draft is brought up to date with the answers first."""
        page = self._page
        is_draft = page is None or page.letter.state is PrescriptionState.DRAFT
        if not self._visit_id or (changes is not None and self._running):
            return
        if is_draft:
            self._running += 1
            job = partial(_bring_up_to_date, self._visit_id)
            self.context.transact(
                job, on_done=self._on_up_to_date, on_undone=self._on_not_drafted, initiator=self
            )
        else:
            self._read()

    def _read(self) -> None:
        visit_id, reader = self._visit_id, self.context.desk.readers.letters

        def read() -> tuple[str, LetterPage | None]:
            letter_id = reader.letter_of_visit(visit_id)
            return visit_id, reader.letter(letter_id) if letter_id else None

        self.context.operations.read(read, on_done=self._on_page, key="letter", owner=self)

    def _on_up_to_date(self, _letter: Letter | None) -> None:
        self._running -= 1
        self._read()

    def _on_not_drafted(self) -> None:
        self._on_up_to_date(None)

    def print_now(self) -> bool:
        """Opens the print dialog; says whether there is something to print."""
        page = self._page
        if page is None or not self.preview.pdf:
            return False
        wish = PrintWish(copies=self.copies.value(), is_duplex=self.duplex.isChecked())
        print_letter(
            self.context,
            self.preview.pdf,
            pages=self.preview.page_count,
            name=page.letter.title,
            parent=self,
            wish=wish,
        )
        return True

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        self._signing_card = Card(self._texts("signing-title"))
        self._signing_card.add(self.signing)
        column.addWidget(self._empty)
        column.addWidget(self.result)
        column.addWidget(self._signing_card)
        column.addWidget(self._print_card())
        self._service_card = Card(self._texts("service-title"))
        self._service_card.add(self.service)
        column.addWidget(self._service_card)
        self._items_card = Card(self._texts("letter-items-title"))
        self._items_card.add(self._items)
        column.addWidget(self._items_card)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMinimumWidth(_LEFT_WIDTH)
        row.addWidget(scroll, 9)
        row.addWidget(self.preview, 10)
        for part in (self._empty, self._signing_card, self._service_card, self._items_card):
            part.hide()

    def _print_card(self) -> Card:
        self._print_holder = Card(self._texts("service-print-title"))
        line = QHBoxLayout()
        line.setSpacing(10)
        self.copies.setRange(1, 9)
        self.copies.setValue(2)
        self.copies.setFixedWidth(70)
        self.copies.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copies.setAccessibleName(self._texts("service-copies"))
        line.addWidget(text_label(self._texts("service-copies"), role="weak"))
        line.addWidget(self.copies)
        line.addWidget(self.duplex)
        line.addStretch(1)
        line.addWidget(self.export)
        line.addWidget(self.print)
        self._print_holder.body.addLayout(line)
        self._print_holder.add(text_label(self._texts("service-copies-hint"), role="hint", wrap=True))
        self._print_holder.hide()
        return self._print_holder

    def _connect(self) -> None:
        self.signing.confirmed.connect(self._on_confirmed)
        self.signing.photos_changed.connect(lambda: self.refresh(None))
        self.service.proven.connect(self._on_proven)
        self.service.photos_changed.connect(lambda: self.refresh(None))
        self.print.clicked.connect(self.print_now)
        self.export.clicked.connect(self._on_export)
        self._items.opened.connect(lambda item_id: self.context.navigator.open(Target("item", item_id)))
        self._empty.action_chosen.connect(lambda: self.step_wanted.emit(VisitStep.PRESCRIPTION.value))

    def _on_page(self, found: tuple[str, LetterPage | None]) -> None:
        visit_id, page = found
        if visit_id != self._visit_id:
            return
        before, self._page = self._page, page
        state = page.letter.state if page else None
        is_draft = state is PrescriptionState.DRAFT
        self._empty.setVisible(page is None)
        self._signing_card.setVisible(is_draft)
        self._print_holder.setVisible(page is not None and not is_draft)
        self._service_card.setVisible(state in _UNSERVED)
        if page is not None:
            copy = "service-print-official" if page.letter.document_number else "service-print"
            self.print.setText(self._texts(copy))
            self.print.updateGeometry()
            self.signing.show_letter(page)
            self._show_result(page)
            if not is_draft:
                self.service.show_letter(page)
            if before is None or before.letter != page.letter:
                self._show_paper(page.letter)
        self.page_shown.emit(page)

    def _show_result(self, page: LetterPage) -> None:
        lines = what_was_told(page, self._words, self._texts)
        self.result.show_lines(lines, kind=MessageKind.SUCCESS if page.services else MessageKind.INFO)
        self._items_card.setVisible(bool(page.items))
        self._items_card.heading.set_remark(str(len(page.items)))
        self._items.set_rows([self._item_row(item) for item in page.items])

    def _item_row(self, item: RectificationItem) -> RecordRow:
        left = (item.deadline - self.context.clock.today()).days
        chip = days_chip(left, self._texts)
        deadline = self._texts("letter-item-until", day=self._words.long_day(item.deadline))
        return RecordRow(
            item.id,
            title=short_title(item.title, self._texts),
            subtitle=deadline,
            trailing=[Badge(chip.words, tone=chip.tone)],
        )

    def _show_paper(self, letter: Letter) -> None:
        if letter.state is PrescriptionState.DRAFT:
            self.preview.show_facts(letter_facts(letter))
            return
        self.context.transact(partial(_paper, letter.id), on_done=self.preview.show_pdf, initiator=self)

    def _on_confirmed(self, confirmation: Confirmation) -> None:
        page = self._page
        if page is None:
            return
        self.signing.setEnabled(False)
        self.context.transact(
            partial(_confirm, page.letter.id, confirmation),
            on_done=self._on_confirmation_kept,
            on_undone=self._on_not_confirmed,
            initiator=self,
        )

    def _on_confirmation_kept(self, _letter: Letter) -> None:
        self.signing.setEnabled(True)
        self.context.operations.say(self._texts("signing-done"), kind="success")
        self.refresh(None)

    def _on_not_confirmed(self) -> None:
        self.signing.setEnabled(True)
        self.refresh(None)

    def _on_proven(self, proof: ServiceProof) -> None:
        page = self._page
        if page is None:
            return
        self.service.setEnabled(False)
        self.context.transact(
            partial(_serve, page.letter.id, proof),
            on_done=self._on_served,
            on_undone=lambda: self.service.setEnabled(True),
            initiator=self,
        )

    def _on_served(self, items: Sequence[RectificationItem]) -> None:
        self.service.setEnabled(True)
        self.refresh(None)
        self.served.emit(tuple(items))

    def _on_export(self) -> None:
        page = self._page
        if page is not None and self.preview.pdf:
            name = letter_file_name(page.letter, page.enterprise.name)
            export_pdf(self.context, self.preview.pdf, file_name=name, parent=self)


def what_was_told(page: LetterPage, words: LetterWords, texts: Texts) -> list[str]:
    """What happened so far and what begins with it, one sentence a line."""
    lines = []
    if page.letter.is_refused:
        lines.append(texts("service-told-refused", reason=page.letter.refusal_note))
    elif page.signatures:
        lines.append(texts("service-told-signed", name=page.signatures[0].name))
    for service in page.services:
        way, day = texts(f"service-way-{service.way.value}"), words.long_day(service.served_on)
        lines.append(texts("service-told-served", way=way, day=day))
    if page.services and page.items:
        start = words.period_start(page.services[0].served_on)
        lines.append(texts("service-told-begun", count=len(page.items), day=start))
    return lines


def _paper(letter_id: str, uow: UnitOfWork, services: Services) -> bytes:
    return letter_pdf(letter_id=letter_id, uow=uow, services=services)


def _bring_up_to_date(visit_id: str, uow: UnitOfWork, services: Services) -> Letter | None:
    # Signing must never freeze what answers given since have overtaken.
    letter = letter_of_visit(visit_id, uow)
    if letter is None or not may_be_edited(letter.state):
        return letter
    return draft_prescription(visit_id=visit_id, uow=uow, services=services)


def _confirm(letter_id: str, confirmation: Confirmation, uow: UnitOfWork, services: Services) -> Letter:
    return confirm_prescription(letter_id=letter_id, uow=uow, services=services, **confirmation.arguments())


def _serve(
    letter_id: str, proof: ServiceProof, uow: UnitOfWork, services: Services
) -> Sequence[RectificationItem]:
    return serve_letter(letter_id=letter_id, proof=proof, uow=uow, services=services)
