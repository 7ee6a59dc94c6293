"""The list of every entity; tables, triggers, command line and change-sets are made from it."""

from collections.abc import Mapping
from types import MappingProxyType

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records import letters, people, register, visits
from fangshan_desk.domain.records.declaring import Entity, Record

RECORDS: tuple[type[Record], ...] = (
    people.Officer,
    people.Device,
    people.Campaign,
    people.Parameter,
    people.CalendarDay,
    register.Enterprise,
    register.EnterpriseAlias,
    register.SharedFact,
    register.RiskAssessmentRecord,
    register.CollectiveContract,
    register.Negotiation,
    register.WarningSignal,
    register.DuplicateDecision,
    visits.Visit,
    visits.Visitor,
    visits.CheckAnswer,
    visits.Attachment,
    letters.Letter,
    letters.LetterSignature,
    letters.LetterService,
    letters.NumberBlock,
    letters.VoidNumber,
    letters.RectificationItem,
    letters.TransitionRecord,
)
ENTITIES: tuple[Entity, ...] = tuple(record.entity for record in RECORDS)
BY_NAME: Mapping[str, Entity] = MappingProxyType({item.name: item for item in ENTITIES})
BY_NUMBER: Mapping[int, Entity] = MappingProxyType({item.number: item for item in ENTITIES})


class UnknownEntityError(ExpectedError):
    """The command line named an entity that does not exist."""

    key = "error-unknown-entity"


def entity_named(name: str) -> Entity:
    """The entity of this name, or UnknownEntityError listing the known ones."""
    if name not in BY_NAME:
        raise UnknownEntityError(name=name, known=", ".join(sorted(BY_NAME)))
    return BY_NAME[name]
