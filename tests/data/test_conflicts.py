"""Open conflicts as a person sees them, and the decisions that close them on every laptop."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fangshan_desk.data.readers.conflicts import SQLConflictReader
from fangshan_desk.domain.merging import Standing
from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.domain.states.rectification_item import ItemState
from fangshan_desk.domain.states.steps import transition_allowed
from fangshan_desk.sync.opening import StoredEntries
from fangshan_desk.usecases.resolving import (
    ConflictClosedError,
    LeadBodyDecidesError,
    UnknownConflictValueError,
    UnreadableConflictValueError,
    put_back,
    resolve_conflict,
)
from fangshan_desk.usecases.views.conflicts import Conflict
from tests.helpers.desk_files import temporary_desk
from tests.helpers.replicas import OFFICER, FileReplica, device_id, send

if TYPE_CHECKING:
    from fangshan_desk.usecases.ports import Services

FIRST = "0190f3a0-0000-7000-8000-000000000001"
ITEM = "0190f3a0-0000-7000-8000-000000000002"
VISIT = "0190f3a0-0000-7000-8000-000000000003"
Desks = tuple[FileReplica, FileReplica]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Two laptops that know one enterprise and one item; the second's clock is an hour ahead."""
    with (
        FileReplica(device_id(1), folder=tmp_path / "one") as one,
        FileReplica(device_id(2), folder=tmp_path / "two") as two,
    ):
        one.meet(two)
        two.meet(one)
        two.wall_ms += 3_600_000
        with one.transaction() as uow:
            uow.insert(Enterprise(id=FIRST, name="甲", note="原"), _item())
            uow.commit()
        send(one, two)
        yield one, two


@pytest.fixture
def services(tmp_path: Path) -> Iterator["Services"]:
    """An officer of the bureau."""
    (tmp_path / "services").mkdir()
    with temporary_desk(tmp_path / "services") as desk:
        yield desk.services


def _item() -> RectificationItem:
    return RectificationItem(
        id=ITEM,
        letter_id=FIRST,
        enterprise_id=FIRST,
        code="A1",
        title="欠薪",
        days=15,
        original_deadline=date(2026, 4, 1),
        deadline=date(2026, 4, 1),
    )


def _write(desk: FileReplica, record: type[Any], record_id: str, **fields: object) -> None:
    with desk.transaction() as uow:
        uow.update(uow.get(record, record_id), **fields)
        uow.commit()


def _exchange(desks: Desks) -> None:
    send(desks[0], desks[1])
    send(desks[1], desks[0])


def _clash(
    desks: Desks, record: type[Any], record_id: str, field: str, values: tuple[object, object]
) -> None:
    for desk, value in zip(desks, values, strict=True):
        _write(desk, record, record_id, **{field: value})
    _exchange(desks)


def _reader(desk: FileReplica) -> SQLConflictReader:
    return SQLConflictReader(desk.file.database, StoredEntries(), transition_allowed)


def _only(desk: FileReplica) -> Conflict:
    [found] = _reader(desk).open_conflicts()
    return found


def _resolve(desk: FileReplica, services: "Services", conflict: Conflict, keep: str) -> None:
    with desk.transaction() as uow:
        resolve_conflict(
            conflict=conflict.id, keep=keep, uow=uow, services=services, allowed=transition_allowed
        )
        uow.commit()


def test_both_values_are_listed_with_who_wrote_them_and_when(desks: Desks) -> None:
    _clash(desks, Enterprise, FIRST, "note", ("一号写", "二号写"))
    for desk in desks:
        found = _only(desk)
        shown, other = found.values
        assert (found.entity, found.row_id, found.field) == ("enterprise", FIRST, "note")
        assert (found.standing, _reader(desk).count()) == (Standing.OPEN, 1)
        assert (shown.value, shown.is_shown, shown.device) == ("二号写", True, device_id(2).hex())
        assert (other.value, other.is_shown, other.device) == ("一号写", False, device_id(1).hex())
        assert shown.actor_id == other.actor_id == OFFICER
        assert shown.made_at is not None
        assert other.made_at is not None
        assert (shown.made_at - other.made_at).total_seconds() == 3600
        assert other.made_at.utcoffset().total_seconds() == 8 * 3600  # type: ignore[union-attr]  # it is aware


@pytest.mark.parametrize("pick", [0, 1])
def test_a_decision_closes_the_conflict_everywhere(desks: Desks, services: "Services", pick: int) -> None:
    _clash(desks, Enterprise, FIRST, "note", ("一号写", "二号写"))
    conflict = _only(desks[0])
    chosen = conflict.values[pick]
    _resolve(desks[0], services, conflict, chosen.id)
    _exchange(desks)
    for desk in desks:
        assert desk.rows("SELECT note FROM enterprise") == [(chosen.value,)]
        assert _reader(desk).open_conflicts() == []


def test_typed_values_come_back_as_what_they_are(desks: Desks) -> None:
    _clash(desks, RectificationItem, ITEM, "deadline", (date(2026, 5, 1), date(2026, 6, 1)))
    assert [value.value for value in _only(desks[0]).values] == [date(2026, 6, 1), date(2026, 5, 1)]


def test_a_decision_that_came_first_elsewhere_is_not_undone(desks: Desks, services: "Services") -> None:
    _clash(desks, Enterprise, FIRST, "note", ("一号写", "二号写"))
    conflict = _only(desks[1])
    _resolve(desks[0], services, _only(desks[0]), conflict.values[1].id)
    _exchange(desks)
    with pytest.raises(ConflictClosedError):
        _resolve(desks[1], services, conflict, conflict.values[0].id)


