"""Words of an enterprise, the same in lists, on its page and in the search."""

from collections.abc import Sequence
from datetime import date, datetime

from fangshan_desk.domain.local_time import local_date
from fangshan_desk.ui.context import Context, Texts

_CATEGORY = "register-category-"


def township_words(code: str, texts: Texts) -> str:
    """The town, or that it is not assigned; a code the office added shows itself."""
    key = f"township-{code}" if code else "township-county"
    return texts(key) if texts.has(key) else code


def category_list(codes: Sequence[str], texts: Texts) -> str:
    """Short names of the kinds of enterprise; an unknown code shows itself."""
    words = [texts(_CATEGORY + code) if texts.has(_CATEGORY + code) else code for code in codes]
    return texts("register-between").join(words)


def yes_no(value: bool | None, texts: Texts) -> str:
    """Yes, no, or not known: missing data is never a no."""
    key = {True: "yes", False: "no", None: "unknown"}[value]
    return texts(f"register-{key}")


def day_of(moment: datetime | None, context: Context) -> date | None:
    """The office's day of a moment kept in UTC."""
    return local_date(moment, context.clock.offset_minutes()) if moment is not None else None


def day_words(day: date | None) -> str:
    """The day as lists show it, empty for none."""
    return day.isoformat() if day is not None else ""


def joined(texts: Texts, *parts: str) -> str:
    """What is not empty, with dots between."""
    return texts("register-dot").join(part for part in parts if part)
