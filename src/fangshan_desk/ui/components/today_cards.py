"""The cards of the first screen: visits, due items, negotiations, letters, the month so far."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.item_words import RISK_TONES, days_chip, short_day, short_title
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import LinkButton, QuietButton, SecondaryButton
from fangshan_desk.ui.widgets.figures import BigNumber
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import ROW_HEIGHT, RecordRow, RowList
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.views.ledger import LedgerRow, StateGroup
from fangshan_desk.usecases.views.letters import LetterWait
from fangshan_desk.usecases.views.today import (
    ContractLine,
    LetterLine,
    MonthProgress,
    ReplyLine,
    TodayView,
    VisitLine,
)

_RISK_WIDTH = 96
# With four visits above them they still fit a screen of 768 pixels.
MOST_LETTERS = 3
_LEAST_ROWS = 2
# Fen in ten thousand yuan: what the office counts wages in.
_FEN_IN_UNIT = 1_000_000
_FEW_DAYS = 3
_MONTH_DAYS = 30
_VISIT_ACTIONS = {
    VisitState.PLANNED.value: "today-visit-start",
    VisitState.UNDER_WAY.value: "today-visit-go-on",
}


class TodayCard(Card):
    """A card of rows; each row leads to a place, an empty one says what will stand here."""

    chosen = Signal(object)
    title_key = ""
    empty_key = ""
    link_key = ""
    scrolls = False

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts(self.title_key), parent=parent)
        self.context = context
        self.rows = RowList(self)
        self.rows.opened.connect(self._on_opened)
        self._targets: dict[str, Target] = {}
        self._empty = text_label(context.texts(self.empty_key), role="weak", wrap=True)
        self._holder: QWidget = scrolling(self.rows) if self.scrolls else self.rows
        self.add(self._empty)
        self.add(self._holder, stretch=1 if self.scrolls else 0)
        self.body.addStretch(0)
        if self.link_key:
            link = QuietButton(context.texts(self.link_key), compact=True)
            link.clicked.connect(self._on_link)
            self.heading.add_control(link)
            self.heading.setMinimumHeight(link.sizeHint().height())

    def link_target(self) -> Target:
        """Where the button in the heading leads."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[tuple[RecordRow, Target]]) -> None:
        """Replaces the rows."""
        self._targets = {row.key(): target for row, target in rows}
        self.rows.set_rows([row for row, _ in rows])
        self._holder.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        # Alone, the sentence would float in the middle of the card.
        self.body.setStretch(self.body.count() - 1, 0 if rows else 1)

    def _on_opened(self, key: str) -> None:
        if key in self._targets:
            self.chosen.emit(self._targets[key])

    def _on_link(self) -> None:
        self.chosen.emit(self.link_target())


class VisitsCard(TodayCard):
    """Today's visits by their hour, then what was begun or missed."""

    title_key = "today-visits"
    empty_key = "today-visits-empty"
    link_key = "today-visits-plan"
    scrolls = True

    def link_target(self) -> Target:
        """The plan of visits."""
        return Target("visits")

    def show_view(self, view: TodayView) -> None:
        """The day's visits."""
        rows = [self._row(line, "") for line in view.visits]
        rows += [self._row(line, "today-visit-unfinished") for line in view.unfinished]
        rows += [self._row(line, "today-visit-missed") for line in view.missed]
        self.show_rows(rows)
        own = sum(line.state != VisitState.FINISHED.value for line in view.visits)
        self.heading.set_remark(self.context.texts("today-visits-remark", count=own) if own else "")

    def _row(self, line: VisitLine, remark: str) -> tuple[RecordRow, Target]:
        texts = self.context.texts
        town = self.context.desk.services.townships.name_of(line.township)
        leader = "" if line.is_own or not line.leader else line.leader
        parts = [town, line.purpose, leader, self._remark(line, remark)]
        separator = texts("item-separator")
        row = RecordRow(
            line.id,
            title=line.enterprise,
            subtitle=separator.join(part for part in parts if part) or texts("today-visit-no-purpose"),
            leading=line.planned_time or texts("today-visit-no-time"),
            trailing=[self._risk(line), self._action(line)],
        )
        return row, Target("visit", line.id)

    def _remark(self, line: VisitLine, key: str) -> str:
        if not key:
            return ""
        day = short_day(line.planned_on, today=self.context.clock.today()) if line.planned_on else ""
        return self.context.texts(key, day=day)

    def _risk(self, line: VisitLine) -> QWidget:
        texts = self.context.texts
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        level = texts(f"risk-{line.risk_level}")
        words = level if line.risk_level == "unrated" else texts("today-risk", level=level)
        row.addWidget(Badge(words, tone=RISK_TONES.get(line.risk_level, Tone.GREY)))
        row.addStretch(1)
        holder.setFixedWidth(_RISK_WIDTH)
        return holder

    def _action(self, line: VisitLine) -> QWidget:
        texts = self.context.texts
        key = _VISIT_ACTIONS.get(line.state)
        if key is None:
            return Badge(texts(f"visit-state-{line.state}"), tone=Tone.GREEN)
        button = SecondaryButton(texts(key), compact=True)
        button.clicked.connect(partial(self._go, line.id))
        return button

    def _go(self, visit_id: str, _checked: bool = False) -> None:
        self.chosen.emit(Target("visit", visit_id))


