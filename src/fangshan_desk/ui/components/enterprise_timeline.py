"""What happened with an enterprise, newest first; visits, letters and items lead to their pages."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.components.risk_words import LEVEL_TONES
from fangshan_desk.ui.context import Context, Target, Texts
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import QuietButton
from fangshan_desk.ui.widgets.lists import RecordRow, RowList
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.views.register import TimelineKind, TimelineRow

# More widgets than one looks at would be felt when the page opens.
FIRST_ROWS = 12
_PAGES = {TimelineKind.VISIT: "visit", TimelineKind.LETTER: "letter", TimelineKind.ITEM: "item"}
_DONE = frozenset({"finished", "completed", "verified", "not_required", "transferred", "expired"})
_URGENT = frozenset({"overdue", "returned", "escalated"})


class TimelineCard(Card):
    """A card of events that scrolls inside itself."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts("register-timeline"), padding=14, parent=parent)
        self._texts = texts
        self._events: tuple[TimelineRow, ...] = ()
        self.list = RowList()
        self.empty = EmptyState(texts("register-timeline-empty"), hint=texts("register-timeline-hint"))
        self.more = QuietButton(texts("register-timeline-more"), compact=True)
        self.heading.add_control(self.more)
        self._area = self._scrolled()
        self.add(self._area, stretch=1)
        self.add(self.empty, stretch=1)
        self.list.opened.connect(self._on_opened)
        self.more.clicked.connect(lambda: self._show(len(self._events)))

    def show_events(self, events: Sequence[TimelineRow]) -> None:
        """Replaces what is shown."""
        self._events = tuple(events)
        self.empty.setVisible(not events)
        self._area.setVisible(bool(events))
        self._show(FIRST_ROWS)

    def _scrolled(self) -> QScrollArea:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        # The card's white shows through.
        holder.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area

    def _show(self, count: int) -> None:
        shown = self._events[:count]
        rest = len(self._events) - len(shown)
        self.more.setVisible(rest > 0)
        self.heading.set_remark(
            self._texts("register-timeline-count", count=len(self._events)) if self._events else ""
        )
        self.list.set_rows([self._row(event) for event in shown])

    def _row(self, event: TimelineRow) -> RecordRow:
        texts = self._texts
        badge = event_badge(event, texts)
        return RecordRow(
            f"{event.kind.value}:{event.id}",
            title=event_title(event, texts),
            subtitle=event_note(event, texts),
            leading=event.on.isoformat() if event.on else "",
            trailing=[badge] if badge is not None else [],
        )

    def _on_opened(self, key: str) -> None:
        kind, _, record_id = key.partition(":")
        page = _PAGES.get(TimelineKind(kind))
        if page is not None:
            self.chosen.emit(Target(page, record_id))


def event_title(event: TimelineRow, texts: Texts) -> str:
    """What happened, in one line."""
    title = _TITLES.get(event.kind)
    if title is not None:
        return title(event, texts)
    return event.title or texts(f"register-event-{event.kind.value}")


def event_note(event: TimelineRow, texts: Texts) -> str:
    """The second line: what kind of thing it is."""
    if event.kind is TimelineKind.ITEM and event.detail:
        return texts("register-event-deadline", day=event.detail)
    if event.kind is TimelineKind.NEGOTIATION and event.detail:
        return texts("register-event-reply", day=event.detail)
    if event.kind is TimelineKind.ASSESSMENT:
        return texts("register-event-score", score=event.detail)
    return texts(f"register-event-{event.kind.value}")


def event_badge(event: TimelineRow, texts: Texts) -> Badge | None:
    """The state in a word and a colour, where the office has a word for it."""
    prefix = _STATES.get(event.kind)
    key = f"{prefix}{event.state}"
    if prefix is None or not event.state or not texts.has(key):
        return None
    tone = Tone.GREEN if event.state in _DONE else Tone.RED if event.state in _URGENT else Tone.GREY
    if event.kind is TimelineKind.ASSESSMENT:
        tone = LEVEL_TONES[RiskLevel(event.state)]
    return Badge(texts(key), tone=tone)


def _visit_title(event: TimelineRow, texts: Texts) -> str:
    return event.title or texts("register-event-visit")


def _letter_title(event: TimelineRow, texts: Texts) -> str:
    kind = texts(f"letter-kind-{event.detail}") if event.detail else texts("register-event-letter")
    return " ".join(filter(None, (kind, event.title)))


def _signal_title(event: TimelineRow, texts: Texts) -> str:
    key = f"signal-kind-{event.detail}"
    kind = texts(key) if texts.has(key) else texts("register-event-signal")
    return " ".join(filter(None, (kind, event.title)))


def _assessment_title(event: TimelineRow, texts: Texts) -> str:
    return texts("register-event-assessment")


_TITLES: Mapping[TimelineKind, Callable[[TimelineRow, Texts], str]] = {
    TimelineKind.VISIT: _visit_title,
    TimelineKind.LETTER: _letter_title,
    TimelineKind.SIGNAL: _signal_title,
    TimelineKind.ASSESSMENT: _assessment_title,
}
_STATES: Mapping[TimelineKind, str] = {
    TimelineKind.VISIT: "visit-state-",
    TimelineKind.LETTER: "letter-state-",
    TimelineKind.ITEM: "item-state-",
    TimelineKind.ASSESSMENT: "risk-",
    TimelineKind.CONTRACT: "contract-state-",
    TimelineKind.NEGOTIATION: "negotiation-state-",
    TimelineKind.SIGNAL: "signal-state-",
}
