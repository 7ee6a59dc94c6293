"""The tour: one day through the real windows, and that it notices when something is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fangshan_desk.app.tour_state import Figures, Step, Tour
from fangshan_desk.app.touring import run_tour
from fangshan_desk.ui.main_window import MainWindow
from tests.helpers.command_line import CommandLine

FEWEST_PICTURES = 12
FIGURES = {"count": 0, "letters": 0, "closed": 0}


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_day_goes_through_the_real_windows(new_desk: Callable[[], CommandLine], tmp_path: Path) -> None:
    out = tmp_path / "tour"
    toured = new_desk()("tour", "--out", out, patience=380)
    assert toured.status == 0, toured.err
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["passed"]
    assert not [step["name"] for step in summary["steps"] if step["fault"]]
    assert "全部" in (out / "summary.md").read_text(encoding="utf-8")
    assert any("第二台电脑" in each for each in summary["not_covered"])
    _has_pictures(out, [step["picture"] for step in summary["steps"] if step["picture"]])
    text = "".join(page.extract_text() for page in PdfReader(out / "prescription.pdf").pages)
    assert "用工处方" in text
    assert summary["papers"] == ["prescription.pdf"]


def _has_pictures(out: Path, names: list[str]) -> None:
    assert len(names) >= FEWEST_PICTURES
    assert names == sorted(names)
    for name in names:
        with Image.open(out / name) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(maxcolors=1 << 20) or []) > 20, name


@pytest.mark.expected_log("tour step failed")
def test_a_step_that_fails_is_named_and_ends_the_tour(qapp: QApplication, tmp_path: Path) -> None:
    def fail(tour: Tour) -> Figures:
        tour.same("answers", 1, 2)
        return FIGURES

    summary = _failed(tmp_path, fail)
    assert "answers: found 1, wanted 2" in summary["steps"][0]["fault"]
    assert len(summary["steps"]) == 1
    assert (tmp_path / summary["steps"][0]["picture"]).exists()


def test_an_error_on_the_screen_fails_the_step(qapp: QApplication, tmp_path: Path) -> None:
    def say(tour: Tour) -> Figures:
        assert isinstance(tour.hand.window, MainWindow)
        tour.hand.window.context.operations.say("磁盘已满", kind="error")
        return FIGURES

    assert "磁盘已满" in _failed(tmp_path, say)["steps"][0]["fault"]


@pytest.mark.expected_log("tour step failed")
def test_a_failure_nobody_caught_fails_the_step(qapp: QApplication, tmp_path: Path) -> None:
    def break_later(tour: Tour) -> Figures:
        QTimer.singleShot(0, tour.hand.window, lambda: 1 // 0)
        return FIGURES

    assert "ZeroDivisionError" in _failed(tmp_path, break_later)["steps"][0]["fault"]


def _failed(out: Path, act: Callable[[Tour], Figures]) -> dict[str, list[dict[str, str]]]:
    said: list[str] = []
    steps = (Step("today", act), Step("search", lambda _tour: FIGURES))
    assert run_tour(out, say=said.append, steps=steps, enterprises=12) == 1
    assert "没有通过" in said[-1]
    summary: dict[str, list[dict[str, str]]] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert not summary["passed"]
    return summary
