"""Keeps the search index of a workspace up to date: at every start, after imports, away from the screen."""

from itertools import chain, count

from fangshan_desk.app.reference import Reference
from fangshan_desk.data.desk_file import DeskFile
from fangshan_desk.data.search_index import prepare_search, refresh_all


def prepare_index(file: DeskFile, reference: Reference) -> None:
    """Tell the index which names of province, county and towns precede an enterprise's own name."""
    regions = chain.from_iterable(words for _, words in reference.name_rules.regions)
    towns = chain.from_iterable((town.name, *town.aliases) for town in reference.townships.rows)
    prepare_search(file.database, [*regions, *towns])


def index_all(file: DeskFile) -> int:
    """Take up everything that waits; returns how many enterprises that were."""
    return refresh_all(file.database, lambda _done, _total: None, lambda: False)


def index_one_step(file: DeskFile) -> int:
    """Take up the next thousand at most; returns how many."""
    asked = count()
    return refresh_all(file.database, lambda _done, _total: None, lambda: next(asked) > 0)
