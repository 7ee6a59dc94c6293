"""`letter`: print a letter to PDF, or check the code of one without network."""

import argparse
from pathlib import Path
from typing import Any

from fangshan_desk.app.opening import opened
from fangshan_desk.cli.output import Output
from fangshan_desk.cli.refusals import WrongUsageError
from fangshan_desk.support.text import chinese_texts


class OutFileMissingError(WrongUsageError):
    """Printing needs ``--out FILE.pdf``."""

    key = "command-letter-needs-out"


class SubjectMissingError(WrongUsageError):
    """Checking needs a file or the text of a code."""

    key = "command-letter-needs-subject"


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    letter = commands.add_parser("letter", help="letter ID --out FILE.pdf, or letter verify FILE|TEXT")
    letter.add_argument("letter", metavar="ID|verify")
    letter.add_argument("subject", nargs="?", metavar="FILE|TEXT")
    letter.add_argument("--out", type=Path)
    letter.add_argument("--json", action="store_true")
    letter.set_defaults(handler=_letter)


def _letter(options: argparse.Namespace, output: Output) -> int | None:
    if options.letter == "verify":
        return _verify(options, output)
    if options.out is None:
        raise OutFileMissingError
    from fangshan_desk.usecases.printing import letter_pdf

    with opened(options) as desk:
        printed = desk.transact(
            lambda uow, services: letter_pdf(letter_id=options.letter, uow=uow, services=services)
        ).result
    options.out.write_bytes(printed)
    output.say(chinese_texts()("command-letter-written", file=options.out))
    return None


def _verify(options: argparse.Namespace, output: Output) -> int:
    if not options.subject:
        raise SubjectMissingError
    from fangshan_desk.app.checking_codes import check_codes

    with opened(options) as desk:
        findings = check_codes(desk, options.subject)
    for finding in findings:
        output.row(finding.plain()) if output.as_json else output.line(finding.sentence)
    return 0 if findings and all(finding.is_genuine for finding in findings) else 1
