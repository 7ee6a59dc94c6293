"""The key file: the data key of a workspace, wrapped, in two slots."""

import contextlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from fangshan_desk.support.atomic_files import write_atomically
from fangshan_desk.support.data_key import DataKey
from fangshan_desk.support.failures import (
    EnvironmentFailure,
    KeyFileDamagedFailure,
    KeyFileExistsFailure,
    KeyFileMissingFailure,
    KeyFileNewerFailure,
    NoRecoveryKeyFailure,
    SampleKeyFailure,
    WrongPassphraseFailure,
    WrongRecoveryKeyFailure,
    disk_failure,
)
from fangshan_desk.support.key_slots import (
    PassphraseWrap,
    RecoveryWrap,
    Slot,
    SlotFromNewerProgramError,
    decode,
    encode,
    is_settled,
)
from fangshan_desk.support.key_wraps import (
    KEY_BYTES,
    DeviceSecret,
    KdfCost,
    key_check,
    unwrap_by_passphrase,
    unwrap_for_recovery,
    wrap_by_passphrase,
    wrap_for_recovery,
)

_SAMPLE_NOTE = "Invented county. This key lies open and protects nothing. Never enter real people here."


@dataclass(frozen=True)
class KeyFileSummary:
    """What may be known before the passphrase is typed."""

    workspace: str
    is_sample: bool
    key_store: str | None
    has_recovery_key: bool
    recovery_public_key: bytes | None
    generation: int


