"""Words the server gives out to be signed; any server of the county knows them again without keeping them."""

import hashlib
import hmac
import secrets
from collections.abc import Callable

LIVES_MS = 15 * 60 * 1000
_MAC_CHARACTERS = 32


class Challenges:
    """Makes them and checks them; the key is the same on all servers of a county."""

    def __init__(self, key: bytes, *, now_ms: Callable[[], int]) -> None:
        self._key = key
        self._now_ms = now_ms

    def make(self) -> str:
        """A new one."""
        content = f"{self._now_ms() + LIVES_MS}.{secrets.token_hex(8)}"
        return f"{content}.{self._mac(content)}"

    def holds(self, challenge: str) -> bool:
        """Whether it is one of ours and not too old."""
        content, _, mac = challenge.rpartition(".")
        if not challenge.isascii() or not hmac.compare_digest(mac, self._mac(content)):
            return False
        ends_ms = int(content.partition(".")[0])
        # Servers of one county whose clocks differ: a little from the future is all right.
        return 0 <= ends_ms - self._now_ms() <= 2 * LIVES_MS

    def _mac(self, content: str) -> str:
        return hmac.new(self._key, content.encode("ascii"), hashlib.sha256).hexdigest()[:_MAC_CHARACTERS]
