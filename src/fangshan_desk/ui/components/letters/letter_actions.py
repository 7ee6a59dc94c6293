"""What a person can do with one letter: each step with its dialog, each draft that follows from it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fangshan_desk.domain.records.letters import Letter, LetterKind, LetterService, RectificationItem
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.prescription import PrescriptionEvent, PrescriptionState
from fangshan_desk.domain.states.rectification_item import is_closed
from fangshan_desk.ui.components.letters.dialogs import (
    LetterDialog,
    NumberDialog,
    ReasonDialog,
    ServiceDialog,
)
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.usecases.drafting_letters import confirm_letter, draft_letter
from fangshan_desk.usecases.issuing import approve_letter, discard_draft, issue_letter, withdraw_letter
from fangshan_desk.usecases.letter_kinds import KIND_RULES, Numbering
from fangshan_desk.usecases.letter_sources import LetterSource
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.serving import ServiceProof, serve_again, serve_letter
from fangshan_desk.usecases.views.letters import LetterPage


class LetterActions(QObject):
    """``done`` comes after every step that was kept, ``gone`` after a draft was thrown away."""

    done = Signal(str)
    gone = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._texts = context.texts
        self._window = parent
        self._service: ServiceDialog | None = None

    def take(self, event: PrescriptionEvent, page: LetterPage) -> None:
        """One step of the letter's life."""
        letter = page.letter
        if event is PrescriptionEvent.CONFIRM and KIND_RULES[letter.kind].asks_enterprise:
            self.go_to_draft(letter)
        elif event in (PrescriptionEvent.SERVE, PrescriptionEvent.SERVE_ON_SITE):
            self.serve(page)
        elif event is PrescriptionEvent.WITHDRAW:
            self._withdraw(letter)
        elif event is PrescriptionEvent.ISSUE and KIND_RULES[letter.kind].numbering is Numbering.REGISTRY:
            self._issue_with_number(letter)
        else:
            self._run(event, _JOBS[event], letter)

    def serve(self, page: LetterPage) -> ServiceDialog:
        """The form of service; a letter that was served before is served again, say with its seal."""
        is_again = page.letter.state not in (PrescriptionState.CONFIRMED, PrescriptionState.ISSUED)
        use = _serve_again if is_again else _serve
        title = self._texts("letter-serve-again" if is_again else "letter-event-serve")
        dialog = ServiceDialog(
            self._context,
            page,
            title=title,
            job=lambda proof: partial(use, page.letter.id, proof),
            parent=self._window,
        )
        dialog.taken.connect(lambda _result: self._tell(PrescriptionEvent.SERVE))
        dialog.photos_changed.connect(lambda: self.done.emit(""))
        dialog.destroyed.connect(self._forget_service)
        self._service = dialog
        dialog.open()
        return dialog

    def show_page(self, page: LetterPage) -> None:
        """The letter was read again: an open form of service sees its new photos."""
        if self._service is not None:
            self._service.show_page(page)

    def draft(self, kind: LetterKind, page: LetterPage) -> None:
        """A letter that follows from this one; opens it when it is made."""
        source = source_for(kind, page)
        job = partial(_draft, kind, source)
        self._context.transact(job, on_done=self._on_drafted, initiator=self)

    def discard(self, letter: Letter) -> None:
        """Throw a draft away."""
        job = partial(_discard, letter.id)
        self._context.transact(job, on_done=lambda _nothing: self.gone.emit(), initiator=self)

    def go_to_draft(self, letter: Letter) -> None:
        """The step of the visit where a prescription is edited and signed."""
        step = "service" if letter.confirmed_at else "prescription"
        self._context.navigator.open(Target("visit", letter.visit_id or "", {"step": step}))

    def _withdraw(self, letter: Letter) -> LetterDialog:
        dialog = ReasonDialog(
            self._context,
            title=self._texts("letter-event-withdraw"),
            question=self._texts("letter-withdraw-question"),
            accept=self._texts("letter-event-withdraw"),
            job=lambda reason: partial(_withdraw, letter.id, reason),
            parent=self._window,
        )
        return self._opened(dialog, PrescriptionEvent.WITHDRAW)

    def _issue_with_number(self, letter: Letter) -> LetterDialog:
        dialog = NumberDialog(
            self._context, job=lambda number: partial(_issue, letter.id, number), parent=self._window
        )
        return self._opened(dialog, PrescriptionEvent.ISSUE)

    def _opened(self, dialog: LetterDialog, event: PrescriptionEvent) -> LetterDialog:
        dialog.taken.connect(lambda _result: self._tell(event))
        dialog.open()
        return dialog

    def _run(self, event: PrescriptionEvent, use: Any, letter: Letter) -> None:
        self._context.transact(
            partial(use, letter.id), on_done=lambda _letter: self._tell(event), initiator=self
        )

    def _tell(self, event: PrescriptionEvent) -> None:
        self._context.operations.say(self._texts(f"letter-done-{event.value}"), kind="success")
        self.done.emit(event.value)

    def _on_drafted(self, letter: Letter) -> None:
        self._context.navigator.open(Target("letter", letter.id))

    def _forget_service(self) -> None:
        self._service = None


