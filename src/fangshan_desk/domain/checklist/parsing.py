"""Turns the raw checklist file into a Checklist; what would fail at the desk fails here, with its place."""

from collections.abc import Iterable, Mapping

from fangshan_desk.domain.checklist.derived import derived_kinds
from fangshan_desk.domain.checklist.expression_errors import ExpressionError
from fangshan_desk.domain.checklist.expression_nodes import ValueKind
from fangshan_desk.domain.checklist.expressions import Expression, compile_expression
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
from fangshan_desk.domain.checklist.parameters import Parameters, parse_parameters
from fangshan_desk.domain.checklist.templates import names_in
from fangshan_desk.domain.reference_reading import BrokenReferenceError, ReferenceEntry

# "Of which": the file's way to say that a figure is a part of the item's first one.
OF_WHICH = "\u5176\u4e2d"

_SEVERITIES = range(1, 6)


def parse_checklist(raw: Mapping[str, object]) -> Checklist:
    """The checklist of the raw file, or BrokenReferenceError saying where it is wrong."""
    entry = ReferenceEntry(raw, "")
    parameters = parse_parameters(entry.entries("parameters"))
    checklist = Checklist(
        schema_version=entry.whole("schema_version"),
        compiled_on=entry.day("compiled_on"),
        categories=tuple(
            Category(one.text("code"), one.text("label")) for one in entry.entries("enterprise_categories")
        ),
        severity_levels=tuple(
            SeverityLevel(one.whole("level"), one.text("label"), one.text("meaning"))
            for one in entry.entries("severity_scale")
        ),
        parameters=parameters,
        sections=tuple(
            Section(one.text("id"), one.text("title"), one.optional_text("note"))
            for one in entry.entries("sections")
        ),
        items=tuple(_parse_item(one, parameters) for one in entry.entries("items")),
    )
    _check_references(checklist)
    return checklist


def _parse_item(entry: ReferenceEntry, parameters: Parameters) -> CheckItem:
    # From here on the place is the code, which people know, not the index.
    entry.place = entry.text("code")
    inputs = _parse_inputs(entry)
    kinds = _known_kinds(entry, inputs, parameters)
    severity = entry.whole("severity")
    if severity not in _SEVERITIES:
        raise entry.broken("severity: expected 1 to 5")
    return CheckItem(
        code=entry.place,
        section=entry.text("section"),
        kind=entry.choice("kind", ItemKind),
        is_core=entry.flag("core"),
        question=entry.text("question"),
        applies_to=entry.texts("applies_to"),
        answer_type=entry.choice("answer_type", AnswerType),
        inputs=inputs,
        violated_when=_parse_condition(entry, kinds),
        severity=severity,
        severity_rationale=entry.text("severity_rationale"),
        is_urgent=entry.flag("urgent"),
        evidence=entry.texts("evidence"),
        legal_basis=tuple(_parse_basis(one) for one in entry.entries("legal_basis")),
        finding=_parse_template(entry, "finding", kinds),
        advice=_parse_template(entry, "advice", kinds),
        default_deadline_days=entry.optional_whole("default_deadline_days"),
        competent_authority=entry.text("competent_authority"),
        risk_feeds=entry.texts("risk_feeds"),
        valid_from=entry.optional_day("valid_from"),
        retired_on=entry.optional_day("retired_on"),
        note=entry.optional_text("note"),
    )


def _parse_inputs(entry: ReferenceEntry) -> tuple[CheckInput, ...]:
    fields: list[CheckInput] = []
    for one in entry.entries("inputs"):
        kind = one.choice("type", InputKind)
        label = one.text("label")
        is_part = fields and kind is InputKind.INTEGER and OF_WHICH in label + entry.text("question")
        fields.append(
            CheckInput(
                name=one.text("name"),
                label=label,
                kind=kind,
                unit=one.optional_text("unit"),
                whole=fields[0].name if is_part else None,
            )
        )
    return tuple(fields)


def _known_kinds(
    entry: ReferenceEntry, inputs: tuple[CheckInput, ...], parameters: Parameters
) -> dict[str, ValueKind]:
    names = [field.name for field in inputs]
    kinds = derived_kinds(names, parameters)
    for field in inputs:
        if field.name in kinds:
            raise entry.broken(f"inputs: {field.name} stands twice or is a parameter or derived value")
        kinds[field.name] = field.kind.value_kind
    return kinds


def _parse_condition(entry: ReferenceEntry, kinds: Mapping[str, ValueKind]) -> Expression | None:
    source = entry.optional_text("violated_when")
    if source is None:
        return None
    try:
        return compile_expression(source, kinds)
    except ExpressionError as error:
        problem = f"violated_when: {type(error).__name__} at {error.position}: {source}"
        raise entry.broken(problem) from error


def _parse_template(entry: ReferenceEntry, name: str, kinds: Mapping[str, ValueKind]) -> str | None:
    template = entry.optional_text(name)
    unknown = [one for one in names_in(template or "") if kinds.get(one) in (None, ValueKind.BOOLEAN)]
    if unknown:
        raise entry.broken(f"{name}: no words for {', '.join(unknown)}")
    return template


def _parse_basis(entry: ReferenceEntry) -> LegalBasis:
    return LegalBasis(
        statute=entry.text("statute"),
        article=entry.optional_text("article"),
        cite=entry.text("cite"),
        version=entry.optional_text("version"),
        quote=entry.optional_text("quote"),
        is_verified=entry.flag("verified"),
        valid_from=entry.optional_day("valid_from"),
        valid_to=entry.optional_day("valid_to"),
        note=entry.optional_text("note"),
    )


def _check_references(checklist: Checklist) -> None:
    _check_unique("parameters", [parameter.name for parameter in checklist.parameters])
    _check_unique("enterprise_categories", [category.code for category in checklist.categories])
    _check_unique("sections", [section.code for section in checklist.sections])
    _check_unique("items", [item.code for item in checklist.items])
    sections = {section.code for section in checklist.sections}
    categories = {category.code for category in checklist.categories}
    for item in checklist.items:
        if item.section not in sections:
            raise BrokenReferenceError(place=item.code, problem=f"section: {item.section} is not declared")
        if not item.applies_to or not categories.issuperset(item.applies_to):
            raise BrokenReferenceError(place=item.code, problem="applies_to: category is not declared")


def _check_unique(place: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BrokenReferenceError(place=place, problem=f"{name} stands twice")
        seen.add(name)
