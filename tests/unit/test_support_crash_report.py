"""A crash report says where it happened and nothing about anyone."""

import pytest

from fangshan_desk.support.crash_report import build_crash_report
from fangshan_desk.support.failures import KeyFileDamagedFailure
from fangshan_desk.support.holidays import holiday_year
from tests.helpers.clocks import FixedClock

MARKERS = ["110101199003071234", "13800138000", "赵小花", "/home/zhaoxiaohua"]


def _report(error: BaseException, log_lines: list[str] | None = None) -> str:
    return build_crash_report(error, version="1.0", clock=FixedClock(), log_lines=log_lines or []).text


def _caught() -> BaseException:
    try:
        try:
            raise KeyFileDamagedFailure(path="/home/zhaoxiaohua/desk.key")
        except KeyFileDamagedFailure as failure:
            worker = {"name": "赵小花", "phone": "13800138000"}
            raise KeyError("110101199003071234", worker) from failure
    except KeyError as error:
        error.add_note("赵小花")
        return error


def test_types_places_and_causes_are_there_and_no_values() -> None:
    text = _report(_caught(), ['{"event": "save 13800138000 赵小花"}'])
    assert "builtins.KeyError" in text
    assert "caused by fangshan_desk.support.failures.KeyFileDamagedFailure (failure-key-file-damaged)" in text
    assert "test_support_crash_report.py" in text
    assert [marker for marker in MARKERS if marker in text] == []


def test_the_line_of_our_own_code_is_quoted() -> None:
    with pytest.raises(AttributeError) as caught:
        holiday_year(2026, overrides="zhaoxiaohua")  # type: ignore[arg-type]  # the mistake itself
    assert "fangshan_desk/support/holidays.py" in _report(caught.value)
    assert "if override.day.year != year:" in _report(caught.value)
    assert "zhaoxiaohua" not in _report(caught.value)


def test_errors_that_cause_each_other_end() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert _report(first).count("caused by") == 1


def test_a_group_names_its_members() -> None:
    text = _report(ExceptionGroup("赵小花", [ValueError("13800138000"), OSError()]))
    assert "builtins.ValueError" in text
    assert "builtins.OSError" in text
    assert [marker for marker in MARKERS if marker in text] == []


def test_the_time_of_a_log_line_stays_readable() -> None:
    line = '{"time": "2026-03-02T01:00:00.000+00:00", "level": "info", "event": "13800138000"}'
    assert '"2026-03-02T01:00:00.000+00:00"' in _report(ValueError(), [line])
    assert "13800138000" not in _report(ValueError(), [line])
