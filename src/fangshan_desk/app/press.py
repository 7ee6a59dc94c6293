"""Prints letters and signs their codes with this laptop's key."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fangshan_desk.domain.letter_facts import LetterFacts
from fangshan_desk.letters import rasterising
from fangshan_desk.letters.check_words import check_words
from fangshan_desk.letters.fonts import shipped_fonts
from fangshan_desk.letters.pdf import letter_content, render_letter
from fangshan_desk.letters.pictures import code_modules
from fangshan_desk.letters.verification_code import CodeRecord, build_code, record_of
from fangshan_desk.support.signing import SigningKey

_CODE_WIDTH = 18
_KEY_PREFIX = b"fangshan-desk letter key 1\n"


def key_mark(public_key: bytes) -> bytes:
    """The sixteen bytes by which a code names the key that signed it.

    Of the key, not of the laptop's record: after a change of key an old letter is of an unknown device
    instead of a forged one.
    """
    return hashlib.sha256(_KEY_PREFIX + public_key).digest()[:16]


class SignedPress:
    """`usecases.ports.LetterPress` over the letters package."""

    def __init__(self, signing_key: SigningKey) -> None:
        self._key = signing_key
        self._mark = key_mark(signing_key.public_key)

    def render(self, facts: LetterFacts, *, code_text: str, signatures: Mapping[str, bytes]) -> bytes:
        """The PDF; without a code there is no QR code on it."""
        return render_letter(facts.kind, facts, qr_text=code_text or None, signatures=signatures)

    def code_text(self, facts: LetterFacts) -> str:
        """The signed QR text; the facts carry their date, of confirmation or of issue."""
        day = facts.letterhead.issued_on
        if day is None:
            raise ValueError("a code needs the letter's date")
        return build_code(_fitting(record_of(facts, device_id=self._mark, issued_on=day)), self._key.sign)

    def check_glyphs(self, facts: LetterFacts) -> None:
        """Raises MissingGlyphsError naming every character that would stay blank."""
        shipped_fonts().refuse_missing_glyphs(letter_content(facts.kind, facts).texts())

    def plain_text(self, facts: LetterFacts) -> str:
        """Every sentence of the letter, one paragraph a line."""
        return "\n".join(line for line in letter_content(facts.kind, facts).texts() if line.strip())

    def check_words(self, facts: LetterFacts) -> str:
        """The short code a person can read out and type."""
        return check_words(facts.content_digest())

    def code_modules(self, code_text: str) -> Sequence[bytes]:
        """The QR code row by row, one byte a module: dark below 128."""
        return code_modules(code_text)

    def page_sizes(self, pdf: bytes) -> Sequence[tuple[float, float]]:
        """Width and height of every page in points."""
        return rasterising.page_sizes(pdf)

    def page_image(self, pdf: bytes, number: int, *, dpi: float) -> rasterising.PageImage:
        """One page on white, counted from 0."""
        return rasterising.render_page(pdf, number, dpi=dpi)


def _fitting(record: CodeRecord) -> CodeRecord:
    # An old or mistyped credit code must not stop a letter; the digest covers it anyway.
    fits = record.uscc.isascii() and len(record.uscc) <= _CODE_WIDTH
    return record if fits else replace(record, uscc="")
