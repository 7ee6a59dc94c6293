"""The real reference files, limits and texts for tests that go through use cases."""

from functools import cache
from typing import Any

from fangshan_desk.domain.day_counting import HolidayCalendar
from fangshan_desk.domain.reference_library import ReferenceLibrary, build_reference_library
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.support.reference_files import read_reference
from fangshan_desk.support.text import chinese_texts


@cache
def reference_library() -> ReferenceLibrary:
    """Checklist and statutes as shipped."""
    checklist, statutes = read_reference("checklist"), read_reference("statutes")
    return build_reference_library(
        checklist.content,
        statutes.content,
        checklist_sha256=checklist.sha256,
        statutes_sha256=statutes.sha256,
    )


@cache
def workflow_limits() -> WorkflowLimits:
    """The office's limits as shipped."""
    return WorkflowLimits.from_mapping(read_reference("workflow_limits").content)


@cache
def risk_model() -> ModelParameters:
    """The risk model as shipped."""
    return ModelParameters.from_mapping(read_reference("risk_model").content)


def office_options() -> dict[str, Any]:
    """Options for `temporary_desk` that make its services complete."""
    return {
        "reference": reference_library(),
        "limits": workflow_limits(),
        "risk_model": risk_model(),
        "calendar": HolidayCalendar.of([]),
        "text": chinese_texts(),
    }
