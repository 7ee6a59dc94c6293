"""Entries that may be one enterprise: proposed by code, phone and name, judged by the rules."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Connection

from fangshan_desk.data.enterprise_search import EnterpriseSearch
from fangshan_desk.domain.enterprise_names import (
    MatchDecision,
    MatchParty,
    NameRules,
    match_score,
    normalise_name,
)
from fangshan_desk.domain.enterprise_names import likely_duplicates as judged
from fangshan_desk.usecases.views.register import DuplicatePair, LikelyDuplicate

_HITS_PER_NAME = 25
_MOST_PER_GROUP = 6
_PARTIES = (
    "SELECT e.id, e.name, e.uscc, e.township, e.legal_representative, e.contact_phone "
    "FROM json_each(?) given CROSS JOIN enterprise e ON e.id = given.value WHERE e.merged_into_id IS NULL"
)
_SAME_FIELDS = (
    "SELECT id FROM enterprise WHERE uscc = ?1 AND ?1 <> '' "
    "UNION SELECT id FROM enterprise WHERE name = ?2 LIMIT 50"
)
_NUMBERS = (
    "SELECT enterprise_id, code FROM enterprise_alias "
    "WHERE code <> '' AND enterprise_id IN (SELECT value FROM json_each(?))"
)
_DIFFERENT = "SELECT first_id, second_id FROM duplicate_decision"
# Only groups are read: the names compared are those behind the county's name, as the search keeps them.
_GROUPS = (
    "SELECT group_concat(id, ' ') FROM enterprise WHERE uscc > '' AND merged_into_id IS NULL "
    "GROUP BY uscc HAVING count(*) > 1",
    "SELECT group_concat(enterprise_id, ' ') FROM search_entry "
    "GROUP BY substr(content, core + 1, instr(content, char(10)) - core - 1) HAVING count(*) > 1",
)


def similar_to(
    connection: Connection, search: EnterpriseSearch, party: MatchParty, *, rules: NameRules, ignoring: str
) -> tuple[LikelyDuplicate, ...]:
    """Entries that may be this enterprise, best first."""
    candidates = set(_candidates(connection, search, party, rules)) - {ignoring}
    rows = _rows(connection, candidates)
    others = [(row[0], _party(row)) for row in rows.values()]
    return tuple(
        _likely(rows[key], match.score, match.key) for key, match in judged(party, others, rules=rules)
    )


def likely_duplicates(
    connection: Connection, search: EnterpriseSearch, enterprise_id: str, *, rules: NameRules
) -> tuple[LikelyDuplicate, ...]:
    """Entries that may be the same, without those a person called different."""
    own = _rows(connection, [enterprise_id]).get(enterprise_id)
    if own is None:
        return ()
    statement = f"{_DIFFERENT} WHERE first_id = ?1 OR second_id = ?1"
    different = {key for row in connection.exec_driver_sql(statement, (enterprise_id,)) for key in row}
    found = similar_to(connection, search, _party(own), rules=rules, ignoring=enterprise_id)
    return tuple(each for each in found if each.enterprise_id not in different)


def duplicate_pairs(connection: Connection, *, rules: NameRules, limit: int) -> tuple[DuplicatePair, ...]:
    """Pairs of the whole register that share a code or a name, best first."""
    different = {frozenset(row) for row in connection.exec_driver_sql(_DIFFERENT)}
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for first, second in _pairs(connection):
        pairs.setdefault(frozenset((first, second)), (first, second))
        if len(pairs) >= 4 * limit:
            break
    rows = _rows(connection, {key for pair in pairs.values() for key in pair})
    judged_pairs = [
        _judged(rows[first], rows[second], rules)
        for names, (first, second) in pairs.items()
        if names not in different and first in rows and second in rows
    ]
    likely = [pair for pair in judged_pairs if pair is not None]
    likely.sort(key=lambda pair: (-pair.second.score, pair.first.name))
    return tuple(likely[:limit])


def _pairs(connection: Connection) -> Iterator[tuple[str, str]]:
    for statement in _GROUPS:
        for row in connection.exec_driver_sql(statement):
            yield from combinations(row[0].split(" ")[:_MOST_PER_GROUP], 2)


def _judged(first: Any, second: Any, rules: NameRules) -> DuplicatePair | None:
    match = match_score(_party(first), _party(second), rules=rules)
    if match.decision is MatchDecision.NONE:
        return None
    return DuplicatePair(_likely(first, match.score, match.key), _likely(second, match.score, match.key))


def _candidates(
    connection: Connection, search: EnterpriseSearch, party: MatchParty, rules: NameRules
) -> Iterator[str]:
    core = normalise_name(party.name, rules).core
    half = len(core) // 2
    # One wrong character leaves the other half right.
    texts = {core, core[:half], core[half:]} if half >= 2 else {core}
    if len(party.phone) >= 7:
        texts.add(party.phone)
    for text in sorted(texts - {""}):
        yield from (hit.enterprise_id for hit in search.find(connection, text, limit=_HITS_PER_NAME).hits)
    yield from (row[0] for row in connection.exec_driver_sql(_SAME_FIELDS, (party.uscc, party.name)))


def _rows(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    listed = json.dumps(sorted(ids))
    rows = {row[0]: [*row] for row in connection.exec_driver_sql(_PARTIES, (listed,))}
    numbers: dict[str, set[str]] = {}
    for enterprise_id, code in connection.exec_driver_sql(_NUMBERS, (listed,)):
        numbers.setdefault(enterprise_id, set()).add(code)
    return {key: (*row, frozenset(numbers.get(key, ()))) for key, row in rows.items()}


def _party(row: Sequence[Any]) -> MatchParty:
    return MatchParty(
        name=row[1] or "",
        uscc=row[2] or "",
        township=row[3] or "",
        legal_representative=row[4] or "",
        phone=row[5] or "",
        linked=row[6],
    )


def _likely(row: Sequence[Any], score: int, key: str) -> LikelyDuplicate:
    return LikelyDuplicate(
        enterprise_id=row[0],
        name=row[1] or "",
        uscc=row[2] or "",
        township=row[3] or "",
        score=score,
        key=key,
    )
