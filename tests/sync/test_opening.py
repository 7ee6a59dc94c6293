"""Opening received entries: bounds, forgeries, withheld leaves, and ten thousand mutilated ones."""

import random
from typing import Any

import msgspec
import pytest

from fangshan_desk.domain.changesets import (
    INSERT,
    Entry,
    FieldChange,
    ReceivedChangeset,
    RefusedEntry,
    RowChange,
)
from fangshan_desk.sync.changeset import (
    MalformedChangesetError,
    decode_body,
    decode_header,
    decode_leaf,
    leaves_of,
    withhold,
)
from fangshan_desk.sync.opening import StoredEntries, open_entry, pack_entry, unpack_entry
from tests.helpers.replicas import OFFICER, Ghost, check_of

ROWS = [
    RowChange(INSERT, 10, f"0190f3a0-0000-7000-8000-{number:012d}", (FieldChange(1, f"{number}号", ()),))
    for number in range(4)
]


def opened(data: bytes) -> ReceivedChangeset | RefusedEntry:
    """With everybody's key at hand."""
    return open_entry(data, check_of=check_of)


def test_a_sound_entry_is_read() -> None:
    item = opened(Ghost(2).seal(*ROWS))
    assert isinstance(item, ReceivedChangeset)
    assert (item.sequence, item.previous, list(item.rows)) == (1, b"", ROWS)


def test_a_kept_entry_says_who_and_when() -> None:
    entry = unpack_entry(Ghost(2).seal(*ROWS))
    author = StoredEntries().authorship(entry.header)
    assert (author.actor, author.offset_minutes) == (OFFICER, 480)
    assert StoredEntries().part(entry.header).count == 1
    assert StoredEntries().unpack(StoredEntries().pack(entry)) == entry


@pytest.mark.parametrize(
    "fields",
    [
        {"sequence": 0},
        {"sequence": 2},
        {"hlc": 2**62},
        {"hlc": 0},
        {"device": bytes(16)},
        {"device": b"short"},
        {"parts": 0},
        {"part": 1},
        {"parts": 10_001},
        {"leaves": 2001},
        {"leaves": -1},
        {"root": b"r" * 31},
        {"previous": b"p" * 5},
        {"suite": 9},
        {"actor": "a" * 65},
        {"offset_minutes": 10_000},
        {"transaction": b""},
        {"wall_ms": -1},
    ],
)
def test_a_header_outside_the_limits_is_refused(fields: dict[str, Any]) -> None:
    ghost = Ghost(2)
    item = opened(ghost.sign(ghost.seal(*ROWS), **fields))
    assert isinstance(item, RefusedEntry)
    assert item.reason == "unreadable"


def test_an_entry_beyond_all_bounds_is_refused_unread() -> None:
    item = opened(bytes(17 * 1024 * 1024))
    assert isinstance(item, RefusedEntry)
    assert item.reason == "unreadable"


@pytest.mark.parametrize(
    "leaf",
    [
        [10, 4, bytes(16), []],
        [10, 1, b"short", []],
        [10, 1, "text id", []],
        [-1, 1, bytes(16), []],
        [10, 1, bytes(16), [1]],
        [10, 1, bytes(16), [1, [2]]],
        [10, 1, bytes(16), [1, True]],
        [10, 1, bytes(16), [1, 2**60]],
        [10, 1, bytes(16), [1, float("nan")]],
        [10, 1, bytes(16), [1, b"twelve bytes"]],
        [10, 2, bytes(16), [[1, "a", [[5, b"short"]]]]],
        [10, 2, bytes(16), [[1, "a", [[-5, bytes(16)]]]]],
        [10, 2, bytes(16), [[1, "a", "none"]]],
        [10, 2, bytes(16), [["1", "a", []]]],
        [10, 2, bytes(16), [[1, "a"]]],
        [10, 2, bytes(16), [[1, "a", [[1, bytes(16)]] * 1001]]],
        [10, 3, bytes(16), {"a": 1}],
        [10, 3, bytes(16), [[number, []] for number in range(1001)]],
        [10, 1, bytes(16)],
        "leaf",
    ],
)
def test_a_leaf_outside_the_page_is_unreadable(leaf: object) -> None:
    with pytest.raises(MalformedChangesetError):
        decode_leaf(msgspec.msgpack.encode(leaf))


def _withheld(hidden: set[int]) -> tuple[bytes, Entry]:
    entry = unpack_entry(Ghost(2).seal(*ROWS))
    body = withhold(entry.seed, decode_body(entry.body), hidden)
    return pack_entry(Entry(entry.header, entry.signature, b"", body)), entry


@pytest.mark.parametrize("hidden", [set(), {0}, {1, 3}, {0, 1, 2, 3}])
def test_what_a_reader_may_not_see_stays_hidden_and_the_rest_verifies(hidden: set[int]) -> None:
    data, _ = _withheld(hidden)
    item = opened(data)
    assert isinstance(item, ReceivedChangeset)
    assert list(item.rows) == [row for number, row in enumerate(ROWS) if number not in hidden]
    for number in hidden:
        assert f"{number}号".encode() not in data


def test_a_border_between_salt_and_leaf_cannot_be_moved() -> None:
    _, entry = _withheld({0})
    header = decode_header(entry.header)
    body = withhold(entry.seed, decode_body(entry.body), {0})
    items = msgspec.msgpack.decode(body[1:])
    salt, leaf = items[1]
    items[1] = [salt + leaf[:1], leaf[1:]]
    with pytest.raises(MalformedChangesetError):
        leaves_of(header, b"", b"\x02" + msgspec.msgpack.encode(items))


def test_ten_thousand_mutilated_entries_are_told_apart_without_a_failure() -> None:
    """Bytes flipped, cut, doubled and swapped: refused, or the very same content; always the same luck."""
    luck = random.Random(20260302)
    ghost = Ghost(2)
    entries = [ghost.seal(*ROWS[: 1 + number % 4]) for number in range(4)]
    for number in range(10_000):
        original = entries[number % 4]
        item = opened(_mutilated(original, luck))
        if isinstance(item, ReceivedChangeset):
            wanted = opened(original)
            assert isinstance(wanted, ReceivedChangeset)
            assert (item.digest, item.rows) == (wanted.digest, wanted.rows)


def _mutilated(data: bytes, luck: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(luck.randint(1, 3)):
        place = luck.randrange(len(changed))
        match luck.randrange(4):
            case 0:
                changed[place] ^= 1 << luck.randrange(8)
            case 1:
                del changed[place : place + luck.randint(1, 9)]
            case 2:
                changed[place:place] = luck.randbytes(luck.randint(1, 9))
            case _:
                end = place + luck.randint(1, 9)
                changed[place:end] = bytes(reversed(changed[place:end]))
        if not changed:
            return b""
    return bytes(changed)
