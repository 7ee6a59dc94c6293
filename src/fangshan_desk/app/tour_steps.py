"""The steps of the tour in their order; each group stands in a file of its own."""

from fangshan_desk.app.tour_finding import FINDING
from fangshan_desk.app.tour_state import Step
from fangshan_desk.app.tour_visiting import VISITING

STEPS: tuple[Step, ...] = (*FINDING, *VISITING)
