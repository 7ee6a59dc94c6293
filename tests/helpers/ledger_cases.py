"""A small ledger: enterprises, one letter and items in every state, as rows of a real file."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from fangshan_desk.domain.records.letters import (
    Letter,
    LetterKind,
    LetterService,
    RectificationItem,
    ServiceWay,
    TransitionRecord,
)
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise, RiskAssessmentRecord
from fangshan_desk.domain.records.visits import Attachment, AttachmentKind
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.prescription import PrescriptionState
from tests.helpers.desk_files import TemporaryDesk

KILN, SHOP, SITE = "方山县圪洞镇永盛砖厂", "峪口镇鑫源超市", "方山县安居工程三标段"


@dataclass
class LedgerCase:
    """Puts items on the ledger of a desk and finds them again."""

    desk: TemporaryDesk
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.desk.clock.today()

    def enterprise(self, name: str = KILN, **fields: Any) -> Enterprise:
        """The enterprise of this name; made when it is first asked for."""
        if name not in self.enterprises:
            given = {"township": "141128100", "risk_level": RiskLevel.ORANGE, **fields}
            self.enterprises[name] = Enterprise(id=self.desk.new_id(), name=name, **given)
            self.desk.keep(self.enterprises[name])
        return self.enterprises[name]

    def letter(self, enterprise: Enterprise, served_on: date) -> Letter:
        """A served letter of the enterprise."""
        if enterprise.id in self.letters:
            return self.letters[enterprise.id]
        number = 30 + len(self.letters)
        letter = Letter(
            id=self.desk.new_id(),
            kind=LetterKind.PRESCRIPTION,
            state=PrescriptionState.IN_RECTIFICATION,
            enterprise_id=enterprise.id,
            title="用工处方",
            document_number=f"方人社处方〔2026〕{number}号",
            content={"items": []},
            made_at=self.desk.clock.now_utc(),
        )
        service = LetterService(
            id=self.desk.new_id(),
            letter_id=letter.id,
            way=ServiceWay.DIRECT,
            served_on=served_on,
            recipient="李四",
            recorded_at=self.desk.clock.now_utc(),
        )
        self.desk.keep(letter, service)
        self.letters[enterprise.id] = letter
        return letter

    def item(
        self, days_left: int = 5, *, name: str = KILN, state: ItemState = ItemState.OPEN, **fields: Any
    ) -> RectificationItem:
        """An item whose deadline is so many days from today."""
        enterprise = self.enterprise(name)
        deadline = self.today + timedelta(days=days_left)
        days = fields.pop("days", 15)
        letter = self.letter(enterprise, deadline - timedelta(days=days))
        given = {
            "code": "CONT-01",
            "title": "未与12名劳动者订立书面劳动合同。",
            "finding": "未与12名劳动者订立书面劳动合同。",
            "advice": "请在一个月内补签。",
            "citation": "《中华人民共和国劳动合同法》第十条",
            "severity": 4,
            "original_deadline": deadline,
            "owner_name": "李四",
            "owner_post": "厂长",
            "owner_phone": "13503582716",
            "tracking_officer_id": self.desk.officer.id,
            **fields,
        }
        item = RectificationItem(
            id=self.desk.new_id(),
            letter_id=letter.id,
            enterprise_id=enterprise.id,
            state=state,
            days=days,
            deadline=deadline,
            **given,
        )
        self.desk.keep(item)
        return item

    def officer(self, name: str = "王五", role: Role = Role.FTU, body: Body = Body.FTU) -> Officer:
        """A colleague."""
        if name not in self.officers:
            self.officers[name] = Officer(id=self.desk.new_id(), name=name, body=body, role=role)
            self.desk.keep(self.officers[name])
        return self.officers[name]

    def evidence(self, item: RectificationItem, *, added_at: datetime | None = None) -> Attachment:
        """A photo attached to the item."""
        stored = self.desk.attachments.put(b"photo")
        photo = Attachment(
            id=self.desk.new_id(),
            subject="rectification_item",
            subject_id=item.id,
            kind=AttachmentKind.PHOTO,
            sha256=stored.sha256,
            size=5,
            media_type="image/jpeg",
            file_name="合同.jpg",
            added_at=added_at or self.desk.clock.now_utc(),
            added_by=self.desk.officer.id,
        )
        self.desk.keep(photo)
        return photo

    def step(self, item: RectificationItem, event: str, **fields: Any) -> TransitionRecord:
        """A step in the item's history."""
        given = {
            "from_state": item.state.value,
            "to_state": item.state.value,
            "happened_on": self.today,
            "recorded_at": self.desk.clock.now_utc(),
            "officer_id": self.desk.officer.id,
            "device_id": self.desk.device.id,
            **fields,
        }
        record = TransitionRecord(
            id=self.desk.new_id(), subject="rectification_item", subject_id=item.id, event=event, **given
        )
        self.desk.keep(record)
        return record

    def grade(self, enterprise: Enterprise, *floors: str) -> RiskAssessmentRecord:
        """A risk grade with these floors."""
        grade = RiskAssessmentRecord(
            id=self.desk.new_id(),
            enterprise_id=enterprise.id,
            as_of=self.today,
            model_version="1",
            inputs={},
            components={},
            score=60,
            score_high=60,
            coverage=100,
            floors=floors,
            level=RiskLevel.RED,
            potential_level=RiskLevel.RED,
            published_level=RiskLevel.RED,
            made_at=self.desk.clock.now_utc(),
        )
        self.desk.keep(grade)
        return grade

    def now(self, item: RectificationItem) -> RectificationItem:
        """The item as it is in the file."""
        [found] = self.desk.find(RectificationItem, id=item.id)
        assert isinstance(found, RectificationItem)
        return found
