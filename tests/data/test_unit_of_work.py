"""Saving: rows, captured changes and the sealed change-set commit together or not at all."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.data.readers.chain import ChainReader
from fangshan_desk.domain.errors import InvalidFieldError, RecordNotFoundError
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.letters import LetterKind, VoidNumber
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.sync.changeset import decode_body, decode_header, decode_leaf
from tests.helpers.desk_files import TemporaryDesk, temporary_desk


def _enterprise(desk: TemporaryDesk, name: str = "方山县金鑫建材有限公司") -> Enterprise:
    return Enterprise(id=desk.new_id(), name=name, township="141128100", categories=("industry",))


def _last_changes(desk: TemporaryDesk) -> list[tuple[str, int, dict[str, Any]]]:
    entry = list(ChainReader(desk.file.database).entries(1))[-1]
    assert entry.body is not None
    changes = []
    for leaf in map(decode_leaf, decode_body(entry.body)):
        names = {column.number: column.name for column in BY_NUMBER[leaf.table].columns}
        changes.append(
            (leaf.row_id, leaf.kind, {names.get(item.column, "*"): item.value for item in leaf.fields})
        )
    return changes


def test_what_was_committed_is_read_back_as_it_was(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        desk.keep(enterprise)
    with temporary_desk(tmp_path) as desk:
        assert desk.find(Enterprise) == [enterprise]


def test_leaving_without_commit_keeps_nothing_and_leaves_no_hole_in_the_chain(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        before = desk.file.journal.head
        with desk.transaction() as uow:
            uow.insert(_enterprise(desk))
        assert desk.find(Enterprise) == []
        desk.keep(_enterprise(desk))
        assert desk.file.journal.head.sequence == before.sequence + 1


def test_an_insert_is_sealed_with_its_final_values_once(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        with desk.transaction() as uow:
            uow.insert(enterprise)
            uow.update(enterprise, headcount=12)
            uow.commit()
        [(row_id, kind, values)] = _last_changes(desk)
        assert (row_id, kind, values["headcount"]) == (enterprise.id, 1, 12)


def test_an_update_seals_only_the_fields_that_really_changed(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        desk.keep(enterprise)
        with desk.transaction() as uow:
            uow.update(enterprise, name=enterprise.name, headcount=30, note="新厂房")
            uow.commit()
        assert _last_changes(desk) == [(enterprise.id, 2, {"headcount": 30, "note": "新厂房"})]


def test_an_update_names_the_version_it_replaces(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        desk.keep(enterprise)
        for note in ("一", "二"):
            with desk.transaction() as uow:
                enterprise = uow.update(enterprise, note=note)
                uow.commit()
        entries = list(ChainReader(desk.file.database).entries(1))
        first, second = (decode_leaf(decode_body(entry.body or b"")[0]) for entry in entries[-2:])
        assert first.fields[0].parents == ()
        [parent] = second.fields[0].parents
        assert parent.hlc == decode_header(entries[-2].header).hlc


def test_a_row_written_and_removed_in_one_transaction_leaves_no_trace(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        before = desk.file.journal.head
        enterprise = _enterprise(desk)
        with desk.transaction() as uow:
            uow.insert(enterprise)
            uow.delete(enterprise)
            uow.commit()
        assert desk.file.journal.head == before
        captured = desk.file.database.raw_writer.execute("SELECT count(*) FROM sync_capture").fetchone()[0]
        assert captured == 0


def test_a_row_put_back_after_its_removal_is_sealed_as_it_is_now(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        with desk.transaction() as uow:
            uow.insert(enterprise)
            uow.delete(enterprise)
            uow.insert(replace(enterprise, name="方山县新名称商行"))
            uow.commit()
        [(row_id, kind, values)] = _last_changes(desk)
        assert (row_id, kind, values["name"]) == (enterprise.id, 1, "方山县新名称商行")


def test_a_deleted_row_keeps_its_last_content_in_the_grave(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        desk.keep(enterprise)
        with desk.transaction() as uow:
            uow.delete(enterprise)
            uow.commit()
        content = desk.file.database.raw_writer.execute("SELECT content FROM sync_grave").fetchone()[0]
        assert enterprise.name in content
        assert [kind for _, kind, _ in _last_changes(desk)] == [3]


def test_a_writer_that_bypasses_the_program_is_captured_too(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        desk.keep(enterprise)
        desk.file.database.raw_writer.execute("UPDATE enterprise SET note = 'shell'")
    with temporary_desk(tmp_path) as desk:
        assert _last_changes(desk) == [(enterprise.id, 2, {"note": "shell"})]


def test_a_large_import_is_cut_into_parts_of_one_transaction(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        desk.keep(*(_enterprise(desk, f"方山县{number}号商行") for number in range(4500)))
        headers = [decode_header(entry.header) for entry in ChainReader(desk.file.database).entries(1)][-3:]
        assert [(header.part, header.parts, header.leaves) for header in headers] == [
            (0, 3, 2000),
            (1, 3, 2000),
            (2, 3, 500),
        ]
        assert len({header.transaction for header in headers}) == 1


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("name", "", "required"),
        ("name", None, "required"),
        ("name", "长" * 121, "long"),
        ("name", "a\0b", "character"),
        ("headcount", -1, "small"),
        ("headcount", "十二", "type"),
        ("headcount", True, "type"),
    ],
)
def test_a_value_that_breaks_its_declaration_is_refused_and_loses_nothing(
    tmp_path: Path, field: str, value: object, rule: str
) -> None:
    with temporary_desk(tmp_path) as desk:
        enterprise = _enterprise(desk)
        desk.keep(enterprise)
        with desk.transaction() as uow, pytest.raises(InvalidFieldError) as caught:
            uow.update(enterprise, **{field: value})
        assert caught.value.values == {"entity": "enterprise", "field": field, "rule": rule}
        assert desk.find(Enterprise) == [enterprise]


def test_an_append_only_record_takes_no_change(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        void = VoidNumber(
            id=desk.new_id(),
            kind=LetterKind.PRESCRIPTION,
            year=2026,
            number=3,
            reason="打印错误",
            recorded_at=desk.clock.now_utc(),
        )
        desk.keep(void)
        with desk.transaction() as uow, pytest.raises(InvalidFieldError):
            uow.update(void, reason="改")
        with desk.transaction() as uow, pytest.raises(InvalidFieldError):
            uow.delete(void)


def test_an_unknown_id_is_refused_by_name(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk, desk.transaction() as uow, pytest.raises(RecordNotFoundError):
        uow.get(Enterprise, "00000000-0000-7000-8000-000000000000")