@pytest.mark.parametrize("conflict_id", ["nonsense", f"enterprise/{FIRST}/name", f"enterprise/{FIRST}/"])
def test_what_is_not_open_cannot_be_decided(desks: Desks, services: "Services", conflict_id: str) -> None:
    _clash(desks, Enterprise, FIRST, "note", ("一号写", "二号写"))
    with pytest.raises(ConflictClosedError):
        _resolve(desks[0], services, replace(_only(desks[0]), id=conflict_id), "row")


def test_a_value_that_is_not_there_is_refused(desks: Desks, services: "Services") -> None:
    _clash(desks, Enterprise, FIRST, "note", ("一号写", "二号写"))
    with pytest.raises(UnknownConflictValueError):
        _resolve(desks[0], services, _only(desks[0]), "1-00")
    assert _reader(desks[0]).count() == 1


def test_a_value_of_a_newer_program_cannot_be_chosen_yet(desks: Desks, services: "Services") -> None:
    _clash(desks, Enterprise, FIRST, "note", ("一号写", "二号写"))
    desks[0].connection.execute("UPDATE sync_conflict SET value = 7")
    conflict = _only(desks[0])
    assert conflict.values[1].value == 7
    with pytest.raises(UnreadableConflictValueError):
        _resolve(desks[0], services, conflict, conflict.values[1].id)


def test_a_forbidden_step_is_for_the_lead_body(desks: Desks, services: "Services") -> None:
    _clash(desks, RectificationItem, ITEM, "state", (ItemState.REPORTED, ItemState.OVERDUE))
    conflict = _only(desks[0])
    assert conflict.standing is Standing.LEAD_BODY
    union = Officer(id=OFFICER, name="李四", body=Body.FTU, role=Role.FTU)
    with pytest.raises(LeadBodyDecidesError) as caught:
        _resolve(desks[0], replace(services, actor=union), conflict, conflict.values[1].id)
    assert caught.value.values == {"body": "hrss"}
    _resolve(desks[0], services, conflict, conflict.values[1].id)
    _exchange(desks)
    assert desks[1].rows("SELECT state FROM rectification_item") == [("reported",)]


def test_a_step_the_workflow_has_needs_nobody(desks: Desks) -> None:
    _clash(desks, RectificationItem, ITEM, "state", (ItemState.OVERDUE, ItemState.REPORTED))
    assert desks[0].rows("SELECT state FROM rectification_item") == [("reported",)]
    assert (_reader(desks[0]).open_conflicts(), _reader(desks[0]).count()) == ([], 0)


def _delete_against_edit(desks: Desks) -> Conflict:
    with desks[0].transaction() as uow:
        uow.delete(uow.get(Enterprise, FIRST))
        uow.commit()
    _write(desks[1], Enterprise, FIRST, note="还在改")
    _exchange(desks)
    return _only(desks[0])


def test_a_deletion_that_met_an_edit_names_both_persons(desks: Desks) -> None:
    conflict = _delete_against_edit(desks)
    stays, goes = conflict.values
    assert conflict.field == ""
    assert (stays.is_deletion, stays.device) == (False, device_id(2).hex())
    assert (goes.is_deletion, goes.device) == (True, device_id(1).hex())


@pytest.mark.parametrize(("pick", "left"), [(0, [("甲",)]), (1, [])])
def test_whether_the_row_stays_is_decided_for_all(
    desks: Desks, services: "Services", pick: int, left: list[object]
) -> None:
    conflict = _delete_against_edit(desks)
    _resolve(desks[0], services, conflict, conflict.values[pick].id)
    _exchange(desks)
    for desk in desks:
        assert desk.rows("SELECT name FROM enterprise") == left
        assert _reader(desk).open_conflicts() == []


def test_a_side_that_is_not_there_is_refused_for_rows_too(desks: Desks, services: "Services") -> None:
    with pytest.raises(UnknownConflictValueError):
        _resolve(desks[0], services, _delete_against_edit(desks), "1-00")


def test_records_that_refer_to_a_deleted_one_are_listed_and_it_can_come_back(desks: Desks) -> None:
    with desks[0].transaction() as uow:
        uow.delete(uow.get(Enterprise, FIRST))
        uow.commit()
    with desks[1].transaction() as uow:
        uow.insert(Visit(id=VISIT, enterprise_id=FIRST))
        uow.commit()
    _exchange(desks)
    found = {(item.entity, item.row_id, item.field) for item in _reader(desks[1]).dangling()}
    assert ("visit", VISIT, "enterprise_id") in found
    with desks[1].transaction() as uow:
        put_back(entity="enterprise", row_id=FIRST, uow=uow)
        uow.commit()
    _exchange(desks)
    assert desks[0].rows("SELECT name, note FROM enterprise") == [("甲", "原")]
    assert _reader(desks[0]).dangling() == []


def test_what_is_held_or_waits_is_listed_with_its_reason(desks: Desks) -> None:
    from tests.helpers.replicas import Ghost

    ghost = Ghost(5)
    desks[0].meet(ghost)
    ghost.seal()
    desks[0].receive([ghost.seal()])
    [held] = _reader(desks[0]).pending()
    assert (held.device, held.sequence, held.reason) == (ghost.device.hex(), 2, "gap")
    part = Ghost(6)
    desks[0].meet(part)
    desks[0].receive([part.seal(count=2)])
    [waiting] = _reader(desks[0]).waiting()
    assert (waiting.device, waiting.sequence, waiting.reason) == (part.device.hex(), 1, "part")
