"""A hand on dialogs that hold the program until they are answered: files, one line of text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
)

from fangshan_desk.ui.driving import PATIENCE_MS
from fangshan_desk.ui.driving_moves import ControlMissingError, type_into

D = TypeVar("D", bound=QDialog)
# A file dialog may still be reading its folder when the button is pressed.
_AGAIN_AFTER_MS = 1500


def use_our_own_file_dialogs() -> None:
    """The system's dialogs cannot be driven; call before the first one opens."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def choosing_files(act: Callable[[], None], *paths: Path) -> None:
    """Do something that asks for files, or for a place to save one, and name these."""
    wanted = _named(paths)

    def answer(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        if not isinstance(name, QLineEdit):
            raise ControlMissingError("the file dialog has no field for names")
        name.setFocus()
        name.selectAll()
        type_into(name, wanted)
        _close_list(name)
        dialog.activateWindow()
        save = dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        kinds = QDialogButtonBox.StandardButton
        _press(dialog, kinds.Save if save else kinds.Open)

    answering(QFileDialog, answer, act)


def answering_line(act: Callable[[], None], text: str) -> None:
    """Do something that asks for one line of text, and give it."""

    def answer(dialog: QInputDialog) -> None:
        dialog.setTextValue(text)
        _press(dialog, QDialogButtonBox.StandardButton.Ok)

    answering(QInputDialog, answer, act)


def answering(kind: type[D], answer: Callable[[D], None], act: Callable[[], None]) -> None:
    """Do something that opens a dialog of a kind and waits; the answer is given as soon as it stands."""
    watch = _Watch(kind, answer)
    try:
        act()
        watch.wait()
    finally:
        watch.stop()
    watch.tell()


class _Watch(QObject, Generic[D]):
    """Looks for the dialog while another event loop runs; gives up in the end, so that nothing hangs."""

    def __init__(self, kind: type[D], answer: Callable[[D], None]) -> None:
        super().__init__()
        self._kind, self._answer = kind, answer
        self._fault: BaseException | None = ControlMissingError(f"no {kind.__name__} opened")
        self._since_answer = QElapsedTimer()
        self._patience = QElapsedTimer()
        self._patience.start()
        self._timer = QTimer(self)
        self._timer.setInterval(30)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def wait(self) -> None:
        """A dialog that holds nobody up may still be opening, or closing."""
        while not self._is_over() and self._patience.elapsed() < 2 * PATIENCE_MS:
            QTest.qWait(20)

    def stop(self) -> None:
        self._timer.stop()

    def tell(self) -> None:
        if self._fault is not None:
            raise self._fault

    def _is_over(self) -> bool:
        dialog = QApplication.activeModalWidget()
        return self._since_answer.isValid() and not (isinstance(dialog, self._kind) and dialog.isVisible())

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if self._patience.elapsed() > PATIENCE_MS and isinstance(dialog, QDialog):
            self._fault = ControlMissingError(f"{type(dialog).__name__} did not close")
            dialog.reject()
        elif not isinstance(dialog, self._kind) or not dialog.isVisible():
            return
        elif not self._since_answer.isValid() or self._since_answer.elapsed() > _AGAIN_AFTER_MS:
            self._since_answer.start()
            self._give(dialog)

    def _give(self, dialog: D) -> None:
        try:
            self._answer(dialog)
            self._fault = None
        except Exception as error:  # noqa: BLE001  # told after the dialog has closed
            self._fault = error
            dialog.reject()


def _named(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return str(paths[0])
    return " ".join(f'"{path}"' for path in paths)


def _close_list(field: QLineEdit) -> None:
    # The stub says that every field has one.
    completer: QCompleter | None = field.completer()
    popup = completer.popup() if completer is not None else None
    if popup is not None:
        popup.hide()


def _press(dialog: QDialog, button: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    if not isinstance(box, QDialogButtonBox):
        raise ControlMissingError("the dialog has no buttons")
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
