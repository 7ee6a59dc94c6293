"""What every test gets: no real home, key store, screen or network, and no warning left unexplained."""

import ipaddress
import itertools
import logging
import os
import socket
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

# Before anything imports Qt: a test never opens a window on somebody's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import keyring
import pytest
from hypothesis import settings

from tests.helpers.log_watch import LogWatch
from tests.helpers.memory_keyring import MemoryKeyring

FAILED = pytest.StashKey[bool]()
TESTS = Path(__file__).parent
HOME_VARIABLES = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}

settings.register_profile("here", deadline=None, print_blob=True)
# In CI the same examples every time: a landing must not depend on luck.
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder; nothing of the person at this machine is seen or changed."""
    home = tmp_path_factory.getbasetemp() / "home" / str(next(_numbers))
    home.mkdir(parents=True)
    for variable, place in HOME_VARIABLES.items():
        monkeypatch.setenv(variable, str(home / place))
    for variable in [name for name in os.environ if name.startswith("FANGSHAN_DESK_")]:
        if variable != "FANGSHAN_DESK_FAULTS":
            monkeypatch.delenv(variable)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return home


@pytest.fixture(autouse=True)
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The key store of this test; processes it starts find none."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    return backend


@pytest.fixture(autouse=True)
def expected_log(request: pytest.FixtureRequest) -> Iterator[Callable[[str], None]]:
    """Call it with a text that a warning will contain; every other warning fails the test."""
    watch = LogWatch()
    for marker in request.node.iter_markers("expected_log"):
        watch.expect(marker.args[0])
    logging.getLogger().addHandler(watch)
    yield watch.expect
    logging.getLogger().removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture(autouse=True)
def no_foreign_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only addresses of this machine can be called."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not _is_this_machine(str(address[0])):
            raise AssertionError(f"a test called {address[0]}")
        connect(self, address)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where Qt is tested, a thread, window or timer that outlives its test fails it."""
    if not _is_qt_test(request.path):
        yield
        return
    from tests.helpers.leaks import LeakWatch

    watch = LeakWatch()
    yield
    # A failed test keeps its widgets alive through the traceback.
    if not request.node.stash.get(FAILED, False) and (leftovers := watch.leftovers()):
        pytest.fail("\n".join(leftovers), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure for the fixtures that clean up after it."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


_numbers = itertools.count()


def _is_qt_test(path: Path) -> bool:
    return any(path.is_relative_to(TESTS / folder) for folder in ("ui", "end_to_end"))


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
