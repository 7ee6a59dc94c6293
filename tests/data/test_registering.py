from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.data.enterprise_search import EnterpriseSearch
from fangshan_desk.domain.credit_code import RepairKind
from fangshan_desk.domain.errors import InvalidFieldError
from fangshan_desk.domain.records.letters import Letter, LetterKind, RectificationItem, TransitionRecord
from fangshan_desk.domain.records.register import (
    CollectiveContract,
    DuplicateDecision,
    Enterprise,
    EnterpriseAlias,
    RegisterStatus,
    SharedFact,
    SharedSource,
)
from fangshan_desk.domain.records.visits import Attachment, AttachmentKind, Visit
from fangshan_desk.domain.rights import NotPermittedError, Role
from fangshan_desk.usecases import registering as register
from fangshan_desk.usecases.registering import (
    AlreadyMergedError,
    EnterpriseNameMissingError,
    MergeWithItselfError,
    Registered,
    SameCodeError,
)
from tests.helpers.desk_files import TemporaryDesk, temporary_desk

CODE = "91141128MA0K1T2C0E"
OTHER_CODE = "91141128MA0GXY1272"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TemporaryDesk]:
    with temporary_desk(tmp_path) as opened:
        yield opened


def do(desk: TemporaryDesk, job: Any, **arguments: Any) -> Any:
    """Run one use case in its transaction."""
    return desk.transact(lambda uow, services: job(**arguments, uow=uow, services=services)).result


def enter(desk: TemporaryDesk, **fields: Any) -> Registered:
    """Register an enterprise."""
    made = do(desk, register.register_enterprise, fields=fields)
    assert isinstance(made, Registered)
    return made


def test_a_new_enterprise_is_cleaned_checked_and_found_at_once(desk: TemporaryDesk) -> None:
    made = enter(
        desk, name=" 方山县金鑫建材有限公司 ", uscc=" ９1141128ma0k1t2c0e ", address="大武镇武当街3号"
    )
    kept = desk.find(Enterprise)[0]
    assert kept == made.enterprise
    assert (kept.name, kept.uscc, kept.is_uscc_valid) == ("方山县金鑫建材有限公司", CODE, True)
    assert kept.township == "141128103"
    assert not made.township_needs_review
    assert made.repairs == ()
    assert len(EnterpriseSearch(desk.file.database)("jxjc").hits) == 1
    assert desk.find(TransitionRecord, subject_id=kept.id)[0].event == "register"


def test_a_wrong_code_is_kept_flagged_and_repaired_only_by_a_person(desk: TemporaryDesk) -> None:
    made = enter(desk, name="甲厂", uscc="91141128MAOK1T2C0E")
    kept = desk.find(Enterprise)[0]
    assert (kept.uscc, kept.is_uscc_valid) == ("91141128MAOK1T2C0E", False)
    assert not made.code.is_valid
    assert (made.repairs[0].code, made.repairs[0].kind) == (CODE, RepairKind.CONFUSED)


def test_a_township_that_was_chosen_is_not_guessed_again(desk: TemporaryDesk) -> None:
    assert enter(desk, name="甲", township="141128101", address="大武镇").enterprise.township == "141128101"
    guessed = enter(desk, name="乙", address="县城府前路1号")
    assert (guessed.enterprise.township, guessed.township_needs_review) == ("141128100", True)
    assert enter(desk, name="丙").enterprise.township == ""


@pytest.mark.parametrize("fields", [{}, {"name": "  "}, {"uscc": CODE}])
def test_an_enterprise_needs_a_name(desk: TemporaryDesk, fields: dict[str, str]) -> None:
    with pytest.raises(EnterpriseNameMissingError):
        enter(desk, **fields)
    assert desk.find(Enterprise) == []


def test_a_field_that_follows_from_other_jobs_cannot_be_entered(desk: TemporaryDesk) -> None:
    with pytest.raises(InvalidFieldError, match="risk_level"):
        enter(desk, name="甲", risk_level="blue")


def test_the_same_code_twice_is_asked_about(desk: TemporaryDesk) -> None:
    first = enter(desk, name="甲厂", uscc=CODE).enterprise
    with pytest.raises(SameCodeError) as refused:
        enter(desk, name="甲厂分厂", uscc=CODE)
    assert refused.value.values["enterprise_id"] == first.id
    fields = {"name": "甲厂分厂", "uscc": CODE}
    do(desk, register.register_enterprise, fields=fields, is_same_code_wanted=True)
    assert len(desk.find(Enterprise, uscc=CODE)) == 2
    other = enter(desk, name="乙厂", uscc=OTHER_CODE).enterprise
    with pytest.raises(SameCodeError):
        do(desk, register.edit_enterprise, enterprise_id=other.id, fields={"uscc": CODE})
    assert desk.find(Enterprise, id=other.id)[0].uscc == OTHER_CODE


def test_a_changed_name_is_still_found_under_the_old_one(desk: TemporaryDesk) -> None:
    made = enter(desk, name="方山县顺通货运服务部").enterprise
    changed = do(
        desk,
        register.edit_enterprise,
        enterprise_id=made.id,
        fields={"name": "方山县宏远物流有限公司", "headcount": 12, "status": RegisterStatus.SUSPENDED},
    )
    assert changed.enterprise.headcount == 12
    alias = desk.find(EnterpriseAlias)[0]
    assert (alias.name, alias.provider) == ("方山县顺通货运服务部", register.FORMER_NAME)
    search = EnterpriseSearch(desk.file.database)
    assert search("顺通").hits[0].enterprise_id == made.id
    assert search("hywl").hits[0].enterprise_id == made.id
    steps = [step.event for step in desk.find(TransitionRecord, subject_id=made.id)]
    assert steps == ["register", "status"]


