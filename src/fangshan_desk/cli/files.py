"""`audit verify`, `check`, `backup`, `restore`: looking after the workspace file."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fangshan_desk.app.keys import passphrase_of
from fangshan_desk.app.opening import opened
from fangshan_desk.cli.output import Output
from fangshan_desk.cli.refusals import FileMissingError
from fangshan_desk.support.text import chinese_texts


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    audit = commands.add_parser("audit", help="audit verify: check every signed change")
    audit.add_argument("what", choices=["verify"])
    audit.add_argument("--json", action="store_true")
    audit.set_defaults(handler=_audit)
    check = commands.add_parser("check", help="check file, chain and attachments")
    check.add_argument("--json", action="store_true")
    check.set_defaults(handler=_check)
    backup = commands.add_parser("backup", help="write a verified backup")
    backup.add_argument("file", type=Path)
    backup.set_defaults(handler=_backup)
    restore = commands.add_parser("restore", help="restore a backup into a new workspace folder")
    restore.add_argument("file", type=Path)
    restore.set_defaults(handler=_restore)


def _audit(options: argparse.Namespace, output: Output) -> int:
    from fangshan_desk.app.upkeep import audit

    with opened(options) as desk:
        findings = audit(desk)
    return _report(findings, output)


def _check(options: argparse.Namespace, output: Output) -> int:
    from fangshan_desk.app.upkeep import check

    with opened(options) as desk:
        findings = check(desk)
    return _report(findings, output)


def _report(findings: Any, output: Output) -> int:
    for finding in findings:
        output.row(asdict(finding)) if output.as_json else output.line(finding.sentence)
    return 0 if all(finding.is_sound for finding in findings) else 1


def _backup(options: argparse.Namespace, output: Output) -> None:
    from fangshan_desk.app.upkeep import back_up_workspace

    with opened(options) as desk:
        back_up_workspace(desk, options.file)
    output.say(chinese_texts()("command-backup-written", file=options.file))


def _restore(options: argparse.Namespace, output: Output) -> None:
    from fangshan_desk.app.upkeep import restore_workspace

    if not options.file.is_file():
        raise FileMissingError(file=options.file)
    restore_workspace(options.file, options.place, passphrase_of(options))
    output.say(chinese_texts()("command-restored", folder=options.place.folder))
