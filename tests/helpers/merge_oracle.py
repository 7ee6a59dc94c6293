"""What all laptops must agree on, worked out the slow way: from every change-set at once, in no order."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fangshan_desk.domain.changesets import (
    AS_CREATED,
    DELETE,
    INSERT,
    ROW_ITSELF,
    Entry,
    FieldChange,
    Stored,
    Version,
)
from fangshan_desk.domain.merging import created_version
from fangshan_desk.domain.records.catalogue import ENTITIES
from fangshan_desk.domain.records.declaring import Entity
from fangshan_desk.sync.opening import StoredEntries
from tests.helpers.replicas import Replica

Key = tuple[int, str]
_DEVICES = "SELECT number, device FROM sync_device"
_HEADS = "SELECT tno, row_id, cno, hlc, device_number FROM sync_head"
_BESIDE = "SELECT tno, row_id, cno, hlc, device_number, value FROM sync_conflict"
Heads = frozenset[Version]


@dataclass
class Picture:
    """Rows that are there with their values, heads by field, values that stand beside, rows that are gone."""

    rows: dict[Key, dict[int, Stored]] = field(default_factory=dict)
    heads: dict[tuple[int, str, int], Heads] = field(default_factory=dict)
    beside: dict[tuple[int, str, int], frozenset[tuple[Version, Stored]]] = field(default_factory=dict)
    graves: dict[Key, dict[int, Stored]] = field(default_factory=dict)


@dataclass
class _Row:
    created: dict[int, set[Stored]] = field(default_factory=lambda: defaultdict(set))
    updates: dict[int, dict[Version, FieldChange]] = field(default_factory=lambda: defaultdict(dict))
    deletes: dict[Version, dict[int, tuple[Version, ...]]] = field(default_factory=dict)
    rescues: dict[Version, tuple[Version, ...]] = field(default_factory=dict)


def expected(entries: Iterable[Entry]) -> Picture:
    """The picture every replica that has these entries must show."""
    rows: dict[Key, _Row] = defaultdict(_Row)
    for entry in entries:
        item = StoredEntries().read(entry)
        version = Version(item.hlc, item.device)
        for change in item.rows:
            row = rows[change.table, change.row_id]
            if change.kind == DELETE:
                row.deletes[version] = {part.column: part.parents for part in change.fields}
            for part in change.fields:
                if change.kind == INSERT:
                    row.created[part.column].add(part.value)
                elif change.kind != DELETE and part.column == ROW_ITSELF:
                    row.rescues[version] = part.parents
                elif change.kind != DELETE:
                    row.updates[part.column][version] = part
    picture = Picture()
    for key, row in rows.items():
        _draw(picture, key, row)
    return picture


def _draw(picture: Picture, key: Key, row: _Row) -> None:
    shown: dict[int, Stored] = {}
    heads: set[Version] = set()
    for column in row.created.keys() | row.updates.keys():
        values = _values(row.created.get(column, set()), row.updates.get(column, {}))
        top = max(values)
        shown[column] = values[top]
        if column in row.updates or len(values) > 1:
            picture.heads[(*key, column)] = frozenset(values)
            heads |= {version for version in values if version.hlc > 0}
        losing = frozenset((version, value) for version, value in values.items() if value != values[top])
        if losing:
            picture.beside[(*key, column)] = losing
    _draw_row(picture, key, row, shown, heads)


def _values(created: set[Stored], updates: Mapping[Version, FieldChange]) -> dict[Version, Stored]:
    named = {parent for change in updates.values() for parent in change.parents or (AS_CREATED,)}
    values = {version: change.value for version, change in updates.items() if version not in named}
    if AS_CREATED not in named:
        real = created - {None} or {None}
        values.update({created_version(value): value for value in real})
    return values


def _draw_row(picture: Picture, key: Key, row: _Row, shown: dict[int, Stored], heads: set[Version]) -> None:
    answered = {parent for seen in row.deletes.values() for parent in seen.get(ROW_ITSELF, ())}
    answered |= {parent for parents in row.rescues.values() for parent in parents}
    deletes = {version: seen for version, seen in row.deletes.items() if version not in answered}
    rescues = row.rescues.keys() - answered
    effective = {
        version
        for version, seen in deletes.items()
        if heads <= {parent for parents in seen.values() for parent in parents}
    }
    is_there = bool(rescues) or not effective
    content: dict[int, Stored] = _filled(shown.items())
    (picture.rows if is_there else picture.graves)[key] = content
    if deletes or rescues:
        picture.heads[(*key, ROW_ITSELF)] = frozenset(deletes) | frozenset(rescues)
    said = {(version, 1 if version in effective else 0) for version in deletes}
    beside = said if is_there else {(version, value) for version, value in said if value == 0}
    if beside:
        picture.beside[(*key, ROW_ITSELF)] = frozenset(beside)


def picture_of(replica: Replica) -> Picture:
    """What the replica shows."""
    devices = {0: bytes(16), **{number: bytes(device) for number, device in replica.rows(_DEVICES)}}
    picture = Picture()
    heads: dict[Any, set[Version]] = defaultdict(set)
    for table, row_id, column, hlc, number in replica.rows(_HEADS):
        heads[table, row_id, column].add(Version(hlc, devices[number]))
    beside: dict[Any, set[tuple[Version, Stored]]] = defaultdict(set)
    for table, row_id, column, hlc, number, value in replica.rows(_BESIDE):
        beside[table, row_id, column].add((Version(hlc, devices[number]), value))
    picture.heads = {place: frozenset(found) for place, found in heads.items()}
    picture.beside = {place: frozenset(found) for place, found in beside.items()}
    for entity in ENTITIES:
        numbers, listed = _columns(entity)
        for row_id, *values in replica.rows(f'SELECT id, {listed} FROM "{entity.name}"'):
            pairs = zip(numbers, values, strict=True)
            picture.rows[entity.number, row_id] = {
                number: value for number, value in pairs if value is not None
            }
    for table, row_id, content in replica.rows("SELECT tno, row_id, content FROM sync_grave"):
        known = json.loads(content).items()
        picture.graves[table, row_id] = _filled((int(number), value) for number, value in known)
    return picture


def _filled(pairs: Iterable[tuple[int, Stored]]) -> dict[int, Stored]:
    return {column: value for column, value in pairs if value is not None}


def all_entries(replicas: Iterable[Replica]) -> list[Entry]:
    """Every change-set of every replica, each from the one that made it."""
    own = "SELECT header, signature, seed, body FROM sync_changeset WHERE device_number = 1"
    return [Entry(*map(bytes, row)) for replica in replicas for row in replica.rows(own)]


def _columns(entity: Entity) -> tuple[list[int], str]:
    numbers = [column.number for column in entity.columns]
    return numbers, ", ".join(f'"{column.name}"' for column in entity.columns)
