"""The paper of a letter: a draft as it stands, a confirmed letter once and then always the same bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import LetterCopy, LetterFacts, PrescriptionFacts
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.domain.records.letters import Letter, LetterSignature
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Attachment, AttachmentKind
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.ports import Services, UnitOfWork

SUBJECT = Letter.entity.name
MEDIA_TYPE = "application/pdf"
_NAME_LENGTH = 80
_FORBIDDEN_IN_NAMES = '\\/:*?"<>|'


class CopyNotThereError(ExpectedError):
    """The sealed copy exists only after the official number was given."""

    key = "letter-no-official-copy"


def letter_pdf(
    *, letter_id: str, copy: LetterCopy | None = None, uow: UnitOfWork, services: Services
) -> bytes:
    """The PDF; without ``copy`` the newest there is.

    From the confirmation on it is rendered once, filed, and every reprint returns those very bytes.
    """
    letter = uow.get(Letter, letter_id)
    if letter.state is PrescriptionState.DRAFT:
        return services.press.render(letter_facts(letter), code_text="", signatures={})
    return _filed_or_rendered(letter, _chosen(letter, copy), uow, services)


def letter_file_name(letter: Letter, enterprise_name: str) -> str:
    """A name people understand in a folder: kind, enterprise, number."""
    number = letter.document_number or letter.field_number
    words = "_".join(part for part in (letter.title, enterprise_name, number) if part)
    kept = "".join(character for character in words if character.isprintable())
    return (
        kept.translate(dict.fromkeys(map(ord, _FORBIDDEN_IN_NAMES), "-"))[:_NAME_LENGTH].strip(" .") + ".pdf"
    )


def is_official(letter: Letter) -> bool:
    """Whether the numbered copy exists."""
    return bool(letter.document_number)


def _chosen(letter: Letter, copy: LetterCopy | None) -> LetterCopy:
    newest = LetterCopy.OFFICIAL if is_official(letter) else LetterCopy.ONSITE
    if copy is LetterCopy.OFFICIAL and newest is LetterCopy.ONSITE:
        raise CopyNotThereError
    return copy or newest


def _filed_or_rendered(letter: Letter, copy: LetterCopy, uow: UnitOfWork, services: Services) -> bytes:
    filed = uow.find(
        Attachment, subject=SUBJECT, subject_id=letter.id, kind=AttachmentKind.LETTER, topic=copy.value
    )
    if not filed:
        pdf = _rendered(letter, copy, uow, services)
        _file(letter, copy, pdf, uow, services)
        return pdf
    try:
        return services.attachments.read(filed[0].sha256)
    except ExpectedError:
        return _restored(filed[0], _rendered(letter, copy, uow, services), services)


def _restored(filed: Attachment, pdf: bytes, services: Services) -> bytes:
    # The file has not come with the record: make it again, but only if it is the very same paper.
    if hashlib.sha256(pdf).hexdigest() != filed.sha256:
        return services.attachments.read(filed.sha256)
    services.attachments.put(pdf)
    return pdf


def _file(letter: Letter, copy: LetterCopy, pdf: bytes, uow: UnitOfWork, services: Services) -> None:
    stored = services.attachments.put(pdf)
    name = letter_file_name(letter, uow.get(Enterprise, letter.enterprise_id).name)
    uow.insert(
        Attachment(
            id=services.new_id(),
            subject=SUBJECT,
            subject_id=letter.id,
            topic=copy.value,
            kind=AttachmentKind.LETTER,
            sha256=stored.sha256,
            size=stored.size,
            media_type=MEDIA_TYPE,
            file_name=name,
            added_at=services.clock.now_utc(),
            added_by=services.actor.id,
        )
    )


def _rendered(letter: Letter, copy: LetterCopy, uow: UnitOfWork, services: Services) -> bytes:
    facts = letter_facts(letter)
    if copy is LetterCopy.OFFICIAL:
        return services.press.render(facts, code_text=letter.official_code_text, signatures={})
    signatures = _signatures(letter, uow, services)
    return services.press.render(
        _as_left_on_site(letter, facts, services), code_text=letter.code_text, signatures=signatures
    )


def _as_left_on_site(letter: Letter, facts: LetterFacts, services: Services) -> LetterFacts:
    # The number came later: the copy left at the enterprise does not carry it.
    day = letter.confirmed_at and local_date(letter.confirmed_at, services.clock.offset_minutes())
    head = replace(facts.letterhead, document_number="", issued_on=day)
    plain = replace(facts, letterhead=head)
    return replace(plain, copy=LetterCopy.ONSITE) if isinstance(plain, PrescriptionFacts) else plain


def _signatures(letter: Letter, uow: UnitOfWork, services: Services) -> Mapping[str, bytes]:
    return {
        signature.signer: services.attachments.read(signature.image_sha256)
        for signature in uow.find(LetterSignature, letter_id=letter.id)
        if signature.image_sha256
    }
