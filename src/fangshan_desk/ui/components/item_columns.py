"""The columns of the ledger and where its rows come from."""

from collections.abc import Callable, Sequence
from datetime import date

from fangshan_desk.ui.components.item_words import RISK_TONES, ItemWords
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.models.columns import Align, Column, SortOrder, Weight
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.views.ledger import LedgerFilter, LedgerReader, LedgerRow, LedgerSort

MARK = "mark"


class LedgerSource:
    """The filtered ledger for a table."""

    def __init__(self, reader: LedgerReader, wanted: LedgerFilter, today: date) -> None:
        self._reader = reader
        self._wanted = wanted
        self._today = today

    def ids(self, order: SortOrder | None) -> Sequence[str]:
        sort = LedgerSort(order.key) if order is not None else LedgerSort.DEADLINE
        descending = order is not None and order.is_descending
        return self._reader.find_ids(self._wanted, today=self._today, sort=sort, descending=descending)

    def rows(self, ids: Sequence[str]) -> Sequence[LedgerRow | None]:
        return self._reader.rows(ids, today=self._today)


def ledger_columns(
    context: Context, words: ItemWords, *, is_marked: Callable[[str], bool]
) -> list[Column[LedgerRow]]:
    """As in the office's ledger: what, who, until when, how it stands."""
    texts = context.texts
    townships = context.desk.services.townships
    return [
        Column(
            "title",
            texts("ledger-column-title"),
            lambda row: words.title(row.title),
            width=226,
            stretches=True,
            is_optional=False,
        ),
        Column(
            "enterprise",
            texts("ledger-column-enterprise"),
            lambda row: row.enterprise,
            width=196,
            weight=Weight.WEAK,
        ),
        Column(
            "township",
            texts("ledger-column-township"),
            lambda row: townships.name_of(row.township) or texts("township-county"),
            width=90,
            starts_hidden=True,
        ),
        Column(
            "risk",
            texts("ledger-column-risk"),
            lambda row: texts(f"risk-{row.risk_level}"),
            width=70,
            tone=lambda row: RISK_TONES.get(row.risk_level, Tone.GREY),
            is_sortable=False,
            starts_hidden=True,
        ),
        Column("owner", texts("ledger-column-owner"), lambda row: row.owner_name, width=90),
        Column(
            "tracker",
            texts("ledger-column-tracker"),
            lambda row: row.tracker,
            width=92,
            is_sortable=False,
            starts_hidden=True,
        ),
        Column(
            "deadline",
            texts("ledger-column-deadline"),
            lambda row: words.deadline(row.deadline),
            width=66,
            align=Align.RIGHT,
        ),
        Column(
            "remaining",
            texts("ledger-column-remaining"),
            lambda row: words.remaining(row).words,
            width=104,
            tone=lambda row: words.remaining(row).tone,
            is_sortable=False,
        ),
        Column("state", texts("ledger-column-state"), lambda row: texts(row.state.label_key), width=86),
        # Last here, first on the screen: a hidden first column would hold back the arrow keys.
        Column(
            MARK,
            "",
            lambda row: texts("ledger-marked") if is_marked(row.id) else "",
            width=48,
            tone=lambda _row: Tone.BLUE,
            is_sortable=False,
            is_optional=False,
            starts_hidden=True,
        ),
    ]
