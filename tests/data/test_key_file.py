"""The key file opens for the right person, notices damage and survives being interrupted."""

import base64
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fangshan_desk.support import key_slots
from fangshan_desk.support.data_key import DataKey, KeyLabel, sub_key
from fangshan_desk.support.failures import (
    DiskFailure,
    EmptyPassphraseFailure,
    EnvironmentFailure,
    KeyFileDamagedFailure,
    KeyFileExistsFailure,
    KeyFileMissingFailure,
    KeyFileNewerFailure,
    KeyStoreChangedFailure,
    KeyStoreUnavailableFailure,
    NoRecoveryKeyFailure,
    SampleKeyFailure,
    WrongPassphraseFailure,
    WrongRecoveryKeyFailure,
)
from fangshan_desk.support.key_file import KeyFile
from fangshan_desk.support.key_wraps import DeviceSecret, KdfCost, new_recovery_key, unwrap_by_passphrase

QUICK = KdfCost(memory_kib=8, passes=1, lanes=1)
WORKSPACE = "0195555a-0000-7000-8000-000000000001"
DEVICE = DeviceSecret("keyring.backends.SecretService.Keyring", b"s" * 32)
OLD, NEW = "梧桐 细雨 2026", "秋收 冬藏 2027"


@pytest.fixture
def key_file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "desk.key", cost=QUICK)


def _slots(path: Path) -> list[key_slots.Slot]:
    return key_slots.decode(path.read_bytes())


def test_the_right_passphrase_gives_the_same_key(key_file: KeyFile) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    assert len(made.secret) == 32
    opened = key_file.open(OLD)
    assert opened.secret == made.secret
    assert opened.workspace == WORKSPACE


def test_full_width_digits_of_an_input_method_do_not_lock_anyone_out(key_file: KeyFile) -> None:
    key_file.create(workspace=WORKSPACE, passphrase="abc12345")
    key_file.open("ａｂｃ１２３４５")


def test_a_wrong_passphrase_is_told_from_a_damaged_file(key_file: KeyFile, tmp_path: Path) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    with pytest.raises(WrongPassphraseFailure):
        key_file.open(NEW)
    (tmp_path / "desk.key").write_bytes(os.urandom(2 * key_slots.SLOT_BYTES))
    with pytest.raises(KeyFileDamagedFailure):
        key_file.open(OLD)


@pytest.mark.parametrize("size", [0, 1, 100, key_slots.SLOT_BYTES - 4000])
def test_a_file_cut_off_inside_the_first_slot_is_damaged(
    key_file: KeyFile, tmp_path: Path, size: int
) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    os.truncate(tmp_path / "desk.key", size)
    with pytest.raises(KeyFileDamagedFailure):
        key_file.open(OLD)


def test_a_file_cut_off_after_the_first_slot_still_opens_and_is_made_whole(
    key_file: KeyFile, tmp_path: Path
) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    os.truncate(tmp_path / "desk.key", key_slots.SLOT_BYTES + 7)
    assert key_file.open(OLD).secret == made.secret
    assert key_slots.is_settled((tmp_path / "desk.key").read_bytes())


def test_a_missing_file_is_not_a_wrong_passphrase(key_file: KeyFile) -> None:
    assert not key_file.exists()
    with pytest.raises(KeyFileMissingFailure):
        key_file.open(OLD)


def test_an_existing_key_is_never_overwritten(key_file: KeyFile, tmp_path: Path) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    before = (tmp_path / "desk.key").read_bytes()
    with pytest.raises(KeyFileExistsFailure):
        key_file.create(workspace=WORKSPACE, passphrase=NEW)
    with pytest.raises(KeyFileExistsFailure):
        key_file.create_sample(workspace=WORKSPACE)
    assert (tmp_path / "desk.key").read_bytes() == before


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_passphrase_is_refused_before_anything_is_written(key_file: KeyFile, blank: str) -> None:
    with pytest.raises(EmptyPassphraseFailure):
        key_file.create(workspace=WORKSPACE, passphrase=blank)
    assert not key_file.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in access lists, not in a mode")
