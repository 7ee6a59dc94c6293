"""A hand on dialogs that hold the program until they are answered: files, one line of text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QInputDialog, QLineEdit

from fangshan_desk.ui.driving import PATIENCE_MS, ControlMissingError

D = TypeVar("D", bound=QDialog)


def use_our_own_file_dialogs() -> None:
    """The system's dialogs cannot be driven; call before the first one opens."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def choosing_files(act: Callable[[], None], *paths: Path) -> None:
    """Do something that asks for files, and name these."""
    folders = {path.parent for path in paths}
    if len(folders) != 1:
        raise ValueError("files of one dialog lie in one folder")

    def answer(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        if not isinstance(name, QLineEdit):
            raise ControlMissingError("the file dialog has no field for names")
        name.setFocus()
        name.selectAll()
        QTest.keyClicks(name, _named(paths))
        QTest.keyClick(name, Qt.Key.Key_Return)

    answering(QFileDialog, answer, act)


def answering_line(act: Callable[[], None], text: str) -> None:
    """Do something that asks for one line of text, and give it."""

    def answer(dialog: QInputDialog) -> None:
        dialog.setTextValue(text)
        _press(dialog, QDialogButtonBox.StandardButton.Ok)

    answering(QInputDialog, answer, act)


def answering(kind: type[D], answer: Callable[[D], None], act: Callable[[], None]) -> None:
    """Do something that opens a dialog of a kind and waits; the answer is given as soon as it stands."""
    seen: list[BaseException | None] = []
    patience = QElapsedTimer()
    patience.start()
    timer = QTimer()
    timer.setInterval(30)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isVisible():
            timer.stop()
            try:
                answer(dialog)
                seen.append(None)
            except Exception as error:  # noqa: BLE001  # told after the dialog has closed
                seen.append(error)
                dialog.reject()
        elif patience.elapsed() > PATIENCE_MS:
            timer.stop()

    timer.timeout.connect(look)
    timer.start()
    act()
    timer.stop()
    if not seen:
        raise ControlMissingError(f"no {kind.__name__} opened")
    if seen[0] is not None:
        raise seen[0]


def _named(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return str(paths[0])
    return " ".join(f'"{path}"' for path in paths)


def _press(dialog: QDialog, button: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    if not isinstance(box, QDialogButtonBox):
        raise ControlMissingError("the dialog has no buttons")
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
