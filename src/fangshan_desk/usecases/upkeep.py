"""Looking after the workspace, as the settings page sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class UpkeepFinding:
    """Outcome of one test in words."""

    name: str
    is_sound: bool
    sentence: str


@dataclass(frozen=True)
class WorkspaceFacts:
    """What the settings page says about this laptop and its file."""

    folder: str
    device: str
    is_sample: bool
    key_store: str
    cloud_service: str
    free_megabytes: int
    last_backup: str
    version: str


class Upkeep(Protocol):
    """Jobs of the settings page; each may take seconds and runs in a lane."""

    def facts(self) -> WorkspaceFacts:
        """Where the data is and how it is kept."""
        ...

    def check(self) -> Sequence[UpkeepFinding]:
        """File, chain and attachments."""
        ...

    def audit(self) -> Sequence[UpkeepFinding]:
        """Every signed change."""
        ...

    def back_up(
        self, target: Path | None, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Path:
        """Write a verified backup; None puts it into the workspace's own folder and thins the old ones."""
        ...

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the key anew."""
        ...
