"""From the computed to the published level: observation before a step down, and overrides by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.rights import Action, Actor, Measure, Subject, may
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.risk.parameters import ModelParameters

_OBSERVED = (RiskLevel.RED, RiskLevel.ORANGE)


class OverrideReasonMissingError(ExpectedError):
    """A level is changed by hand only with a reason."""

    key = "risk-override-needs-reason"


class OverrideNotPermittedError(ExpectedError):
    """Raising a level is the bureau's, lowering it its leader's: ``direction``."""

    key = "risk-override-not-permitted"


class OverrideToSameLevelError(ExpectedError):
    """The wanted level is the present one or no colour at all: ``level``."""

    key = "risk-override-no-change"


@dataclass(frozen=True)
class PublishedLevel:
    """The level shown and acted on; ``key`` says why it is held back, empty when it is the computed one."""

    level: RiskLevel
    computed: RiskLevel
    key: str = ""
    held_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Override:
    """A level set by hand; ``computed`` is what the model said when it was set."""

    level: RiskLevel
    computed: RiskLevel
    reason: str
    decided_on: date
    expires_on: date

    def is_in_force(self, computed: RiskLevel, today: date) -> bool:
        """Until its last day, and only while nothing worse than then has been computed."""
        has_worsened = _severity(computed) > _severity(self.computed)
        return self.decided_on <= today <= self.expires_on and not has_worsened


def published_level(
    previous: RiskLevel,
    computed: RiskLevel,
    cleared_on: date | None,
    today: date,
    *,
    parameters: ModelParameters,
    stepped_on: date | None = None,
) -> PublishedLevel:
    """The level to show: upward at once, downward one level per step.

    From red and orange only after the cause passed its recheck on ``cleared_on`` and the observation is over.
    ``stepped_on`` is the day of the last step down: two assessments of one day are one step.
    """
    if not _is_downward(previous, computed):
        return PublishedLevel(computed, computed)
    if previous in _OBSERVED:
        if cleared_on is None:
            return PublishedLevel(previous, computed, "risk-held-not-cleared")
        until = cleared_on + timedelta(days=parameters.observation_days)
        if today < until:
            return PublishedLevel(previous, computed, "risk-held-observation", until)
        if computed is RiskLevel.UNRATED:
            return PublishedLevel(previous, computed, "risk-held-missing-data")
    if stepped_on is not None and today <= stepped_on:
        return PublishedLevel(previous, computed, "risk-held-one-step", stepped_on + timedelta(days=1))
    if computed is RiskLevel.UNRATED:
        return PublishedLevel(computed, computed)
    stepped = previous.one_better
    if stepped is computed:
        return PublishedLevel(computed, computed)
    return PublishedLevel(stepped, computed, "risk-held-one-step", today + timedelta(days=1))


def make_override(
    *,
    computed: RiskLevel,
    current: RiskLevel,
    wanted: RiskLevel,
    reason: str,
    actor: Actor,
    today: date,
    parameters: ModelParameters,
) -> Override:
    """A level set by hand, or the ExpectedError that says why not; it ends after the model's days."""
    if wanted is RiskLevel.UNRATED or wanted is current:
        raise OverrideToSameLevelError(level=wanted.value)
    is_upward = _severity(wanted) > _severity(current)
    measure = Measure.RISK_GRADE if is_upward else Measure.RISK_OVERRIDE
    if not may(actor, Action.APPROVE, Subject(measure=measure)).is_allowed:
        raise OverrideNotPermittedError(direction="up" if is_upward else "down")
    if not reason.strip():
        raise OverrideReasonMissingError
    return Override(
        level=wanted,
        computed=computed,
        reason=reason.strip(),
        decided_on=today,
        expires_on=today + timedelta(days=parameters.override_days),
    )


def effective_level(published: PublishedLevel, override: Override | None, today: date) -> RiskLevel:
    """The level that decides on visits: the override while it is in force, else the published one."""
    if override is not None and override.is_in_force(published.computed, today):
        return override.level
    return published.level


def _is_downward(previous: RiskLevel, computed: RiskLevel) -> bool:
    # Nothing known before: whatever is computed now is news, not an improvement.
    if previous is RiskLevel.UNRATED:
        return False
    return computed is RiskLevel.UNRATED or previous.is_worse_than(computed)


def _severity(level: RiskLevel) -> float:
    """Order for changes by hand: calling an unrated enterprise blue is a step down."""
    return 0.5 if level is RiskLevel.UNRATED else float(level.rank)
