"""Officers of the three bodies, their laptops and the campaign they work in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fangshan_desk.domain.records.declaring import Record, column, entity
from fangshan_desk.domain.rights import Body, Role


@entity(1, "officer")
@dataclass(frozen=True, kw_only=True)
class Officer(Record):
    """A person of one of the three bodies or of a township who works with the program."""

    name: str = column(1, max_length=40, personal=True)
    body: Body = column(2)
    role: Role = column(3)
    post: str = column(4, default="", max_length=60)
    badge_number: str = column(5, default="", max_length=40)
    phone: str = column(6, default="", max_length=30, personal=True)
    township: str = column(7, default="", max_length=12)
    is_active: bool = column(8, default=True)


@entity(2, "device")
@dataclass(frozen=True, kw_only=True)
class Device(Record):
    """A laptop: its number on field letters, its signing key and the county's certificate for it."""

    number: int = column(1, minimum=1)
    name: str = column(2, max_length=60)
    officer_id: str | None = column(3, default=None, references="officer")
    public_key: str = column(4, max_length=64)
    certificate: Mapping[str, Any] | None = column(5, default=None)
    revoked_at: datetime | None = column(6, default=None)


@entity(3, "campaign")
@dataclass(frozen=True, kw_only=True)
class Campaign(Record):
    """A time-boxed action with its document number, so that next year's action reuses everything."""

    title: str = column(1, max_length=120)
    document_number: str = column(2, max_length=60)
    starts_on: date = column(3)
    ends_on: date = column(4)
    targets: Mapping[str, Any] | None = column(5, default=None)


@entity(4, "parameter")
@dataclass(frozen=True, kw_only=True)
class Parameter(Record):
    """A dated value the office sets: minimum wage, contact person, working-rule limits."""

    name: str = column(1, max_length=60, indexed=True)
    value: Mapping[str, Any] = column(2)
    valid_from: date | None = column(3, default=None)
    valid_to: date | None = column(4, default=None)
    note: str = column(5, default="", max_length=500)


@entity(5, "calendar_day")
@dataclass(frozen=True, kw_only=True)
class CalendarDay(Record):
    """A holiday or make-up working day entered by the office over the library's calendar."""

    day: date = column(1, indexed=True)
    is_working: bool = column(2)
    name: str = column(3, default="", max_length=40)
