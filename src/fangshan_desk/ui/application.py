"""Builds the Qt application, runs it, and catches what nobody else caught."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from fangshan_desk.ui.tasks import GarbageCollector
from fangshan_desk.ui.theme import apply_theme, translate_dialogs

log = logging.getLogger(__name__)
ShowCrash = Callable[[BaseException], None]


def build_application(*, prefer_own_font: bool = False) -> QApplication:
    """The application with fonts, looks and Chinese dialogs; the existing one when there is one."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        apply_theme(existing, prefer_own_font=prefer_own_font)
        return existing
    # 125 % must stay 125 %: rounding would make everything half as large again.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("fangshan-desk")
    app.setDesktopFileName("fangshan-desk")
    translate_dialogs(app)
    apply_theme(app, prefer_own_font=prefer_own_font)
    return app


class CrashHook:
    """Takes exceptions that reach the top: logs them, shows them once, and never raises itself."""

    def __init__(self, show: ShowCrash | None = None) -> None:
        self._show = show
        self._is_showing = False
        self._before = sys.excepthook

    def install(self) -> None:
        """Becomes the process's hook."""
        self._before = sys.excepthook
        sys.excepthook = self

    def remove(self) -> None:
        """Gives the hook back."""
        sys.excepthook = self._before

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        log.critical("unexpected failure", exc_info=(kind, error, trace))
        if self._show is None or self._is_showing:
            return
        self._is_showing = True
        try:
            self._show(error)
        except Exception:
            # A crash in the crash dialog must not start another one.
            log.critical("the crash dialog failed", exc_info=True)
        finally:
            self._is_showing = False


def close_dialogs() -> None:
    """Put away every dialog and menu: what they show must not outlast a lock."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.reject()
        elif isinstance(window, QMenu):
            window.close()


def run_application(
    build_window: Callable[[], QWidget],
    *,
    show_crash: ShowCrash | None = None,
    on_exit: Callable[[], None] | None = None,
    is_quiet: Callable[[], bool] = lambda: True,
) -> int:
    """Builds the window, shows it, and runs until it is closed; returns the exit status.

    ``on_exit`` runs after the last window closed: the place to shut the lanes down.
    """
    app = build_application()
    hook = CrashHook(show_crash)
    hook.install()
    collector = GarbageCollector(is_quiet=is_quiet)
    try:
        window = build_window()
        _show_window(window)
        # Freezing what start-up made can wait until the first screen stands.
        QTimer.singleShot(0, collector.start)
        return int(app.exec())
    finally:
        if on_exit is not None:
            on_exit()
        collector.stop()
        hook.remove()


def _show_window(window: QWidget) -> None:
    room = window.screen().availableGeometry()
    wanted = window.sizeHint()
    # On a small laptop the whole screen is just enough.
    if wanted.width() >= room.width() or wanted.height() >= room.height():
        window.showMaximized()
        return
    window.resize(wanted)
    window.show()
