"""Exports: no cell becomes a formula, no half file stays."""

import csv
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from fangshan_desk.data.spreadsheets import exporting, xlsx_writing
from fangshan_desk.data.spreadsheets.cells import Column, ColumnKind, guarded, unguarded
from fangshan_desk.data.spreadsheets.exporting import ExportResult, export_table
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.text import chinese_texts

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "'=", "\u3000+", "''@", "")
BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.example","x")',
    "SUM(A1:A9)*cmd|'x'!A1",
    '张三",=1+1,"',
    "http://evil.example/?a=b",
    "x;=1+1",
    "_x0041_",
    "{=1+1}",
    "2026-01-01\n=1+1",
    "001234567890123456",
    "\x01𠮷 'quoted'",
    "   ",
)
PAYLOADS = [start + body for start in STARTS for body in BODIES][:208]
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

COLUMNS = (
    Column("企业名称"),
    Column("户数", ColumnKind.INTEGER),
    Column("欠薪金额（元）", ColumnKind.MONEY),
    Column("检查日期", ColumnKind.DATE),
    Column("送达时间", ColumnKind.MOMENT),
    Column("比例", ColumnKind.DECIMAL),
)
ROW = (
    "甲公司",
    3,
    123456,
    date(2026, 3, 1),
    datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=8))),
    0.5,
)


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def csv_rows(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def sentence(error: ExpectedError) -> str:
    return chinese_texts()(error.key, **error.values)


def test_two_hundred_payloads_stay_text_in_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert len(PAYLOADS) >= 200
    assert export_table(path, [Column("=1+1")], [[text] for text in PAYLOADS]).rows == len(PAYLOADS)
    sheet = sheet_of(path)
    cells = [cell for (cell,) in sheet.iter_rows()]
    assert [cell.data_type for cell in cells] == ["s"] * (len(PAYLOADS) + 1)
    assert [unescape(cell.value or "") for cell in cells] == ["=1+1", *PAYLOADS]
    # Excel keeps such a cell as text even after someone edits it.
    assert all(cell.quotePrefix for cell in cells[1:] if unescape(cell.value).startswith(RISKY))
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or "rels/sheet" in name]
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_two_hundred_payloads_are_guarded_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export_table(path, [Column("=1+1")], [[text] for text in PAYLOADS])
    cells = [cell for (cell,) in csv_rows(path)]
    assert not [cell for cell in cells if cell.startswith(RISKY)]
    assert [unguarded(cell) for cell in cells] == ["=1+1", *PAYLOADS]


@pytest.mark.parametrize("text", PAYLOADS)
def test_the_guard_can_be_taken_away_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_dates_money_and_numbers_are_real_in_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    export_table(path, COLUMNS, [ROW, (None,) * 6])
    sheet = sheet_of(path)
    name, count, money, day, moment, share = (sheet.cell(2, index) for index in range(1, 7))
    assert (name.value, count.value, money.value, share.value) == ("甲公司", 3, 1234.56, 0.5)
    assert money.number_format == "#,##0.00"
    assert (day.is_date, day.value) == (True, datetime(2026, 3, 1))  # noqa: DTZ001 (a sheet knows no zone)
    assert (moment.is_date, moment.value) == (True, datetime(2026, 3, 1, 9, 30))  # noqa: DTZ001 (same)
    assert [sheet.cell(3, index).value for index in range(1, 7)] == [None] * 6


