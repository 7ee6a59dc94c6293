"""What screens and commands see of the rectification ledger: frozen rows and the reader that fetches them."""

from typing import Protocol


class LedgerReader(Protocol):
    """Reads the rectification ledger."""