def test_only_the_account_may_read_the_file(key_file: KeyFile, tmp_path: Path) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    assert stat.S_IMODE((tmp_path / "desk.key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["desk.key"]


def test_every_flipped_byte_is_harmless_thanks_to_the_other_slot(key_file: KeyFile, tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    _, public = new_recovery_key()
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD, device=DEVICE, recovery_public_key=public)
    whole = path.read_bytes()
    used = len(whole[: key_slots.SLOT_BYTES].rstrip(b"\0"))
    assert used > 500
    for start in (0, key_slots.SLOT_BYTES):
        for place in range(start, start + used):
            path.write_bytes(_flipped(whole, place))
            assert key_file.open(OLD, device=DEVICE).secret == made.secret
            assert key_slots.is_settled(path.read_bytes())


def test_every_byte_flipped_in_both_slots_is_noticed(key_file: KeyFile, tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    key_file.create(workspace=WORKSPACE, passphrase=OLD, device=DEVICE)
    whole = path.read_bytes()
    for place in range(len(whole[: key_slots.SLOT_BYTES].rstrip(b"\0"))):
        path.write_bytes(_flipped(_flipped(whole, place), place + key_slots.SLOT_BYTES))
        with pytest.raises(KeyFileDamagedFailure):
            key_file.open(OLD, device=DEVICE)


def _flipped(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1 << (place % 8)
    return bytes(changed)


@given(content=st.binary(max_size=300))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_bytes_are_a_damaged_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.key").write_bytes(content)
    with pytest.raises(KeyFileDamagedFailure):
        KeyFile(tmp_path / "desk.key").summary()


def test_a_new_passphrase_opens_the_same_key_and_ends_the_old_one(key_file: KeyFile, tmp_path: Path) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    key_file.change_passphrase(OLD, NEW)
    assert key_file.open(NEW).secret == made.secret
    with pytest.raises(WrongPassphraseFailure):
        key_file.open(OLD)
    assert len(_slots(tmp_path / "desk.key")) == 1
    assert key_file.summary().generation == 2


def test_a_change_with_the_wrong_old_passphrase_changes_nothing(key_file: KeyFile, tmp_path: Path) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    before = (tmp_path / "desk.key").read_bytes()
    with pytest.raises(WrongPassphraseFailure):
        key_file.change_passphrase("something else", NEW)
    assert (tmp_path / "desk.key").read_bytes() == before


@pytest.mark.parametrize("typed", [OLD, NEW])
def test_killed_between_the_slots_both_passphrases_open_and_the_one_used_stays(
    key_file: KeyFile, tmp_path: Path, typed: str
) -> None:
    path = tmp_path / "desk.key"
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    old = _slots(path)[0]
    key_file.change_passphrase(OLD, NEW)
    new = _slots(path)[0]
    path.write_bytes(key_slots.encode(new, old))
    with pytest.raises(WrongPassphraseFailure):
        key_file.open("neither of them")
    assert key_file.open(typed).secret == made.secret
    with pytest.raises(WrongPassphraseFailure):
        key_file.open(NEW if typed == OLD else OLD)


_CHANGE = """
import sys
from pathlib import Path
from fangshan_desk.support.key_file import KeyFile
from fangshan_desk.support.key_wraps import KdfCost
key_file = KeyFile(Path(sys.argv[1]), cost=KdfCost(8, 1, 1))
key_file.change_passphrase(sys.argv[2], sys.argv[3])
"""


@pytest.mark.faults
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace kills the program at an exact system call")
@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_killed_at_any_write_of_a_change_one_of_the_passphrases_opens(
    key_file: KeyFile, tmp_path: Path, call: str
) -> None:
    path = tmp_path / "desk.key"
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    killed = 0
    for nth in range(1, 5):
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={nth}", "-P", str(path)]
        part = ["-P", f"{path}.part", "-P", str(tmp_path)]
        command = ["strace", "-f", "-qq", "-o", os.devnull, *inject, *part, sys.executable, "-c", _CHANGE]
        ended = subprocess.run(
            [*command, str(path), OLD, NEW], check=False, env={**os.environ, "PYTHONPATH": "src"}
        )
        killed += ended.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        assert _opens_by_one(key_file) == made.secret
        key_file.rewrap(made, OLD)
    assert killed >= 2


def _opens_by_one(key_file: KeyFile) -> bytearray:
    for passphrase in (OLD, NEW):
        try:
            return key_file.open(passphrase).secret
        except WrongPassphraseFailure:
            continue
    raise AssertionError("no passphrase opens the key file")


class LyingDisk(KeyFile):
    """Claims to have written, but damages the first slot."""

    def _write(self, first: key_slots.Slot, second: key_slots.Slot) -> None:
        super()._write(first, second)
        self._path.write_bytes(_flipped(self._path.read_bytes(), 40))


def test_the_old_slot_stays_until_the_new_one_was_read_back_and_opened(
    key_file: KeyFile, tmp_path: Path
) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    with pytest.raises(WrongPassphraseFailure):
        LyingDisk(tmp_path / "desk.key", cost=QUICK).rewrap(made, NEW)
    assert key_file.open(OLD).secret == made.secret


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    key_file = KeyFile(tmp_path / "desk.key", cost=QUICK)
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    before = (tmp_path / "desk.key").read_bytes()
    (tmp_path / "desk.key.part").mkdir()
    with pytest.raises(EnvironmentFailure) as caught:
        key_file.rewrap(made, NEW)
    assert caught.value.values["file"] == "desk.key"
    assert not isinstance(caught.value, DiskFailure) or caught.value.values["code"] == "EISDIR"
    assert (tmp_path / "desk.key").read_bytes() == before


def test_the_device_secret_takes_part(key_file: KeyFile) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD, device=DEVICE)
    assert key_file.summary().key_store == DEVICE.key_store
    assert key_file.open(OLD, device=DEVICE).secret == made.secret
    with pytest.raises(WrongPassphraseFailure):
        key_file.open(NEW, device=DEVICE)
    with pytest.raises(KeyStoreUnavailableFailure):
        key_file.open(OLD)


@pytest.mark.parametrize(
    "other",
    [
        DeviceSecret("keyring.backends.kwallet.DBusKeyring", DEVICE.value),
        DeviceSecret(DEVICE.key_store, b"t" * 32),
    ],
)
def test_another_key_store_or_another_secret_in_it_is_refused_by_name(
    key_file: KeyFile, other: DeviceSecret
) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD, device=DEVICE)
    with pytest.raises(KeyStoreChangedFailure) as caught:
        key_file.open(OLD, device=other)
    assert caught.value.values == {"expected": DEVICE.key_store, "found": other.key_store}


def test_whoever_knows_format_and_passphrase_but_not_the_device_secret_gets_nothing(
    key_file: KeyFile, tmp_path: Path
) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD, device=DEVICE)
    wrap = _slots(tmp_path / "desk.key")[0].passphrase
    assert wrap is not None
    other_secret = DeviceSecret(DEVICE.key_store, b"t" * 32)
    forged = KeyFile(tmp_path / "forged.key", cost=QUICK)
    forged.create(workspace=WORKSPACE, passphrase=OLD, device=other_secret)
    other = _slots(tmp_path / "forged.key")[0].passphrase
    assert other is not None
    # The check value is only for the message; copying it must not help.
    bypassed = msgspec.structs.replace(wrap, device_check=other.device_check)
    assert unwrap_by_passphrase(bypassed, OLD, workspace=WORKSPACE, device=other_secret) is None


def test_a_device_secret_that_took_no_part_is_not_needed(key_file: KeyFile) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    assert key_file.open(OLD, device=DEVICE).secret == made.secret


def test_after_the_passphrase_is_lost_the_recovery_key_opens_and_the_old_passphrase_ends(
    key_file: KeyFile,
) -> None:
    private, public = new_recovery_key()
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD, device=DEVICE, recovery_public_key=public)
    with key_file.open_for_recovery(private) as key:
        key_file.rewrap(key, NEW)
    assert key_file.open(NEW).secret == made.secret
    with pytest.raises(WrongPassphraseFailure):
        key_file.open(OLD, device=DEVICE)
    assert key_file.open_for_recovery(private).secret == made.secret


