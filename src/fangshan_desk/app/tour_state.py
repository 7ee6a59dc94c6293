"""What the tour carries from step to step: the desk it drives, the hand, and what it has found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from fangshan_desk.app.desktop import Desktop, Window
from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.support.text import Texts
from fangshan_desk.ui.driving import Hand
from fangshan_desk.ui.driving_moves import put_away
from fangshan_desk.usecases.ports import UnitOfWork

T = TypeVar("T")
Figures = Mapping[str, object]


class TourFault(Exception):  # noqa: N818  # a finding about the program, told in the summary
    """What a person would have seen is not what the file holds, or the other way round."""


class Tour:
    """One tour; steps find in ``facts`` what earlier ones left."""

    def __init__(self, out: Path, scratch: Path, texts: Texts, desktop: Desktop) -> None:
        self.out, self.scratch, self.texts = out, scratch, texts
        self.facts: dict[str, str] = {}
        self.hand = Hand(self._window, self._is_idle)
        self._desktops = [desktop]

    @property
    def desktop(self) -> Desktop:
        """The desktop that is driven now."""
        return self._desktops[-1]

    def go_to(self, desktop: Desktop) -> None:
        """Leave the desktop for another one, such as a colleague's."""
        self.hand.window.hide()
        self._desktops.append(desktop)
        desktop.first_window()
        self.hand.show()

    def come_back(self) -> None:
        """Close this desktop and go on with the one before."""
        self._put_away(self._desktops.pop())
        self.hand.show()

    def close(self) -> None:
        """Close every window, lane and file."""
        while self._desktops:
            self._put_away(self._desktops.pop())

    def _put_away(self, desktop: Desktop) -> None:
        window = desktop.window
        if window is not None:
            put_away(window)
        desktop.close()

    def _window(self) -> Window:
        window = self.desktop.window
        if window is None:
            raise TourFault("no window is open")
        return window

    def _is_idle(self) -> bool:
        return self.desktop.lanes is None or self.desktop.lanes.is_idle()

    @property
    def desk(self) -> OpenDesk:
        """The open desk; a step looks at it and changes nothing."""
        desk = self.desktop.desk
        if desk is None:
            raise TourFault("no desk is open")
        return desk

    def look(self, read: Callable[[UnitOfWork], T]) -> T:
        """Look into the file after a move has been saved."""
        return self.desk.transact(lambda uow, _: read(uow)).result

    def press(self, key: str, *, number: int = 0) -> None:
        """Press the button whose caption has this key in the texts."""
        self.hand.press(self.texts(key), number=number)

    def verify(self, *, holds: bool, what: str) -> None:
        """Stop the tour with a sentence when something is not as it must be."""
        if not holds:
            raise TourFault(what)

    def same(self, what: str, found: object, wanted: object) -> None:
        """Stop the tour when two values differ."""
        if found != wanted:
            raise TourFault(f"{what}: found {found!r}, wanted {wanted!r}")


@dataclass(frozen=True)
class Step:
    """One thing a person does; ``act`` verifies it and returns the figures of the sentence about it."""

    name: str
    act: Callable[[Tour], Figures]
    has_picture: bool = True
    # A refusal that is the point of the step leaves its sentence on the screen.
    may_warn: bool = False
