"""Parses the command line and runs one command; 0 done, 1 refused with a reason, 2 wrong usage."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from fangshan_desk.cli.output import Output
from fangshan_desk.cli.refusals import FileMissingError, NotTextError, WrongUsageError
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.failures import EnvironmentFailure, disk_failure
from fangshan_desk.support.paths import choose_workspace
from fangshan_desk.support.text import chinese_texts

DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
Handler = Callable[[argparse.Namespace, Output], int | None]


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; refusals are one sentence on stderr."""
    out, err = _stream(sys.stdout), _stream(sys.stderr)
    options = build_parser().parse_args(list(arguments))
    options.place = choose_workspace(options.workspace, os.environ)
    output = Output(out, err, as_json=getattr(options, "json", False))
    try:
        status = _handled(options, output)
        out.flush()
    except BrokenPipeError:
        # Whoever read the lines has had enough (`… | head`); Python would complain once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _handled(options: argparse.Namespace, output: Output) -> int:
    handler: Handler = options.handler
    try:
        return handler(options, output) or DONE
    except (ExpectedError, EnvironmentFailure) as refusal:
        return _refuse(refusal, output)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _refuse(_refusal_of(error), output)
    except UnicodeError:
        return _refuse(NotTextError(), output)


def _refuse(refusal: ExpectedError | EnvironmentFailure, output: Output) -> int:
    output.refuse(chinese_texts()(refusal.key, **refusal.values))
    return WRONG_USAGE if isinstance(refusal, WrongUsageError) else REFUSED


def _refusal_of(error: OSError) -> ExpectedError | EnvironmentFailure:
    path = Path(str(error.filename or "?"))
    if isinstance(error, FileNotFoundError):
        return FileMissingError(file=path)
    return disk_failure(error, path)


def _stream(stream: TextIO | None) -> TextIO:
    # A windowed program on Windows has none; a pipe there would get the system's own encoding.
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def build_parser() -> argparse.ArgumentParser:
    """Every command with its arguments; each group adds its own."""
    from fangshan_desk.cli import desktop, files, grading, papers, putting, records, starting

    parser = argparse.ArgumentParser(prog="fangshan-desk", description="Fangshan labour-relations desk")
    parser.add_argument("--workspace", type=Path, help="folder of the workspace")
    parser.add_argument("--passphrase-file", type=Path, help="file that holds the passphrase")
    parser.set_defaults(handler=desktop.open_desktop)
    commands = parser.add_subparsers(metavar="COMMAND")
    for group in (starting, records, putting, grading, papers, files, desktop):
        group.add_commands(commands)
    return parser
