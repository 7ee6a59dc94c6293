"""`tour`: drives the real windows through a day in an invented county and leaves pictures and papers."""

import logging
import platform
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from fangshan_desk.app.desktop import Desktop
from fangshan_desk.app.sampling import start_sample
from fangshan_desk.app.tour_report import StepResult, TourResult, write_summary
from fangshan_desk.app.tour_state import Step, Tour
from fangshan_desk.app.tour_steps import STEPS
from fangshan_desk.support.logs import short_path
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.application import CrashHook, build_application
from fangshan_desk.ui.driving_dialogs import use_our_own_file_dialogs
from fangshan_desk.ui.driving_moves import silent_platform
from fangshan_desk.ui.tasks import GarbageCollector

log = logging.getLogger(__name__)
ENTERPRISES = 80
SEED = 41128
Say = Callable[[str], None]


def run_tour(out: Path, *, say: Say, steps: Sequence[Step] = STEPS, enterprises: int = ENTERPRISES) -> int:
    """Make the county, go through every step, write the summary; 0 when all went well, else 1."""
    out.mkdir(parents=True, exist_ok=True)
    texts, began = chinese_texts(), monotonic()
    with TemporaryDirectory(prefix="fangshan-tour-") as folder:
        workspace = Workspace(Path(folder) / "county")
        start_sample(workspace, enterprises=enterprises, seed=SEED)
        county = monotonic() - began
        say(texts("tour-county-made", enterprises=enterprises, seconds=f"{county:.1f}"))
        with silent_platform(), _driven(workspace, out) as (tour, surprises):
            results = list(_made(tour, steps, surprises, say))
    whole = TourResult(
        steps=tuple(results),
        planned=len(steps),
        seconds=round(monotonic() - began, 1),
        seconds_to_county=round(county, 1),
        enterprises=enterprises,
        papers=tuple(sorted(path.name for path in out.glob("*.pdf"))),
        platform=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    )
    write_summary(whole, out, texts)
    verdict = "tour-passed" if whole.is_whole else "tour-failed"
    say(texts(verdict, done=len(results), planned=len(steps)))
    return 0 if whole.is_whole else 1


@contextmanager
def _driven(workspace: Workspace, out: Path) -> Iterator[tuple[Tour, list[BaseException]]]:
    use_our_own_file_dialogs()
    build_application()
    surprises: list[BaseException] = []
    hook, collector = CrashHook(surprises.append), GarbageCollector()
    desktop = Desktop(workspace, None)
    tour = Tour(out, workspace.folder.parent, chinese_texts(), desktop)
    hook.install()
    collector.start()
    try:
        desktop.first_window()
        tour.hand.show()
        yield tour, surprises
    finally:
        tour.close()
        collector.stop()
        hook.remove()


def _made(
    tour: Tour, steps: Sequence[Step], surprises: list[BaseException], say: Say
) -> Iterator[StepResult]:
    for number, step in enumerate(steps, 1):
        result = _one(tour, step, f"{number:02d}-{step.name}", surprises)
        say(_line(number, result))
        yield result
        if result.fault:
            return


def _one(tour: Tour, step: Step, name: str, surprises: list[BaseException]) -> StepResult:
    began, texts = monotonic(), tour.texts
    verified, fault, picture = "", "", ""
    try:
        verified = texts(f"tour-done-{step.name}", **step.act(tour))
        if step.has_picture:
            picture = tour.hand.picture(tour.out / f"{name}.png").name
        fault = _trouble(tour, step, surprises)
    except Exception as error:  # whatever went wrong belongs into the summary
        log.warning("tour step failed", exc_info=error)
        fault = "; ".join(map(_told, (error, *surprises)))
    if fault:
        picture = _picture_of_fault(tour, name)
    seconds = round(monotonic() - began, 2)
    return StepResult(step.name, texts(f"tour-step-{step.name}"), seconds, verified, picture, fault)


def _trouble(tour: Tour, step: Step, surprises: Sequence[BaseException]) -> str:
    troubles = [] if step.may_warn else tour.hand.troubles()
    return "; ".join([*troubles, *(_told(error) for error in surprises)])


def _told(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({short_path(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def _picture_of_fault(tour: Tour, name: str) -> str:
    try:
        return tour.hand.picture(tour.out / f"{name}-failed.png").name
    except Exception:  # noqa: BLE001  # the first failure is the one to tell
        return ""


def _line(number: int, result: StepResult) -> str:
    said = result.fault or result.verified
    return f"{number:02d} {result.title} ({result.seconds:.1f} s): {said}"
