"""Step one: the enterprise as the register holds it, what is put right on site, who is there."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.domain.checklist import Category
from fangshan_desk.domain.checklist.items import EVERY_ENTERPRISE
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.enterprise_words import township_words
from fangshan_desk.ui.components.risk_words import LEVEL_TONES, level_words
from fangshan_desk.ui.components.visit_people import VisitorChips
from fangshan_desk.ui.components.visit_session import VisitSession
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import QuietButton
from fangshan_desk.ui.widgets.filters import FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.visiting import (
    COMPANIONS,
    change_visitors,
    set_basics,
    set_enterprise_facts,
)

_REGISTER = (
    "legal_representative",
    "headcount",
    "industry",
    "contact_person",
    "contact_phone",
    "established_on",
    "address",
)
_PRESENT = ("enterprise_person", "enterprise_person_post", "enterprise_person_phone", "purpose")


class BasicsStep(QWidget):
    """A form that saves each field when it is left."""

    def __init__(self, session: VisitSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._context = session.context
        self._texts = session.context.texts
        services = session.context.desk.services
        self.visitors = VisitorChips(self._texts, needed=services.limits.visit_officers)
        self.quick = FilterChip(self._texts("visit-check-quick"))
        self.fields: dict[str, QLineEdit] = {}
        self.township = QComboBox()
        self.categories: dict[str, FilterChip] = {}
        self._officers: Sequence[Officer] = ()
        self._companions: tuple[str, ...] = ()
        self._shown: tuple[str, str, VisitState] | None = None
        self._build([each for each in services.reference.checklist.categories])
        session.loaded.connect(self._on_loaded)

    @property
    def may_start(self) -> bool:
        """Whether the visitors chosen are enough to begin."""
        return not self.visitors.problem()

    def forget(self) -> None:
        """Another visit is opened."""
        self._shown = None

    def typed(self) -> dict[str, str]:
        """What was entered of the visit before it began."""
        return {name: self.fields[name].text().strip() for name in (*_PRESENT, "note")}

    def take_focus(self) -> None:
        """Where one begins to type."""
        self.fields["enterprise_person"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, categories: Sequence[Category]) -> None:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._enterprise_card(categories), 5)
        row.addWidget(self._visit_card(), 4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _enterprise_card(self, categories: Sequence[Category]) -> Card:
        card = Card(self._texts("visit-basics-enterprise"))
        self._badge = Badge(self._texts("risk-unrated"))
        card.heading.add_control(self._badge)
        self._name = text_label(role="strong", wrap=True)
        self._code = text_label(role="weak")
        card.add(self._name)
        card.add(self._code)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.addWidget(_titled(self._texts("visit-basics-township"), self.township), 0, 0)
        for code in self._context.desk.services.townships.reporting_units:
            self.township.addItem(township_words(code, self._texts), code)
        self.township.activated.connect(self._on_township)
        for place, name in enumerate(_REGISTER, 1):
            is_wide = name == "address"
            field = _titled(self._texts(f"visit-basics-{name}"), self._register_field(name))
            row, column = divmod(place + is_wide, 2)
            grid.addWidget(field, row, column, 1, 2 if is_wide else 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        card.body.addLayout(grid)
        card.add(text_label(self._texts("visit-basics-categories"), role="weak"))
        card.add(self._category_chips(categories))
        card.fill()
        return card

    def _register_field(self, name: str) -> QLineEdit:
        if name == "established_on":
            day = date_field(self._context)
            day.date_changed.connect(lambda value: self._set_fact(established_on=value))
            self.fields[name] = day
            return day
        field = QLineEdit()
        field.editingFinished.connect(lambda: self._on_fact(name))
        self.fields[name] = field
        return field

    def _category_chips(self, categories: Sequence[Category]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        for category in categories:
            if category.code == EVERY_ENTERPRISE:
                continue
            chip = FilterChip(category.label)
            chip.clicked.connect(self._on_categories)
            self.categories[category.code] = chip
            flow.addWidget(chip)
        return holder

    def _visit_card(self) -> Card:
        card = Card(self._texts("visit-basics-visit"))
        self._when = text_label(role="weak-body", wrap=True)
        card.add(self._when)
        card.add(text_label(self._texts("visit-basics-visitors"), role="weak"))
        card.add(self.visitors)
        self.visitors.changed.connect(self._on_visitors)
        for name in _PRESENT:
            field = QLineEdit()
            field.editingFinished.connect(lambda name=name: self._on_basic(name))
            self.fields[name] = field
            card.add(_titled(self._texts(f"visit-basics-{name}"), field))
        note = QLineEdit()
        note.editingFinished.connect(lambda: self._on_basic("note"))
        self.fields["note"] = note
        card.add(_titled(self._texts("visit-basics-note"), note))
        self.quick.setToolTip(self._texts("visit-check-quick-hint"))
        self.quick.clicked.connect(self._on_quick)
        line = QHBoxLayout()
        line.addWidget(self.quick)
        line.addStretch(1)
        self.cancel = QuietButton(self._texts("visit-cancel"), compact=True)
        line.addWidget(self.cancel)
        card.body.addLayout(line)
        card.fill()
        return card

    def _on_loaded(self) -> None:
        state = self._session.state
        self._show_enterprise(state.enterprise)
        shown, self._shown = self._shown, (state.visit.id, state.enterprise.id, state.visit.state)
        if shown == self._shown and state.visit.state is VisitState.PLANNED:
            # Before the visit begins nothing of it is in the file: what was typed must stay.
            return
        self._show_visit(state.visit)
        if not self._officers:
            reader = self._context.desk.readers.visits
            self._context.operations.read(reader.officers, on_done=self._on_officers, owner=self)
        else:
            self._show_visitors()

    def _show_enterprise(self, enterprise: Enterprise) -> None:
        texts = self._texts
        self._name.setText(enterprise.name)
        self._code.setText(enterprise.uscc or texts("visit-basics-no-code"))
        level = enterprise.risk_level
        words = level_words(level, texts, score=enterprise.risk_score)
        self._badge.show_state(words, tone=LEVEL_TONES[level])
        unassigned = self._context.desk.services.townships.unassigned
        self.township.setCurrentIndex(max(0, self.township.findData(enterprise.township or unassigned)))
        for name in _REGISTER:
            value = getattr(enterprise, name)
            _show(self.fields[name], "" if value is None else str(value))
        for code, chip in self.categories.items():
            chip.setChecked(code in enterprise.categories)

    def _show_visit(self, visit: Visit) -> None:
        for name in (*_PRESENT, "note"):
            _show(self.fields[name], getattr(visit, name))
        self.quick.setChecked(visit.is_quick_check)
        campaign = self._session.state.campaign or self._texts("visit-basics-no-campaign")
        planned = visit.planned_on.isoformat() if visit.planned_on else ""
        key = "visit-basics-planned" if visit.is_planned else "visit-basics-unplanned"
        self._when.setText(self._texts(key, day=planned, time=visit.planned_time, campaign=campaign))
        is_open = self._session.is_open
        for name, field in self.fields.items():
            is_present = name in (*_PRESENT, "note")
            field.setReadOnly(not is_open and not (is_present and visit.state is VisitState.PLANNED))
        for chip in (*self.categories.values(), self.township):
            chip.setEnabled(is_open)
        self.cancel.setVisible(bool(visit.id) and visit.state in (VisitState.PLANNED, VisitState.UNDER_WAY))
        self.quick.setEnabled(self._session.may_answer or visit.state is VisitState.PLANNED)

    def _on_officers(self, officers: Sequence[Officer]) -> None:
        self._officers = tuple(officers)

        def recall(uow: UnitOfWork, _services: Services) -> tuple[str, ...]:
            return tuple(uow.recall(COMPANIONS) or ())

        self._context.transact(recall, on_done=self._on_companions, initiator=self)

    def _on_companions(self, companions: tuple[str, ...]) -> None:
        self._companions = companions
        self._show_visitors()

    def _show_visitors(self) -> None:
        if not self._session.is_loaded:
            return
        state = self._session.state
        went = {visitor.officer_id for visitor in state.visitors}
        chosen = went or {self._context.actor.id, *self._companions}
        # Somebody who left since is still shown where he took part.
        known = {officer.id for officer in self._officers}
        self.visitors.show_officers(self._officers, chosen=chosen & known)
        is_closed = state.visit.state in (VisitState.FINISHED, VisitState.CANCELLED)
        self.visitors.set_read_only(is_closed)

    def _on_visitors(self) -> None:
        chosen = self.visitors.chosen()
        if not self._session.is_open or self.visitors.problem():
            return
        visit_id = self._session.visit_id
        self._save(
            lambda uow, services: change_visitors(
                visit_id=visit_id, visitor_ids=chosen, uow=uow, services=services
            )
        )

    def _on_basic(self, name: str) -> None:
        value = self.fields[name].text().strip()
        if self._session.is_open and value != getattr(self._session.visit, name):
            self._set_basic(**{name: value})

    def _on_quick(self, is_quick: bool) -> None:
        if self._session.is_open:
            self._set_basic(is_quick_check=is_quick)

    def _on_fact(self, name: str) -> None:
        if not self._session.is_open:
            return
        text = self.fields[name].text().strip()
        value: Any = text
        if name == "headcount":
            if text and not text.isdecimal():
                self._context.operations.say(self._texts("visit-basics-headcount-wrong"), kind="warning")
                return
            value = int(text) if text else None
        if value != getattr(self._session.state.enterprise, name):
            self._set_fact(**{name: value})

    def _on_township(self) -> None:
        if self._session.is_open:
            self._set_fact(township=self.township.currentData())

    def _on_categories(self) -> None:
        if self._session.is_open:
            shown = set(self.categories)
            kept = [code for code in self._session.state.enterprise.categories if code not in shown]
            chosen = [code for code, chip in self.categories.items() if chip.isChecked()]
            self._set_fact(categories=(*kept, *chosen))

    def _set_basic(self, **fields: Any) -> None:
        visit_id = self._session.visit_id
        self._save(lambda uow, services: set_basics(visit_id=visit_id, uow=uow, services=services, **fields))

    def _set_fact(self, **fields: Any) -> None:
        if not self._session.is_open:
            return
        visit_id = self._session.visit_id
        self._save(
            lambda uow, services: set_enterprise_facts(
                visit_id=visit_id, uow=uow, services=services, **fields
            )
        )

    def _save(self, job: Callable[[UnitOfWork, Services], Any]) -> None:
        again = self._session.reload
        self._session.run(job, on_done=lambda _result: again(), on_undone=again)


def _titled(title: str, field: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(text_label(title, role="weak"))
    field.setAccessibleName(title)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    field.setMinimumWidth(0)
    field.setMaximumWidth(16777215)
    column.addWidget(field)
    return holder


def _show(field: QLineEdit, value: str) -> None:
    if not (field.hasFocus() and field.isModified()):
        field.setText(value)
