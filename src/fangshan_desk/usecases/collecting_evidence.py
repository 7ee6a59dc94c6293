"""Photos, scans and signatures kept with a visit, an item or a letter."""

from datetime import datetime

from fangshan_desk.domain.records.visits import Attachment, AttachmentKind
from fangshan_desk.usecases.ports import Services, UnitOfWork


def add_attachment(
    *,
    subject: str,
    subject_id: str,
    data: bytes,
    media_type: str,
    file_name: str,
    topic: str = "",
    kind: AttachmentKind = AttachmentKind.PHOTO,
    thumbnail: bytes = b"",
    taken_at: datetime | None = None,
    caption: str = "",
    uow: UnitOfWork,
    services: Services,
) -> Attachment:
    """Keep a file that was taken in (cleaned and sniffed) before; the bytes are durable before the row."""
    stored = services.attachments.put(data)
    small = services.attachments.put(thumbnail) if thumbnail else None
    attachment = Attachment(
        id=services.new_id(),
        subject=subject,
        subject_id=subject_id,
        topic=topic,
        kind=kind,
        sha256=stored.sha256,
        size=stored.size,
        media_type=media_type,
        file_name=file_name,
        caption=caption,
        taken_at=taken_at,
        added_at=services.clock.now_utc(),
        added_by=services.actor.id,
        thumbnail_sha256=small.sha256 if small else "",
    )
    uow.insert(attachment)
    return attachment


def describe_attachment(
    *, attachment_id: str, caption: str, uow: UnitOfWork, services: Services
) -> Attachment:
    """Say what a file shows."""
    return uow.update(uow.get(Attachment, attachment_id), caption=caption)


def remove_attachment(*, attachment_id: str, uow: UnitOfWork, services: Services) -> None:
    """Take a file off a record; the bytes stay until the clean-up, another row may need them."""
    uow.delete(uow.get(Attachment, attachment_id))
