"""The ledger's own index: chips, order and filters without reading whole items. Text frozen at release."""

from typing import Any

STATEMENTS = (
    """
CREATE INDEX ix_rectification_item_ledger ON rectification_item (
    state, deadline, closed_on, reminded_on, lead_body, id, enterprise_id, tracking_officer_id, unpaid_fen
)
""",
)


def apply(db: Any) -> None:
    """One index over everything the ledger counts, sorts and filters by."""
    for statement in STATEMENTS:
        db.execute(statement)
