"""What may be done with a rectification item now, and why not; screens ask before work, steps decide with it.

Screens judge a frozen `ItemPage`, steps judge the record inside their transaction: same table, same rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.states.item_facts import (
    CloseReason,
    EscalationReason,
    ItemEvent,
    ItemFacts,
    ItemState,
)
from fangshan_desk.domain.states.item_rules import DISPROVED_REASONS, ENFORCEMENT_REASONS, RECHECK_REASONS
from fangshan_desk.domain.states.machine import Refusal, RefusalKind, Requirement
from fangshan_desk.domain.states.rectification_item import item_machine
from fangshan_desk.usecases.ports import Services
from fangshan_desk.usecases.recording_transitions import acting
from fangshan_desk.usecases.views.ledger import ItemPage

# What a person can choose; falling overdue and reopening follow by themselves.
PERSONS_EVENTS = (
    ItemEvent.REPORT_DONE,
    ItemEvent.VERIFY,
    ItemEvent.RETURN,
    ItemEvent.REQUEST_EXTENSION,
    ItemEvent.APPROVE_EXTENSION,
    ItemEvent.REFUSE_EXTENSION,
    ItemEvent.ESCALATE,
    ItemEvent.RECORD_CORRECTED,
    ItemEvent.RECORD_ENFORCEMENT,
    ItemEvent.NAME_OWNER,
    ItemEvent.TRANSFER,
    ItemEvent.DISPROVE,
)
# Which coded reasons a way of closing offers, in the order shown.
CLOSE_REASONS: Mapping[ItemEvent, tuple[CloseReason, ...]] = MappingProxyType(
    {
        ItemEvent.VERIFY: tuple(reason for reason in CloseReason if reason in RECHECK_REASONS),
        ItemEvent.RECORD_CORRECTED: tuple(reason for reason in CloseReason if reason in ENFORCEMENT_REASONS),
        ItemEvent.RECORD_ENFORCEMENT: tuple(
            reason for reason in CloseReason if reason in ENFORCEMENT_REASONS
        ),
        ItemEvent.DISPROVE: tuple(reason for reason in CloseReason if reason in DISPROVED_REASONS),
    }
)


@dataclass(frozen=True, kw_only=True)
class ItemOption:
    """One thing a person may want to do: where it leads, what it asks for, or why it is refused."""

    event: ItemEvent
    to: ItemState | None
    refusal: Refusal | None
    requires: tuple[Requirement, ...] = ()
    limit: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether a dialog makes sense: nothing is in the way but what the dialog asks for."""
        return self.refusal is None

    @property
    def belongs_to_state(self) -> bool:
        """Whether the table knows the step from the present state at all."""
        return self.refusal is None or self.refusal.kind is not RefusalKind.WRONG_STATE


def item_options(page: ItemPage, services: Services) -> tuple[ItemOption, ...]:
    """Every step a person may think of, with the reason where it is refused."""
    return tuple(_option(page, event, services) for event in PERSONS_EVENTS)


def why_not(page: ItemPage, event: ItemEvent, services: Services, **given: Any) -> Refusal | None:
    """Why the step is refused with what is given so far; None when it can be taken."""
    machine = item_machine(services.limits)
    facts = facts_of(
        page.item,
        services,
        township=page.enterprise.township,
        floors=page.floors,
        has_evidence=page.has_new_evidence,
        **given,
    )
    options = machine.allowed_events(page.item.state, facts=facts, actor=acting(services))
    return next(option.refusal for option in options if option.event is event)


def escalation_reasons(
    page: ItemPage, services: Services
) -> Sequence[tuple[EscalationReason, Refusal | None]]:
    """The reasons for handing an item to labour inspection, each with what is in its way."""
    judged = []
    for reason in EscalationReason:
        refusal = why_not(page, ItemEvent.ESCALATE, services, escalation_reason=reason)
        is_open = refusal is None or refusal.kind is RefusalKind.MISSING
        judged.append((reason, None if is_open else refusal))
    return judged


def facts_of(
    item: RectificationItem,
    services: Services,
    *,
    township: str,
    floors: frozenset[str],
    has_evidence: bool,
    **given: Any,
) -> ItemFacts:
    """What the rules of an item look at; ``given`` is what the step brings with it."""
    facts: dict[str, Any] = {
        "code": item.code,
        "today": services.clock.today(),
        "deadline": item.deadline,
        "original_days": item.days,
        "township": township,
        "extension_count": item.extension_count,
        "return_count": item.return_count,
        "has_repayment_plan": item.has_repayment_plan,
        "reminded_on": item.reminded_on,
        "floors": floors,
        "has_evidence": has_evidence,
        "owner_name": item.owner_name,
        "owner_post": item.owner_post,
        "owner_phone": item.owner_phone,
        "tracking_officer_id": item.tracking_officer_id or "",
    }
    return ItemFacts(**{**facts, **given})


def longest_extension(item: RectificationItem, services: Services) -> int:
    """Days an extension of this item may have."""
    return services.limits.item.longest_extension(item.days)


def _option(page: ItemPage, event: ItemEvent, services: Services) -> ItemOption:
    machine = item_machine(services.limits)
    facts = facts_of(
        page.item,
        services,
        township=page.enterprise.township,
        floors=page.floors,
        has_evidence=page.has_new_evidence,
        **_assumed(page.item, event, services),
    )
    options = machine.allowed_events(page.item.state, facts=facts, actor=acting(services))
    option = next(option for option in options if option.event is event)
    return ItemOption(
        event=event,
        to=option.to,
        refusal=None if option.may_be_offered else option.refusal,
        requires=option.requires,
        limit=option.limit,
    )


def _assumed(item: RectificationItem, event: ItemEvent, services: Services) -> dict[str, Any]:
    """What a dialog will ask for and rules look at: the button must not be grey for its own question."""
    if event is ItemEvent.REQUEST_EXTENSION:
        # A letter of the enterprise that came in time may be recorded late.
        in_time = min(services.clock.today(), item.deadline)
        return {"requested_on": in_time, "has_repayment_plan": True}
    if event is ItemEvent.APPROVE_EXTENSION and item.requested_deadline is not None:
        return {"new_days": (item.requested_deadline - item.deadline).days}
    return {}
