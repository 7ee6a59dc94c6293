"""The columns of the list of visits, and the reader as the source of its rows."""

from collections.abc import Sequence
from datetime import timedelta, timezone

from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.ui.components.enterprise_words import township_words
from fangshan_desk.ui.components.risk_words import LEVEL_TONES
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.models.columns import Align, Column, SortOrder, Weight
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.views.visits import VisitFilter, VisitReader, VisitRow, VisitSort

STATE_TONES = {
    VisitState.PLANNED: Tone.BLUE,
    VisitState.UNDER_WAY: Tone.ORANGE,
    VisitState.FINISHED: Tone.GREEN,
    VisitState.CANCELLED: Tone.GREY,
}


class VisitSource:
    """The visits under one filter; ``listed`` is what the last reading of ids gave."""

    def __init__(self, reader: VisitReader, wanted: VisitFilter) -> None:
        self._reader = reader
        self.wanted = wanted
        self.listed: tuple[str, ...] = ()

    def ids(self, order: SortOrder | None) -> Sequence[str]:
        """All ids in the order wanted."""
        sort = VisitSort(order.key) if order is not None else None
        descending = order is not None and order.is_descending
        self.listed = tuple(self._reader.find_ids(self.wanted, sort=sort, descending=descending))
        return self.listed

    def rows(self, ids: Sequence[str]) -> Sequence[VisitRow | None]:
        """One row per id, None where it is gone meanwhile."""
        return self._reader.rows(ids)


def visit_columns(context: Context) -> list[Column[VisitRow]]:
    """When, whom, where it stands, who went, what came of it."""
    texts = context.texts
    return [
        Column(VisitSort.WHEN, texts("visit-column-when"), lambda row: when_words(row, context), width=130),
        Column(
            VisitSort.ENTERPRISE,
            texts("visit-column-enterprise"),
            lambda row: row.enterprise,
            width=240,
            weight=Weight.STRONG,
            stretches=True,
            is_optional=False,
        ),
        Column(
            VisitSort.TOWNSHIP,
            texts("visit-column-township"),
            lambda row: township_words(row.township, texts),
            width=104,
        ),
        Column(
            VisitSort.STATE,
            texts("visit-column-state"),
            lambda row: texts(f"visit-state-{row.state.value}"),
            width=84,
            tone=lambda row: STATE_TONES[row.state],
        ),
        Column(
            "risk",
            texts("visit-column-risk"),
            lambda row: texts(f"risk-{row.risk_level}"),
            width=64,
            tone=lambda row: LEVEL_TONES[RiskLevel(row.risk_level)],
            is_sortable=False,
        ),
        Column(
            "visitors",
            texts("visit-column-visitors"),
            lambda row: texts("grade-name-separator").join(row.visitors),
            width=120,
            is_sortable=False,
        ),
        Column(
            "found",
            texts("visit-column-found"),
            lambda row: found_words(row, context),
            width=132,
            weight=Weight.WEAK,
            is_sortable=False,
        ),
        Column(
            "letter",
            texts("visit-column-letter"),
            lambda row: row.letter_number,
            width=200,
            is_sortable=False,
        ),
        Column(
            "purpose",
            texts("visit-column-purpose"),
            lambda row: row.purpose,
            width=140,
            align=Align.LEFT,
            weight=Weight.WEAK,
            is_sortable=False,
            starts_hidden=True,
        ),
    ]


def when_words(row: VisitRow, context: Context) -> str:
    """The moment it began, else the plan."""
    if row.started_at is not None:
        office = timezone(timedelta(minutes=context.clock.offset_minutes()))
        return f"{row.started_at.astimezone(office):%Y-%m-%d %H:%M}"
    day = row.planned_on.isoformat() if row.planned_on is not None else ""
    return f"{day} {row.planned_time}".strip()


def found_words(row: VisitRow, context: Context) -> str:
    """How much was answered and found; nothing before the visit began."""
    if row.started_at is None:
        return ""
    return context.texts("visit-found", answered=row.answered, violated=row.violated)
