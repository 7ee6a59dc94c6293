"""Looks into the camera's folder now and then and keeps new photos waiting until they are given a place."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fangshan_desk.ui.context import Context
from fangshan_desk.usecases.ports import CameraFolder, Services, UnitOfWork

PLACE = "camera_folder"
"""Name under which the desk remembers the folder and what was taken from it."""
_LOOK_EVERY_MS = 2500


class CameraWatch(QObject):
    """Knows the folder and the photos that wait; polled only while somebody wants them."""

    waiting_changed = Signal(int)
    folder_changed = Signal(str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._folder: CameraFolder | None = None
        self.path = ""
        self.waiting: list[Path] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_chosen(self) -> bool:
        """Whether a folder is being watched."""
        return self._folder is not None

    def start(self) -> None:
        """Begin watching the folder chosen earlier, if there is one."""
        if self._context.desk.services.watch_folder is None:
            return
        if self._folder is not None:
            self._timer.start()
            return

        def recall(uow: UnitOfWork, _services: Services) -> tuple[str, tuple[str, ...]]:
            kept = uow.recall(PLACE) or {}
            return str(kept.get("path", "")), tuple(kept.get("taken", ()))

        self._context.transact(recall, on_done=self._on_recalled, initiator=self)

    def stop(self) -> None:
        """Nobody needs photos now."""
        self._timer.stop()

    def choose(self, parent: QWidget) -> bool:
        """Let the person choose the folder; photos that lie there already are left out."""
        title = self._context.texts("visit-camera-choose")
        path = QFileDialog.getExistingDirectory(parent, title, self.path)
        if path:
            self.use(path, is_new=True)
        return bool(path)

    def use(self, path: str, *, taken: tuple[str, ...] = (), is_new: bool = False) -> None:
        """Watch a folder."""
        watch = self._context.desk.services.watch_folder
        if watch is None:
            return
        self.path, self._folder = path, watch(Path(path), taken)
        self.folder_changed.emit(path)
        if is_new:
            self._folder.remember_all_present()
            self._keep()
        self._timer.start()

    def look(self) -> None:
        """Ask the folder; reading a directory is quick, but a card may be slow."""
        folder = self._folder
        if folder is not None:
            self._context.operations.read(folder.poll, on_done=self._on_found, key="camera", owner=self)

    def give_out(self) -> list[Path]:
        """The waiting photos, which then wait no longer."""
        given, self.waiting = self.waiting, []
        self.waiting_changed.emit(0)
        return given

    def mark_taken(self, paths: list[Path]) -> None:
        """These are kept: do not offer them again, even after a restart."""
        if self._folder is None:
            return
        for path in paths:
            self._folder.mark_taken(path)
        self._keep()

    def _on_recalled(self, kept: tuple[str, tuple[str, ...]]) -> None:
        path, taken = kept
        if path:
            self.use(path, taken=taken)

    def _on_found(self, paths: list[Path]) -> None:
        if paths:
            self.waiting += paths
            self.waiting_changed.emit(len(self.waiting))

    def _keep(self) -> None:
        folder, path = self._folder, self.path
        taken = sorted(folder.remembered) if folder is not None else []
        self._context.transact(
            lambda uow, _services: uow.remember(PLACE, {"path": path, "taken": taken}), initiator=self
        )
