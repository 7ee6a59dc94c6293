"""What a check of a letter's code found, for screens and commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol


class CodeVerdict(StrEnum):
    """How a code was judged, the clear answer first."""

    GENUINE = "genuine"
    ALTERED = "altered"
    WRONG_CONTENT = "wrong_content"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    UNKNOWN_DEVICE = "unknown_device"
    UNCERTIFIED = "uncertified"
    MALFORMED = "malformed"
    NO_CODE = "no_code"
    NOT_ON_FILE = "not_on_file"

    @property
    def key(self) -> str:
        """Key of the short word for it."""
        return f"code-verdict-{self.value}"


@dataclass(frozen=True, kw_only=True)
class CodeFacts:
    """What the code itself says, to be compared with the paper by eye."""

    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    uscc: str = ""
    enterprise: str = ""
    item_count: int = 0
    amount_fen: int = 0
    device: str = ""
    check_words: str = ""


@dataclass(frozen=True, kw_only=True)
class CodeFinding:
    """One code and the verdict on it; ``details`` are its facts in words."""

    verdict: CodeVerdict
    sentence: str
    code: str = ""
    facts: CodeFacts = CodeFacts()
    details: tuple[tuple[str, str], ...] = ()
    letter_id: str = ""
    is_on_file: bool = False

    @property
    def is_genuine(self) -> bool:
        """Whether the paper may be relied on."""
        return self.verdict is CodeVerdict.GENUINE

    def plain(self) -> dict[str, Any]:
        """For programs."""
        facts = self.facts
        return {
            "verdict": self.verdict.value,
            "is_genuine": self.is_genuine,
            "sentence": self.sentence,
            "kind": facts.kind,
            "number": facts.number,
            "issued_on": facts.issued_on.isoformat() if facts.issued_on else None,
            "uscc": facts.uscc,
            "enterprise": facts.enterprise,
            "item_count": facts.item_count,
            "amount_fen": facts.amount_fen,
            "device": facts.device,
            "check_words": facts.check_words,
            "letter_id": self.letter_id or None,
            "is_on_file": self.is_on_file,
        }


class CodeChecker(Protocol):
    """Checks codes without a network; slow with large scans, so never on the screen's thread."""

    def check(self, subject: str) -> Sequence[CodeFinding]:
        """``subject`` is a file's path, the code's text, or the short code; never empty."""
        ...

    def check_bytes(self, data: bytes, file_name: str) -> Sequence[CodeFinding]:
        """A picture or document at hand, such as one from the clipboard."""
        ...
