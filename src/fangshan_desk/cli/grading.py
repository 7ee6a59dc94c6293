"""`risk`: the grade of an enterprise, or of cases in a file, with every point explained."""

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fangshan_desk.app.opening import opened
from fangshan_desk.cli.output import Output
from fangshan_desk.cli.refusals import WrongUsageError
from fangshan_desk.domain.errors import ExpectedError


class NoCaseError(WrongUsageError):
    """Neither an enterprise nor a file was named."""

    key = "command-risk-needs-case"


class UnreadableCaseError(ExpectedError):
    """The file is neither JSON nor YAML, or holds no cases: ``file``."""

    key = "command-risk-unreadable"


def add_commands(commands: Any) -> None:
    """Add this group's commands."""
    risk = commands.add_parser("risk", help="grade an enterprise or cases from a file")
    risk.add_argument("enterprise", nargs="?")
    risk.add_argument("--as-of", type=date.fromisoformat)
    risk.add_argument("--input", type=Path)
    risk.add_argument("--json", action="store_true")
    risk.set_defaults(handler=_risk)


def _risk(options: argparse.Namespace, output: Output) -> None:
    from fangshan_desk.app.grading_cases import explain_enterprise, rate_cases

    if options.input is not None:
        # All before the first line goes out: half an answer would pass for a whole one.
        for case, result, sentences in list(rate_cases(_cases(options.input))):
            if output.as_json:
                output.row(result)
            else:
                output.line(f"{case}\t{result['level']}\t{result['score']}")
                _lines(sentences, output)
        return
    if not options.enterprise:
        raise NoCaseError
    with opened(options) as desk:
        result, sentences = explain_enterprise(desk, options.enterprise, as_of=options.as_of)
    if output.as_json:
        output.row({**result, "reasons": list(sentences)})
    else:
        output.line(f"{result['level']}\t{result['score']}")
        _lines(sentences, output)


def _lines(sentences: tuple[str, ...], output: Output) -> None:
    for sentence in sentences:
        output.line(f"  {sentence}")


def _cases(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    content = _parsed(path)
    if isinstance(content, Mapping):
        content = content.get("vectors", [content])
    if not isinstance(content, list):
        raise UnreadableCaseError(file=path)
    for number, case in enumerate(content, 1):
        if not isinstance(case, Mapping):
            raise UnreadableCaseError(file=path)
        yield str(case.get("id", number)), case.get("input", case)


def _parsed(path: Path) -> Any:
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise UnreadableCaseError(file=path) from error
