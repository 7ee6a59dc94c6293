"""The application, its lanes and a way to wait, for every test with a screen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.application import build_application
from fangshan_desk.ui.operations import Notice, Operations
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import Lanes


@pytest.fixture
def desk_app(qapp: QApplication) -> QApplication:
    """The application with our fonts and looks."""
    return build_application()


@pytest.fixture
def lanes(desk_app: QApplication) -> Iterator[Lanes]:
    """Real lanes, joined at the end."""
    made = Lanes()
    yield made
    assert made.shutdown(patience_seconds=5)


@pytest.fixture
def operations(lanes: Lanes) -> Operations:
    """Operations over real lanes."""
    return Operations(lanes, chinese_texts())


@pytest.fixture
def wait(lanes: Lanes) -> Callable[[], None]:
    """Runs the event loop until the lanes are idle and everything is painted."""
    return lambda: settle(lanes.is_idle, patience_ms=5000)


@pytest.fixture
def shown(desk_app: QApplication) -> Iterator[Callable[[QWidget], QWidget]]:
    """Shows a widget and takes it away after the test."""
    widgets: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        widgets.append(widget)
        widget.show()
        widget.activateWindow()
        QTest.qWaitForWindowActive(widget)
        settle()
        return widget

    yield show
    for widget in widgets:
        widget.close()
        widget.deleteLater()


class Listener(QObject):
    """Remembers what operations told."""

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self.notices: list[Notice] = []
        self.changes: list[tuple[object, object]] = []
        self.crashes: list[BaseException] = []
        operations.noticed.connect(self.notices.append)
        operations.changed.connect(lambda changes, initiator: self.changes.append((changes, initiator)))
        operations.crashed.connect(self.crashes.append)


@pytest.fixture
def listener(operations: Operations) -> Listener:
    """What the window would be told."""
    return Listener(operations)
