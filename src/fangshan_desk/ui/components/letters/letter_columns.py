"""The columns of the list of letters, and where its rows come from."""

from collections.abc import Sequence

from fangshan_desk.ui.components.letters.words import STATE_TONES, WAIT_TONES, LetterWords
from fangshan_desk.ui.context import Context
from fangshan_desk.ui.models.columns import Align, Column, SortOrder, Weight
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.views.letters import LetterFilter, LetterReader, LetterRow, LetterSort


class LetterSource:
    """Rows of a filter, in the order the header asks for."""

    def __init__(self, reader: LetterReader, wanted: LetterFilter) -> None:
        self._reader = reader
        self._wanted = wanted

    def ids(self, order: SortOrder | None) -> Sequence[str]:
        """All ids at once; newest first unless the header says otherwise."""
        if order is None:
            return self._reader.find_ids(self._wanted)
        return self._reader.find_ids(self._wanted, sort=LetterSort(order.key), descending=order.is_descending)

    def rows(self, ids: Sequence[str]) -> Sequence[LetterRow | None]:
        """What is visible."""
        return self._reader.rows(ids)


def letter_columns(context: Context) -> list[Column[LetterRow]]:
    """Number, kind, enterprise, state, what it waits for, items, days."""
    texts, words = context.texts, LetterWords(context)

    def waits(row: LetterRow) -> str:
        return texts("letter-enumeration").join(words.wait(wait) for wait in row.waits)

    def wait_tone(row: LetterRow) -> Tone | None:
        return WAIT_TONES[row.waits[0]] if row.waits else None

    def items(row: LetterRow) -> str:
        if not row.item_count:
            return ""
        closed = row.item_count - row.open_item_count
        return texts("letter-items-closed", closed=closed, count=row.item_count)

    return [
        Column(
            LetterSort.NUMBER.value,
            texts("letter-column-document"),
            lambda row: row.number,
            width=176,
            is_optional=False,
        ),
        Column(
            LetterSort.KIND.value, texts("letter-column-kind"), lambda row: words.kind(row.kind), width=118
        ),
        Column(
            LetterSort.ENTERPRISE.value,
            texts("letter-column-enterprise"),
            lambda row: row.enterprise,
            width=220,
            stretches=True,
        ),
        Column(
            LetterSort.STATE.value,
            texts("letter-column-state"),
            lambda row: words.state(row.state),
            width=92,
            tone=lambda row: STATE_TONES[row.state],
        ),
        Column(
            "waits",
            texts("letter-column-waits"),
            waits,
            width=118,
            tone=wait_tone,
            is_sortable=False,
        ),
        Column(
            "items",
            texts("letter-column-items"),
            items,
            width=84,
            align=Align.RIGHT,
            is_sortable=False,
        ),
        Column(
            LetterSort.MADE.value,
            texts("letter-column-made"),
            lambda row: words.day_of(row.made_at),
            width=96,
            weight=Weight.WEAK,
        ),
        Column(
            LetterSort.SERVED.value,
            texts("letter-column-served"),
            lambda row: row.served_on.isoformat() if row.served_on else "",
            width=96,
            weight=Weight.WEAK,
        ),
    ]
