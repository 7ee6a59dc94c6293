"""`init`: a new workspace, or the invented county."""

import argparse
from typing import Any

from fangshan_desk.app.keys import passphrase_of
from fangshan_desk.app.starting import start_workspace
from fangshan_desk.cli.output import Output
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.usecases.starting import FirstStart


class PassphraseMissingError(ExpectedError):
    """A workspace with real people needs a passphrase."""

    key = "command-passphrase-missing"


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    init = commands.add_parser("init", help="a new workspace")
    init.add_argument("--name", default="")
    init.add_argument("--body", choices=[body.value for body in Body], default=Body.HRSS.value)
    init.add_argument("--role", choices=[role.value for role in Role])
    init.add_argument("--device-number", type=_count, default=1)
    init.add_argument("--sample", action="store_true", help="fill it with an invented county")
    init.add_argument("--enterprises", type=_count, default=300, help="size of the invented county")
    init.add_argument("--seed", type=int, default=2023)
    init.set_defaults(handler=_init)


def _count(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _init(options: argparse.Namespace, output: Output) -> None:
    if options.sample:
        from fangshan_desk.app.sampling import start_sample

        counts = start_sample(
            options.place, enterprises=options.enterprises, seed=options.seed, say=output.say
        )
        output.say(chinese_texts()("command-sample-ready", folder=options.place.folder, **counts))
        return
    passphrase = passphrase_of(options)
    if passphrase is None:
        raise PassphraseMissingError
    body = Body(options.body)
    role = Role(options.role) if options.role else _PLAIN_ROLES[body]
    answers = FirstStart(name=options.name, body=body, role=role, device_number=options.device_number)
    start_workspace(options.place, answers, passphrase)
    output.say(chinese_texts()("command-workspace-ready", folder=options.place.folder))


_PLAIN_ROLES = {Body.HRSS: Role.HRSS, Body.FTU: Role.FTU, Body.FIC: Role.FIC, Body.TOWN: Role.TOWN}
