"""Breaks a title where its meaning breaks, into lines of pleasing shape."""

from collections.abc import Sequence
from itertools import combinations, pairwise

BREAK = "|"
# 22 pt characters on one line of the type area.
_MOST = 19


def title_lines(title: str) -> str:
    """The title with line breaks; `|` in the text marks where a break keeps the meaning whole."""
    pieces = [part for piece in title.split(BREAK) for part in _short_pieces(piece)]
    best = min(_arrangements(pieces), key=_ugliness)
    return "\n".join(best)


def _short_pieces(piece: str) -> list[str]:
    """A piece too long for a line, in even parts."""
    count = -(-len(piece) // _MOST) or 1
    size = -(-len(piece) // count)
    return [piece[start : start + size] for start in range(0, len(piece), size)]


def _arrangements(pieces: Sequence[str]) -> list[list[str]]:
    places = range(1, len(pieces))
    found = []
    for count in range(len(pieces)):
        for chosen in combinations(places, count):
            bounds = [0, *chosen, len(pieces)]
            lines = ["".join(pieces[a:b]) for a, b in pairwise(bounds)]
            if all(len(line) <= _MOST for line in lines):
                found.append(lines)
        if found:
            break
    return found


def _ugliness(lines: Sequence[str]) -> tuple[int, int]:
    lengths = [len(line) for line in lines]
    # The standard wants a trapezium or a diamond, never an hourglass.
    waists = sum(
        here < before and here < after
        for before, here, after in zip(lengths, lengths[1:], lengths[2:], strict=False)
    )
    shortest_last = max(lengths) - lengths[-1]
    return waists, max(lengths) - min(lengths) + (shortest_last if len(lines) > 1 and lengths[-1] < 3 else 0)
