"""The register of the invented county: officers, enterprises, shared data, contracts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.people import Campaign, Officer, Parameter
from fangshan_desk.domain.records.register import (
    CollectiveContract,
    Enterprise,
    Negotiation,
    SharedFact,
    SharedSource,
)
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.samples.names import Names

_ACTION_DAYS = 125
_NEW_WITHIN_DAYS = 360


@dataclass
class County:
    """Draws the register; the same seed and day give the same county."""

    parts: Mapping[str, Any]
    random: Random
    new_id: Callable[[], str]
    today: date
    officers: list[Officer] = field(default_factory=list)
    enterprises: list[Enterprise] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = Names(self.parts, self.random)
        self.begins_on = self.today - timedelta(days=_ACTION_DAYS)

    def people(self) -> Iterator[Record]:
        """Officers of the three bodies and the townships, the campaign, the office's parameters."""
        towns = [code for code in self.parts["townships"] if code != "county"]
        for group in self.parts["officers"]:
            for number in range(group["count"]):
                is_town = group["role"] == Role.TOWN
                officer = Officer(
                    id=self.new_id(),
                    name=self.names.person(),
                    body=Body(group["body"]),
                    role=Role(group["role"]),
                    post=group["post"],
                    badge_number=f"{self.random.randrange(10**5):05d}",
                    phone=self.names.phone(),
                    township=towns[number] if is_town else "",
                )
                self.officers.append(officer)
                yield officer
        yield Campaign(
            id=self.new_id(),
            title=self.parts["campaign"]["title"],
            document_number=self.parts["campaign"]["document_number"],
            starts_on=self.begins_on,
            ends_on=self.today + timedelta(days=60),
            targets={"visits": 60, "letters": 40},
        )
        yield self._parameter("minimum_wage_monthly", self.parts["minimum_wage_monthly"])
        yield self._parameter("contact_person", self.officers[0].name)

    def _parameter(self, name: str, value: object) -> Parameter:
        return Parameter(id=self.new_id(), name=name, value={"value": value}, valid_from=self.begins_on)

    def register(self, count: int) -> Iterator[Record]:
        """Enterprises of every category, with what other departments report of them."""
        kinds = self.parts["kinds"]
        weights = [kind["weight"] for kind in kinds]
        towns = list(self.parts["townships"])
        town_weights = list(self.parts["townships"].values())
        for number in range(count):
            kind = kinds[number] if number < len(kinds) else self.random.choices(kinds, weights)[0]
            township = self.random.choices(towns, town_weights)[0]
            enterprise = self._enterprise(kind, township)
            if len(self.enterprises) < 2000:
                self.enterprises.append(enterprise)
            yield enterprise
            yield from self._reported(enterprise)
            yield from self._negotiated(enterprise)

    def _enterprise(self, kind: Mapping[str, Any], township: str) -> Enterprise:
        town = self.parts["township_names"][township]
        is_new = self.random.random() < 0.09
        age = self.random.randrange(20, _NEW_WITHIN_DAYS) if is_new else self.random.randrange(400, 7000)
        categories = [*kind["categories"], *(["new_enterprise"] if is_new else [])]
        head = self.names.person()
        return Enterprise(
            id=self.new_id(),
            name=self.names.firm(kind, town),
            uscc=self.names.credit_code(categories),
            is_uscc_valid=True,
            township=township,
            address=self.names.address(town),
            legal_representative=head,
            contact_person=head if self.random.random() < 0.4 else self.names.person(),
            contact_phone=self.names.phone(),
            industry=kind["industry"],
            categories=tuple(categories),
            headcount=self.random.randint(*kind["heads"]),
            established_on=self.today - timedelta(days=age),
            union_exists=self.random.random() < 0.35,
            is_federation_member=self.random.random() < 0.3,
        )

    def _reported(self, enterprise: Enterprise) -> Iterator[SharedFact]:
        month_end = self.today.replace(day=1) - timedelta(days=1)
        trouble = self.random.random() < 0.08
        for source in SharedSource:
            if self.random.random() < 0.28:
                continue
            bad = self.random.random() < (0.7 if trouble else 0.03)
            facts = self.random.choice(self.parts["adverse_facts"][source.value]) if bad else {}
            yield SharedFact(
                id=self.new_id(),
                enterprise_id=enterprise.id,
                source=source,
                period_end=month_end,
                facts=facts,
                provider=self.parts["providers"][source.value],
                file_name=f"{source.value}-{month_end:%Y%m}.xlsx",
                row_number=self.random.randrange(3, 400),
                received_on=month_end + timedelta(days=8),
            )

    def _negotiated(self, enterprise: Enterprise) -> Iterator[Record]:
        if enterprise.union_exists and self.random.random() < 0.6:
            ends = self.today + timedelta(days=self.random.randrange(-60, 700))
            yield CollectiveContract(
                id=self.new_id(),
                enterprise_id=enterprise.id,
                kind="general" if self.random.random() < 0.6 else "wage",
                title=self.parts["contract_title"],
                signed_on=ends - timedelta(days=760),
                starts_on=ends - timedelta(days=730),
                ends_on=ends,
                state="in_force" if ends >= self.today else "expired",
                covered_workers=enterprise.headcount,
            )
        elif self.random.random() < 0.05:
            offered = self.today - timedelta(days=self.random.randrange(2, 30))
            yield Negotiation(
                id=self.new_id(),
                enterprise_id=enterprise.id,
                state="offered",
                offered_on=offered,
                reply_due_on=offered + timedelta(days=20),
            )
