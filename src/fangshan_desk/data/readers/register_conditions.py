"""What a filter of the register means in SQL."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from fangshan_desk.domain.rights import Body
from fangshan_desk.usecases.views.register import EnterpriseFilter

# Everything below is read from this index alone; the planner would look up every row otherwise.
REGISTER = "enterprise INDEXED BY ix_enterprise_register"
LEVELS = "coalesce(risk_level, 'unrated')"
# From the ids to their rows, whatever else an index might suggest.
_GIVEN = "(SELECT e.* FROM json_each(?) given CROSS JOIN enterprise e ON e.id = given.value)"
EVERY = None
_BODIES = {Body.FTU.value: "union_exists = 1", Body.FIC.value: "is_federation_member = 1"}


@dataclass(frozen=True)
class Condition:
    """A WHERE clause, its values, and the table it is asked of."""

    sql: str
    values: tuple[object, ...]
    table: str = REGISTER

    def narrowed_to(self, ids: Iterable[str]) -> "Condition":
        """The same for the given ids only."""
        return Condition(self.sql, (json.dumps(list(ids)), *self.values), _GIVEN)


def condition_of(wanted: EnterpriseFilter, *, with_level: bool = True) -> Condition:
    """Everything of the filter except its text."""
    parts: list[tuple[str, tuple[object, ...]]] = [("merged_into_id IS NULL", ())]
    for column, value in (("township", wanted.township), ("status", wanted.status)):
        if value:
            parts.append((f"{column} = ?", (value,)))
    if wanted.risk_level and with_level:
        parts.append((f"{LEVELS} = ?", (wanted.risk_level,)))
    if wanted.category:
        # Stored as a JSON list of codes.
        parts.append(("instr(categories, ?)", (json.dumps(wanted.category),)))
    if wanted.body in _BODIES:
        parts.append((_BODIES[wanted.body], ()))
    if wanted.in_scope is not None:
        parts.append(("coalesce(is_in_scope, 1) = ?", (int(wanted.in_scope),)))
    return Condition(
        " AND ".join(sql for sql, _ in parts), tuple(value for _, values in parts for value in values)
    )


def is_narrowed(wanted: EnterpriseFilter, *, with_level: bool = True) -> bool:
    """Whether anything besides the text narrows the list."""
    condition = condition_of(wanted, with_level=with_level)
    return condition.sql != "merged_into_id IS NULL"
