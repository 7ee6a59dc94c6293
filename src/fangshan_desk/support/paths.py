"""Where the workspace is and what its files are called."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from fangshan_desk.support.failures import disk_failure
from fangshan_desk.support.resources import resource_path

WORKSPACE_VARIABLE = "FANGSHAN_DESK_WORKSPACE"
PROGRAM = "fangshan-desk"
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


@dataclass(frozen=True)
class Workspace:
    """The folder of one person's data and the names inside it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def unfinished_database(self) -> Path:
        """The file of a first start until it is complete."""
        return self.folder / "desk.db.part"

    @property
    def starting(self) -> Path:
        """Stands beside the files of a first start that is not complete."""
        return self.folder / "starting.part"

    @property
    def key_file(self) -> Path:
        return self.folder / "desk.key"

    @property
    def head(self) -> Path:
        return self.folder / "head.bin"

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def exports(self) -> Path:
        return self.folder / "exports"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def temporary(self) -> Path:
        """For files that other programs must read; emptied at start and end, never the system's folder."""
        return self.folder / "temporary"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def create_folders(self) -> None:
        """Make the folders that are missing, closed to other accounts of the device."""
        folders = (self.folder, self.attachments, self.backups, self.exports, self.logs, self.temporary)
        try:
            for folder in folders:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise disk_failure(error, self.folder) from error

    def is_started(self) -> bool:
        """Whether someone began work here; then a missing database is a loss, not a first start."""
        if self.database.exists():
            return True
        # Without a database a start that was cut short holds nothing; it is simply made again.
        return not self.starting.exists() and (self.key_file.exists() or self.head.exists())


def choose_workspace(argument: Path | None, environment: Mapping[str, str]) -> Workspace:
    """The folder of the command line, else of the environment, else the account's own."""
    named = environment.get(WORKSPACE_VARIABLE, "").strip()
    folder = argument or (Path(named) if named else default_folder())
    return Workspace(folder.expanduser().absolute())


def default_folder() -> Path:
    """The account's local data folder, which Windows does not roam and OneDrive does not copy."""
    return Path(platformdirs.user_data_dir(PROGRAM, appauthor=False, roaming=False))


def cloud_service_of(folder: Path, environment: Mapping[str, str]) -> str | None:
    """The name of the service that copies this folder to its servers, or None."""
    resolved = folder.expanduser().resolve()
    roots = [Path(environment[name]).resolve() for name in _ONEDRIVE_VARIABLES if environment.get(name)]
    if any(resolved.is_relative_to(root) for root in roots):
        return "OneDrive"
    names = [part.casefold() for part in resolved.parts]
    for service, starts in _cloud_folder_starts().items():
        if any(name.startswith(tuple(starts)) for name in names):
            return service
    return None


def _cloud_folder_starts() -> dict[str, list[str]]:
    content = resource_path("reference/cloud_folders.json").read_text(encoding="utf-8")
    starts: dict[str, list[str]] = json.loads(content)
    return starts
