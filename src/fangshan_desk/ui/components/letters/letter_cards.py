"""The cards beside a letter: what may be done, service, verification, items, papers, history."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.domain.records.letters import LetterService, RectificationItem
from fangshan_desk.domain.states.machine import RefusalKind
from fangshan_desk.domain.states.prescription import PrescriptionEvent
from fangshan_desk.ui.components.item_words import days_chip, short_day, short_title, state_tone
from fangshan_desk.ui.components.letters.code_picture import CodePicture
from fangshan_desk.ui.components.letters.letter_photos import LetterPhotos
from fangshan_desk.ui.components.letters.words import STATE_TONES, LetterWords
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import (
    KeyValueRows,
    RecordRow,
    RowList,
    TimelineEntry,
    TimelineList,
)
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.letter_steps import LetterOption
from fangshan_desk.usecases.views.ledger import AWAITING_ENTERPRISE
from fangshan_desk.usecases.views.letters import LetterPage, LetterRow

_KEY_WIDTH = 76
_SMALL_PADDING = 14
# What a person chooses; the rest follows by itself.
_PERSONS_EVENTS = (
    PrescriptionEvent.CONFIRM,
    PrescriptionEvent.APPROVE,
    PrescriptionEvent.ISSUE,
    PrescriptionEvent.SERVE,
    PrescriptionEvent.SERVE_ON_SITE,
    PrescriptionEvent.WITHDRAW,
)


class StepsCard(Card):
    """Every step that leads on from here, the refused ones with the reason."""

    step_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("letter-steps-title"), padding=_SMALL_PADDING, parent=parent)
        self._texts = context.texts
        self._buttons: dict[PrescriptionEvent, SecondaryButton] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)

    def button(self, event: PrescriptionEvent) -> SecondaryButton | None:
        """The button of a step, if it is shown."""
        return self._buttons.get(event)

    def show_options(
        self, options: Sequence[LetterOption], caption: Callable[[PrescriptionEvent], str]
    ) -> None:
        """Replaces what is offered; hidden when nothing leads on."""
        while (entry := self._rows.takeAt(0)) is not None:
            if (old := entry.widget()) is not None:
                old.deleteLater()
        self._buttons = {}
        for option in options:
            if option.event in _PERSONS_EVENTS and not _is_beside_the_point(option):
                self._rows.addWidget(self._row(option, caption(option.event)))
        self.setVisible(bool(self._buttons))

    def _row(self, option: LetterOption, caption: str) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        button = SecondaryButton(caption, compact=True)
        button.setEnabled(option.may_be_offered)
        button.clicked.connect(lambda: self.step_wanted.emit(option.event.value))
        self._buttons[option.event] = button
        column.addWidget(button)
        if not option.may_be_offered and option.refusal is not None:
            why = self._texts(option.refusal.key, **option.refusal.values)
            button.setToolTip(why)
            button.setAccessibleDescription(why)
            column.addWidget(text_label(why, role="hint", wrap=True))
        return holder


class ServiceCard(Card):
    """State, number, copies, who signed and how it was handed over."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("letter-service-title"), padding=_SMALL_PADDING, parent=parent)
        self._texts = context.texts
        self._words = LetterWords(context)
        self._rows = KeyValueRows(key_width=_KEY_WIDTH)
        self.add(self._rows)

    def show_letter(self, page: LetterPage) -> None:
        """Replaces what is shown."""
        texts, letter = self._texts, page.letter
        badge = Badge(self._words.state(letter.state), tone=STATE_TONES[letter.state])
        rows: list[tuple[str, str | QWidget]] = [(texts("letter-fact-state"), badge)]
        facts = {
            "number": letter.document_number,
            "field-number": letter.field_number,
            "approved": self._approvals(page),
            "signed": self._signers(page),
            "refused": letter.refusal_note,
            "objection": letter.objection,
            "withdrawn": letter.withdrawn_reason,
        }
        rows += [(texts(f"letter-fact-{name}"), value) for name, value in facts.items() if value]
        rows += [(texts("letter-fact-served"), self._service(service)) for service in page.services]
        rows.append((texts("letter-fact-copies"), texts("letter-two-copies")))
        self._rows.set_rows(rows)

    def _approvals(self, page: LetterPage) -> str:
        letter = page.letter
        approved = {"hrss": letter.approved_by_hrss, "ftu": letter.approved_by_ftu}
        words = [
            self._texts(
                "letter-person-with-post", name=page.name_of(officer), post=self._texts(f"body-{body}")
            )
            for body, officer in approved.items()
            if officer
        ]
        return self._texts("letter-enumeration").join(words)

    def _signers(self, page: LetterPage) -> str:
        words = [
            self._texts("letter-signed-on-paper" if one.is_on_paper else "letter-signed", name=one.name)
            for one in page.signatures
        ]
        return self._texts("letter-enumeration").join(words)

    def _service(self, service: LetterService) -> str:
        way = self._texts(f"service-way-{service.way.value}")
        person = service.recipient or service.witness or service.tracking_number
        day = service.served_on.isoformat()
        return " ".join(part for part in (day, way, person) if part)


