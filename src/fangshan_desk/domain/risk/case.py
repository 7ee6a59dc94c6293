"""What the grade is computed from: one enterprise on one day, with None wherever data is missing."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fangshan_desk.domain.raw_fields import InvalidInputError, RawFields


class ContractStatus(StrEnum):
    """Where the enterprise's collective contract stands."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    NONE = "none"


class OfferStatus(StrEnum):
    """Where the offer to negotiate stands."""

    NONE = "none"
    PENDING = "pending"
    NEGOTIATING = "negotiating"
    UNANSWERED_OVER_20 = "unanswered_over_20"
    REFUSED = "refused"
    DEADLOCK = "deadlock"


@dataclass(frozen=True, kw_only=True)
class WageFacts:
    """Wage arrears as found; days since the oldest unpaid agreed pay day, amounts in yuan."""

    overdue_days: int = 0
    unpaid_workers: int | None = None
    unpaid_amount: float | None = None
    max_months_one_worker: int | None = None
    max_amount_one_worker: float | None = None
    arrears_in_12_months: bool = False
    deferred_by_agreement: bool = False


@dataclass(frozen=True, kw_only=True)
class FindingFacts:
    """One finding that is still open; ``code`` and ``kind`` let the grade leave out what counts elsewhere."""

    severity: int
    overdue: bool = False
    code: str = ""
    kind: str = "violation"


@dataclass(frozen=True, kw_only=True)
class TaxFacts:
    """From the tax bureau; ``sales_yoy`` −0.35 means 35 % less than a year ago."""

    arrears_months: int = 0
    zero_filing_months: int = 0
    sales_yoy: float | None = None
    abnormal: bool = False


@dataclass(frozen=True, kw_only=True)
class SocialInsuranceFacts:
    """From the social-insurance centre; the change compares the insured with six months earlier."""

    owed_months: int = 0
    insured_change_6m: float | None = None
    unregistered: bool = False


@dataclass(frozen=True, kw_only=True)
class LoanFacts:
    """From the banks; ``classification`` in the bank's own word."""

    overdue_days: int = 0
    classification: str = ""
    frozen: bool = False


@dataclass(frozen=True, kw_only=True)
class LogisticsFacts:
    """From carriers and the power supplier, same month of last year."""

    volume_yoy: float | None = None
    power_yoy: float | None = None
    stopped: bool = False


@dataclass(frozen=True, kw_only=True)
class NegotiationFacts:
    """From the negotiation ledger."""

    union: bool | None = None
    contract_status: ContractStatus | None = None
    offer_status: OfferStatus | None = None


@dataclass(frozen=True, kw_only=True)
class SignalFacts:
    """Signs of trouble (RISK-01 … 08, PROT-01, ledger); none seen unless given."""

    flight: bool = False
    stoppage_persons: int = 0
    collective_demand_persons: int = 0
    child_labour: bool = False
    payment_order_expired: bool = False
    layoff_planned: int = 0
    layoff_procedure_done: bool = False
    restructuring: bool = False
    settlement_plan: bool = False
    refused_rectification: bool = False
    production_stopped_days: int = 0


@dataclass(frozen=True, kw_only=True)
class RiskCase:
    """One enterprise as known on the day; a source that is None is missing and never counts as zero."""

    headcount: int | None = None
    new_enterprise: bool = False
    wage: WageFacts | None = None
    findings: tuple[FindingFacts, ...] | None = None
    tax: TaxFacts | None = None
    social_insurance: SocialInsuranceFacts | None = None
    loan: LoanFacts | None = None
    logistics: LogisticsFacts | None = None
    negotiation: NegotiationFacts | None = None
    signals: SignalFacts = field(default_factory=SignalFacts)
    categories: tuple[str, ...] = ()
    as_of: date | None = None

    @classmethod
    def from_mapping(cls, raw: object) -> "RiskCase":
        """The case of a parsed YAML or JSON mapping, or InvalidInputError naming the key.

        ``{}`` is a source at hand with nothing adverse; null or an absent key is a missing source.
        """
        fields = RawFields(raw)
        case = cls(
            headcount=fields.optional_whole("headcount"),
            new_enterprise=fields.flag("new_enterprise", default=False),
            wage=_wage(fields.inner("wage")) if fields.has("wage") else None,
            findings=_findings(fields) if fields.has("findings") else None,
            tax=_tax(fields.inner("tax")) if fields.has("tax") else None,
            social_insurance=_social_insurance(fields) if fields.has("social_insurance") else None,
            loan=_loan(fields.inner("loan")) if fields.has("loan") else None,
            logistics=_logistics(fields.inner("logistics")) if fields.has("logistics") else None,
            negotiation=_negotiation(fields.inner("negotiation")) if fields.has("negotiation") else None,
            signals=_signals(fields.inner("signals")) if fields.has("signals") else SignalFacts(),
            categories=fields.texts("categories"),
            as_of=fields.optional_day("as_of"),
        )
        fields.done()
        return case


