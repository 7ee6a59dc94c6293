"""The enterprise signs on the screen or on paper, or is recorded as refusing."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from fangshan_desk.domain.records.visits import Visitor
from fangshan_desk.ui.components.letters.form_parts import WayChoice, labelled, line_field, side_by_side
from fangshan_desk.ui.components.letters.letter_photos import LetterPhotos
from fangshan_desk.ui.components.worded import signature_pad
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton, QuietButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.signature_pad import SignaturePad
from fangshan_desk.usecases.letter_steps import ENTERPRISE
from fangshan_desk.usecases.prescribing import Signing
from fangshan_desk.usecases.views.letters import LetterPage

SCREEN, PAPER, REFUSED = "screen", "paper", "refused"
_PAD_HEIGHT = 170
_OBJECTION_HEIGHT = 54


@dataclass(frozen=True)
class Confirmation:
    """What `confirm_prescription` is told."""

    signings: tuple[Signing, ...] = ()
    refusal_note: str = ""
    witness: str = ""
    objection: str | None = ""

    def arguments(self) -> dict[str, Any]:
        """As keyword arguments."""
        return {
            "signings": self.signings,
            "refusal_note": self.refusal_note,
            "witness": self.witness,
            "objection": self.objection,
        }


class SigningForm(QWidget):
    """``confirmed`` hands on a Confirmation; until the proof is complete the button says what is missing."""

    confirmed = Signal(object)
    photos_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = context.texts
        self._context = context
        self._page: LetterPage | None = None
        self._pads: dict[str, SignaturePad] = {}
        ways = [(way, self._texts(f"signing-way-{way}")) for way in (SCREEN, PAPER, REFUSED)]
        self.way = WayChoice(ways, value=SCREEN, name=self._texts("signing-title"), parent=self)
        self.name = line_field(self._texts("signing-name"), width=110)
        self.post = line_field(self._texts("signing-post"), width=110)
        self.phone = line_field(self._texts("signing-phone"), width=130)
        self.objection = QPlainTextEdit(self)
        self.refusal = QPlainTextEdit(self)
        self.witness = line_field(self._texts("signing-witness"), width=160)
        self.photos = LetterPhotos(context, self._texts("signing-refusal-photo"), self)
        self.accept = PrimaryButton(self._texts("signing-accept"), icon="check")
        self._missing = text_label(role="orange", wrap=True)
        self._signers = QHBoxLayout()
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()
        self._show_way()

    def pad(self, signer: str) -> SignaturePad:
        """Where somebody signs."""
        return self._pads[signer]

    def show_letter(self, page: LetterPage) -> None:
        """Offers everybody who signs; what was filled in stays."""
        is_new = self._page is None or self._page.letter.id != page.letter.id
        self._page = page
        self.photos.show_letter(page.letter.id, page.attachments)
        if is_new:
            visit = page.visit
            self.name.setText(visit.enterprise_person if visit else "")
            self.post.setText(visit.enterprise_person_post if visit else "")
            self.phone.setText(visit.enterprise_person_phone if visit else "")
            self._make_pads(page.visitors)
        self._show_missing()

    def confirmation(self) -> Confirmation:
        """What is filled in now."""
        if self.way.way() == REFUSED:
            note, witness = self.refusal.toPlainText().strip(), self.witness.text().strip()
            return Confirmation(refusal_note=note, witness=witness, objection=self._objection())
        return Confirmation(signings=self._signings(), objection=self._objection())

    def missing(self) -> str:
        """What has to be filled in first, as a sentence; empty when all is there."""
        way = self.way.way()
        if way == REFUSED:
            if not self.refusal.toPlainText().strip():
                return self._texts("signing-missing-reason")
            is_proven = self.witness.text().strip() or not self.photos.is_empty
            return "" if is_proven else self._texts("signing-missing-witness")
        if not self.name.text().strip():
            return self._texts("signing-missing-name")
        if way == SCREEN and self._pads and self._pads[ENTERPRISE].is_blank():
            return self._texts("signing-missing-signature")
        return ""

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(side_by_side(self.way))
        self._person = labelled(self._texts("signing-person"), side_by_side(self.name, self.post, self.phone))
        for field, key in ((self.name, "name"), (self.post, "post"), (self.phone, "phone")):
            field.setPlaceholderText(self._texts(f"signing-{key}"))
        column.addWidget(self._person)
        column.addWidget(self._screen_part())
        column.addWidget(self._paper_part())
        column.addWidget(self._refusal_part())
        self.objection.setFixedHeight(_OBJECTION_HEIGHT)
        self.objection.setTabChangesFocus(True)
        self.objection.setPlaceholderText(self._texts("signing-objection-hint"))
        column.addWidget(labelled(self._texts("signing-objection"), self.objection, is_top=True))
        foot = QHBoxLayout()
        foot.addWidget(self._missing, 1)
        foot.addWidget(self.accept)
        column.addLayout(foot)

    def _screen_part(self) -> QWidget:
        self._on_screen = QWidget(self)
        column = QVBoxLayout(self._on_screen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._signers.setSpacing(6)
        bar = QHBoxLayout()
        bar.addLayout(self._signers)
        bar.addStretch(1)
        undo = QuietButton(self._texts("signing-undo"), compact=True, icon="undo")
        clear = QuietButton(self._texts("signing-clear"), compact=True)
        undo.clicked.connect(lambda: self._current_pad().undo())
        clear.clicked.connect(lambda: self._current_pad().clear())
        bar.addWidget(undo)
        bar.addWidget(clear)
        column.addLayout(bar)
        self._stack.setFixedHeight(_PAD_HEIGHT)
        column.addWidget(self._stack)
        return self._on_screen

    def _paper_part(self) -> QWidget:
        self._on_paper = text_label(self._texts("signing-paper-hint"), role="weak", wrap=True)
        return self._on_paper

    def _refusal_part(self) -> QWidget:
        self._refused = QWidget(self)
        column = QVBoxLayout(self._refused)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.refusal.setFixedHeight(_OBJECTION_HEIGHT)
        self.refusal.setTabChangesFocus(True)
        column.addWidget(labelled(self._texts("signing-refusal"), self.refusal, is_top=True))
        column.addWidget(labelled(self._texts("signing-witness"), side_by_side(self.witness)))
        column.addWidget(labelled(self._texts("signing-photos"), self.photos, is_top=True))
        return self._refused

    def _connect(self) -> None:
        self.way.chosen.connect(self._show_way)
        for field in (self.name, self.witness):
            field.textChanged.connect(self._show_missing)
        self.refusal.textChanged.connect(self._show_missing)
        self.photos.changed.connect(self.photos_changed)
        self.accept.clicked.connect(self._on_accept)

    def _make_pads(self, visitors: tuple[Visitor, ...]) -> None:
        for old in self._pads.values():
            self._stack.removeWidget(old)
            old.deleteLater()
        while (entry := self._signers.takeAt(0)) is not None:
            if (button := entry.widget()) is not None:
                button.deleteLater()
        self._pads = {}
        names = {ENTERPRISE: self._texts("signing-enterprise")}
        names |= {f"visitor_{number}": visitor.name for number, visitor in enumerate(visitors, 1)}
        ways = [(signer, words) for signer, words in names.items()]
        self._who = WayChoice(ways, value=ENTERPRISE, name=self._texts("signing-who"))
        self._who.chosen.connect(self._on_signer)
        self._signers.addWidget(self._who)
        for signer in names:
            pad = signature_pad(self._context)
            pad.setAccessibleName(self._texts("signing-pad", name=names[signer]))
            pad.changed.connect(self._show_missing)
            self._pads[signer] = pad
            self._stack.addWidget(pad)

    def _on_signer(self, signer: str) -> None:
        self._stack.setCurrentWidget(self._pads[signer])

    def _current_pad(self) -> SignaturePad:
        return self._pads[self._who.way()]

    def _signings(self) -> tuple[Signing, ...]:
        is_screen = self.way.way() == SCREEN
        signings = [
            Signing(
                signer=ENTERPRISE,
                name=self.name.text().strip(),
                post=self.post.text().strip(),
                phone=self.phone.text().strip(),
                image=self._pads[ENTERPRISE].png() if is_screen else b"",
            )
        ]
        visitors = self._page.visitors if self._page is not None else ()
        for number, visitor in enumerate(visitors, 1):
            pad = self._pads[f"visitor_{number}"]
            if is_screen and not pad.is_blank():
                signings.append(Signing(signer=f"visitor_{number}", name=visitor.name, image=pad.png()))
        return tuple(signings)

    def _objection(self) -> str | None:
        text = self.objection.toPlainText().strip()
        # On paper the boxes stay open to be ticked by hand.
        return None if not text and self.way.way() != SCREEN else text

    def _show_way(self) -> None:
        way = self.way.way()
        self._on_screen.setVisible(way == SCREEN)
        self._on_paper.setVisible(way == PAPER)
        self._refused.setVisible(way == REFUSED)
        self._person.setVisible(way != REFUSED)
        self._show_missing()

    def _show_missing(self) -> None:
        sentence = self.missing()
        self._missing.setText(sentence)
        self.accept.setEnabled(not sentence and self._page is not None)
        self.accept.setToolTip(sentence)

    def _on_accept(self) -> None:
        if not self.missing():
            self.confirmed.emit(self.confirmation())
