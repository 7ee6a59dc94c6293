"""The key store takes part only where it is real, answers in time and gives back what it was given."""

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend

from fangshan_desk.support.failures import (
    KeyStoreChangedFailure,
    KeyStoreLockedFailure,
    KeyStoreUnavailableFailure,
)
from fangshan_desk.support.key_file import KeyFile
from fangshan_desk.support.key_wraps import KdfCost
from fangshan_desk.support.secrets import (
    FoundStore,
    KeyStoreBackend,
    KeyStoreState,
    SecretStore,
    find_key_store,
)

WORKSPACE = "0195555a-0000-7000-8000-000000000001"


class MemoryBackend:
    """A key store that works."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str, /) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str, /) -> None:
        self.held[service, username] = password


class TruncatingBackend(MemoryBackend):
    """Gives back less than it was given, as some do with long values."""

    def get_password(self, service: str, username: str, /) -> str | None:
        held = super().get_password(service, username)
        return held and held[:20]


class PromptingBackend(MemoryBackend):
    """Waits at a prompt nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = Event()

    def get_password(self, service: str, username: str, /) -> str | None:
        self.answered.wait(30)
        raise EOFError


def _backend(kind: Callable[[], KeyStoreBackend]) -> KeyStoreBackend:
    return kind()


def _store(name: str, backend: KeyStoreBackend, *, is_locked: bool = False) -> SecretStore:
    return SecretStore(lambda wanted: FoundStore(name, backend, is_locked), limit_seconds=2.0)


def test_a_secret_is_made_once_and_fetched_again() -> None:
    store = _store("kwallet", MemoryBackend())
    made = store.ensure(WORKSPACE)
    assert made is not None
    assert len(made.value) == 32
    assert store.fetch(WORKSPACE, key_store="kwallet") == made
    assert store.ensure(WORKSPACE) == made
    assert store.ensure("another workspace") != made


def test_the_null_back_end_is_noticed_by_reading_back() -> None:
    assert _store("kwallet", _backend(keyring.backends.null.Keyring)).ensure(WORKSPACE) is None


def test_a_store_that_returns_something_else_is_not_relied_on() -> None:
    assert _store("kwallet", TruncatingBackend()).ensure(WORKSPACE) is None


def test_with_the_failing_back_end_the_desk_works_by_passphrase_alone(tmp_path: Path) -> None:
    device = _store("kwallet", _backend(keyring.backends.fail.Keyring)).ensure(WORKSPACE)
    assert device is None
    key_file = KeyFile(tmp_path / "desk.key", cost=KdfCost(8, 1, 1))
    key_file.create(workspace=WORKSPACE, passphrase="alone", device=device)
    key_file.open("alone")


def test_a_changed_store_is_refused_by_name() -> None:
    store = _store("kwallet", MemoryBackend())
    store.ensure(WORKSPACE)
    with pytest.raises(KeyStoreChangedFailure) as caught:
        store.fetch(WORKSPACE, key_store="secret-service")
    assert caught.value.values == {"expected": "secret-service", "found": "kwallet"}


@pytest.mark.parametrize("held", [None, "", "rubbish!", base64.b64encode(b"short").decode()])
def test_a_secret_that_is_gone_or_spoilt_is_refused(held: str | None) -> None:
    backend = MemoryBackend()
    if held is not None:
        backend.set_password("fangshan-desk", WORKSPACE, held)
    with pytest.raises(KeyStoreChangedFailure):
        _store("kwallet", backend).fetch(WORKSPACE, key_store="kwallet")


def test_a_store_that_is_gone_is_unavailable() -> None:
    store = SecretStore(lambda wanted: None)
    assert store.store_status().state is KeyStoreState.ABSENT
    assert store.ensure(WORKSPACE) is None
    with pytest.raises(KeyStoreUnavailableFailure):
        store.fetch(WORKSPACE, key_store="kwallet")


