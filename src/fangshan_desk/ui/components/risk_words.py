"""Words and colours of the risk grade, the same on every screen."""

from collections.abc import Mapping

from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.figures import Band
from fangshan_desk.ui.widgets.palette import Tone

_FULL = 100
LEVEL_TONES = {
    RiskLevel.RED: Tone.RED,
    RiskLevel.ORANGE: Tone.ORANGE,
    RiskLevel.YELLOW: Tone.YELLOW,
    RiskLevel.BLUE: Tone.BLUE,
    RiskLevel.UNRATED: Tone.GREY,
}


def level_words(level: RiskLevel, texts: Texts, *, score: int | None = None) -> str:
    """The level in a word, with its score where one is known."""
    word = texts(f"risk-{level.value}")
    if level is RiskLevel.UNRATED or score is None:
        return word
    return texts("visit-risk-level-score", level=word, score=score)


def level_badge(texts: Texts, level: RiskLevel = RiskLevel.UNRATED) -> Badge:
    """A badge that shows a level."""
    return Badge(level_words(level, texts), tone=LEVEL_TONES[level])


def score_bands(scores: Mapping[RiskLevel, int]) -> tuple[Band, ...]:
    """The stretches of the scale from 0 to 100; ``scores`` give the least score of each level."""
    # The table names where each level begins; what lies below the first is the best one.
    begins = {RiskLevel.BLUE: 0, **scores}
    ends = [*sorted(begins.values()), _FULL]
    levels = sorted(begins, key=lambda level: begins[level])
    return tuple(
        Band(end - start, LEVEL_TONES[level])
        for level, start, end in zip(levels, ends, ends[1:], strict=False)
    )


def scale_position(level: RiskLevel, score: int, scores: Mapping[RiskLevel, int]) -> float | None:
    """Where the marker stands; a level fixed by a floor stands in its own colour, unrated nowhere."""
    if level is RiskLevel.UNRATED:
        return None
    begins = {RiskLevel.BLUE: 0, **scores}
    least = begins[level]
    above = min((start for start in begins.values() if start > least), default=_FULL)
    return (score if least <= score < above else (least + above) / 2) / _FULL
