"""The shipped checklist and statutes, read once, and small raw files to break on purpose."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from fangshan_desk.domain.checklist import CheckItem, Checklist, parse_checklist
from fangshan_desk.domain.enterprise_names import NameRules
from fangshan_desk.domain.reference_library import ReferenceLibrary, build_reference_library
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.domain.states.limits import WorkflowLimits
from fangshan_desk.domain.townships import Townships
from fangshan_desk.support.reference_files import read_reference


@cache
def reference_library() -> ReferenceLibrary:
    """The library as the program builds it."""
    checklist, statutes = read_reference("checklist"), read_reference("statutes")
    return build_reference_library(
        checklist.content,
        statutes.content,
        checklist_sha256=checklist.sha256,
        statutes_sha256=statutes.sha256,
    )


@cache
def townships() -> Townships:
    """The county's towns."""
    return Townships.from_mapping(read_reference("townships").content)


@cache
def name_rules() -> NameRules:
    """How names are taken apart."""
    return NameRules.from_mapping(read_reference("name_rules").content)


@cache
def risk_model() -> ModelParameters:
    """The shipped risk model."""
    return ModelParameters.from_mapping(read_reference("risk_model").content)


@cache
def workflow_limits() -> WorkflowLimits:
    """The shipped time limits."""
    return WorkflowLimits.from_mapping(read_reference("workflow_limits").content)


def shipped_checklist() -> Checklist:
    """The checklist of the library."""
    return reference_library().checklist


def shipped_item(code: str) -> CheckItem:
    """One of its items."""
    return shipped_checklist().item(code)


def raw_item(code: str = "TEST-01", **changes: Any) -> dict[str, Any]:
    """An item as the file writes it, with some fields changed."""
    item: dict[str, Any] = {
        "code": code,
        "section": "TEST",
        "kind": "violation",
        "core": False,
        "question": "有多少人？",
        "applies_to": ["all"],
        "answer_type": "number",
        "inputs": [{"name": "affected", "label": "涉及人数", "type": "integer", "unit": "人"}],
        "violated_when": "affected > 0",
        "severity": 3,
        "severity_rationale": "试验",
        "urgent": False,
        "evidence": ["名册"],
        "legal_basis": [],
        "finding": "涉及{affected}人。",
        "advice": "请改正。",
        "default_deadline_days": 30,
        "competent_authority": "人社局",
        "risk_feeds": ["findings"],
        "valid_from": None,
        "note": None,
    }
    return item | changes


def raw_field(name: str, kind: str = "integer", label: str = "数", unit: str | None = None) -> dict[str, Any]:
    """An input as the file writes it."""
    return {"name": name, "label": label, "type": kind, "unit": unit}


def raw_checklist(*items: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A checklist file with one section and the given items."""
    raw: dict[str, Any] = {
        "schema_version": 1,
        "compiled_on": "2026-11-23",
        "enterprise_categories": [
            {"code": "all", "label": "全部企业"},
            {"code": "platform", "label": "平台企业"},
        ],
        "severity_scale": [{"level": 1, "label": "提示", "meaning": "指导建议"}],
        "parameters": [raw_parameter("minimum_wage", None, unit="元/月")],
        "sections": [{"id": "TEST", "title": "试验", "note": None}],
        "items": list(items),
    }
    return raw | changes


def raw_parameter(name: str, value: object, *, unit: str | None = "天") -> dict[str, Any]:
    """A parameter as the file writes it."""
    return {"name": name, "value": value, "unit": unit, "verified": True, "basis": None, "note": None}


def made_item(**changes: Any) -> CheckItem:
    """A parsed item with some fields changed."""
    return parse_checklist(raw_checklist(raw_item(**changes))).items[0]


def raw_statute(name: str, **changes: Any) -> dict[str, Any]:
    """A statute as the file writes it, in force since 2020 with one article."""
    statute: dict[str, Any] = {
        "id": name,
        "title": "中华人民共和国试验法",
        "short": "《试验法》",
        "kind": "law",
        "issuer": "试验机关",
        "document_no": None,
        "promulgated": None,
        "effective_from": "2020-01-01",
        "effective_to": None,
        "superseded_by": None,
        "version": "2020",
        "verified": True,
        "note": None,
        "articles": [{"number": "1", "text": "用人单位应当守法。", "verified": True}],
    }
    return statute | changes


def raw_statutes(*statutes: Mapping[str, Any]) -> dict[str, Any]:
    """A statutes file."""
    return {"compiled_on": "2026-11-23", "statutes": list(statutes)}


def raw_basis(statute: str, **changes: Any) -> dict[str, Any]:
    """A legal basis as the file writes it."""
    basis: dict[str, Any] = {
        "statute": statute,
        "article": "1",
        "cite": "《试验法》第一条",
        "version": "2020",
        "quote": "应当守法",
        "verified": True,
    }
    return basis | changes
