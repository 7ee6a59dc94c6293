"""The steps of the tour in their order; each group stands in a file of its own."""

from fangshan_desk.app.tour_finding import FINDING
from fangshan_desk.app.tour_following import FOLLOWING
from fangshan_desk.app.tour_looking_after import LOOKING_AFTER
from fangshan_desk.app.tour_prescribing import PRESCRIBING
from fangshan_desk.app.tour_state import Step
from fangshan_desk.app.tour_visiting import VISITING

STEPS: tuple[Step, ...] = (*FINDING, *VISITING, *PRESCRIBING, *FOLLOWING, *LOOKING_AFTER)
