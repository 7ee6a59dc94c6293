"""The rules that ship as data: checklist, statutes, risk model and time limits."""

from dataclasses import dataclass
from pathlib import Path

from fangshan_desk.domain.enterprise_names import NameRules
from fangshan_desk.domain.reference_library import ReferenceLibrary, build_reference_library
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.domain.townships import Townships
from fangshan_desk.support.reference_files import read_reference


@dataclass(frozen=True)
class Reference:
    """All reference files, parsed and checked against each other."""

    library: ReferenceLibrary
    risk_model: ModelParameters
    limits: WorkflowLimits
    townships: Townships
    name_rules: NameRules


def read_reference_files(cache_folder: Path | None) -> Reference:
    """Read and parse; a cache folder spares the YAML at the next start."""
    checklist = read_reference("checklist", cache_folder=cache_folder)
    statutes = read_reference("statutes", cache_folder=cache_folder)
    library = build_reference_library(
        checklist.content,
        statutes.content,
        checklist_sha256=checklist.sha256,
        statutes_sha256=statutes.sha256,
    )
    model = read_reference("risk_model", cache_folder=cache_folder)
    limits = read_reference("workflow_limits", cache_folder=cache_folder)
    townships = read_reference("townships", cache_folder=cache_folder)
    names = read_reference("name_rules", cache_folder=cache_folder)
    return Reference(
        library,
        ModelParameters.from_mapping(model.content),
        WorkflowLimits.from_mapping(limits.content),
        Townships.from_mapping(townships.content),
        NameRules.from_mapping(names.content),
    )
