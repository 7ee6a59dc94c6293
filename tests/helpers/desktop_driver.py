"""Runs the desktop in a process of its own up to a point, then waits to be killed.

Usage: python desktop_driver.py WORKSPACE PASSPHRASE; prints the code of the item it stands on.
"""

import sys
import time
from pathlib import Path
from typing import Any

from fangshan_desk.app.desktop import Desktop
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.application import build_application
from fangshan_desk.ui.components.check_row import CheckRowWidget
from fangshan_desk.ui.components.visit_sections import SectionButton
from fangshan_desk.ui.context import Target
from fangshan_desk.ui.driving import Hand
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.usecases.ports import Services, UnitOfWork

ENTERPRISE = "方山县晨曦石料有限公司"
COLLEAGUE = "燕长青"


class DrivenDesktop:
    """A desktop with a hand on its windows."""

    def __init__(self, folder: Path) -> None:
        self.texts = chinese_texts()
        self.desktop = Desktop(Workspace(folder), None)
        self.desktop.first_window()
        self.hand = Hand(lambda: self.window, self._is_idle)
        self.hand.show()

    @property
    def window(self) -> Any:
        """Gate or main window, whichever is open."""
        return self.desktop.window

    def _is_idle(self) -> bool:
        return self.desktop.lanes is None or self.desktop.lanes.is_idle()

    def start(self, name: str, passphrase: str) -> None:
        """Answer the questions of the first start."""
        self.hand.fill(self.texts("gate-name"), name)
        for key in ("gate-passphrase", "gate-passphrase-again"):
            self.hand.fill(self.texts(key), passphrase)
        self.hand.press(self.texts("gate-start"))
        self.hand.rest()

    def unlock(self, passphrase: str) -> None:
        """Give a passphrase at the gate."""
        self.hand.fill(self.texts("gate-passphrase"), passphrase)
        self.hand.press(self.texts("gate-open"))
        self.hand.rest()

    def begin_visit(self) -> None:
        """A colleague and an enterprise come into the register; the visit is begun by hand."""
        assert self.desktop.desk is not None
        made = self.desktop.desk.transact(_someone_to_visit).result
        assert isinstance(self.window, MainWindow)
        self.window.open(Target("enterprise", made))
        self.hand.rest()
        self.hand.keys("Ctrl+N")
        self.hand.rest()
        self.hand.press(self.texts("visit-person-add"))
        self.hand.pick(COLLEAGUE)
        self.hand.press(self.texts("visit-start"))
        self.hand.press(self.texts("visit-next"))

    def answer_two(self) -> str:
        """Answer two items of the contract section; returns the code of the one the keyboard is on then."""
        title = self._section_title("CONT")
        self.hand.click(self.hand.find(SectionButton, title))
        codes = [row.code for row in self.hand.all(CheckRowWidget)]
        self.hand.click(self.hand.find(CheckRowWidget, f"{codes[1]} "))
        for key in ("1", "Down", "1", "Down"):
            self.hand.keys(key)
        self.hand.rest()
        return codes[3]

    def close(self) -> None:
        """End it as a person would."""
        window = self.window
        window.hide()
        window.deleteLater()
        self.desktop.close()

    def _section_title(self, code: str) -> str:
        assert self.desktop.desk is not None
        sections = self.desktop.desk.services.reference.checklist.sections
        return next(section.title for section in sections if section.code == code)


def _someone_to_visit(uow: UnitOfWork, services: Services) -> str:
    enterprise = Enterprise(
        id=services.new_id(), name=ENTERPRISE, township="141128100", categories=("industry",)
    )
    colleague = Officer(id=services.new_id(), name=COLLEAGUE, body=Body.FTU, role=Role.FTU)
    uow.insert(enterprise, colleague)
    return enterprise.id


def main() -> None:
    """First start, a visit, two answers; then wait for the end."""
    build_application()
    driven = DrivenDesktop(Path(sys.argv[1]))
    driven.start("岳泽川", sys.argv[2])
    driven.begin_visit()
    sys.stdout.write(driven.answer_two() + "\n")
    sys.stdout.flush()
    time.sleep(120)


if __name__ == "__main__":
    main()
