"""Taking evidence off an item again, as long as no step was taken on it."""

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import TransitionRecord
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.states.item_facts import ItemEvent
from fangshan_desk.usecases.collecting_evidence import remove_attachment
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.rectifying import SUBJECT

# Steps that rest on what was attached before.
_RESTING_ON_EVIDENCE = frozenset(
    event.value
    for event in (
        ItemEvent.REPORT_DONE,
        ItemEvent.VERIFY,
        ItemEvent.RETURN,
        ItemEvent.RECORD_CORRECTED,
        ItemEvent.RECORD_ENFORCEMENT,
    )
)


class EvidenceInUseError(ExpectedError):
    """A step of the item rests on this file: ``file_name``."""

    key = "item-evidence-in-use"


def remove_evidence(*, attachment_id: str, uow: UnitOfWork, services: Services) -> None:
    """Take a file off its item; raises EvidenceInUseError."""
    attachment = uow.get(Attachment, attachment_id)
    steps = uow.find(TransitionRecord, subject=SUBJECT, subject_id=attachment.subject_id)
    later = [step for step in steps if step.recorded_at >= attachment.added_at]
    if any(step.event in _RESTING_ON_EVIDENCE for step in later):
        raise EvidenceInUseError(file_name=attachment.caption or attachment.file_name)
    remove_attachment(attachment_id=attachment_id, uow=uow, services=services)
