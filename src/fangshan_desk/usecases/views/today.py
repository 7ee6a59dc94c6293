"""What screens and commands see of the first screen of the day: rows and their reader."""

from typing import Protocol


class TodayReader(Protocol):
    """Reads the first screen of the day."""