def test_a_locked_store_is_told_apart_and_never_asked() -> None:
    backend = PromptingBackend()
    store = _store("secret-service", backend, is_locked=True)
    assert store.store_status().state is KeyStoreState.LOCKED
    assert store.ensure(WORKSPACE) is None
    with pytest.raises(KeyStoreLockedFailure):
        store.fetch(WORKSPACE, key_store="secret-service")


def test_nobody_waits_at_a_prompt() -> None:
    backend = PromptingBackend()
    store = SecretStore(lambda wanted: FoundStore("kwallet", backend), limit_seconds=0.3)
    started = time.monotonic()
    assert store.ensure(WORKSPACE) is None
    with pytest.raises(KeyStoreUnavailableFailure):
        store.fetch(WORKSPACE, key_store="kwallet")
    assert time.monotonic() - started < 2
    backend.answered.set()


def test_a_back_end_that_breaks_while_looking_is_silent() -> None:
    def find(wanted: str | None) -> FoundStore | None:
        raise ImportError("no library")

    assert SecretStore(find).store_status().state is KeyStoreState.SILENT
    assert SecretStore(find).ensure(WORKSPACE) is None


class PlainTextKeyring(KeyringBackend):
    """As `keyrings.alt` would bring it: usable for keyring, never for us."""

    priority = 99

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("a plain-text key store was asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a plain-text key store was given the secret")


@pytest.mark.parametrize(
    "chosen",
    ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "keyrings.alt.file.PlaintextKeyring"],
)
def test_whoever_chooses_an_unreal_back_end_switches_the_key_store_off(chosen: str) -> None:
    assert find_key_store(None, {"PYTHON_KEYRING_BACKEND": chosen}) is None


def test_an_installed_plain_text_back_end_is_never_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert find_key_store(None, {}) is None


def test_keyring_is_loaded_only_when_it_is_needed() -> None:
    code = "import sys, fangshan_desk.support.secrets; sys.exit('keyring' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode == 0


_REAL = """
import json, sys, time
from contextlib import closing
import secretstorage
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.secrets import SecretStore
from tests.data.test_secrets import WORKSPACE, _outcome
store = SecretStore()
said = [store.store_status().state, store.store_status().key_store]
made = store.ensure(WORKSPACE)
said += [made is not None, made == SecretStore().fetch(WORKSPACE, key_store="secret-service")]
said.append(_outcome(lambda: store.fetch(WORKSPACE, key_store="kwallet")))
with closing(secretstorage.dbus_init()) as bus:
    secretstorage.Collection(bus).lock()
started = time.monotonic()
said += [store.store_status().state, store.ensure(WORKSPACE) is None]
said.append(_outcome(lambda: store.fetch(WORKSPACE, key_store="secret-service")))
said.append(time.monotonic() - started < 5)
print(json.dumps(said))
"""


def _outcome(action: Callable[[], object]) -> str:
    try:
        action()
    except (KeyStoreChangedFailure, KeyStoreLockedFailure, KeyStoreUnavailableFailure) as failure:
        return type(failure).__name__
    return "no failure"


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs a real Secret Service: apt-get install dbus gnome-keyring",
)
def test_a_real_secret_service_keeps_the_secret_and_when_locked_is_not_waited_for(tmp_path: Path) -> None:
    script = (
        "echo -n pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        f'exec "{sys.executable}" -c "$SCRIPT"'
    )
    folders = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME")}
    tmp_path.chmod(0o700)
    environment = {**os.environ, **folders, "PYTHONPATH": os.pathsep.join(sys.path), "SCRIPT": _REAL}
    environment.pop("PYTHON_KEYRING_BACKEND", None)
    ended = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script],
        check=False, capture_output=True, text=True, env=environment, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == [
        "ready", "secret-service", True, True, "KeyStoreChangedFailure",
        "locked", True, "KeyStoreLockedFailure", True,
    ]  # fmt: skip
    assert b"PlaintextKeyring" not in b"".join(
        file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()
    )
