"""Photos and scans taken in: told apart by bytes, decoded in a limited child process, stripped of EXIF."""

from fangshan_desk.data.file_names import safe_file_name
from fangshan_desk.data.image_intake.child import CHILD_ARGUMENT, child_main
from fangshan_desk.data.image_intake.intake import ImageIntake, IntakeResult
from fangshan_desk.data.image_intake.kinds import ACCEPTED_SUFFIXES
from fangshan_desk.data.image_intake.refusals import IntakeRefusedError

__all__ = [
    "ACCEPTED_SUFFIXES",
    "CHILD_ARGUMENT",
    "ImageIntake",
    "IntakeRefusedError",
    "IntakeResult",
    "child_main",
    "safe_file_name",
]
