"""How an item's deadline came about, and which limit runs now; shown to the officer, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from fangshan_desk.domain.day_counting import DueDate, due_date
from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.states.item_facts import ItemEvent, ItemState
from fangshan_desk.domain.states.limits import Nature
from fangshan_desk.usecases.composing_prescriptions import DEFAULT_DAYS
from fangshan_desk.usecases.ports import Services
from fangshan_desk.usecases.rectifying import started_on
from fangshan_desk.usecases.views.ledger import AWAITING_ENTERPRISE, ItemPage, ItemStep

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AccountLine:
    """One sentence of the computation: its key and values (days as dates)."""

    key: str
    values: Mapping[str, date | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RunningLimit:
    """The limit that runs now: of the enterprise (``deadline``) or of the office."""

    code: str
    due: date
    remaining_days: int
    is_flagged: bool = False
    is_statutory: bool = False
    starts_on: date | None = None
    days: int = 0

    @property
    def is_past(self) -> bool:
        """Whether its last day is over."""
        return self.remaining_days < 0


def deadline_account(page: ItemPage, services: Services) -> tuple[AccountLine, ...]:
    """How the deadline was counted, from the service to the last extension."""
    return tuple(_lines(page, services))


def running_limit(page: ItemPage, services: Services) -> RunningLimit | None:
    """The limit somebody has to keep now; None when the item is closed or with the inspectorate."""
    item = page.item
    today = services.clock.today()
    office = _office_limit(page)
    if office is not None:
        code, start = office
        limit = services.limits[code]
        counted = limit.due(start, calendar=services.calendar)
        return RunningLimit(
            code=code,
            due=counted.date,
            remaining_days=(counted.date - today).days,
            is_flagged=counted.flagged,
            is_statutory=limit.nature is Nature.STATUTORY,
            starts_on=start,
            days=limit.n,
        )
    if item.state not in AWAITING_ENTERPRISE:
        return None
    return RunningLimit(
        code="deadline",
        due=item.deadline,
        remaining_days=(item.deadline - today).days,
        is_flagged=item.is_deadline_flagged,
        starts_on=started_on(item),
        days=item.days,
    )


def recheck_due(reported_on: date, services: Services) -> DueDate:
    """The last day for the recheck of an item reported done (10 working days, working rule)."""
    return services.limits["recheck"].due(reported_on, calendar=services.calendar)


def _office_limit(page: ItemPage) -> tuple[str, date] | None:
    item = page.item
    if item.state is ItemState.REPORTED:
        return "recheck", item.reported_on or _day_of(page, ItemEvent.REPORT_DONE)
    if item.state is ItemState.EXTENSION_REQUESTED:
        return "decide_extension", _day_of(page, ItemEvent.REQUEST_EXTENSION)
    if item.state is ItemState.RETURNED:
        return "escalate", _day_of(page, ItemEvent.RETURN)
    was_reminded = item.reminded_on is not None and item.reminded_on > item.deadline
    if item.state is ItemState.OVERDUE and was_reminded and item.reminded_on is not None:
        return "escalate", item.reminded_on
    return None


def _day_of(page: ItemPage, event: ItemEvent) -> date:
    found = (step.happened_on for step in page.steps if step.event == event.value)
    return next(found, page.item.deadline)


def _lines(page: ItemPage, services: Services) -> Iterator[AccountLine]:
    item = page.item
    begun = started_on(item)
    days, counted = _counted(item, begun, services)
    last = begun + days * _ONE_DAY
    values: dict[str, date | int] = {
        "served_on": begun,
        "start": begun + _ONE_DAY,
        "days": days,
        "last": last,
    }
    yield AccountLine("item-account-begun", values)
    if counted != last:
        yield AccountLine("item-account-rolled", {"last": last, "due": counted})
    for step in reversed(page.steps):
        line = _moved(step)
        if line is not None:
            yield line
    if item.is_deadline_flagged:
        yield AccountLine("item-account-flagged", {"year": item.deadline.year})


def _counted(item: RectificationItem, begun: date, services: Services) -> tuple[int, date]:
    usual = _usual_days(item.code, services)
    due = due_date(begun, usual, calendar=services.calendar)
    if due.date == item.original_deadline:
        return usual, due.date
    # Agreed on otherwise with the enterprise: the day itself was printed.
    return item.days, item.original_deadline


def _usual_days(code: str, services: Services) -> int:
    # An item of a later checklist is not known here.
    known = services.reference.checklist.items_by_code.get(code)
    return (known.default_deadline_days if known else None) or DEFAULT_DAYS


def _moved(step: ItemStep) -> AccountLine | None:
    new = step.details.get("new")
    if step.event == ItemEvent.APPROVE_EXTENSION.value and new:
        old = date.fromisoformat(str(step.details.get("old", new)))
        return AccountLine("item-account-extended", {"old": old, "new": date.fromisoformat(str(new))})
    if step.event == ItemEvent.REOPEN.value and new:
        due = date.fromisoformat(str(new))
        days = int(step.details.get("days", (due - step.happened_on).days))
        return AccountLine(
            "item-account-reopened", {"start": step.happened_on + _ONE_DAY, "days": days, "new": due}
        )
    return None
