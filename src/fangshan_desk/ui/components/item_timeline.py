"""An item's history as lines of a timeline, newest first."""

from collections.abc import Sequence

from fangshan_desk.domain.local_time import local_moment
from fangshan_desk.domain.states.item_facts import CloseReason, EscalationReason, ItemEvent
from fangshan_desk.ui.components.item_words import short_day
from fangshan_desk.ui.context import Context, Texts
from fangshan_desk.ui.widgets.lists import TimelineEntry
from fangshan_desk.usecases.views.ledger import ItemPage, ItemStep

# Events that are no steps of the machine.
_OTHER_EVENTS = ("begin", "remind")


def timeline_entries(
    page: ItemPage, context: Context, *, is_brief: bool = False
) -> tuple[TimelineEntry, ...]:
    """What happened: when it counts, what, by whom, with which words.

    In brief a step with nothing to tell but its officer takes one line.
    """
    return tuple(_entry(step, context, is_brief=is_brief) for step in page.steps)


def event_words(event: str, texts: Texts) -> str:
    """The name of an event; one of a newer desk shows as it is."""
    if event in _OTHER_EVENTS:
        return texts(f"item-event-{event}")
    known = {each.value for each in ItemEvent}
    return texts(f"item-event-{event}") if event in known else event


def _entry(step: ItemStep, context: Context, *, is_brief: bool) -> TimelineEntry:
    texts = context.texts
    what = " ".join(part for part in (event_words(step.event, texts), _result(step, texts)) if part)
    told = [part for part in (step.note, *_details(step, texts)) if part]
    parts = told if is_brief and not told else [*told, _by_whom(step, texts)]
    return TimelineEntry(_when(step, context), what, texts("item-separator").join(parts))


def _when(step: ItemStep, context: Context) -> str:
    today = context.clock.today()
    recorded = local_moment(step.recorded_at, context.clock.offset_minutes())
    day = short_day(step.happened_on, today=today)
    # Recorded later: the hour would be that of another day.
    return f"{day} {recorded:%H:%M}" if recorded.date() == step.happened_on and step.officer else day


def _result(step: ItemStep, texts: Texts) -> str:
    new = step.details.get("new")
    return texts("item-step-until", day=str(new)) if new else ""


def _details(step: ItemStep, texts: Texts) -> Sequence[str]:
    details = step.details
    found = []
    if until := details.get("until"):
        found.append(texts("item-step-asked", day=str(until)))
    if plan := details.get("plan"):
        found.append(texts("item-step-plan", plan=str(plan)))
    if way := details.get("way"):
        found.append(_known(f"reminder-way-{way}", str(way), texts))
    if (cause := details.get("cause")) in {each.value for each in EscalationReason}:
        found.append(texts(f"escalation-reason-{cause}"))
    if (reason := details.get("close_reason")) in {each.value for each in CloseReason}:
        found.append(texts(f"close-reason-{reason}"))
    if authority := details.get("authority"):
        found.append(str(authority))
    return found


def _by_whom(step: ItemStep, texts: Texts) -> str:
    if step.rechecked_by:
        return texts("item-comma").join(name for name in step.rechecked_by if name)
    return step.officer or texts("item-step-by-desk")


def _known(key: str, otherwise: str, texts: Texts) -> str:
    return texts(key) if texts.has(key) else otherwise