def test_another_recovery_key_opens_nothing(key_file: KeyFile) -> None:
    _, public = new_recovery_key()
    key_file.create(workspace=WORKSPACE, passphrase=OLD, recovery_public_key=public)
    for wrong in (new_recovery_key()[0], b"short"):
        with pytest.raises(WrongRecoveryKeyFailure):
            key_file.open_for_recovery(wrong)


def test_a_recovery_key_can_be_added_after_enrolment(key_file: KeyFile) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase=OLD)
    private, public = new_recovery_key()
    with pytest.raises(NoRecoveryKeyFailure):
        key_file.open_for_recovery(private)
    key_file.set_recovery_key(made, public)
    assert key_file.summary().recovery_public_key == public
    assert key_file.open_for_recovery(private).secret == made.secret
    assert key_file.open(OLD).secret == made.secret


def test_another_workspaces_key_cannot_be_wrapped_into_this_file(key_file: KeyFile, tmp_path: Path) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    stranger = KeyFile(tmp_path / "other.key", cost=QUICK).create(workspace=WORKSPACE, passphrase=OLD)
    changes: list[Callable[[], object]] = [
        lambda: key_file.rewrap(stranger, NEW),
        lambda: key_file.set_recovery_key(stranger, b"p" * 32),
    ]
    for change in changes:
        with pytest.raises(KeyFileDamagedFailure):
            change()
    key_file.open(OLD)


