"""Field numbers on site, official numbers from blocks reserved per laptop, and the register of void numbers.

Numbers are never computed as "highest plus one": two teams printing offline would meet.
"""

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import Letter, LetterKind, NumberBlock, VoidNumber
from fangshan_desk.domain.records.people import Device
from fangshan_desk.domain.rights import Role
from fangshan_desk.usecases.ports import Services, UnitOfWork

_LONGEST_REASON = 200


class NoNumberLeftError(ExpectedError):
    """This laptop has no reserved number left for this kind and year: ``kind``, ``year``."""

    key = "number-none-left"


class BlocksOverlapError(ExpectedError):
    """Some of these numbers are reserved already: ``first``, ``last``."""

    key = "number-blocks-overlap"


class NumbersNotReservedByLeadError(ExpectedError):
    """Only the bureau's leaders reserve numbers (letters 1.6)."""

    key = "number-lead-only"


class YearNotOverError(ExpectedError):
    """Left-over numbers are listed once the year is over: ``year``."""

    key = "number-year-not-over"


class NumberNotReservedError(ExpectedError):
    """The number is in no block, or was used or voided before: ``number``."""

    key = "number-not-free"


def field_number(uow: UnitOfWork, services: Services) -> str:
    """The next number for a letter left on site: laptop, day, running number of that laptop's day."""
    day = services.clock.today()
    name = f"field-number-{day:%Y%m%d}"
    running = int(uow.recall(name) or 0) + 1
    uow.remember(name, running)
    return services.text(
        "office-field-number", device=services.device.number, day=f"{day:%Y%m%d}", number=running
    )


def take_number(kind: LetterKind, uow: UnitOfWork, services: Services) -> tuple[NumberBlock, int]:
    """The next official number of this laptop; it is used up even if the letter is withdrawn later."""
    year = services.clock.today().year
    void = {entry.number for entry in uow.find(VoidNumber, kind=kind, year=year)}
    for block in own_blocks(kind, year, uow, services):
        number = block.next
        while number <= block.last and number in void:
            number += 1
        if number <= block.last:
            uow.update(block, next=number + 1)
            return block, number
    raise NoNumberLeftError(kind=services.text(f"letter-kind-{kind.value}"), year=year)


def document_number(block: NumberBlock, number: int, services: Services) -> str:
    """The number as printed, with hexagonal brackets around the year (GB/T 9704 7.2.5)."""
    prefix = block.prefix or services.text(f"office-prefix-{block.kind.value}")
    return services.text("office-document-number", prefix=prefix, year=block.year, number=number)


def own_blocks(kind: LetterKind, year: int, uow: UnitOfWork, services: Services) -> list[NumberBlock]:
    """This laptop's blocks of a kind and year, lowest first."""
    blocks = uow.find(NumberBlock, device_id=services.device.id, kind=kind, year=year)
    return sorted(blocks, key=lambda block: block.first)


def numbers_left(kind: LetterKind, uow: UnitOfWork, services: Services) -> int:
    """How many official numbers this laptop can still give this year."""
    blocks = own_blocks(kind, services.clock.today().year, uow, services)
    return sum(max(0, block.last - block.next + 1) for block in blocks)


def reserve_numbers(
    *,
    device_id: str,
    kind: LetterKind,
    first: int,
    last: int,
    year: int | None = None,
    uow: UnitOfWork,
    services: Services,
) -> NumberBlock:
    """Give a laptop the numbers ``first`` to ``last``; raises BlocksOverlapError."""
    if services.actor.role is not Role.HRSS_LEAD:
        raise NumbersNotReservedByLeadError
    device = uow.get(Device, device_id)
    chosen_year = year or services.clock.today().year
    taken = uow.find(NumberBlock, kind=kind, year=chosen_year)
    if last < first or any(first <= block.last and block.first <= last for block in taken):
        raise BlocksOverlapError(first=first, last=last)
    block = NumberBlock(
        id=services.new_id(),
        device_id=device.id,
        kind=kind,
        year=chosen_year,
        first=first,
        last=last,
        next=first,
        reserved_by=services.actor.id,
    )
    uow.insert(block)
    return block


def void_number(
    *, kind: LetterKind, year: int, number: int, reason: str, uow: UnitOfWork, services: Services
) -> VoidNumber:
    """Register a spoiled or left-over number; it will never be given again."""
    blocks = [b for b in uow.find(NumberBlock, kind=kind, year=year) if b.first <= number <= b.last]
    voided = uow.find(VoidNumber, kind=kind, year=year, number=number)
    if not blocks or voided or number < blocks[0].next:
        raise NumberNotReservedError(number=number)
    return _keep_void(kind, year, number, reason, uow=uow, services=services)


def close_year(*, year: int, uow: UnitOfWork, services: Services) -> list[VoidNumber]:
    """After the year's end list every number that was reserved and not used as void."""
    if services.actor.role is not Role.HRSS_LEAD:
        raise NumbersNotReservedByLeadError
    if year >= services.clock.today().year:
        raise YearNotOverError(year=year)
    voided = {(entry.kind, entry.number) for entry in uow.find(VoidNumber, year=year)}
    reason = services.text("number-left-over")
    closed = []
    for block in uow.find(NumberBlock, year=year):
        for number in range(block.next, block.last + 1):
            if (block.kind, number) not in voided:
                closed.append(_keep_void(block.kind, year, number, reason, uow=uow, services=services))
        uow.update(block, next=block.last + 1)
    return closed


def retire_number(letter: Letter, reason: str, uow: UnitOfWork, services: Services) -> None:
    """Note the number of a withdrawn letter in the register of void numbers."""
    if not letter.document_number or letter.issued_on is None:
        return
    year = letter.issued_on.year
    for block in uow.find(NumberBlock, kind=letter.kind, year=year):
        for number in range(block.first, block.next):
            if document_number(block, number, services) == letter.document_number:
                _keep_void(letter.kind, year, number, reason, uow=uow, services=services, letter_id=letter.id)


def _keep_void(
    kind: LetterKind,
    year: int,
    number: int,
    reason: str,
    *,
    uow: UnitOfWork,
    services: Services,
    letter_id: str | None = None,
) -> VoidNumber:
    entry = VoidNumber(
        id=services.new_id(),
        kind=kind,
        year=year,
        number=number,
        reason=reason[:_LONGEST_REASON],
        letter_id=letter_id,
        recorded_at=services.clock.now_utc(),
        recorded_by=services.actor.id,
    )
    uow.insert(entry)
    return entry
