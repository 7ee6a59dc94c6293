"""One letter: its paper in the middle; service, code, items and history at the right."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.letter_facts import LetterCopy
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.states.prescription import PrescriptionEvent, PrescriptionState
from fangshan_desk.ui.components.letters.edit_dialog import LetterEditDialog
from fangshan_desk.ui.components.letters.letter_actions import LetterActions, followers
from fangshan_desk.ui.components.letters.letter_cards import (
    HistoryCard,
    ItemsCard,
    PapersCard,
    PhotosCard,
    ServiceCard,
    StepsCard,
    VerificationCard,
)
from fangshan_desk.ui.components.letters.paper import PaperPreview
from fangshan_desk.ui.components.letters.words import LetterWords
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.components.printing import PrintWish, export_pdf, print_letter
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.usecases.desk import Desk
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.letter_steps import facts_of, letter_options
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.printing import letter_file_name, letter_pdf
from fangshan_desk.usecases.views.letters import LetterPage as LetterView

_SIDE_WIDTH = 320
_DRAFT = PrescriptionState.DRAFT


@dataclass(frozen=True)
class _Shown:
    """A letter as read, with its code already drawn."""

    letter_id: str
    view: LetterView | None = None
    modules: tuple[bytes, ...] = ()
    check_words: str = ""


class LetterPage(Page):
    """Reproduces `prescription.png`."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"letter", "letter_service", "letter_signature", "rectification_item", "attachment", "number_block"}
    )
    rail_entry: ClassVar[str] = "letters"
    shows_search: ClassVar[bool] = False

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._texts = context.texts
        self._words = LetterWords(context)
        self._letter_id = ""
        self._view: LetterView | None = None
        self._copy: LetterCopy | None = None
        self.preview = PaperPreview(context, self)
        self.actions_of_letter = LetterActions(context, self)
        self.steps = StepsCard(context)
        self.service = ServiceCard(context)
        self.code = VerificationCard(context)
        self.items = ItemsCard(context)
        self.papers = PapersCard(context)
        self.photos = PhotosCard(context)
        self.history = HistoryCard(context)
        self.more = SecondaryButton(self._texts("letter-more"))
        self.edit = SecondaryButton(self._texts("letter-edit"), icon="pen")
        self.export = SecondaryButton(self._texts("letter-export"))
        self.print = PrimaryButton(self._texts("letter-print"), shortcut="Ctrl+P")
        self._gone = EmptyState(self._texts("letter-gone"), icon="letter", parent=self)
        self._build()
        self._connect()

    @property
    def view(self) -> LetterView | None:
        """The letter shown now."""
        return self._view

    def open(self, target: Target) -> None:
        """Shows the letter; what was on the screen of another one goes away first."""
        if target.record_id != self._letter_id:
            self._letter_id, self._view, self._copy = target.record_id, None, None
            self.preview.clear()
            self.set_title(self._texts("letter-page-title"))
            self._show_empty(False)
        self.refresh(None)

    def refresh(self, changes: Changes | None) -> None:
        """Reads the letter again."""
        if self._letter_id:
            job = partial(_read, self.context.desk, self._letter_id)
            self.context.operations.read(job, on_done=self._on_read, key="letter", owner=self)

    def handle(self, command: Command) -> bool:
        """Ctrl+P prints."""
        return command is Command.PRINT and self.print_now()

    def print_now(self) -> bool:
        """Opens the print dialog; says whether there is something to print."""
        view = self._view
        if view is None or not self.preview.pdf:
            return False
        print_letter(
            self.context,
            self.preview.pdf,
            pages=self.preview.page_count,
            name=view.letter.title,
            parent=self,
            wish=PrintWish(copies=2),
        )
        return True

    def menu(self) -> QMenu:
        """Everything that is done rarely."""
        menu = QMenu(self)
        view = self._view
        if view is None:
            return menu
        letter = view.letter
        menu.addAction(self._texts("letter-copy-text"), self._on_copy_text)
        if letter.document_number and letter.kind is LetterKind.PRESCRIPTION:
            other = LetterCopy.ONSITE if self._copy is not LetterCopy.ONSITE else LetterCopy.OFFICIAL
            menu.addAction(self._texts(f"letter-show-{other.value}"), partial(self._show_copy, other))
        if letter.document_number and view.services:
            menu.addAction(self._texts("letter-serve-again"), lambda: self.actions_of_letter.serve(view))
        if letter.visit_id:
            menu.addAction(self._texts("letter-to-visit"), self._on_visit)
        menu.addAction(self._texts("letter-to-enterprise"), self._on_enterprise)
        if kinds := followers(view):
            menu.addSeparator()
            for kind in kinds:
                words = self._texts("letter-draft-kind", kind=self._words.kind(kind))
                menu.addAction(words, partial(self.actions_of_letter.draft, kind, view))
        if letter.state is _DRAFT:
            menu.addSeparator()
            menu.addAction(self._texts("letter-discard"), lambda: self.actions_of_letter.discard(letter))
        return menu

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._gone, 1)
        row.addWidget(self.preview, 1)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        cards = (self.steps, self.service, self.code, self.items, self.papers, self.photos, self.history)
        for card in cards:
            card.hide()
            column.addWidget(card)
        column.addStretch(1)
        self._side = QScrollArea(self)
        self._side.setWidget(holder)
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setFixedWidth(_SIDE_WIDTH)
        row.addWidget(self._side)
        self._gone.hide()
        for button in (self.more, self.edit, self.export, self.print):
            self.add_header_widget(button)

    def _connect(self) -> None:
        self.more.clicked.connect(self._on_more)
        self.edit.clicked.connect(self._on_edit)
        self.export.clicked.connect(self._on_export)
        self.print.clicked.connect(self.print_now)
        self.steps.step_wanted.connect(self._on_step)
        self.items.item_chosen.connect(lambda item: self.context.navigator.open(Target("item", item)))
        self.papers.letter_chosen.connect(
            lambda letter: self.context.navigator.open(Target("letter", letter))
        )
        self.photos.photos.changed.connect(lambda: self.refresh(None))
        self.actions_of_letter.done.connect(lambda _event: self.refresh(None))
        self.actions_of_letter.gone.connect(self.context.navigator.back)

    def _on_read(self, shown: _Shown) -> None:
        if shown.letter_id != self._letter_id:
            return
        view = shown.view
        before, self._view = self._view, view
        self._show_empty(view is None)
        if view is None:
            return
        self.actions_of_letter.show_page(view)
        self.set_title(
            view.letter.title,
            subtitle=self._texts("letter-subtitle", number=view.number, enterprise=view.enterprise.name),
        )
        self._show_cards(view)
        self.code.show_code(shown.modules, shown.check_words)
        if before is None or before.letter != view.letter:
            self._show_paper(view)

    def _show_cards(self, view: LetterView) -> None:
        letter, services = view.letter, self.context.desk.services
        facts = facts_of(letter, visitors=view.visitors, signatures=view.signatures, items=view.items)
        self.steps.show_options(letter_options(letter, facts, services), self._caption)
        self.service.show()
        self.service.show_letter(view)
        self.items.show_items(view.items)
        self.papers.show_letters([*([view.parent] if view.parent else []), *view.children])
        self.photos.show_letter(view)
        self.history.show()
        self.history.show_letter(view)
        is_draft = letter.state is _DRAFT
        self.edit.setEnabled(is_draft)
        self.edit.setToolTip("" if is_draft else self._texts("letter-frozen", number=view.number))

    def _caption(self, event: PrescriptionEvent) -> str:
        view = self._view
        if event is PrescriptionEvent.CONFIRM and view is not None:
            is_signed = view.letter.kind is LetterKind.PRESCRIPTION
            return self._texts("letter-go-to-signing" if is_signed else "letter-confirm-own")
        return self._texts(f"letter-do-{event.value}")

    def _show_paper(self, view: LetterView) -> None:
        if view.letter.state is _DRAFT:
            self.preview.show_facts(letter_facts(view.letter))
            return
        job = partial(_paper, view.letter.id, self._copy)
        self.context.transact(job, on_done=self.preview.show_pdf, initiator=self)

    def _show_copy(self, copy: LetterCopy) -> None:
        self._copy = copy
        if self._view is not None:
            self._show_paper(self._view)

    def _show_empty(self, is_gone: bool) -> None:
        self._gone.setVisible(is_gone)
        self.preview.setVisible(not is_gone)
        self._side.setVisible(not is_gone)
        for button in (self.more, self.edit, self.export, self.print):
            button.setEnabled(not is_gone)

    def _on_step(self, event: str) -> None:
        if self._view is not None:
            self.actions_of_letter.take(PrescriptionEvent(event), self._view)

    def _on_more(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_edit(self) -> None:
        view = self._view
        if view is None:
            return
        if view.letter.kind is LetterKind.PRESCRIPTION:
            self.actions_of_letter.go_to_draft(view.letter)
        else:
            LetterEditDialog(self.context, view.letter, self).open()

    def _on_export(self) -> None:
        view = self._view
        if view is not None and self.preview.pdf:
            name = letter_file_name(view.letter, view.enterprise.name)
            export_pdf(self.context, self.preview.pdf, file_name=name, parent=self)

    def _on_copy_text(self) -> None:
        if self._view is not None:
            facts = letter_facts(self._view.letter)
            QGuiApplication.clipboard().setText(self.context.desk.services.press.plain_text(facts))
            self.context.operations.say(self._texts("letter-text-copied"), kind="success")

    def _on_visit(self) -> None:
        if self._view is not None:
            self.context.navigator.open(Target("visit", self._view.letter.visit_id or ""))

    def _on_enterprise(self) -> None:
        if self._view is not None:
            self.context.navigator.open(Target("enterprise", self._view.letter.enterprise_id))


def _read(desk: Desk, letter_id: str) -> _Shown:
    view = desk.readers.letters.letter(letter_id)
    if view is None or not view.letter.content_hash:
        return _Shown(letter_id, view)
    letter, press = view.letter, desk.services.press
    modules = press.code_modules(letter.official_code_text or letter.code_text)
    return _Shown(letter_id, view, tuple(modules), press.check_words(letter_facts(letter)))


def _paper(letter_id: str, copy: LetterCopy | None, uow: UnitOfWork, services: Services) -> bytes:
    return letter_pdf(letter_id=letter_id, copy=copy, uow=uow, services=services)
