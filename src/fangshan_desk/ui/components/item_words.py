"""How items are put in words and colours, the same on every screen."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.ui.context import Context, Texts
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.item_deadlines import recheck_due
from fangshan_desk.usecases.views.ledger import AWAITING_ENTERPRISE, WEEK_DAYS, LedgerRow

RISK_TONES = {
    "red": Tone.RED,
    "orange": Tone.ORANGE,
    "yellow": Tone.YELLOW,
    "blue": Tone.BLUE,
    "unrated": Tone.GREY,
}
_STATE_TONES = {
    ItemState.OVERDUE: Tone.RED,
    ItemState.RETURNED: Tone.RED,
    ItemState.REPORTED: Tone.BLUE,
    ItemState.EXTENSION_REQUESTED: Tone.ORANGE,
    ItemState.ESCALATED: Tone.ORANGE,
}
_SHOWN_DIGITS = (3, 4)


@dataclass(frozen=True)
class Chip:
    """A short word with its colour; ``tells`` is False where no limit runs."""

    words: str
    tone: Tone
    tells: bool = True


class ItemWords:
    """Words for items as of today; the office's own limits are counted once a day."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._texts = context.texts
        self._recheck_due = lru_cache(maxsize=512)(self._counted_recheck)

    def remaining(self, row: LedgerRow) -> Chip:
        """What is left of the limit that runs now."""
        return self.remaining_of(row.state, row.deadline, row.reported_on)

    def remaining_of(self, state: ItemState, deadline: date, reported_on: date | None) -> Chip:
        """The same from the facts themselves."""
        texts, today = self._texts, self._context.clock.today()
        if state in CLOSED_STATES:
            return Chip(texts("item-chip-none"), Tone.GREEN, tells=False)
        if state in AWAITING_ENTERPRISE:
            return days_chip((deadline - today).days, texts)
        if state is ItemState.REPORTED and reported_on is not None:
            left = (self._recheck_due(reported_on) - today).days
            key = "item-chip-recheck-late" if left < 0 else "item-chip-recheck"
            return Chip(texts(key, days=abs(left)), Tone.RED if left < 0 else Tone.BLUE)
        return Chip(texts("item-chip-none"), Tone.GREY, tells=False)

    def deadline(self, day: date) -> str:
        """Month and day, with the year where it is another one."""
        return short_day(day, today=self._context.clock.today())

    def title(self, title: str) -> str:
        """The finding without the address and the full stop every finding has."""
        return short_title(title, self._texts)

    def _counted_recheck(self, reported_on: date) -> date:
        return recheck_due(reported_on, self._context.desk.services).date


def days_chip(left: int, texts: Texts) -> Chip:
    """Days left for the enterprise."""
    if left < 0:
        return Chip(texts("item-chip-overdue", days=-left), Tone.RED)
    if left == 0:
        return Chip(texts("item-chip-today"), Tone.ORANGE)
    return Chip(texts("item-chip-days", days=left), Tone.YELLOW if left <= WEEK_DAYS else Tone.GREY)


def state_tone(state: ItemState) -> Tone:
    """The colour of a state."""
    return Tone.GREEN if state in CLOSED_STATES else _STATE_TONES.get(state, Tone.GREY)


def short_day(day: date, *, today: date) -> str:
    """``03-16``, or ``2025-12-31`` in another year."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def short_title(title: str, texts: Texts) -> str:
    """A finding as a line of a list: it need not address the enterprise again."""
    trimmed = title.strip().rstrip(texts("reminder-trimmed-marks"))
    return trimmed.removeprefix(texts("item-title-address")) or title


def masked_phone(phone: str) -> str:
    """``135****2716``: a screen others can see shows no whole number."""
    head, tail = _SHOWN_DIGITS
    if len(phone) <= head + tail:
        return phone
    return f"{phone[:head]}{'*' * (len(phone) - head - tail)}{phone[-tail:]}"


def owner_words(item: RectificationItem, texts: Texts, *, is_masked: bool) -> str:
    """Who answers for the item at the enterprise."""
    if not item.owner_name:
        return texts("item-owner-none")
    phone = masked_phone(item.owner_phone) if is_masked else item.owner_phone
    return texts("item-owner", name=item.owner_name, post=item.owner_post, phone=phone)
