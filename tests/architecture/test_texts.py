"""Keys in the code and sentences in resources/text belong together."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

import fangshan_desk
from fangshan_desk.domain.errors import ExpectedError
from tests.helpers.source_tree import ROOT, docstrings, name_of, parsed, source_files

FILES = sorted((ROOT / "resources" / "text" / "zh_CN").glob("*.ftl"))
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9_]+)+")
# The names under which a Texts is handed around.
TEXT_NAMES = {"text", "_text", "texts", "_texts"}


class _References(Visitor):
    """What a sentence includes: other messages, and values by name."""

    def __init__(self) -> None:
        self.messages: set[str] = set()
        self.values: set[str] = set()

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:
        self.messages.add(node.id.name)

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:
        self.values.add(node.id.name)


def entries(path: Path) -> list[fluent.EntryType]:
    """The parsed entries of one file."""
    return FluentParser().parse(path.read_text(encoding="utf-8")).body


def messages() -> list[tuple[str, _References]]:
    """Key and contents of every sentence."""
    found = []
    for entry in (entry for path in FILES for entry in entries(path)):
        if isinstance(entry, fluent.Message):
            references = _References()
            references.visit(entry)
            found.append((entry.id.name, references))
    return found


SENTENCES = dict(messages())


def strings() -> Iterator[tuple[Path, ast.Constant]]:
    """Every string constant of the program that is no docstring."""
    for path in source_files("src"):
        described = {id(text) for text in docstrings(parsed(path))}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
                yield path, node


def asked_for() -> Iterator[tuple[Path, str, ast.Call]]:
    """Keys written out in a call such as ``text("visit-started")``."""
    for path, call in calls():
        if call.args and _called_name(call) in TEXT_NAMES:
            first = call.args[0]
            if isinstance(first, ast.Constant) and KEY.fullmatch(str(first.value)):
                yield path, str(first.value), call


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call in the program."""
    for path in source_files("src"):
        yield from ((path, node) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def lacking(key: str, call: ast.Call) -> set[str]:
    """Values the sentence needs and the call does not give; none when the call passes a mapping on."""
    given = {keyword.arg for keyword in call.keywords}
    return set() if None in given else SENTENCES[key].values - given


def _called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def expected_errors() -> list[type[ExpectedError]]:
    """Every refusal the program knows."""
    for found in pkgutil.walk_packages(fangshan_desk.__path__, "fangshan_desk."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    waiting, known = [ExpectedError], []
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        # A class that others build on needs no sentence of its own.
        if error.__module__.startswith("fangshan_desk.") and not error.__subclasses__():
            known.append(error)
    return known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_text_file_is_valid(path: Path) -> None:
    assert [entry.content for entry in entries(path) if isinstance(entry, fluent.Junk)] == []


def test_no_key_is_given_twice() -> None:
    keys = [key for key, _ in messages()]
    assert sorted(key for key in SENTENCES if keys.count(key) > 1) == []


def test_every_key_in_the_code_has_a_sentence() -> None:
    assert sorted({f"{name_of(path)}: {key}" for path, key, _ in asked_for() if key not in SENTENCES}) == []


def test_every_sentence_gets_its_values() -> None:
    known = [(path, key, call) for path, key, call in asked_for() if key in SENTENCES]
    assert [
        f"{name_of(path)}:{call.lineno} {key} lacks {sorted(lacking(key, call))}"
        for path, key, call in known
        if lacking(key, call)
    ] == []


def test_every_refusal_has_a_sentence() -> None:
    errors = expected_errors()
    assert errors
    strays = [f"{error.__module__}.{error.__name__}: {error.key}" for error in errors]
    assert sorted(stray for stray in strays if stray.split(": ")[1] not in SENTENCES) == []


def test_every_refusal_gets_its_values() -> None:
    keys = {
        error.__name__: error.key for error in expected_errors() if error.__init__ is ExpectedError.__init__
    }
    raised = [(path, keys[_called_name(call)], call) for path, call in calls() if _called_name(call) in keys]
    assert [
        f"{name_of(path)}:{call.lineno} {key} lacks {sorted(lacking(key, call))}"
        for path, key, call in raised
        if key in SENTENCES and lacking(key, call)
    ] == []


def test_no_sentence_is_left_without_use() -> None:
    """A key counts as used when it, or a beginning such as ``state-visit-`` of it, stands in the code."""
    written = {str(node.value) for _, node in strings()}
    beginnings = tuple(word for word in written if re.fullmatch(r"[a-z][a-z0-9_-]*-", word))
    included = {key for references in SENTENCES.values() for key in references.messages}
    unused = SENTENCES.keys() - written - included
    assert sorted(key for key in unused if not key.startswith(beginnings)) == []