def test_names_and_numbers_are_remembered_once(desk: TemporaryDesk) -> None:
    made = enter(desk, name="甲厂").enterprise
    assert do(desk, register.add_alias, enterprise_id=made.id, name="甲厂") is None
    assert do(desk, register.add_alias, enterprise_id=made.id, name="老甲厂", code="SB-778") is not None
    assert do(desk, register.add_alias, enterprise_id=made.id, name="老甲厂", code="SB-778") is None
    assert EnterpriseSearch(desk.file.database)("b778").hits[0].enterprise_id == made.id


def _history_of(desk: TemporaryDesk, enterprise: Enterprise) -> None:
    visit = Visit(id=desk.new_id(), enterprise_id=enterprise.id)
    letter = Letter(
        id=desk.new_id(),
        kind=LetterKind.PRESCRIPTION,
        enterprise_id=enterprise.id,
        title="用工处方",
        content={"name": enterprise.name},
        made_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    item = RectificationItem(
        id=desk.new_id(),
        letter_id=letter.id,
        enterprise_id=enterprise.id,
        code="WAGE-01",
        title="补发工资",
        days=15,
        original_deadline=date(2026, 3, 20),
        deadline=date(2026, 3, 20),
    )
    fact = SharedFact(
        id=desk.new_id(),
        enterprise_id=enterprise.id,
        source=SharedSource.TAX,
        period_end=date(2026, 2, 28),
        facts={},
    )
    contract = CollectiveContract(
        id=desk.new_id(), enterprise_id=enterprise.id, kind="wage", title="工资协议"
    )
    photo = Attachment(
        id=desk.new_id(),
        subject="enterprise",
        subject_id=enterprise.id,
        kind=AttachmentKind.PHOTO,
        sha256="0" * 64,
        size=1,
        media_type="image/jpeg",
        added_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    desk.keep(visit, letter, item, fact, contract, photo)


def test_merging_moves_everything_and_keeps_every_name(desk: TemporaryDesk) -> None:
    keep = enter(desk, name="方山县金鑫建材有限公司", contact_phone="1").enterprise
    drop = enter(
        desk, name="金鑫建材", uscc=CODE, contact_phone="2", headcount=8, address="大武镇"
    ).enterprise
    older = enter(desk, name="金鑫料场").enterprise
    do(desk, register.merge_enterprises, keep_id=drop.id, drop_id=older.id)
    _history_of(desk, drop)
    merged = do(desk, register.merge_enterprises, keep_id=keep.id, drop_id=drop.id)
    one = {"visit", "letter", "rectification_item", "shared_fact", "collective_contract", "attachment"}
    assert {name for name, count in merged.moved.items() if count == 1} >= one
    for record in (Visit, Letter, RectificationItem, SharedFact, CollectiveContract):
        assert {row.enterprise_id for row in desk.find(record)} == {keep.id}
    kept, dropped, oldest = (desk.find(Enterprise, id=each.id)[0] for each in (keep, drop, older))
    assert (dropped.merged_into_id, oldest.merged_into_id) == (keep.id, keep.id)
    assert (kept.contact_phone, kept.headcount, kept.township) == ("1", 8, "141128103")
    assert (kept.uscc, kept.is_uscc_valid) == (CODE, True)
    assert {alias.name for alias in desk.find(EnterpriseAlias, enterprise_id=keep.id)} == {
        "金鑫建材",
        "金鑫料场",
    }
    search = EnterpriseSearch(desk.file.database)
    assert [hit.enterprise_id for hit in search("金鑫料场").hits] == [keep.id]
    assert [hit.enterprise_id for hit in search("金鑫").hits] == [keep.id]


def test_a_merge_leaves_its_trace_and_cannot_be_repeated(desk: TemporaryDesk) -> None:
    keep, drop = enter(desk, name="甲厂").enterprise, enter(desk, name="甲厂（旧）").enterprise
    do(desk, register.merge_enterprises, keep_id=keep.id, drop_id=drop.id)
    step = desk.find(TransitionRecord, subject_id=drop.id, event="merge")[0]
    assert step.details is not None
    assert step.details["into"] == keep.id
    with pytest.raises(AlreadyMergedError):
        do(desk, register.merge_enterprises, keep_id=keep.id, drop_id=drop.id)
    with pytest.raises(AlreadyMergedError):
        do(desk, register.edit_enterprise, enterprise_id=drop.id, fields={"name": "丙"})
    with pytest.raises(MergeWithItselfError):
        do(desk, register.merge_enterprises, keep_id=keep.id, drop_id=keep.id)


def test_two_entries_are_called_different_once(desk: TemporaryDesk) -> None:
    first, second = enter(desk, name="甲厂").enterprise, enter(desk, name="甲厂二部").enterprise
    made = do(desk, register.mark_as_different, first_id=second.id, second_id=first.id)
    again = do(desk, register.mark_as_different, first_id=first.id, second_id=second.id)
    assert made == again
    assert len(desk.find(DuplicateDecision)) == 1
    with pytest.raises(MergeWithItselfError):
        do(desk, register.mark_as_different, first_id=first.id, second_id=first.id)


def test_who_may_only_read_changes_nothing(tmp_path: Path) -> None:
    with temporary_desk(tmp_path, role=Role.FIC) as desk:
        stranger = Enterprise(id=desk.new_id(), name="甲厂", is_federation_member=False)
        desk.keep(stranger)
        with pytest.raises(NotPermittedError):
            do(desk, register.edit_enterprise, enterprise_id=stranger.id, fields={"name": "乙厂"})
        assert desk.find(Enterprise)[0].name == "甲厂"
