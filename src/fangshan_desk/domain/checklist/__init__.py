"""The health check: what is asked, how an answer is judged, how it is worded, how far the check has come."""

from fangshan_desk.domain.checklist.applicability import ApplicableSection, applicable_sections, applies
from fangshan_desk.domain.checklist.derived import Inputs, InputValue
from fangshan_desk.domain.checklist.inputs import (
    InvalidInputError,
    fen_of,
    plain_inputs,
    read_input,
    read_inputs,
    restore_inputs,
)
from fangshan_desk.domain.checklist.items import (
    AnswerType,
    Category,
    CheckInput,
    CheckItem,
    Checklist,
    InputKind,
    ItemKind,
    LegalBasis,
    Section,
    SeverityLevel,
)
from fangshan_desk.domain.checklist.judging import CheckResult, Origin, judge
from fangshan_desk.domain.checklist.parameters import DatedValue, Parameter, Parameters
from fangshan_desk.domain.checklist.parsing import parse_checklist
from fangshan_desk.domain.checklist.progress import (
    Progress,
    check_progress,
    confirmable_rest,
    next_unanswered,
    progress_of,
)
from fangshan_desk.domain.checklist.wording import (
    BLANK,
    Wording,
    advice_wording,
    finding_wording,
    input_words,
    label_of,
)

__all__ = [
    "BLANK",
    "AnswerType",
    "ApplicableSection",
    "Category",
    "CheckInput",
    "CheckItem",
    "CheckResult",
    "Checklist",
    "DatedValue",
    "InputKind",
    "InputValue",
    "Inputs",
    "InvalidInputError",
    "ItemKind",
    "LegalBasis",
    "Origin",
    "Parameter",
    "Parameters",
    "Progress",
    "Section",
    "SeverityLevel",
    "Wording",
    "advice_wording",
    "applicable_sections",
    "applies",
    "check_progress",
    "confirmable_rest",
    "fen_of",
    "finding_wording",
    "input_words",
    "judge",
    "label_of",
    "next_unanswered",
    "parse_checklist",
    "plain_inputs",
    "progress_of",
    "read_input",
    "read_inputs",
    "restore_inputs",
]
