"""The desktop from start to end: first start or unlocking, the window, idle lock, shutting down."""

import logging
from collections.abc import Callable

from fangshan_desk.app.index_work import IndexWork
from fangshan_desk.app.keys import is_sample
from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.app.starting import start_workspace
from fangshan_desk.app.window import build_window
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.logs import LogFile
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.settings import SettingsFile
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.application import close_dialogs, run_application
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.pages.gate import FailureGate, FirstStartGate, Gate, StartAnswers, UnlockGate
from fangshan_desk.ui.tasks import Lane, Lanes

log = logging.getLogger(__name__)
Window = Gate | MainWindow


class Desktop:
    """Shows one window after another; owns the lanes and the open desk."""

    def __init__(self, workspace: Workspace, passphrase: str | None) -> None:
        self._workspace = workspace
        self._passphrase = passphrase
        self._texts = chinese_texts()
        self._desk: OpenDesk | None = None
        self._window: Window | None = None
        self._log_file: LogFile | None = None
        self._index_work: IndexWork | None = None
        self._is_locking = False
        self.lanes: Lanes | None = None

    @property
    def window(self) -> Window | None:
        """The window being shown."""
        return self._window

    @property
    def desk(self) -> OpenDesk | None:
        """The open desk; None before the first start, while locked and after closing."""
        return self._desk

    def first_window(self) -> Window:
        """The window to begin with; called once the Qt application stands."""
        if self.lanes is None:
            self.lanes = Lanes()
            self.lanes.became_idle.connect(self._finish_locking)
        return self._keep(self._chosen_window())

    def close(self) -> None:
        """End the lanes, then close the desk; called after the last window closed."""
        self._stop_indexing()
        if self.lanes is not None:
            self.lanes.shutdown()
        self._close_desk()
        if self._log_file is not None:
            self._log_file.close()
            self._log_file = None

    def show_crash(self, error: BaseException) -> None:
        """Show an unexpected failure over the open window."""
        if isinstance(self._window, MainWindow):
            self._window.show_crash(error)

    def lock(self) -> None:
        """Take the content off the screen at once, then close the file: what follows needs the passphrase."""
        if self._desk is None or not isinstance(self._window, MainWindow):
            return
        self._stop_indexing()
        close_dialogs()
        gate = self._unlock(is_locked_again=True)
        gate.set_busy(True, self._texts("gate-locking"))
        self._is_locking = True
        self._replace(lambda: gate)
        assert self.lanes is not None  # noqa: S101 - made before any window
        if self.lanes.is_idle():
            self._finish_locking()

    def _finish_locking(self) -> None:
        # A backup or a letter under way still needs the key; it ends first.
        if self._is_locking and isinstance(self._window, Gate):
            self._is_locking = False
            self._close_desk()
            self._window.set_busy(False)

    def _chosen_window(self) -> Window:
        if not self._workspace.is_started():
            return self._first_start()
        if self._passphrase is None and not is_sample(self._workspace):
            return self._unlock()
        try:
            self._desk = open_desk(self._workspace, self._passphrase)
        except (ExpectedError, EnvironmentFailure) as failure:
            return self._failure(failure)
        return self._main_window()

    def _first_start(self) -> Gate:
        gate = FirstStartGate(self._texts)

        def start(answers: StartAnswers) -> None:
            gate.set_busy(True, self._texts("gate-opening"))
            self._run(lambda: self._start_and_open(answers), gate)

        def sample() -> None:
            gate.set_busy(True, self._texts("gate-making-sample"))
            self._run(self._sample_and_open, gate)

        gate.answered.connect(start)
        gate.sample_wanted.connect(sample)
        return gate

    def _unlock(self, *, is_locked_again: bool = False) -> Gate:
        gate = UnlockGate(self._texts, is_locked_again=is_locked_again)
        gate.passphrase_given.connect(
            lambda passphrase: self._run(lambda: open_desk(self._workspace, passphrase), gate)
        )
        return gate

    def _failure(self, failure: ExpectedError | EnvironmentFailure) -> Gate:
        sentence = self._texts(failure.key, **failure.values)
        return FailureGate(self._texts, sentence, lambda: self._replace(self._chosen_window))

    def _run(self, job: Callable[[], OpenDesk], gate: Gate) -> None:
        assert self.lanes is not None  # noqa: S101 - made before any window
        self.lanes.submit(
            lambda _control: job(),
            lane=Lane.DATA,
            on_done=self._on_opened,
            on_failed=lambda error: self._on_refused(error, gate),
            owner=gate,
        )

    def _start_and_open(self, answers: StartAnswers) -> OpenDesk:
        start_workspace(self._workspace, answers.first_start, answers.passphrase)
        return open_desk(self._workspace, answers.passphrase)

    def _sample_and_open(self) -> OpenDesk:
        from fangshan_desk.app.sampling import start_sample

        start_sample(self._workspace)
        return open_desk(self._workspace, None)

    def _on_opened(self, desk: OpenDesk) -> None:
        self._desk = desk
        self._replace(self._main_window)

    def _on_refused(self, error: BaseException, gate: Gate) -> None:
        if isinstance(error, (ExpectedError, EnvironmentFailure)):
            sentence = self._texts(error.key, **error.values)
        else:
            log.error("opening failed", exc_info=error)
            sentence = self._texts("gate-unexpected")
        if isinstance(gate, UnlockGate):
            gate.refuse(sentence)
        else:
            gate.set_busy(False)
            gate.show_problem(sentence)

    def _main_window(self) -> MainWindow:
        assert self._desk is not None and self.lanes is not None  # noqa: S101, PT018
        self._log_to_workspace()
        operations = Operations(self.lanes, self._texts)
        window = build_window(self._desk, operations, self._texts)
        self._index_work = IndexWork(self._desk.parts.file, self.lanes, operations)
        self._index_work.start()
        if not is_sample(self._workspace):
            settings = SettingsFile(self._workspace.settings).load().settings
            window.watch_idleness(settings.idle_lock_minutes * 60)
            window.idle.connect(self.lock)
        return window

    def _log_to_workspace(self) -> None:
        if self._log_file is None:
            # Without a log the desk still works; a full disk is told where it matters.
            try:
                self._log_file = LogFile(self._workspace.logs)
            except EnvironmentFailure as failure:
                log.warning("no log file: %s", failure.key)

    def _stop_indexing(self) -> None:
        if self._index_work is not None:
            self._index_work.stop()

    def _close_desk(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()

    def _replace(self, make: Callable[[], Window]) -> None:
        before = self._window
        window = self._keep(make())
        if before is None:
            return
        if before.isMaximized():
            window.showMaximized()
        else:
            window.resize(before.size())
            window.show()
        before.hide()
        before.deleteLater()

    def _keep(self, window: Window) -> Window:
        self._window = window
        return window


def run_desktop(workspace: Workspace, passphrase: str | None) -> int:
    """Run the desktop until its last window is closed; returns the exit status."""
    desktop = Desktop(workspace, passphrase)
    return run_application(desktop.first_window, show_crash=desktop.show_crash, on_exit=desktop.close)
