"""The opened data key and the keys derived from it."""

from enum import StrEnum
from typing import Self

from fangshan_desk.support.key_wraps import derive, wipe


class KeyLabel(StrEnum):
    """What a sub-key is for."""

    DATABASE = "database"
    ATTACHMENTS = "attachments"
    BACKUPS = "backups"
    OUTBOX = "outbox"
    DEVICE_SIGNING = "device-signing"


def sub_key(data_key: bytes | bytearray, label: KeyLabel, *, context: str = "") -> bytes:
    """The 32-byte key for one purpose; ``context`` tells, say, one device id from the next."""
    return derive(data_key, f"sub-key/{label}/{context}")


class DataKey:
    """The key everything else is derived from, until it is wiped."""

    def __init__(self, key: bytearray, workspace: str) -> None:
        self._key = key
        self.workspace = workspace

    def sub_key(self, label: KeyLabel, *, context: str = "") -> bytes:
        """The 32-byte key for one purpose."""
        return sub_key(self.secret, label, context=context)

    @property
    def secret(self) -> bytearray:
        """The key itself, for wrapping; never keep it."""
        if self.is_wiped:
            raise ValueError("the data key was wiped")
        return self._key

    @property
    def is_wiped(self) -> bool:
        """Whether the desk was locked since."""
        return not any(self._key)

    def wipe(self) -> None:
        """Overwrite the key in memory, as far as Python allows."""
        wipe(self._key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return f"DataKey(workspace={self.workspace!r})"
