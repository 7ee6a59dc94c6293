"""Time limits and thresholds of the workflows, read from the office's parameter table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from fangshan_desk.domain.day_counting import DayUnit, DueDate, HolidayCalendar, PeriodKind, due_after
from fangshan_desk.domain.raw_fields import InvalidInputError, RawFields


class Nature(StrEnum):
    """Statutory, or a working rule of the office, which no letter may call law."""

    STATUTORY = "statutory"
    WORKING = "working"


@dataclass(frozen=True)
class Limit:
    """One period: its length, unit, kind and ground."""

    code: str
    n: int
    unit: DayUnit
    kind: PeriodKind
    nature: Nature
    basis: str

    def due(self, start: date, *, calendar: HolidayCalendar) -> DueDate:
        """The last day of the period after ``start``."""
        return due_after(start, self.n, unit=self.unit, calendar=calendar, kind=self.kind)


@dataclass(frozen=True)
class ItemRules:
    """Numbers and code groups of the rectification items."""

    recheck_officers: int
    extension_max_days: int
    extension_max_count: int
    reopen_max_days: int
    reopen_max_count: int
    reminder_days: tuple[int, ...]
    never_extended: frozenset[str]
    wage_arrears: frozenset[str]
    urgent: frozenset[str]
    urgent_with_floor: Mapping[str, frozenset[str]]

    def is_urgent(self, code: str, floors: frozenset[str] = frozenset()) -> bool:
        """Whether an item with this code goes to labour inspection at once, given the floors that fired."""
        return code in self.urgent or bool(self.urgent_with_floor.get(code, frozenset()) & floors)

    def longest_extension(self, original_days: int) -> int:
        """Days an extension may have: not longer than the original period, nor than the office's maximum."""
        return min(original_days, self.extension_max_days)


@dataclass(frozen=True)
class WorkflowLimits:
    """Everything of `workflow_limits.yaml`."""

    limits: Mapping[str, Limit]
    visit_officers: int
    item: ItemRules
    negotiation_limits: Mapping[str, tuple[str, ...]]

    def __getitem__(self, code: str) -> Limit:
        return self.limits[code]

    @classmethod
    def from_mapping(cls, raw: object) -> "WorkflowLimits":
        """The parsed table, or InvalidInputError naming the key."""
        fields = RawFields(raw)
        fields.whole("schema_version")
        limits = {limit.code: limit for limit in map(_limit, fields.each("limits"))}
        visit = fields.inner("visit")
        officers = visit.whole("officers")
        item = _item_rules(fields.inner("rectification"))
        states = {row.text("state"): row.texts("limits") for row in fields.each("negotiation_states")}
        for state, codes in states.items():
            for code in codes:
                if code not in limits:
                    raise InvalidInputError(f"negotiation_states.{state}.{code}", "unknown-choice")
        visit.done()
        fields.done()
        return cls(MappingProxyType(limits), officers, item, MappingProxyType(states))


def _limit(row: RawFields) -> Limit:
    limit = Limit(
        code=row.text("code"),
        n=row.whole("n"),
        unit=row.choice("unit", DayUnit),
        kind=row.choice("kind", PeriodKind),
        nature=row.choice("nature", Nature),
        basis=row.text("basis"),
    )
    row.done()
    return limit


def _item_rules(row: RawFields) -> ItemRules:
    with_floor = row.inner("urgent_with_floor")
    rules = ItemRules(
        recheck_officers=row.whole("recheck_officers"),
        extension_max_days=row.whole("extension_max_days"),
        extension_max_count=row.whole("extension_max_count"),
        reopen_max_days=row.whole("reopen_max_days"),
        reopen_max_count=row.whole("reopen_max_count"),
        reminder_days=row.integers("reminder_days"),
        never_extended=frozenset(row.texts("never_extended")),
        wage_arrears=frozenset(row.texts("wage_arrears")),
        urgent=frozenset(row.texts("urgent")),
        urgent_with_floor=MappingProxyType(
            {code: frozenset(with_floor.texts(code)) for code in with_floor.names()}
        ),
    )
    row.done()
    return rules
