"""The command line as a person or script uses it: start, read, write, delete, export; real processes."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fangshan_desk.app.opening import open_desk
from fangshan_desk.cli.running import run_command
from fangshan_desk.support.paths import Workspace
from tests.helpers.command_line import CommandLine

PASSPHRASE = "三川河边的老槐树"
Start = Callable[[], CommandLine]


def test_a_new_workspace_is_made_with_the_passphrase_of_a_file(new_desk: Start, tmp_path: Path) -> None:
    desk = new_desk()
    secret = tmp_path / "passphrase.txt"
    # As Notepad saves it.
    secret.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")
    made = desk("init", "--name", "岳泽川", "--body", "ftu", options=["--passphrase-file", secret])
    assert made.status == 0, made.err
    officers = desk("rows", "officer", "--json", passphrase=PASSPHRASE).objects()
    assert [(each["name"], each["body"], each["role"]) for each in officers] == [("岳泽川", "ftu", "ftu")]
    wrong = desk("rows", "officer", passphrase=PASSPHRASE + "。")
    assert (wrong.status, wrong.out) == (1, "")
    assert "口令不对" in wrong.err


def test_a_workspace_without_passphrase_or_name_is_refused_and_leaves_nothing(new_desk: Start) -> None:
    desk = new_desk()
    assert "口令" in desk("init", "--name", "岳泽川").err
    assert "至少要 8 个字符" in desk("init", "--name", "岳泽川", passphrase="short").err
    assert "姓名" in desk("init", "--name", " ", passphrase=PASSPHRASE).err
    assert "不是单位" in desk("init", "--name", "甲", "--role", "ftu_lead", passphrase=PASSPHRASE).err
    assert "还没有工作区" in desk("rows", "officer", passphrase=PASSPHRASE).err
    assert not (desk.folder / "desk.db").exists()


def test_a_started_workspace_is_not_started_again(county: CommandLine) -> None:
    again = county("init", "--sample")
    assert again.status == 1
    assert "已有工作区" in again.err


def test_the_sample_holds_a_county_of_work(county: CommandLine) -> None:
    enterprises = county("rows", "enterprise", "--json").objects()
    assert len(enterprises) == 30
    found = county("rows", "enterprise", "--where", f"uscc={enterprises[4]['uscc']}", "--json").objects()
    assert found == [enterprises[4]]
    assert county("rows", "enterprise", "--id", enterprises[7]["id"], "--json").objects() == [enterprises[7]]
    for entity in ("visit", "check_answer", "letter", "rectification_item", "attachment"):
        assert county("rows", entity, "--json").objects(), entity


def test_records_are_put_changed_exported_and_deleted(county: CommandLine, tmp_path: Path) -> None:
    line = {"name": "方山县晨曦石料有限公司", "township": "141128100", "headcount": 21}
    put = county("put", "enterprise", "-", "--json", given=json.dumps(line, ensure_ascii=False))
    assert put.status == 0, put.err
    made = put.objects()[0]["id"]
    change = json.dumps({"id": made, "headcount": 23, "note": "=HYPERLINK(1)"})
    assert county("put", "enterprise", given="\ufeff" + change + "\n\n").out.strip() == made
    record = county("rows", "enterprise", "--id", made, "--json").objects()[0]
    assert (record["name"], record["headcount"]) == (line["name"], 23)
    _exported_safely(county, tmp_path, made)
    assert county("delete", "enterprise", made).status == 0
    assert county("rows", "enterprise", "--id", made).out == ""
    assert "没有找到" in county("delete", "enterprise", made).err
    assert county("audit", "verify").status == 0


def _exported_safely(county: CommandLine, tmp_path: Path, made: str) -> None:
    book, sheet = tmp_path / "enterprises.xlsx", tmp_path / "enterprises.csv"
    assert county("export", "enterprise", book).status == 0
    assert county("export", "enterprise", sheet).status == 0
    rows = list(openpyxl.load_workbook(book, read_only=True).active.iter_rows(values_only=True))
    note = rows[0].index("note")
    assert next(row[note] for row in rows if row[0] == made).lstrip("'") == "=HYPERLINK(1)"
    assert openpyxl.load_workbook(book).active.cell(len(rows), note + 1).data_type == "s"
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        cells = next(row for row in csv.DictReader(stream) if row["id"] == made)
    assert not cells["note"].startswith("=")


BAD_LINES = [
    ('{"name": "甲厂"}\n{"name": ', "第 2 行不是一个 JSON 对象"),
    ('["甲厂"]', "第 1 行不是一个 JSON 对象"),
    ('{"name": "甲厂"}\n\n{"name": "乙厂", "colour": 1}', "第 3 行没有通过检查"),
    ('{"name": "甲厂"}\n{"name": " "}', "“name”不能为空"),
    ('{"headcount": 5}', "“name”不能为空"),
    ('{"name": "甲厂"}\n{"name": "乙厂", "headcount": -1}', "小于允许的最小值"),
    ('{"name": "甲厂", "headcount": 1e3}', "类型或写法不对"),
    ('{"name": "甲厂", "headcount": 99999999999999999999}', "大于允许的最大值"),
    ('{"name": "甲厂", "headcount": true}', "类型或写法不对"),
    ('{"name": "甲厂", "established_on": "2023-02-30"}', "类型或写法不对"),
    ('{"name": "甲厂", "risk_level": "purple"}', "类型或写法不对"),
    ('{"name": ["甲厂"]}', "类型或写法不对"),
    ('{"name": "' + "长" * 121 + '"}', "太长"),
    ('{"name": "甲\\u0000厂"}', "不能保存的字符"),
    ('{"name": "\\ud800"}', "不是一个 JSON 对象"),
    ('{"name": "甲厂", "categories": ' + "[" * 60 + "]" * 60 + "}", "不是一个 JSON 对象"),
    ("[" * 100_000, "不是一个 JSON 对象"),
    ('{"name": "甲厂", "categories": [NaN]}', "不是一个 JSON 对象"),
    ('{"name": "甲厂", "merged_into_id": "无"}', "所指的记录不存在"),
    ('{"id": "\'; DROP TABLE enterprise; --", "name": "甲厂"}', "没有找到"),
    ('{"id": {"$ne": 1}, "name": "甲厂"}', "没有找到"),
]


def test_one_bad_line_is_named_and_nothing_is_written(
    county: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.jsonl"
    for lines, words in BAD_LINES:
        file.write_text(lines, encoding="utf-8")
        status = run_command(["--workspace", str(county.folder), "put", "enterprise", str(file)])
        said = capsys.readouterr()
        assert (status, said.out) == (1, ""), lines[:80]
        assert words in said.err
        assert len(said.err.splitlines()) == 1
    assert county.count("enterprise") == 30


def test_what_is_no_text_is_refused(county: CommandLine, tmp_path: Path) -> None:
    assert "UTF-8" in county("put", "enterprise", given='{"name": "甲厂"}'.encode("gb18030")).err
    assert "找不到" in county("put", "enterprise", tmp_path / "nothing.jsonl").err
    assert county.count("enterprise") == 30


def test_an_audit_entry_is_neither_changed_nor_removed(county: CommandLine) -> None:
    step = county("rows", "transition", "--json").objects()[0]
    change = json.dumps({"id": step["id"], "note": "改"})
    assert "只能添加" in county("put", "transition", given=change).err
    assert "只能添加" in county("delete", "transition", step["id"]).err


def test_a_record_others_need_is_not_deleted(county: CommandLine) -> None:
    visited = county("rows", "visit", "--json").objects()[0]["enterprise_id"]
    refused = county("delete", "enterprise", visited)
    assert refused.status == 1
    assert "还有" in refused.err
    assert county("rows", "enterprise", "--id", visited).out


def test_unknown_names_are_refused_in_words(county: CommandLine) -> None:
    unknown = county("rows", "enterprises")
    assert unknown.status == 1
    assert "enterprise_alias" in unknown.err
    assert "没有这一栏" in county("rows", "enterprise", "--where", "colour=1").err
    assert "类型或写法不对" in county("rows", "enterprise", "--where", 'headcount={"a":1}').err
    assert county("rows", "enterprise", "--where", "name=' OR 1=1 --").out == ""
    assert "xlsx" in county("export", "enterprise", county.folder / "list.doc").err


@pytest.mark.parametrize(
    "arguments",
    [
        ["rows"],
        ["paint"],
        ["rows", "enterprise", "--where", "name"],
        ["init", "--body", "police"],
        ["init", "--sample", "--enterprises", "0"],
        ["letter", "some-id"],
        ["letter", "verify"],
        ["risk"],
        ["risk", "x", "--as-of", "2024-13-01"],
        ["audit", "read"],
        ["tour"],
    ],
)
def test_wrong_usage_ends_with_two(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FANGSHAN_DESK_WORKSPACE", str(tmp_path))
    assert _status(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err


def _status(arguments: list[str]) -> int:
    try:
        return run_command(arguments)
    except SystemExit as end:
        return int(end.code or 0)


def test_a_second_program_waits_outside(county: CommandLine) -> None:
    with open_desk(Workspace(county.folder), None):
        second = county("rows", "officer")
    assert second.status == 1
    assert "正被另一个程序打开" in second.err
    assert county("rows", "officer").status == 0
