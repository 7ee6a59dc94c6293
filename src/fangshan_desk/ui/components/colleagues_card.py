"""Who goes along on visits: the officers this laptop knows, and a line to add one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import KeyValueRows
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.staffing import add_officer
from fangshan_desk.usecases.starting import ROLES_OF_BODY


class ColleaguesCard(Card):
    """A visit needs two officers: the second one is entered here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._texts = context.texts
        super().__init__(
            self._texts("colleagues-title"), remark=self._texts("colleagues-remark"), parent=parent
        )
        self._context = context
        self._name, self._badge = QLineEdit(), QLineEdit()
        self._body, self._role = QComboBox(), QComboBox()
        self.add_button = SecondaryButton(self._texts("colleagues-add"))
        self._rows = KeyValueRows()
        self._build()

    def reload(self) -> None:
        """Read the officers again."""
        self._context.operations.read(
            self._context.desk.readers.ledger.officers, on_done=self._show, key="officers", owner=self
        )

    def _build(self) -> None:
        for field, key in ((self._name, "colleagues-name"), (self._badge, "colleagues-badge")):
            field.setPlaceholderText(self._texts(key))
            field.setAccessibleName(self._texts(key))
        for body in Body:
            self._body.addItem(self._texts(f"body-{body.value}"), body)
        self._body.setAccessibleName(self._texts("gate-body"))
        self._role.setAccessibleName(self._texts("gate-role"))
        self._body.currentIndexChanged.connect(self._on_body_changed)
        self._on_body_changed()
        self.add_button.clicked.connect(self._on_add)
        self._name.returnPressed.connect(self._on_add)
        row = QHBoxLayout()
        for widget, share in (
            (self._name, 2),
            (self._body, 2),
            (self._role, 3),
            (self._badge, 2),
            (self.add_button, 0),
        ):
            row.addWidget(widget, share)
        self.body.addLayout(row)
        self.body.addWidget(self._rows)
        self.body.addWidget(text_label(self._texts("colleagues-hint"), role="hint", wrap=True))

    def _on_body_changed(self) -> None:
        self._role.clear()
        for role in ROLES_OF_BODY[Body(self._body.currentData())]:
            self._role.addItem(self._texts(f"role-{role.value}"), role)

    def _on_add(self) -> None:
        name, badge = self._name.text(), self._badge.text()
        body, role = Body(self._body.currentData()), Role(self._role.currentData())
        self._context.transact(
            lambda uow, services: add_officer(
                name=name, body=body, role=role, badge_number=badge, uow=uow, services=services
            ),
            on_done=self._on_added,
            label=self._texts("colleagues-add"),
            initiator=self,
        )

    def _on_added(self, officer: Officer) -> None:
        self._name.clear()
        self._badge.clear()
        self._context.operations.say(self._texts("colleagues-added", name=officer.name), kind="success")
        self.reload()

    def _show(self, officers: Sequence[Officer]) -> None:
        self._rows.set_rows([(officer.name, self._words(officer)) for officer in officers[:14]])

    def _words(self, officer: Officer) -> str:
        body = self._texts(f"body-{officer.body.value}")
        post = officer.post or self._texts(f"role-{officer.role.value}")
        return self._texts("colleagues-who", body=body, post=post)
