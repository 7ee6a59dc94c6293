"""Breaks Chinese text into lines: forbidden line starts and ends, squeezed marks, whole numbers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

NOT_AT_START = frozenset("，。、；：？！”’）〕】》〉」』…—～·％‰℃%々,.;:?!)]}")
NOT_AT_END = frozenset("“‘（〔【《〈「『￥＄§№([{")
CLOSING = frozenset("，。、；：？！”’）〕】》〉」』")
OPENING = frozenset("“‘（〔【《〈「『")
# Kept together: dashes, dots, Latin words, numbers with their marks.
_WHOLE = re.compile(r"——|……|[0-9A-Za-zÀ-ÿ]+(?:[.,:/@+\-_#&'][0-9A-Za-zÀ-ÿ]+)*[%％℃#]?")
# Year, month, day, number, yuan, item, person, page: a numeral stays with its unit.
_UNITS = frozenset("\u5e74\u6708\u65e5\u53f7\u5143\u9879\u4eba\u9875")
# A credit code may be cut when pushing it down would tear the line apart.
_LONG_WORD = 12
_SHORTEST_PART = 4
_TORN_EMS = 2.5
_SQUEEZE = 0.02
_EPSILON = 0.01

Advance = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Line:
    """One composed line; `pulls[i]` moves character i left, in points."""

    text: str
    pulls: tuple[float, ...]
    width: float
    # The blank half of a closing mark, which may stand in the margin.
    blank_tail: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide characters are set: advance in ems, size, and the pitch of the grid if there is one."""

    advance: Advance
    size: float
    pitch: float | None = None

    @property
    def tracking(self) -> float:
        """What the grid adds to or takes from every advance."""
        return self.pitch - self.size if self.pitch else 0.0


def compose(text: str, measure: Measure, first_width: float, width: float | None = None) -> list[Line]:
    """Lines of a text; the first line may be narrower than the others."""
    lines: list[Line] = []
    rest = first_width if width is None else width
    for paragraph in text.split("\n"):
        available = [rest if lines else first_width, rest]
        lines += _Paragraph(paragraph, measure).lines(available)
    return lines


class _Paragraph:
    """Positions, possible breaks and widths of one paragraph."""

    def __init__(self, text: str, measure: Measure) -> None:
        self._text = text
        self._size = measure.size
        self._full = [measure.advance(character) == 1.0 for character in text]
        advances = [measure.advance(character) * measure.size + measure.tracking for character in text]
        self._pulls = _pulls(text, self._full, measure.size)
        moved = [advance - pull for advance, pull in zip(advances, self._pulls, strict=True)]
        self._ends = [0.0, *accumulate(moved)]
        self._may_break = _allowed_breaks(text)
        self._words = [match.span() for match in _WHOLE.finditer(text) if len(match.group()) >= _LONG_WORD]

    def lines(self, available: Sequence[float]) -> list[Line]:
        """Greedy: each line takes as much as it may."""
        lines: list[Line] = []
        start, end = 0, len(self._text)
        while start < end:
            stop = self._stop(start, available[0] if not lines else available[-1])
            lines.append(self._line(start, stop))
            start = stop
            while start < end and self._text[start] == " ":
                start += 1
        return lines or [Line("", (), 0.0, 0.0, is_last=True)]

    def _width(self, start: int, stop: int) -> float:
        return self._ends[stop] - self._ends[start] + self._pulls[start]

    def _blank_tail(self, stop: int) -> float:
        is_closing = self._text[stop - 1] in CLOSING and self._full[stop - 1]
        return self._size / 2 if is_closing else 0.0

    def _fits(self, start: int, stop: int, available: float) -> bool:
        tail = self._blank_tail(stop)
        if tail:
            return self._width(start, stop) - tail <= available * (1 + _SQUEEZE)
        return self._width(start, stop) <= available + _EPSILON

    def _stop(self, start: int, available: float) -> int:
        fitting = self._fitting(start, available)
        if fitting[-1] == len(self._text):
            return fitting[-1]
        legal = [stop for stop in fitting if self._may_break[stop]]
        if not legal:
            return self._forced_stop(fitting)
        if available - self._width(start, legal[-1]) > _TORN_EMS * self._size:
            return self._stop_inside_word(fitting) or legal[-1]
        return legal[-1]

    def _fitting(self, start: int, available: float) -> list[int]:
        end = len(self._text)
        fitting = [start + 1]
        for stop in range(start + 2, end + 1):
            if self._fits(start, stop, available):
                fitting.append(stop)
            elif self._width(start, stop) > available * (1 + _SQUEEZE) + self._size:
                break
        return fitting

    def _forced_stop(self, fitting: list[int]) -> int:
        # One endless word: cut it, but still without a mark at the wrong end.
        for stop in reversed(fitting):
            if not _is_forbidden(self._text, stop):
                return stop
        return fitting[-1]

    def _stop_inside_word(self, fitting: list[int]) -> int | None:
        for start, end in self._words:
            parts = range(start + _SHORTEST_PART, end - _SHORTEST_PART + 1)
            inside = [stop for stop in fitting if stop in parts and not _is_forbidden(self._text, stop)]
            if inside and end not in fitting:
                return inside[-1]
        return None

    def _line(self, start: int, stop: int) -> Line:
        end = stop
        while end > start + 1 and self._text[end - 1] == " ":
            end -= 1
        pulls = (0.0, *self._pulls[start + 1 : end])
        is_last = not self._text[stop:].strip(" ")
        return Line(self._text[start:end], pulls, self._width(start, end), self._blank_tail(end), is_last)


def _pulls(text: str, full: Sequence[bool], size: float) -> list[float]:
    # Where two full-width marks meet, the blank half between them goes.
    pulls = [0.0] * len(text)
    for place in range(1, len(text)):
        before, here = text[place - 1], text[place]
        meets = (before in CLOSING and (here in CLOSING or here in OPENING)) or (
            before in OPENING and here in OPENING
        )
        if meets and full[place - 1] and full[place]:
            pulls[place] = size / 2
    return pulls


def _allowed_breaks(text: str) -> list[bool]:
    allowed = [not _is_forbidden(text, place) for place in range(len(text) + 1)]
    for match in _WHOLE.finditer(text):
        end = match.end()
        has_unit = end < len(text) and text[end] in _UNITS and text[end - 1].isdigit()
        for place in range(match.start() + 1, end + has_unit):
            allowed[place] = False
    return allowed


def _is_forbidden(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return place != len(text)
    return text[place] in NOT_AT_START or text[place] == " " or text[place - 1] in NOT_AT_END