def test_the_invented_county_opens_without_a_passphrase_and_says_so(
    key_file: KeyFile, tmp_path: Path
) -> None:
    made = key_file.create_sample(workspace=WORKSPACE)
    assert key_file.summary().is_sample
    assert key_file.open_sample().secret == made.secret
    content = (tmp_path / "desk.key").read_bytes()
    assert b'"sample":true' in content
    assert b"protects nothing" in content


def test_the_open_key_of_the_invented_county_never_gets_a_passphrase(key_file: KeyFile) -> None:
    made = key_file.create_sample(workspace=WORKSPACE)
    attempts: list[Callable[[], object]] = [
        lambda: key_file.rewrap(made, NEW),
        lambda: key_file.set_recovery_key(made, b"p" * 32),
        lambda: key_file.open(NEW),
    ]
    for attempt in attempts:
        with pytest.raises(SampleKeyFailure):
            attempt()


def test_a_real_workspace_never_opens_as_a_sample(key_file: KeyFile) -> None:
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    with pytest.raises(WrongPassphraseFailure):
        key_file.open_sample()


def test_a_newer_programs_file_is_refused_and_kept(key_file: KeyFile, tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    future = msgspec.structs.replace(_slots(path)[0], version=2)
    path.write_bytes(key_slots.encode(future, future))
    before = path.read_bytes()
    with pytest.raises(KeyFileNewerFailure) as caught:
        key_file.open(OLD)
    assert caught.value.values == {"version": 2}
    assert path.read_bytes() == before


def test_a_forged_cost_does_not_eat_the_memory(key_file: KeyFile, tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    key_file.create(workspace=WORKSPACE, passphrase=OLD)
    slot = _slots(path)[0]
    assert slot.passphrase is not None
    greedy = msgspec.structs.replace(slot.passphrase, memory_kib=1 << 31)
    forged = msgspec.structs.replace(slot, passphrase=greedy)
    path.write_bytes(key_slots.encode(forged, forged))
    with pytest.raises(WrongPassphraseFailure):
        key_file.open(OLD)


def test_a_guess_costs_sixty_four_mebibytes_by_default(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    KeyFile(path).create(workspace=WORKSPACE, passphrase=OLD)
    wrap = _slots(path)[0].passphrase
    assert wrap is not None
    assert (wrap.memory_kib, wrap.passes, wrap.lanes) == (65536, 3, 4)


def test_sub_keys_differ_by_purpose_and_context_and_stay_the_same() -> None:
    key = DataKey(bytearray(range(32)), WORKSPACE)
    made = {key.sub_key(label) for label in KeyLabel}
    made |= {key.sub_key(KeyLabel.DEVICE_SIGNING, context=device) for device in ("a", "b")}
    assert len(made) == len(KeyLabel) + 2
    # Known answer: changing the derivation would lock every desk out of its records.
    assert sub_key(bytes(range(32)), KeyLabel.DATABASE).hex().startswith("f906933c4687a43b")


def test_a_wiped_key_is_zero_and_gives_nothing_any_more(key_file: KeyFile) -> None:
    with key_file.create(workspace=WORKSPACE, passphrase=OLD) as key:
        memory = key.secret
    assert memory == bytes(32)
    assert key.is_wiped
    with pytest.raises(ValueError, match="wiped"):
        key.sub_key(KeyLabel.DATABASE)


def test_neither_the_key_nor_the_device_secret_shows_in_a_representation() -> None:
    key = DataKey(bytearray(b"K" * 32), WORKSPACE)
    assert "KKK" not in repr(key)
    assert "sss" not in repr(DEVICE)


def test_the_file_holds_neither_key_nor_passphrase(key_file: KeyFile, tmp_path: Path) -> None:
    made = key_file.create(workspace=WORKSPACE, passphrase="a plain passphrase", device=DEVICE)
    content = (tmp_path / "desk.key").read_bytes()
    for secret in (bytes(made.secret), base64.b64encode(made.secret), b"a plain", b"s" * 32):
        assert secret not in content
