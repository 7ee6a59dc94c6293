"""The desktop itself, and `tour`, which drives its real windows and leaves pictures."""

import argparse
from pathlib import Path
from typing import Any

from fangshan_desk.cli.output import Output


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    tour = commands.add_parser("tour", help="drive the real windows through a day; leaves screenshots")
    tour.add_argument("--out", type=Path, required=True)
    tour.set_defaults(handler=_tour)


def open_desktop(options: argparse.Namespace, output: Output) -> int:
    """Open the window; without a workspace the first start."""
    from fangshan_desk.app.desktop import run_desktop
    from fangshan_desk.app.keys import passphrase_of

    return run_desktop(options.place, passphrase_of(options))


def _tour(options: argparse.Namespace, output: Output) -> int:
    from fangshan_desk.app.touring import run_tour

    return run_tour(options.out, say=output.say)
