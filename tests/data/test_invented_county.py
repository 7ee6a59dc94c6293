"""The invented county is plausible, complete, repeatable, and opens without a passphrase."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.app.sampling import start_sample
from fangshan_desk.app.upkeep import audit, check
from fangshan_desk.domain.credit_code import is_valid_code
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.letters import Letter, RectificationItem
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.rights import Body
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.support.paths import Workspace
from tests.helpers.office import reference_library

SIZE = 60


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("county") / "desk")
    start_sample(workspace, enterprises=SIZE, seed=5)
    return workspace


def _all(desk: OpenDesk, record: type[Any]) -> list[Any]:
    found: list[Record] = desk.transact(lambda uow, _: uow.find(record)).result
    return found


def test_it_has_every_category_every_town_and_the_three_bodies(county: Workspace) -> None:
    with open_desk(county, None) as desk:
        enterprises = _all(desk, Enterprise)
        categories = {code for enterprise in enterprises for code in enterprise.categories}
        known = {category.code for category in reference_library().checklist.categories} - {"all"}
        assert len(enterprises) == SIZE
        assert categories >= known - {"new_enterprise"}
        assert len({enterprise.township for enterprise in enterprises}) >= 6
        assert {officer.body for officer in _all(desk, Officer)} == set(Body)


def test_every_credit_code_is_valid_and_no_phone_can_be_called(county: Workspace) -> None:
    with open_desk(county, None) as desk:
        for enterprise in _all(desk, Enterprise):
            assert is_valid_code(enterprise.uscc)
            assert enterprise.contact_phone.startswith("100")


def test_it_holds_visits_behind_and_ahead_and_items_open_overdue_and_closed(county: Workspace) -> None:
    with open_desk(county, None) as desk:
        visits = Counter(visit.state for visit in _all(desk, Visit))
        items = Counter(item.state for item in _all(desk, RectificationItem))
        assert visits[VisitState.FINISHED] >= SIZE // 3
        assert visits[VisitState.PLANNED] >= 4
        assert items[ItemState.VERIFIED] > 0
        assert items[ItemState.OVERDUE] + items[ItemState.OPEN] > 0
        assert any(letter.document_number for letter in _all(desk, Letter))


def test_its_file_and_chain_are_sound(county: Workspace) -> None:
    with open_desk(county, None) as desk:
        assert [finding.sentence for finding in (*check(desk), *audit(desk)) if not finding.is_sound] == []


def test_the_same_seed_makes_the_same_county(county: Workspace, tmp_path: Path) -> None:
    again = Workspace(tmp_path / "again")
    start_sample(again, enterprises=SIZE, seed=5)

    def told(workspace: Workspace) -> list[tuple[Any, ...]]:
        with open_desk(workspace, None) as desk:
            rows = [(row.id, row.name, row.uscc, row.risk_level) for row in _all(desk, Enterprise)]
            return rows + [
                (row.id, row.finding, row.state, row.deadline) for row in _all(desk, RectificationItem)
            ]

    assert told(county) == told(again)
