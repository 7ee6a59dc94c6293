"""The summary of a tour: what was done, how long it took, what was verified."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fangshan_desk import __version__
from fangshan_desk.support.text import Texts


@dataclass(frozen=True)
class StepResult:
    """One step as it went; ``fault`` is empty when it went well."""

    name: str
    title: str
    seconds: float
    verified: str = ""
    picture: str = ""
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class TourResult:
    """The whole tour."""

    steps: tuple[StepResult, ...]
    planned: int
    seconds: float
    seconds_to_county: float
    enterprises: int
    papers: tuple[str, ...]
    platform: str

    @property
    def is_whole(self) -> bool:
        """Whether every step was made and none failed."""
        return len(self.steps) == self.planned and not any(step.fault for step in self.steps)


def write_summary(result: TourResult, folder: Path, texts: Texts) -> None:
    """Write ``summary.json`` for programs and ``summary.md`` for people."""
    content: dict[str, Any] = {
        "version": __version__,
        "passed": result.is_whole,
        "not_covered": [texts("tour-without-server"), texts("tour-without-laptop")],
        **asdict(result),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    (folder / "summary.md").write_text("\n".join(_lines(result, texts)) + "\n", encoding="utf-8")


def _lines(result: TourResult, texts: Texts) -> Sequence[str]:
    verdict = "tour-passed" if result.is_whole else "tour-failed"
    return [
        f"# {texts('tour-title')}",
        "",
        texts(verdict, done=len(result.steps), planned=result.planned),
        texts(
            "tour-figures",
            version=__version__,
            seconds=f"{result.seconds:.1f}",
            county=f"{result.seconds_to_county:.1f}",
            enterprises=result.enterprises,
            platform=result.platform,
        ),
        texts("tour-without-server"),
        texts("tour-without-laptop"),
        "",
        texts("tour-table-head"),
        "|---|---|---|---|---|",
        *(_row(number, step) for number, step in enumerate(result.steps, 1)),
        "",
        texts("tour-papers", files=", ".join(result.papers) or "-"),
    ]


def _row(number: int, step: StepResult) -> str:
    said = f"**{step.fault}**" if step.fault else step.verified
    cells = (str(number), step.title, f"{step.seconds:.1f}", said.replace("|", "/"), step.picture)
    return f"| {' | '.join(cells)} |"
