"""One rectification item from finding to closing: what is wrong, until when, what was done and can be."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.rectification_item import CLOSED_STATES
from fangshan_desk.ui.components.item_actions import ActionKind, ItemActionBar, refusal_of
from fangshan_desk.ui.components.item_card import limit_words
from fangshan_desk.ui.components.item_dialog_fields import EvidencePanel
from fangshan_desk.ui.components.item_steps import ItemSteps
from fangshan_desk.ui.components.item_timeline import timeline_entries
from fangshan_desk.ui.components.item_words import ItemWords, owner_words, short_title, state_tone
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.context import Context, Target
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import LinkButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import KeyValueRows, TimelineList
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.item_deadlines import deadline_account, running_limit
from fangshan_desk.usecases.views.ledger import ItemPage as ItemView

_KEY_WIDTH = 76
_RIGHT_WIDTH = 400
_RIGHT_NARROW = 320
_NARROW_BELOW = 960
_FEN_IN_YUAN = 100


class ItemPage(Page):
    """Finding, days and evidence at the left; state, actions and history at the right."""

    rail_entry: ClassVar[str] = "rectification"
    watches = frozenset({"rectification_item", "transition", "attachment", "enterprise", "letter"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        texts = context.texts
        self._item_id = ""
        self._view: ItemView | None = None
        self._words = ItemWords(context)
        self.steps = ItemSteps(context, self)
        self.bar = ItemActionBar(context)
        self.evidence = EvidencePanel(context)
        self._state, self._remaining = Badge(), Badge()
        self._limit = text_label(role="weak", wrap=True)
        self._finding = KeyValueRows([], key_width=_KEY_WIDTH, has_lines=False)
        self._facts = KeyValueRows([], key_width=_KEY_WIDTH, has_lines=False)
        self._account = text_label(wrap=True)
        self._history = TimelineList()
        self._gone = EmptyState(texts("item-page-gone"), hint=texts("item-gone"), icon="rectification")
        self.ledger_button = SecondaryButton(texts("item-to-ledger"))
        # The card's first action is the primary one of this page.
        self.recheck_button = SecondaryButton(texts("item-action-recheck"), shortcut="Ctrl+R")
        self._content = QWidget(self)
        self._build()
        self._connect()

    def open(self, target: Target) -> None:
        """Another item; the one before goes away first."""
        if target.record_id and target.record_id != self._item_id:
            self._item_id, self._view = target.record_id, None
            self._content.hide()
            self._gone.hide()
            self._reload()

    def refresh(self, changes: Changes | None) -> None:
        """Reads the item again."""
        self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for card in self._right_cards:
            card.setFixedWidth(_RIGHT_NARROW if self.width() < _NARROW_BELOW else _RIGHT_WIDTH)

    def view(self) -> ItemView | None:
        """What is shown."""
        return self._view

    def _reload(self) -> None:
        item_id, reader = self._item_id, self.context.desk.readers.ledger
        if item_id:
            self.context.operations.read(
                lambda: reader.item(item_id), on_done=self._on_item, key="item", owner=self
            )

    def _on_item(self, view: ItemView | None) -> None:
        self._view = view
        self._content.setVisible(view is not None)
        self._gone.setVisible(view is None)
        if view is not None:
            self._show(view)

    def _show(self, view: ItemView) -> None:
        texts, item = self.context.texts, view.item
        self.set_title(short_title(item.title, texts), subtitle=self._subtitle(view))
        self._state.show_state(texts(item.state.label_key), tone=state_tone(item.state))
        chip = self._words.remaining_of(item.state, item.deadline, item.reported_on)
        self._remaining.show_state(chip.words, tone=chip.tone)
        self._remaining.setVisible(chip.tells)
        # "Overdue" and "overdue by three days" beside each other say one thing twice.
        self._state.setVisible(item.state is not ItemState.OVERDUE)
        limit = running_limit(view, self.context.desk.services)
        shows_limit = limit is not None and limit.code != "deadline"
        self._limit.setText(limit_words(limit, self.context) if limit is not None and shows_limit else "")
        self._limit.setVisible(shows_limit)
        self._finding.set_rows(self._finding_rows(view))
        self._facts.set_rows(self._fact_rows(view))
        lines = deadline_account(view, self.context.desk.services)
        self._account.setText("\n".join(texts(line.key, **line.values) for line in lines))
        self._history.set_entries(timeline_entries(view, self.context))
        self.evidence.show_item(view, is_read_only=item.state in CLOSED_STATES)
        self.bar.show_item(view)
        refusal = refusal_of(view, ActionKind.RECHECK, self.context.desk.services)
        self.recheck_button.setEnabled(refusal is None)
        self.recheck_button.setToolTip(texts(refusal.key, **refusal.values) if refusal else "")

    def _subtitle(self, view: ItemView) -> str:
        texts = self.context.texts
        letter = texts("item-letter", number=view.letter.number, ordinal=view.item.ordinal)
        return texts("item-separator").join((view.enterprise.name, letter))

    def _finding_rows(self, view: ItemView) -> list[tuple[str, str]]:
        texts, item = self.context.texts, view.item
        rows = [
            (texts("item-key-finding"), item.finding or item.title),
            (texts("item-key-advice"), item.advice),
            (texts("item-key-citation"), item.citation),
            (texts("item-key-code"), item.code),
        ]
        return [(key, words) for key, words in rows if words]

    def _fact_rows(self, view: ItemView) -> list[tuple[str, str]]:
        texts, item = self.context.texts, view.item
        township = self.context.desk.services.townships.name_of(view.enterprise.township)
        rows = [
            (texts("item-key-enterprise"), view.enterprise.name),
            (texts("item-key-township"), township),
            (texts("item-key-owner"), owner_words(item, texts, is_masked=False)),
            (texts("item-key-tracker"), view.tracker or texts("item-tracker-none")),
            (texts("item-key-lead"), texts(f"body-{item.lead_body}")),
            (texts("item-key-amount"), self._amount(item.unpaid_workers, item.unpaid_fen)),
            (texts("item-key-transferred"), item.transferred_to),
            (texts("item-key-reason"), texts(item.close_reason.label_key) if item.close_reason else ""),
        ]
        return [(key, words) for key, words in rows if words]

    def _amount(self, workers: int | None, fen: int | None) -> str:
        if not fen:
            return ""
        yuan = f"{fen // _FEN_IN_YUAN:,}.{fen % _FEN_IN_YUAN:02d}"
        return self.context.texts("item-amount", yuan=yuan, workers=workers or 0)

    def _build(self) -> None:
        for widget in (self.ledger_button, self.recheck_button):
            self.add_header_widget(widget)
        self.set_title(self.context.texts("item-page-title"))
        texts = self.context.texts
        left = QVBoxLayout()
        left.setSpacing(12)
        for title, part in (
            ("item-card-finding", self._finding),
            ("item-card-deadline", self._account),
            ("item-card-evidence", self.evidence),
        ):
            card = Card(texts(title))
            card.add(part)
            left.addWidget(card)
        left.addStretch(1)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(self._right())
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._content)
        page.addWidget(self._gone)
        self._content.hide()
        self._gone.hide()

    def _right(self) -> QVBoxLayout:
        texts = self.context.texts
        state = Card()
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self._state, self._remaining):
            line.addWidget(widget)
        line.addStretch(1)
        state.body.addLayout(line)
        state.add(self._limit)
        state.add(self.bar)
        facts = Card(texts("item-card-facts"))
        facts.add(self._facts)
        facts.body.addLayout(self._links())
        history = Card(texts("item-card-history"))
        history.add(_scrolling(self._history), stretch=1)
        self._right_cards = (state, facts, history)
        column = QVBoxLayout()
        column.setSpacing(12)
        for card in self._right_cards:
            card.setFixedWidth(_RIGHT_WIDTH)
            column.addWidget(card, 1 if card is history else 0)
        return column

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for caption, open_it in (
            ("item-open-enterprise-page", self._on_open_enterprise),
            ("item-open-letter-page", self._on_open_letter),
        ):
            button = LinkButton(self.context.texts(caption), compact=True)
            button.clicked.connect(open_it)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.bar.requested.connect(self._on_requested)
        self.evidence.changed.connect(self._reload)
        self.recheck_button.clicked.connect(self._on_recheck)
        self.ledger_button.clicked.connect(self._on_ledger)
        shortcut = QShortcut(QKeySequence("Ctrl+R"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_recheck)

    def _on_requested(self, kind: str) -> None:
        self.steps.open(ActionKind(kind), self._item_id)

    def _on_recheck(self) -> None:
        self.steps.open(ActionKind.RECHECK, self._item_id)

    def _on_ledger(self) -> None:
        self.context.navigator.open(Target("rectification", self._item_id))

    def _on_open_enterprise(self) -> None:
        if self._view is not None:
            self.context.navigator.open(Target("enterprise", self._view.enterprise.id))

    def _on_open_letter(self) -> None:
        if self._view is not None:
            self.context.navigator.open(Target("letter", self._view.letter.id))


def _scrolling(history: TimelineList) -> QScrollArea:
    holder = QWidget()
    holder.setProperty("surface", "clear")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(history)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumHeight(160)
    return area
