"""The desktop itself, and `tour`, which drives its real windows and leaves pictures."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fangshan_desk.cli.output import Output
from fangshan_desk.cli.refusals import NoDisplayError


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    tour = commands.add_parser("tour", help="drive the real windows through a day; leaves screenshots")
    tour.add_argument("--out", type=Path, required=True)
    tour.set_defaults(handler=_tour)


def open_desktop(options: argparse.Namespace, output: Output) -> int:
    """Open the window; without a workspace the first start."""
    if not has_display(os.environ, sys.platform):
        raise NoDisplayError
    from fangshan_desk.app.desktop import run_desktop
    from fangshan_desk.app.keys import passphrase_of

    return run_desktop(options.place, passphrase_of(options))


def _tour(options: argparse.Namespace, output: Output) -> int:
    if not has_display(os.environ, sys.platform):
        # Before Qt is imported: it looks at the variable once.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The workspace of the tour lives for seconds: nothing of it goes into the person's key store.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    from fangshan_desk.app.touring import run_tour

    return run_tour(options.out, say=output.say)


def has_display(environment: Mapping[str, str], system: str) -> bool:
    """Whether windows can appear; without a display Qt would end the process without a word."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return system in ("win32", "darwin") or any(environment.get(name) for name in names)
