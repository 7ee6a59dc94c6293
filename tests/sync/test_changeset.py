"""Change-sets in bytes: what goes in comes out, and every altered byte is found."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.domain.changesets import (
    DELETE,
    INSERT,
    UPDATE,
    ChainHead,
    FieldChange,
    Part,
    RowChange,
    Version,
)
from fangshan_desk.sync.chain_audit import StoredChangeset, audit_chain
from fangshan_desk.sync.changeset import (
    MalformedChangesetError,
    decode_body,
    decode_header,
    decode_leaf,
    encode_body,
    encode_leaf,
    leaf_hash,
    leaf_salt,
    merkle_root,
    root_of,
)
from fangshan_desk.sync.sealing import ChangesetSealer, next_clock

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
DEVICE = bytes(range(16))
IDS = st.uuids().map(str)
VALUES = st.one_of(st.none(), st.integers(-(2**53), 2**53), st.text(max_size=50), IDS)
VERSIONS = st.builds(Version, st.integers(0, 2**63 - 1), st.binary(min_size=16, max_size=16))
NUMBERS = st.integers(1, 200)
PARENTS = st.lists(VERSIONS, max_size=3).map(tuple)
INSERTS = st.builds(
    RowChange,
    st.just(INSERT),
    NUMBERS,
    IDS,
    st.lists(st.builds(FieldChange, NUMBERS, VALUES, st.just(())), max_size=5).map(tuple),
)
UPDATES = st.builds(
    RowChange,
    st.just(UPDATE),
    NUMBERS,
    IDS,
    st.lists(st.builds(FieldChange, NUMBERS, VALUES, PARENTS), max_size=5).map(tuple),
)
DELETES = st.builds(
    RowChange,
    st.just(DELETE),
    NUMBERS,
    IDS,
    st.lists(st.builds(FieldChange, NUMBERS, st.none(), PARENTS), max_size=5).map(tuple),
)


@given(st.one_of(INSERTS, UPDATES, DELETES))
def test_a_leaf_comes_back_as_it_went_in(row: RowChange) -> None:
    assert decode_leaf(encode_leaf(row)) == row


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_a_body_comes_back_as_it_went_in(leaves: list[bytes]) -> None:
    assert decode_body(encode_body(leaves)) == leaves


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused_by_name(data: bytes) -> None:
    decoders: tuple[Callable[[bytes], object], ...] = (decode_leaf, decode_body, decode_header)
    for decode in decoders:
        with contextlib.suppress(MalformedChangesetError):
            decode(data)


def test_a_body_that_unpacks_to_too_much_is_refused() -> None:
    bomb = encode_body([bytes(17 * 1024 * 1024)])
    with pytest.raises(MalformedChangesetError):
        decode_body(bomb)


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=9), st.data())
def test_a_withheld_leaf_is_replaced_by_its_hash(leaves: list[bytes], data: st.DataObject) -> None:
    seed = b"s" * 16
    hidden = data.draw(st.integers(0, len(leaves) - 1))
    nodes = [leaf_hash(leaf_salt(seed, number), leaf) for number, leaf in enumerate(leaves)]
    shown = [
        nodes[number] if number == hidden else leaf_hash(leaf_salt(seed, number), leaf)
        for number, leaf in enumerate(leaves)
    ]
    assert root_of(shown) == merkle_root(seed, leaves)


@given(st.integers(0, 2**62), st.integers(0, 2**46))
def test_the_clock_only_moves_forward(previous: int, wall_ms: int) -> None:
    assert next_clock(previous, wall_ms) > previous


def _chain(length: int) -> list[StoredChangeset]:
    sealer = ChangesetSealer(sign=KEY.sign, wall=lambda: (1_700_000_000_000, 480))
    head, entries = ChainHead(DEVICE, 1, 0, 0, b""), []
    for number in range(length):
        rows = [RowChange(INSERT, 10, "0190f3a0-0000-7000-8000-000000000000", (FieldChange(1, number, ()),))]
        sealed = sealer.seal(rows, head=head, actor="a", part=Part(bytes(16), 0, 1))
        entries.append(
            StoredChangeset(sealed.sequence, sealed.header, sealed.signature, sealed.seed, sealed.body)
        )
        head = replace(head, sequence=sealed.sequence, hlc=sealed.hlc, digest=sealed.digest)
    return entries


def _replaced(entry: StoredChangeset, part: str, value: bytes) -> StoredChangeset:
    parts: dict[str, Any] = {part: value}
    return replace(entry, **parts)


def _verify(message: bytes, signature: bytes) -> bool:
    try:
        KEY.public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _first_fault(entries: list[StoredChangeset]) -> tuple[int, str] | None:
    fault = audit_chain(DEVICE, entries, _verify).fault
    return None if fault is None else (fault.sequence, fault.reason)


def test_an_untouched_chain_holds_to_its_end() -> None:
    report = audit_chain(DEVICE, _chain(6), _verify)
    assert (report.checked, report.fault) == (6, None)


@pytest.mark.parametrize("part", ["header", "signature", "seed", "body"])
def test_each_flipped_byte_is_found_at_its_entry(part: str) -> None:
    entries = _chain(4)
    original: bytes = getattr(entries[2], part)
    for place in range(len(original)):
        changed = bytearray(original)
        changed[place] ^= 0x40
        forged = [*entries[:2], _replaced(entries[2], part, bytes(changed)), entries[3]]
        fault = _first_fault(forged)
        assert fault is not None, (part, place)
        assert fault[0] == 3, (part, place)


def test_a_removed_entry_is_named() -> None:
    entries = _chain(5)
    assert _first_fault([*entries[:2], *entries[3:]]) == (3, "missing")


def test_two_swapped_entries_are_named() -> None:
    entries = _chain(5)
    swapped = [
        entries[0],
        replace(entries[2], sequence=2),
        replace(entries[1], sequence=3),
        *entries[3:],
    ]
    assert _first_fault(swapped) == (2, "reordered")
