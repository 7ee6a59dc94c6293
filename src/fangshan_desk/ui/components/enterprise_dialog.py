"""The form for a new or known enterprise: checked while one types, kept in one step."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.enterprise_names import MatchParty
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.ui.components.enterprise_form import EnterpriseForm
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.registering import (
    Registered,
    SameCodeError,
    edit_enterprise,
    register_enterprise,
)
from fangshan_desk.usecases.views.register import LikelyDuplicate

MOST_SIMILAR = 3
_PAUSE_MS = 250
_LOCKED_MS = 5000


class EnterpriseDialog(QDialog):
    """Emits ``kept`` with the id once it is saved, ``other_chosen`` for an entry that is there already."""

    kept = Signal(str)
    other_chosen = Signal(str)

    def __init__(
        self,
        context: Context,
        *,
        enterprise: Enterprise | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._texts = context.texts
        self._enterprise = enterprise
        self.form = EnterpriseForm(context)
        self.similar: list[LinkButton] = []
        self.refusal = text_label(role="red", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_similar)
        # A full disk is told by the window behind; the form must not stay locked then.
        self._unlock = QTimer(self)
        self._unlock.setSingleShot(True)
        self._unlock.setInterval(_LOCKED_MS)
        self._unlock.timeout.connect(lambda: self._set_busy(is_busy=False))
        self.setWindowTitle(self._texts("register-edit" if enterprise else "register-new"))
        self._build()
        self.form.show_enterprise(enterprise or Enterprise(id="", name=name.strip()))
        self.form.identity_edited.connect(self._pause.start)
        self.form.lines["name"].setFocus()
        if name:
            self._look_for_similar()

    def save(self, *, is_same_code_wanted: bool = False) -> None:
        """Keeps what was entered; a refusal is shown beside the buttons and nothing is lost."""
        unreadable = self.form.first_unreadable()
        if unreadable is not None:
            unreadable.setFocus()
            self._refuse(self._texts("register-unreadable"))
            return
        fields, known = self.form.values(), self._enterprise

        def job(uow: UnitOfWork, services: Services) -> Registered:
            if known is None:
                return register_enterprise(
                    fields=fields, is_same_code_wanted=is_same_code_wanted, uow=uow, services=services
                )
            return edit_enterprise(
                enterprise_id=known.id,
                fields=fields,
                is_same_code_wanted=is_same_code_wanted,
                uow=uow,
                services=services,
            )

        self._set_busy(is_busy=True)
        self._context.transact(job, on_done=self._on_kept, on_failed=self._on_refused, initiator=self)

    def done(self, result: int) -> None:
        """Stops what is still going on when the window closes."""
        self._pause.stop()
        self._unlock.stop()
        super().done(result)

    def _build(self) -> None:
        texts = self._texts
        self._similar_words = text_label(texts("register-similar"), role="orange")
        self._similar_holder = QWidget()
        self._flow = FlowLayout(self._similar_holder, gap=4)
        self._cancel = SecondaryButton(texts("register-cancel"))
        self.keep_anyway = SecondaryButton(texts("register-save-anyway"))
        self.keep = PrimaryButton(texts("register-save"), shortcut="Ctrl+S")
        self._cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(lambda: self.save())
        self.keep_anyway.clicked.connect(lambda: self.save(is_same_code_wanted=True))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.keep.click)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._scrolled(), 1)
        column.addWidget(self._similar_words)
        column.addWidget(self._similar_holder)
        column.addWidget(self.refusal)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._cancel, self.keep_anyway, self.keep):
            buttons.addWidget(button)
        column.addLayout(buttons)
        for widget in (self._similar_words, self._similar_holder, self.refusal, self.keep_anyway):
            widget.hide()
        self.resize(800, 640)

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _look_for_similar(self) -> None:
        values = self.form.values()
        name = values["name"].strip()
        if not name and not values["uscc"].strip():
            self._show_similar([])
            return
        party = MatchParty(
            name=name,
            uscc=values["uscc"],
            legal_representative=values["legal_representative"],
            phone=values["contact_phone"],
            township=values["township"],
        )
        reader, rules = self._context.desk.readers.register, self._context.desk.services.name_rules
        own = self._enterprise.id if self._enterprise else ""
        self._context.operations.read(
            lambda: reader.similar_to(party, rules=rules, ignoring=own),
            on_done=self._show_similar,
            key="similar",
            owner=self,
        )

    def _show_similar(self, found: Sequence[LikelyDuplicate]) -> None:
        for button in self.similar:
            self._flow.removeWidget(button)
            button.deleteLater()
        shown = found[:MOST_SIMILAR]
        self.similar = [
            LinkButton(self._texts("register-similar-one", name=each.name, why=self._texts(each.key)))
            for each in shown
        ]
        for button, each in zip(self.similar, shown, strict=True):
            self._flow.addWidget(button)
            button.clicked.connect(lambda _checked=False, other=each.enterprise_id: self._go_to(other))
        self._similar_words.setVisible(bool(shown))
        self._similar_holder.setVisible(bool(shown))

    def _go_to(self, enterprise_id: str) -> None:
        self.reject()
        self.other_chosen.emit(enterprise_id)

    def _on_kept(self, registered: Registered) -> None:
        self.accept()
        name = registered.enterprise.name
        is_right = registered.code.is_valid or not registered.code.code
        key = "register-saved" if is_right else "register-saved-flagged"
        kind = "success" if key == "register-saved" else "warning"
        self._context.operations.say(self._texts(key, name=name), kind=kind)
        self.kept.emit(registered.enterprise.id)

    def _on_refused(self, error: ExpectedError) -> bool:
        self._set_busy(is_busy=False)
        self.keep_anyway.setVisible(isinstance(error, SameCodeError))
        self._refuse(self._texts(error.key, **error.values))
        return True

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()

    def _set_busy(self, *, is_busy: bool) -> None:
        for button in (self.keep, self.keep_anyway):
            button.setEnabled(not is_busy)
        self._unlock.start() if is_busy else self._unlock.stop()
