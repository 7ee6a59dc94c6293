"""How letters write a statute and an article: short in the body, with the full title in annexes."""

import re
from collections.abc import Callable

from fangshan_desk.domain.statutes import Statute

Text = Callable[..., str]

# Title marks of the first and second order, and the marks that end a title's own remark.
_OUTER, _INNER = ("\u300a", "\u300b"), ("\u3008", "\u3009")
_REMARK = re.compile(r"(.+)(\uff08[^\uff08\uff09]+\uff09)")
_ARTICLE = re.compile(r"([0-9]+)(?:-([0-9]+))?")
_PART = re.compile(r"(.)\((.)\)")
_LARGEST = 9999


def short_citation(statute: Statute, number: str | None, *, text: Text) -> str:
    """The form for the body of a letter: the short title and the article in words."""
    return statute.short + article_words(number, text=text)


def full_citation(statute: Statute, number: str | None, *, text: Text) -> str:
    """The form for annexes: the full title, the document number where the short title is one, the article."""
    remark = _REMARK.fullmatch(statute.title)
    title, tail = (remark.group(1), remark.group(2)) if remark else (statute.title, "")
    # Marks inside marks change to the second order.
    for outer, inner in zip(_OUTER, _INNER, strict=True):
        title = title.replace(outer, inner)
    if statute.short == statute.document_no:
        tail += text("citation-document-number", number=statute.short)
    return text("citation-title", title=title) + tail + article_words(number, text=text)


def article_words(number: str | None, *, text: Text) -> str:
    """The article as it is read out; nothing where the statute is cited as a whole."""
    if number is None:
        return ""
    if article := _ARTICLE.fullmatch(number):
        words = text("citation-article", number=number_words(int(article.group(1)), text=text))
        if article.group(2) is None:
            return words
        return words + text("citation-inserted", number=number_words(int(article.group(2)), text=text))
    if part := _PART.fullmatch(number):
        return text("citation-part", part=part.group(1), point=part.group(2))
    return ""


def number_words(number: int, *, text: Text) -> str:
    """A number from 1 to 9999 in Chinese numerals, as articles are counted."""
    if not 1 <= number <= _LARGEST:
        raise ValueError(number)
    digits, units = text("chinese-digits"), text("chinese-units")
    zero, one = digits[0], digits[1]
    words = ""
    for place, figure in reversed(list(enumerate(reversed(str(number))))):
        if figure == "0":
            words += zero if words and not words.endswith(zero) else ""
        else:
            words += digits[int(figure)] + (units[place - 1] if place else "")
    words = words.rstrip(zero)
    # Ten to nineteen are read without the leading one.
    return words[1:] if words.startswith(one + units[0]) else words
