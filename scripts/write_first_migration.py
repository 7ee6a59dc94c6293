"""Writes the text of migration 1 from today's schema; only before the first release."""

from pathlib import Path

from fangshan_desk.data.schema import create_statements

_TARGET = Path(__file__).parent.parent / "src/fangshan_desk/data/migrations/m0001_first_tables.py"
_HEAD = '''"""The first tables. Text frozen at release: it must not follow today's declarations."""

from typing import Any

STATEMENTS = (
'''
_TAIL = ''')


def apply(db: Any) -> None:
    """Create every table and index."""
    for statement in STATEMENTS:
        db.execute(statement)
'''


def main() -> None:
    """Write the file."""
    blocks = [f'    """\n{_tidy(statement)}\n""",\n' for statement in create_statements()]
    _TARGET.write_text(_HEAD + "".join(blocks) + _TAIL)


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "    ") for line in statement.splitlines())


if __name__ == "__main__":
    main()