def _wage(row: RawFields) -> WageFacts:
    facts = WageFacts(
        overdue_days=row.whole("overdue_days", 0),
        unpaid_workers=row.optional_whole("unpaid_workers"),
        unpaid_amount=row.optional_amount("unpaid_amount"),
        max_months_one_worker=row.optional_whole("max_months_one_worker"),
        max_amount_one_worker=row.optional_amount("max_amount_one_worker"),
        arrears_in_12_months=row.flag("arrears_in_12_months", default=False),
        deferred_by_agreement=row.flag("deferred_by_agreement", default=False),
    )
    row.done()
    return facts


def _findings(fields: RawFields) -> tuple[FindingFacts, ...]:
    return tuple(_finding(row, f"findings[{n}].severity") for n, row in enumerate(fields.each("findings")))


def _finding(row: RawFields, path: str) -> FindingFacts:
    severity = row.whole("severity")
    if not 1 <= severity <= 5:
        raise InvalidInputError(path, "unknown-choice")
    facts = FindingFacts(
        severity=severity,
        overdue=row.flag("overdue", default=False),
        code=row.text("code", ""),
        kind=row.text("kind", "violation"),
    )
    row.done()
    return facts


def _tax(row: RawFields) -> TaxFacts:
    facts = TaxFacts(
        arrears_months=row.whole("arrears_months", 0),
        zero_filing_months=row.whole("zero_filing_months", 0),
        sales_yoy=row.optional_change("sales_yoy"),
        abnormal=row.flag("abnormal", default=False),
    )
    row.done()
    return facts


def _social_insurance(fields: RawFields) -> SocialInsuranceFacts:
    row = fields.inner("social_insurance")
    facts = SocialInsuranceFacts(
        owed_months=row.whole("owed_months", 0),
        insured_change_6m=row.optional_change("insured_change_6m"),
        unregistered=row.flag("unregistered", default=False),
    )
    row.done()
    return facts


def _loan(row: RawFields) -> LoanFacts:
    facts = LoanFacts(
        overdue_days=row.whole("overdue_days", 0),
        classification=row.text("classification", ""),
        frozen=row.flag("frozen", default=False),
    )
    row.done()
    return facts


def _logistics(row: RawFields) -> LogisticsFacts:
    facts = LogisticsFacts(
        volume_yoy=row.optional_change("volume_yoy"),
        power_yoy=row.optional_change("power_yoy"),
        stopped=row.flag("stopped", default=False),
    )
    row.done()
    return facts


def _negotiation(row: RawFields) -> NegotiationFacts:
    has_contract, has_offer = row.has("contract_status"), row.has("offer_status")
    facts = NegotiationFacts(
        union=row.flag("union") if row.has("union") else None,
        contract_status=row.choice("contract_status", ContractStatus) if has_contract else None,
        offer_status=row.choice("offer_status", OfferStatus) if has_offer else None,
    )
    row.done()
    return facts


def _signals(row: RawFields) -> SignalFacts:
    facts = SignalFacts(
        flight=row.flag("flight", default=False),
        stoppage_persons=row.whole("stoppage_persons", 0),
        collective_demand_persons=row.whole("collective_demand_persons", 0),
        child_labour=row.flag("child_labour", default=False),
        payment_order_expired=row.flag("payment_order_expired", default=False),
        layoff_planned=row.whole("layoff_planned", 0),
        layoff_procedure_done=row.flag("layoff_procedure_done", default=False),
        restructuring=row.flag("restructuring", default=False),
        settlement_plan=row.flag("settlement_plan", default=False),
        refused_rectification=row.flag("refused_rectification", default=False),
        production_stopped_days=row.whole("production_stopped_days", 0),
    )
    row.done()
    return facts
