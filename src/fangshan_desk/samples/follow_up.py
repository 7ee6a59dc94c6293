"""What becomes of a rectification item: reported, rechecked, returned, extended, or left to fall overdue."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from fangshan_desk.domain.records.letters import RectificationItem
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.samples.county import County
from fangshan_desk.usecases.collecting_evidence import add_attachment
from fangshan_desk.usecases.desk import Job
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.rectifying import (
    decide_extension,
    fail_recheck,
    pass_recheck,
    remind,
    report_done,
    request_extension,
)

Turn = tuple[Officer, Job[object]]
At = Callable[[date, Turn], None]
_CLOSED, _RETURNED, _EXTENDED, _LATE_BUT_DONE = 0.62, 0.72, 0.8, 0.85


class FollowUp:
    """Draws the fate of an item and puts its turns on the calendar."""

    def __init__(self, county: County, pictures: Sequence[bytes], at: At) -> None:
        self._county, self._pictures, self._at = county, pictures, at
        self._random = county.random

    def plan(
        self, item: RectificationItem, served_on: date, team: tuple[Officer, Officer], lead: Officer
    ) -> None:
        """Decide what happens to the item from its service on."""
        fate = self._random.random()
        reported = served_on + timedelta(days=max(2, int(item.days * self._random.uniform(0.3, 0.95))))
        if fate < _CLOSED:
            self._put_right(item, reported, team)
        elif fate < _RETURNED:
            self._report(item, reported, team)
            self._fail(item, reported + timedelta(days=3), team)
            self._put_right(item, reported + timedelta(days=7), team)
        elif fate < _EXTENDED:
            self._extend(item, team, lead)
            self._put_right(item, item.deadline + timedelta(days=5), team)
        else:
            self._remind(item, team)
            if self._random.random() < _LATE_BUT_DONE:
                late = item.deadline + timedelta(days=self._random.randrange(4, 22))
                self._put_right(item, late, team)

    def _put_right(self, item: RectificationItem, day: date, team: tuple[Officer, Officer]) -> None:
        self._report(item, day, team)
        self._recheck(item, day + timedelta(days=self._random.randrange(1, 9)), team)

    def _report(self, item: RectificationItem, day: date, team: tuple[Officer, Officer]) -> None:
        def job(uow: UnitOfWork, services: Services) -> None:
            self._prove(item, uow, services)
            note = self._random.choice(self._county.parts["reports"])
            report_done(item_id=item.id, reported_on=day, note=note, uow=uow, services=services)

        self._at(day, (team[0], job))

    def _recheck(self, item: RectificationItem, day: date, team: tuple[Officer, Officer]) -> None:
        self._at(
            day,
            (
                self._closer(item, team),
                lambda uow, services: pass_recheck(
                    item_id=item.id,
                    officers=[officer.id for officer in team],
                    rechecked_on=day,
                    uow=uow,
                    services=services,
                ),
            ),
        )

    def _fail(self, item: RectificationItem, day: date, team: tuple[Officer, Officer]) -> None:
        self._at(
            day,
            (
                self._closer(item, team),
                lambda uow, services: fail_recheck(
                    item_id=item.id,
                    officers=[officer.id for officer in team],
                    rechecked_on=day,
                    reason=self._random.choice(self._county.parts["failures"]),
                    uow=uow,
                    services=services,
                ),
            ),
        )

    def _extend(self, item: RectificationItem, team: tuple[Officer, Officer], lead: Officer) -> None:
        asked = item.deadline - timedelta(days=2)
        until = item.deadline + timedelta(days=min(item.days, 12))
        self._at(
            asked,
            (
                team[0],
                lambda uow, services: request_extension(
                    item_id=item.id,
                    requested_on=asked,
                    until=until,
                    reason=self._random.choice(self._county.parts["extension_reasons"]),
                    plan=self._random.choice(self._county.parts["plans"]),
                    uow=uow,
                    services=services,
                ),
            ),
        )
        self._at(
            asked + timedelta(days=1),
            (
                lead,
                lambda uow, services: decide_extension(
                    item_id=item.id, is_approved=True, uow=uow, services=services
                ),
            ),
        )

    def _remind(self, item: RectificationItem, team: tuple[Officer, Officer]) -> None:
        self._at(
            item.deadline + timedelta(days=1),
            (
                team[0],
                lambda uow, services: remind(item_ids=[item.id], way="phone", uow=uow, services=services),
            ),
        )

    def _closer(self, item: RectificationItem, team: tuple[Officer, Officer]) -> Officer:
        bureau = [officer for officer in self._county.officers if officer.body.value == item.lead_body]
        return team[0] if team[0].body.value == item.lead_body else bureau[0]

    def _prove(self, item: RectificationItem, uow: UnitOfWork, services: Services) -> None:
        picture = self._random.choice(self._pictures)
        add_attachment(
            subject="rectification_item",
            subject_id=item.id,
            data=picture,
            media_type="image/png",
            file_name=f"{item.code}-proof.png",
            thumbnail=picture,
            uow=uow,
            services=services,
        )
