"""The office's rule tables as shipped, read once."""

from functools import cache

from fangshan_desk.domain.amounts import AmountWords
from fangshan_desk.domain.enterprise_names import NameRules
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.domain.townships import Townships
from fangshan_desk.support.reference_files import read_reference


@cache
def shipped_limits() -> WorkflowLimits:
    """The limits and thresholds of `workflow_limits.yaml`."""
    return WorkflowLimits.from_mapping(read_reference("workflow_limits").content)


@cache
def shipped_risk_model() -> ModelParameters:
    """Version FSR-1.0 of the risk model."""
    return ModelParameters.from_mapping(read_reference("risk_model").content)


@cache
def shipped_amount_words() -> AmountWords:
    """How amounts are written."""
    return AmountWords.from_mapping(read_reference("amount_words").content)


@cache
def shipped_name_rules() -> NameRules:
    """How names of enterprises are taken apart."""
    return NameRules.from_mapping(read_reference("name_rules").content)


@cache
def shipped_townships() -> Townships:
    """The county's townships."""
    return Townships.from_mapping(read_reference("townships").content)
