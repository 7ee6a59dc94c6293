"""Every keystroke of typical searches in the big register, beside the bare query on the same index."""

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice

from benchmarks.measuring import Line, Samples, in_turns
from benchmarks.places import Bench
from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.data.search_terms import Fragments, terms_of
from fangshan_desk.domain.records.register import Enterprise

KEYSTROKES = 2000
LIMIT_MS, LIMIT_RATIO = 16.0, 3.0
_BARE = (
    "SELECT e.enterprise_id FROM search_fragment JOIN search_entry e ON e.number = search_fragment.rowid "
    "WHERE search_fragment MATCH ? LIMIT 50"
)


def measure(bench: Bench) -> list[Line]:
    """What the search panel asks at each key, and the register's own filter."""
    with open_desk(bench.county(), None) as desk:
        typed = list(islice(cycle(_keystrokes(desk)), bench.runs(KEYSTROKES)))
        bare, panel = in_turns([_bare(desk, typed), _panel(desk, typed)], len(typed), warm_up=50)
    floor = bare.p99 * 1000
    return [
        Line(work="floor: bare indexed query, p99", median=floor),
        Line(
            work="keystroke in the search panel, p99",
            median=panel.p99 * 1000,
            floor=floor,
            aim=f"≤ {LIMIT_MS:.0f} ms, ≤ {LIMIT_RATIO:.0f} ×",
            is_met=panel.p99 * 1000 <= LIMIT_MS and panel.p99 <= LIMIT_RATIO * bare.p99,
        ),
        _median_line(bare, panel),
    ]


def _median_line(bare: Samples, panel: Samples) -> Line:
    return Line(work="the same, median", median=panel.median * 1000, floor=bare.median * 1000)


def _keystrokes(desk: OpenDesk) -> Iterator[str]:
    """Initials, pinyin, fragments of names, ends of codes and phones, typed character by character."""
    rows = desk.transact(lambda uow, _: uow.find(Enterprise, township="141128100")).result[::997]
    words = ["fsx", "jxjc", "beichuan", "fangshanxian", "建材", "商行", "信义", "煤", "zhongxin"]
    for row in rows[:40]:
        core = row.name.removeprefix("方山县")
        words += [core[:4], row.uscc[-4:], row.contact_phone[-6:], row.legal_representative]
    for word in words:
        yield from (word[:length] for length in range(1, len(word) + 1))


def _bare(desk: OpenDesk, typed: Sequence[str]) -> Callable[[int], object]:
    connection = desk.parts.file.database.raw_writer
    readings = connection.execute("SELECT readings FROM search_reading").fetchall()
    fragments = Fragments({item for (found,) in readings for item in found.split()})
    expressions = [fragments.anywhere(terms_of(text)[0]) for text in typed]
    return lambda number: connection.execute(_BARE, (expressions[number % len(typed)],)).fetchall()


def _panel(desk: OpenDesk, typed: Sequence[str]) -> Callable[[int], object]:
    register = desk.readers.register
    return lambda number: register.search(typed[number % len(typed)])
