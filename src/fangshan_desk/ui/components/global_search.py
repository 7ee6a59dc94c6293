"""What the search field of the window looks in: enterprises, letters by number, items by title."""

from collections.abc import Sequence

from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.components.enterprise_words import joined, township_words
from fangshan_desk.ui.components.risk_words import LEVEL_TONES
from fangshan_desk.ui.components.search_panel import MOST_ROWS, Search, SearchHit
from fangshan_desk.ui.context import Target, Texts
from fangshan_desk.usecases.views.register import FoundKind, FoundRecord, RegisterReader

_PAGES = {FoundKind.ENTERPRISE: "enterprise", FoundKind.LETTER: "letter", FoundKind.ITEM: "item"}


def global_search(reader: RegisterReader, texts: Texts) -> Search:
    """A search for `MainWindow.set_search`; it runs in the reading lane."""

    def search(words: str) -> Sequence[SearchHit]:
        return [_hit(found, texts) for found in reader.search(words, limit=MOST_ROWS)]

    return search


def _hit(found: FoundRecord, texts: Texts) -> SearchHit:
    target = Target(_PAGES[found.kind], found.id)
    if found.kind is FoundKind.ENTERPRISE:
        level = RiskLevel(found.state or RiskLevel.UNRATED)
        place = township_words(found.township, texts)
        return SearchHit(
            found.title,
            target,
            subtitle=joined(texts, place, found.matched),
            kind=texts(f"risk-{level.value}"),
            tone=LEVEL_TONES[level],
        )
    prefix = "letter-state-" if found.kind is FoundKind.LETTER else "item-state-"
    kind = texts(f"letter-kind-{found.matched}") if found.kind is FoundKind.LETTER else texts("register-item")
    return SearchHit(
        " ".join(filter(None, (kind, found.title))),
        target,
        subtitle=found.enterprise,
        kind=texts(prefix + found.state) if found.state else "",
    )
