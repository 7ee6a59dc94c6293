"""What is known of an enterprise: its facts, its other names, its collective contracts."""

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.ui.components.enterprise_words import category_list, day_words, township_words, yes_no
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import KeyValueRows
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.views.register import EnterprisePageState

Fact = tuple[str, str | QWidget]


class FactsCard(Card):
    """Facts in pairs; what is not known says so where it matters, and is left out elsewhere."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts("register-facts"), padding=14, parent=parent)
        self._texts = context.texts
        self.rows = KeyValueRows(key_width=92, has_lines=False)
        self.add(self.rows, stretch=1)

    def show_state(self, state: EnterprisePageState) -> None:
        """Replaces what is shown."""
        facts = [*self._facts(state.enterprise), *self._related(state)]
        self.rows.set_rows([(self._texts(f"register-column-{name}"), value) for name, value in facts])

    def _facts(self, enterprise: Enterprise) -> Iterator[Fact]:
        texts, unknown = self._texts, self._texts("register-not-entered")
        yield "uscc", self._code(enterprise)
        yield "status", texts(f"register-status-{enterprise.status.value}")
        yield "township", township_words(enterprise.township, texts)
        yield "address", enterprise.address or unknown
        yield "categories", category_list(enterprise.categories, texts) or unknown
        people = enterprise.headcount
        yield "headcount", unknown if people is None else texts("register-people", count=people)
        yield "legal_representative", enterprise.legal_representative or unknown
        contact = " ".join(filter(None, (enterprise.contact_person, enterprise.contact_phone)))
        yield "contact_person", contact or unknown
        yield "industry", enterprise.industry or unknown
        yield "established_on", day_words(enterprise.established_on) or unknown
        yield "union", yes_no(enterprise.union_exists, texts)
        yield "federation", yes_no(enterprise.is_federation_member, texts)
        if not enterprise.is_in_scope:
            yield "in_scope", texts("register-scope-out")

    def _code(self, enterprise: Enterprise) -> str | QWidget:
        if not enterprise.uscc:
            return self._texts("register-not-entered")
        if enterprise.is_uscc_valid:
            return enterprise.uscc
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(text_label(enterprise.uscc))
        row.addWidget(Badge(self._texts("register-code-wrong"), tone=Tone.ORANGE))
        return holder

    def _related(self, state: EnterprisePageState) -> Iterator[Fact]:
        texts = self._texts
        names = [alias.name or alias.code for alias in state.aliases]
        if names:
            yield "aliases", texts("list-separator").join(dict.fromkeys(names))
        for contract in state.contracts[:3]:
            until = day_words(contract.ends_on) or texts("register-not-entered")
            yield "contract", texts("register-contract", title=contract.title, until=until)
        if state.enterprise.note:
            yield "note", state.enterprise.note
