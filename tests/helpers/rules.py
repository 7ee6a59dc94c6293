"""The office's rule tables as shipped, read once."""

from functools import cache

from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.support.reference_files import read_reference


@cache
def shipped_limits() -> WorkflowLimits:
    """The limits and thresholds of `workflow_limits.yaml`."""
    return WorkflowLimits.from_mapping(read_reference("workflow_limits").content)


@cache
def shipped_risk_model() -> ModelParameters:
    """Version FSR-1.0 of the risk model."""
    return ModelParameters.from_mapping(read_reference("risk_model").content)
