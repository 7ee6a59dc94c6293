"""What screens and commands see of the enterprise register: frozen rows and the reader that fetches them."""

from typing import Protocol


class RegisterReader(Protocol):
    """Reads the enterprise register."""
