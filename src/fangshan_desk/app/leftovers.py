"""Clears away what a program that was killed left half written; nothing finished is touched."""

import shutil

from fangshan_desk.support.atomic_files import remove_leftover_parts
from fangshan_desk.support.paths import Workspace


def remove_leftovers(workspace: Workspace) -> None:
    """Call with the workspace locked and before the database is opened."""
    for folder in (workspace.folder, workspace.backups):
        remove_leftover_parts(folder)
    for unfinished in workspace.backups.glob(".backup-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    # A program that ended well took its log along; only then are ten thousand photos not looked through.
    log = workspace.database.with_name(workspace.database.name + "-wal")
    if log.exists():
        for shelf in workspace.attachments.glob("??"):
            remove_leftover_parts(shelf)