def followers(page: LetterPage) -> Sequence[LetterKind]:
    """Letters that can be drafted from this one now."""
    letter = page.letter
    if letter.state in (PrescriptionState.DRAFT, PrescriptionState.WITHDRAWN):
        return ()
    kinds = [kind for kind, fits in _FOLLOWERS.items() if fits(page)]
    return kinds if letter.kind is LetterKind.PRESCRIPTION else [k for k in kinds if k is _RECEIPT]


def source_for(kind: LetterKind, page: LetterPage) -> LetterSource:
    """What a following letter is made from."""
    if kind in (LetterKind.RECHECK_OPINION, _RECEIPT):
        return LetterSource(letter_id=page.letter.id)
    items = [item for item in page.items if _ITEM_FITS[kind](item)]
    return LetterSource(item_ids=tuple(item.id for item in items))


_RECEIPT = LetterKind.SERVICE_RECEIPT
_ITEM_FITS: Mapping[LetterKind, Any] = {
    LetterKind.RECTIFICATION_REQUEST: lambda item: not is_closed(item.state),
    LetterKind.REFERRAL: lambda item: not is_closed(item.state),
    LetterKind.EXTENSION_APPROVAL: lambda item: (
        item.state is ItemState.EXTENSION_REQUESTED or item.extension_count > 0
    ),
}
_FOLLOWERS: Mapping[LetterKind, Any] = {
    LetterKind.RECHECK_OPINION: lambda page: any(
        item.closed_on or item.return_count or item.extension_count for item in page.items
    ),
    **{
        kind: partial(lambda kind, page: any(_ITEM_FITS[kind](item) for item in page.items), kind)
        for kind in _ITEM_FITS
    },
    _RECEIPT: lambda _page: True,
}


def _confirm(letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    return confirm_letter(letter_id=letter_id, uow=uow, services=services)


def _approve(letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    return approve_letter(letter_id=letter_id, uow=uow, services=services)


def _issue(letter_id: str, number: str, uow: UnitOfWork, services: Services) -> Letter:
    return issue_letter(letter_id=letter_id, registry_number=number, uow=uow, services=services)


def _issue_from_block(letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    return issue_letter(letter_id=letter_id, uow=uow, services=services)


def _withdraw(letter_id: str, reason: str, uow: UnitOfWork, services: Services) -> Letter:
    return withdraw_letter(letter_id=letter_id, reason=reason, uow=uow, services=services)


def _discard(letter_id: str, uow: UnitOfWork, services: Services) -> None:
    discard_draft(letter_id=letter_id, uow=uow, services=services)


def _draft(kind: LetterKind, source: LetterSource, uow: UnitOfWork, services: Services) -> Letter:
    return draft_letter(kind=kind, source=source, uow=uow, services=services)


def _serve(
    letter_id: str, proof: ServiceProof, uow: UnitOfWork, services: Services
) -> Sequence[RectificationItem]:
    return serve_letter(letter_id=letter_id, proof=proof, uow=uow, services=services)


def _serve_again(letter_id: str, proof: ServiceProof, uow: UnitOfWork, services: Services) -> LetterService:
    return serve_again(letter_id=letter_id, proof=proof, uow=uow, services=services)


_JOBS: Mapping[PrescriptionEvent, Any] = {
    PrescriptionEvent.CONFIRM: _confirm,
    PrescriptionEvent.APPROVE: _approve,
    PrescriptionEvent.ISSUE: _issue_from_block,
}
