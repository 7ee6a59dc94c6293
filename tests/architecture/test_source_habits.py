"""Sizes, languages and comments that every source file keeps to."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.helpers.source_tree import docstring_places, name_of, parsed, source_files

EVERYWHERE = source_files("src", "tests", "scripts", "benchmarks")
PROGRAM = source_files("src")
LONGEST_FILE = 500
# Tables stand together; a released migration is not split afterwards.
MAY_BE_LONGER = re.compile(r"src/fangshan_desk/data/(schema|migrations/m\d+_\w+)\.py")
MOST_STATEMENTS = 40
# Characters, not punctuation: the composer has to name the marks it treats.
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
# Python 3.12 cuts f-strings into pieces.
LITERALS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
EXPLAINED_IGNORE = re.compile(r"# type: ignore\[[a-z, -]+\]\s+# \S")


@pytest.mark.parametrize("path", EVERYWHERE, ids=name_of)
def test_a_file_stays_readable(path: Path) -> None:
    if not MAY_BE_LONGER.fullmatch(name_of(path)):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", EVERYWHERE, ids=name_of)
def test_a_function_stays_small(path: Path) -> None:
    if MAY_BE_LONGER.fullmatch(name_of(path)):
        return
    assert [name for name, count in functions(parsed(path)) if count > MOST_STATEMENTS] == []


def test_a_large_function_is_noticed() -> None:
    tree = ast.parse("def large():\n" + "    pass\n" * (MOST_STATEMENTS + 1))
    assert [count > MOST_STATEMENTS for _, count in functions(tree)] == [True]


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_sentences_stand_in_resources(path: Path) -> None:
    """Comments and docstrings may quote the law; everything a person could read comes from resources."""
    assert chinese_strings(path.read_text(encoding="utf-8")) == []


def test_a_chinese_sentence_in_code_is_noticed() -> None:
    assert chinese_strings('"""劳动法"""\n# 劳动法\nwarn(f"{n} 项逾期")') == [3]


@pytest.mark.parametrize("path", EVERYWHERE, ids=name_of)
def test_an_ignored_type_error_names_code_and_reason(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if re.search(r"\S\s+# type: ignore\b", line)]
    assert [line for line in comments if not EXPLAINED_IGNORE.search(line)] == []


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(parsed(path)), "a module starts with one sentence"


def functions(tree: ast.Module) -> list[tuple[str, int]]:
    """Name and number of statements of every function, nested ones counted in both."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(node.name, sum(isinstance(part, ast.stmt) for part in ast.walk(node)) - 1) for node in found]


def chinese_strings(source: str) -> list[int]:
    """Lines of string literals with Chinese characters in them, docstrings left out."""
    described = docstring_places(ast.parse(source))
    return [
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type in LITERALS and token.start not in described and CHINESE.search(token.string)
    ]