class VerificationCard(Card):
    """The code as it stands on the paper, and the short code to read out."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context.texts("letter-code-title"),
            remark=context.texts("letter-code-remark"),
            padding=_SMALL_PADDING,
            parent=parent,
        )
        self._context = context
        self.picture = CodePicture(context.texts("letter-code-title"), self)
        self.words = text_label(role="strong")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        explained = text_label(context.texts("letter-code-explained"), role="weak", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(self.words)
        side.addWidget(explained)
        side.addStretch(1)
        row.addLayout(side, 1)
        self.body.addLayout(row)

    def show_code(self, modules: Sequence[bytes], check_words: str) -> None:
        """Hidden while the letter has no code."""
        self.setVisible(bool(modules))
        self.words.setText(self._context.texts("letter-code-words", code=check_words))
        self.picture.show_modules(modules)


class ItemsCard(Card):
    """The rectification items the letter started."""

    item_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("letter-items-title"), padding=_SMALL_PADDING, parent=parent)
        self._context = context
        self._rows = RowList(self)
        self._rows.opened.connect(self.item_chosen)
        self.add(self._rows)

    def rows(self) -> tuple[RecordRow, ...]:
        """What is shown."""
        return self._rows.rows()

    def show_items(self, items: Sequence[RectificationItem]) -> None:
        """Hidden where there are none."""
        self.setVisible(bool(items))
        self.heading.set_remark(str(len(items)))
        self._rows.set_rows([self._row(item) for item in items])

    def _row(self, item: RectificationItem) -> RecordRow:
        texts, today = self._context.texts, self._context.clock.today()
        if item.state in AWAITING_ENTERPRISE:
            chip = days_chip((item.deadline - today).days, texts)
            badge = Badge(chip.words, tone=chip.tone)
        else:
            badge = Badge(texts(item.state.label_key), tone=state_tone(item.state))
        subtitle = texts("letter-item-line", code=item.code, day=short_day(item.deadline, today=today))
        return RecordRow(item.id, title=short_title(item.title, texts), subtitle=subtitle, trailing=[badge])


class PapersCard(Card):
    """Letters that belong to this one, and other files kept with it."""

    letter_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("letter-papers-title"), padding=_SMALL_PADDING, parent=parent)
        self._words = LetterWords(context)
        self._rows = RowList(self)
        self._rows.opened.connect(self.letter_chosen)
        self.add(self._rows)

    def show_letters(self, letters: Sequence[LetterRow]) -> None:
        """Hidden where there are none."""
        self.setVisible(bool(letters))
        self._rows.set_rows([self._row(letter) for letter in letters])

    def _row(self, letter: LetterRow) -> RecordRow:
        badge = Badge(self._words.state(letter.state), tone=STATE_TONES[letter.state])
        return RecordRow(letter.id, title=letter.title, subtitle=letter.number, trailing=[badge])


class PhotosCard(Card):
    """Photos and scans of the signed paper, of the place it was left at, of a postal receipt."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("letter-photos-title"), padding=_SMALL_PADDING, parent=parent)
        self.photos = LetterPhotos(context, context.texts("letter-photos-hint"), self)
        self.add(self.photos)

    def show_letter(self, page: LetterPage) -> None:
        """A draft has no paper yet that could be photographed."""
        self.setVisible(page.letter.confirmed_at is not None)
        self.photos.show_letter(page.letter.id, page.attachments)


class HistoryCard(Card):
    """What happened to the letter, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("letter-history-title"), padding=_SMALL_PADDING, parent=parent)
        self._texts = context.texts
        self._words = LetterWords(context)
        self.list = TimelineList()
        self.add(self.list)

    def show_letter(self, page: LetterPage) -> None:
        """Every step, and the first draft."""
        entries = [
            TimelineEntry(
                self._words.moment(step.recorded_at),
                self._texts(f"letter-event-{step.event}"),
                " · ".join(part for part in (step.officer, step.note) if part),
            )
            for step in page.steps
        ]
        made = TimelineEntry(
            self._words.moment(page.letter.made_at),
            self._texts("letter-history-made"),
            page.name_of(page.letter.made_by),
        )
        self.list.set_entries([*entries, made])


def _is_beside_the_point(option: LetterOption) -> bool:
    refusal = option.refusal
    if refusal is None:
        return False
    return refusal.kind is RefusalKind.WRONG_STATE or refusal.key.endswith("already-numbered")