class KeyFile:
    """Creates, opens and re-wraps; one transaction of the file system each."""

    def __init__(self, path: Path, *, cost: KdfCost | None = None) -> None:
        self._path = path
        self._cost = cost or KdfCost()

    def exists(self) -> bool:
        """Whether the workspace was ever given a key."""
        return self._path.exists()

    def summary(self) -> KeyFileSummary:
        """Read without the passphrase."""
        slot = self._slots()[0]
        return KeyFileSummary(
            workspace=slot.workspace,
            is_sample=slot.sample,
            key_store=slot.passphrase.key_store if slot.passphrase else None,
            has_recovery_key=slot.recovery is not None,
            recovery_public_key=slot.recovery.public_key if slot.recovery else None,
            generation=slot.generation,
        )

    def create(
        self,
        *,
        workspace: str,
        passphrase: str,
        device: DeviceSecret | None = None,
        recovery_public_key: bytes | None = None,
    ) -> DataKey:
        """A new random data key, wrapped and written."""
        key = self._new_key(workspace)
        slot = Slot(
            generation=1,
            workspace=workspace,
            key_check=key_check(key.secret),
            passphrase=self._passphrase_wrap(key, passphrase, device),
            recovery=_recovery_wrap(key, recovery_public_key),
        )
        self._write(slot, slot)
        self._confirm(key, passphrase, device)
        return key

    def create_sample(self, *, workspace: str) -> DataKey:
        """A key that lies open beside the data: for the invented county only."""
        key = self._new_key(workspace)
        slot = Slot(
            generation=1,
            workspace=workspace,
            key_check=key_check(key.secret),
            sample=True,
            note=_SAMPLE_NOTE,
            open_key=bytes(key.secret),
        )
        self._write(slot, slot)
        return key

    def open(self, passphrase: str, *, device: DeviceSecret | None = None) -> DataKey:
        """The data key; a half-made change or a damaged slot is put right on the way."""
        failures: list[EnvironmentFailure] = []
        for slot in self._slots():
            try:
                key = self._opened(slot, passphrase, device)
            except EnvironmentFailure as failure:
                failures.append(failure)
                continue
            self._settle_quietly(slot)
            return key
        # The newest slot's reason counts: an older one may only know a past passphrase.
        raise failures[0]

    def open_sample(self) -> DataKey:
        """The open key of the invented county."""
        slot = self._slots()[0]
        if slot.open_key is None:
            raise WrongPassphraseFailure
        key = self._checked(bytearray(slot.open_key), slot)
        self._settle_quietly(slot)
        return key

    def open_for_recovery(self, private_key: bytes) -> DataKey:
        """The data key by the county's recovery key."""
        slot = self._slots()[0]
        if slot.recovery is None:
            raise NoRecoveryKeyFailure
        key = unwrap_for_recovery(slot.recovery, private_key, workspace=slot.workspace)
        if key is None:
            raise WrongRecoveryKeyFailure
        return self._checked(key, slot)

    def change_passphrase(
        self,
        old: str,
        new: str,
        *,
        old_device: DeviceSecret | None = None,
        device: DeviceSecret | None = None,
    ) -> None:
        """Re-wrap after the old passphrase was proved."""
        with self.open(old, device=old_device) as key:
            self.rewrap(key, new, device=device)

    def rewrap(self, key: DataKey, passphrase: str, *, device: DeviceSecret | None = None) -> None:
        """Wrap an opened key under another passphrase (after recovery, too); the old one ends."""
        old = self._slot_of(key)
        wrap = self._passphrase_wrap(key, passphrase, device)
        new = msgspec.structs.replace(old, passphrase=wrap, generation=old.generation + 1)
        # Until the new slot has been read back and opened, the old one stays beside it.
        self._write(new, old)
        self._confirm(key, passphrase, device)
        self._write(new, new)

    def set_recovery_key(self, key: DataKey, public_key: bytes) -> None:
        """Wrap for the county's recovery key as well, say after enrolment."""
        old = self._slot_of(key)
        wrap = _recovery_wrap(key, public_key)
        new = msgspec.structs.replace(old, recovery=wrap, generation=old.generation + 1)
        self._write(new, old)
        if self._slots()[0] != new:
            raise KeyFileDamagedFailure(path=self._path)
        self._write(new, new)

    def _new_key(self, workspace: str) -> DataKey:
        if self.exists():
            raise KeyFileExistsFailure(path=self._path)
        return DataKey(bytearray(secrets.token_bytes(KEY_BYTES)), workspace)

    def _passphrase_wrap(self, key: DataKey, passphrase: str, device: DeviceSecret | None) -> PassphraseWrap:
        return wrap_by_passphrase(
            key.secret, passphrase, workspace=key.workspace, device=device, cost=self._cost
        )

    def _opened(self, slot: Slot, passphrase: str, device: DeviceSecret | None) -> DataKey:
        if slot.passphrase is None:
            raise SampleKeyFailure
        key = unwrap_by_passphrase(slot.passphrase, passphrase, workspace=slot.workspace, device=device)
        if key is None:
            raise WrongPassphraseFailure
        return self._checked(key, slot)

    def _checked(self, key: bytearray, slot: Slot) -> DataKey:
        if not hmac.compare_digest(slot.key_check, key_check(key)):
            raise KeyFileDamagedFailure(path=self._path)
        return DataKey(key, slot.workspace)

    def _slot_of(self, key: DataKey) -> Slot:
        slot = self._slots()[0]
        if slot.sample:
            raise SampleKeyFailure
        self._checked(key.secret, slot)
        return slot

    def _confirm(self, key: DataKey, passphrase: str, device: DeviceSecret | None) -> None:
        with self._opened(self._slots()[0], passphrase, device) as reopened:
            if not hmac.compare_digest(reopened.secret, key.secret):
                raise KeyFileDamagedFailure(path=self._path)

    def _settle_quietly(self, slot: Slot) -> None:
        content = self._read()
        if is_settled(content):
            return
        newest = decode(content)[0]
        settled = msgspec.structs.replace(slot, generation=newest.generation + 1)
        # A read-only disk must not keep a person from reading the records.
        with contextlib.suppress(EnvironmentFailure):
            self._write(settled, settled)

    def _slots(self) -> list[Slot]:
        try:
            slots = decode(self._read())
        except SlotFromNewerProgramError as error:
            raise KeyFileNewerFailure(version=error.version) from error
        if not slots:
            raise KeyFileDamagedFailure(path=self._path)
        return slots

    def _read(self) -> bytes:
        try:
            return self._path.read_bytes()
        except FileNotFoundError as error:
            raise KeyFileMissingFailure(path=self._path) from error
        except OSError as error:
            raise disk_failure(error, self._path) from error

    def _write(self, first: Slot, second: Slot) -> None:
        write_atomically(self._path, encode(first, second))


def _recovery_wrap(key: DataKey, public_key: bytes | None) -> RecoveryWrap | None:
    if public_key is None:
        return None
    return wrap_for_recovery(key.secret, public_key, workspace=key.workspace)
