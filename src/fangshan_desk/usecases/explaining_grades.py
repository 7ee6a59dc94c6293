"""A grade in sentences: every point with its source and period, then what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fangshan_desk.domain.records.register import RiskAssessmentRecord
from fangshan_desk.domain.risk.grading import Reason, RiskAssessment, potential_reason
from fangshan_desk.usecases.ports import Text

Origins = Mapping[str, Mapping[str, Any]]
_MISSING = "risk-missing-"


@dataclass(frozen=True)
class ReasonLine:
    """One line of the explanation; a missing source has no points at all."""

    sentence: str
    points: int = 0
    source: str = ""
    is_missing: bool = False
    is_floor: bool = False


def explain_assessment(assessment: RiskAssessment, origins: Origins, text: Text) -> list[ReasonLine]:
    """The lines of a grade that was just computed."""
    return [reason_line(reason, origins, text) for reason in assessment.reasons]


def explain_record(record: RiskAssessmentRecord, text: Text) -> list[ReasonLine]:
    """The lines of a grade that was kept."""
    origins = record.inputs.get("origins", {})
    return [reason_line(reason, origins, text) for reason in kept_reasons(record)]


def kept_reasons(record: RiskAssessmentRecord) -> Iterable[Reason]:
    """The reasons as the model gave them."""
    for kept in record.reasons:
        yield Reason(str(kept["key"]), dict(kept.get("values", {})), int(kept["points"]), str(kept["source"]))


def reason_line(reason: Reason, origins: Origins, text: Text) -> ReasonLine:
    """One reason as a sentence with its source."""
    note = source_note(origins.get(reason.source, {}), text)
    is_missing = reason.key.startswith(_MISSING)
    # A letter after the hyphen is a component, a letter with a digit from F, O or Y a floor.
    code = reason.key.removeprefix("risk-reason-")
    return ReasonLine(
        sentence=text(reason.key, **reason.with_note(note)),
        points=reason.points,
        source=reason.source,
        is_missing=is_missing,
        is_floor=not is_missing and code[:1] in ("F", "O", "Y"),
    )


def missing_sources(assessment: RiskAssessment, text: Text) -> str:
    """The sources nothing is known from, in one line; empty when all are at hand."""
    names = [text(f"grade-input-{source}") for source in assessment.missing]
    return text("grade-missing", names=text("grade-name-separator").join(names)) if names else ""


def potential_sentence(assessment: RiskAssessment, text: Text) -> str:
    """That missing data could bring a worse level; empty when it could not."""
    reason = potential_reason(assessment)
    return text(reason.key, **reason.with_note()) if reason is not None else ""


def source_note(origin: Mapping[str, Any], text: Text) -> str:
    """Where a value comes from, in brackets; empty where nothing is known of it."""
    kind = origin.get("kind")
    if kind == "shared":
        received = origin.get("received_on")
        return text(
            "risk-source-note",
            period=_period(date.fromisoformat(str(origin["period_end"])), text),
            provider=str(origin.get("provider") or ""),
            provided=_day(date.fromisoformat(str(received)), text) if received else "",
        )
    if kind in ("visit", "ledger") and origin.get("day"):
        how = "least" if origin.get("is_least") else kind
        return text(f"grade-source-{how}", day=_day(date.fromisoformat(str(origin["day"])), text))
    return ""


def _period(day: date, text: Text) -> str:
    return text("grade-month", year=day.year, month=day.month)


def _day(day: date, text: Text) -> str:
    return text("grade-day", month=day.month, day=day.day)
