"""Four months of work in the invented county, lived through the real use cases day by day."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

from fangshan_desk.domain.checklist import CheckItem
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.letters import Letter, RectificationItem, ServiceWay
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, Visit
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.samples.clock import MovingClock
from fangshan_desk.samples.county import County
from fangshan_desk.samples.follow_up import FollowUp, Turn
from fangshan_desk.usecases.answering import answer_item, confirm_rest_of_section, sections_of
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.issuing import approve_letter, discard_draft, issue_letter
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.prescribing import Signing, confirm_prescription, draft_prescription, edit_draft
from fangshan_desk.usecases.rectifying import pass_deadlines
from fangshan_desk.usecases.serving import ServiceProof, serve_letter
from fangshan_desk.usecases.visiting import finish_visit, plan_visit, set_basics, start_visit

T = TypeVar("T")
ActAs = Callable[[Officer, Job[Any]], Any]
_FINDINGS_PER_VISIT = (0, 1, 1, 2, 2, 3, 3, 4)
_PLANNED_TODAY = 4


@dataclass
class Days:
    """Lives through the months; ``act_as`` runs one transaction as an officer."""

    county: County
    clock: MovingClock
    act_as: ActAs
    pictures: Sequence[bytes]
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = self.county.random
        self._turns: dict[date, list[Turn]] = {}
        self._follow_up = FollowUp(self.county, self.pictures, self._at)

    def live(self, visits: int) -> Iterator[int]:
        """Make about this many visits from the campaign's first day to yesterday; yields how many so far."""
        working = [day for day in self._days() if day.weekday() < 5]
        chosen = self._random.sample(self.county.enterprises, min(visits, len(self.county.enterprises)))
        by_day: dict[date, list[Enterprise]] = {}
        for enterprise in chosen:
            by_day.setdefault(self._random.choice(working), []).append(enterprise)
        for day in self._days():
            for number, enterprise in enumerate(by_day.get(day, [])):
                self.clock.set_to(day, 9 + min(number * 2, 8))
                self._visit(enterprise, day)
                yield self.counts["visits"]
            self._live_turns(day)
        self._plan_ahead()

    def _days(self) -> Iterator[date]:
        day = self.county.begins_on
        while day < self.county.today:
            yield day
            day += timedelta(days=1)

    def _live_turns(self, day: date) -> None:
        turns = self._turns.pop(day, [])
        if turns:
            self.clock.set_to(day, 17)
        for officer, job in turns:
            try:
                self.act_as(officer, job)
            except ExpectedError:
                # Life went another way meanwhile, say the item was closed already.
                self.counts["turned_down"] += 1
            self.clock.tick()
        self.act_as(self._lead(), lambda uow, services: pass_deadlines(uow=uow, services=services))

    def _at(self, day: date, turn: Turn) -> None:
        if day < self.county.today:
            self._turns.setdefault(day, []).append(turn)

    def _visit(self, enterprise: Enterprise, day: date) -> None:
        first, second = self._team()
        visit = self.act_as(first, self._starting(enterprise, first, second))
        findings = self._findings(enterprise)
        self.act_as(first, lambda uow, services: self._check(visit, enterprise, findings, uow, services))
        self.counts["visits"] += 1
        letter_id, items = self.act_as(
            first, lambda uow, services: self._prescribe(visit, day, uow, services)
        )
        self.counts["letters"] += bool(letter_id)
        self.counts["items"] += len(items)
        for item in items:
            self._follow_up.plan(item, day, (first, second), self._lead())
        if letter_id:
            self._issue(letter_id, day + timedelta(days=self._random.randrange(2, 5)))

    def _issue(self, letter_id: str, day: date) -> None:
        union = next(officer for officer in self.county.officers if officer.role is Role.FTU_LEAD)
        for officer, step in (
            (self._lead(), approve_letter),
            (union, approve_letter),
            (self._lead(), issue_letter),
        ):
            self._at(day, (officer, partial(_step, step, letter_id)))

    def _starting(self, enterprise: Enterprise, first: Officer, second: Officer) -> Job[Visit]:
        def job(uow: UnitOfWork, services: Services) -> Visit:
            visit = start_visit(
                enterprise_id=enterprise.id,
                visitor_ids=(first.id, second.id),
                is_quick_check=self._random.random() < 0.8,
                uow=uow,
                services=services,
            )
            return set_basics(
                visit_id=visit.id,
                purpose=self._random.choice(self.county.parts["purposes"]),
                enterprise_person=enterprise.contact_person,
                enterprise_person_post=self._random.choice(self.county.parts["posts"]),
                uow=uow,
                services=services,
            )

        return job

    def _check(
        self,
        visit: Visit,
        enterprise: Enterprise,
        findings: Mapping[str, Mapping[str, Any]],
        uow: UnitOfWork,
        services: Services,
    ) -> None:
        for applicable in sections_of(visit, uow, services):
            for item in applicable.items:
                self.clock.tick()
                self._answer(visit, enterprise, item, findings.get(item.code), uow, services)
            confirm_rest_of_section(
                visit_id=visit.id, section=applicable.section.code, uow=uow, services=services
            )

    def _answer(
        self,
        visit: Visit,
        enterprise: Enterprise,
        item: CheckItem,
        finding: Mapping[str, Any] | None,
        uow: UnitOfWork,
        services: Services,
    ) -> None:
        inputs, chosen = self._given(enterprise, item, finding)
        if inputs is None and chosen is None:
            return
        note = (
            self._random.choice(self.county.parts["notes"]) if finding and self._random.random() < 0.5 else ""
        )
        answer_item(
            visit_id=visit.id,
            code=item.code,
            chosen=chosen,
            inputs=inputs,
            note=note,
            uow=uow,
            services=services,
        )
        if finding and self._random.random() < 0.5:
            self._photograph(visit, item, uow, services)

    def _given(
        self, enterprise: Enterprise, item: CheckItem, finding: Mapping[str, Any] | None
    ) -> tuple[Mapping[str, Any] | None, Answer | None]:
        if item.code == "GEN-01":
            return {"headcount": enterprise.headcount}, None
        if item.code == "GEN-03":
            return {
                "union_exists": enterprise.union_exists,
                "acfic_member": enterprise.is_federation_member,
            }, None
        if item.code == "WAGE-01" and finding is None:
            return {"unpaid_workers": 0, "unpaid_months": 0, "unpaid_amount": "0"}, None
        if finding is None:
            return None, None
        return self._figures(item, finding), None if item.violated_when else Answer.VIOLATED

    def _figures(self, item: CheckItem, finding: Mapping[str, Any]) -> Mapping[str, Any]:
        figures: dict[str, Any] = {
            name: self._random.randint(least, most)
            for name, (least, most) in finding.get("inputs", {}).items()
        }
        figures.update(finding.get("values", {}))
        if finding.get("text"):
            figures[finding["text"]] = self._random.choice(self.county.parts["projects"])
        if item.code == "WAGE-01":
            figures["unpaid_amount"] = (
                f"{figures['unpaid_workers'] * self._random.randrange(3000, 9000, 50)}.00"
            )
            overdue = timedelta(days=self._random.randrange(6, 50))
            figures["earliest_due_date"] = (self.clock.today() - overdue).isoformat()
        if item.code == "SOCI-02":
            figures["owed_amount"] = f"{figures['owed_months'] * self._random.randrange(2000, 9000, 10)}.00"
        return figures

    def _findings(self, enterprise: Enterprise) -> dict[str, Mapping[str, Any]]:
        pool = [
            entry
            for entry in self.county.parts["findings"]
            if entry["code"][:4] not in ("CONS", "PLAT") or _concerns(entry["code"], enterprise)
        ]
        count = self._random.choice(_FINDINGS_PER_VISIT)
        drawn = self._random.choices(pool, [entry["weight"] for entry in pool], k=count)
        return {entry["code"]: entry for entry in drawn}

    def _photograph(self, visit: Visit, item: CheckItem, uow: UnitOfWork, services: Services) -> None:
        picture = self._random.choice(self.pictures)
        add_attachment(
            subject="visit",
            subject_id=visit.id,
            topic=item.code,
            data=picture,
            media_type="image/png",
            file_name=f"{item.code}.png",
            thumbnail=picture,
            taken_at=services.clock.now_utc(),
            uow=uow,
            services=services,
        )

    def _prescribe(
        self, visit: Visit, day: date, uow: UnitOfWork, services: Services
    ) -> tuple[str, Sequence[RectificationItem]]:
        draft = draft_prescription(visit_id=visit.id, uow=uow, services=services)
        draft = self._name_owners(draft, visit, uow, services)
        items: Sequence[RectificationItem] = ()
        if not draft.content["items"]:
            discard_draft(letter_id=draft.id, uow=uow, services=services)
        else:
            signing = Signing(
                signer="enterprise", name=visit.enterprise_person, post=visit.enterprise_person_post
            )
            confirm_prescription(letter_id=draft.id, signings=(signing,), uow=uow, services=services)
            self.clock.tick(120)
            proof = ServiceProof(way=ServiceWay.DIRECT, served_on=day, recipient=visit.enterprise_person)
            items = serve_letter(letter_id=draft.id, proof=proof, uow=uow, services=services)
        finish_visit(visit_id=visit.id, uow=uow, services=services)
        return (draft.id if draft.content["items"] else ""), items

    def _name_owners(self, draft: Letter, visit: Visit, uow: UnitOfWork, services: Services) -> Letter:
        for item in draft.content["items"]:
            draft = edit_draft(
                letter_id=draft.id,
                code=item["code"],
                owner_name=visit.enterprise_person,
                owner_post=visit.enterprise_person_post,
                owner_phone=visit.enterprise_person_phone,
                uow=uow,
                services=services,
            )
        return draft

    def _plan_ahead(self) -> None:
        self.clock.set_to(self.county.today, 8)
        times = self.county.parts["visit_times"]
        coming = [self.county.today + timedelta(days=ahead) for ahead in range(1, 12)]
        working = [day for day in coming if day.weekday() < 5]
        chosen = self._random.sample(self.county.enterprises, min(14, len(self.county.enterprises)))
        for number, enterprise in enumerate(chosen):
            day = self.county.today if number < _PLANNED_TODAY else working[number % len(working)]
            job = self._planning(enterprise, day, times[number % len(times)])
            self.act_as(self.county.officers[0], job)

    def _planning(self, enterprise: Enterprise, day: date, at: str) -> Job[Visit]:
        purpose = self._random.choice(self.county.parts["purposes"])
        return lambda uow, services: plan_visit(
            enterprise_id=enterprise.id,
            planned_on=day,
            planned_time=at,
            purpose=purpose,
            uow=uow,
            services=services,
        )

    def _team(self) -> tuple[Officer, Officer]:
        officers = self.county.officers
        first = self._random.choice([o for o in officers if o.role in (Role.HRSS, Role.FTU)])
        others = [o for o in officers if o.body in (Body.HRSS, Body.FTU, Body.FIC) and o.id != first.id]
        return first, self._random.choice(others)

    def _lead(self) -> Officer:
        return next(officer for officer in self.county.officers if officer.role is Role.HRSS_LEAD)


def _step(step: Callable[..., Letter], letter_id: str, uow: UnitOfWork, services: Services) -> Letter:
    return step(letter_id=letter_id, uow=uow, services=services)


def _concerns(code: str, enterprise: Enterprise) -> bool:
    start = {"CONS": "construction", "PLAT": "platform"}[code[:4]]
    return any(category.startswith(start) for category in enterprise.categories)
