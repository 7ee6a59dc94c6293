"""The log holds events and named fields, never what a record says."""

import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from fangshan_desk.support.crash_report import build_crash_report, save_crash_report
from fangshan_desk.support.logs import EventLog, LogFile
from tests.helpers.clocks import FixedClock

MARKERS = [
    "110101199003071234",
    "11010119900307123X",
    "13800138000",
    "6222021234567890123",
    "赵小花",
    "zhao xiaohua",
]


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[LogFile]:
    log = LogFile(tmp_path / "logs")
    yield log
    log.close()


def _lines(log: LogFile) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.last_lines()]


def test_an_event_is_one_json_line_with_its_named_fields(log_file: LogFile) -> None:
    EventLog("data.backups").info("backup-written", bytes=4096, milliseconds=31)
    (line,) = _lines(log_file)
    assert line["part"] == "data.backups"
    assert (line["event"], line["bytes"], line["milliseconds"]) == ("backup-written", 4096, 31)


def test_fields_without_permission_are_dropped_and_counted(log_file: LogFile) -> None:
    EventLog("data").info("row-saved", entity="enterprise", name="赵小花", phone="13800138000")
    (line,) = _lines(log_file)
    assert line["dropped_fields"] == 2
    assert "name" not in line
    assert line["entity"] == "enterprise"


@pytest.mark.expected_log("fails")
@pytest.mark.parametrize("marker", MARKERS)
def test_no_marker_reaches_the_file_by_any_way(log_file: LogFile, marker: str) -> None:
    log = EventLog("ui")
    log.info("fails", reason=marker, record=f"{marker} {marker}")
    try:
        raise ValueError(marker)
    except ValueError as error:
        log.error("fails", error=error, code=marker)
    logging.getLogger("sqlalchemy.engine").warning("fails: INSERT %s", marker)
    logging.getLogger("fangshan_desk.data").warning("fails %(phone)s", {"phone": marker})
    content = log_file.path.read_bytes()
    assert len(content.splitlines()) == 4
    for coding in ("utf-8", "utf-16-le", "gb18030"):
        assert marker.encode(coding) not in content
    assert marker not in json.dumps(_lines(log_file), ensure_ascii=False)


@pytest.mark.expected_log("went-wrong")
def test_an_error_is_kept_by_type_and_place(log_file: LogFile) -> None:
    try:
        raise KeyError("missing")
    except KeyError as error:
        EventLog("sync").warning("went-wrong", error=error)
    (line,) = _lines(log_file)
    assert line["error"] == "KeyError"
    assert "test_support_logs.py" in str(line["frames"])


def test_chatter_of_libraries_stays_out(log_file: LogFile) -> None:
    logger = logging.getLogger("httpx")
    logger.setLevel(logging.INFO)
    logger.info("HTTP Request: GET https://example.invalid/?q=13800138000")
    logger.setLevel(logging.NOTSET)
    assert _lines(log_file) == []


def test_the_file_turns_over_and_every_file_is_closed_to_others(tmp_path: Path) -> None:
    log = LogFile(tmp_path, most_bytes=5_000)
    for count in range(300):
        EventLog("data").info("row-saved", count=count, entity="enterprise")
    log.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["desk.log", *(f"desk.log.{number}" for number in range(1, 5))]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert max(file.stat().st_size for file in files) <= 5_000


def test_a_closed_log_is_left_alone(tmp_path: Path) -> None:
    log = LogFile(tmp_path)
    log.close()
    EventLog("data").info("row-saved")
    assert log.last_lines() == []
    assert not any(getattr(handler, "baseFilename", "") == str(log.path) for handler in logging.root.handlers)


def test_a_crash_report_is_saved_exactly_as_it_was_shown(tmp_path: Path) -> None:
    report = build_crash_report(ValueError(), version="1.0", clock=FixedClock())
    path = save_crash_report(report, tmp_path / "logs")
    assert path.name == "crash-20260302T010000Z.txt"
    assert path.read_text(encoding="utf-8") == report.text
