"""One start: `python -m benchmarks.starting_child empty|desk FOLDER`; says when the screen is usable."""

import json
import os
import sys


def main() -> int:
    """Start the one or the other."""
    kind, folder = sys.argv[1:]
    return _start_empty() if kind == "empty" else _start_desk(folder)


def _start_empty() -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    # A turn of the event loop later the window has been painted.
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, _say_and_end))
    return int(app.exec())


def _start_desk(folder: str) -> int:
    from PySide6.QtWidgets import QApplication

    from fangshan_desk.__main__ import main as start

    run = QApplication.exec

    def listen_and_run(*_: QApplication) -> int:
        # Only now, so that the program imports everything itself and in its own order.
        _say_when_shown()
        return int(run())

    QApplication.exec = listen_and_run  # type: ignore[method-assign]  # the event loop is about to start
    sys.argv = ["fangshan-desk", "--workspace", folder]
    return start()


def _say_when_shown() -> None:
    from PySide6.QtCore import QTimer

    from fangshan_desk.ui.components.today_cards import MonthCard
    from fangshan_desk.usecases.views.today import TodayView

    show = MonthCard.show_view

    def show_and_say(card: MonthCard, view: TodayView) -> None:
        show(card, view)
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, _say_and_end))

    # The last card of the day: once it is filled, the screen can be used.
    MonthCard.show_view = show_and_say  # type: ignore[method-assign, assignment]  # the moment to measure


def _say_and_end() -> None:
    from PySide6.QtWidgets import QApplication

    from benchmarks.measuring import resident_megabytes

    times = os.times()
    said = {"megabytes": resident_megabytes(), "cpu": times.user + times.system}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    QApplication.closeAllWindows()
    QApplication.quit()


if __name__ == "__main__":
    sys.exit(main())
