"""What screens and commands see of letters and their numbers: rows and their reader."""

from typing import Protocol


class LetterReader(Protocol):
    """Reads letters and their numbers."""
