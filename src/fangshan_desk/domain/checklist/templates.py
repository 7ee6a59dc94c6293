"""Sentences with named gaps, as the reference files write them: ``{unpaid_workers}``."""

import re
from collections.abc import Callable

_GAP = re.compile(r"\{([^{}]*)\}")


def names_in(template: str) -> tuple[str, ...]:
    """The names of the gaps, each once, in the order of the sentence."""
    return tuple(dict.fromkeys(_GAP.findall(template)))


def fill(template: str, word_for: Callable[[str], str]) -> str:
    """The sentence with every gap replaced; what is filled in is never read as a gap again."""
    return _GAP.sub(lambda gap: word_for(gap.group(1)), template)
