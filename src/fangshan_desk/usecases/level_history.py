"""What the observation rule needs of earlier grades: the level before, its cause, when that ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.records.register import RiskAssessmentRecord
from fangshan_desk.domain.risk.grading import RiskAssessment
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.risk.publishing import Override
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.rectification_item import is_closed

# Floors that rest on a finding which is followed up as a rectification item.
_ITEM_OF_FLOOR: Mapping[str, str] = {"F1": "WAGE-01", "O1": "WAGE-01", "F4": "PROT-01"}
_COMPONENT_OF_FLOOR: Mapping[str, str] = {"F1": "A", "O1": "A", "O6": "C3"}
_PASSED = (ItemState.VERIFIED, ItemState.CLOSED_BY_ENFORCEMENT)


@dataclass(frozen=True)
class LevelHistory:
    """The grades of one enterprise, oldest first."""

    records: Sequence[RiskAssessmentRecord]

    @property
    def newest(self) -> RiskAssessmentRecord | None:
        """The grade made last."""
        return self.records[-1] if self.records else None

    @property
    def published(self) -> RiskLevel:
        """The level published last; unrated before the first grade."""
        return self.newest.published_level if self.newest is not None else RiskLevel.UNRATED

    @property
    def stepped_on(self) -> date | None:
        """The day of the last step down."""
        for before, after in reversed(list(zip(self.records, self.records[1:], strict=False))):
            if _is_better(after.published_level, before.published_level):
                return after.as_of
        return None

    @property
    def cause(self) -> RiskAssessmentRecord | None:
        """The newest grade that computed the level published now."""
        made = [record for record in self.records if record.level is self.published]
        return made[-1] if made else None

    def override(self) -> Override | None:
        """The level set by hand last, whether still in force or not."""
        for record in reversed(self.records):
            if record.override_level is not None and record.override_until is not None:
                return Override(
                    level=record.override_level,
                    computed=record.level,
                    reason=record.override_reason,
                    decided_on=record.as_of,
                    expires_on=record.override_until,
                )
        return None

    def cleared_on(self, now: RiskAssessment, items: Sequence[RectificationItem], today: date) -> date | None:
        """The day the cause of the published level ended; None while that is not proven.

        Where a rectification item follows the cause it must have passed its recheck; data that merely grew
        old proves nothing.
        """
        cause = self.cause
        if cause is None or self._has_gone_silent(cause, now):
            return None
        codes = {_ITEM_OF_FLOOR[floor] for floor in cause.floors if floor in _ITEM_OF_FLOOR}
        followed = [item for item in items if item.code in codes]
        if any(not is_closed(item.state) for item in followed):
            return None
        passed = [item.closed_on for item in followed if item.state in _PASSED and item.closed_on]
        return max(passed) if passed else self._better_since(cause, today)

    def _has_gone_silent(self, cause: RiskAssessmentRecord, now: RiskAssessment) -> bool:
        scored = {name for name, points in cause.components.items() if points}
        fixed = {_COMPONENT_OF_FLOOR[floor] for floor in cause.floors if floor in _COMPONENT_OF_FLOOR}
        return any(now.components.get(name) is None for name in scored | fixed)

    def _better_since(self, cause: RiskAssessmentRecord, today: date) -> date:
        later = self.records[self.records.index(cause) + 1 :]
        return later[0].as_of if later else today


def _is_better(level: RiskLevel, than: RiskLevel) -> bool:
    rated = RiskLevel.UNRATED not in (level, than)
    return rated and than.is_worse_than(level)


def history_of(records: Sequence[RiskAssessmentRecord], as_of: date) -> LevelHistory:
    """The grades up to and including the day."""
    made = [record for record in records if record.as_of <= as_of]
    return LevelHistory(sorted(made, key=lambda record: (record.as_of, record.made_at, record.id)))
