"""Invitations are read as they were made, typed or from a file, and a slip of the pen is noticed."""

import pytest

from fangshan_desk.support.invitations import Invitation, invitation, read_invitation

MADE = invitation(
    address="https://10.20.30.40:8443",
    county="141128",
    secret=bytes(range(10)),
    fingerprint=bytes(range(32)),
    public_key=bytes(range(32, 64)),
)


def test_a_file_comes_back_as_it_was() -> None:
    assert read_invitation(MADE.to_file().decode("utf-8")) == MADE
    assert read_invitation("\ufeff" + MADE.to_file().decode("utf-8")) == MADE


def test_a_code_carries_address_secret_and_proof() -> None:
    code = MADE.to_code()
    assert read_invitation(code) == Invitation(MADE.address, MADE.secret, MADE.proof)
    assert len(code) < 100


@pytest.mark.parametrize(
    "typed",
    [
        MADE.to_code().lower(),
        MADE.to_code().replace("-", " "),
        MADE.to_code().replace("-", ""),
        f"  {MADE.to_code()}\n",
        "FS1" + MADE.to_code().removeprefix("FS1").replace("O", "0").replace("I", "1").replace("B", "8"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_invitation(typed) == read_invitation(MADE.to_code())


def test_one_wrong_letter_is_noticed() -> None:
    code = MADE.to_code()
    wrong = [
        code[:place] + ("A" if code[place] != "A" else "C") + code[place + 1 :]
        for place in range(4, len(code))
        if code[place] != "-"
    ]
    assert [each for each in wrong if read_invitation(each) is not None] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FS1",
        "FS1-!!!!",
        "XX1-" + MADE.to_code(),
        "{",
        "[]",
        "{}",
        MADE.to_file().decode().replace("https", "ftp"),
        MADE.to_file().decode().replace("0001", "zz01"),
        MADE.to_file().decode().replace("invitation 1", "invitation 2"),
        "{" * 5000,
        invitation(
            address="not an address", county="", secret=bytes(10), fingerprint=b"", public_key=b""
        ).to_code(),
    ],
)
def test_anything_else_is_no_invitation(text: str) -> None:
    assert read_invitation(text) is None


def test_only_the_server_that_made_it_is_believed() -> None:
    found = read_invitation(MADE.to_code())
    assert found is not None
    assert found.believes(fingerprint=MADE.fingerprint, public_key=MADE.public_key)
    assert not found.believes(fingerprint=bytes(32), public_key=MADE.public_key)
    assert not found.believes(fingerprint=MADE.fingerprint, public_key=bytes(32))
