"""How a letter was handed over: by every way, with the proof each needs (workflows 1.5)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.domain.records.letters import ServiceWay
from fangshan_desk.ui.components.letters.form_parts import (
    PeopleBoxes,
    WayChoice,
    labelled,
    line_field,
    side_by_side,
)
from fangshan_desk.ui.components.letters.letter_photos import LetterPhotos
from fangshan_desk.ui.components.letters.words import LetterWords
from fangshan_desk.ui.components.worded import date_field
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.buttons import PrimaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.usecases.serving import ServiceProof, missing_proof
from fangshan_desk.usecases.views.letters import LetterPage

_SHOWN_FOR = {
    "recipient": (ServiceWay.DIRECT, ServiceWay.POST, ServiceWay.ELECTRONIC),
    "witness": (ServiceWay.LEFT, ServiceWay.LEFT_RECORDED),
    "photos": (ServiceWay.LEFT_RECORDED,),
    "tracking": (ServiceWay.POST,),
    "consent": (ServiceWay.ELECTRONIC,),
}


class ServiceForm(QWidget):
    """``proven`` hands on a ServiceProof; until it is complete the button says what is missing."""

    proven = Signal(object)
    photos_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._texts = context.texts
        self._words = LetterWords(context)
        self._page: LetterPage | None = None
        ways = [(way.value, self._texts(f"service-way-{way.value}")) for way in ServiceWay]
        self.way = WayChoice(
            ways, value=ServiceWay.DIRECT.value, name=self._texts("service-way"), parent=self
        )
        self.served_on = date_field(context, self)
        self._weekday = text_label(role="weak")
        self.recipient = line_field(self._texts("service-recipient"), width=110)
        self.post = line_field(self._texts("signing-post"), width=110)
        self.phone = line_field(self._texts("signing-phone"), width=130)
        self.witness = line_field(self._texts("service-witness"), width=200)
        self.tracking = line_field(self._texts("service-tracking"), width=220)
        self.consent = line_field(self._texts("service-consent"))
        self.place = line_field(self._texts("service-place"))
        self.note = line_field(self._texts("service-note"))
        self.servers = PeopleBoxes(self)
        self.photos = LetterPhotos(context, self._texts("service-photo-hint"), self)
        self.accept = PrimaryButton(self._texts("service-accept"), icon="check")
        self._missing = text_label(role="orange", wrap=True)
        self._rows: dict[str, QWidget] = {}
        self._build()
        self._connect()
        self._show_way()

    def show_letter(self, page: LetterPage) -> None:
        """Offers what is known; what was filled in stays."""
        is_new = self._page is None or self._page.letter.id != page.letter.id
        self._page = page
        self.photos.show_letter(page.letter.id, page.attachments)
        if is_new:
            self._prefill(page)
        self._show_missing()

    def proof(self) -> ServiceProof:
        """What is filled in now."""
        way = ServiceWay(self.way.way())
        day = self.served_on.value() or self._context.clock.today()
        takes = {name for name, ways in _SHOWN_FOR.items() if way in ways}
        return ServiceProof(
            way=way,
            served_on=day,
            place=self.place.text().strip(),
            recipient=self.recipient.text().strip() if "recipient" in takes else "",
            recipient_post=self.post.text().strip() if "recipient" in takes else "",
            recipient_phone=self.phone.text().strip() if "recipient" in takes else "",
            witness=self.witness.text().strip() if "witness" in takes else "",
            tracking_number=self.tracking.text().strip() if "tracking" in takes else "",
            consent_note=self.consent.text().strip() if "consent" in takes else "",
            servers=self.servers.names(),
            note=self.note.text().strip(),
        )

    def missing(self) -> str:
        """What has to be filled in first, as a sentence; empty when all is there."""
        if self.served_on.value() is None:
            return self._texts("service-day-missing")
        proof = self.proof()
        lacking = missing_proof(proof, has_photo=not self.photos.is_empty)
        if not lacking:
            return ""
        way = self._texts(f"service-way-{proof.way.value}")
        return self._texts("service-proof-missing", way=way, missing=lacking)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(side_by_side(self.way))
        for field, key in ((self.recipient, "name"), (self.post, "post"), (self.phone, "phone")):
            field.setPlaceholderText(self._texts(f"signing-{key}"))
        self.consent.setPlaceholderText(self._texts("service-consent-hint"))
        people = side_by_side(self.recipient, self.post, self.phone)
        self._add("recipient", labelled(self._texts("service-recipient"), people))
        self._add("witness", labelled(self._texts("service-witness"), side_by_side(self.witness)))
        self._add("tracking", labelled(self._texts("service-tracking"), side_by_side(self.tracking)))
        self._add("consent", labelled(self._texts("service-consent"), self.consent))
        self._add("photos", labelled(self._texts("signing-photos"), self.photos, is_top=True))
        days = side_by_side(self.served_on, self._weekday)
        self._add("served_on", labelled(self._texts("service-day"), days))
        self._add("servers", labelled(self._texts("service-servers"), self.servers))
        self._add("place", labelled(self._texts("service-place"), self.place))
        self._add("note", labelled(self._texts("service-note"), self.note))
        for row in self._rows.values():
            column.addWidget(row)
        foot = QHBoxLayout()
        foot.addWidget(self._missing, 1)
        foot.addWidget(self.accept)
        column.addLayout(foot)

    def _add(self, name: str, row: QWidget) -> None:
        row.setParent(self)
        self._rows[name] = row

    def _connect(self) -> None:
        self.way.chosen.connect(self._show_way)
        for field in (self.recipient, self.witness, self.tracking, self.consent):
            field.textChanged.connect(self._show_missing)
        self.served_on.date_changed.connect(self._show_missing)
        self.photos.changed.connect(self.photos_changed)
        self.accept.clicked.connect(self._on_accept)

    def _prefill(self, page: LetterPage) -> None:
        signed = next((one for one in page.signatures if one.signer == "enterprise"), None)
        visit = page.visit
        self.recipient.setText(signed.name if signed else visit.enterprise_person if visit else "")
        self.post.setText(signed.post if signed else visit.enterprise_person_post if visit else "")
        self.phone.setText(signed.phone if signed else visit.enterprise_person_phone if visit else "")
        self.served_on.set_value(self._context.clock.today())
        self.place.setText(page.enterprise.address)
        own = self._context.actor.name
        visitors = [visitor.name for visitor in page.visitors]
        self.servers.show_names(list(dict.fromkeys([*visitors, own])), ticked=visitors or [own])
        if page.letter.is_refused:
            left = ServiceWay.LEFT if self.photos.is_empty else ServiceWay.LEFT_RECORDED
            self.way.choose(left.value)

    def _show_way(self) -> None:
        way = ServiceWay(self.way.way())
        for name, ways in _SHOWN_FOR.items():
            self._rows[name].setVisible(way in ways)
        self._show_missing()

    def _show_missing(self) -> None:
        day = self.served_on.value()
        self._weekday.setText(self._words.weekday(day) if day else "")
        sentence = self.missing()
        self._missing.setText(sentence)
        self.accept.setEnabled(not sentence and self._page is not None)
        self.accept.setToolTip(sentence)

    def _on_accept(self) -> None:
        if not self.missing():
            self.proven.emit(self.proof())
