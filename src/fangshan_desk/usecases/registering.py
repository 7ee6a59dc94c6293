"""Entering, correcting and merging enterprises of the register."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fangshan_desk.domain.credit_code import CodeCheck, Repair, check_code, repair_candidates
from fangshan_desk.domain.errors import ExpectedError, InvalidFieldError
from fangshan_desk.domain.records.catalogue import RECORDS
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.register import (
    DuplicateDecision,
    Enterprise,
    EnterpriseAlias,
    RiskAssessmentRecord,
)
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.domain.rights import Action, Measure, Subject, require
from fangshan_desk.domain.townships import township_from_address
from fangshan_desk.usecases.grading import grade_enterprise
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting, record_transition

FORMER_NAME = "former_name"
MERGED = "merged"
ENTERED = "entered"
# What a person enters; everything else follows from other jobs.
ENTERED_FIELDS = frozenset(
    {
        "name",
        "uscc",
        "township",
        "address",
        "legal_representative",
        "contact_person",
        "contact_phone",
        "industry",
        "categories",
        "headcount",
        "established_on",
        "status",
        "is_in_scope",
        "union_exists",
        "is_federation_member",
        "note",
    }
)
_FILLED_FROM_DROPPED = (
    "township",
    "address",
    "legal_representative",
    "contact_person",
    "contact_phone",
    "industry",
    "categories",
    "headcount",
    "established_on",
    "union_exists",
    "is_federation_member",
)


class EnterpriseNameMissingError(ExpectedError):
    """An enterprise without a name cannot be found again."""

    key = "register-name-missing"


class SameCodeError(ExpectedError):
    """Another entry has this very code; a person decides: ``name``, ``enterprise_id``, ``code``."""

    key = "register-same-code"


class MergeWithItselfError(ExpectedError):
    """Both sides of the merge are the same entry."""

    key = "register-merge-with-itself"


class AlreadyMergedError(ExpectedError):
    """One of the entries was merged before: ``name``."""

    key = "register-already-merged"


@dataclass(frozen=True)
class Registered:
    """The entry as kept, what the check of its code said, and codes a person may pick instead."""

    enterprise: Enterprise
    code: CodeCheck
    repairs: tuple[Repair, ...] = ()
    township_needs_review: bool = False


@dataclass(frozen=True)
class Merged:
    """The entry that stays, and how many records of each entity moved to it."""

    kept: Enterprise
    moved: Mapping[str, int]


def register_enterprise(
    *,
    fields: Mapping[str, Any],
    is_same_code_wanted: bool = False,
    uow: UnitOfWork,
    services: Services,
) -> Registered:
    """Enter an enterprise. A wrong code is kept and flagged, an address without town names it.

    Raises EnterpriseNameMissingError, SameCodeError unless wanted, or NotPermittedError.
    """
    given = _entered(fields)
    if not given.get("name"):
        raise EnterpriseNameMissingError
    needs_review = _add_township(given, services)
    enterprise = Enterprise(id=services.new_id(), **given)
    _require_right(enterprise, Action.CREATE, services)
    if not is_same_code_wanted:
        _refuse_same_code(enterprise, uow)
    uow.insert(enterprise)
    record_transition(
        uow, services, subject=enterprise, event="register", from_state="", to_state=enterprise.status
    )
    return _registered(enterprise, needs_review=needs_review)


def edit_enterprise(
    *,
    enterprise_id: str,
    fields: Mapping[str, Any],
    is_same_code_wanted: bool = False,
    uow: UnitOfWork,
    services: Services,
) -> Registered:
    """Change the named fields; a changed name stays as an alias, so that it is still found.

    Raises EnterpriseNameMissingError, SameCodeError unless wanted, AlreadyMergedError or NotPermittedError.
    """
    before = uow.get(Enterprise, enterprise_id)
    _require_right(before, Action.EDIT, services)
    _refuse_merged(before)
    given = _entered(fields)
    if not given.get("name", before.name):
        raise EnterpriseNameMissingError
    if given.get("uscc", before.uscc) != before.uscc and not is_same_code_wanted:
        _refuse_same_code(replace(before, uscc=given["uscc"]), uow)
    after = uow.update(before, **given)
    if after.name != before.name:
        _keep_alias(after, uow, services, name=before.name, provider=FORMER_NAME)
    if after.status != before.status:
        record_transition(
            uow, services, subject=after, event="status", from_state=before.status, to_state=after.status
        )
    return _registered(after)


def merge_enterprises(*, keep_id: str, drop_id: str, uow: UnitOfWork, services: Services) -> Merged:
    """Make one entry of two: everything of the second moves to the first, its names stay as aliases.

    The second row stays and names the first; empty fields of the first are filled from it.
    Raises MergeWithItselfError, AlreadyMergedError or NotPermittedError.
    """
    if keep_id == drop_id:
        raise MergeWithItselfError
    kept, dropped = uow.get(Enterprise, keep_id), uow.get(Enterprise, drop_id)
    for enterprise in (kept, dropped):
        _require_right(enterprise, Action.EDIT, services)
        _refuse_merged(enterprise)
    moved = _move_all(kept, dropped, uow)
    kept = _fill_gaps(kept, dropped, uow)
    _keep_alias(kept, uow, services, name=dropped.name, code=dropped.uscc, provider=MERGED)
    uow.update(dropped, merged_into_id=kept.id)
    details = {"into": kept.id, "name": kept.name, "moved": moved}
    record_transition(
        uow, services, subject=dropped, event="merge", from_state="", to_state=MERGED, details=details
    )
    if uow.find(RiskAssessmentRecord, enterprise_id=kept.id):
        grade_enterprise(enterprise_id=kept.id, uow=uow, services=services)
        kept = uow.get(Enterprise, kept.id)
    return Merged(kept, moved)


def mark_as_different(
    *, first_id: str, second_id: str, uow: UnitOfWork, services: Services
) -> DuplicateDecision:
    """Two entries are different enterprises: they are not offered for merging again."""
    if first_id == second_id:
        raise MergeWithItselfError
    first, second = sorted((uow.get(Enterprise, first_id).id, uow.get(Enterprise, second_id).id))
    known = uow.find(DuplicateDecision, first_id=first, second_id=second)
    if known:
        return known[0]
    decision = DuplicateDecision(
        id=services.new_id(),
        first_id=first,
        second_id=second,
        decided_by=services.actor.id,
        decided_at=services.clock.now_utc(),
    )
    uow.insert(decision)
    return decision


def add_alias(
    *,
    enterprise_id: str,
    name: str = "",
    code: str = "",
    provider: str = ENTERED,
    uow: UnitOfWork,
    services: Services,
) -> EnterpriseAlias | None:
    """Remember another name or number; None when it is known or says nothing new."""
    enterprise = uow.get(Enterprise, enterprise_id)
    _require_right(enterprise, Action.EDIT, services)
    return _keep_alias(enterprise, uow, services, name=name.strip(), code=code.strip(), provider=provider)


def _entered(fields: Mapping[str, Any]) -> dict[str, Any]:
    for name in fields:
        if name not in ENTERED_FIELDS:
            raise InvalidFieldError(entity=Enterprise.entity.name, field=name, rule="unknown")
    given = {name: value.strip() if type(value) is str else value for name, value in fields.items()}
    if "uscc" in given:
        check = check_code(given["uscc"])
        given |= {"uscc": check.code, "is_uscc_valid": check.is_valid_credit_code}
    return given


def _add_township(given: dict[str, Any], services: Services) -> bool:
    if given.get("township") or not given.get("address"):
        return False
    guess = township_from_address(given["address"], services.townships)
    given["township"] = guess.code
    return guess.needs_review


def _registered(enterprise: Enterprise, *, needs_review: bool = False) -> Registered:
    repairs = repair_candidates(enterprise.uscc)
    return Registered(enterprise, check_code(enterprise.uscc), repairs, needs_review)


def _require_right(enterprise: Enterprise, action: Action, services: Services) -> None:
    subject = Subject(
        measure=Measure.RISK_SURVEY,
        township=enterprise.township,
        is_member=enterprise.is_federation_member,
        is_own=True,
    )
    require(acting(services), action, subject)


def _refuse_same_code(enterprise: Enterprise, uow: UnitOfWork) -> None:
    if not enterprise.uscc:
        return
    for other in uow.find(Enterprise, uscc=enterprise.uscc, merged_into_id=None):
        if other.id != enterprise.id:
            raise SameCodeError(name=other.name, enterprise_id=other.id, code=enterprise.uscc)


def _refuse_merged(enterprise: Enterprise) -> None:
    if enterprise.merged_into_id is not None:
        raise AlreadyMergedError(name=enterprise.name)


def _move_all(kept: Enterprise, dropped: Enterprise, uow: UnitOfWork) -> dict[str, int]:
    moved: dict[str, int] = {}
    for record in RECORDS:
        count = sum(_move(record, column, kept, dropped, uow) for column in _references(record))
        if count:
            moved[record.entity.name] = count
    attachments = uow.find(Attachment, subject=Enterprise.entity.name, subject_id=dropped.id)
    for attachment in attachments:
        uow.update(attachment, subject_id=kept.id)
    if attachments:
        moved[Attachment.entity.name] = len(attachments)
    return moved


def _references(record: type[Record]) -> list[str]:
    # What was decided about the two entries is not about their common successor.
    if record is DuplicateDecision or record.entity.is_append_only:
        return []
    enterprise = Enterprise.entity.name
    return [column.name for column in record.entity.columns if column.references == enterprise]


def _move(record: type[Record], column: str, kept: Enterprise, dropped: Enterprise, uow: UnitOfWork) -> int:
    found = uow.find(record, **{column: dropped.id})
    for row in found:
        uow.update(row, **{column: kept.id})
    return len(found)


def _fill_gaps(kept: Enterprise, dropped: Enterprise, uow: UnitOfWork) -> Enterprise:
    fills = {
        name: getattr(dropped, name)
        for name in _FILLED_FROM_DROPPED
        if getattr(kept, name) in ("", (), None) and getattr(dropped, name) not in ("", (), None)
    }
    if dropped.is_uscc_valid and not kept.is_uscc_valid:
        fills |= {"uscc": dropped.uscc, "is_uscc_valid": True}
    return uow.update(kept, **fills)


def _keep_alias(
    enterprise: Enterprise,
    uow: UnitOfWork,
    services: Services,
    *,
    name: str,
    code: str = "",
    provider: str,
) -> EnterpriseAlias | None:
    is_news = (name and name != enterprise.name) or (code and code != enterprise.uscc)
    known = uow.find(EnterpriseAlias, enterprise_id=enterprise.id, name=name, code=code)
    if not is_news or known:
        return None
    alias = EnterpriseAlias(
        id=services.new_id(), enterprise_id=enterprise.id, name=name, code=code, provider=provider
    )
    uow.insert(alias)
    return alias
