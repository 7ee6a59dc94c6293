"""Every number of the risk model, read from its versioned table; the rules contain none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from fangshan_desk.domain.raw_fields import InvalidInputError, RawFields
from fangshan_desk.domain.risk.actions import LevelAction, Span, level_action, span
from fangshan_desk.domain.risk.levels import RiskLevel

COMPONENTS = ("A", "B", "C1", "C2", "C3", "C4", "D")
FLOORS = tuple(f"{family}{n}" for family, last in (("F", 5), ("O", 6), ("Y", 6)) for n in range(1, last + 1))

T = TypeVar("T")


@dataclass(frozen=True)
class Steps:
    """Points that rise with a value: each step counts from its bound on, the bound included."""

    rows: tuple[tuple[float, int], ...]

    def points(self, value: float | None) -> int:
        """Points of the highest step reached; an unknown value reaches none."""
        reached = [points for bound, points in self.rows if value is not None and value >= bound]
        return max(reached, default=0)

    def drop_points(self, change: float | None) -> int:
        """Points of a fall: −0.35 is a drop of 0.35."""
        return self.points(None if change is None else -change)


@dataclass(frozen=True, kw_only=True)
class WageParameters:
    """Component A."""

    overdue_days: Steps
    affected_ratio: Steps
    alert_points: int
    alert_workers: int
    alert_amount: float
    alert_months_one_worker: int
    alert_amount_one_worker: float
    arrears_in_12_months: int
    deferred_by_agreement: int


@dataclass(frozen=True, kw_only=True)
class FindingParameters:
    """Component B."""

    severity: Mapping[int, int]
    overdue_factor: int
    scored_kind: str
    counted_elsewhere: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class TaxParameters:
    """Component C1."""

    abnormal: int
    arrears_months: Steps
    zero_filing_months: Steps
    sales_drop: Steps
    combined_points: int
    combined_drop_points: int


@dataclass(frozen=True, kw_only=True)
class SocialInsuranceParameters:
    """Component C2."""

    unregistered: int
    owed_months: Steps
    insured_drop: Steps
    combined_points: int
    combined_drop_points: int


@dataclass(frozen=True, kw_only=True)
class LoanParameters:
    """Component C3."""

    overdue_days: Steps
    frozen: int
    classification: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class LogisticsParameters:
    """Component C4; the winter stop is given as month and day."""

    stopped: int
    drop: Steps
    winter_first: tuple[int, int]
    winter_last: tuple[int, int]
    winter_category_prefix: str

    def is_winter_stop(self, categories: tuple[str, ...], as_of: date | None) -> bool:
        """Whether building sites rest on this day and the enterprise is of the building trade."""
        if as_of is None or not any(item.startswith(self.winter_category_prefix) for item in categories):
            return False
        today = (as_of.month, as_of.day)
        # The winter runs over New Year.
        return today >= self.winter_first or today <= self.winter_last


@dataclass(frozen=True, kw_only=True)
class NegotiationParameters:
    """Component D."""

    offer: Mapping[str, int]
    contract: Mapping[str, int]
    no_contract_points: int
    no_contract_headcount: int


@dataclass(frozen=True, kw_only=True)
class FloorParameters:
    """Conditions that fix a minimum level."""

    levels: Mapping[str, RiskLevel]
    overdue_red: int
    overdue_orange: int
    overdue_yellow: int
    collective_persons: int
    layoff_persons: int
    layoff_ratio: float
    production_stopped_days: int
    owed_months: int
    loan_overdue_days: int
    with_tax_arrears_months: int
    with_owed_months: int


@dataclass(frozen=True, kw_only=True)
class ModelParameters:
    """One version of the model."""

    version: str
    level_scores: Mapping[RiskLevel, int]
    maxima: Mapping[str, int]
    missing_points: Mapping[str, int]
    unrated_below_coverage: int
    wage: WageParameters
    findings: FindingParameters
    tax: TaxParameters
    social_insurance: SocialInsuranceParameters
    loan: LoanParameters
    logistics: LogisticsParameters
    negotiation: NegotiationParameters
    floors: FloorParameters
    freshness: Mapping[str, Span]
    observation_days: int
    override_days: int
    actions: Mapping[RiskLevel, LevelAction]

    @classmethod
    def from_mapping(cls, raw: object) -> "ModelParameters":
        """The parsed table, or InvalidInputError naming the key."""
        fields = RawFields(raw)
        fields.whole("schema_version")
        model = cls(
            version=fields.text("version"),
            level_scores=_keyed(fields.inner("levels"), RawFields.whole, RiskLevel),
            maxima=_by_component(fields.inner("maxima")),
            missing_points=_by_component(fields.inner("missing_points")),
            unrated_below_coverage=fields.whole("unrated_below_coverage"),
            wage=_wage(fields.inner("wage")),
            findings=_findings(fields.inner("findings")),
            tax=_tax(fields.inner("tax")),
            social_insurance=_social_insurance(fields.inner("social_insurance")),
            loan=_loan(fields.inner("loan")),
            logistics=_logistics(fields.inner("logistics")),
            negotiation=_negotiation(fields.inner("negotiation")),
            floors=_floors(fields.inner("floors")),
            freshness=_keyed(fields.inner("freshness"), span, str),
            observation_days=fields.whole("observation_days"),
            override_days=fields.whole("override_days"),
            actions=_keyed(fields.inner("actions"), level_action, RiskLevel),
        )
        fields.done()
        return model


def _wage(row: RawFields) -> WageParameters:
    line = row.inner("alert_line")
    parameters = WageParameters(
        overdue_days=_steps(row, "overdue_days"),
        affected_ratio=_steps(row, "affected_ratio"),
        alert_points=line.whole("points"),
        alert_workers=line.whole("workers"),
        alert_amount=line.number("amount"),
        alert_months_one_worker=line.whole("months_one_worker"),
        alert_amount_one_worker=line.number("amount_one_worker"),
        arrears_in_12_months=row.whole("arrears_in_12_months"),
        deferred_by_agreement=row.whole("deferred_by_agreement"),
    )
    return _all_read(parameters, line, row)


def _findings(row: RawFields) -> FindingParameters:
    parameters = FindingParameters(
        severity=_keyed(row.inner("severity"), RawFields.whole, int),
        overdue_factor=row.whole("overdue_factor"),
        scored_kind=row.text("scored_kind"),
        counted_elsewhere=frozenset(row.texts("counted_elsewhere")),
    )
    return _all_read(parameters, row)


def _tax(row: RawFields) -> TaxParameters:
    combined = row.inner("combined")
    parameters = TaxParameters(
        abnormal=row.whole("abnormal"),
        arrears_months=_steps(row, "arrears_months"),
        zero_filing_months=_steps(row, "zero_filing_months"),
        sales_drop=_steps(row, "sales_drop"),
        combined_points=combined.whole("points"),
        combined_drop_points=combined.whole("drop_points"),
    )
    return _all_read(parameters, combined, row)


def _social_insurance(row: RawFields) -> SocialInsuranceParameters:
    combined = row.inner("combined")
    parameters = SocialInsuranceParameters(
        unregistered=row.whole("unregistered"),
        owed_months=_steps(row, "owed_months"),
        insured_drop=_steps(row, "insured_drop"),
        combined_points=combined.whole("points"),
        combined_drop_points=combined.whole("drop_points"),
    )
    return _all_read(parameters, combined, row)


def _loan(row: RawFields) -> LoanParameters:
    parameters = LoanParameters(
        overdue_days=_steps(row, "overdue_days"),
        frozen=row.whole("frozen"),
        classification=_keyed(row.inner("classification"), RawFields.whole, str),
    )
    return _all_read(parameters, row)


def _logistics(row: RawFields) -> LogisticsParameters:
    winter = row.inner("winter_stop")
    parameters = LogisticsParameters(
        stopped=row.whole("stopped"),
        drop=_steps(row, "drop"),
        winter_first=_month_and_day(winter, "first"),
        winter_last=_month_and_day(winter, "last"),
        winter_category_prefix=winter.text("category_prefix"),
    )
    return _all_read(parameters, winter, row)


def _negotiation(row: RawFields) -> NegotiationParameters:
    without = row.inner("no_contract")
    parameters = NegotiationParameters(
        offer=_keyed(row.inner("offer"), RawFields.whole, str),
        contract=_keyed(row.inner("contract"), RawFields.whole, str),
        no_contract_points=without.whole("points"),
        no_contract_headcount=without.whole("headcount"),
    )
    return _all_read(parameters, without, row)


def _floors(row: RawFields) -> FloorParameters:
    levels, overdue = row.inner("levels"), row.inner("overdue_days")
    parameters = FloorParameters(
        levels=MappingProxyType({code: levels.choice(code, RiskLevel) for code in FLOORS}),
        overdue_red=overdue.whole("red"),
        overdue_orange=overdue.whole("orange"),
        overdue_yellow=overdue.whole("yellow"),
        collective_persons=row.whole("collective_persons"),
        layoff_persons=row.whole("layoff_persons"),
        layoff_ratio=row.number("layoff_ratio"),
        production_stopped_days=row.whole("production_stopped_days"),
        owed_months=row.whole("owed_months"),
        loan_overdue_days=row.whole("loan_overdue_days"),
        with_tax_arrears_months=row.whole("with_tax_arrears_months"),
        with_owed_months=row.whole("with_owed_months"),
    )
    return _all_read(parameters, levels, overdue, row)


def _steps(row: RawFields, key: str) -> Steps:
    rows = [(item.number("from"), item.whole("points"), item) for item in row.each(key)]
    return _all_read(Steps(tuple((bound, points) for bound, points, _ in rows)), *(item for *_, item in rows))


def _by_component(row: RawFields) -> Mapping[str, int]:
    return _all_read(MappingProxyType({name: row.whole(name) for name in COMPONENTS}), row)


K = TypeVar("K")


def _keyed(row: RawFields, read: Callable[[RawFields, str], T], key: Callable[[str], K]) -> Mapping[K, T]:
    values = {name: read(row, name) for name in row.names()}
    try:
        return MappingProxyType({key(name): value for name, value in values.items()})
    except ValueError:
        raise InvalidInputError(row.path, "unknown-choice") from None


def _month_and_day(row: RawFields, key: str) -> tuple[int, int]:
    try:
        month, day = map(int, row.text(key).split("-"))
        # A leap year, so that 29 February may be named.
        date(2024, month, day)
    except ValueError:
        raise InvalidInputError(f"{row.path}.{key}", "not-a-day") from None
    return month, day


def _all_read(value: T, *rows: RawFields) -> T:
    for row in rows:
        row.done()
    return value
