"""Failures of the computer, not of the case: each has a sentence and a next step."""

import errno
from pathlib import Path


class EnvironmentFailure(Exception):  # noqa: N818 - an error is a refusal of the office's rules, this is not
    """The device got in the way; ``key`` names the sentence in `resources/text`, ``values`` fill it in."""

    key = "failure-unnamed"

    def __init__(self, **values: object) -> None:
        super().__init__(self.key, values)
        self.values: dict[str, object] = values


class WrongPassphraseFailure(EnvironmentFailure):
    """The key file is whole, but this passphrase does not open it."""

    key = "failure-wrong-passphrase"


class EmptyPassphraseFailure(EnvironmentFailure):
    """A passphrase must have at least one visible character."""

    key = "failure-empty-passphrase"


class KeyFileMissingFailure(EnvironmentFailure):
    """The workspace has no key file: ``path``."""

    key = "failure-key-file-missing"


class KeyFileDamagedFailure(EnvironmentFailure):
    """Neither slot of the key file is readable: ``path``."""

    key = "failure-key-file-damaged"


class KeyFileExistsFailure(EnvironmentFailure):
    """A key file stands there already and is never overwritten by a new one: ``path``."""

    key = "failure-key-file-exists"


class KeyFileNewerFailure(EnvironmentFailure):
    """A newer program wrote the key file: ``version``."""

    key = "failure-key-file-newer"


class SampleKeyFailure(EnvironmentFailure):
    """The key of the invented county lies open and cannot start protecting anything."""

    key = "failure-sample-key"


class KeyStoreUnavailableFailure(EnvironmentFailure):
    """The key store that took part in the wrap does not answer: ``key_store``."""

    key = "failure-key-store-unavailable"


class KeyStoreLockedFailure(EnvironmentFailure):
    """The key store is locked and we never wait at a prompt: ``key_store``."""

    key = "failure-key-store-locked"


class KeyStoreChangedFailure(EnvironmentFailure):
    """Another key store, or another secret in it, than the one that took part: ``expected``, ``found``."""

    key = "failure-key-store-changed"


class NoRecoveryKeyFailure(EnvironmentFailure):
    """The data key was never wrapped for the county's recovery key."""

    key = "failure-no-recovery-key"


class WrongRecoveryKeyFailure(EnvironmentFailure):
    """This recovery key is not the one the data key was wrapped for."""

    key = "failure-wrong-recovery-key"


class WorkspaceBusyFailure(EnvironmentFailure):
    """Another program has the workspace open: ``process``, ``host``."""

    key = "failure-workspace-busy"


class DiskFullFailure(EnvironmentFailure):
    """No space left for a file: ``file``."""

    key = "failure-disk-full"


class NoRoomForAttachmentFailure(EnvironmentFailure):
    """Attachments are refused before records are: ``free_mb``."""

    key = "failure-no-room-for-attachment"


class WriteRefusedFailure(EnvironmentFailure):
    """The file or folder may not be written: ``file``."""

    key = "failure-write-refused"


class DiskFailure(EnvironmentFailure):
    """The disk answered with another error: ``file``, ``code``."""

    key = "failure-disk"


_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def disk_failure(error: OSError, path: Path) -> EnvironmentFailure:
    """The failure that tells a person about this error on this file."""
    if error.errno in _FULL:
        return DiskFullFailure(file=path.name)
    if error.errno in _REFUSED:
        return WriteRefusedFailure(file=path.name)
    return DiskFailure(file=path.name, code=errno.errorcode.get(error.errno or 0, "EIO"))
