"""However laptops type and exchange, they end with the same rows and conflicts, and nothing typed is lost.

Never switched off. `test_merge_mutants.py` shows that it finds planted defects.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.merge_oracle import picture_of
from tests.helpers.merge_stories import CLOCK_FAULTS, STORIES, County, check_agreement
from tests.helpers.replicas import packed

# A failure is worth the time to make it small.
pytestmark = pytest.mark.timeout(600)
Story = list[tuple[Any, ...]]
COUNTIES = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@COUNTIES
@given(STORIES, st.permutations(CLOCK_FAULTS))
def test_laptops_agree_whatever_happened_on_the_way(story: Story, clock_faults: list[int]) -> None:
    with County(clock_faults=clock_faults) as county:
        county.play(story)
        county.meet_all()
        check_agreement(county)


@settings(parent=COUNTIES, max_examples=20)
@given(STORIES, st.randoms(use_true_random=False))
def test_a_newcomer_who_gets_everything_in_any_order_agrees(story: Story, luck: Any) -> None:
    with County() as county:
        county.play(story)
        county.meet_all()
        newcomer = county.add(20)
        entries = packed(county.replicas[0].lacking({}))
        luck.shuffle(entries)
        for start in range(0, len(entries), 3):
            newcomer.receive(entries[start : start + 3], may_retract=True)
        check_agreement(county)


@settings(parent=COUNTIES, max_examples=20)
@given(STORIES)
def test_receiving_everything_once_more_changes_nothing(story: Story) -> None:
    with County() as county:
        county.play(story)
        county.meet_all()
        replica = county.replicas[1]
        before = picture_of(replica), replica.vector()
        reception = replica.receive(packed(county.replicas[2].lacking({})), may_retract=True)
        assert (reception.stored, reception.applied, reception.opened) == (0, 0, ())
        assert (picture_of(replica), replica.vector()) == before


@settings(parent=COUNTIES, max_examples=20)
@given(STORIES)
def test_no_exchange_is_ever_captured_as_work_of_ones_own(story: Story) -> None:
    with County() as county:
        county.play(story)
        own = [replica.vector().get(replica.device, 0) for replica in county.replicas]
        county.meet_all()
        assert [replica.vector().get(replica.device, 0) for replica in county.replicas] == own