def test_the_heading_is_frozen_filtered_and_wide_enough(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    export_table(path, [*COLUMNS, Column("备注", width=40)], [(*ROW, "无")])
    sheet = sheet_of(path)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["C"].width >= 18
    assert sheet.column_dimensions["G"].width >= 40


def test_values_in_csv_are_plain(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    negative = ("乙", -1, -5, "2026-03-02", datetime(2026, 3, 1, 1, 2, tzinfo=UTC), Decimal("-0.25"))
    export_table(path, COLUMNS, [ROW, negative])
    assert csv_rows(path)[1:] == [
        ["甲公司", "3", "1234.56", "2026-03-01", "2026-03-01 09:30", "0.5"],
        ["乙", "-1", "-0.05", "2026-03-02", "2026-03-01 01:02", "-0.25"],
    ]


def test_a_value_of_the_wrong_type_is_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    odd = (5, "=cmd", "面议", "尚未", "=2026", float("nan"))
    export_table(path, COLUMNS, [odd])
    cells = sheet_of(path)[2]
    assert [cell.value for cell in cells] == ["5", "=cmd", "面议", "尚未", "=2026", "nan"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_numbers_beyond_excel_are_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    export_table(path, [Column("n", ColumnKind.INTEGER)], [[123_456_789_012_345_678], [10**20]])
    assert [cell.value for (cell,) in sheet_of(path).iter_rows(min_row=2)] == ["123456789012345678", 1e20]


def test_text_longer_than_a_cell_is_cut_visibly_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    result = export_table(path, [Column("t")], [["𠮷" * 20_000], ["x" * 32_767]])
    assert result == ExportResult(rows=2, shortened=1)
    first, second = (cell.value for (cell,) in sheet_of(path).iter_rows(min_row=2))
    assert first == "𠮷" * 16_383 + "…"
    assert second == "x" * 32_767


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_progress_is_told_and_cancelling_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"older")
    seen: list[int] = []
    with pytest.raises(exporting.ExportCancelledError) as caught:
        export_table(
            path,
            [Column("t")],
            ([n] for n in range(1000)),
            progress=seen.append,
            cancelled=lambda: len(seen) > 1,
        )
    assert seen == [200, 400]
    assert "停止" in sentence(caught.value)
    assert path.read_bytes() == b"older"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    export_table(path, [Column("t")], ([n] for n in range(250)), progress=seen.append)
    assert seen[2:] == [200, 250]
    assert path.read_bytes() != b"older"


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_rows_that_fail_leave_nothing(tmp_path: Path, name: str) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["one"]
        raise LookupError("database closed")

    with pytest.raises(LookupError):
        export_table(tmp_path / name, [Column("t")], rows())
    assert list(tmp_path.iterdir()) == []


def test_a_row_of_the_wrong_length_is_our_mistake_and_loud(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        export_table(tmp_path / "out.xlsx", [Column("a")], [["a", "b"]])


def test_other_endings_and_targets_in_use_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(exporting.ExportFormatUnknownError) as caught:
        export_table(tmp_path / "out.ods", [Column("t")], [])
    assert "out.ods" in sentence(caught.value)

    def in_use(source: Path, target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(exporting.ExportTargetBusyError) as busy:
        export_table(tmp_path / "out.xlsx", [Column("t")], [])
    assert "关闭" in sentence(busy.value)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_is_full_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writing, "MOST_ROWS", 10)
    export_table(tmp_path / "out.xlsx", [Column("t")], [["x"]] * 9)
    with pytest.raises(exporting.ExportTooLongError) as caught:
        export_table(tmp_path / "more.xlsx", [Column("t")], [["x"]] * 10)
    assert "9" in sentence(caught.value)
    assert not (tmp_path / "more.xlsx").exists()


@pytest.mark.faults
def test_a_kill_while_writing_leaves_the_old_file_and_nothing_in_the_temp_folder(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from fangshan_desk.data.spreadsheets.exporting import export_table\n"
        "from fangshan_desk.data.spreadsheets.cells import Column\n"
        "def rows():\n"
        "    yield from (['SECRET'] for _ in range(5000))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "export_table(Path(sys.argv[1]), [Column('t')], rows())\n"
    )
    target, temp = tmp_path / "exports" / "out.xlsx", tmp_path / "temp"
    target.parent.mkdir()
    temp.mkdir()
    target.write_bytes(b"older")
    environment = {**os.environ, "TMPDIR": str(temp), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script, str(target)]
    killed = subprocess.run(command, check=False, env=environment)
    assert killed.returncode == -signal.SIGKILL
    assert target.read_bytes() == b"older"
    assert list(temp.iterdir()) == []
