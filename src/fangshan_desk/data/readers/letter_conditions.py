"""What a letter waits for, how it is found and how the list is sorted, as SQL."""

from dataclasses import dataclass

from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.states.prescription import PrescriptionEvent
from fangshan_desk.usecases.letter_kinds import KIND_RULES, Numbering
from fangshan_desk.usecases.views.letters import LetterFilter, LetterSort, LetterWait


@dataclass(frozen=True)
class Condition:
    """A piece of SQL with its values."""

    sql: str
    values: tuple[str, ...] = ()


def _listed(kinds: list[LetterKind]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


_NUMBERED = _listed([kind for kind, rules in KIND_RULES.items() if rules.numbering is not Numbering.NONE])
_BY_UNION = _listed([kind for kind, rules in KIND_RULES.items() if "ftu" in rules.approved_by])
_SERVED = _listed([kind for kind, rules in KIND_RULES.items() if PrescriptionEvent.SERVE in rules.events])
_UNNUMBERED = (
    f"l.kind IN ({_NUMBERED}) AND l.document_number = '' AND l.state NOT IN ('draft', 'issued', 'withdrawn')"
)
_APPROVED = (
    f"(l.approved_by_hrss IS NOT NULL AND (l.kind NOT IN ({_BY_UNION}) OR l.approved_by_ftu IS NOT NULL))"
)

WAITS = {
    LetterWait.SIGNATURE: "(l.state = 'draft')",
    LetterWait.APPROVAL: f"({_UNNUMBERED} AND NOT {_APPROVED})",
    LetterWait.NUMBER: f"({_UNNUMBERED} AND {_APPROVED})",
    LetterWait.SERVICE: f"(l.kind IN ({_SERVED}) AND l.state IN ('confirmed', 'issued'))",
}
SERVED_ON = "(SELECT min(s.served_on) FROM letter_service s WHERE s.letter_id = l.id)"
_ORDERS = {
    LetterSort.MADE: "l.id",
    LetterSort.NUMBER: "CASE WHEN l.document_number = '' THEN l.field_number ELSE l.document_number END",
    LetterSort.KIND: "l.kind",
    LetterSort.ENTERPRISE: "e.name",
    LetterSort.STATE: "l.state",
    LetterSort.ISSUED: "l.issued_on",
    LetterSort.SERVED: SERVED_ON,
}


def condition_of(wanted: LetterFilter) -> Condition:
    """Everything the filter says except what is waited for."""
    equal = {
        "l.kind": wanted.kind,
        "l.state": wanted.state,
        "e.township": wanted.township,
        "l.enterprise_id": wanted.enterprise_id,
        "l.visit_id": wanted.visit_id,
    }
    parts = [f"{name} = ?" for name, value in equal.items() if value]
    values = [str(value) for value in equal.values() if value]
    text = wanted.text.strip()
    if text:
        parts.append(
            "(l.document_number LIKE ? ESCAPE '!' OR l.field_number LIKE ? ESCAPE '!' "
            "OR e.name LIKE ? ESCAPE '!' OR e.uscc LIKE ? ESCAPE '!')"
        )
        pattern = f"%{_escaped(text)}%"
        values += [pattern, pattern, pattern, f"%{_escaped(text.upper())}"]
    return Condition(" AND ".join(parts) or "1", tuple(values))


def order_of(sort: LetterSort, *, descending: bool) -> str:
    """ORDER BY; what has no value comes last either way."""
    column, way = _ORDERS[sort], "DESC" if descending else "ASC"
    return f"{column} IS NULL, {column} {way}, l.id {way}"


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
