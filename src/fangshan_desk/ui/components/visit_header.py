"""What stands at the top of a visit: when, where, whether everything is saved."""

from datetime import datetime

from fangshan_desk.domain.local_time import local_moment
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.enterprise_words import township_words
from fangshan_desk.ui.context import Context


def visit_subtitle(
    context: Context, visit: Visit, *, township: str, saved_at: datetime | None, is_saving: bool
) -> str:
    """The second line of the header; "saved" only after the commit."""
    texts = context.texts
    # What matters most first: a narrow window cuts off the end.
    parts = []
    if visit.state in (VisitState.FINISHED, VisitState.CANCELLED):
        parts.append(texts(f"visit-state-{visit.state.value}"))
    elif is_saving:
        parts.append(texts("visit-saving"))
    elif saved_at is not None:
        parts.append(texts("visit-saved", time=f"{saved_at:%H:%M}"))
    parts.append(_when(context, visit))
    if township:
        parts.append(township_words(township, texts))
    return texts("visit-subtitle-separator").join(part for part in parts if part)


def _when(context: Context, visit: Visit) -> str:
    if visit.started_at is not None:
        started = local_moment(visit.started_at, context.clock.offset_minutes())
        return context.texts("visit-started", moment=f"{started:%Y-%m-%d %H:%M}")
    if visit.planned_on is not None:
        moment = f"{visit.planned_on.isoformat()} {visit.planned_time}".strip()
        return context.texts("visit-planned-for", moment=moment)
    return ""
