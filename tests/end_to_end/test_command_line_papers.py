"""The command line: grades, letters and their codes, audit, check, backup, restore; real processes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from fangshan_desk.app.keys import opened_key
from fangshan_desk.data.engine import connect
from fangshan_desk.support.data_key import KeyLabel
from fangshan_desk.support.paths import Workspace
from tests.helpers.command_line import CommandLine

VECTORS = Path(__file__).parents[1] / "unit" / "risk_vectors.yaml"
PASSPHRASE = "三川河边的老槐树"
Start = Callable[[], CommandLine]


def test_the_reference_cases_are_graded_without_a_workspace(new_desk: Start, tmp_path: Path) -> None:
    desk = new_desk()
    vectors = yaml.safe_load(VECTORS.read_text(encoding="utf-8"))["vectors"]
    graded = desk("risk", "--input", VECTORS, "--json")
    assert graded.status == 0, graded.err
    assert graded.objects() == [vector["expected"] for vector in vectors]
    assert not desk.folder.exists()
    listed = tmp_path / "cases.json"
    listed.write_text(json.dumps([vector["input"] for vector in vectors[4:6]]), encoding="utf-8")
    assert desk("risk", "--input", listed, "--json").objects() == [each["expected"] for each in vectors[4:6]]
    one = tmp_path / "one.json"
    one.write_text(json.dumps(vectors[4]["input"]), encoding="utf-8")
    told = desk("risk", "--input", one)
    assert (
        told.out.splitlines()[0] == f"1\t{vectors[4]['expected']['level']}\t{vectors[4]['expected']['score']}"
    )
    assert "欠税2个月、销售额同比下降55%，计6分" in told.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("wage: {overdue_days: -3}", "1: wage.overdue_days 应为不小于零的整数"),
        ("vectors:\n- id: A1\n  input: {wages: {}}", "A1: wages 没有这个键"),
        ("- {tax: {sales_yoy: .nan}}", "tax.sales_yoy 应为数字"),
        ("- {tax: {sales_yoy: 1" + "0" * 400 + "}}", "tax.sales_yoy 应为数字"),
        ("- {tax: 5}", "tax 应为"),
        ("just words", "读不出案例"),
        ("- [1, 2", "读不出案例"),
        ("[" * 50_000, "读不出案例"),
    ],
)
def test_a_case_that_cannot_be_read_is_named(
    new_desk: Start, tmp_path: Path, content: str, words: str
) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(content, encoding="utf-8")
    refused = new_desk()("risk", "--input", file, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert words in refused.err


def test_an_enterprise_is_graded_with_every_point_explained(county: CommandLine) -> None:
    graded = [each for each in county("rows", "enterprise", "--json").objects() if each["risk_score"]]
    chosen = max(graded, key=lambda each: each["risk_score"])
    result = county("risk", chosen["uscc"], "--json").objects()[0]
    assert result["enterprise_id"] == chosen["id"]
    assert result["score"] == sum(points or 0 for points in result["components"].values())
    assert len(result["reasons"]) >= len([points for points in result["components"].values() if points])
    earlier = county("risk", chosen["id"], "--as-of", "2020-01-01", "--json").objects()[0]
    assert (earlier["as_of"], earlier["components"]["B"]) == ("2020-01-01", None)
    assert "没有找到" in county("risk", "nobody").err


def test_a_letter_is_printed_checked_and_one_changed_character_fails(
    county: CommandLine, tmp_path: Path
) -> None:
    letter = _issued(county)
    paper, again = tmp_path / "letter.pdf", tmp_path / "again.pdf"
    assert county("letter", letter["id"], "--out", paper).status == 0
    assert county("letter", letter["id"], "--out", again).status == 0
    assert paper.read_bytes() == again.read_bytes()
    assert letter["document_number"] in "".join(page.extract_text() for page in PdfReader(paper).pages)
    genuine = county("letter", "verify", paper, "--json")
    assert genuine.status == 0, genuine.out
    assert {each["verdict"] for each in genuine.objects()} == {"genuine"}
    code = letter["official_code_text"]
    assert county("letter", "verify", code).status == 0
    place = len(code) // 2
    changed = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
    altered = county("letter", "verify", changed, "--json")
    assert altered.status == 1
    assert not altered.objects()[0]["is_genuine"]


def test_a_letter_that_is_not_there_is_refused(county: CommandLine, tmp_path: Path) -> None:
    assert "没有找到" in county("letter", "nothing", "--out", tmp_path / "x.pdf").err
    assert not (tmp_path / "x.pdf").exists()
    refused = county("letter", _issued(county)["id"], "--out", tmp_path / "no" / "x.pdf")
    assert refused.status == 1
    assert "找不到" in refused.err
    assert county("letter", "verify", tmp_path / "none.pdf").status == 1


def _issued(county: CommandLine) -> dict[str, Any]:
    letters = county("rows", "letter", "--json").objects()
    return next(letter for letter in letters if letter["official_code_text"])


def test_an_altered_change_is_named_by_the_audit(county: CommandLine) -> None:
    sound = county("audit", "verify", "--json")
    assert sound.status == 0
    assert all(each["is_sound"] for each in sound.objects())
    workspace = Workspace(county.folder)
    with opened_key(workspace, None) as key:
        database = connect(workspace.database, key.sub_key(KeyLabel.DATABASE))
        database.execute("UPDATE sync_changeset SET body = zeroblob(length(body)) WHERE sequence = 20")
        database.close()
    broken = county("audit", "verify")
    assert broken.status == 1
    assert "第 20 个变更集" in broken.out
    assert county("check").status == 1


def test_a_backup_is_restored_into_a_new_workspace(new_desk: Start, tmp_path: Path) -> None:
    desk = new_desk()
    assert desk("init", "--name", "岳泽川", passphrase=PASSPHRASE).status == 0
    line = '{"name": "方山县晨曦石料有限公司"}'
    desk("put", "enterprise", given=line, passphrase=PASSPHRASE)
    backup = tmp_path / "day.fsbak"
    assert desk("backup", backup, passphrase=PASSPHRASE).status == 0
    restored = CommandLine(tmp_path / "restored")
    wrong = restored("restore", backup, passphrase="another passphrase")
    assert (wrong.status, "口令不对" in wrong.err) == (1, True)
    assert not restored.folder.exists()
    assert restored("restore", backup, passphrase=PASSPHRASE).status == 0
    assert restored("rows", "enterprise", "--json", passphrase=PASSPHRASE).objects()[0]["name"] in line
    assert restored("check", passphrase=PASSPHRASE).status == 0
    assert "已有内容" in restored("restore", backup, passphrase=PASSPHRASE).err


def test_a_damaged_backup_restores_nothing(county: CommandLine, tmp_path: Path) -> None:
    backup = tmp_path / "day.fsbak"
    county("backup", backup)
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    restored = CommandLine(tmp_path / "restored")
    refused = restored("restore", backup)
    assert refused.status == 1
    assert "损坏" in refused.err
    assert not restored.folder.exists()
    assert "找不到" in restored("restore", tmp_path / "none.fsbak").err


def test_a_file_from_a_newer_program_is_refused_and_left_alone(county: CommandLine) -> None:
    workspace = Workspace(county.folder)
    with opened_key(workspace, None) as key:
        database = connect(workspace.database, key.sub_key(KeyLabel.DATABASE))
        database.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) "
            "VALUES ('fangshan-desk', 'm9999_from_the_future', '')"
        )
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        database.close()
    before = workspace.database.read_bytes()
    refused = county("rows", "officer")
    assert (refused.status, refused.out) == (1, "")
    assert "更新版本" in refused.err
    assert workspace.database.read_bytes() == before