class ItemsCard(TodayCard):
    """What is overdue, then what is due within a week."""

    title_key = "today-items"
    empty_key = "today-items-empty"
    link_key = "today-items-all"

    def link_target(self) -> Target:
        """The ledger, at what is most pressing."""
        return Target("rectification", extra={"group": StateGroup.OVERDUE.value})

    def show_view(self, view: TodayView) -> None:
        """The most urgent items and their numbers."""
        texts, counts = self.context.texts, view.item_counts
        self.heading.set_remark(texts("today-items-remark", overdue=counts.overdue, week=counts.due_in_week))
        self.show_rows([self._row(row) for row in view.items])

    def _row(self, line: LedgerRow) -> tuple[RecordRow, Target]:
        texts = self.context.texts
        owner = texts("today-item-owner", name=line.owner_name) if line.owner_name else ""
        chip = days_chip(line.remaining_days or 0, texts)
        row = RecordRow(
            line.id,
            title=short_title(line.title, texts),
            subtitle=texts("item-separator").join(part for part in (line.enterprise, owner) if part),
            trailing=[Badge(chip.words, tone=chip.tone)],
        )
        return row, Target("item", line.id)


class NegotiationsCard(TodayCard):
    """Offers that wait for a reply, and contracts that end within three months."""

    title_key = "today-negotiations"
    empty_key = "today-negotiations-empty"
    scrolls = True

    def show_view(self, view: TodayView) -> None:
        """Replies first: their days run."""
        rows = [self._reply(line) for line in view.replies]
        rows += [self._contract(line) for line in view.contracts]
        self.show_rows(rows)
        left = view.contract_count - len(view.contracts)
        texts = self.context.texts
        self.heading.set_remark(texts("today-contracts-more", count=left) if left > 0 else "")

    def _reply(self, line: ReplyLine) -> tuple[RecordRow, Target]:
        texts, today = self.context.texts, self.context.clock.today()
        is_late = line.due_on < today
        key = "today-reply-late" if is_late else "today-reply"
        late_days = (today - line.due_on).days
        chip = (
            texts("today-reply-over", days=late_days)
            if is_late
            else texts("today-reply-day", day=line.day, days=line.days)
        )
        few_days_left = (line.due_on - today).days <= _FEW_DAYS
        tone = Tone.RED if is_late else Tone.ORANGE if few_days_left else Tone.YELLOW
        row = RecordRow(
            line.id,
            title=line.enterprise,
            subtitle=texts(key, due=short_day(line.due_on, today=today)),
            trailing=[Badge(chip, tone=tone)],
        )
        return row, Target("enterprise", line.enterprise_id)

    def _contract(self, line: ContractLine) -> tuple[RecordRow, Target]:
        texts, today = self.context.texts, self.context.clock.today()
        chip = texts("today-contract-days", days=line.remaining_days)
        tone = Tone.ORANGE if line.remaining_days <= _MONTH_DAYS else Tone.YELLOW
        row = RecordRow(
            line.id,
            title=line.enterprise,
            subtitle=texts("today-contract", title=line.title, day=short_day(line.ends_on, today=today)),
            trailing=[Badge(chip, tone=tone)],
        )
        return row, Target("enterprise", line.enterprise_id)


