"""F2, F23: SIGKILL exactly at each write, flush, rename and removal of one piece of work."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers import fault_strace
from tests.helpers.fault_checks import losses_after_kill, snapshot
from tests.helpers.fault_county import CountyCopies, start_small_county
from tests.helpers.fault_ledger import Ledger
from tests.helpers.fault_work import passphrase

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        os.environ.get("FANGSHAN_DESK_FAULTS") != "long", reason="minutes of work: `make faults` runs it"
    ),
    pytest.mark.skipif(not fault_strace.is_installed(), reason="strace is not installed"),
]
Judge = Callable[[Path, Ledger], list[str]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> CountyCopies:
    return CountyCopies(tmp_path_factory.mktemp("county"))


def _points(folder: Path, piece: str, log: Path) -> Iterator[tuple[str, int]]:
    counts = fault_strace.count_calls(folder, piece, log)
    sys.stdout.write(f"{piece}: {dict(counts)}\n")
    for call, count in sorted(counts.items()):
        yield from ((call, number) for number in range(1, count + 1))


@pytest.mark.parametrize("piece", ["save_one_answer", "issue_one_letter", "back_up_once"])
def test_a_piece_of_work_killed_at_any_call_is_there_as_promised(
    piece: str, county: CountyCopies, tmp_path: Path
) -> None:
    before = snapshot(county.copy(f"{piece}-first"))
    for call, number in _points(county.copy(f"{piece}-counted"), piece, tmp_path / "log"):
        folder = county.copy("killed")
        ledger = Ledger(dict(before.rows))
        ledger.take(fault_strace.run_killed(folder, piece, call=call, number=number))
        assert losses_after_kill(folder, ledger) == [], f"{call} number {number}"
        shutil.rmtree(folder)


def test_a_change_of_passphrase_killed_at_any_call_leaves_one_that_opens(tmp_path: Path) -> None:
    first = start_small_county(tmp_path / "first", passphrase(0))
    before = snapshot(first, passphrase(0))
    counted = Path(shutil.copytree(first, tmp_path / "counted"))
    for call, number in _points(counted, "change_the_passphrase", tmp_path / "log"):
        folder = Path(shutil.copytree(first, tmp_path / "killed"))
        ledger = Ledger(dict(before.rows))
        ledger.take(fault_strace.run_killed(folder, "change_the_passphrase", call=call, number=number))
        is_changed = ("changed", 1) in ledger.facts
        outcomes = [losses_after_kill(folder, ledger, passphrase(1))]
        if not is_changed:
            outcomes.append(losses_after_kill(folder, ledger, passphrase(0)))
        assert [] in outcomes, f"{call} number {number}: {outcomes}"
        shutil.rmtree(folder)


def test_a_first_start_killed_at_any_call_is_made_again_or_stands(tmp_path: Path) -> None:
    for call, number in _points(tmp_path / "counted", "first_start", tmp_path / "log"):
        folder = tmp_path / "killed"
        fault_strace.run_killed(folder, "first_start", call=call, number=number)
        if not (folder / "desk.db").exists():
            start_small_county(folder)
        assert losses_after_kill(folder, snapshot(folder)) == [], f"{call} number {number}"
        shutil.rmtree(folder)
