"""The grade: score, coverage, floors, level, and every reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.components import Component, components
from fangshan_desk.domain.risk.floors import Floor, floors
from fangshan_desk.domain.risk.levels import RiskLevel, worst
from fangshan_desk.domain.risk.parameters import ModelParameters

SOURCES: Mapping[str, str] = {
    "A": "wage",
    "B": "visit",
    "C1": "tax",
    "C2": "social_insurance",
    "C3": "loan",
    "C4": "logistics",
    "D": "negotiation",
}


@dataclass(frozen=True)
class Reason:
    """One line of the explanation; ``text(reason.key, **reason.with_note(note))`` is its sentence."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    points: int = 0
    source: str = ""

    def with_note(self, note: str = "") -> dict[str, str]:
        """The sentence's values; ``note`` tells period and provider, in brackets (`risk-source-note`)."""
        return {**self.values, "points": str(self.points), "note": note}


@dataclass(frozen=True, kw_only=True)
class RiskAssessment:
    """One computed grade; a component is None where its source is missing."""

    model_version: str
    components: Mapping[str, int | None]
    score: int
    score_high: int
    coverage: int
    floors: tuple[str, ...]
    level: RiskLevel
    potential_level: RiskLevel
    reasons: tuple[Reason, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Sources that are missing."""
        return tuple(SOURCES[name] for name, points in self.components.items() if points is None)

    @property
    def may_rise(self) -> bool:
        """Whether the missing data could bring a worse level."""
        return self.potential_level is not self.level

    def expected_keys(self) -> dict[str, object]:
        """The result under the keys of the reference vectors and of ``risk --json``."""
        return {
            "components": dict(self.components),
            "score": self.score,
            "score_high": self.score_high,
            "coverage": self.coverage,
            "floors": list(self.floors),
            "level": self.level.value,
            "potential_level": self.potential_level.value,
        }


def grade(case: RiskCase, parameters: ModelParameters) -> RiskAssessment:
    """The computed grade of one enterprise on one day, without the observation rule of publishing."""
    found, fired = components(case, parameters), floors(case, parameters.floors)
    missing = [name for name, component in found.items() if component is None]
    score = sum(component.points for component in found.values() if component)
    score_high = score + sum(parameters.missing_points[name] for name in missing)
    coverage = sum(parameters.maxima[name] for name in found if name not in missing)
    by_score = _level_of(score, parameters)
    level = worst([by_score, *(floor.level for floor in fired)])
    # Silence is not health: without wages and most sources nothing good can be said.
    is_blind = found["A"] is None and coverage < parameters.unrated_below_coverage
    if is_blind and not fired and by_score is RiskLevel.BLUE:
        level = RiskLevel.UNRATED
    potential = worst([_level_of(score_high, parameters), *(floor.level for floor in fired)])
    return RiskAssessment(
        model_version=parameters.version,
        components={name: component.points if component else None for name, component in found.items()},
        score=score,
        score_high=score_high,
        coverage=coverage,
        floors=tuple(floor.code for floor in fired),
        level=level,
        potential_level=potential,
        reasons=_reasons(fired, found, case),
    )


def potential_reason(assessment: RiskAssessment) -> Reason | None:
    """“资料补齐后可能升为X”, when missing data could bring a worse level."""
    if not assessment.may_rise:
        return None
    return Reason("risk-potential", {"level": assessment.potential_level.value})


def _level_of(score: int, parameters: ModelParameters) -> RiskLevel:
    return worst(level for level, least in parameters.level_scores.items() if score >= least)


def _reasons(
    fired: tuple[Floor, ...], found: Mapping[str, Component | None], case: RiskCase
) -> tuple[Reason, ...]:
    by_floor = [
        Reason(f"risk-reason-{floor.code}", {**floor.values, "level": floor.level.value}, 0, floor.source)
        for floor in fired
    ]
    known = [(name, component) for name, component in found.items() if component]
    by_points = [
        Reason(component.key, component.values, component.points, SOURCES[name])
        for name, component in sorted(known, key=lambda pair: -pair[1].points)
        if component.points > 0 or component.key == "risk-reason-C4-winter"
    ]
    missing = [
        Reason(f"risk-missing-{SOURCES[name]}", {}, 0, SOURCES[name])
        for name, component in found.items()
        if component is None
    ]
    return (*by_floor, *by_points, *missing, *_gaps(case))


def _gaps(case: RiskCase) -> list[Reason]:
    gaps = [Reason("risk-missing-headcount")] if not case.headcount else []
    if case.wage and case.wage.overdue_days and case.wage.unpaid_workers is None:
        gaps.append(Reason("risk-missing-unpaid_workers", {}, 0, "wage"))
    return gaps
