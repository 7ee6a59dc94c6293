"""The first screen of the day: what to do now, each line leading to the place where it is done."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.components.page import Command, Page
from fangshan_desk.ui.components.today_cards import (
    ItemsCard,
    LettersCard,
    MonthCard,
    NegotiationsCard,
    VisitsCard,
    column_of,
)
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.buttons import PrimaryButton
from fangshan_desk.usecases.views.today import TodayQuestion, TodayView

_NEW_VISIT = Target("visits", extra={"new": "1"})


class TodayPage(Page):
    """Visits and the month at the left, what is due and what waits at the right."""

    watches = frozenset(
        {
            "visit",
            "visitor",
            "rectification_item",
            "letter",
            "letter_service",
            "collective_contract",
            "negotiation",
            "enterprise",
            "campaign",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.visits = VisitsCard(context)
        self.items = ItemsCard(context)
        self.negotiations = NegotiationsCard(context)
        self.letters = LettersCard(context)
        self.month = MonthCard(context)
        self.new_visit = PrimaryButton(context.texts("today-new-visit"), shortcut="Ctrl+N", icon="plus")
        self.new_visit.clicked.connect(self._on_new_visit)
        self._build()
        self._show_title(0)

    def refresh(self, changes: Changes | None) -> None:
        """Everything in one look."""
        question, reader = self._question(), self.context.desk.readers.today
        self.context.operations.read(
            lambda: reader.read(question), on_done=self._on_view, key="today", owner=self
        )

    def handle(self, command: Command) -> bool:
        """Ctrl+N is the page's own primary action."""
        if command is not Command.NEW_VISIT:
            return False
        self._on_new_visit()
        return True

    def _question(self) -> TodayQuestion:
        services = self.context.desk.services
        limits = services.limits
        return TodayQuestion(
            today=self.context.clock.today(),
            offset_minutes=self.context.clock.offset_minutes(),
            officer_id=self.context.actor.id,
            reply_days=limits["offer_reply"].n,
            renewal_months=limits["renewal_proposal"].n,
            reminder_days=limits.item.reminder_days,
            top=5,
        )

    def _on_view(self, view: TodayView) -> None:
        for card in (self.visits, self.items, self.negotiations, self.letters, self.month):
            card.show_view(view)
        waiting = sum(line.state == "planned" for line in view.visits)
        self._show_title(waiting)

    def _show_title(self, waiting: int) -> None:
        texts = self.context.texts
        day = day_words(self.context.clock.today(), self.context)
        key = "today-subtitle" if waiting else "today-subtitle-none"
        self.set_title(texts("today-title"), subtitle=texts(key, day=day, count=waiting))

    def _on_new_visit(self) -> None:
        self.context.navigator.open(_NEW_VISIT)

    def _on_chosen(self, target: Target) -> None:
        self.context.navigator.open(target)

    def _build(self) -> None:
        self.add_header_widget(self.new_visit)
        for card in (self.visits, self.items, self.negotiations, self.letters, self.month):
            card.chosen.connect(self._on_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(column_of(self.visits, self.letters, self.month, stretch=self.visits), 5)
        row.addLayout(column_of(self.items, self.negotiations, stretch=self.negotiations), 4)


def day_words(day: date, context: Context) -> str:
    """The day with its weekday, as on a wall calendar."""
    texts = context.texts
    weekday = texts(f"today-weekday-{day.isoweekday()}")
    return texts("today-day", year=day.year, month=day.month, day=day.day, weekday=weekday)
