"""What an enterprise is told when its items come due: one message for each enterprise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from fangshan_desk.domain.rights import Body
from fangshan_desk.usecases.ports import Services
from fangshan_desk.usecases.views.ledger import REMINDABLE, LedgerRow


@dataclass(frozen=True, kw_only=True)
class ReminderMessage:
    """One text for one enterprise, with whom to send it to."""

    enterprise_id: str
    enterprise: str
    recipients: tuple[tuple[str, str], ...]
    item_ids: tuple[str, ...]
    text: str


def is_reminder_due(
    deadline: date, reminded_on: date | None, *, today: date, reminder_days: Sequence[int]
) -> bool:
    """Whether a day of reminder has come and the enterprise was not reminded since (workflows 1.3)."""
    passed = [deadline + timedelta(days=days) for days in reminder_days]
    passed = [day for day in passed if day <= today]
    return bool(passed) and (reminded_on is None or reminded_on < max(passed))


def reminder_messages(rows: Sequence[LedgerRow], services: Services) -> tuple[ReminderMessage, ...]:
    """A message for every enterprise among the rows; items that wait for an office are left out."""
    waiting = [row for row in rows if row.state in REMINDABLE]
    by_enterprise = sorted(waiting, key=lambda row: (row.enterprise, row.enterprise_id, row.deadline, row.id))
    groups = groupby(by_enterprise, key=lambda row: row.enterprise_id)
    return tuple(_message(tuple(group), services) for _, group in groups)


def _message(rows: Sequence[LedgerRow], services: Services) -> ReminderMessage:
    first = rows[0]
    text = services.text
    listed = text("list-separator").join(_item(row, services) for row in rows)
    words = text(
        "reminder-message",
        body=text(f"body-{_sender(services.actor.body).value}-full"),
        enterprise=first.enterprise,
        items=listed,
        phone=text("office-contact-phone"),
    )
    recipients = dict.fromkeys((row.owner_name, row.owner_phone) for row in rows if row.owner_name)
    return ReminderMessage(
        enterprise_id=first.enterprise_id,
        enterprise=first.enterprise,
        recipients=tuple(recipients),
        item_ids=tuple(row.id for row in rows),
        text=words,
    )


def _sender(body: Body) -> Body:
    # A township reminds on behalf of the bureau.
    return Body.HRSS if body is Body.TOWN else body


def _item(row: LedgerRow, services: Services) -> str:
    remaining = row.remaining_days or 0
    key = "reminder-item-overdue" if remaining < 0 else "reminder-item-due"
    return services.text(
        key,
        title=row.title.rstrip(services.text("reminder-trimmed-marks")),
        letter=row.letter_number,
        day=services.text(
            "reminder-day", year=row.deadline.year, month=row.deadline.month, day=row.deadline.day
        ),
        days=abs(remaining),
        when="today" if remaining == 0 else "later",
    )
