"""Rules that forbid a step of a rectification item, and the proofs a step asks for (workflows 1.3, 10)."""

from collections.abc import Mapping

from fangshan_desk.domain.day_counting import is_past
from fangshan_desk.domain.rights import Action, Actor, Measure, Role, Subject, may
from fangshan_desk.domain.states.item_facts import CloseReason, EscalationReason, ItemFacts
from fangshan_desk.domain.states.limits import ItemRules
from fangshan_desk.domain.states.machine import Guard, Proof, Requirement, Who, is_system

_Objection = Mapping[str, object] | None
_FINE: _Objection = None

# Which coded reasons fit which way of closing.
RECHECK_REASONS = frozenset({CloseReason.ORIGINALS_SEEN, CloseReason.CAUSE_ENDED})
ENFORCEMENT_REASONS = frozenset({CloseReason.ENFORCEMENT_RESULT})
DISPROVED_REASONS = frozenset(
    {
        CloseReason.FACT_DISPROVED,
        CloseReason.RECORDED_TWICE,
        CloseReason.BASIS_NOT_APPLICABLE,
        CloseReason.ENTERPRISE_GONE,
    }
)

_RECORDERS = frozenset({Role.HRSS, Role.FTU, Role.TOWN, Role.INSPECTOR, Role.GUIDE, Role.COORD})


def item_people() -> Mapping[str, Who[ItemFacts]]:
    """Who takes which step."""
    return {
        "system": is_system,
        "recorder": lambda facts, actor: actor.acts_as(_RECORDERS, township=facts.township),
        "hrss-or-ftu": lambda _facts, actor: actor.acts_as(frozenset({Role.HRSS, Role.FTU})),
        "hrss": lambda _facts, actor: actor.acts_as(frozenset({Role.HRSS})),
        "hrss-lead": lambda _facts, actor: actor.acts_as(frozenset({Role.HRSS_LEAD})),
        "inspector": lambda _facts, actor: actor.acts_as(frozenset({Role.INSPECTOR})),
        "closer": lambda facts, actor: _leads(actor, Measure.ITEM_CLOSING, facts),
        "extension-leader": lambda facts, actor: _leads(actor, Measure.EXTENSION_APPROVAL, facts),
    }


def item_guards(rules: ItemRules) -> Mapping[str, Guard[ItemFacts]]:
    """What forbids a step, with the values of its sentence."""
    return {
        "never-extended": lambda facts, _actor: _when(facts.code in rules.never_extended, code=facts.code),
        "no-repayment-plan": lambda facts, _actor: _when(
            facts.code in rules.wage_arrears and not facts.has_repayment_plan
        ),
        "extended-once": lambda facts, _actor: _when(facts.extension_count >= rules.extension_max_count),
        "asked-too-late": lambda facts, _actor: _when(
            is_past(facts.deadline, facts.requested_on or facts.today), deadline=facts.deadline.isoformat()
        ),
        "extension-too-long": lambda facts, _actor: _longer_than(
            facts.new_days, rules.longest_extension(facts.original_days)
        ),
        "deadline-not-passed": lambda facts, _actor: _when(
            not is_past(facts.deadline, facts.today), deadline=facts.deadline.isoformat()
        ),
        "failed-twice": lambda facts, _actor: _when(facts.return_count > rules.reopen_max_count),
        "reopened-too-long": lambda facts, _actor: _longer_than(facts.new_days, rules.reopen_max_days),
        "recheck-reason": lambda facts, _actor: _unfit(facts, RECHECK_REASONS),
        "enforcement-reason": lambda facts, _actor: _unfit(facts, ENFORCEMENT_REASONS),
        "disproved-reason": lambda facts, _actor: _unfit(facts, DISPROVED_REASONS),
        "not-urgent": lambda facts, _actor: _when(
            facts.escalation_reason is EscalationReason.URGENT
            and not rules.is_urgent(facts.code, facts.floors)
        ),
        "no-second-failure": lambda facts, _actor: _when(
            facts.escalation_reason is EscalationReason.SECOND_FAILURE
            and facts.return_count <= rules.reopen_max_count
        ),
        "not-overdue-and-reminded": lambda facts, _actor: _when(
            facts.escalation_reason is EscalationReason.OVERDUE and not _is_reminded_after(facts)
        ),
    }


def item_proofs(rules: ItemRules) -> Mapping[Requirement, Proof[ItemFacts]]:
    """What has to be handed in with a step."""
    return {
        Requirement.EVIDENCE: lambda facts: facts.has_evidence,
        Requirement.REASON: lambda facts: bool(facts.reason.strip()),
        Requirement.CLOSE_REASON: lambda facts: facts.close_reason is not None,
        Requirement.EVIDENCE_OR_CLOSE_REASON: lambda facts: (
            facts.has_evidence or facts.close_reason is not None
        ),
        Requirement.OWNER: lambda facts: all(
            part.strip() for part in (facts.owner_name, facts.owner_post, facts.owner_phone)
        ),
        Requirement.TRACKING_OFFICER: lambda facts: bool(facts.tracking_officer_id),
        Requirement.WRITTEN_REQUEST: lambda facts: facts.requested_on is not None,
        Requirement.PLAN: lambda facts: bool(facts.plan.strip()),
        Requirement.NEW_DAYS: lambda facts: bool(facts.new_days and facts.new_days > 0),
        Requirement.ESCALATION_REASON: lambda facts: facts.escalation_reason is not None,
        Requirement.ESCALATION_LETTER: lambda facts: bool(facts.escalation_letter.strip()),
        Requirement.AUTHORITY: lambda facts: bool(facts.authority.strip()),
        Requirement.TWO_OFFICERS: lambda facts: len(facts.officers) >= rules.recheck_officers,
    }


def _leads(actor: Actor, measure: Measure, facts: ItemFacts) -> bool:
    subject = Subject(measure=measure, item_code=facts.code, township=facts.township)
    return may(actor, Action.APPROVE, subject).is_allowed


def _when(is_forbidden: bool, **values: object) -> _Objection:
    return values if is_forbidden else _FINE


def _longer_than(days: int | None, longest: int) -> _Objection:
    return _when(days is not None and days > longest, days=days, longest=longest)


def _unfit(facts: ItemFacts, fitting: frozenset[CloseReason]) -> _Objection:
    reason = facts.close_reason
    return _FINE if reason is None or reason in fitting else {"reason": reason.value}


def _is_reminded_after(facts: ItemFacts) -> bool:
    # The reminder of the day after counts; those sent before the deadline do not.
    return facts.reminded_on is not None and is_past(facts.deadline, facts.reminded_on)
