"""Parses the command line and runs one command; 0 done, 1 refused with a reason, 2 wrong usage."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from fangshan_desk.cli.output import Output
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.paths import choose_workspace
from fangshan_desk.support.text import chinese_texts

DONE, REFUSED = 0, 1
Handler = Callable[[argparse.Namespace, Output], int | None]


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; refusals are one sentence on stderr."""
    options = build_parser().parse_args(list(arguments))
    options.place = choose_workspace(options.workspace, os.environ)
    output = Output(sys.stdout, sys.stderr, as_json=getattr(options, "json", False))
    handler: Handler = options.handler
    try:
        return handler(options, output) or DONE
    except (ExpectedError, EnvironmentFailure) as refusal:
        output.refuse(chinese_texts()(refusal.key, **refusal.values))
        return REFUSED


def build_parser() -> argparse.ArgumentParser:
    """Every command with its arguments; each group adds its own."""
    from fangshan_desk.cli import desktop, files, grading, papers, records, starting

    parser = argparse.ArgumentParser(prog="fangshan-desk", description="Fangshan labour-relations desk")
    parser.add_argument("--workspace", type=Path, help="folder of the workspace")
    parser.add_argument("--passphrase-file", type=Path, help="file that holds the passphrase")
    parser.set_defaults(handler=desktop.open_desktop)
    commands = parser.add_subparsers(metavar="COMMAND")
    for group in (starting, records, grading, papers, files, desktop):
        group.add_commands(commands)
    return parser
