"""The risk grade of an enterprise: computed, published by the observation rule, set by hand, explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.records.register import Enterprise, RiskAssessmentRecord
from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.grading import Reason, RiskAssessment, grade
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.domain.risk.publishing import (
    Override,
    PublishedLevel,
    effective_level,
    make_override,
    published_level,
)
from fangshan_desk.usecases.level_history import LevelHistory, history_of
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.recording_transitions import acting
from fangshan_desk.usecases.risk_inputs import RiskInputs, gather_risk_inputs
from fangshan_desk.usecases.warning_signals import raise_signals


@dataclass(frozen=True)
class GradedCase:
    """A grade that was computed and not kept; ``level`` is what would be shown and acted on."""

    assessment: RiskAssessment
    inputs: RiskInputs
    published: PublishedLevel
    override: Override | None
    level: RiskLevel


def grade_enterprise(
    *, enterprise_id: str, visit_id: str | None = None, uow: UnitOfWork, services: Services
) -> RiskAssessmentRecord:
    """Compute the grade as of today and keep it with every input and its source.

    The register takes the new level; a violated signal item or a red or orange level raises a warning once.
    Nothing is kept twice: with the same inputs as before on the same day the record made then is returned.
    """
    graded = preview_grade(enterprise_id=enterprise_id, uow=uow, services=services)
    today = services.clock.today()
    history = _history(enterprise_id, today, uow)
    record = _record_of(graded, enterprise_id, visit_id, services)
    newest = history.newest
    if newest is not None and _says_the_same(newest, record):
        record = newest
    else:
        uow.insert(record)
    _update_register(enterprise_id, record, graded.level, today, uow)
    raise_signals(enterprise_id, graded.level, record, uow, services)
    return record


def preview_grade(*, enterprise_id: str, uow: UnitOfWork, services: Services) -> GradedCase:
    """The grade as of today without keeping anything, for the card beside the questions."""
    today = services.clock.today()
    inputs = gather_risk_inputs(enterprise_id, today, uow=uow, services=services)
    assessment = grade(RiskCase.from_mapping(inputs.case), services.risk_model)
    history = _history(enterprise_id, today, uow)
    published = _published(enterprise_id, assessment, history, today, uow, services)
    override = history.override()
    level = effective_level(published, override, today)
    is_by_hand = override is not None and override.is_in_force(assessment.level, today)
    return GradedCase(assessment, inputs, published, override if is_by_hand else None, level)


def risk_case_of(*, enterprise_id: str, as_of: date, uow: UnitOfWork, services: Services) -> RiskCase:
    """The case of an enterprise as known on a day."""
    inputs = gather_risk_inputs(enterprise_id, as_of, uow=uow, services=services)
    return RiskCase.from_mapping(inputs.case)


def override_grade(
    *, enterprise_id: str, level: RiskLevel, reason: str, uow: UnitOfWork, services: Services
) -> RiskAssessmentRecord:
    """Set the level by hand: upward with a reason, downward only the bureau's leader; it ends by itself.

    Raises OverrideReasonMissingError, OverrideNotPermittedError or OverrideToSameLevelError.
    """
    graded = preview_grade(enterprise_id=enterprise_id, uow=uow, services=services)
    today = services.clock.today()
    made = make_override(
        computed=graded.assessment.level,
        current=graded.level,
        wanted=level,
        reason=reason,
        actor=acting(services),
        today=today,
        parameters=services.risk_model,
    )
    by_hand = GradedCase(graded.assessment, graded.inputs, graded.published, made, made.level)
    record = _record_of(by_hand, enterprise_id, None, services)
    uow.insert(record)
    _update_register(enterprise_id, record, made.level, today, uow)
    raise_signals(enterprise_id, made.level, record, uow, services)
    return record


def rate_case(raw: Mapping[str, Any], model: ModelParameters) -> dict[str, object]:
    """The grade of one case file under the keys of the reference vectors, for ``risk --input``."""
    return grade(RiskCase.from_mapping(raw), model).expected_keys()


def _history(enterprise_id: str, today: date, uow: UnitOfWork) -> LevelHistory:
    return history_of(uow.find(RiskAssessmentRecord, enterprise_id=enterprise_id), today)


def _published(
    enterprise_id: str,
    assessment: RiskAssessment,
    history: LevelHistory,
    today: date,
    uow: UnitOfWork,
    services: Services,
) -> PublishedLevel:
    items = uow.find(RectificationItem, enterprise_id=enterprise_id)
    return published_level(
        history.published,
        assessment.level,
        history.cleared_on(assessment, items, today),
        today,
        parameters=services.risk_model,
        stepped_on=history.stepped_on,
    )


def _record_of(
    graded: GradedCase, enterprise_id: str, visit_id: str | None, services: Services
) -> RiskAssessmentRecord:
    assessment, override = graded.assessment, graded.override
    return RiskAssessmentRecord(
        id=services.new_id(),
        enterprise_id=enterprise_id,
        visit_id=visit_id,
        as_of=services.clock.today(),
        model_version=assessment.model_version,
        inputs={"case": graded.inputs.case, "origins": graded.inputs.origins},
        components=dict(assessment.components),
        score=assessment.score,
        score_high=assessment.score_high,
        coverage=assessment.coverage,
        floors=assessment.floors,
        level=assessment.level,
        potential_level=assessment.potential_level,
        published_level=graded.published.level,
        reasons=tuple(_plain_reason(reason) for reason in assessment.reasons),
        officer_id=services.actor.id,
        override_level=override.level if override else None,
        override_reason=override.reason if override else "",
        override_until=override.expires_on if override else None,
        made_at=services.clock.now_utc(),
    )


def _plain_reason(reason: Reason) -> dict[str, Any]:
    return {
        "key": reason.key,
        "values": dict(reason.values),
        "points": reason.points,
        "source": reason.source,
    }


_COMPARED = (
    "as_of",
    "visit_id",
    "model_version",
    "inputs",
    "level",
    "published_level",
    "override_level",
    "override_until",
)


def _says_the_same(before: RiskAssessmentRecord, now: RiskAssessmentRecord) -> bool:
    return all(_comparable(getattr(before, name)) == _comparable(getattr(now, name)) for name in _COMPARED)


def _comparable(value: Any) -> Any:
    # What was read back has tuples where a new record has lists.
    if isinstance(value, Mapping):
        return {key: _comparable(part) for key, part in value.items()}
    return [_comparable(part) for part in value] if isinstance(value, (list, tuple)) else value


def _update_register(
    enterprise_id: str, record: RiskAssessmentRecord, level: RiskLevel, today: date, uow: UnitOfWork
) -> None:
    uow.update(
        uow.get(Enterprise, enterprise_id),
        risk_level=level,
        risk_score=record.score,
        risk_assessed_on=today,
    )
