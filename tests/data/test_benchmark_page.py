"""The page of measurements has a place for every benchmark, and a table is put there and nowhere else."""

from pathlib import Path

import pytest

from benchmarks.__main__ import CASES
from benchmarks.measuring import Line, Samples
from benchmarks.reporting import PAGE, table, write

LINES = [
    Line(work="floor", median=0.5),
    Line(work="ours", median=1.25, p99=20.0, floor=0.5, aim="≤ 2 ×", is_met=False),
]


@pytest.mark.parametrize("name", CASES)
def test_the_page_has_a_place_for_every_benchmark(name: str, tmp_path: Path) -> None:
    copy = tmp_path / "page.md"
    copy.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    write(name, LINES, copy)
    assert table(LINES) in copy.read_text(encoding="utf-8")


def test_writing_twice_leaves_one_table(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- a -->\nold\n<!-- end of a -->\nafter\n", encoding="utf-8")
    write("a", LINES, page)
    once = page.read_text(encoding="utf-8")
    write("a", LINES, page)
    assert page.read_text(encoding="utf-8") == once
    assert once.startswith("before\n")
    assert once.endswith("after\n")
    assert "old" not in once


def test_a_page_without_a_place_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        write("a", LINES, page)


def test_a_line_shows_its_ratio_and_whether_the_aim_is_met() -> None:
    last = [cell.strip() for cell in table(LINES).splitlines()[-1].split("|")]
    assert last[1:-1] == ["ours", "1.25 ms", "20.0 ms", "0.50 ms", "2.50 ×", "≤ 2 ×", "no"]


def test_percentiles_are_values_that_were_measured() -> None:
    samples = Samples(tuple(float(number) for number in range(100)))
    assert (samples.median, samples.p99) == (50.0, 99.0)
