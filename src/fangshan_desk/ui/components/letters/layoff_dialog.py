"""Drafts the notice of the steps before an economic layoff, from a plan or a warning signal."""

from functools import partial

from PySide6.QtWidgets import QSpinBox, QWidget

from fangshan_desk.domain.records.letters import Letter, LetterKind
from fangshan_desk.ui.components.letters.dialogs import LetterDialog
from fangshan_desk.ui.components.letters.form_parts import labelled, side_by_side
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.drafting_letters import draft_letter
from fangshan_desk.usecases.letter_sources import LetterSource
from fangshan_desk.usecases.ports import Services, UnitOfWork

_MOST_PEOPLE = 100_000


class LayoffDialog(LetterDialog):
    """With a signal its number of persons stands unless another is typed."""

    def __init__(self, context: Context, enterprise_id: str, signal_id: str, parent: QWidget) -> None:
        texts = context.texts
        super().__init__(context, texts("letter-kind-layoff_notice"), parent=parent)
        self._enterprise_id = enterprise_id
        self._signal_id = signal_id
        self.count = QSpinBox(self)
        self.count.setRange(0, _MOST_PEOPLE)
        self.count.setSpecialValueText(texts("layoff-count-of-signal") if signal_id else "0")
        self.informed_on = date_field(context, self)
        self.informed_on.set_value(context.clock.today())
        self.explained_on = date_field(context, self)
        self.planned_on = date_field(context, self)
        self.button = PrimaryButton(texts("layoff-draft"))
        self.button.clicked.connect(lambda: self.run(partial(_draft, self.source())))
        self.column.addWidget(text_label(texts("layoff-hint"), role="weak", wrap=True))
        self.column.addWidget(labelled(texts("letter-edit-planned-count"), side_by_side(self.count)))
        self.column.addWidget(labelled(texts("letter-edit-informed-on"), side_by_side(self.informed_on)))
        self.column.addWidget(labelled(texts("letter-edit-explained-on"), side_by_side(self.explained_on)))
        self.column.addWidget(labelled(texts("letter-edit-planned-on"), side_by_side(self.planned_on)))
        self.add_buttons(self.button)
        self.taken.connect(self._on_drafted)

    def source(self) -> LetterSource:
        """What is filled in now."""
        return LetterSource(
            enterprise_id=self._enterprise_id,
            signal_id=self._signal_id,
            planned_count=self.count.value(),
            informed_on=self.informed_on.iso(),
            explained_on=self.explained_on.iso(),
            planned_on=self.planned_on.iso(),
        )

    def _on_drafted(self, letter: Letter) -> None:
        self.context.navigator.open(Target("letter", letter.id))


def _draft(source: LetterSource, uow: UnitOfWork, services: Services) -> Letter:
    return draft_letter(kind=LetterKind.LAYOFF_NOTICE, source=source, uow=uow, services=services)
