"""The worked example of docs/changeset-format.md is what the program writes."""

import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fangshan_desk.domain.changesets import UPDATE, ChainHead, FieldChange, Part, RowChange
from fangshan_desk.sync.changeset import encode_leaf, leaf_hash, leaf_salt
from fangshan_desk.sync.sealing import ChangesetSealer

DOCUMENT = Path(__file__).parents[2] / "docs/changeset-format.md"


def _written() -> dict[str, str]:
    example = DOCUMENT.read_text(encoding="utf-8").split("## Example")[1].split("```")[1]
    parts = re.findall(r"^([a-z].*?)\n((?:[0-9a-f]{2,64}\n)+)", example, re.MULTILINE)
    return {name: value.replace("\n", "") for name, value in parts}


def test_the_example_is_what_the_program_writes() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    sealer = ChangesetSealer(
        sign=key.sign, wall=lambda: (1_693_000_000_000, 480), random=lambda size: bytes(range(size))
    )
    row = RowChange(UPDATE, 10, "0190f3a0-0000-7000-8000-000000000001", (FieldChange(11, 38, ()),))
    sealed = sealer.seal(
        [row],
        head=ChainHead(bytes([0xD0] * 16), 1, 6, 1_692_999_999_000 << 16, bytes([0xAA] * 32)),
        actor="0190f3a0-0000-7000-8000-00000000000f",
        part=Part(bytes([0x7A] * 16), 0, 1),
    )
    salt = leaf_salt(sealed.seed, 0)
    assert _written() == {
        "leaf": encode_leaf(row).hex(),
        "seed": sealed.seed.hex(),
        "salt(0)": salt.hex(),
        "node(0) = root": leaf_hash(salt, encode_leaf(row)).hex(),
        "body": sealed.body.hex(),
        "header": sealed.header.hex(),
        "digest": sealed.digest.hex(),
        "public key": key.public_key().public_bytes_raw().hex(),
        "signature": sealed.signature.hex(),
    }
