"""The device's key store, used only as a second factor; the only module that knows `keyring`."""

import base64
import binascii
import hmac
import os
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from threading import Thread  # noqa: TID251 - a key store may wait at a prompt for ever; nothing else runs here
from typing import Protocol, TypeVar

from fangshan_desk.support.failures import (
    EnvironmentFailure,
    KeyStoreChangedFailure,
    KeyStoreLockedFailure,
    KeyStoreUnavailableFailure,
)
from fangshan_desk.support.key_wraps import KEY_BYTES, DeviceSecret

SERVICE = "fangshan-desk"
# Everything else (null, fail, plain text, encrypted files that prompt) is no key store.
_ALLOWED = {
    "windows-vault": ("keyring.backends.Windows", "WinVaultKeyring"),
    "macos-keychain": ("keyring.backends.macOS", "Keyring"),
    "secret-service": ("keyring.backends.SecretService", "Keyring"),
    "kwallet": ("keyring.backends.kwallet", "DBusKeyring"),
}
_BACKEND_VARIABLE = "PYTHON_KEYRING_BACKEND"
T = TypeVar("T")


class KeyStoreBackend(Protocol):
    """What we use of a keyring back end."""

    def get_password(self, service: str, username: str, /) -> str | None: ...

    def set_password(self, service: str, username: str, password: str, /) -> None: ...


@dataclass(frozen=True)
class FoundStore:
    """A real key store of this device."""

    name: str
    backend: KeyStoreBackend
    is_locked: bool = False


class KeyStoreState(StrEnum):
    """Whether the key store can take part."""

    READY = "ready"
    ABSENT = "absent"
    LOCKED = "locked"
    SILENT = "silent"


@dataclass(frozen=True)
class KeyStoreStatus:
    """What the settings page shows; ``text_key`` names its sentence."""

    state: KeyStoreState
    key_store: str | None = None

    @property
    def text_key(self) -> str:
        return f"key-store-{self.state}"


Finder = Callable[[str | None], FoundStore | None]


class _StoreError(Exception):
    """The back end failed in its own way."""


class SecretStore:
    """Makes, keeps and fetches the device secret of a workspace; never waits longer than the limit."""

    def __init__(self, find: Finder | None = None, *, limit_seconds: float = 5.0) -> None:
        self._find = find or find_key_store
        self._limit_seconds = limit_seconds

    def store_status(self) -> KeyStoreStatus:
        """Look without writing."""
        try:
            store = _within(self._limit_seconds, lambda: self._find(None))
        except (TimeoutError, _StoreError):
            return KeyStoreStatus(KeyStoreState.SILENT)
        if store is None:
            return KeyStoreStatus(KeyStoreState.ABSENT)
        return KeyStoreStatus(KeyStoreState.LOCKED if store.is_locked else KeyStoreState.READY, store.name)

    def ensure(self, workspace: str) -> DeviceSecret | None:
        """The secret for this workspace, made if missing; None if no key store can be relied on."""
        try:
            return _within(self._limit_seconds, lambda: self._ensured(workspace))
        except (TimeoutError, _StoreError):
            return None

    def fetch(self, workspace: str, *, key_store: str) -> DeviceSecret:
        """The secret from the very store that took part in the wrap; raises what a person can act on."""
        try:
            return _within(self._limit_seconds, lambda: self._fetched(workspace, key_store))
        except (TimeoutError, _StoreError) as error:
            raise KeyStoreUnavailableFailure(key_store=key_store) from error

    def _ensured(self, workspace: str) -> DeviceSecret | None:
        store = self._find(None)
        if store is None or store.is_locked:
            return None
        # Never replace a secret: the key file in use may depend on it.
        held = _read(store, workspace)
        if held is not None:
            return DeviceSecret(store.name, held)
        made = secrets.token_bytes(KEY_BYTES)
        store.backend.set_password(SERVICE, workspace, base64.b64encode(made).decode("ascii"))
        # The null back end "succeeds" and forgets.
        kept = _read(store, workspace)
        if kept is None or not hmac.compare_digest(kept, made):
            return None
        return DeviceSecret(store.name, made)

    def _fetched(self, workspace: str, key_store: str) -> DeviceSecret:
        store = self._find(key_store)
        if store is None:
            raise KeyStoreUnavailableFailure(key_store=key_store)
        if store.name != key_store:
            raise KeyStoreChangedFailure(expected=key_store, found=store.name)
        if store.is_locked:
            raise KeyStoreLockedFailure(key_store=key_store)
        held = _read(store, workspace)
        if held is None:
            raise KeyStoreChangedFailure(expected=key_store, found=store.name)
        return DeviceSecret(key_store, held)


def find_key_store(wanted: str | None, environment: Mapping[str, str] | None = None) -> FoundStore | None:
    """The wanted key store, else the best one this device has."""
    chosen = (os.environ if environment is None else environment).get(_BACKEND_VARIABLE)
    usable: dict[str, type] = {}
    for name, (module, class_name) in _ALLOWED.items():
        # Whoever sets the variable to something unreal switches the key store off.
        if not chosen or chosen == f"{module}.{class_name}":
            backend = getattr(import_module(module), class_name)
            if backend.viable:
                usable[name] = backend
    if not usable:
        return None
    name = wanted if wanted in usable else max(usable, key=lambda each: float(usable[each].priority))  # type: ignore[attr-defined]  # keyring's class property
    return _opened(name, usable[name])


def _opened(name: str, backend_class: type) -> FoundStore | None:
    is_locked = False
    if name == "secret-service":
        locked = _is_secret_service_locked()
        if locked is None:
            return None
        is_locked = locked
    backend = backend_class()
    if name == "windows-vault":
        # The default would copy the secret to other computers of the domain.
        backend.persist = "local machine"
    return FoundStore(name, backend, is_locked)


def _is_secret_service_locked() -> bool | None:
    """None: there is no collection yet, and making one would ask for a password."""
    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException

    with closing(secretstorage.dbus_init()) as bus:
        try:
            return bool(secretstorage.Collection(bus).is_locked())
        except ItemNotFoundException:
            return None


def _read(store: FoundStore, workspace: str) -> bytes | None:
    held = store.backend.get_password(SERVICE, workspace)
    try:
        secret = base64.b64decode(held or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == KEY_BYTES else None


def _within(seconds: float, action: Callable[[], T]) -> T:
    """Run in a thread that is left behind when the store waits for an answer nobody gives."""
    outcome: Future[T] = Future()

    def work() -> None:
        try:
            outcome.set_result(action())
        except EnvironmentFailure as failure:
            outcome.set_exception(failure)
        except Exception as error:  # noqa: BLE001 - every back end fails in its own way; all mean: not usable
            outcome.set_exception(_StoreError(type(error).__name__))

    Thread(target=work, name="key-store", daemon=True).start()
    return outcome.result(timeout=seconds)
