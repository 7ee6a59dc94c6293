"""The columns of the register, and the reader as the source of a table's rows."""

from collections.abc import Callable, Sequence
from functools import partial

from fangshan_desk.ui.components.enterprise_words import (
    category_list,
    day_of,
    day_words,
    township_words,
)
from fangshan_desk.ui.components.risk_words import LEVEL_TONES
from fangshan_desk.ui.context import Context, Texts
from fangshan_desk.ui.models.columns import Align, Column, SortOrder, Weight
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.views.register import (
    EnterpriseFilter,
    EnterpriseRow,
    FoundEnterprises,
    RegisterReader,
    RegisterSort,
)

Row = EnterpriseRow
_FIRST_DESCENDING = frozenset({RegisterSort.LAST_VISIT, RegisterSort.OPEN_ITEMS})


class RegisterSource:
    """The register under one filter; ``found`` is what the last reading of ids said."""

    def __init__(self, reader: RegisterReader, wanted: EnterpriseFilter) -> None:
        self._reader = reader
        self.wanted = wanted
        self.found = FoundEnterprises()

    def ids(self, order: SortOrder | None) -> Sequence[str]:
        """All ids in the order wanted."""
        sort = RegisterSort(order.key) if order is not None else None
        descending = order is not None and order.is_descending
        if sort in _FIRST_DESCENDING:
            # The first click asks for the newest visits and the most items.
            descending = not descending
        self.found = self._reader.find(self.wanted, sort=sort, descending=descending)
        return self.found.ids

    def rows(self, ids: Sequence[str]) -> Sequence[EnterpriseRow | None]:
        """One row per id, None where it is gone meanwhile."""
        return self._reader.rows(ids)


def register_columns(context: Context) -> list[Column[Row]]:
    """Name, town, kinds, level, people, last visit, open items; the rest may be shown."""
    texts = context.texts
    return [
        Column(
            RegisterSort.NAME,
            texts("register-column-name"),
            lambda row: row.name,
            width=260,
            weight=Weight.STRONG,
            stretches=True,
            is_optional=False,
        ),
        Column(
            RegisterSort.TOWNSHIP,
            texts("register-column-township"),
            lambda row: township_words(row.township, texts),
            width=100,
        ),
        Column(
            "categories",
            texts("register-column-categories"),
            lambda row: category_list(row.categories, texts),
            width=170,
            weight=Weight.WEAK,
            is_sortable=False,
        ),
        Column(
            RegisterSort.RISK,
            texts("register-column-risk"),
            lambda row: texts(f"risk-{row.risk_level.value}"),
            width=80,
            tone=lambda row: LEVEL_TONES[row.risk_level],
        ),
        Column(
            RegisterSort.HEADCOUNT,
            texts("register-column-headcount"),
            lambda row: "" if row.headcount is None else str(row.headcount),
            width=84,
            align=Align.RIGHT,
        ),
        Column(
            RegisterSort.LAST_VISIT,
            texts("register-column-last_visit"),
            lambda row: day_words(day_of(row.last_visit_at, context)),
            width=108,
        ),
        Column(
            RegisterSort.OPEN_ITEMS,
            texts("register-column-open_items"),
            lambda row: str(row.open_items) if row.open_items else "",
            width=84,
            align=Align.RIGHT,
        ),
        *_hidden_columns(texts),
    ]


def _hidden_columns(texts: Texts) -> list[Column[Row]]:
    shown: tuple[tuple[str, Callable[[Row], str], int], ...] = (
        ("uscc", lambda row: row.uscc, 170),
        ("legal_representative", lambda row: row.legal_representative, 100),
        ("contact_person", lambda row: row.contact_person, 90),
        ("contact_phone", lambda row: row.contact_phone, 120),
        ("industry", lambda row: row.industry, 120),
        ("address", lambda row: row.address, 200),
        ("status", partial(_status, texts), 80),
    )
    return [
        Column(
            key,
            texts(f"register-column-{key}"),
            display,
            width=width,
            tone=_code_tone if key == "uscc" else None,
            is_sortable=False,
            starts_hidden=True,
        )
        for key, display, width in shown
    ]


def _status(texts: Texts, row: Row) -> str:
    return texts(f"register-status-{row.status.value}")


def _code_tone(row: Row) -> Tone | None:
    return None if row.is_uscc_valid or not row.uscc else Tone.ORANGE
