"""The device's clock knows UTC, the office's date and the offset."""

from datetime import UTC, date, datetime, timedelta, timezone

from fangshan_desk.support.clock import Clock, SystemClock
from tests.helpers.clocks import FixedClock


def test_the_system_clock_is_aware_and_runs() -> None:
    clock: Clock = SystemClock()
    before = datetime.now(UTC)
    assert before <= clock.now_utc() <= datetime.now(UTC)
    assert clock.now_utc().utcoffset() == timedelta()


def test_date_and_offset_follow_the_zone_of_the_office() -> None:
    assert SystemClock(timezone(timedelta(hours=8))).offset_minutes() == 480
    east, west = SystemClock(timezone(timedelta(hours=14))), SystemClock(timezone(timedelta(hours=-12)))
    assert east.today() > west.today()


def test_after_four_in_the_afternoon_utc_the_office_has_the_next_day() -> None:
    clock: Clock = FixedClock(datetime(2026, 3, 1, 16, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 3, 2)
