"""Makes the next signed change-set of this laptop."""

import secrets
from collections.abc import Callable, Sequence

from fangshan_desk.domain.changesets import (
    CLOCK_COUNTER_BITS,
    ChainHead,
    NewRow,
    Part,
    RowChange,
    SealedChangeset,
)
from fangshan_desk.sync.changeset import (
    FORMAT_VERSION,
    SCHEMA_VERSION,
    SUITE_ED25519_SHA256,
    Header,
    digest_of,
    encode_body,
    encode_header,
    encode_leaf,
    merkle_root,
    signed_bytes,
)


class ChangesetSealer:
    """Signs with the laptop's key; ``wall`` gives (UTC milliseconds, offset in minutes)."""

    def __init__(
        self,
        *,
        sign: Callable[[bytes], bytes],
        wall: Callable[[], tuple[int, int]],
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._sign = sign
        self._wall = wall
        self._random = random

    def new_transaction(self) -> bytes:
        """A fresh 16-byte name for a transaction."""
        return self._random(16)

    def seal(
        self, rows: Sequence[RowChange | NewRow], *, head: ChainHead, actor: str, part: Part
    ) -> SealedChangeset:
        """Encode, hash and sign; the clock only moves forward even when the laptop's does not."""
        wall_ms, offset_minutes = self._wall()
        leaves = [encode_leaf(row) for row in rows]
        seed = self._random(16)
        header = encode_header(
            Header(
                version=FORMAT_VERSION,
                suite=SUITE_ED25519_SHA256,
                device=head.device,
                incarnation=head.incarnation,
                sequence=head.sequence + 1,
                hlc=next_clock(head.hlc, wall_ms),
                wall_ms=wall_ms,
                offset_minutes=offset_minutes,
                actor=actor,
                schema=SCHEMA_VERSION,
                oldest_reader=FORMAT_VERSION,
                transaction=part.transaction,
                part=part.number,
                parts=part.count,
                leaves=len(leaves),
                root=merkle_root(seed, leaves),
                previous=head.digest,
            )
        )
        return SealedChangeset(
            sequence=head.sequence + 1,
            hlc=next_clock(head.hlc, wall_ms),
            header=header,
            signature=self._sign(signed_bytes(header)),
            seed=seed,
            body=encode_body(leaves),
            digest=digest_of(header),
        )


def next_clock(previous: int, wall_ms: int) -> int:
    """Hybrid logical clock: 48 bits of milliseconds, 16 bits of counter, always above ``previous``."""
    return max(previous + 1, wall_ms << CLOCK_COUNTER_BITS)
