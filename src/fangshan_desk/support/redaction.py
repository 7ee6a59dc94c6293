"""Takes out of a text what could name a person or a firm."""

import re

NUMBER, CODE, TEXT = "[number]", "[code]", "[text]"
_UUID_BODY = r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_UUID = rf"(?<![0-9A-Za-z-]){_UUID_BODY}(?![0-9A-Za-z-])"
# The whole word goes: a code glued to other characters must not leave its tail behind.
_CREDIT_CODE = r"(?=[0-9]*[A-Za-z])[0-9A-Za-z]{2}\d{6}[0-9A-Za-z]{10,}"
# Identity numbers (also with X), phones, bank cards, dates of birth; also grouped by one blank or hyphen.
_LONG_NUMBER = r"\d(?:[ \-\u00a0\u2010-\u2015]?\d){6,}[Xx\uff38\uff58]?"
_FOUND = re.compile(f"(?P<uuid>{_UUID})|(?P<credit>{_CREDIT_CODE})|(?P<number>{_LONG_NUMBER})")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
_SAFE_VALUE = re.compile(r"[\w./:+-]{1,120}", re.ASCII)
_LARGEST_COUNT = 10**10


def redact(text: str) -> str:
    """Numbers of seven and more digits and credit codes are replaced; ids of records stay."""
    return _FOUND.sub(_replacement, text)


def redact_strictly(text: str) -> str:
    """For text of unknown origin: anything outside ASCII goes too, and with it every Chinese name."""
    return _NOT_ASCII.sub(TEXT, redact(text))


def safe_value(value: object) -> bool | int | float | str | None:
    """A field's value as it may stand in a log: a small number, or one short ASCII word."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LARGEST_COUNT else NUMBER
    text = str(value)
    return redact(text) if _SAFE_VALUE.fullmatch(text) else TEXT


def _replacement(found: re.Match[str]) -> str:
    if found["uuid"]:
        return found["uuid"]
    return CODE if found["credit"] else NUMBER
