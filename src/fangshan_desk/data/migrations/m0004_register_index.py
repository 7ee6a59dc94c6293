"""The register's own index: order, filters and counts without reading whole rows. Text frozen at release."""

from typing import Any

STATEMENTS = (
    """
CREATE INDEX ix_enterprise_register ON enterprise (
    name, id, township, risk_level, status, is_in_scope, headcount, categories, union_exists,
    is_federation_member
) WHERE merged_into_id IS NULL
""",
)


def apply(db: Any) -> None:
    """One index over everything the register sorts, filters and counts by."""
    for statement in STATEMENTS:
        db.execute(statement)
