"""The card beside the ledger: what the chosen item is, what happened, what can be done."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.ui.components.item_actions import ItemActionBar
from fangshan_desk.ui.components.item_timeline import timeline_entries
from fangshan_desk.ui.components.item_words import ItemWords, owner_words, short_title
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import LinkButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import KeyValueRows, TimelineList
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.item_deadlines import RunningLimit, running_limit
from fangshan_desk.usecases.views.ledger import ItemPage

WIDTH = 330
NARROW_WIDTH = 268
# What is longer is told on the item's own page.
MOST_STEPS = 4
_KEY_WIDTH = 62
# Places of the action bar among title, badge, facts, steps and the way to all of them.
_AFTER_BADGE, _AFTER_STEPS = 2, 5


class ItemCard(Card):
    """Shows one item; empty until one is chosen."""

    requested = Signal(str)

    def __init__(self, context: Context, words: ItemWords, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, padding=0)
        self._context = context
        self._words = words
        self._page: ItemPage | None = None
        self._title = text_label(role="section", wrap=True)
        self._badge = Badge()
        self._state = text_label(role="weak")
        self._facts = KeyValueRows([], key_width=_KEY_WIDTH, has_lines=False)
        self._steps = TimelineList()
        self.bar = ItemActionBar(context)
        self.bar.requested.connect(self.requested)
        texts = context.texts
        self._empty = EmptyState(
            texts("ledger-card-empty"), hint=texts("ledger-card-empty-hint"), icon="rectification"
        )
        self._column = QVBoxLayout()
        self._content = self._build()
        self.set_narrow(False)

    def page(self) -> ItemPage | None:
        """What is shown."""
        return self._page

    def set_narrow(self, is_narrow: bool) -> None:
        """Leaves the table more room in a small window, where actions come before the facts."""
        self.setFixedWidth(NARROW_WIDTH if is_narrow else WIDTH)
        self._column.removeWidget(self.bar)
        self._column.insertWidget(_AFTER_BADGE if is_narrow else _AFTER_STEPS, self.bar)

    def show_item(self, page: ItemPage | None) -> None:
        """Another item, or none."""
        self._page = page
        self._content.setVisible(page is not None)
        self._empty.setVisible(page is None)
        if page is None:
            return
        texts, item = self._context.texts, page.item
        self._title.setText(short_title(item.title, texts))
        chip = self._words.remaining_of(item.state, item.deadline, item.reported_on)
        self._badge.show_state(chip.words, tone=chip.tone)
        self._badge.setVisible(chip.tells)
        self._state.setText("" if item.state is ItemState.OVERDUE else texts(item.state.label_key))
        self._facts.set_rows(self._rows(page))
        entries = timeline_entries(page, self._context, is_brief=True)
        self._steps.set_entries(entries[:MOST_STEPS])
        self._more.setVisible(len(entries) > MOST_STEPS)
        self.bar.show_item(page)

    def _rows(self, page: ItemPage) -> list[tuple[str, str]]:
        texts, item = self._context.texts, page.item
        letter = texts("item-letter", number=page.letter.number, ordinal=item.ordinal)
        rows = [
            (texts("item-key-letter"), letter),
            (texts("item-key-enterprise"), page.enterprise.name),
            (texts("item-key-owner"), owner_words(item, texts, is_masked=True)),
            (texts("item-key-tracker"), page.tracker or texts("item-tracker-none")),
            (texts("item-key-deadline"), self._deadline(item.deadline, is_flagged=item.is_deadline_flagged)),
        ]
        limit = running_limit(page, self._context.desk.services)
        if limit is not None and limit.code != "deadline":
            rows.append((texts("item-key-limit"), limit_words(limit, self._context)))
        return rows

    def _deadline(self, day: date, *, is_flagged: bool) -> str:
        texts = self._context.texts
        return texts("item-deadline-flagged", day=day) if is_flagged else day.isoformat()

    def _build(self) -> QWidget:
        content = QWidget()
        content.setProperty("surface", "clear")
        column = self._column
        content.setLayout(column)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self._title)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._badge)
        line.addWidget(self._state)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._facts)
        column.addWidget(self._steps)
        self._more = LinkButton(self._context.texts("item-all-steps"))
        self._more.clicked.connect(self._on_open_item)
        column.addWidget(self._more)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(self._links())
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add(area, stretch=1)
        self.add(self._empty, stretch=1)
        area.hide()
        return area

    def _links(self) -> QHBoxLayout:
        texts = self._context.texts
        row = QHBoxLayout()
        row.setSpacing(4)
        for caption, open_it in (
            ("item-open", self._on_open_item),
            ("item-open-enterprise", self._on_open_enterprise),
            ("item-open-letter", self._on_open_letter),
        ):
            button = LinkButton(texts(caption), compact=True)
            button.clicked.connect(open_it)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _on_open_item(self) -> None:
        if self._page is not None:
            self._context.navigator.open(Target("item", self._page.item.id))

    def _on_open_enterprise(self) -> None:
        if self._page is not None:
            self._context.navigator.open(Target("enterprise", self._page.enterprise.id))

    def _on_open_letter(self) -> None:
        if self._page is not None:
            self._context.navigator.open(Target("letter", self._page.letter.id))


def limit_words(limit: RunningLimit, context: Context) -> str:
    """The office's own limit: until when, and how long still."""
    texts = context.texts
    key = "item-limit-late" if limit.is_past else "item-limit"
    return texts(key, limit=texts(f"item-limit-{limit.code}"), due=limit.due, days=abs(limit.remaining_days))
