"""Ids made on the device sort in the order they were made."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.support.identifiers import IdentifierSource, is_identifier
from tests.helpers.clocks import FixedClock


def test_an_id_is_a_uuid_of_version_7_with_the_time_in_front() -> None:
    clock = FixedClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    made = UUID(IdentifierSource(clock)())
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(clock.now.timestamp() * 1000)


@given(steps=st.lists(st.integers(min_value=-10_000, max_value=10_000), max_size=60))
def test_ids_ascend_whatever_the_clock_does(steps: list[int]) -> None:
    clock = FixedClock()
    make = IdentifierSource(clock)
    made = []
    for step in steps:
        clock.move(milliseconds=step)
        made.append(make())
    assert made == sorted(set(made))


def test_ids_ascend_even_when_one_millisecond_runs_out_of_numbers() -> None:
    make = IdentifierSource(FixedClock(), random_bytes=lambda count: b"\xff" * count)
    made = [make() for _ in range(5)]
    assert made == sorted(set(made))
    assert all(is_identifier(one) for one in made)


def test_two_devices_at_the_same_moment_make_different_ids() -> None:
    clock = FixedClock()
    assert IdentifierSource(clock)() != IdentifierSource(clock)()


def test_other_texts_are_no_identifiers() -> None:
    made = IdentifierSource(FixedClock())()
    for text in (made.upper(), made + "\n", made.replace("-", ""), "00000000-0000-4000-8000-000000000000"):
        assert not is_identifier(text)
