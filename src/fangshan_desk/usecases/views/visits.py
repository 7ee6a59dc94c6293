"""What screens and commands see of visits and their answers: frozen rows and the reader that fetches them."""

from typing import Protocol


class VisitReader(Protocol):
    """Reads visits and their answers."""
