"""Prints the measured lines as a table and writes them into docs/performance.md."""

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Line

HEAD = ("work", "median", "p99", "floor", "ratio", "aim", "met")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


def table(lines: Sequence[Line]) -> str:
    """Columns padded for the eye; valid Markdown as well."""
    rows = [HEAD, *(_cells(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    padded = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {row} |" for row in (padded[0], rule, *padded[1:]))


def _cells(line: Line) -> tuple[str, ...]:
    met = {True: "yes", False: "no", None: ""}[line.is_met]
    ratio = f"{line.ratio:.2f} ×" if line.ratio is not None else ""
    return (
        line.work,
        _number(line.median, line.unit),
        _number(line.p99, line.unit),
        _number(line.floor, line.unit),
        ratio,
        line.aim,
        met,
    )


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{places}f} {unit}"


def write(name: str, lines: Sequence[Line], page: Path = PAGE) -> None:
    """Put the table between the page's marks for this benchmark."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = page.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"{page.name} has no place for {name}")
    page.write_text(pattern.sub(lambda _: f"{begin}\n\n{table(lines)}\n\n{end}", text), encoding="utf-8")
