"""How letters are put in words and colours, the same on every screen."""

from datetime import date, datetime, timedelta

from fangshan_desk.domain.local_time import local_moment
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.ui.context import Context, Texts
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.usecases.views.code_checks import CodeVerdict
from fangshan_desk.usecases.views.letters import LetterWait

STATE_TONES = {
    PrescriptionState.DRAFT: Tone.GREY,
    PrescriptionState.CONFIRMED: Tone.ORANGE,
    PrescriptionState.ISSUED: Tone.ORANGE,
    PrescriptionState.SERVED: Tone.BLUE,
    PrescriptionState.IN_RECTIFICATION: Tone.BLUE,
    PrescriptionState.COMPLETED: Tone.GREEN,
    PrescriptionState.WITHDRAWN: Tone.RED,
}
WAIT_TONES = {
    LetterWait.SIGNATURE: Tone.ORANGE,
    LetterWait.APPROVAL: Tone.YELLOW,
    LetterWait.NUMBER: Tone.YELLOW,
    LetterWait.SERVICE: Tone.ORANGE,
}
VERDICT_TONES = {
    CodeVerdict.GENUINE: Tone.GREEN,
    CodeVerdict.ALTERED: Tone.RED,
    CodeVerdict.WRONG_CONTENT: Tone.RED,
    CodeVerdict.WITHDRAWN: Tone.RED,
    CodeVerdict.REVOKED: Tone.ORANGE,
    CodeVerdict.UNKNOWN_DEVICE: Tone.ORANGE,
    CodeVerdict.UNCERTIFIED: Tone.ORANGE,
    CodeVerdict.MALFORMED: Tone.GREY,
    CodeVerdict.NO_CODE: Tone.GREY,
    CodeVerdict.NOT_ON_FILE: Tone.GREY,
}


class LetterWords:
    """Words for letters in the office's time."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._texts = context.texts

    def kind(self, kind: LetterKind) -> str:
        """The kind's name."""
        return self._texts(f"letter-kind-{kind.value}")

    def state(self, state: PrescriptionState) -> str:
        """The state's word."""
        return self._texts(state.label_key)

    def wait(self, wait: LetterWait) -> str:
        """What is waited for."""
        return self._texts(f"letter-wait-{wait.value}")

    def moment(self, moment: datetime) -> str:
        """Day and hour on the office's wall."""
        return f"{self._local(moment):%Y-%m-%d %H:%M}"

    def day_of(self, moment: datetime) -> str:
        """The office's day of a moment."""
        return self._local(moment).date().isoformat()

    def weekday(self, day: date) -> str:
        """The day's name."""
        return self._texts(f"letter-weekday-{day.isoweekday()}")

    def long_day(self, day: date) -> str:
        """The date as letters write it, with the weekday."""
        return self._texts("letter-long-day", day=written_day(day, self._texts), weekday=self.weekday(day))

    def period_start(self, served_on: date) -> str:
        """The first day that counts: the day after service (民法典 §201)."""
        return self.long_day(served_on + timedelta(days=1))

    def _local(self, moment: datetime) -> datetime:
        return local_moment(moment, self._context.clock.offset_minutes())


def written_day(day: date, texts: Texts) -> str:
    """The date as letters write it."""
    return texts("letter-date", year=day.year, month=day.month, day=day.day)