class LettersCard(Card):
    """Letters that wait for a hand: a signature, an approval, a number, to be handed over."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("today-letters"), parent=parent)
        self.context = context
        self._numbers = QHBoxLayout()
        self._numbers.setSpacing(8)
        self._buttons: dict[LetterWait, LinkButton] = {}
        self._targets: dict[str, Target] = {}
        self.rows = RowList(self)
        self.rows.opened.connect(self._on_opened)
        self._empty = text_label(context.texts("today-letters-empty"), role="weak", wrap=True)
        for wait in LetterWait:
            button = LinkButton("", compact=True, parent=self)
            button.clicked.connect(partial(self._on_wait, wait))
            self.heading.add_control(button)
            self.heading.setMinimumHeight(button.sizeHint().height())
            self._buttons[wait] = button
        self.add(self.rows)
        self.add(self._empty)

    def show_view(self, view: TodayView) -> None:
        """Numbers by what is waited for, and the letters that wait longest."""
        texts = self.context.texts
        for wait, button in self._buttons.items():
            count = view.letter_counts.of(wait)
            button.setText(texts(f"today-letters-{wait.value}", count=count))
            button.updateGeometry()
            button.setVisible(count > 0)
        rows = [self._row(line) for line in view.letters[:MOST_LETTERS]]
        self._targets = {row.key(): Target("letter", row.key()) for row in rows}
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def _row(self, line: LetterLine) -> RecordRow:
        texts = self.context.texts
        waited = (self.context.clock.today() - line.since).days
        words = texts("item-comma").join(texts(f"today-wait-{wait.value}") for wait in line.waits)
        tone = Tone.ORANGE if waited > _FEW_DAYS else Tone.GREY
        number = texts("item-separator").join(
            part for part in (texts(f"letter-kind-{line.kind.value}"), line.number) if part
        )
        return RecordRow(
            line.id,
            title=line.enterprise,
            subtitle=texts("today-letter", letter=number, days=waited),
            trailing=[Badge(words, tone=tone)],
        )

    def _on_opened(self, key: str) -> None:
        self.chosen.emit(self._targets.get(key, Target("letters")))

    def _on_wait(self, wait: LetterWait, _checked: bool = False) -> None:
        self.chosen.emit(Target("letters", extra={"wait": wait.value}))


class MonthCard(Card):
    """What was done this month; each number leads to its list."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts("today-month"), remark=texts("today-month-remark"), parent=parent)
        self.context = context
        self._numbers: dict[str, BigNumber] = {}
        row = QHBoxLayout()
        row.setSpacing(28)
        for name, target in (
            ("visits", Target("visits")),
            ("letters", Target("letters")),
            ("items", Target("rectification", extra={"group": StateGroup.CLOSED.value})),
            ("offers", Target("enterprises")),
            ("wages", Target("rectification", extra={"group": StateGroup.CLOSED.value})),
        ):
            number = BigNumber("", caption=texts(f"today-month-{name}"), parent=self)
            number.chosen.connect(self._leading_to(target))
            row.addWidget(number)
            self._numbers[name] = number
        row.addStretch(1)
        self.body.addLayout(row)

    def show_view(self, view: TodayView) -> None:
        """The numbers as of today."""
        for name, (number, unit) in self._figures(view.month).items():
            self._numbers[name].show_number(number, unit=unit)

    def _figures(self, month: MonthProgress) -> dict[str, tuple[str, str]]:
        texts = self.context.texts
        visits = (
            texts("today-month-of-visits", count=month.visits_target)
            if month.visits_target
            else texts("today-month-unit-visits")
        )
        return {
            "visits": (str(month.visits), visits),
            "letters": (str(month.letters), ""),
            "items": (str(month.items_closed), texts("today-month-of-items", count=month.items_in_hand)),
            "offers": (str(month.offers), ""),
            "wages": (ten_thousands(month.wages_fen), texts("today-month-unit-wages")),
        }

    def _leading_to(self, target: Target) -> Callable[[], None]:
        return lambda: self.chosen.emit(target)


def scrolling(rows: RowList) -> QScrollArea:
    """Rows that scroll where a card is too low for them."""
    holder = QWidget()
    holder.setProperty("surface", "clear")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(rows)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(_LEAST_ROWS * ROW_HEIGHT)
    return area


def ten_thousands(fen: int) -> str:
    """Ten thousands of yuan with one decimal; a small sum is not shown as nothing."""
    tenths = fen * 10 // _FEN_IN_UNIT
    if tenths == 0 and fen:
        return "<0.1"
    return f"{tenths // 10}.{tenths % 10}" if tenths else "0"


def column_of(*cards: QWidget, stretch: QWidget | None = None) -> QVBoxLayout:
    """Cards below each other; one of them takes what is left over."""
    column = QVBoxLayout()
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card, 1 if card is stretch else 0)
    return column
